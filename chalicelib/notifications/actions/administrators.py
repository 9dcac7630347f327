"""Notices to those who run an organization's accounts (ACC-1, ACC-9, ORG-5): that something waits, never what."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, User, may_act
from chalicelib.accounts.store import requests
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core.events import Event
from chalicelib.notifications import mail, store
from chalicelib.notifications.actions import sending
from chalicelib.notifications.actions.sending import Notice
from chalicelib.plan import store as plan_store
from chalicelib.recovery.domain.cases import as_of
from chalicelib.recovery.store import cases

_ENROLLMENT = "enrollment"


def notify_of_registration(event: Event, now: datetime) -> None:
    """Tell the administrators that somebody waits to be verified; hears `member.registered`."""
    waiting = accounts_store.membership(event.ids["organization_id"], event.ids["membership_id"])
    if waiting is None or waiting.status != "verification_pending":
        return

    def send(user: User) -> None:
        mail.send(user.email, user.language, "member_registered", plan=plan_store.settings().name)

    sending.to_each(_to_administrators(event, send, now))


def notify_of_access_request(event: Event, now: datetime) -> None:
    """Tell the administrators that somebody asks for access; hears `access.requested`."""
    if not requests.open_requests(event.ids["organization_id"], event.ids["membership_id"]):
        return

    def send(user: User) -> None:
        mail.send(user.email, user.language, "access_requested", plan=plan_store.settings().name)

    sending.to_each(_to_administrators(event, send, now))


def notify_of_reset_case(event: Event, now: datetime) -> None:
    """Tell the administrators that the helpdesk asks them about somebody (CRD-5); hears `reset_case.opened`."""
    case = cases.case(event.ids["case_id"])
    if case is None or as_of(case, now).state != "open":
        return

    def send(user: User) -> None:
        if user.id != case.opened_by:
            mail.send(user.email, user.language, "reset_case_opened", plan=plan_store.settings().name)

    sending.to_each(_to_administrators(event, send, now))


def notify_of_change(event: Event, now: datetime) -> None:
    """Tell the other administrators and the plan who runs accounts has changed; hears `administrators.changed`."""

    def send(user: User) -> None:
        mail.send(user.email, user.language, "administrators_changed", plan=plan_store.settings().name)

    sending.to_each([*_to_administrators(event, send, now), partial(_tell_enrollment, event, now)])


def _tell_enrollment(event: Event, now: datetime) -> None:
    plan = plan_store.settings()
    if not plan.enrollment_address:
        return
    notice = Notice(
        event=event,
        receiver=_ENROLLMENT,
        organization_id=event.ids["organization_id"],
        category="USER_MANAGEMENT",
        bounded=plan.enrollment_address,
    )

    def send() -> None:
        mail.send(plan.enrollment_address, "en", "administrators_changed_plan", plan=plan.name)

    sending.once(notice, send, now)


def _to_administrators(event: Event, send: Callable[[User], None], now: datetime) -> Iterator[Callable[[], None]]:
    """What sends a notice to each active administrator but the one it is about."""
    yield from to_others(event, event.ids["organization_id"], event.ids["membership_id"], send, now)


def to_others(
    event: Event, organization_id: str, about: str, send: Callable[[User], None], now: datetime
) -> Iterator[Callable[[], None]]:
    """What sends a notice to each active administrator of an organization but the membership `about`."""
    active = roster_store.roster(organization_id).active - {about}
    for membership in accounts_store.memberships_by_id(organization_id, sorted(active)).values():
        yield partial(_tell, event, membership, send, now)


def _tell(event: Event, membership: Membership, send: Callable[[User], None], now: datetime) -> None:
    if not may_act(membership) or store.preferences(membership.user_id).channel("USER_MANAGEMENT") != "email":
        return
    user = accounts_store.user(membership.user_id)
    notice = Notice(
        event=event,
        receiver=membership.id,
        organization_id=membership.organization_id,
        category="USER_MANAGEMENT",
        bounded=user.email,
    )
    sending.once(notice, partial(send, user), now)
