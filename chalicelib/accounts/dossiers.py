"""One member, or one of the staff, with what decides about them and is shown with them: in as few calls as it takes."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from chalicelib.accounts import plan_places, store
from chalicelib.accounts.domain import Membership, statuses
from chalicelib.accounts.domain.clocks import NEVER, Activity, Clock
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.domain.stopped import Stop
from chalicelib.accounts.store import activities, requests, rosters, stopped
from chalicelib.accounts.store.requests import AccessRequest
from chalicelib.core.errors import NotFound
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import Department, PlanAdministrators, PlanSettings, StaffMember


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A member of an organization."""

    membership: Membership
    organization: Organization
    roster: Roster
    requests: tuple[AccessRequest, ...]
    """What they ask for."""
    stopped: Stop | None
    """Why no mail reaches them."""
    clock: Clock
    """What their deadlines come from."""

    @property
    def activity(self) -> Activity:
        """When they were last there, in any organization."""
        return self.clock.activity or NEVER


class StaffDossier(msgspec.Struct, frozen=True, kw_only=True):
    """One of the plan's staff."""

    place: StaffMember
    """As it counts now."""
    settings: PlanSettings
    administrators: PlanAdministrators
    departments: Mapping[str, Department]
    """Theirs, and those that were asked for, by id; unknown ones are left out."""
    activity: Activity
    stopped: Stop | None
    """Why no mail reaches them."""


def dossier(organization_id: str, membership_id: str, now: datetime) -> Dossier:
    """A member as they count at `now`: two batches and a query. Raises NotFound for foreign and unknown ids alike."""
    keys = (
        store.membership_key(organization_id, membership_id),
        organizations.organization_key(organization_id),
        rosters.key(organization_id),
        stopped.key(organization_id, membership_id),
        plan_store.SETTINGS_KEY,
    )
    rows = DirectoryRows(keys)
    membership = store.membership_among(rows, organization_id, membership_id)
    if membership is None:
        raise NotFound
    organization = organizations.organization_among(rows, organization_id)
    clock = Clock(
        settings=plan_store.settings_among(rows),
        organization=organization,
        activity=activities.activity(membership.user_id),
    )
    return Dossier(
        membership=statuses.as_of(membership, now, clock),
        clock=clock,
        organization=organization,
        roster=rosters.among(rows, organization_id),
        requests=tuple(requests.open_requests(organization_id, membership_id)),
        stopped=stopped.among(rows, organization_id, membership_id),
    )


def staff_dossier(user_id: str, now: datetime, departments: Iterable[str] = ()) -> StaffDossier:
    """One of the staff as they count at `now`; raises NotFound.

    A batch, and another for those of their departments that `departments` doesn't name.
    """
    asked = frozenset(departments)
    keys = [
        plan_store.staff_key(user_id),
        plan_store.ADMINISTRATORS_KEY,
        activities.key(user_id),
        stopped.key(None, user_id),
        plan_store.SETTINGS_KEY,
    ]
    rows = DirectoryRows([*keys, *map(plan_store.department_key, asked)])
    row = rows.get(plan_store.StaffRow, plan_store.staff_key(user_id))
    if row is None:
        raise NotFound
    settings, activity = plan_store.settings_among(rows), activities.among(rows, user_id)
    place = plan_places.counting(plan_store.staff_from_row(row), activity, settings, now)
    known = plan_store.departments_among(rows, asked)
    return StaffDossier(
        place=place,
        settings=settings,
        administrators=plan_store.administrators_among(rows),
        departments=known | plan_store.departments_by_id(place.departments - asked),
        activity=activity,
        stopped=stopped.among(rows, None, user_id),
    )
