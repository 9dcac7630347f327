"""People are reminded to change a password before it is too old (CRD-2)."""

from datetime import datetime

from chalicelib.accounts.domain.stages import next_stage_at, stage
from chalicelib.core import outrun, timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.timers import Done, Later, Nothing, Timer
from chalicelib.credentials import store
from chalicelib.credentials.domain import password_ends_at
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings


def arm(planned: Change, user_id: str, settings: PlanSettings) -> None:
    """Plan the first reminder of a password that is set by this change."""
    first = next_stage_at(password_ends_at(planned.now, settings), settings.password_reminder_days, planned.now)
    if first is not None:
        timers.arm(planned, Timer(schedule="inactivity_lockout", kind="password", subject=user_id, due=first))


def remind(timer: Timer, now: datetime) -> Done | Nothing | Later:
    """Remind somebody of their password's end: of each stage at most once, of several that passed only the last.

    Nothing from the end on: the sign-in says it then. A timer of a password that was changed goes on with the new one.
    """
    return outrun.until_kept(lambda: _remind(timer, now))


def _remind(timer: Timer, now: datetime) -> Done | Nothing | Later:
    password = store.password_of(timer.subject)
    if password is None:
        return Nothing()
    settings = plan_store.settings()
    ends_at = password_ends_at(password.changed_at, settings)
    due = stage(ends_at, settings.password_reminder_days, now)
    following = next_stage_at(ends_at, settings.password_reminder_days, now)
    if due is None or (password.reminded is not None and password.reminded <= due):
        return Nothing() if following is None else Later(following)
    told = Change(system("inactivity_lockout"), Entry(action="password.reminded", object_id=timer.subject), now)
    store.plan_reminded(told, password, due, outrun.Outrun())
    told.emit("password.expiring", user_id=timer.subject, days=str(due))
    if following is None:
        timers.finish(told, timer)
    else:
        timers.move(told, timer, following)
    told.commit(None)
    return Done()
