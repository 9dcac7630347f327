"""Which step does each kind of long work (core/work.py)."""

from chalice.app import SQSEvent

from chalicelib.access_reviews.actions import calling
from chalicelib.access_reviews.actions import exports as review_exports
from chalicelib.accounts.actions import exports, imports
from chalicelib.core import events, work, work_runner
from chalicelib.core.http import Routes
from chalicelib.enrollment import printing
from chalicelib.enrollment.actions import closing
from chalicelib.enrollment.actions import imports as organization_imports
from chalicelib.messages.actions import broadcasting, dispatch, withdrawing
from chalicelib.retention.actions import exporting
from chalicelib.subscriptions.time_left import time_is_left

QUEUE = "work"

WORK: work.Kinds = {
    broadcasting.KIND: broadcasting.step,
    dispatch.KIND: dispatch.step,
    exporting.KIND: exporting.step,
    organization_imports.KINDS.check: organization_imports.check_step,
    organization_imports.KINDS.run: organization_imports.run_step,
    exports.EXPORT: exports.export_step,
    imports.KINDS.check: imports.check_step,
    imports.KINDS.run: imports.run_step,
    review_exports.KIND: review_exports.export_step,
    calling.KIND: calling.step,
    printing.KIND: printing.step,
    withdrawing.KIND: withdrawing.step,
    closing.KIND: closing.step,
}

handlers = Routes(__name__)


# One at a time: a long work holds up no other.
@handlers.on_sqs_message(queue=QUEUE, batch_size=1)
def carry_on_work(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Does the next chunks of a long work."""
    may_go_on = time_is_left(event.context)

    def carry_on(told: events.Event) -> None:
        work_runner.carry_on(told.ids["owner"], told.ids["work_id"], WORK, told.request_id, may_go_on)

    return events.work(event.to_dict()["Records"], {"work.started/1": carry_on, "work.continued/1": carry_on})
