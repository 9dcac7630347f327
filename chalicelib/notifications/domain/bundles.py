"""How many notices somebody gets before the rest waits for one mail about them all (NOT-3, S-MAIL-04)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

BOUNDS = ((5, timedelta(hours=1)), (20, timedelta(days=1)))
"""So many notices at most in any stretch of time so long."""
REMEMBERED = max(most for most, _ in BOUNDS)
"""How many of the last ones have to be known to tell."""
LONGEST = max(lasts for _, lasts in BOUNDS)


def free_at(sent: Sequence[datetime], now: datetime) -> datetime:
    """The first instant from `now` on at which one more notice may go to somebody who got those at `sent`.

    `sent`: in order, at least the last `REMEMBERED` of them.
    """
    waits = [sent[-most] + lasts for most, lasts in BOUNDS if len(sent) >= most]
    return max([now, *waits])


def counted(sent: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """What is remembered after one more at `now`."""
    return (*sorted([*sent, now])[-REMEMBERED:],)
