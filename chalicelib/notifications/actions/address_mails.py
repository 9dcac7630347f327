"""Mails about the address that notices go to: the link to a new one, a word to the one before (S-MAIL-03)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.core.events import Event
from chalicelib.notifications import mail
from chalicelib.notifications.actions import accounts, sending
from chalicelib.notifications.store import addresses
from chalicelib.plan import store as plan_store


def send_link(event: Event, now: datetime) -> None:
    """Mail the link to the address that waits, and nothing else to anybody; hears `notice_address.requested`."""
    user = accounts_store.user(event.ids["user_id"])
    waiting = addresses.waiting(user.id, now)
    if waiting is None or waiting.id != event.ids["change_id"] or not accounts.has_access(user):
        return

    def send() -> None:
        token = accounts.issue(event, "notice_address", user, waiting.ends_at, {}, now, waiting.address)
        plan = plan_store.settings().name
        mail.send(waiting.address, user.language, "notice_address_confirmation", plan=plan, token=token)

    # Counted apart, or a stranger could use up what an address may get about the security of whoever signs in with it.
    notice = msgspec.structs.replace(
        accounts.notice(event, user, None), receiver=waiting.id, bounded=waiting.address, counted="NOTICE_ADDRESS"
    )
    sending.once(notice, send, now)


def tell(event: Event, now: datetime) -> None:
    """Tell the address that got the notices before; hears `notice_address.changed`."""
    user = accounts_store.user(event.ids["user_id"])
    former = addresses.former(event.ids["change_id"])
    if former is None:
        return

    def send() -> None:
        plan = plan_store.settings()
        mail.send(former, user.language, "notice_address_changed", plan=plan.name, helpdesk=plan.helpdesk_phone)

    sending.once(msgspec.structs.replace(accounts.notice(event, user, None), bounded=None), send, now)
