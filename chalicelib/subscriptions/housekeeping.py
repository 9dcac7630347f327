"""Which deadline wakes which code: the kinds of timers that each schedule works."""

from chalice.app import CloudWatchEvent

from chalicelib.accounts.actions.members import remove_unanswered
from chalicelib.attachments.actions import discard
from chalicelib.core import timers, work_ends
from chalicelib.core.http import Routes
from chalicelib.credentials.actions import expire
from chalicelib.recovery.actions import cases
from chalicelib.sharing.actions import look
from chalicelib.subscriptions.working import work

HOUSEKEEPING: timers.Kinds = {
    "reset_case": cases.expire,
    "session": expire,
    "sharing": look,
    "unanswered": remove_unanswered,
    "upload": discard,
    "work": work_ends.renew,
}

handlers = Routes(__name__)


@handlers.schedule("rate(1 hour)")
def housekeeping(event: CloudWatchEvent) -> dict[str, int]:
    """Clears away sessions and uploads that have ended, and looks after long works."""
    return work("housekeeping", HOUSEKEEPING, event)
