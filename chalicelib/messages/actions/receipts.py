"""What became of a message that was sent: who has it, who read it, who did not get it (MSG-7)."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core import cursors, work
from chalicelib.core.access import Actor
from chalicelib.core.errors import NotFound
from chalicelib.messages import recipients, store
from chalicelib.messages.domain import PAGE, Entry, Message, Party, is_taken_back
from chalicelib.messages.store import boxes, dispatches, receipts
from chalicelib.messages.store.dispatches import Listed

Reason = Literal["left", "sending", "withdrawn"]
"""Why a mailbox doesn't have it: it is not delivered there any more, not yet, or was recalled."""


class Receipt(msgspec.Struct, frozen=True):
    """What became of it in one mailbox."""

    party: Party
    delivered: bool
    read_at: datetime | None
    """When it was read first there."""
    reason: Reason | None


class Receipts(msgspec.Struct, frozen=True, kw_only=True):
    """A page of them, those first who did not get it."""

    items: list[Receipt]
    next_cursor: str | None
    total: int
    delivered_count: int | None
    """Mailboxes that have or had it; None where that isn't known any more."""


def page(actor: Actor, mailbox_id: str, message_id: str, cursor: str | None) -> Receipts:
    """A page of a message that this mailbox sent. Raises NotFound for any other."""
    recipients.mailbox(actor, mailbox_id)
    row = receipts.sent(mailbox_id, message_id)
    message = store.message(row.thread_id, message_id) if row is not None else None
    if row is None or message is None:
        raise NotFound
    scope = ("receipts", actor.id, mailbox_id, message_id)
    start = cursors.open_(cursor, scope) if cursor else {"part": "0", "from": "0"}
    listed, following = _listed(message, int(start["part"]), int(start["from"]))
    copies = boxes.entries_of(message_id, [each.id for each in listed if not each.left])
    filed = {entry.mailbox_id: entry for entry in copies}
    sending = row.status == "sending"
    return Receipts(
        items=[_receipt(message, each, filed.get(each.id), sending=sending) for each in listed],
        next_cursor=cursors.seal(following, scope) if following else None,
        total=_reached(message) + _left(message),
        delivered_count=_reached(message) if row.status is None else _delivered(message),
    )


def _listed(message: Message, number: int, start: int) -> tuple[list[Listed], dict[str, str] | None]:
    """A page of a message's list from a place in one of its parts, and where the next one begins."""
    found: list[Listed] = []
    parts = message.distribution.parts if message.distribution else 1
    while number < parts:
        part = dispatches.part(message, number) if message.distribution else _named(message)
        end = start + PAGE - len(found)
        found += part[start:end]
        if end < len(part):
            return found, {"part": str(number), "from": str(end)}
        number, start = number + 1, 0
        if len(found) == PAGE:
            break
    return found, {"part": str(number), "from": "0"} if number < parts else None


def _named(message: Message) -> list[Listed]:
    left = [Listed(party.id, party.kind, party.name, True) for party in message.left]
    return left + [Listed(party.id, party.kind, party.name, False) for party in message.recipients]


def _receipt(message: Message, listed: Listed, entry: Entry | None, *, sending: bool) -> Receipt:
    if entry is not None and not is_taken_back(message, entry):
        return Receipt(listed.party, True, entry.read_at, None)
    reason: Reason = "left" if listed.left else "sending" if sending else "withdrawn"
    return Receipt(listed.party, False, None, reason)


def _reached(message: Message) -> int:
    return message.distribution.mailboxes if message.distribution else len(message.recipients)


def _left(message: Message) -> int:
    return message.distribution.left if message.distribution else len(message.left)


def _delivered(message: Message) -> int | None:
    """How many have or had it while it is on its way, or where it was withdrawn: departments had it at once."""
    if message.distribution is None or message.distribution.work_id is None:
        return _reached(message)
    found = work.find(message.sent_by, message.distribution.work_id)
    if found is None or found.total is None:
        return None
    return message.distribution.mailboxes - found.total + found.done
