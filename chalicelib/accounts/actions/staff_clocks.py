"""What clocks do to the plan's staff: they lapse, are suspended, reviews are reminded of (ACC-11).

Each is a change of its own that stands on what was read, so it happens once however often a job looks.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.accounts import plan_places
from chalicelib.accounts.actions import staff as actions
from chalicelib.accounts.domain import staff_clocks, stages
from chalicelib.accounts.domain.staff_clocks import Timed
from chalicelib.accounts.store import activities
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Stale
from chalicelib.core.journal import PLAN_CHAIN, Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.timers import Done, Later, Nothing, Timer
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings, StaffMove, staff_move_allowed, staff_moved
from chalicelib.plan.store import reviews

# Whoever stays as the last one is looked at again, since another may have come.
_AGAIN = timedelta(days=1)
# Those whose deadlines lie closer together are told together.
_APART = timedelta(days=1)


def lapse_unused(user_id: str, now: datetime) -> datetime | None:
    """Let the place at the plan of somebody lapse who was not there for too long (INA-1).

    Returns when to look at it again; None when there is nothing left that could lapse.
    """
    return until_kept(lambda: _lapse(user_id, now))


def _lapse(user_id: str, now: datetime) -> datetime | None:
    found, settings = plan_places.timed(user_id)
    if found is None or not staff_move_allowed(found.place, "lapse"):
        return None
    ends_at = staff_clocks.inactive_at(found, settings)
    if ends_at is None or now < ends_at:
        return ends_at
    return None if _taken(found, "lapse", settings, now) else now + _AGAIN


def look_at_reviews(_: Timer, now: datetime) -> Done | Nothing | Later:
    """Suspend whoever was not reviewed in time, and remind plan administrators of the reviews to come."""
    settings = plan_store.settings()
    over = now - timedelta(days=settings.review_days)
    again = list(_suspended(reviews.verified_until(over), now))
    verified_at = reviews.first_verified_after(over)
    if verified_at is not None:
        ends_at = verified_at + timedelta(days=settings.review_days)
        until_kept(lambda: _remind(ends_at, settings, now))
        again.append(stages.next_stage_at(ends_at, settings.review_reminder_days, now) or ends_at)
    return Later(min(again)) if again else Nothing()


def _suspended(user_ids: Iterable[str], now: datetime) -> Iterable[datetime]:
    """Suspend them; when to look again at those who stay."""
    for user_id in user_ids:
        if not until_kept(lambda user_id=user_id: _suspend(user_id, now)):  # type: ignore[misc]
            yield now + _AGAIN


def _suspend(user_id: str, now: datetime) -> bool:
    found, settings = plan_places.timed(user_id)
    if found is None or not staff_move_allowed(found.place, "suspend"):
        return True
    due = staff_clocks.review_due_at(found.place, settings)
    return due is None or now < due or _taken(found, "suspend", settings, now)


def _taken(found: Timed, verb: StaffMove, settings: PlanSettings, now: datetime) -> bool:
    """Take a place; no for the last plan administrator. Raises Outrun."""
    before, activity = found.place, found.activity
    if plan_places.counting(before, activity, settings, now).active:
        return False
    after = staff_moved(before, verb, now)
    job = "inactivity_lockout" if verb == "lapse" else "revalidation_reminders"
    entry = Entry(
        action=f"staff.{verb}",
        object_id=before.user_id,
        organization_id=PLAN_CHAIN,
        before=actions.facts(before),
        after=actions.facts(after),
    )
    planned = Change(system(job), entry, now)
    actions.plan_saved(planned, before, after, "", plan_store.plan_administrators(), {})
    assert activity is not None
    activities.require(planned, before.user_id, activity, Outrun())
    if before.active:
        planned.emit("staff.lapsed", user_id=before.user_id)
    try:
        planned.commit(None)
    except (Conflict, Stale) as faster:
        raise Outrun from faster
    return True


def _remind(ends_at: datetime, settings: PlanSettings, now: datetime) -> None:
    days = stages.stage(ends_at, settings.review_reminder_days, now)
    if days is None:
        return
    at, before = ends_at - timedelta(days=days), reviews.reminded_for()
    if before is not None and at < before + _APART:
        return
    entry = Entry(action="staff_review.reminded", object_id="plan", organization_id=PLAN_CHAIN, after={"days": days})
    planned = Change(system("revalidation_reminders"), entry, now)
    reviews.plan_reminded(planned, before, at, Outrun())
    planned.emit("staff_review.reminded", days=str(days))
    planned.commit(None)
