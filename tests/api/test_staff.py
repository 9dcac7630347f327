"""Plan administrators run the staff accounts (ACC-11)."""

from typing import Any

import pytest

from chalicelib.accounts.actions import staff as actions
from chalicelib.core import access, ids
from chalicelib.core.change import Change
from chalicelib.core.errors import Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.plan import store as plan_store
from tests import stored
from tests.portal import Answer, Browser
from tests.world import Account, World


@pytest.fixture
def paula(world: World) -> Account:
    """The one plan administrator."""
    return world.agent("Paula Fictional", roles=("plan_administrator",))


@pytest.fixture
def browser(world: World, paula: Account) -> Browser:
    return world.browser(paula)


def _new(**changes: Any) -> dict[str, Any]:
    person = {"name": "Nora Fictional", "email": "nora@plan.example", "phone": "555-0100", "roles": ["helpdesk"]}
    return {**person, "departments": [], **changes}


def _create(browser: Browser, **changes: Any) -> str:
    answer = browser.post("/staff", _new(**changes))
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def _patch(browser: Browser, id_: str, version: int, body: Any) -> Answer:
    return browser.send("PATCH", f"/staff/{id_}", body, {"If-Match": f'"{version}"'})


def _move(browser: Browser, id_: str, move: str, version: int, comment: str = "") -> Answer:
    return browser.post(f"/staff/{id_}/{move}", {"comment": comment}, **{"If-Match": f'"{version}"'})


def test_creating_an_account(world: World, browser: Browser, paula: Account) -> None:
    """ACC-11: the registration email goes out by an event that holds ids only; the account waits for its person."""
    id_ = _create(browser, roles=["helpdesk", "department_agent"], departments=[world.credentialing.id])
    view = browser.get(f"/staff/{id_}").json
    assert (view["name"], view["status"], view["roles"]) == (
        "Nora Fictional",
        "unverified",
        ["department_agent", "helpdesk"],
    )
    assert view["departments"] == [{"id": world.credentialing.id, "name": "Credentialing Team"}]
    assert (view["version"], view["own"], view["moves"], view["emails"]) == (1, False, ["disable"], ["registration"])
    (event,) = [item for item in stored.outbox() if item["name"]["S"] == "staff.invited"]
    assert event["ids"]["S"] == f'{{"user_id": "{id_}"}}'
    (entry,) = browser.get(f"/staff/{id_}/history").json["items"]
    assert entry["by"] == {"name": "Paula Fictional", "email": paula.user.email}
    assert {change["field"]: change["to"] for change in entry["changes"]} == {
        "status": "unverified",
        "roles": ["department_agent", "helpdesk"],
        "departments": ["Credentialing Team"],
    }


def test_the_same_person_twice(browser: Browser) -> None:
    """S-AUTH-01: one person, one place at the plan, however the address is written."""
    _create(browser)
    answer = browser.post("/staff", _new(email="NORA@Plan.Example"))
    assert (answer.status, answer.code) == (409, "already_staff")


def test_a_person_of_a_practice_keeps_their_sign_in(world: World, browser: Browser) -> None:
    """ACC-11, S-AUTH-01: a known address gets a place, not a second user; until they accept it opens nothing."""
    assert _create(browser, email=world.gina.user.email) == world.gina.user.id
    assert world.browser(world.gina).get("/session").json["membership"]["organization"]["id"] == world.maple.id


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"email": "nowhere"}, {("/email", "wrong_form")}),
        ({"roles": []}, {("/roles", "required")}),
        ({"roles": ["local_administrator"]}, {("/roles/0", "not_one_of_these")}),
        ({"departments": ["dep_0000000000"]}, {("/departments", "unknown_department")}),
        (
            {"email": "nowhere", "departments": ["dep_0000000000"]},
            {("/email", "wrong_form"), ("/departments", "unknown_department")},
        ),
    ],
)
def test_wrong_fields_are_named(browser: Browser, changes: dict[str, Any], fields: set[tuple[str, str]]) -> None:
    answer = browser.post("/staff", _new(**changes))
    assert (answer.status, answer.fields) == (422, fields)


def test_changing_roles_and_departments(world: World, browser: Browser) -> None:
    """ACC-11: at once, with an entry in the history; of an earlier version nothing is changed."""
    ada = world.browser(world.ada)
    assert ada.get(f"/mailboxes/{world.credentialing.id}/inbox").status == 200
    body = {"roles": ["department_agent", "auditor"], "departments": [world.eligibility.id], "comment": "Moves <b>"}
    answer = _patch(browser, world.ada.user.id, 0, body)
    assert (answer.status, answer.json["version"]) == (200, 1)
    assert answer.json["roles"] == ["auditor", "department_agent"]
    assert ada.get(f"/mailboxes/{world.credentialing.id}/inbox").status == 404
    assert ada.get(f"/mailboxes/{world.eligibility.id}/inbox").status == 200
    (entry,) = browser.get(f"/staff/{world.ada.user.id}/history").json["items"]
    assert entry["comment"] == "Moves <b>"
    assert {"field": "departments", "from": ["Credentialing Team"], "to": ["Eligibility and Enrollment Team"]} in entry[
        "changes"
    ]
    assert _patch(browser, world.ada.user.id, 0, body).status == 412
    assert browser.send("PATCH", f"/staff/{world.ada.user.id}", body).status == 428


def test_disabling_counts_on_the_next_request(world: World, browser: Browser) -> None:
    """ACC-11, S-SESS-04: and enabling gives it back."""
    ada = world.browser(world.ada)
    assert _move(browser, world.ada.user.id, "disable", 0).fields == {("/comment", "required")}
    answer = _move(browser, world.ada.user.id, "disable", 0, "Left")
    assert (answer.status, answer.json["status"], answer.json["moves"]) == (200, "disabled", ["enable"])
    assert ada.get("/mailboxes").status == 401
    assert (answer := _move(browser, world.ada.user.id, "disable", 1, "Again")).code == "status_disabled", answer.text
    assert _move(browser, world.ada.user.id, "enable", 1).json["status"] == "active"
    assert world.browser(world.ada).get("/mailboxes").status == 200


def test_nobody_changes_their_own_account(browser: Browser, paula: Account) -> None:
    """ACC-11, ACC-6."""
    own = paula.user.id
    assert browser.get(f"/staff/{own}").json["own"] is True
    assert browser.get(f"/staff/{own}").json["moves"] == []
    for answer in (_patch(browser, own, 0, {"roles": ["auditor"]}), _move(browser, own, "disable", 0, "x")):
        assert (answer.status, answer.code) == (403, "own_account")


def test_one_plan_administrator_stays(world: World, browser: Browser, paula: Account) -> None:
    """ACC-11: with two, either may go; a second one who was only invited does not count."""
    second = world.agent("Pia Fictional", roles=("plan_administrator",))
    _create(browser, roles=["plan_administrator"])
    other = world.browser(second)
    assert _move(other, paula.user.id, "disable", 0, "Left").status == 200
    assert browser.get("/staff").status == 401
    assert plan_store.plan_administrators().active == {second.user.id}
    assert other.get("/staff").status == 200


def test_one_who_was_disabled_between_loading_and_saving_changes_nothing(world: World, paula: Account) -> None:
    """ACC-11, S-AZ-08: at the transaction."""
    second, third = (world.agent(name, roles=("plan_administrator",)) for name in ("Pia Fictional", "Pam Fictional"))
    assert isinstance(paula.actor, access.Staff)
    assert _move(world.browser(second), paula.user.id, "disable", 0, "Left").status == 200
    before = stored.business()
    with pytest.raises(Unauthenticated):
        actions.move(paula.actor, third.user.id, 0, "disable", "x", world.time.now)
    assert stored.business() == before


def test_the_list(world: World, browser: Browser) -> None:
    """ACC-11: by name, by any part of name or address, by role and status, in pages."""
    for number in range(30):
        world.agent(f"Zoe Number{number:02}", roles=("auditor",))
    names = [row["name"] for row in browser.get("/staff").json["items"]]
    assert names == ["Ada Fictional", "Paula Fictional"] + [f"Zoe Number{number:02}" for number in range(23)]
    cursor = browser.get("/staff").json["next_cursor"]
    rest = browser.get("/staff", cursor=cursor).json
    assert [row["name"] for row in rest["items"]] == [f"Zoe Number{number:02}" for number in range(23, 30)]
    assert rest["next_cursor"] is None
    assert browser.get("/staff", cursor=cursor, role="auditor").code == "bad_cursor"
    assert [row["name"] for row in browser.get("/staff", search="NUMBER2", role="auditor").json["items"]] == [
        f"Zoe Number{number}" for number in range(20, 30)
    ]
    assert [row["name"] for row in browser.get("/staff", search="ada.fict").json["items"]] == ["Ada Fictional"]
    assert browser.get("/staff", status="disabled").json["items"] == []


@pytest.mark.parametrize("role", ["department_agent", "enrollment", "helpdesk", "auditor"])
def test_no_other_role_runs_staff_accounts(world: World, role: Any) -> None:
    """S-AZ-13, S-AZ-04."""
    browser = world.browser(world.agent("Otto Fictional", world.credentialing, roles=(role,)))
    before = stored.business()
    for answer in (
        browser.get("/staff"),
        browser.get("/departments"),
        browser.get(f"/staff/{world.ada.user.id}"),
        browser.get(f"/staff/{world.ada.user.id}/history"),
        browser.post("/staff", _new()),
        _patch(browser, world.ada.user.id, 0, {"roles": ["plan_administrator"]}),
        _move(browser, world.ada.user.id, "disable", 0, "x"),
    ):
        assert (answer.status, answer.code) == (403, "forbidden")
    assert stored.business() == before


def test_who_is_not_of_the_staff_is_not_there(world: World, browser: Browser) -> None:
    for id_ in (world.gina.user.id, ids.new("usr")):
        assert browser.get(f"/staff/{id_}").status == 404
        assert _move(browser, id_, "disable", 0, "x").status == 404
        assert browser.get(f"/staff/{id_}/history").status == 404


def test_the_two_emails(world: World, browser: Browser) -> None:
    """ACC-11, S-AUTH-08: only where they are of use; the events hold ids only."""
    id_ = _create(browser)
    assert browser.post(f"/staff/{id_}/registration-email", {}).status == 202
    assert browser.post(f"/staff/{id_}/password-reset-email", {}).code == "status_unverified"
    assert browser.post(f"/staff/{world.ada.user.id}/password-reset-email", {}).status == 202
    assert browser.post(f"/staff/{world.ada.user.id}/registration-email", {}).code == "status_active"
    events = [(item["name"]["S"], item["ids"]["S"]) for item in stored.outbox() if "message" not in item["name"]["S"]]
    assert sorted(events, reverse=True) == [
        ("staff.invited", f'{{"user_id": "{id_}"}}'),
        ("staff.invited", f'{{"user_id": "{id_}"}}'),
        ("password_reset.requested", f'{{"user_id": "{world.ada.user.id}"}}'),
    ]


def test_registering_makes_the_account_active(world: World, browser: Browser) -> None:
    """ACC-11: and a plan administrator counts from then on."""
    id_ = _create(browser, roles=["plan_administrator"])
    before = plan_store.staff_member(id_)
    assert before is not None
    origin = access.Origin(request_id="test")
    planned = Change(
        access.System(id=id_, origin=origin), Entry(action="staff.registered", object_id=id_), world.time.now
    )
    actions.accept(planned, before, "Nora F. Fictional")
    planned.commit(None)
    after = plan_store.staff_member(id_)
    assert after is not None
    assert (after.status, after.name, after.accepted) == ("active", "Nora F. Fictional", True)
    assert id_ in plan_store.plan_administrators().active
    newest = browser.get(f"/staff/{id_}/history").json["items"][0]
    assert newest["by"]["name"] == "Nora F. Fictional"
    assert newest["changes"] == [
        {"field": "status", "from": "unverified", "to": "active"},
        {"field": "name", "from": "Nora Fictional", "to": "Nora F. Fictional"},
    ]
