"""Notices to those who run an organization's accounts (ACC-1, ACC-9, ACC-10, ORG-5, ORG-6): that something waits."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, User, may_act
from chalicelib.accounts.store import requests, stopped
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core.events import Event
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.domain.directory import PLAN, waits
from chalicelib.enrollment.store import directory
from chalicelib.notifications import store
from chalicelib.notifications.actions import sending
from chalicelib.notifications.actions.sending import Notice, Telling
from chalicelib.notifications.domain import Category, addresses
from chalicelib.plan import store as plan_store
from chalicelib.recovery.domain.cases import as_of
from chalicelib.recovery.store import cases
from chalicelib.sharing import store as sharing_store

_ENROLLMENT = "enrollment"
_CATEGORY: Category = "USER_MANAGEMENT"


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an event tells whom, as things are now."""

    template: str
    organization_id: str
    about: str = ""
    """The membership it is about, who isn't told."""
    by: str = ""
    """The user who did it; isn't told either."""


def notify(event: Event, now: datetime) -> None:
    """Tell the administrators of what waits for them or has changed; hears the events of `_TOLD`.

    Raises StaysOpen, StillSending, or what SES raises.
    """
    told = _TOLD[event.name](event, now)
    if told is None:
        return
    sendings = [partial(_tell, event, told, membership, now) for membership in _others(told, now)]
    to_plan = _telling_enrollment(event, now)
    if to_plan is not None:
        sendings.append(partial(sending.notify, to_plan, now))
    sending.to_each(sendings)


def look(event: Event, receiver: str, now: datetime) -> Telling | None:
    """What one receiver is told because of such an event, as things are now; None when nothing any more."""
    if receiver == _ENROLLMENT:
        return _telling_enrollment(event, now)
    told = _TOLD[event.name](event, now)
    if told is None or receiver not in roster_store.roster(told.organization_id).active:
        return None
    found = accounts_store.membership(told.organization_id, receiver)
    (membership,) = counting.counting([found], now) if found is not None else (None,)
    return None if membership is None else _telling(event, told, membership)


def _tell(event: Event, told: _Told, membership: Membership, now: datetime) -> None:
    telling = _telling(event, told, membership)
    if telling is not None:
        sending.notify(telling, now)


def _telling(event: Event, told: _Told, membership: Membership) -> Telling | None:
    found = reached(membership)
    if found is None or found[0].id == told.by:
        return None
    user, address = found
    notice = Notice(
        event=event,
        receiver=membership.id,
        organization_id=membership.organization_id,
        category=_CATEGORY,
        person=user.id,
    )
    return Telling(notice=notice, address=address, language=user.language, template=told.template)


def _telling_enrollment(event: Event, now: datetime) -> Telling | None:
    """The plan hears who runs accounts (ORG-5), and who asks for those of a practice that nobody runs (ORG-6).

    By mail to its own address.
    """
    address = plan_store.settings().enrollment_address
    template = _to_plan(event, now)
    if not template or not address:
        return None
    place = event.ids["organization_id"]
    notice = Notice(
        event=event,
        receiver=_ENROLLMENT,
        organization_id=None if place == PLAN else place,
        category=_CATEGORY,
        person=_ENROLLMENT,
    )
    return Telling(notice=notice, address=address, language="en", template=template)


def _to_plan(event: Event, now: datetime) -> str:
    """The template of the mail to the plan; empty where an event doesn't concern it."""
    if event.name == "administrators.changed":
        return "administrators_changed_plan"
    asked = event.name == "directory.requested" and event.ids["organization_id"] == PLAN
    return "directory_requested_plan" if asked and _of_directory(event, now) else ""


def reached(membership: Membership) -> tuple[User, str] | None:
    """Who an administrator is and the address of their notices; None when they act no more, or chose no mail."""
    chosen = store.preferences(membership.user_id)
    if not may_act(membership) or chosen.channel(_CATEGORY) != "email":
        return None
    user = accounts_store.user(membership.user_id)
    return user, addresses.goes_to(_CATEGORY, user.email, chosen.notice_address)


def to_others(
    event: Event, organization_id: str, about: str, send: Callable[[User, str], None], now: datetime
) -> Iterator[Callable[[], None]]:
    """What sends at once to each active administrator of an organization but the membership `about`: of security."""
    for membership in _others(_Told(template="", organization_id=organization_id, about=about), now):
        yield partial(_tell_at_once, event, membership, send, now)


def _tell_at_once(event: Event, membership: Membership, send: Callable[[User, str], None], now: datetime) -> None:
    found = reached(membership)
    if found is None:
        return
    notice = Notice(
        event=event,
        receiver=membership.id,
        organization_id=membership.organization_id,
        category=_CATEGORY,
        bounded=found[1],
    )
    sending.once(notice, partial(send, *found), now)


def _others(told: _Told, now: datetime) -> list[Membership]:
    """The other administrators as they count at `now`: a clock may have run out that no job has looked at yet."""
    active = roster_store.roster(told.organization_id).active - {told.about}
    return counting.counting(accounts_store.memberships_by_id(told.organization_id, sorted(active)).values(), now)


def _of_registration(event: Event, _now: datetime) -> _Told | None:
    """Somebody waits to be verified."""
    waiting = accounts_store.membership(event.ids["organization_id"], event.ids["membership_id"])
    if waiting is None or waiting.status != "verification_pending":
        return None
    return _told(event, "member_registered")


def _of_access_request(event: Event, _now: datetime) -> _Told | None:
    """Somebody asks for access."""
    asked = requests.open_requests(event.ids["organization_id"], event.ids["membership_id"])
    return _told(event, "access_requested") if asked else None


def _of_reset_case(event: Event, now: datetime) -> _Told | None:
    """The helpdesk asks them about somebody (CRD-5)."""
    case = cases.case(event.ids["case_id"])
    if case is None or as_of(case, now).state != "open":
        return None
    return msgspec.structs.replace(_told(event, "reset_case_opened"), by=case.opened_by)


def _of_change(event: Event, _now: datetime) -> _Told | None:
    """Who runs accounts has changed."""
    return _told(event, "administrators_changed")


def _of_unreachable(event: Event, _now: datetime) -> _Told | None:
    """No mail reaches somebody (NOT-4)."""
    key = stopped.key(event.ids["organization_id"], event.ids["membership_id"])
    still = stopped.among(DirectoryRows([key]), event.ids["organization_id"], event.ids["membership_id"])
    return _told(event, "address_stopped") if still else None


def _of_sharing(event: Event, now: datetime) -> _Told | None:
    """An account may be used by several people (ACC-10), and its mark has not ended; its owner was told before."""
    organization_id, membership_id = event.ids["organization_id"], event.ids["membership_id"]
    if not sharing_store.marked(organization_id, [membership_id], now):
        return None
    found = accounts_store.membership(organization_id, membership_id)
    owners = counting.counting([found], now) if found is not None else []
    return _told(event, "sharing_raised") if any(map(may_act, owners)) else None


def _of_directory(event: Event, now: datetime) -> _Told | None:
    """Somebody asks for them by the public directory (ORG-6), and nobody has answered yet."""
    place = event.ids["organization_id"]
    asked = directory.request(place, event.ids["request_id"])
    if asked is None or not waits(asked, now):
        return None
    return _Told(template="directory_requested", organization_id=place)


def _told(event: Event, template: str) -> _Told:
    return _Told(template=template, organization_id=event.ids["organization_id"], about=event.ids["membership_id"])


_TOLD: dict[str, Callable[[Event, datetime], _Told | None]] = {
    "access.requested": _of_access_request,
    "administrators.changed": _of_change,
    "directory.requested": _of_directory,
    "member.registered": _of_registration,
    "member.unreachable": _of_unreachable,
    "reset_case.opened": _of_reset_case,
    "sharing.raised": _of_sharing,
}
