"""Requests of the public directory (ORG-6) and phases of features (ORG-8), as tests of every route need them."""

from typing import Any

from chalicelib.core import ids
from chalicelib.core.access import Member
from chalicelib.enrollment.domain.directory import PLAN, DirectoryRequest
from chalicelib.enrollment.store import directory
from tests.world import Account, World

Values = dict[str, dict[str, Any]]
FORM = {
    "tin": "00-0000001",
    "name": "Ann Asker",
    "email": "ann.asker@people.example",
    "phone": "555-010-0199",
    "note": "We <b>share</b> patients.",
}


def waiting(world: World, account: Account) -> DirectoryRequest:
    """One that waits where somebody answers: at their practice, or with enrollment."""
    actor = account.actor
    place = actor.organization_id if isinstance(actor, Member) else PLAN
    asked = DirectoryRequest(
        id=ids.sortable("drq", world.time.now),
        place=place,
        tin="000000001",
        organization_id=None if place == PLAN else place,
        name=FORM["name"],
        email=FORM["email"],
        phone=FORM["phone"],
        note=FORM["note"],
        requested_at=world.time.now,
    )
    directory.row(asked).save()
    return asked


def answered(world: World, account: Account) -> Values:
    """Good values for the routes of those who answer: one that waits is settled."""
    path = "POST /directory-requests/{directory_request_id}/settle"
    return {path: {"directory_request_id": waiting(world, account).id}}


def good_values(world: World) -> Values:
    """Good values for the routes of both, by route."""
    keep = {"scope_id": world.birch.id, "feature": "claims", "version": 0}
    return {
        "POST /directory": {"tin": FORM["tin"]},
        "POST /directory/requests": dict(FORM),
        "GET /phases": {"scope": "organization"},
        "GET /phases/{scope_id}": {"scope_id": "plan"},
        "PUT /phases/{scope_id}/{feature}": {**keep, "on_date": "2026-04-01", "grace_days": 0, "note": "From April."},
        "DELETE /phases/{scope_id}/{feature}": {"scope_id": "plan", "feature": "assessments", "version": 1},
        "PUT /plan/contacts": {"contacts": [{"topic": "network", "phone": "555-010-0103"}], "version": 1},
    }
