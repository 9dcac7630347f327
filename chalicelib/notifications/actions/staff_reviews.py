"""Plan administrators are reminded of the reviews of the plan's staff (ACC-11): how many wait, never whose."""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from chalicelib.accounts import plan_places
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain.stages import stage
from chalicelib.core.events import Event
from chalicelib.notifications import dates, store
from chalicelib.notifications.actions import sending
from chalicelib.notifications.actions.sending import Notice, Telling
from chalicelib.notifications.domain import Category, addresses
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings
from chalicelib.plan.store import reviews

_CATEGORY: Category = "ACCESS_REVIEW"


def notify(event: Event, now: datetime) -> None:
    """Remind each of them; hears `staff_review.reminded`. Raises StaysOpen, StillSending, or what SES raises."""
    receivers = sorted(plan_store.plan_administrators().active)
    sending.to_each(partial(_tell, event, receiver, now) for receiver in receivers)


def look(event: Event, receiver: str, now: datetime) -> Telling | None:
    """What one of them is told, as things are now; None when nothing any more. Nobody reviews their own account."""
    settings = plan_store.settings()
    ends_at = _first_end(settings, now)
    if ends_at is None or str(stage(ends_at, settings.review_reminder_days, now)) != event.ids["days"]:
        return None
    place = plan_places.current(receiver, now)
    if place is None or not place.administers:
        return None
    number = len(set(_open(settings, now)) - {receiver})
    if not number:
        return None
    user, chosen = accounts_store.user(receiver), store.preferences(receiver)
    by = dates.deadline(user.language, ends_at, ZoneInfo(settings.time_zone))
    return Telling(
        notice=Notice(event=event, receiver=receiver, category=_CATEGORY, person=receiver),
        address=addresses.goes_to(_CATEGORY, user.email, chosen.notice_address),
        language=user.language,
        template="staff_review_reminded",
        places={"number": number, "deadline": by},
    )


def _tell(event: Event, receiver: str, now: datetime) -> None:
    telling = look(event, receiver, now)
    if telling is not None:
        sending.notify(telling, now)


def _first_end(settings: PlanSettings, now: datetime) -> datetime | None:
    """The first deadline that is still ahead."""
    lasts = timedelta(days=settings.review_days)
    verified_at = reviews.first_verified_after(now - lasts)
    return None if verified_at is None else verified_at + lasts


def _open(settings: PlanSettings, now: datetime) -> list[str]:
    """User ids of those who wait to be reviewed: late, or due within the first reminder."""
    ahead = max(settings.review_reminder_days, default=0) - settings.review_days
    return reviews.open_until(now + timedelta(days=ahead))
