"""What of enrollment waits for somebody (NOT-5). All tasks are named by their practice, whose page leads on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from chalicelib.core.access import Member, Staff
from chalicelib.core.waiting import FIRST, MOST, Task, Waiting, waiting
from chalicelib.enrollment import open_changes
from chalicelib.enrollment.domain.changes import LASTS
from chalicelib.enrollment.domain.directory import PLAN
from chalicelib.enrollment.store import changes, directory, nominations, requests, unreachable
from chalicelib.organizations import store as organizations

Kind = Literal[
    "nomination_to_verify", "nomination_request", "organization_change", "executive_stopped", "directory_request"
]

# Of each the organization is read besides.
_MOST_MARKS = 20
# One's own, and what is over, cost no more than their places on the list.
_MOST_PROPOSED = 3 * MOST


def of_enrollment(actor: Staff, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """What waits for somebody of enrollment (ORG-1, ORG-9, NOT-4).

    Signed forms to verify, requests for one, what somebody else proposed, executives whom no mail reaches.
    """
    yield "nomination_to_verify", _to_verify()
    yield "nomination_request", _requested(now)
    yield "organization_change", _proposed(actor, now)
    yield "executive_stopped", _stopped()


def of_directory(actor: Member | Staff, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Who asked by the public directory (ORG-6): for the administrators of the practice, or else for enrollment."""
    place = actor.organization_id if isinstance(actor, Member) else PLAN
    found, more = directory.first(place, MOST, now)
    yield "directory_request", waiting((Task(one.id, one.name, one.requested_at) for one in found), more=more)


def _to_verify() -> Waiting:
    """Those whom nobody decided about yet, the oldest first: a query, and two batches for the first of them."""
    found, more = nominations.first_to_verify(MOST)
    first = nominations.by_id(found[:FIRST])
    names = organizations.names(one for one, _ in found[:FIRST]) if found else {}
    tasks = (
        Task(one, names.get(one, ""), first[id_].signed_at if id_ in first else None) for one, id_ in found[:FIRST]
    )
    return Waiting(count=len(found), more=more, first=tuple(tasks))


def _requested(now: datetime) -> Waiting:
    """Requests from the public page, the oldest first, by the name that was typed: one query."""
    found, more = requests.first(MOST, now)
    return waiting((Task(one.id, one.practice_name, one.requested_at) for one in found), more=more)


def _proposed(actor: Staff, now: datetime) -> Waiting:
    """What somebody else proposed and still counts (ORG-9): a query, and batches for what they are about."""
    found, more = changes.first(_MOST_PROPOSED)
    others = [one for one in found if one.by != actor.id and now < one.at + LASTS]
    counting = open_changes.counting(others[:MOST], now) if others else []
    tasks = (Task(organization.id, organization.name, one.at) for one, organization in counting)
    return waiting(tasks, more=more or len(others) > MOST)


def _stopped() -> Waiting:
    """Practices whose executive gets no mail at the address that is on file now: a query and a batch."""
    marks, more = unreachable.waiting(_MOST_MARKS)
    known = organizations.by_id(mark.organization_id for mark in marks)
    tasks = (
        Task(mark.organization_id, known[mark.organization_id].name, mark.stop.since)
        for mark in marks
        if mark.organization_id in known and mark.is_about(known[mark.organization_id])
    )
    return waiting(tasks, more=more)
