"""Enrollment keeps practices, and two of them change a TIN, merge one into another and close it (ORG-1, ORG-9)."""

from collections.abc import Callable
from typing import Any

from tests import later, two_changes
from tests.asked_by_directory import FORM
from tests.portal import Browser
from tests.world import World


def change(world: World, ask: Callable[..., Any], settle: Callable[[], None]) -> None:
    """From the first fact of a practice to its end."""
    first, second = (
        world.browser(world.agent(name, roles=("enrollment",))) for name in ("Elma Fictional", "Egon Fictional")
    )
    made = ask(first, "POST", "/organizations", two_changes.NEW, 201)["id"]
    ask(first, "GET", "/organizations?search=cedar")
    version = ask(first, "GET", f"/organizations/{made}")["version"]
    ask(first, "PATCH", f"/organizations/{made}", {"name": "Alder Example"}, version=version)
    settle()
    _together(ask, first, second, made, {"kind": "tin", "tin": "876543210"})
    ask(first, "POST", f"/organizations/{made}/changes", {"kind": "close"}, 201)
    ask(second, "DELETE", f"/organizations/{made}/changes/close", status=204)
    old, new = two_changes.practice(world), two_changes.practice(world)
    world.member(new, "Nina Administers", role="local_administrator")
    world.member(old, "Otto Administers", role="local_administrator")
    leaves = world.member(old, "Lea Comes Along", channel="email")
    later.give_number(leaves, "555-010-0144")
    ask(world.browser(leaves), "POST", "/access-requests", {"access_level": "claims"}, 201)
    ask(first, "POST", f"/organizations/{old.id}/nominations", {}, 409)
    # Nobody of it answers before it ends, so enrollment has it then.
    ask(world.browser(), "POST", "/directory/requests", {**FORM, "tin": old.tin}, 202)
    _together(ask, first, second, old.id, {"kind": "merge", "into": new.id})
    settle()
    _together(ask, first, second, new.id, {"kind": "close"})
    settle()
    assert {one.state for one in two_changes.works()} == {"finished"}


def _together(
    ask: Callable[..., Any], first: Browser, second: Browser, organization_id: str, proposed: dict[str, Any]
) -> None:
    ask(first, "POST", f"/organizations/{organization_id}/changes", proposed, 201)
    (waiting,) = ask(second, "GET", f"/organizations/{organization_id}")["changes"]
    body = {"seen": waiting["seen"], "tin_matches": True}
    ask(second, "POST", f"/organizations/{organization_id}/changes/{proposed['kind']}/confirm", body, 204)
