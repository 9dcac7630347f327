"""Which deadlines of people's accounts are made visible when: unused accounts and passwords, access reviews.

A deadline holds from its second on, whoever looks; these functions tell people of it (INA-4).
"""

from chalice.app import CloudWatchEvent

from chalicelib.access_reviews.actions import clock
from chalicelib.accounts.actions import inactivity, staff_clocks
from chalicelib.core import timers
from chalicelib.core.http import Routes
from chalicelib.credentials import reminders
from chalicelib.subscriptions.working import work

INACTIVITY: timers.Kinds = {
    "inactivity": inactivity.look,
    "password": reminders.remind,
}
REVALIDATION: timers.Kinds = {
    "review": clock.look,
    "staff_review": staff_clocks.look_at_reviews,
}

handlers = Routes(__name__)


# Every hour of the day and evening in America (UTC): a run goes on where the one before it stopped, and what ends in
# the afternoon is told on the same day, also in its west.
@handlers.schedule("cron(0 0-7,13-23 * * ? *)")
def inactivity_lockout(event: CloudWatchEvent) -> dict[str, int]:
    """Warns people whom nobody has seen for long, closes accounts that are unused, reminds of passwords."""
    return work("inactivity_lockout", INACTIVITY, event)


@handlers.schedule("cron(0 0-7,13-23 * * ? *)")
def revalidation_reminders(event: CloudWatchEvent) -> dict[str, int]:
    """Reminds of access reviews, and suspends who was not verified in time."""
    return work("revalidation_reminders", REVALIDATION, event)
