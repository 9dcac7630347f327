"""What becomes of people who haven't signed in for long (INA-1, INA-2)."""

from datetime import datetime, timedelta

from chalicelib.core import timers


def look(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Warn somebody, or let their memberships lapse, as is due."""
    return timers.Later(max(timer.due, now) + timedelta(days=1))
