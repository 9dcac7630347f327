"""Departments are kept by plan administrators (MSG-6, ACC-11)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import stored
from tests.core.line import Line
from tests.desks import Desk
from tests.portal import Answer, Browser
from tests.world import World

KEY = "the-key-of-the-test"
NEW = {"name": "Network Team", "category": "Network", "description": "Contracts", "audience": "administrators"}


@pytest.fixture
def paula(world: World) -> Browser:
    return world.browser(world.agent("Paula Fictional", roles=("plan_administrator",)))


def _listed(paula: Browser) -> dict[str, Any]:
    return {one["name"]: one for one in paula.get("/departments").json["items"]}


def _change(paula: Browser, department: dict[str, Any], **changes: object) -> Answer:
    headers = {"If-Match": f'"{department["version"]}"'}
    return paula.send("PATCH", f"/departments/{department['id']}", changes, headers)


def test_a_department_is_added_once(paula: Browser) -> None:
    """MSG-6, PLT-3: the same key adds it once; its record is in the plan's journal."""
    added = [paula.post("/departments", NEW, KEY) for _ in range(2)]
    assert [answer.status for answer in added] == [201, 201]
    assert added[0].json == added[1].json == {**NEW, "id": added[0].json["id"], "active": True, "version": 0}
    assert _listed(paula)["Network Team"] == added[0].json
    (record,) = stored.records("department.created")
    assert (record.pk, record.object_id) == ("JOURNAL#plan", added[0].json["id"])
    assert record.after == {"name": "Network Team", "audience": "administrators", "active": True}


def test_what_is_left_out_stays(paula: Browser) -> None:
    """MSG-6: name, category, description, audience."""
    before = _listed(paula)["Credentialing Team"]
    answer = _change(paula, before, audience="staff")
    assert answer.json == {**before, "audience": "staff", "version": 1}
    answer = _change(paula, answer.json, name="Credentials", category="Plan", description="")
    after = {**before, "audience": "staff", "name": "Credentials", "category": "Plan", "description": "", "version": 2}
    assert answer.json == after == _listed(paula)["Credentials"]
    assert len(stored.records("department.changed")) == 2
    assert _change(paula, after, name="Credentials").json == after, "nothing new"
    assert len(stored.records("department.changed")) == 2


@pytest.mark.parametrize("name", ["Credentialing Team", "CREDENTIALING TEAM", "Crédentialing Team", "Internal Audit"])
def test_names_are_apart_however_they_are_written(world: World, paula: Browser, name: str) -> None:
    """MSG-6: of those that are retired too."""
    _change(paula, _listed(paula)["Internal Audit"], active=False)
    refused = [paula.post("/departments", {**NEW, "name": name})]
    refused.append(_change(paula, _listed(paula)["Eligibility and Enrollment Team"], name=name))
    assert {(answer.status, *answer.fields) for answer in refused} == {(422, ("/name", "name_taken"))}
    own = _listed(paula)["Credentialing Team"]
    assert _change(paula, own, name="credentialing team").status == 200, "its own is free"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": ""}, "required"),
        ({"name": " "}, "characters_not_allowed"),
        ({"name": "x" * 81}, "too_long"),
        ({"name": "a\u202eb"}, "characters_not_allowed"),
        ({"category": "x" * 81}, "too_long"),
        ({"description": "x" * 201}, "too_long"),
        ({"audience": "nobody"}, "not_one_of_these"),
    ],
)
def test_what_a_department_may_be_called(paula: Browser, wrong: dict[str, str], code: str) -> None:
    """S-IO-05."""
    (pointer,) = wrong
    for answer in (
        paula.post("/departments", {**NEW, **wrong}),
        _change(paula, _listed(paula)["Credentialing Team"], **wrong),
    ):
        assert (answer.status, answer.fields) == (422, {(f"/{pointer}", code)})


def test_a_change_is_made_of_what_was_loaded(paula: Browser) -> None:
    """PLT-3."""
    before = _listed(paula)["Credentialing Team"]
    _change(paula, before, audience="staff")
    refused = _change(paula, before, audience="everyone")
    assert (refused.status, refused.code) == (412, "stale")
    assert _change(paula, {**before, "id": "dep_" + "0" * 26}, audience="staff").status == 404
    assert paula.send("PATCH", f"/departments/{before['id']}", {"active": False}).status == 428


def test_a_new_department_works_at_once(world: World, paula: Browser) -> None:
    """MSG-1, MSG-6: those of its audience find it and write to it, its agents read it."""
    added = paula.post("/departments", {**NEW, "audience": "everyone"}).json
    gina = world.browser(world.gina)
    offered = gina.get("/recipients", mailbox_id=world.gina.mailbox, search="network").json["items"]
    assert added["id"] in [one["id"] for one in offered]
    body = {"to": [added["id"]], "subject": "S", "text": "T"}
    assert gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).status == 201
    _change(paula, added, audience="staff")
    assert gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).status == 422


def test_a_retired_department_goes_on_with_what_is_there(world: World, paula: Browser) -> None:
    """MSG-6: nobody writes to it, it starts nothing; its agents read, answer and close; it can be brought back."""
    desk = Desk(world)
    sent = [desk.write(world.gina, f"Topic {number}") for number in range(2)]
    retired = _change(paula, _listed(paula)["Credentialing Team"], active=False).json
    assert (retired["active"], retired["version"]) == (False, 1)
    gina = desk.browser(world.gina)
    body = {"to": [desk.department.id], "subject": "S", "text": "T"}
    own = f"/mailboxes/{world.gina.mailbox}"
    assert gina.post(f"{own}/messages", body).fields == {("/to", "unknown_recipient")}
    offered = gina.get("/recipients", mailbox_id=world.gina.mailbox).json["items"]
    assert desk.department.id not in [one["id"] for one in offered]
    started = {"to": [world.eligibility.id], "subject": "S", "text": "T"}
    refused = desk.browser(desk.ada).post(f"{desk.path}/messages", started)
    assert (refused.status, refused.code) == (409, "department_retired")
    many = {"mailbox_id": desk.department.id, "to": "everybody", "tins": [world.maple.tin], "subject": "S", "text": "T"}
    assert desk.browser(desk.ada).post("/broadcasts", many).code == "department_retired"
    assert desk.browser(desk.ada).get(f"{desk.path}/threads/{sent[0]['thread_id']}").status == 200
    answered = desk.reply(desk.ada, sent[0])
    assert answered.status == 201
    back = desk.reply(world.gina, {**sent[0], "message_id": answered.json["message_id"]})
    assert back.fields == {("/message_id", "recipient_left")}
    assert desk.move(desk.ada, sent[1], "close").json["state"] == "closed"
    assert [record.action for record in stored.records() if record.action.startswith("department.")] == [
        "department.retired"
    ]
    brought_back = _change(paula, retired, active=True).json
    assert brought_back["active"]
    assert gina.post(f"{own}/messages", body).status == 201
    assert len(stored.records("department.brought_back")) == 1


def test_of_two_who_take_a_name_at_once_one_has_it(world: World, paula: Browser, line: Line) -> None:
    """MSG-6: taken between reading the names and writing, by a new department or another one's change."""
    pia = world.browser(world.agent("Pia Fictional", roles=("plan_administrator",)))
    done = []

    def meanwhile(do: Callable[[], Answer]) -> None:
        line.before_transaction(lambda: done.append(do().status))

    meanwhile(lambda: pia.post("/departments", NEW))
    assert paula.post("/departments", {**NEW, "name": "NETWORK TEAM"}).fields == {("/name", "name_taken")}
    before = _listed(paula)
    meanwhile(lambda: _change(pia, before["Internal Audit"], name="Audit"))
    assert _change(paula, before["Network Team"], name="Audit").fields == {("/name", "name_taken")}
    meanwhile(lambda: _change(pia, before["Credentialing Team"], audience="staff"))
    assert paula.post("/departments", {**NEW, "name": "Other"}).status == 201, "another name is no obstacle"
    assert done == [201, 200, 200]
