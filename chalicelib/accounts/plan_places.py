"""A place at the plan as it counts now (ACC-11): by its own clocks, and by whether anybody else runs the plan."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.accounts.domain import staff_clocks
from chalicelib.accounts.domain.clocks import Activity
from chalicelib.accounts.domain.staff_clocks import Timed
from chalicelib.accounts.store import activities
from chalicelib.core.tables import DirectoryRows
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings, StaffMember


def counting(place: StaffMember, activity: Activity | None, settings: PlanSettings, now: datetime) -> StaffMember:
    """A place that was just read as it counts at `now`.

    `activity`: as in `Timed`. Costs two reads more for a plan administrator whose time is over, and none otherwise.
    """
    seen = staff_clocks.as_of(Timed(place, activity), settings, now)
    if seen.active or not place.administers or not _is_last(place, settings, now):
        return seen
    return place


def current(user_id: str, now: datetime) -> StaffMember | None:
    """A user's place at the plan as it counts at `now`, if they have one: one batch, and what `counting` costs."""
    found, settings = timed(user_id)
    return None if found is None else counting(found.place, found.activity, settings, now)


def current_of(user_ids: Iterable[str], now: datetime) -> dict[str, StaffMember]:
    """Likewise of several users, by id: a batch for each hundred rows, and what `counting` costs for each."""
    ids = sorted(set(user_ids))
    keys = [key for id_ in ids for key in (plan_store.staff_key(id_), activities.key(id_))]
    rows = DirectoryRows([*keys, plan_store.SETTINGS_KEY])
    settings = plan_store.settings_among(rows)
    found = {id_: rows.get(plan_store.StaffRow, plan_store.staff_key(id_)) for id_ in ids}
    places = {id_: plan_store.staff_from_row(row) for id_, row in found.items() if row is not None}
    return {id_: counting(one, activities.among(rows, id_), settings, now) for id_, one in places.items()}


def timed(user_id: str) -> tuple[Timed | None, PlanSettings]:
    """A user's place as it is kept, with what its deadlines come from."""
    rows = DirectoryRows([plan_store.staff_key(user_id), activities.key(user_id), plan_store.SETTINGS_KEY])
    row = rows.get(plan_store.StaffRow, plan_store.staff_key(user_id))
    settings = plan_store.settings_among(rows)
    if row is None:
        return None, settings
    return Timed(plan_store.staff_from_row(row), activities.among(rows, user_id)), settings


def _is_last(place: StaffMember, settings: PlanSettings, now: datetime) -> bool:
    ids = sorted(plan_store.plan_administrators().active | {place.user_id})
    rows = DirectoryRows([key for id_ in ids for key in (plan_store.staff_key(id_), activities.key(id_))])
    found = (rows.get(plan_store.StaffRow, plan_store.staff_key(id_)) for id_ in ids)
    places = [plan_store.staff_from_row(row) for row in found if row is not None]
    others = [Timed(one, activities.among(rows, one.user_id)) for one in places if one.administers]
    return staff_clocks.stays(place.user_id, others, settings, now)
