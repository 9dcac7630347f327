"""What finds the events that a stream or a queue failed to carry, and calls for the notices that are due (NOT-3)."""

from chalice.app import CloudWatchEvent

from chalicelib.core import clock, log, open_events, timers
from chalicelib.core.http import Routes
from chalicelib.notifications.actions import waiting
from chalicelib.subscriptions.outbox import SUBSCRIPTIONS
from chalicelib.subscriptions.time_left import time_is_left

NOTICES: timers.Kinds = {"pending": waiting.call}

handlers = Routes(__name__)


# The end of quiet hours and of an hour's bound may be as much late.
@handlers.schedule("rate(5 minutes)")
def notification_fanout(event: CloudWatchEvent) -> dict[str, int]:
    """Calls for notices that are due, and carries again what nobody has handled in time."""
    now, may_go_on = clock.now(), time_is_left(event.context)
    called = timers.work("notices", NOTICES, now, may_go_on)
    carried = open_events.carry(SUBSCRIPTIONS, now, may_go_on)
    log.info("notices_called", job="notification_fanout", count=called.later)
    return {
        "called": called.later,
        "carried_again": carried.again,
        "failed": called.failed + carried.failed,
        "finished": int(called.finished and carried.finished),
    }
