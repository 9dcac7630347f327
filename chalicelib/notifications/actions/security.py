"""What people are told of their own security: every change of how they sign in, and what looks unlike them (CRD-10).

Exactly one notice of each event (S-AUTH-15). None is held back: nobody can drown it out with other mails, and none can
be brought about again and again by somebody who has not got in.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import User, may_act
from chalicelib.core.events import Event
from chalicelib.credentials.store import email_changes
from chalicelib.notifications import mail
from chalicelib.notifications.actions import accounts, administrators, sending
from chalicelib.notifications.actions.sending import Notice
from chalicelib.plan import store as plan_store

# By event; the texts of each are `mail.<template>.…`.
TEMPLATES = {
    "device.new": "device_new",
    "factor.changed": "factor_changed",
    "password.changed": "password_changed",
    "questions.changed": "questions_changed",
    "recovery.started": "recovery_started",
    "session.displaced": "session_displaced",
    "sharing.noticed": "sharing_noticed",
    "sign_in.after_absence": "sign_in_after_absence",
    "sign_in.blocked": "sign_in_blocked",
}


def tell(event: Event, now: datetime) -> None:
    """Tell a person what happened to their account; hears the events of `TEMPLATES`."""
    user = accounts_store.user(event.ids["user_id"])
    if accounts.has_access(user):
        sending.once(notice(event, user), partial(_send, user.email, user, TEMPLATES[event.name]), now)


def tell_of_block(event: Event, now: datetime) -> None:
    """Tell a person and their administrators that passwords no longer do (S-LIM-02); hears `sign_in.blocked`.

    Nobody is told when nobody signs in with the address that was tried.
    """
    if not event.ids["user_id"]:
        return
    user = accounts_store.user(event.ids["user_id"])
    if not accounts.has_access(user):
        return

    def send(administrator: User, address: str) -> None:
        _send(address, administrator, "sign_in_blocked_administrators")

    sendings: list[Callable[[], None]] = [partial(tell, event, now)]
    for membership in accounts_store.memberships_of(user.id):
        if may_act(membership):
            sendings += administrators.to_others(event, membership.organization_id, membership.id, send, now)
    sending.to_each(sendings)


def tell_of_email_request(event: Event, now: datetime) -> None:
    """Mail the link to the new address and tell the old one; hears `email.change_requested` (S-AUTH-13)."""
    user = accounts_store.user(event.ids["user_id"])
    waits = email_changes.waiting(user.id, now)
    if waits is None or waits.id != event.ids["change_id"] or not accounts.has_access(user):
        return

    def confirm() -> None:
        token = accounts.issue(event, "email_change", user, waits.ends_at, {}, now, waits.address)
        plan = plan_store.settings().name
        mail.send(waits.address, user.language, "email_confirmation", plan=plan, token=token)

    warn = partial(_send, user.email, user, "email_change_requested")
    sendings = [partial(sending.once, notice(event, user), warn, now)]
    # Somebody else's address gets nothing, and nobody is told that it is one (S-AUTH-07).
    if accounts_store.claimed_by(waits.address) in (None, user.id):
        bounded = msgspec.structs.replace(notice(event, user), receiver=waits.id, bounded=waits.address)
        sendings.append(partial(sending.once, bounded, confirm, now))
    sending.to_each(sendings)


def tell_of_email(event: Event, now: datetime) -> None:
    """Tell the address that somebody left, which is theirs still; hears `email.changed` (S-AUTH-13)."""
    user = accounts_store.user(event.ids["user_id"])
    former = email_changes.former(event.ids["change_id"])
    if former is not None:
        sending.once(notice(event, user), partial(_send, former, user, "email_changed"), now)


def _send(address: str, user: User, template: str) -> None:
    plan = plan_store.settings()
    mail.send(address, user.language, template, plan=plan.name, helpdesk=plan.helpdesk_phone)


def notice(event: Event, user: User) -> Notice:
    """A notice to somebody about their own security, which nothing holds back."""
    return msgspec.structs.replace(accounts.notice(event, user, None), bounded=None)
