"""The two clocks of a place at the plan (ACC-11): unused for too long, not reviewed in time. To the second.

As for memberships, but no clock takes the last plan administrator: where the deadlines of all are over, the one whose
own is the latest stays. A review that the plan calls of its practices' people is not about its staff.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.accounts.domain import clocks
from chalicelib.accounts.domain.clocks import Activity
from chalicelib.plan.domain import PlanSettings, StaffMember, staff_causes, staff_move_allowed, staff_with


class Timed(msgspec.Struct, frozen=True):
    """A place at the plan with what its deadlines come from."""

    place: StaffMember
    activity: Activity | None
    """Of its user; None where they are known to have signed in lately, as by a session that lives."""


def inactive_at(timed: Timed, settings: PlanSettings) -> datetime | None:
    """When a place is unused for too long, or was (INA-1); None without any use, or while in use."""
    if timed.activity is None:
        return None
    return clocks.inactive_at(timed.activity, timed.place.enabled_at, settings)


def review_due_at(place: StaffMember, settings: PlanSettings) -> datetime | None:
    """When a place is to be reviewed again; None for one that never was, as in a plan that is being set up."""
    return None if place.verified_at is None else place.verified_at + timedelta(days=settings.review_days)


def as_of(timed: Timed, settings: PlanSettings, now: datetime) -> StaffMember:
    """The place as its own clocks have it at `now`, whatever a job has made of it."""
    place = timed.place
    unused, due = inactive_at(timed, settings), review_due_at(place, settings)
    if unused is not None and unused <= now and staff_move_allowed(place, "lapse"):
        place = staff_with(place, staff_causes(place) | {"inactive"})
    if due is not None and due <= now and staff_move_allowed(place, "suspend"):
        place = staff_with(place, staff_causes(place) | {"suspended"})
    return place


def stays(user_id: str, administrators: Collection[Timed], settings: PlanSettings, now: datetime) -> bool:
    """Whether a plan administrator whose time is over acts on as the last one (ACC-11).

    `administrators`: all of them whom no job has taken yet.
    """
    if any(as_of(one, settings, now).active for one in administrators if one.place.user_id != user_id):
        return False
    last = max(administrators, key=lambda one: (_ends_at(one, settings) or now, one.place.user_id), default=None)
    return last is not None and last.place.user_id == user_id


def _ends_at(timed: Timed, settings: PlanSettings) -> datetime | None:
    ends = [at for at in (inactive_at(timed, settings), review_due_at(timed.place, settings)) if at is not None]
    return min(ends, default=None)


def refusal_code(place: StaffMember | None) -> Literal["staff_inactive", "staff_suspended"] | None:
    """Code of the refusal for one of the staff whom a clock shut out, if one did."""
    if place is None:
        return None
    if place.status == "inactive":
        return "staff_inactive"
    return "staff_suspended" if place.status == "suspended" else None
