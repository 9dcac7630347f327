"""Mails to a person about their own account: links (the only mails that hold a token), refusals.

The token of a link is made here, at the moment of sending: no event, no queue and no table ever holds it (S-AUTH-08).
A mail that is sent again after a crash has a fresh link, and the one before ends.
"""

from datetime import datetime, timedelta

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, User, statuses
from chalicelib.core import links
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.core.links import Purpose
from chalicelib.credentials import store as credentials_store
from chalicelib.notifications import mail
from chalicelib.notifications.actions import sending
from chalicelib.notifications.actions.sending import Notice
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import staff_move_allowed

RESET_LINK = timedelta(minutes=30)
"""How long a link for a new password lives (CRD-6)."""


def invite(event: Event, now: datetime) -> None:
    """Mail the registration link, or to people who sign in already that this accepts; hears `member.invited`."""
    membership = accounts_store.membership(event.ids["organization_id"], event.ids["membership_id"])
    if membership is None or not statuses.allows(membership, "complete"):
        return
    if membership.invitation_ends_at is not None and now < membership.invitation_ends_at:
        subject = {"organization_id": membership.organization_id, "membership_id": membership.id}
        user = accounts_store.user(membership.user_id)
        _invite(event, user, membership, membership.invitation_ends_at, subject, now)


def invite_staff(event: Event, now: datetime) -> None:
    """As `invite`, for a place at the plan; hears `staff.invited`."""
    place = plan_store.staff_member(event.ids["user_id"])
    if place is None or not staff_move_allowed(place, "complete"):
        return
    if place.invitation_ends_at is not None and now < place.invitation_ends_at:
        _invite(event, accounts_store.user(place.user_id), None, place.invitation_ends_at, {}, now)


def _invite(
    event: Event, user: User, membership: Membership | None, ends_at: datetime, subject: dict[str, str], now: datetime
) -> None:
    def send() -> None:
        plan = plan_store.settings().name
        if credentials_store.password_of(user.id) is not None:
            mail.send(user.email, user.language, "invitation", plan=plan)
            return
        token = issue(event, "registration", user, ends_at, subject, now)
        mail.send(user.email, user.language, "registration", plan=plan, token=token)

    sending.once(notice(event, user, membership), send, now)


def notify_of_rejection(event: Event, now: datetime) -> None:
    """Tell somebody that their request was turned down, without reasons (section 3); hears `member.rejected`."""
    membership = accounts_store.membership(event.ids["organization_id"], event.ids["membership_id"])
    if membership is None or membership.status != "rejected":
        return
    user = accounts_store.user(membership.user_id)

    def send() -> None:
        mail.send(user.email, user.language, "request_rejected", plan=plan_store.settings().name)

    sending.once(notice(event, user, membership), send, now)


def send_password_reset(event: Event, now: datetime) -> None:
    """Mail the link to set a new password, to the sign-in address alone; hears `password_reset.requested`."""
    # Asked for with an address that nobody signs in with, there is nobody (S-AUTH-07).
    if credentials_store.password_of(event.ids["user_id"]) is None:
        return
    user = accounts_store.user(event.ids["user_id"])
    if not has_access(user):
        return

    def send() -> None:
        token = issue(event, "password_reset", user, now + RESET_LINK, {}, now)
        mail.send(user.email, user.language, "password_reset", plan=plan_store.settings().name, token=token)

    sending.once(notice(event, user, None), send, now)


def has_access(user: User) -> bool:
    """Whether they still are somebody here, as things are at the moment of sending (S-MAIL-05)."""
    staff = plan_store.staff_member(user.id)
    if staff is not None and staff.belongs:
        return True
    return any(map(statuses.may_have_password_reset, accounts_store.memberships_of(user.id)))


def notice(event: Event, user: User, membership: Membership | None) -> Notice:
    """A notice to somebody about their own account."""
    return Notice(
        event=event,
        receiver=user.id if membership is None else membership.id,
        organization_id=membership.organization_id if membership is not None else event.ids.get("organization_id"),
        category="ACCOUNT_SECURITY",
        bounded=user.email,
        person=user.id,
    )


def issue(
    event: Event,
    purpose: Purpose,
    user: User,
    ends_at: datetime,
    subject: dict[str, str],
    now: datetime,
    address: str = "",
) -> str:
    """Make a link and store its hash; returns the token. `address`: where it goes, if not where they sign in."""
    entry = Entry(
        action="link.issued",
        object_id=user.id,
        organization_id=event.ids.get("organization_id"),
        after={"purpose": purpose, "ends_at": ends_at.isoformat()},
    )
    # A link that can't be mailed must not end the one before it.
    mail.require_open(address or user.email)
    planned = Change(system("notifications", event.request_id), entry, now)
    token = links.issue(planned, purpose, user.id, address or user.email, ends_at, subject)
    planned.commit(None)
    return token
