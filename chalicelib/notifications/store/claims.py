"""Claims of sendings, in the short-lived table: at most one sender of a notice at a time (S-MAIL-06).

A notice is `sending` while somebody tries. `sent`, `held_back` (its address had its fill), `stopped` (its address gets
no mail), `put_off` (kept for later as a pending one) and `dropped` (concerns nobody any more) are ends; `given_back`
(refused by SES) and `waiting` (for its slot) are to be tried again.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.core import change
from chalicelib.core.tables import ShortLivedRow
from chalicelib.notifications.domain.claims import CLAIM_HELD, REMEMBERED

State = Literal["sending", "sent", "held_back", "stopped", "put_off", "dropped", "given_back", "waiting"]


class ClaimRow(ShortLivedRow, discriminator="notice"):
    """At most one sender at a time, remembered beyond any redelivery: pk `NOTICE#<event id>`, sk who is told."""

    state = UnicodeAttribute()
    claimed_at = UTCDateTimeAttribute()
    attempt = NumberAttribute()
    """How often it was claimed."""
    known_ends = NumberAttribute(null=True)
    """How many of these attempts are known to have sent nothing."""
    counted = BooleanAttribute(null=True)
    """Whether it counts among what its receiver got (S-MAIL-04): once, however often it is tried."""
    slot = UTCDateTimeAttribute(null=True)
    """When it goes, once it has waited."""
    for_day = BooleanAttribute(null=True)
    """Whether it waits for the day alone: then it takes a slot like any other."""
    told_at = UTCDateTimeAttribute(null=True)
    """Of a claim of all that waits for somebody, which is used again and again: when the last mail about it went."""

    @property
    def had_slot(self) -> bool:
        """Whether it has waited for a slot, and that has come."""
        slot: datetime | None = self.slot
        return slot is not None and not self.for_day

    @property
    def ended(self) -> bool:
        """Whether nothing more becomes of it."""
        return self.state in ("sent", "held_back", "stopped", "put_off", "dropped")

    def waits(self, now: datetime) -> bool:
        """Whether its slot is still to come."""
        return self.state == "waiting" and self.slot > now

    @property
    def may_repeat(self) -> bool:
        """Whether an earlier sender died, and may have sent it before that."""
        return int(self.attempt) - 1 > int(self.known_ends or 0)


def claim_row(event_id: str, receiver: str) -> ClaimRow:
    """The item with the key of a claim."""
    return ClaimRow(f"NOTICE#{event_id}", receiver)


def claim(event_id: str, receiver: str, now: datetime) -> ClaimRow | None:
    """Take the sending of one notice. None when somebody holds it, it waits, or it has come to its end."""
    abandoned = (ClaimRow.state == "sending") & (ClaimRow.claimed_at <= now - CLAIM_HELD)
    its_turn = (ClaimRow.state == "waiting") & (ClaimRow.slot <= now)
    free = ClaimRow.pk.does_not_exist() | (ClaimRow.state == "given_back") | abandoned | its_turn
    row = claim_row(event_id, receiver)
    taken = change.touch(
        row,
        [
            ClaimRow.state.set("sending"),
            ClaimRow.claimed_at.set(now),
            ClaimRow.attempt.add(1),
            ClaimRow.expires_at.set(now + REMEMBERED),
        ],
        free,
    )
    return row if taken else None


def give_back(event_id: str, receiver: str) -> None:
    """Let somebody else try, after a sending that is known to have failed."""
    actions = [ClaimRow.state.set("given_back"), ClaimRow.known_ends.add(1), ClaimRow.counted.set(True)]
    change.touch(claim_row(event_id, receiver), actions, ClaimRow.state == "sending")


def wait(event_id: str, receiver: str, slot: datetime, *, for_day: bool = False) -> None:
    """Let it wait for its slot, or for the day; whoever comes then sends it."""
    actions = [
        ClaimRow.state.set("waiting"),
        ClaimRow.slot.set(slot),
        ClaimRow.for_day.set(for_day),
        ClaimRow.known_ends.add(1),
        ClaimRow.counted.set(True),
    ]
    change.touch(claim_row(event_id, receiver), actions, ClaimRow.state == "sending")


def drop(event_id: str, receiver: str) -> None:
    """It concerns nobody any more, and isn't looked at again."""
    waits = ClaimRow.state.is_in("waiting", "given_back", "put_off")
    change.touch(claim_row(event_id, receiver), [ClaimRow.state.set("dropped")], waits)


def states(event_id: str, receivers: Iterable[str]) -> dict[str, ClaimRow]:
    """The claims of an event's notices, by receiver; none of those that nobody took."""
    keys = [(f"NOTICE#{event_id}", receiver) for receiver in dict.fromkeys(receivers)]
    return {row.sk: row for row in ClaimRow.batch_get(keys, consistent_read=True)} if keys else {}


def claim_state(event_id: str, receiver: str) -> State | None:
    """How far it is; None when nobody took it."""
    try:
        row = ClaimRow.get(f"NOTICE#{event_id}", receiver, consistent_read=True)
    except ClaimRow.DoesNotExist:
        return None
    state: State = msgspec.convert(row.state, State)
    return state


def used_again(told_at: datetime | None = None) -> list[Action]:
    """What makes a claim of all that waits for somebody as new, after a mail about it or because none is needed."""
    actions: list[Action] = [
        ClaimRow.state.set("given_back"),
        ClaimRow.attempt.set(0),
        ClaimRow.known_ends.set(0),
        ClaimRow.counted.set(False),
        ClaimRow.slot.remove(),
    ]
    return [*actions, ClaimRow.told_at.remove() if told_at is None else ClaimRow.told_at.set(told_at)]


def all_cleared(person: str, receiver: str) -> None:
    """All that the last mail was about is cleared away: what is put off from now on is none of it."""
    change.touch(claim_row(person, receiver), [ClaimRow.told_at.remove()], ClaimRow.pk.exists())


def free(person: str, receiver: str) -> None:
    """Give up a claim of all that waits for somebody, without a mail."""
    change.touch(claim_row(person, receiver), used_again(), ClaimRow.state == "sending")
