"""Which night work counts the unread messages anew (MSG-4)."""

from chalice.app import CloudWatchEvent

from chalicelib.core import clock, log
from chalicelib.core.http import Routes
from chalicelib.messages.actions import recounting
from chalicelib.subscriptions.time_left import time_is_left

handlers = Routes(__name__)


# Every hour of the night in America (UTC): a run goes on where the one before it stopped, one round a day.
@handlers.schedule("cron(15 5-10 * * ? *)")
def reconcile_unread(event: CloudWatchEvent) -> dict[str, int]:
    """Finds counters of unread messages that don't fit their rows, and puts them right."""
    done = recounting.recount_all(clock.now(), time_is_left(event.context))
    log.info("unread_recounted", job=recounting.JOB, count=done.counted)
    return {"counted": done.counted, "corrected": done.corrected, "finished": int(done.finished)}
