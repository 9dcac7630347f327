"""Claims of sendings, in the short-lived table: at most one sender of a notice at a time (S-MAIL-06)."""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import change
from chalicelib.core.tables import ShortLivedRow
from chalicelib.notifications.domain.claims import CLAIM_HELD, REMEMBERED


class ClaimRow(ShortLivedRow, discriminator="notice"):
    """At most one sender at a time, remembered beyond any redelivery: pk `NOTICE#<event id>`, sk who is told."""

    state = UnicodeAttribute()
    claimed_at = UTCDateTimeAttribute()
    attempt = NumberAttribute()


def claim_row(event_id: str, receiver: str) -> ClaimRow:
    """The item with the key of a claim."""
    return ClaimRow(f"NOTICE#{event_id}", receiver)


def claim(event_id: str, receiver: str, now: datetime) -> bool:
    """Take the sending of one notice. False when somebody holds it or it has been sent."""
    abandoned = (ClaimRow.state == "sending") & (ClaimRow.claimed_at <= now - CLAIM_HELD)
    free = ClaimRow.pk.does_not_exist() | (ClaimRow.state == "given_back") | abandoned
    return change.touch(
        claim_row(event_id, receiver),
        [
            ClaimRow.state.set("sending"),
            ClaimRow.claimed_at.set(now),
            ClaimRow.attempt.add(1),
            ClaimRow.expires_at.set(now + REMEMBERED),
        ],
        free,
    )


def give_back(event_id: str, receiver: str) -> None:
    """Let somebody else try, after a sending that is known to have failed."""
    change.touch(claim_row(event_id, receiver), [ClaimRow.state.set("given_back")], ClaimRow.state == "sending")


def claim_state(event_id: str, receiver: str) -> str | None:
    """`sending`, `sent`, `given_back`, or None when nobody took it."""
    try:
        return ClaimRow.get(*_key(event_id, receiver), consistent_read=True).state
    except ClaimRow.DoesNotExist:
        return None


def _key(event_id: str, receiver: str) -> tuple[str, str]:
    return f"NOTICE#{event_id}", receiver
