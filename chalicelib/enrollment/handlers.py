"""What wakes enrollment: how far practices are follows what happens, and who answers for them (ORG-1, ORG-2, ORG-6)."""

from chalice.app import SQSEvent

from chalicelib.core import clock, events, open_events
from chalicelib.core.events import Event
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import directory, standing

QUEUE = "enrollment"

handlers = Routes(__name__)


def _follow(event: Event) -> None:
    standing.follow(event, clock.now())


def _hand_over(event: Event) -> None:
    directory.hand_over(event, clock.now())


def _left_alone(event: Event) -> None:
    _follow(event)
    _hand_over(event)


@handlers.on_sqs_message(queue=QUEUE, batch_size=10)
def follow_onboarding(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears all that may move a practice on the lists of enrollment, or leave a request without an answer."""
    follow, left_alone = open_events.closing(_follow), open_events.closing(_left_alone)
    return events.work(
        event.to_dict()["Records"],
        {
            "administrators.changed/1": follow,
            "directory.requested/1": open_events.closing(_hand_over),
            "member.access_changed/1": follow,
            "member.accepted/1": follow,
            "member.invited/1": follow,
            "nomination.approved/1": follow,
            "nomination.opened/1": follow,
            "nomination.returned/1": follow,
            "nomination.sent/1": follow,
            "nomination.signed/1": follow,
            "nomination.withdrawn/1": follow,
            "organization.closed/1": left_alone,
            "organization.enrolled/1": follow,
            "organization.without_administrator/1": left_alone,
        },
    )
