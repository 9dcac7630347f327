"""When somebody got their last notices, in the short-lived table (S-MAIL-04)."""

from datetime import datetime

from pynamodb.attributes import JSONAttribute, NumberAttribute

from chalicelib.core import change
from chalicelib.core.errors import Busy
from chalicelib.core.tables import ShortLivedRow
from chalicelib.notifications.domain import bundles

_TRIES = 5


class BurstRow(ShortLivedRow, discriminator="burst"):
    """pk `BURST#<user, or place of the plan>`, sk `BURST`."""

    sent = JSONAttribute()
    number = NumberAttribute()
    """Rises with every one: who counts beside others sees it."""


def count(person: str, now: datetime) -> datetime:
    """Count one more notice to somebody. Returns `now`, or when they may get one again, and then counts nothing.

    Raises Busy when many are counted at once.
    """
    for _ in range(_TRIES):
        sent, number = _read(person)
        free_at = bundles.free_at(sent, now)
        if free_at > now:
            return free_at
        row = BurstRow(f"BURST#{person}", "BURST")
        actions = [
            BurstRow.sent.set([at.isoformat() for at in bundles.counted(sent, now)]),
            BurstRow.number.set(number + 1),
            BurstRow.expires_at.set(now + 2 * bundles.LONGEST),
        ]
        if change.touch(row, actions, BurstRow.number == number if number else BurstRow.pk.does_not_exist()):
            return now
    raise Busy


def _read(person: str) -> tuple[list[datetime], int]:
    try:
        row = BurstRow.get(f"BURST#{person}", "BURST", consistent_read=True)
    except BurstRow.DoesNotExist:
        return [], 0
    return [datetime.fromisoformat(at) for at in row.sent], int(row.number)
