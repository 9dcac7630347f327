"""Sending notices: once, and only to whom they still concern at the moment of sending (NOT-3)."""

from datetime import datetime

from chalicelib.accounts import domain as accounts
from chalicelib.accounts import store as accounts_store
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.messages import store as messages_store
from chalicelib.messages.domain import Message, counts
from chalicelib.notifications import mail, store
from chalicelib.plan import store as plan_store


class StillSending(Exception):
    """Another worker holds this notice and has not finished: try again later."""


def notify_of_message(event: Event, now: datetime) -> None:
    """Mail everybody whom a message reached and who chose mail for it (MSG-7, NOT-1); hears `message.sent`.

    Runs any number of times for one event; each person gets the notice once. Raises StillSending, or what SES raises.
    """
    message = messages_store.message(event.ids["thread_id"], event.ids["message_id"])
    if message is None:
        return
    members = [party.id for party in message.recipients if party.kind == "member"]
    memberships = accounts_store.memberships_by_id(message.organization_id or "", members)
    failures = [_attempt(event, membership, message, now) for membership in memberships.values()]
    for failure in failures:
        if failure is not None:
            raise failure


def _attempt(event: Event, membership: accounts.Membership, message: Message, now: datetime) -> Exception | None:
    """Notify one person; a failure must not keep the others from their notice."""
    try:
        if _concerns(membership, message):
            _send(event, membership, message, now)
    except Exception as failure:  # raised again when everybody had their turn
        return failure
    return None


def _concerns(membership: accounts.Membership, message: Message) -> bool:
    """Status, preference and read state as they are now, not as they were when the message was sent (S-MAIL-05)."""
    if not accounts.takes_notices(membership):
        return False
    if store.preferences(membership.user_id).channel("SECURE_MESSAGING") != "email":
        return False
    entry = messages_store.received_entries(membership.id, [message.id]).get(message.id)
    return entry is not None and counts(entry)


def _send(event: Event, membership: accounts.Membership, message: Message, now: datetime) -> None:
    if not store.claim(event.id, membership.id, now):
        if store.claim_state(event.id, membership.id) == "sending":
            raise StillSending
        return
    user = accounts_store.user(membership.user_id)
    template = "urgent_message" if message.urgent else "message"
    try:
        mail.send(user.email, user.language, template, plan=plan_store.settings().name)
    except mail.NotSent:
        # SES refused, so nothing went out: the next delivery of the event need not wait for the claim to end. After
        # any other failure it may have gone out, and the claim holds.
        store.give_back(event.id, membership.id)
        raise
    entry = Entry(
        action="notice.sent",
        object_id=event.id,
        organization_id=membership.organization_id,
        after={"membership": membership.id, "category": "SECURE_MESSAGING"},
    )
    done = Change(system("notifications", event.request_id), entry, now)
    done.update(store.claim_row(event.id, membership.id), [store.ClaimRow.state.set("sent")])
    done.commit(None)
