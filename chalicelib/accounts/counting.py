"""Memberships as they count at a moment, whatever the jobs have made of them: for whoever decides about several."""

from collections.abc import Collection, Iterable
from datetime import datetime

from chalicelib.accounts import store
from chalicelib.accounts.domain import Membership, clocks, may_act, statuses
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.accounts.domain.stages import stage
from chalicelib.accounts.store import activities, lapsing
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store


def keys(memberships: Iterable[Membership]) -> list[tuple[str, str]]:
    """Keys of what their deadlines come from, to be read with something else."""
    found = [plan_store.SETTINGS_KEY]
    for one in memberships:
        found += [activities.key(one.user_id), organizations.organization_key(one.organization_id)]
    return list(dict.fromkeys(found))


def among(rows: DirectoryRows, memberships: Iterable[Membership], now: datetime) -> list[Membership]:
    """Memberships as they count at `now`, of rows that were read together."""
    return [statuses.as_of(one, now, _clock(rows, one)) for one in memberships]


def counting(memberships: Collection[Membership], now: datetime) -> list[Membership]:
    """Memberships that were just read as they count at `now` (INA-1, REV-1): one batch."""
    return among(DirectoryRows(keys(memberships)), memberships, now) if memberships else []


def acting(administrators: Iterable[tuple[str, str]], now: datetime) -> frozenset[str]:
    """Who of some administrators acts at `now`, by ids of organizations and memberships: two batches (ORG-4).

    A roster tells who acted when somebody last changed one of them; a clock may have run out since.
    """
    ids = list(dict.fromkeys(administrators))
    if not ids:
        return frozenset()
    rows = DirectoryRows(store.membership_key(*one) for one in ids)
    found = [one for each in ids if (one := store.membership_among(rows, *each)) is not None]
    return frozenset(one.id for one in counting(found, now) if may_act(one))


def addressed(organization_id: str, ids: Iterable[str]) -> dict[str, Membership]:
    """Memberships of one organization by id, for whoever writes to them; foreign and unknown ids are left out.

    Those of one that has ended count as removed, as nobody is a member there any more (ORG-9). One batch.
    """
    wanted = list(ids)
    if not wanted:
        return {}
    own = organizations.organization_key(organization_id)
    rows = DirectoryRows([own, *(store.membership_key(organization_id, id_) for id_ in wanted)])
    organization = organizations.find_among(rows, organization_id)
    read = (store.membership_among(rows, organization_id, id_) for id_ in wanted)
    found = [one for one in read if one is not None and organization is not None]
    return {one.id: statuses.of_organization(one, organization) for one in found if organization is not None}


def about_to_lapse(
    organization_id: str, now: datetime, most: int
) -> tuple[dict[str, tuple[Membership, datetime]], bool]:
    """Who of an organization is about to lose access for want of use, by id, with when; and whether there are more.

    A query; for those who were warned, two batches: whoever signed in since is not among them (INA-2).
    """
    marked, more = lapsing.marked(organization_id, most)
    if not marked:
        return {}, more
    people = store.memberships_by_id(organization_id, marked)
    rows = DirectoryRows(keys(people.values()))
    found = {}
    for one in people.values():
        ends_at = closes_at(one, _clock(rows, one), now)
        if ends_at is not None and stage(ends_at, plan_store.settings_among(rows).inactivity_warning_days, now):
            found[one.id] = (one, ends_at)
    return dict(sorted(found.items(), key=lambda pair: (pair[1][1], pair[0]))), more


def closes_at(membership: Membership, clock: Clock, now: datetime) -> datetime | None:
    """When a membership that opens something at `now` does no more unless its user signs in (INA-1)."""
    if clock.activity is None or not may_act(statuses.as_of(membership, now, clock)):
        return None
    return clocks.inactive_at(clock.activity, membership.enabled_at, clock.settings)


def _clock(rows: DirectoryRows, membership: Membership) -> Clock:
    return Clock(
        settings=plan_store.settings_among(rows),
        organization=organizations.organization_among(rows, membership.organization_id),
        activity=activities.among(rows, membership.user_id),
    )
