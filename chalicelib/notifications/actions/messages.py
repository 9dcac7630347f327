"""Notices of messages (MSG-7, NOT-1)."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from chalicelib.accounts import counting
from chalicelib.accounts import domain as accounts
from chalicelib.accounts import store as accounts_store
from chalicelib.core.events import Event
from chalicelib.core.tables import DirectoryRows
from chalicelib.messages import store as messages_store
from chalicelib.messages.domain import Message, counts
from chalicelib.messages.store import boxes, dispatches, reports
from chalicelib.notifications import store
from chalicelib.notifications.actions import sending
from chalicelib.notifications.actions.sending import Notice, Telling
from chalicelib.notifications.domain import Category, Preferences, addresses
from chalicelib.plan import store as plan_store

_PRIVACY = "privacy"
_CATEGORY: Category = "SECURE_MESSAGING"


def notify_of_message(event: Event, now: datetime) -> None:
    """Mail everybody whom a message names and who chose mail for it; hears `message.sent`.

    Runs any number of times for one event; each person gets the notice once. Raises StillSending, or what SES raises.
    """
    message = messages_store.message(event.ids["thread_id"], event.ids["message_id"])
    if message is None:
        return
    _notify_all(event, message, [party.id for party in message.recipients if party.kind == "member"], now)


def notify_of_delivery(event: Event, now: datetime) -> None:
    """Likewise, those of a message's list whom one transaction reached; hears `message.delivered`."""
    message = messages_store.message(event.ids["thread_id"], event.ids["message_id"])
    if message is None:
        return
    listed = dispatches.part(message, int(event.ids["part"]))[int(event.ids["start"]) : int(event.ids["end"])]
    _notify_all(event, message, [each.id for each in listed if each.kind == "member" and not each.left], now)


def _notify_all(event: Event, message: Message, members: list[str], now: datetime) -> None:
    untold = sending.untold(event, members, now)
    memberships = accounts_store.memberships_by_id(message.organization_id or "", untold.receivers)
    tellings = _tellings(event, message, list(memberships.values()), now)
    sending.to_each((partial(sending.notify, telling, now) for telling in tellings), waits=untold.waits)


def notify_of_misdirected(event: Event, now: datetime) -> None:
    """Tell the plan that a message reached somebody in error, never which; hears `message.misdirected`."""
    telling = _telling_privacy(event)
    if telling is not None:
        sending.notify(telling, now)


def look(event: Event, receiver: str, now: datetime) -> Telling | None:
    """What one receiver is told because of an event of messages, as things are now; None when nothing any more."""
    if event.name == "message.misdirected":
        return _telling_privacy(event)
    message = messages_store.message(event.ids["thread_id"], event.ids["message_id"])
    if message is None:
        return None
    memberships = accounts_store.memberships_by_id(message.organization_id or "", [receiver])
    return next(_tellings(event, message, list(memberships.values()), now), None)


def _telling_privacy(event: Event) -> Telling | None:
    plan = plan_store.settings()
    report = reports.report(event.ids["report_id"])
    if report is None or report.state == "closed" or not plan.privacy_address:
        return None
    notice = Notice(
        event=event,
        receiver=_PRIVACY,
        organization_id=report.organization_id,
        category="USER_MANAGEMENT",
        person=_PRIVACY,
    )
    return Telling(notice=notice, address=plan.privacy_address, language="en", template="message_misdirected")


def _tellings(
    event: Event, message: Message, memberships: list[accounts.Membership], now: datetime
) -> Iterator[Telling]:
    """Status, preference and read state as they are now, not as they were when the message was sent (S-MAIL-05)."""
    active = [membership for membership in memberships if accounts.takes_notices(membership)]
    entries = {entry.mailbox_id: entry for entry in boxes.entries_of(message.id, [each.id for each in active])}
    active = [membership for membership in active if membership.id in entries and counts(entries[membership.id])]
    if not active:
        return
    ids = [membership.user_id for membership in active]
    keys = (*map(accounts_store.user_key, ids), *map(store.preferences_key, ids), *counting.keys(active))
    known = DirectoryRows(keys)
    # A clock may have run out that no job has looked at yet.
    for membership in filter(accounts.takes_notices, counting.among(known, active, now)):
        chosen = store.preferences_among(known, membership.user_id)
        user = known.get(accounts_store.UserRow, accounts_store.user_key(membership.user_id))
        if user is not None and chosen.channel(_CATEGORY) == "email":
            yield _telling(event, message, membership, chosen, accounts_store.user_from_row(user))


def _telling(
    event: Event, message: Message, membership: accounts.Membership, chosen: Preferences, user: accounts.User
) -> Telling:
    notice = Notice(
        event=event,
        receiver=membership.id,
        organization_id=membership.organization_id,
        category=_CATEGORY,
        person=user.id,
        urgent=message.urgent,
    )
    return Telling(
        notice=notice,
        address=addresses.goes_to(_CATEGORY, user.email, chosen.notice_address),
        language=user.language,
        template="urgent_message" if message.urgent else "message",
    )
