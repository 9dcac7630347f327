"""How a membership is written: with its history entry and, where an administrator is concerned, the roster."""

from datetime import UTC, datetime, timedelta

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.domain import Membership, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.rights import effective_levels
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import history
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.accounts.store.history import Changed
from chalicelib.core import timers
from chalicelib.core.access import Actor, Member, Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Refusal, Stale
from chalicelib.core.journal import Facts
from chalicelib.organizations import store as organizations


def plan(planned: Change, roster: Roster, before: Membership, after: Membership, comment: str = "") -> Membership:
    """Plan the change of one membership; its history gets the next entry.

    The commit raises Stale when somebody changed it since it was read. `roster` is as read; it is written when it
    comes out different. Raises what `roster.seen` raises.
    """
    after = _numbered(before, after)
    _put(planned, before, after, comment)
    plan_roster(planned, roster, rosters.seen(roster, after))
    return after


def plan_by_clock(
    planned: Change, roster: Roster, before: Membership, after: Membership, comment: str = ""
) -> Membership:
    """Likewise for what a clock does, which may leave no administrator: that is told on the same day (ORG-4)."""
    after = _numbered(before, after)
    _put(planned, before, after, comment)
    left = rosters.lapsed(roster, after)
    plan_roster(planned, roster, left)
    if roster.active and not left.active:
        planned.emit("organization.without_administrator", organization_id=after.organization_id)
    elif rosters.is_administrator(before.role):
        # Of whom people let in or out they tell themselves.
        _tell_of_access(planned, before, after)
    return after


def plan_ended(planned: Change, before: Membership, after: Membership) -> None:
    """Likewise where a practice has ended: its roster went with it, and the role stays as a record (ORG-9).

    Nobody follows it any more.
    """
    _write(planned, before, _numbered(before, after), "")


def plan_both(
    planned: Change, roster: Roster, *changed: tuple[Membership, Membership]
) -> tuple[Roster, list[Membership]]:
    """Plan the change of several memberships of one organization; the roster sees them in this order.

    Returns all of them as they are then.
    """
    numbered = [(before, _numbered(before, after)) for before, after in changed]
    for before, after in numbered:
        _put(planned, before, after, "")
    made = [after for _, after in numbered]
    seen = rosters.seen(roster, *made)
    plan_roster(planned, roster, seen)
    return seen, made


def plan_row(planned: Change, before: Membership, after: Membership) -> Membership:
    """Plan the change of one membership, where the caller plans what becomes of the roster."""
    after = _numbered(before, after)
    _put(planned, before, after, "")
    return after


def plan_roster(planned: Change, before: Roster, after: Roster) -> None:
    """Plan the roster's change, if it is one; whoever else changes it meanwhile makes the commit fail."""
    if after != before:
        planned.put(roster_store.row(after), roster_store.unchanged(before), Conflict())
        roster_store.plan_mark(planned, before, after)


def require_roster(planned: Change, roster: Roster, error: Refusal | None = None) -> None:
    """Plan the check that the roster is still as it was read (ORG-3). The commit raises `error` when it is not."""
    row = roster_store.RosterRow(*roster_store.key(roster.organization_id))
    planned.check(row, roster_store.unchanged(roster), error)


def add(planned: Change, membership: Membership, comment: str = "") -> None:
    """Plan a new membership with the first entry of its history; `membership.entries` is 1.

    The commit raises Conflict where the organization has ended meanwhile (ORG-9).
    """
    organizations.require_open(planned, membership.organization_id, Conflict())
    row, pointer, claim = store.membership_rows(membership)
    planned.create(row)
    planned.create(pointer)
    planned.create(claim, Conflict("already_member"))
    planned.create(_entry(planned, None, membership, comment))


def arm_unanswered(planned: Change, membership: Membership) -> None:
    """Plan that a membership which waits for an answer is looked at when its time is over."""
    ends = statuses.waits_until(membership)
    if ends is not None:
        subject = f"{membership.organization_id}/{membership.id}"
        timers.arm(planned, timers.Timer(schedule="housekeeping", kind="unanswered", subject=subject, due=ends))


def facts(membership: Membership) -> Facts:
    """What an audit record tells of a membership (AUD-1): states and ids."""
    return {
        "status": membership.status,
        "role": membership.role,
        "access_levels": sorted(membership.access_levels),
        "providers": sorted(membership.providers),
    }


def _numbered(before: Membership, after: Membership) -> Membership:
    return msgspec.structs.replace(after, entries=before.entries + 1)


def _put(planned: Change, before: Membership, after: Membership, comment: str) -> None:
    _write(planned, before, after, comment)
    if not rosters.is_administrator(before.role):
        _tell_of_access(planned, before, after)


def _write(planned: Change, before: Membership, after: Membership, comment: str) -> None:
    planned.put(store.membership_row(after), store.unchanged(before), Stale())
    planned.create(_entry(planned, before, after, comment))
    if after.enabled_at != before.enabled_at or (after.status == "active" and before.status == "suspended"):
        # While they were suspended no warning came.
        arm_inactivity(planned, after.user_id)
    if after.verified_at != before.verified_at or after.enabled_at != before.enabled_at:
        # Who was disabled for long may be due, or over it, as soon as they are back.
        arm_review(planned, after.organization_id)


def _tell_of_access(planned: Change, before: Membership, after: Membership) -> None:
    """Plan that whoever follows the practice hears that somebody came back or was shut out (ORG-3)."""
    # Who comes in for the first time is told of as such.
    if before.accepted and before.status != after.status:
        planned.emit("member.access_changed", organization_id=after.organization_id, membership_id=after.id)


def arm_review(planned: Change, organization_id: str) -> None:
    """Plan that an organization's reviews are looked at, once somebody was verified or came back (REV-1)."""
    timer = timers.Timer(
        schedule="revalidation_reminders", kind="review", subject=organization_id, due=_tomorrow(planned.now)
    )
    timers.arm(planned, timer)


def arm_staff_review(planned: Change) -> None:
    """Likewise for the reviews of the plan's staff (ACC-11)."""
    due = _tomorrow(planned.now)
    timers.arm(planned, timers.Timer(schedule="revalidation_reminders", kind="staff_review", subject="plan", due=due))


def arm_inactivity(planned: Change, user_id: str) -> None:
    """Plan that a user's clock is looked at, once it started (INA-1)."""
    timer = timers.Timer(schedule="inactivity_lockout", kind="inactivity", subject=user_id, due=_tomorrow(planned.now))
    timers.arm(planned, timer)


def _tomorrow(now: datetime) -> datetime:
    """When clocks that start today are first looked at; they then move to where something is due.

    So whoever starts one needn't know the plan's numbers, and of all that start in a practice on one day there is one.
    """
    return (now.astimezone(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _entry(planned: Change, before: Membership | None, after: Membership, comment: str) -> history.EntryRow:
    actor = planned.actor
    name, email = _author(actor, after)
    entry = history.Entry(
        number=after.entries,
        at=planned.now,
        author_id=actor.id,
        author_name=name,
        author_email=email,
        changes=changes(before, after),
        comment=comment,
    )
    return history.row(after.id, entry)


def _author(actor: Actor, membership: Membership) -> tuple[str, str]:
    if isinstance(actor, Member | Staff):
        return actor.name, actor.email
    # The person themself by a link, or a clock; what a clock does is told by its name.
    return (membership.name, membership.email) if actor.id == membership.user_id else (actor.id, "")


def changes(before: Membership | None, after: Membership) -> list[Changed]:
    """What changed from what to what (ACC-4); everything of a new membership."""
    found = []
    for field in ("status", "role", "access_levels", "providers"):
        old = None if before is None else _shown(before, field)
        new = _shown(after, field)
        if old != new:
            found.append(Changed(field, old, new))
    if before is not None:
        if before.accepted and after.status != "removed" and after.verified_at != before.verified_at:
            # By a review; registering counts as verified too, and is told by the status.
            found.append(Changed("review", None, "verified"))
        if before.status == after.status == "unverified" and before.invitation_ends_at != after.invitation_ends_at:
            found.append(Changed("invitation", None, "sent"))
        found += [
            Changed(fact, getattr(before, fact), getattr(after, fact))
            for fact in ("name", "email", "phone")
            if getattr(before, fact) != getattr(after, fact)
        ]
    return found


def _shown(membership: Membership, field: str) -> str | list[str]:
    if field == "access_levels":
        return sorted(effective_levels(membership.role, membership.access_levels))
    value = getattr(membership, field)
    return value if isinstance(value, str) else sorted(value)
