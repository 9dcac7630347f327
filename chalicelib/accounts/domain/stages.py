"""Reminders before a deadline (INA-2, REV-4, CRD-2): one for each stage, and of several that have passed the last.

A stage is so many days, of 24 hours, before the deadline. Once that is over there is nothing left to remind of.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta


def stage(ends_at: datetime, days: Iterable[int], now: datetime) -> int | None:
    """The last stage that has come, as days before the end; None before the first one and from the end on."""
    if now >= ends_at:
        return None
    return min((before for before in days if now >= ends_at - timedelta(days=before)), default=None)


def next_stage_at(ends_at: datetime, days: Iterable[int], now: datetime) -> datetime | None:
    """When the next stage comes; None when none is left."""
    return min((at for before in days if (at := ends_at - timedelta(days=before)) > now), default=None)
