"""What the clock does about reviews (REV-1, REV-4): reminds administrators, and suspends who was not verified in time.

A timer of an organization only says when to look. Whoever looks finds by the index what is due, at a cost that follows
from that. Everything done for one membership is one change, and what was told is remembered in the change that tells
it: a run that dies is carried on by the next one, and of two at once each thing is done by one.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.access_reviews.domain import reminders, standing
from chalicelib.access_reviews.domain.reminders import ReviewState, Standing
from chalicelib.access_reviews.store import state as states
from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership, clocks, statuses
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.accounts.store import reviewing, rosters
from chalicelib.core import timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Stale
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings

_JOB = system("revalidation_reminders")


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    """An organization and what decides its deadlines."""

    organization: Organization
    settings: PlanSettings
    state: ReviewState

    def due_at(self, verified_at: datetime) -> datetime:
        due = clocks.review_due_at(verified_at, self.settings, self.organization)
        assert due is not None
        return due

    def due_if_verified_until(self, now: datetime) -> datetime:
        return clocks.due_if_verified_until(now, self.settings, self.organization)


def look(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Do what is due of an organization's reviews, and say when to look at it again."""
    case = _read(timer.subject)
    if case.organization.closed:
        # Nobody is a member there any more (ORG-9).
        return _settle(timer, case, None, None, now)
    over = reviewing.unverified(case.organization.id, case.due_if_verified_until(now))
    if over:
        case = _tell_overdue(case, [case.due_at(verified_at) for verified_at, _ in over], now)
    suspended = [membership_id for _, membership_id in over if _suspend(case, membership_id, now)]
    first = reviewing.first_verified_at(case.organization.id, after=case.due_if_verified_until(now))
    due_at = None if first is None else case.due_at(first)
    is_late = bool(suspended) or any(reviewing.late(case.organization.id, most=1))
    return _settle(timer, case, _stands(case, first, due_at, now, late=is_late), due_at, now)


def _read(organization_id: str) -> _Case:
    keys = (plan_store.SETTINGS_KEY, organizations.organization_key(organization_id), states.key(organization_id))
    rows = DirectoryRows(keys)
    return _Case(
        organization=organizations.organization_among(rows, organization_id),
        settings=plan_store.settings_among(rows),
        state=states.among(rows, organization_id),
    )


def _tell_overdue(case: _Case, deadlines: Sequence[datetime], now: datetime) -> _Case:
    """Tell that deadlines are over, before anybody is suspended: a run that dies on the way is no reason not to."""
    if not reminders.tells_overdue(case.state, deadlines):
        return case
    organization_id = case.organization.id
    after = msgspec.structs.replace(case.state, overdue_until=max(deadlines))
    entry = Entry(action="review.overdue", object_id=organization_id, organization_id=organization_id)
    planned = Change(_JOB, entry, now)
    states.plan(planned, case.state, after, timers.Gone())
    planned.emit("review.overdue", organization_id=organization_id)
    planned.commit(None)
    return msgspec.structs.replace(case, state=msgspec.structs.replace(after, version=after.version + 1))


def _suspend(case: _Case, membership_id: str, now: datetime) -> bool:
    """Suspend one whose deadline is over, as they are now; whether they were. The index lags behind by moments."""
    return until_kept(lambda: _suspend_once(case, membership_id, now))


def _suspend_once(case: _Case, membership_id: str, now: datetime) -> bool:
    organization_id = case.organization.id
    rows = DirectoryRows([accounts.membership_key(organization_id, membership_id), rosters.key(organization_id)])
    before = accounts.membership_among(rows, organization_id, membership_id)
    if before is None or not _is_over(case, before, now):
        return False
    after = statuses.moved(before, "suspend", now)
    entry = Entry(
        action="member.suspend",
        object_id=before.id,
        organization_id=organization_id,
        before=saving.facts(before),
        after=saving.facts(after),
    )
    planned = Change(_JOB, entry, now)
    saving.plan_by_clock(planned, rosters.among(rows, organization_id), before, after)
    try:
        planned.commit(None)
    except (Conflict, Stale):
        raise Outrun from None
    return True


def _is_over(case: _Case, membership: Membership, now: datetime) -> bool:
    due_at = clocks.review_due_at(membership.verified_at, case.settings, case.organization)
    return due_at is not None and due_at <= now and statuses.allows(membership, "suspend")


def _stands(
    case: _Case, first: datetime | None, due_at: datetime | None, now: datetime, *, late: bool
) -> Standing | None:
    if late:
        return "late"
    if first is None or due_at is None:
        return None
    called = clocks.called_since(first, case.settings, case.organization)
    return "open" if called or now >= reminders.opens_at(due_at, case.settings) else None


def _is_sole(case: _Case, now: datetime) -> bool:
    """Whether there is one administrator, whose own review is open (REV-2)."""
    id_ = case.organization.id
    active = rosters.roster(id_).active
    found = accounts.memberships_by_id(id_, active) if len(active) == 1 else {}
    clock = Clock(settings=case.settings, organization=case.organization)
    until = standing.open_until(clock, now)
    return any(one.verified_at is not None and one.verified_at <= until for one in found.values())


def _settle(
    timer: timers.Timer, case: _Case, listed: Standing | None, due_at: datetime | None, now: datetime
) -> timers.Done | timers.Nothing | timers.Later:
    """Remind of the first deadline ahead if it is time, with everything else that is to be remembered."""
    organization_id = case.organization.id
    after = msgspec.structs.replace(case.state, listed=listed, sole=listed is not None and _is_sole(case, now))
    days = None if due_at is None else reminders.reminder(case.state, due_at, case.settings, now)
    if days is not None:
        after = msgspec.structs.replace(after, told_at=now, told_due_at=due_at)
    again = reminders.look_next(after, due_at, case.settings, now)
    if after == case.state:
        return timers.Nothing() if again is None else timers.Later(again)
    action = "review.reminded" if days is not None else "review.listed"
    entry = Entry(action=action, object_id=organization_id, organization_id=organization_id)
    planned = Change(_JOB, entry, now)
    states.plan(planned, case.state, after, timers.Gone())
    if days is not None:
        planned.emit("review.reminded", organization_id=organization_id, days=str(days))
    if again is None:
        timers.finish(planned, timer)
    else:
        timers.move(planned, timer, again)
    planned.commit(None)
    return timers.Done()
