"""What of access reviews waits for somebody (NOT-5)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from chalicelib.access_reviews import dossiers
from chalicelib.access_reviews.domain import standing
from chalicelib.access_reviews.store import pace
from chalicelib.access_reviews.store import state as states
from chalicelib.accounts import store
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Member, Staff
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.waiting import FIRST, MOST, Task, Waiting, waiting
from chalicelib.organizations import store as organizations

PlanKind = Literal["organization_without_administrator", "late_organization", "suspect_review"]
PracticeKind = Literal["review_due"]
EnrollmentKind = Literal["administrator_review"]
Kind = Literal[PracticeKind, PlanKind, EnrollmentKind]


def of_administrators(actor: Member, now: datetime) -> Iterator[tuple[PracticeKind, Waiting]]:
    """Members whom the actor may review now, the most urgent first: two batches and a query. Never oneself (REV-2)."""
    id_ = actor.organization_id
    clock = dossiers.practice_among(DirectoryRows(dossiers.practice_keys(id_)), id_).clock()
    found = list(dossiers.standings(id_, standing.open_until(clock, now), MOST + 1).values())
    others = [one for one in found[:MOST] if one.id != actor.membership_id]
    named = store.memberships_by_id(id_, [one.id for one in others[:FIRST]])
    # They wait since they were last looked at.
    first = (Task(one.id, named[one.id].name, one.verified_at) for one in others[:FIRST] if one.id in named)
    yield "review_due", Waiting(count=len(others), more=len(found) > MOST, first=tuple(first))


def of_plan(_actor: Staff, _now: datetime) -> Iterator[tuple[PlanKind, Waiting]]:
    """Practices in which reviews are late, as the last run of the job found them, or which nobody administers (ORG-4).

    And decisions that were made too fast (S-AZ-09): three queries, and a batch for the names of the first.
    """
    late = [id_ for _, id_ in states.listed("late", None, MOST + 1)]
    alone = rosters.without_administrator(None, MOST + 1)
    suspects, more = pace.waiting(MOST)
    named = {*late[:FIRST], *alone[:FIRST], *(one.organization_id for one in suspects[:FIRST])}
    names = organizations.names(named) if named else {}
    yield "organization_without_administrator", _practices(alone, names)
    yield "late_organization", _practices(late, names)
    tasks = (Task(one.id, names.get(one.organization_id, ""), one.last_at) for one in suspects)
    yield "suspect_review", waiting(tasks, more=more)


def of_enrollment(_actor: Staff, _now: datetime) -> Iterator[tuple[EnrollmentKind, Waiting]]:
    """Practices whose only administrator two of enrollment review, as the last run of the job found them (REV-2)."""
    alone = states.sole(None, MOST + 1)
    yield "administrator_review", _practices(alone, organizations.names(alone[:FIRST]) if alone else {})


def _practices(ids: Sequence[str], names: dict[str, str]) -> Waiting:
    return waiting((Task(id_, names.get(id_, "")) for id_ in ids[:MOST]), more=len(ids) > MOST)
