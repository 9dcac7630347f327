"""One message to many organizations, each of which sees only itself (MSG-11)."""

from typing import Any

import pytest

from chalicelib.core.work import ATTEMPTS
from chalicelib.messages.store.broadcasts import BroadcastRow
from chalicelib.messages.store.dispatches import ListPartRow
from tests import crowds, delivery, later, stored, works
from tests.core import line as lines
from tests.portal import Answer
from tests.uploading import ready
from tests.world import World


def _ask(world: World, tins: list[str], **changes: Any) -> Answer:
    return world.browser(world.ada).post("/broadcasts", _body(world, tins=tins, **changes))


def _body(world: World, **changes: Any) -> dict[str, Any]:
    words = {"subject": "New fees", "text": "T"}
    return {"mailbox_id": world.ada.mailbox, "to": "everybody", "tins": [world.maple.tin], **words, **changes}


def _messages() -> list[dict[str, Any]]:
    """The rows that broadcasts made in boxes of receivers."""
    rows = stored.items(BroadcastRow)
    return [row for row in rows if row.get("subject", {}).get("S") == "New fees" and "#sent" not in row["pk"]["S"]]


def test_each_organization_has_a_thread_of_its_own(world: World) -> None:
    """MSG-11: with the file; nobody sees who else has it, and their answers go to the department alone."""
    world.member(world.birch, "Pia Specimen")
    file = ready(world.browser(world.ada), world.ada.mailbox)
    asked = _ask(world, [world.maple.tin, world.birch.tin], upload_ids=[file])
    assert asked.status == 202, asked.text
    works.carry_all()
    threads = {}
    for account in (world.gina, world.peter):
        browser, path = world.browser(account), f"/mailboxes/{account.mailbox}"
        (row,) = browser.get(f"{path}/inbox").json["items"]
        thread = browser.get(f"{path}/threads/{row['thread_id']}").json
        (message,) = thread["messages"]
        assert [party["name"] for party in message["to"]] == [thread["organization"]["name"]]
        link = f"{path}/threads/{row['thread_id']}/messages/{row['message_id']}/attachments"
        assert browser.get(f"{link}/{message['attachments'][0]['id']}").status == 200
        body = {"message_id": row["message_id"], "text": "Thanks.", "all": True}
        answer = browser.post(f"{path}/threads/{row['thread_id']}/replies", body)
        assert answer.status == 201, answer.text
        threads[row["thread_id"]] = message["attachments"][0]["id"]
    assert len(threads) == len(set(threads.values())) == 2
    ada = world.browser(world.ada)
    assert ada.get("/mailboxes").json["items"][0]["unread"] == 2
    assert len(ada.get(f"/mailboxes/{world.ada.mailbox}/sent").json["items"]) == 2
    view = ada.get(f"/work/{asked.json['work_id']}").json
    assert (view["kind"], view["state"], view["done"], view["problems"]) == ("broadcast", "finished", 2, 0)


def test_who_could_not_be_written_to_is_told(world: World) -> None:
    """MSG-11: unknown numbers and organizations without such people are left out, the others have it; twice is once."""
    later.set_role(world.peter, "backup_administrator")
    tins = ["99-9999999", world.maple.tin, world.birch.tin, f"{world.birch.tin[:2]}-{world.birch.tin[2:]}"]
    asked = _ask(world, tins, to="administrators").json
    works.carry_all()
    ada = world.browser(world.ada)
    view = ada.get(f"/work/{asked['work_id']}").json
    assert (view["state"], view["done"], view["total"], view["problems"]) == ("finished", 3, 3, 2)
    skipped = ada.get(f"/broadcasts/{asked['work_id']}/skipped").json["items"]
    assert [(each["row"], each["tin"], each["code"]) for each in skipped] == [
        (1, "999999999", "unknown_organization"),
        (2, world.maple.tin, "empty_group"),
    ]
    assert skipped[0]["detail"] == "There is no organization with this number."
    assert [row["pk"]["S"] for row in _messages()] == [f"BOX#{world.peter.mailbox}#inbox"]
    amy = world.browser(world.agent("Amy Fictional", world.credentialing))
    assert amy.get(f"/broadcasts/{asked['work_id']}/skipped").status == 404
    assert ada.get(f"/broadcasts/{works.finished(world.ada).id}/skipped").status == 404


def test_a_large_organization_has_it_by_a_work_of_its_own(world: World) -> None:
    """MSG-7, MSG-11: in the name of the same sender."""
    many, crowd = crowds.practice(world, 60)
    _ask(world, [many.tin, world.maple.tin])
    works.carry_all()
    ada = world.browser(world.ada)
    found = {work["kind"]: work for work in ada.get("/work").json["items"]}
    assert found.keys() == {"broadcast", "dispatch"}
    delivery.settle()
    works.carry_all()
    assert {work["state"] for work in ada.get("/work").json["items"]} == {"finished"}
    assert crowds.unread(crowd) == {1: 60}
    assert any(item["cls"]["S"] == "distribution" for item in stored.items(ListPartRow))


@pytest.mark.parametrize("fault", ["cut", "lose_answers", "refuse"])
def test_each_has_it_once_whatever_fails(world: World, fault: str) -> None:
    """MSG-11, PLT-3: each transaction of the work fails once."""
    happened, passing = True, 0
    with lines.opened() as line:
        while happened:
            before = len(_messages())
            assert _ask(world, ["999999999", world.maple.tin, world.birch.tin]).status == 202
            line.let_pass(passing)
            line.refuse("ThrottlingException", 1) if fault == "refuse" else getattr(line, fault)(1)
            bodies = delivery.heard("work")
            while delivery.deliver("carry_on_work", bodies):
                pass
            happened = line.heal()
            assert len(_messages()) - before == 2
            passing += 1
    assert passing == 4


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"tins": []}, {("/tins", "required")}),
        ({"tins": ["123456789"] * 1_001}, {("/tins", "too_long")}),
        ({"subject": ""}, {("/subject", "required")}),
        ({"upload_ids": ["upl_00000000000000000000000000"]}, {("/upload_ids/0", "unknown_upload")}),
    ],
)
def test_what_is_refused(world: World, changes: dict[str, Any], fields: set[tuple[str, str]]) -> None:
    """And nothing is written."""
    ada = world.browser(world.ada)
    before = stored.business()
    assert ada.post("/broadcasts", _body(world, **changes)).fields == fields
    assert stored.business() == before


def test_for_agents_from_their_own_department(world: World) -> None:
    """S-AZ-13."""
    body = _body(world, mailbox_id=world.eligibility.id)
    assert world.browser(world.ada).post("/broadcasts", body).status == 404
    assert world.browser(world.gina).post("/broadcasts", body).status == 403


def test_one_organization_that_always_fails_does_not_end_it(world: World) -> None:
    """MSG-11, PLT-3: it is left out with the reason after as many tries as a work has, and the others have it."""
    later.spoil(world.peter)
    dale = world.organization("000000003", "Dale Example Clinic")
    dora = world.member(dale, "Dora Specimen")
    asked = _ask(world, [world.maple.tin, world.birch.tin, dale.tin]).json
    bodies, runs = delivery.heard("work"), 1
    while delivery.deliver("carry_on_work", bodies):
        runs += 1
    assert runs == ATTEMPTS
    ada = world.browser(world.ada)
    view = ada.get(f"/work/{asked['work_id']}").json
    assert (view["state"], view["done"], view["problems"]) == ("finished", 3, 1)
    (skipped,) = ada.get(f"/broadcasts/{asked['work_id']}/skipped").json["items"]
    assert (skipped["row"], skipped["tin"], skipped["code"]) == (2, world.birch.tin, "failed_repeatedly")
    assert {row["pk"]["S"] for row in _messages()} == {f"BOX#{each.mailbox}#inbox" for each in (world.gina, dora)}
