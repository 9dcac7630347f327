"""Members of a practice whose sign-in seems to be shared, as its administrators may see them (S-SHARE-03)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.core.access import Member
from chalicelib.sharing import store
from chalicelib.sharing.domain import Reason

_MOST = 20


class Told(msgspec.Struct, kw_only=True):
    """A member whom the administrators were told of: reasons in words and numbers, no device and no network."""

    membership_id: str
    name: str
    since: datetime
    reasons: tuple[Reason, ...]


def told(actor: Member, now: datetime) -> tuple[list[Told], bool]:
    """The first ones, without oneself and who was removed, and whether there may be more; a query and a batch."""
    marks, more = store.marks(actor.organization_id, _MOST, now)
    others = [mark for mark in marks if mark.membership_id != actor.membership_id]
    ids = [mark.membership_id for mark in others]
    people = accounts_store.memberships_by_id(actor.organization_id, ids) if ids else {}
    found = [
        Told(
            membership_id=mark.membership_id,
            name=people[mark.membership_id].name,
            since=mark.since,
            reasons=mark.signal.reasons,
        )
        for mark in others
        if mark.membership_id in people and people[mark.membership_id].status not in ("removed", "rejected")
    ]
    return found, more
