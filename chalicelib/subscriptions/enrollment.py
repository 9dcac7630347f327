"""Which deadlines of practices are worked when: waves, reminders, chasing, proposals (ORG-2, ORG-3, ORG-9)."""

from chalice.app import CloudWatchEvent

from chalicelib.core import clock, log, timers
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import chasing, lapsing, sending
from chalicelib.subscriptions.time_left import time_is_left

ENROLLMENT: timers.Kinds = {
    "chase": chasing.look,
    "nomination": sending.remind,
    "proposal": lapsing.forget,
    "wave": sending.send_wave,
    "wave_nomination": sending.send_form,
}

handlers = Routes(__name__)


# Every quarter of an hour: a wave of thousands takes several runs, and one that joins late doesn't wait for long.
@handlers.schedule("rate(15 minutes)")
def enrollment_clock(event: CloudWatchEvent) -> dict[str, int]:
    """Sends the forms of waves, reminds and chases those who have not answered, forgets what nobody confirmed."""
    may_go_on = time_is_left(event.context)
    whole = timers.Worked()
    while True:
        # What a wave calls for is due at once, so it is looked for as long as something came of it.
        worked = timers.work("enrollment", ENROLLMENT, clock.now(), may_go_on)
        whole.done += worked.done
        whole.nothing += worked.nothing
        whole.later += worked.later
        whole.failed += worked.failed
        whole.finished = worked.finished
        if worked.failed or not worked.done + worked.later or not may_go_on():
            break
    log.info("schedule_worked", job="enrollment", count=whole.done + whole.later + whole.nothing)
    return {
        "done": whole.done,
        "later": whole.later,
        "nothing": whole.nothing,
        "failed": whole.failed,
        "finished": int(whole.finished),
    }
