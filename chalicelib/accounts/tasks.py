"""What of accounts waits for somebody (NOT-5)."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.accounts import counting, store
from chalicelib.accounts.domain import Membership
from chalicelib.accounts.domain import attention as needs
from chalicelib.accounts.domain import roster as roster_rules
from chalicelib.accounts.domain.attention import Need
from chalicelib.accounts.domain.roster import RosterWarning
from chalicelib.accounts.store import attention, requests, reset_cases, rosters, stopped
from chalicelib.core import ids
from chalicelib.core.access import Actor, Member, Staff, StaffRole
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.waiting import MOST, Task, Waiting, waiting
from chalicelib.plan import store as plan_store
from chalicelib.plan.store import reviews as staff_reviews

Kind = Literal[
    "verification_pending", "access_request", "invitation_expired", "about_to_lapse", "reset_case", "own_case",
    RosterWarning,    "address_stopped", "staff_address_stopped", "own_address_stopped", "staff_review_due",
]  # fmt: skip

# Of each the name is read besides.
_MOST_MARKS = 20


def of_administrators(actor: Member, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """What waits in an organization for its administrators, and what the practice is warned of (ORG-4)."""
    organization_id = actor.organization_id
    found, more = attention.pending(organization_id, MOST)
    yield "verification_pending", waiting(_with(found, "verification_pending", now), more=more)
    asked, asked_more = requests.first(organization_id, MOST)
    # Somebody who asks for several levels is one person who waits.
    people = {one.membership_id: Task(one.membership_id, one.name, one.requested_at) for one in asked}
    yield "access_request", waiting(people.values(), more=asked_more)
    found, more = attention.invitations_ended(organization_id, now, MOST)
    yield "invitation_expired", waiting(_with(found, "invitation_expired", now), more=more)
    yield "about_to_lapse", _lapsing(organization_id, now)
    yield "address_stopped", _members_stopped(actor)
    for warning in roster_rules.warnings(rosters.roster(organization_id), now):
        yield warning, Waiting(count=1)


def of_plan_administrators(actor: Staff, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Others of the staff whom to review (ACC-11), and whom no mail reaches (NOT-4)."""
    yield "staff_review_due", _staff_reviews(actor, now)
    marks, more = stopped.waiting(None, _MOST_MARKS)
    people = plan_store.staff_by_id(mark.id for mark in marks if mark.id != actor.id)
    tasks = (
        Task(mark.id, people[mark.id].name, mark.stop.since)
        for mark in marks
        if mark.id in people and people[mark.id].status != "disabled"
    )
    yield "staff_address_stopped", waiting(tasks, more=more)


def _staff_reviews(actor: Staff, now: datetime) -> Waiting:
    """Those who are late, or due within the first reminder; they wait since they were last looked at."""
    settings = plan_store.settings()
    first = timedelta(days=max(settings.review_reminder_days, default=0))
    ids = staff_reviews.open_until(now - timedelta(days=settings.review_days) + first, MOST + 1)
    people = plan_store.staff_by_id(id_ for id_ in ids[:MOST] if id_ != actor.id)
    tasks = (Task(one.user_id, one.name, one.verified_at) for one in people.values() if one.belongs)
    return waiting(tasks, more=len(ids) > MOST)


def of_themselves(actor: Member | Staff, _now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """That no mail reaches oneself (NOT-4)."""
    own = (actor.organization_id, actor.membership_id) if isinstance(actor, Member) else (None, actor.id)
    stop = stopped.among(DirectoryRows([stopped.key(*own)]), *own)
    yield "own_address_stopped", Waiting(count=0 if stop is None else 1)


def _members_stopped(actor: Member) -> Waiting:
    """Other members whom no mail reaches (NOT-4). Somebody who was removed may still have the mark."""
    marks, more = stopped.waiting(actor.organization_id, _MOST_MARKS)
    others = [mark.id for mark in marks if mark.id != actor.membership_id]
    people = store.memberships_by_id(actor.organization_id, others) if others else {}
    tasks = (
        Task(mark.id, people[mark.id].name, mark.stop.since)
        for mark in marks
        if mark.id in people and people[mark.id].status not in ("removed", "rejected")
    )
    return waiting(tasks, more=more)


def _lapsing(organization_id: str, now: datetime) -> Waiting:
    """Who loses access soon unless they sign in (INA-2), the first one first."""
    found, more = counting.about_to_lapse(organization_id, now, _MOST_MARKS)
    return waiting((Task(one.id, one.name, ends_at) for one, ends_at in found.values()), more=more)


def _with(found: Iterable[Membership], need: Need, now: datetime) -> Iterator[Task]:
    """Those who have a need at `now`, whatever a job has made of them since the index was written."""
    for one in found:
        if need in needs.of(one, now, lapsing=False):
            yield Task(one.id, one.name, one.invitation_ends_at if need == "invitation_expired" else one.created_at)


def of_deciders(actor: Actor, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Cases of the helpdesk that an actor may confirm (CRD-5): one query, and for the plan one batch of rosters.

    For administrators those of their organization; for enrollment those of organizations without another one; for plan
    administrators those of staff. Never one's own.
    """
    organization_id = actor.organization_id if isinstance(actor, Member) else None
    found, more = reset_cases.first(organization_id, MOST)
    lasting = [
        one
        for one in found
        if one.waits and one.ends_at > now and actor.id not in {one.user_id, one.opened_by, *one.confirmed_by}
    ]
    if isinstance(actor, Staff):
        asked = _by_plan(lasting, now)
        lasting = [one for one in lasting if asked[one.id] in actor.roles]
    yield "reset_case", waiting((_case(one) for one in lasting), more=more)


def of_helpdesk(actor: Staff, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Cases that somebody of the helpdesk opened and nobody has confirmed yet: they follow them up (CRD-5)."""
    found, more = reset_cases.first(None, MOST)
    own = (one for one in found if one.waits and one.ends_at > now and one.opened_by == actor.id)
    yield "own_case", waiting((_case(one) for one in own), more=more)


def _case(one: reset_cases.OpenCase) -> Task:
    return Task(one.id, one.name, ids.time_of(one.id))


def _by_plan(cases: list[reset_cases.OpenCase], now: datetime) -> dict[str, StaffRole | None]:
    """Which role of the plan confirms a case, if any does: not where another administrator acts."""
    keys = {rosters.key(one.organization_id) for one in cases if one.organization_id is not None}
    rows = DirectoryRows(keys) if keys else None
    others: dict[str, list[tuple[str, str]]] = {}
    for one in cases:
        if one.organization_id is not None and rows is not None:
            active = rosters.among(rows, one.organization_id).active - {one.membership_id, one.opener_membership_id}
            others[one.id] = [(one.organization_id, id_) for id_ in active]
    acting = counting.acting((each for found in others.values() for each in found), now)
    return {one.id: _confirms(one, [id_ for _, id_ in others.get(one.id, ()) if id_ in acting]) for one in cases}


def _confirms(case: reset_cases.OpenCase, administrators: list[str]) -> StaffRole | None:
    if case.organization_id is None:
        return "plan_administrator"
    return None if administrators else "enrollment"
