"""Which deadline wakes which code: the kinds of timers that each schedule works."""

from chalice.app import CloudWatchEvent

from chalicelib.accounts.actions.members import remove_unanswered
from chalicelib.attachments.actions import discard
from chalicelib.core import clock, log, timers, work_ends
from chalicelib.core.http import Routes
from chalicelib.credentials.actions import expire
from chalicelib.recovery.actions import cases
from chalicelib.subscriptions.time_left import time_is_left

HOUSEKEEPING: timers.Kinds = {
    "reset_case": cases.expire,
    "session": expire,
    "unanswered": remove_unanswered,
    "upload": discard,
    "work": work_ends.renew,
}

handlers = Routes(__name__)


@handlers.schedule("rate(1 hour)")
def housekeeping(event: CloudWatchEvent) -> dict[str, int]:
    """Clears away sessions and uploads that have ended, and looks after long works."""
    return _work("housekeeping", HOUSEKEEPING, event)


def _work(schedule: timers.Schedule, kinds: timers.Kinds, event: CloudWatchEvent) -> dict[str, int]:
    worked = timers.work(schedule, kinds, clock.now(), time_is_left(event.context))
    log.info("schedule_worked", job=schedule, count=worked.done + worked.later + worked.nothing)
    return {
        "done": worked.done,
        "later": worked.later,
        "nothing": worked.nothing,
        "failed": worked.failed,
        "finished": int(worked.finished),
    }
