"""What becomes of people who haven't signed in for long: warnings, then their memberships lapse (INA-1, INA-2).

A timer of a user only says when to look. What was told is remembered in the change that tells it, and everything done
for one membership is one change under the condition that nobody used the account since it was read: a run that dies is
carried on by the next one, and of two at once each thing is done by one. Nobody signs in for this to know: whoever did
is looked at once when they might have been warned.
"""

from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts import plan_places, store
from chalicelib.accounts.actions import saving
from chalicelib.accounts.actions import staff_clocks as actions
from chalicelib.accounts.domain import Membership, clocks, may_act, staff_clocks, statuses
from chalicelib.accounts.domain.clocks import Activity, Clock
from chalicelib.accounts.domain.staff_clocks import Timed
from chalicelib.accounts.domain.stages import next_stage_at, stage
from chalicelib.accounts.store import activities, lapsing, rosters
from chalicelib.core import timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Stale
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings, StaffMember, staff_move_allowed

_JOB = system("inactivity_lockout")


class _Person(msgspec.Struct, frozen=True, kw_only=True):
    """A user and what they are a member of, as it is kept, with what decides their deadlines."""

    user_id: str
    settings: PlanSettings
    activity: Activity
    memberships: list[Membership]
    place: StaffMember | None
    """At the plan."""
    opening: frozenset[str]
    """Ids of the memberships that open something now; their own if their place at the plan does."""

    def ends_at(self, membership: Membership) -> datetime | None:
        """When a membership lapses, or did; None for one that can't."""
        if not statuses.allows(membership, "lapse"):
            return None
        return clocks.inactive_at(self.activity, membership.enabled_at, self.settings)

    def place_ends_at(self) -> datetime | None:
        """Likewise for their place at the plan."""
        if self.place is None or not staff_move_allowed(self.place, "lapse"):
            return None
        return staff_clocks.inactive_at(Timed(self.place, self.activity), self.settings)

    def lapsed(self, now: datetime) -> list[Membership]:
        """Those that count as inactive by now, and don't show it yet."""
        return [one for one in self.memberships if (ends := self.ends_at(one)) is not None and ends <= now]

    def closes_at(self, now: datetime) -> datetime | None:
        """When the first of what opens something now does no more, unless they sign in."""
        ends = [self.ends_at(one) for one in self.memberships if one.id in self.opening]
        ends += [self.place_ends_at()] if self.user_id in self.opening else []
        # The last plan administrator stays, long after.
        return min((at for at in ends if at is not None and at > now), default=None)

    def next_look(self, now: datetime) -> datetime | None:
        """When something comes next: a warning, or that one of them lapses."""
        ends = [self.place_ends_at(), *(self.ends_at(one) for one in self.memberships)]
        days = self.settings.inactivity_warning_days
        return min((next_stage_at(at, days, now) or at for at in ends if at is not None and at > now), default=None)

    def warning(self, now: datetime) -> tuple[int, datetime] | None:
        """The warning that is due at `now`: how many days before the end it stands, and since when it is due."""
        days, closes_at = self.settings.inactivity_warning_days, self.closes_at(now)
        before = None if closes_at is None else stage(closes_at, days, now)
        return None if closes_at is None or before is None else (before, closes_at - timedelta(days=before))


def look(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Do what is due of a user's unused time, and say when to look again."""
    return until_kept(lambda: _look(timer, now))


def _look(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    person = _read(timer.subject, now)
    over, place_ends_at = person.lapsed(now), person.place_ends_at()
    for membership in over:
        _lapse(person, membership, now, last=membership is over[-1])
    place_over = place_ends_at is not None and place_ends_at <= now
    spared = actions.lapse_unused(person.user_id, now) if place_over else None
    if over or place_over:
        person = _read(timer.subject, now)
    return _settle(timer, person, spared, now)


def _read(user_id: str, now: datetime) -> _Person:
    own = store.membership_ids_of(user_id)
    keys = [plan_store.SETTINGS_KEY, plan_store.staff_key(user_id), activities.key(user_id)]
    keys += [key for ids in own for key in (store.membership_key(*ids), organizations.organization_key(ids[0]))]
    rows = DirectoryRows(keys)
    settings, activity = plan_store.settings_among(rows), activities.among(rows, user_id)
    read = [one for ids in own if (one := store.membership_among(rows, *ids)) is not None]
    # Of a practice that has ended the long work removes them, and nobody administers it any more (ORG-9).
    found = [one for one in read if not organizations.organization_among(rows, one.organization_id).closed]
    opening = set()
    for one in found:
        organization = organizations.organization_among(rows, one.organization_id)
        clock = Clock(settings=settings, organization=organization, activity=activity)
        opening |= {one.id} if may_act(statuses.as_of(one, now, clock)) else set()
    row = rows.get(plan_store.StaffRow, plan_store.staff_key(user_id))
    place = None if row is None else plan_store.staff_from_row(row)
    if place is not None and plan_places.counting(place, activity, settings, now).active:
        opening.add(user_id)
    return _Person(
        user_id=user_id,
        settings=settings,
        activity=activity,
        memberships=found,
        place=place,
        opening=frozenset(opening),
    )


def _lapse(person: _Person, before: Membership, now: datetime, *, last: bool) -> None:
    """Let one membership lapse. With the last one the user is told, and is warned of nothing any more."""
    organization_id = before.organization_id
    after = statuses.moved(before, "lapse", now)
    entry = Entry(
        action="member.lapse",
        object_id=before.id,
        organization_id=organization_id,
        before=saving.facts(before),
        after=saving.facts(after),
    )
    planned = Change(_JOB, entry, now)
    organizations.require_open(planned, organization_id, Outrun())
    saving.plan_by_clock(planned, rosters.roster(organization_id), before, after)
    planned.delete(lapsing.row(organization_id, before.id))
    if last:
        activities.plan_warned(planned, person.user_id, person.activity, None, Outrun())
        planned.emit("inactivity.lapsed", user_id=person.user_id)
    else:
        activities.require(planned, person.user_id, person.activity, Outrun())
    _commit(planned)


def _settle(
    timer: timers.Timer, person: _Person, spared: datetime | None, now: datetime
) -> timers.Done | timers.Nothing | timers.Later:
    """Warn if it is time, or take back what a warning left behind of somebody who came after it.

    `spared`: when to look again at a plan administrator who stayed as the last one.
    """
    warning, told_for = person.warning(now), person.activity.warned_for
    again = min((at for at in (person.next_look(now), spared) if at is not None), default=None)
    settled = told_for is None if warning is None else told_for is not None and warning[1] <= told_for
    if settled:
        return timers.Nothing() if again is None else timers.Later(again)
    action = "user.inactivity_warned" if warning is not None else "user.inactivity_over"
    planned = Change(_JOB, Entry(action=action, object_id=person.user_id), now)
    activities.plan_warned(planned, person.user_id, person.activity, warning and warning[1], Outrun())
    if warning is not None:
        planned.emit("inactivity.warned", user_id=person.user_id, days=str(warning[0]))
    if again is None:
        timers.finish(planned, timer)
    else:
        timers.move(planned, timer, again)
    _mark(planned, person, warned=warning is not None)
    _commit(planned)
    return timers.Done()


def _mark(planned: Change, person: _Person, *, warned: bool) -> None:
    """Plan that administrators find those who are about to lose access, and nobody else of this person's."""
    marked = {one.id for one in person.memberships if warned and one.id in person.opening}
    # What opens something first: of somebody with a hundred memberships not all have room in one change.
    for one in sorted(person.memberships, key=lambda one: one.id not in marked)[: planned.room]:
        mark = lapsing.row(one.organization_id, one.id)
        if one.id in marked:
            planned.put(mark)
        else:
            planned.delete(mark)


def _commit(planned: Change) -> None:
    try:
        planned.commit(None)
    except timers.Gone:
        raise
    except (Conflict, Stale):
        raise Outrun from None
