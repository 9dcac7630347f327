"""Notices that waited: for their slot, for the end of quiet hours, for one mail about all of a burst (NOT-3).

Whatever waited is looked at anew: what concerns its receiver no more is not sent (S-MAIL-05).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from chalicelib.core import timers
from chalicelib.core.events import Event
from chalicelib.core.open_events import StaysOpen
from chalicelib.notifications import queue
from chalicelib.notifications.actions import (
    administrators,
    bundling,
    messages,
    nominations,
    onboarding,
    reviews,
    sending,
    staff_reviews,
    unreachable,
)
from chalicelib.notifications.actions.sending import Telling
from chalicelib.notifications.store import claims, pending

_CALLED_AGAIN = timedelta(minutes=15)

Look = Callable[[Event, str, datetime], Telling | None]
"""What a receiver is told because of an event, as things are at that instant; None when nothing any more."""

LOOKS: Mapping[str, Look] = {
    "access.requested": administrators.look,
    "administrators.changed": administrators.look,
    "directory.requested": administrators.look,
    "member.registered": administrators.look,
    "member.unreachable": administrators.look,
    "message.delivered": messages.look,
    "message.misdirected": messages.look,
    "message.sent": messages.look,
    "nomination.approved": nominations.look,
    "nomination.reminded": nominations.look,
    "nomination.requested": nominations.look,
    "nomination.returned": nominations.look,
    "nomination.sent": nominations.look,
    "nomination.signed": nominations.look,
    "onboarding.chased": onboarding.look,
    "organization.closed": onboarding.look,
    "organization.without_administrator": reviews.look,
    "reset_case.opened": administrators.look,
    "review.called": reviews.look,
    "review.overdue": reviews.look,
    "review.reminded": reviews.look,
    "sharing.raised": administrators.look,
    "staff_review.reminded": staff_reviews.look,
    "staff.unreachable": unreachable.look,
}


def look(event: Event, receiver: str, now: datetime) -> Telling | None:
    """Ask the feature of the event."""
    return LOOKS[event.name](event, receiver, now)


def carry_on(event: Event, now: datetime) -> None:
    """Send a notice whose slot has come; hears `notice.waiting`.

    Raises StillSending, or what kept SES from taking it.
    """
    held = queue.held(event)
    if held.slot > now:
        queue.hold_longer(event, held.slot, now)
        return
    telling = look(held.event, held.receiver, now)
    if telling is None:
        claims.drop(held.event.id, held.receiver)
        return
    try:
        sending.notify(telling, now)
    except StaysOpen:
        # Of its own event, which is not this one.
        return


def bundle(event: Event, now: datetime) -> None:
    """Send somebody what waited for them and is due; hears `notices.due`. Raises what kept SES from taking it."""
    bundling.send_due(event, look, now)


def call(timer: timers.Timer, now: datetime) -> timers.Nothing | timers.Later:
    """Have the queue look at what waits for somebody and is due; again and again until nothing is left of it."""
    if not any(waits.due <= now for waits in pending.of(timer.subject)):
        # What is due later has a timer of its own.
        return timers.Nothing()
    queue.call(timer.subject, now)
    return timers.Later(now + _CALLED_AGAIN)
