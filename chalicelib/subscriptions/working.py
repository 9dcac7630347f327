"""How a run of a schedule works its kinds of timers."""

from chalice.app import CloudWatchEvent

from chalicelib.core import clock, log, timers
from chalicelib.subscriptions.time_left import time_is_left


def work(schedule: timers.Schedule, kinds: timers.Kinds, event: CloudWatchEvent) -> dict[str, int]:
    """Fire what is due of a schedule while there is time; what the run did, for whoever looks."""
    worked = timers.work(schedule, kinds, clock.now(), time_is_left(event.context))
    log.info("schedule_worked", job=schedule, count=worked.done + worked.later + worked.nothing)
    return {
        "done": worked.done,
        "later": worked.later,
        "nothing": worked.nothing,
        "failed": worked.failed,
        "finished": int(worked.finished),
    }
