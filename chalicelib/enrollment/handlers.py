"""What wakes enrollment: how far practices are follows what happens (ORG-1, ORG-2)."""

from chalice.app import SQSEvent

from chalicelib.core import clock, events, open_events
from chalicelib.core.events import Event
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import standing

QUEUE = "enrollment"

handlers = Routes(__name__)


def _follow(event: Event) -> None:
    standing.follow(event, clock.now())


@handlers.on_sqs_message(queue=QUEUE, batch_size=10)
def follow_onboarding(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears all that may move a practice on the lists of enrollment."""
    follow = open_events.closing(_follow)
    return events.work(
        event.to_dict()["Records"],
        {
            "administrators.changed/1": follow,
            "member.access_changed/1": follow,
            "member.accepted/1": follow,
            "member.invited/1": follow,
            "nomination.approved/1": follow,
            "nomination.opened/1": follow,
            "nomination.returned/1": follow,
            "nomination.sent/1": follow,
            "nomination.signed/1": follow,
            "nomination.withdrawn/1": follow,
            "organization.closed/1": follow,
            "organization.enrolled/1": follow,
            "organization.without_administrator/1": follow,
        },
    )
