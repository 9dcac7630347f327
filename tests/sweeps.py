"""The daily jobs of clocks, run by hand, and what they told."""

import json
from datetime import datetime, timedelta

from chalicelib.core import timers
from chalicelib.core.timers import Schedule
from chalicelib.subscriptions.clocks import INACTIVITY, REVALIDATION
from chalicelib.subscriptions.enrollment import ENROLLMENT
from tests import stored

_KINDS = {"inactivity_lockout": INACTIVITY, "revalidation_reminders": REVALIDATION, "enrollment": ENROLLMENT}


def inactivity(now: datetime) -> timers.Worked:
    """A run of `inactivity_lockout` with time for everything."""
    return _run("inactivity_lockout", now)


def revalidation(now: datetime) -> timers.Worked:
    """Likewise of `revalidation_reminders`."""
    return _run("revalidation_reminders", now)


def enrollment(now: datetime) -> timers.Worked:
    """Likewise of `enrollment_clock`, as often as something comes of it."""
    whole = timers.Worked(finished=True)
    while True:
        worked = _run("enrollment", now)
        whole.done, whole.failed = whole.done + worked.done, whole.failed + worked.failed
        if worked.failed or not worked.done:
            return whole


def _run(schedule: Schedule, now: datetime) -> timers.Worked:
    return timers.work(schedule, _KINDS[schedule], now, lambda: True)


def ran_until(schedule: Schedule, now: datetime) -> None:
    """As if the job had run up to the day before and found nothing: it needn't look at each of those days."""
    timers._advance(schedule, now.date() - timedelta(days=1))


def told(*names: str) -> list[dict[str, str]]:
    """What the events of these names say, oldest first."""
    found = [item for item in stored.outbox() if item["name"]["S"] in names]
    return [
        {"event": item["name"]["S"], **json.loads(item["ids"]["S"])}
        for item in sorted(found, key=lambda item: str(item["at"]["S"]))
    ]
