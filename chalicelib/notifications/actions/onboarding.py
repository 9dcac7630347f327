"""What administrators are told while a practice comes aboard, and when it ends (ORG-3, ORG-9): never which one."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from functools import partial

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, may_act
from chalicelib.accounts.domain.roster import is_administrator
from chalicelib.accounts.store import history, members, rosters
from chalicelib.core.events import Event
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment import onboarding
from chalicelib.enrollment.domain import standing
from chalicelib.notifications import store
from chalicelib.notifications.actions import sending
from chalicelib.notifications.actions.sending import Notice, Telling
from chalicelib.notifications.domain import Category, addresses
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store

_CATEGORY: Category = "USER_MANAGEMENT"
_CHASED = {"no_backup": "onboarding_backup", "no_users": "onboarding_users"}


class _Told(msgspec.Struct, frozen=True):
    """What an event tells whom, as things are now."""

    template: str
    administrators: list[Membership]


def notify(event: Event, now: datetime) -> None:
    """Tell whom it concerns; hears the events of `_TOLD`. Raises StaysOpen, StillSending, or what SES raises."""
    sending.to_each(partial(sending.notify, telling, now) for telling in _tellings(event, now))


def look(event: Event, receiver: str, now: datetime) -> Telling | None:
    """What one receiver is told because of such an event, as things are now; None when nothing any more."""
    return next((one for one in _tellings(event, now) if one.notice.receiver == receiver), None)


def _tellings(event: Event, now: datetime) -> Iterator[Telling]:
    organization = organizations.find(event.ids["organization_id"])
    told = None if organization is None else _TOLD[event.name](event, organization, now)
    if told is None:
        return
    helpdesk = plan_store.settings().helpdesk_phone
    for membership in told.administrators:
        telling = _telling(event, told.template, membership, helpdesk)
        if telling is not None:
            yield telling


def _telling(event: Event, template: str, membership: Membership, helpdesk: str) -> Telling | None:
    chosen = store.preferences(membership.user_id)
    if chosen.channel(_CATEGORY) != "email":
        return None
    user = accounts_store.user(membership.user_id)
    notice = Notice(
        event=event,
        receiver=membership.id,
        organization_id=membership.organization_id,
        category=_CATEGORY,
        person=user.id,
    )
    return Telling(
        notice=notice,
        address=addresses.goes_to(_CATEGORY, user.email, chosen.notice_address),
        language=user.language,
        template=template,
        places={"helpdesk": helpdesk},
    )


def _of_chase(event: Event, organization: Organization, now: datetime) -> _Told | None:
    """They still lack it; who administers the practice now is told."""
    if standing.first_lack(onboarding.look(organization, now), now) != event.ids["lack"]:
        return None
    active = rosters.roster(organization.id).active
    found = accounts_store.memberships_by_id(organization.id, sorted(active)).values() if active else ()
    acting = [one for one in counting.counting(list(found), now) if may_act(one)]
    return _Told(_CHASED[event.ids["lack"]], acting)


def _of_end(_event: Event, organization: Organization, _now: datetime) -> _Told | None:
    """Who administered it when it was closed: their memberships may be removed by now."""
    closed_at = organization.closed_at
    if closed_at is None:
        return None
    ids = [one.id for one in members.everybody(organization.id) if is_administrator(one.role)]
    found = accounts_store.memberships_by_id(organization.id, ids).values() if ids else ()
    return _Told("organization_closed", list(_acted(found, closed_at)))


def _acted(administrators: Collection[Membership], closed_at: datetime) -> Iterator[Membership]:
    """Those who were active when it was closed: still, as nobody removed them yet, or until they were removed since."""
    removed = [one for one in administrators if one.status == "removed"]
    yield from (one for one in administrators if one.status == "active")
    keys = {one.id: history.newest_keys(one.id, one.entries, 1) for one in removed if one.entries}
    rows = DirectoryRows([key for found in keys.values() for key in found]) if keys else None
    for one in removed:
        last = history.among(rows, keys[one.id]) if rows is not None and one.id in keys else []
        if any(entry.at >= closed_at and _was_active(entry) for entry in last):
            yield one


def _was_active(entry: history.Entry) -> bool:
    return any(changed.field == "status" and changed.before == "active" for changed in entry.changes)


_TOLD: dict[str, Callable[[Event, Organization, datetime], _Told | None]] = {
    "onboarding.chased": _of_chase,
    "organization.closed": _of_end,
}
