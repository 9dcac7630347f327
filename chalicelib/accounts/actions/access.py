"""What a membership opens, and asking one's administrators for more (ACC-5, ACC-9)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import members
from chalicelib.accounts.domain import rights
from chalicelib.accounts.dossiers import dossier
from chalicelib.accounts.store import level_use, requests
from chalicelib.accounts.store.requests import AccessRequest
from chalicelib.core import change
from chalicelib.core.access import AccessLevel, Member
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations


class Asked(msgspec.Struct, frozen=True):
    """A request that is open."""

    access_level: AccessLevel
    requested_at: datetime


def require_level(actor: Member, level: AccessLevel, now: datetime) -> None:
    """ACC-9: what a membership doesn't hold stays shut. Raises Forbidden `access_level_required`, audited.

    What opens is remembered by day, for reviews (REV-3).
    """
    if level in actor.access_levels:
        level_use.used(actor.organization_id, actor.membership_id, level, now)
        return
    entry = Entry(
        action="request.refused", after={"access_level": level}, result="refused", reason="access_level_required"
    )
    change.note(actor, entry, now)
    raise Forbidden("access_level_required", access_level=level)


def ask(actor: Member, level: AccessLevel, now: datetime) -> Asked:
    """Ask one's administrators for an access level; while a request is open, asking again answers that one.

    Raises Invalid with `follows_role`, `not_entitled` or `held_already`.
    """
    id_ = actor.organization_id
    keys = (organizations.organization_key(id_), requests.key(id_, actor.membership_id, level))
    rows = DirectoryRows(keys)
    entitlements = organizations.organization_among(rows, id_).entitlements
    errors = rights.check_asked(actor, level, entitlements)
    if errors:
        raise Invalid(fields=tuple(errors))
    earlier = requests.among(rows, id_, actor.membership_id, level)
    if earlier is not None:
        return Asked(level, earlier.requested_at)
    request = AccessRequest(
        organization_id=actor.organization_id,
        membership_id=actor.membership_id,
        name=actor.name,
        access_level=level,
        requested_at=now,
    )
    entry = Entry(action="access.requested", object_id=actor.membership_id, after={"access_level": level})
    planned = Change(actor, entry, now)
    planned.create(requests.row(request))
    row = store.MembershipRow(*store.membership_key(id_, actor.membership_id))
    planned.update(row, store.asks(level), error=Forbidden("membership_lost"))
    planned.emit("access.requested", organization_id=actor.organization_id, membership_id=actor.membership_id)
    try:
        return planned.commit(Asked(level, now))
    except Conflict:
        # Asked twice at the same moment: the other one stands.
        earlier = requests.open_request(id_, actor.membership_id, level)
        if earlier is None:
            raise
        return Asked(level, earlier.requested_at)


def grant(actor: Member, membership_id: str, level: AccessLevel, now: datetime) -> None:
    """Give somebody what they asked for: an edit of their access levels that takes the request along.

    Raises NotFound when they don't ask (any more), and as `members.edit` does.
    """
    found = dossier(actor.organization_id, membership_id, now)
    request = next((one for one in found.requests if one.access_level == level), None)
    if request is None:
        raise NotFound
    asked = members.Edit(access_levels=found.membership.access_levels | {level})
    members.edit_found(actor, found, found.membership.entries, asked, now, request)


def dismiss(actor: Member, membership_id: str, level: AccessLevel, now: datetime) -> None:
    """Close somebody's request without granting it. Raises NotFound, Forbidden `own_account`."""
    id_ = actor.organization_id
    rows = DirectoryRows([requests.key(id_, membership_id, level), store.membership_key(id_, membership_id)])
    request = requests.among(rows, id_, membership_id, level)
    before = store.membership_among(rows, id_, membership_id)
    if request is None or before is None:
        raise NotFound
    rights.require_other(actor, before)
    entry = Entry(action="access.dismissed", object_id=membership_id, after={"access_level": level})
    planned = Change(actor, entry, now)
    planned.delete(requests.row(request), requests.AccessRequestRow.pk.exists())
    after = msgspec.structs.replace(before, asks_for=before.asks_for - {level})
    planned.put(store.membership_row(after), store.unchanged(before))
    planned.commit(None)
