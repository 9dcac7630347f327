"""What of enrollment waits for somebody (NOT-5). All tasks are named by their practice, whose page leads on."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from chalicelib.core.access import Staff
from chalicelib.core.waiting import FIRST, MOST, Task, Waiting, waiting
from chalicelib.enrollment.store import nominations, unreachable
from chalicelib.organizations import store as organizations

Kind = Literal["nomination_to_verify", "nomination_request", "organization_change", "executive_stopped"]

# Of each the organization is read besides.
_MOST_MARKS = 20


def of_enrollment(_actor: Staff, _now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Signed forms that wait to be verified (ORG-1), and executives whom no mail reaches (NOT-4)."""
    yield "nomination_to_verify", _to_verify()
    yield "executive_stopped", _stopped()


def _to_verify() -> Waiting:
    """Those whom nobody decided about yet, the oldest first: a query, and two batches for the first of them."""
    found, more = nominations.first_to_verify(MOST)
    first = nominations.by_id(found[:FIRST])
    names = organizations.names(one for one, _ in found[:FIRST]) if found else {}
    tasks = (
        Task(one, names.get(one, ""), first[id_].signed_at if id_ in first else None) for one, id_ in found[:FIRST]
    )
    return Waiting(count=len(found), more=more, first=tuple(tasks))


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
