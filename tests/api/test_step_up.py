"""Sensitive changes ask who one is once more when the last proof is five minutes old (CRD-10, S-SESS-10)."""

import pytest

from app import app
from chalicelib.core.http import Route
from tests import inviting
from tests.api.every_route import Asker
from tests.stored import business
from tests.world import PASSWORD, World

# Permissions, enabling and disabling, administrators, approval of the helpdesk's cases, one's own address, factor and
# questions, exports. A password is changed by naming it, so that it is proof itself (S-AUTH-06).
SENSITIVE = {
    "PATCH /members/{membership_id}",
    "POST /members/{membership_id}/enable",
    "POST /members/{membership_id}/disable",
    "POST /members/{membership_id}/remove",
    "POST /members/exports",
    "POST /review-calls",
    "POST /review-exports",
    "POST /member-imports/{work_id}/run",
    "POST /organization-imports/{work_id}/run",
    "POST /roster/handover",
    "DELETE /roster/handover",
    "POST /access-requests/grant",
    "POST /staff",
    "PATCH /staff/{user_id}",
    "POST /staff/{user_id}/enable",
    "POST /staff/{user_id}/disable",
    "POST /staff/{user_id}/review",
    "POST /administrator-reviews/{organization_id}/{membership_id}",
    "POST /organizations/{organization_id}/seat",
    "POST /organizations/{organization_id}/nominations/{nomination_id}/approve",
    "POST /organizations/{organization_id}/changes",
    "POST /organizations/{organization_id}/changes/{kind}/confirm",
    "POST /legal-holds",
    "POST /legal-holds/{hold_id}/moves",
    "POST /records/threads/{thread_id}/export",
    "POST /reset-cases/{case_id}/confirm",
    "POST /reset-cases/{case_id}/decline",
    "POST /profile/email",
    "PUT /profile/notices/address",
    "PUT /profile/questions",
    "POST /profile/factor",
    "POST /profile/factor/confirmation",
    "DELETE /profile/factor",
    "POST /profile/recovery-codes",
}


def _name(route: Route) -> str:
    return f"{route.method} {route.path}"


def _sensitive() -> list[Route]:
    return [route for route in app.declared if route.step_up]


def test_the_list_is_complete() -> None:
    """A new route that changes what somebody may do stands here, and is declared so."""
    assert {_name(route) for route in _sensitive()} == SENSITIVE


def test_a_session_of_five_minutes_is_too_old_for_each(world: World) -> None:
    """S-SESS-10: and nothing changes; with a fresh session none of them is refused for that."""
    asker = Asker(world)
    good = {_name(route): asker.good(route) for route in _sensitive()}
    world.time.advance(minutes=5)
    before = business()
    told = {name: request.send() for name, request in good.items()}
    assert {name: (answer.status, answer.code) for name, answer in told.items()} == dict.fromkeys(
        SENSITIVE, (401, "step_up_required")
    )
    assert business() == before


@pytest.mark.parametrize(("seconds", "status"), [(299, 200), (300, 401)])
def test_the_edge_of_five_minutes(world: World, seconds: int, status: int) -> None:
    lola, _ = inviting.administrators(world)
    browser = world.browser(lola)
    path = f"/members/{world.gina.mailbox}/disable"
    world.time.advance(seconds=seconds)
    assert browser.send("POST", path, {"comment": "left"}, {"If-Match": '"0"'}).status == status


def test_a_proof_opens_them_again(world: World) -> None:
    """S-SESS-01: under a new token, for another five minutes."""
    lola, _ = inviting.administrators(world)
    browser = world.browser(lola)
    world.time.advance(minutes=6)
    assert browser.prove(PASSWORD).status == 200
    world.time.advance(minutes=4, seconds=59)
    path = f"/members/{world.gina.mailbox}/disable"
    assert browser.send("POST", path, {"comment": "left"}, {"If-Match": '"0"'}).status == 200


def test_a_new_administrator_asks_for_it_and_a_new_user_does_not(world: World) -> None:
    """S-SESS-10: "LA change"; adding people all day asks for nothing."""
    lola, _ = inviting.administrators(world)
    browser = world.browser(lola)
    world.time.advance(minutes=5)
    new = {"name": "Nina Sample", "email": "nina@people.example", "phone": "555-010-0100"}
    assert browser.post("/members", {**new, "role": "backup_administrator"}).code == "step_up_required"
    assert browser.post("/members", new).status == 201
