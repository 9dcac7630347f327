"""The next free slot for a mail: one item that all senders move on, in the short-lived table (NOT-3)."""

from datetime import datetime

from pynamodb.attributes import NumberAttribute

from chalicelib.core import change
from chalicelib.core.errors import Busy
from chalicelib.core.tables import ShortLivedRow
from chalicelib.notifications.domain import pace

_TRIES = 5


class SlotsRow(ShortLivedRow, discriminator="slots"):
    """pk `SLOTS`, sk `MAILS`. No end: there is one."""

    free_at = NumberAttribute()
    """Milliseconds since 1970 from which on nothing is reserved."""


def take(now: datetime, mails_per_second: float) -> datetime:
    """Reserve the next free slot; it begins at `now` or later. Raises Busy when everybody reserves at once."""
    between, at = pace.interval(mails_per_second), pace.milliseconds(now)
    row = SlotsRow("SLOTS", "MAILS")
    for _ in range(_TRIES):
        if change.touch(row, [SlotsRow.free_at.add(between)], SlotsRow.free_at > at):
            return pace.instant(int(row.free_at) - between)
        nobody = SlotsRow.pk.does_not_exist() | (SlotsRow.free_at <= at)
        if change.touch(row, [SlotsRow.free_at.set(at + between)], nobody):
            return now
    raise Busy
