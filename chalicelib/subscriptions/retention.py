"""Which night work deletes what is kept no more (MSG-10)."""

from chalice.app import CloudWatchEvent

from chalicelib.core import clock, log
from chalicelib.core.http import Routes
from chalicelib.retention.actions import job
from chalicelib.subscriptions.time_left import time_is_left

handlers = Routes(__name__)


# Every hour of the night in America (UTC): a run goes on where the one before it stopped.
@handlers.schedule("cron(45 5-10 * * ? *)")
def retention(event: CloudWatchEvent) -> dict[str, int]:
    """Deletes messages that are old enough and that no legal hold keeps."""
    worked = job.delete_due(clock.now(), time_is_left(event.context))
    log.info("retention_worked", job="retention", count=worked.deleted)
    return {
        "deleted": worked.deleted,
        "held": worked.held,
        "waits": worked.waits,
        "failed": worked.failed,
        "finished": int(worked.finished),
    }
