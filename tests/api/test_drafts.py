"""Drafts: they survive, are one person's own, tell who has left, and go with the message that is sent (MSG-2)."""

from typing import Any

import pytest

from chalicelib.messages.domain.drafts import MOST_DRAFTS
from tests import belongings, later, stored
from tests.core.line import Line
from tests.portal import Answer, Browser
from tests.world import World


class Desk:
    """Gina, who writes to Credentialing and to colleagues."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.gina = world.browser(world.gina)
        self.cole = world.member(world.maple, "Cole Sample")
        self.dan = world.member(world.maple, "Dan Sample")
        self.path = f"/mailboxes/{world.gina.mailbox}"

    def begin(self, **contents: Any) -> dict[str, Any]:
        answer = self.gina.post(f"{self.path}/drafts", contents)
        assert answer.status == 201, answer.text
        return dict(answer.json)

    def save(self, draft: str, version: int, browser: Browser | None = None, **contents: Any) -> Answer:
        headers = {"If-Match": f'"{version}"'}
        return (browser or self.gina).send("PUT", f"{self.path}/drafts/{draft}", contents, headers)

    def show(self, draft: str, browser: Browser | None = None) -> Answer:
        return (browser or self.gina).get(f"{self.path}/drafts/{draft}")

    def all(self) -> list[dict[str, Any]]:
        return list(self.gina.get(f"{self.path}/drafts").json["items"])

    def send(self, draft: str, key: str | None = None, **changes: Any) -> Answer:
        body = {"to": [self.world.credentialing.id], "subject": "S", "text": "T", "draft_id": draft, **changes}
        return self.gina.post(f"{self.path}/messages", body, key)

    def sent(self) -> list[dict[str, Any]]:
        return list(self.gina.get(f"{self.path}/sent").json["items"])


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_a_draft_is_there_after_signing_out_and_on_another_device(world: World, desk: Desk) -> None:
    """MSG-2: to the letter, with everybody it is for."""
    contents = {"subject": "Half a", "text": "Dear\n\tteam <b>", "urgent": True}
    to, cc = [world.credentialing.id, desk.cole.mailbox], [desk.dan.mailbox]
    draft = desk.begin(**contents, to=to, cc=cc)
    assert draft["version"] == 0
    desk.gina.delete("/session")
    world.time.advance(hours=30)
    elsewhere = world.browser()
    elsewhere.sign_in(world.gina.user.email, "Quiet-Harbor-27")
    shown = desk.show(draft["id"], elsewhere).json
    assert {name: shown[name] for name in contents} == contents
    assert [party["name"] for party in shown["to"] + shown["cc"]] == ["Credentialing Team", "Cole Sample", "Dan Sample"]
    assert (shown["unreachable"], shown["mode"], shown["version"]) == ([], "new", 0)
    (row,) = elsewhere.get(f"{desk.path}/drafts").json["items"]
    assert (row["subject"], row["to"], row["recipients"]) == (
        "Half a",
        ["Credentialing Team", "Cole Sample", "Dan Sample"],
        3,
    )
    assert "Dear" not in str(row)


def test_of_two_devices_the_second_is_told(world: World, desk: Desk) -> None:
    """MSG-2, PLT-3: nothing is overwritten unseen."""
    draft = desk.begin(text="One")["id"]
    world.time.advance(minutes=1)
    saved = desk.save(draft, 0, text="Two")
    assert (saved.status, saved.json["version"]) == (200, 1)
    late = desk.save(draft, 0, text="Three")
    assert (late.status, late.code) == (412, "stale")
    shown = desk.show(draft).json
    assert (shown["text"], shown["version"], shown["saved_at"]) == ("Two", 1, "2026-03-02T15:01:00Z")
    assert desk.save(draft, 1, text="Three").json["version"] == 2


def test_who_left_is_flagged_and_the_rest_can_be_sent(world: World, desk: Desk) -> None:
    """MSG-2, MSG-7."""
    to = [world.credentialing.id, world.eligibility.id, desk.cole.mailbox, desk.dan.mailbox]
    draft = desk.begin(to=to)["id"]
    later.set_status(desk.cole, "removed")
    later.retire(world.eligibility)
    shown = desk.show(draft).json
    assert shown["unreachable"] == [world.eligibility.id, desk.cole.mailbox]
    assert [party["name"] for party in shown["to"]] == [
        "Credentialing Team",
        "Eligibility and Enrollment Team",
        "Cole Sample",
        "Dan Sample",
    ]
    assert desk.send(draft, to=to).fields == {("/to", "unknown_recipient")}
    assert desk.send(draft, to=[id_ for id_ in to if id_ not in shown["unreachable"]]).status == 201
    assert desk.all() == []


def test_names_of_others_are_not_told(world: World, desk: Desk) -> None:
    """S-AZ-10: ids of another practice, of a department for staff and of nobody are alike."""
    strange = [world.peter.mailbox, world.internal.id, "mem_00000000000000000000000000"]
    shown = desk.show(desk.begin(to=strange, organization_id=world.birch.id)["id"]).json
    assert shown["unreachable"] == strange
    assert {party["name"] for party in shown["to"]} == {""}
    group = {"kind": "everybody", "organization_id": world.birch.id}
    assert desk.show(desk.begin(groups=[group])["id"]).json["groups"] == []


def test_staff_see_whom_their_draft_is_for(world: World) -> None:
    """MSG-1, MSG-2: members of the organization they named, and groups by its name."""
    ada, path = world.browser(world.ada), f"/mailboxes/{world.credentialing.id}/drafts"
    group = {"kind": "administrators", "organization_id": world.birch.id}
    body = {"to": [world.peter.mailbox], "organization_id": world.birch.id, "groups": [group]}
    shown = ada.get(f"{path}/{ada.post(path, body).json['id']}").json
    assert shown["to"] == [{"id": world.peter.mailbox, "kind": "member", "name": "Peter Specimen"}]
    assert shown["groups"] == [{"id": world.birch.id, "kind": "administrators", "name": "Birch Sample Pediatrics"}]
    assert shown["unreachable"] == []
    assert ada.get(path).json["items"][0]["recipients"] == 2


def test_a_draft_goes_with_its_message(world: World, desk: Desk) -> None:
    """MSG-2, MSG-7: sending twice makes one message, and one draft is gone."""
    kept, draft = desk.begin(text="Kept")["id"], desk.begin(text="T")["id"]
    first = desk.send(draft, "the-key-of-a-draft")
    assert first.status == 201, first.text
    assert desk.send(draft, "the-key-of-a-draft").text == first.text
    again = desk.send(draft)
    assert (again.status, again.code) == (409, "draft_gone")
    assert len(desk.sent()) == 1
    assert [row["id"] for row in desk.all()] == [kept]
    assert desk.show(draft).status == 404
    assert desk.save(draft, 0, text="Late").status == 404
    assert desk.gina.delete(f"{desk.path}/drafts/{draft}").status == 404


def test_a_send_that_fails_keeps_the_draft(world: World, desk: Desk, line: Line) -> None:
    """MSG-7: whatever fails, both are there or none."""
    draft = desk.begin(text="T")["id"]
    assert desk.send(draft, to=[]).status == 422
    before = stored.business()
    line.refuse("AccessDeniedException", 1, "TransactWriteItems")
    assert desk.send(draft).status == 503
    assert stored.business() == before
    assert desk.send(draft).status == 201


def test_answers_and_forwards_take_their_draft_along(world: World, desk: Desk) -> None:
    """MSG-2, MSG-5."""
    got = world.write(desk.cole, world.gina)
    of = {"thread_id": got["thread_id"], "message_id": got["message_id"]}
    drafts = {mode: desk.begin(mode=mode, **of, text="So far")["id"] for mode in ("reply", "reply_all", "forward")}
    assert {row["mode"] for row in desk.all()} == set(drafts)
    assert desk.show(drafts["reply"]).json["message_id"] == got["message_id"]
    thread = f"{desk.path}/threads/{got['thread_id']}"
    reply = {"message_id": got["message_id"], "text": "T"}
    assert desk.gina.post(f"{thread}/replies", {**reply, "draft_id": drafts["reply"]}).status == 201
    assert desk.gina.post(f"{thread}/replies", {**reply, "all": True, "draft_id": drafts["reply_all"]}).status == 201
    forward = {"to": [world.credentialing.id], "draft_id": drafts["forward"]}
    assert desk.gina.post(f"{thread}/messages/{got['message_id']}/forward", forward).status == 201
    assert desk.all() == []
    wrong = desk.gina.post(f"{desk.path}/drafts", {"mode": "reply"})
    assert wrong.fields == {("/thread_id", "required"), ("/message_id", "required")}


def test_a_draft_is_of_one_person_in_one_mailbox(world: World, desk: Desk) -> None:
    """S-AZ-02: not of a colleague of the same department, not of another mailbox of the same person."""
    path = f"/mailboxes/{world.credentialing.id}/drafts"
    both = world.agent("Edith Fictional", world.credentialing, world.eligibility)
    ada, edith = world.browser(world.ada), world.browser(both)
    draft = ada.post(path, {"text": "Ada's"}).json["id"]
    mine = edith.post(path, {"text": "Edith's"}).json["id"]
    assert [row["id"] for row in edith.get(path).json["items"]] == [mine]
    assert edith.get(f"{path}/{draft}").status == 404
    assert edith.send("PUT", f"{path}/{draft}", {}, {"If-Match": '"0"'}).status == 404
    assert edith.delete(f"{path}/{draft}").status == 404
    other = f"/mailboxes/{world.eligibility.id}"
    assert edith.get(f"{other}/drafts/{mine}").status == 404
    body = {"to": [world.internal.id], "subject": "S", "text": "T", "draft_id": draft}
    assert edith.post(f"/mailboxes/{world.credentialing.id}/messages", body).code == "draft_gone"
    assert edith.post(f"{other}/messages", {**body, "draft_id": mine}).code == "draft_gone"
    assert ada.get(f"{path}/{draft}").json["text"] == "Ada's"


def test_fifty_and_no_more(world: World, desk: Desk) -> None:
    """MSG-2: what is thrown away or sent makes room again."""
    drafts = []
    for _ in range(MOST_DRAFTS):
        world.time.advance(seconds=1)
        drafts.append(desk.begin()["id"])
    refused = desk.gina.post(f"{desk.path}/drafts", {})
    assert (refused.status, refused.code) == (409, "too_many_drafts")
    assert desk.gina.delete(f"{desk.path}/drafts/{drafts[0]}").status == 204
    desk.begin()
    assert desk.gina.post(f"{desk.path}/drafts", {}).status == 409
    assert desk.send(drafts[1]).status == 201
    desk.begin()
    first = desk.gina.get(f"{desk.path}/drafts").json
    second = desk.gina.get(f"{desk.path}/drafts", cursor=first["next_cursor"]).json
    found = [row["id"] for row in first["items"] + second["items"]]
    assert (len(first["items"]), len(second["items"]), second["next_cursor"]) == (25, 25, None)
    assert found == sorted(found, reverse=True)
    assert {*drafts[2:]} < {*found}


def test_files_of_a_draft(world: World, desk: Desk) -> None:
    """MSG-8, S-FILE-08: those that are still there, and those to be attached again; nobody else's."""
    mine = belongings.ready(world.gina)
    world.time.advance(hours=23)
    fresh = belongings.ready(world.gina)
    theirs = belongings.ready(world.peter)
    desk.gina = world.browser(world.gina)
    draft = desk.begin(upload_ids=[mine, theirs])["id"]
    shown = desk.show(draft).json
    assert [file["id"] for file in shown["files"]] == [mine]
    assert (shown["files"][0]["file_name"], shown["files"][0]["state"]) == ("form.pdf", "ready")
    assert shown["expired_upload_ids"] == [theirs]
    world.time.advance(hours=2)
    desk.gina = world.browser(world.gina)
    shown = desk.show(draft).json
    assert (shown["files"], shown["expired_upload_ids"]) == ([], [mine, theirs])
    assert fresh


@pytest.mark.parametrize(
    ("contents", "fields"),
    [
        ({"subject": "x" * 200, "text": "x" * 20_000}, set()),
        ({"subject": "x" * 201}, {("/subject", "too_long")}),
        ({"text": "x" * 20_001}, {("/text", "too_long")}),
        ({"text": "a\0b"}, {("/text", "characters_not_allowed")}),
        ({"to": ["mem_0000000000"] * 21}, {("/to", "too_long")}),
        ({"version": 1}, {("/version", "unknown")}),
    ],
)
def test_fields(desk: Desk, contents: dict[str, Any], fields: set[tuple[str, str]]) -> None:
    """S-IO-04: what may not be sent later is not kept either."""
    answer = desk.gina.post(f"{desk.path}/drafts", contents)
    assert answer.status == (422 if fields else 201)
    assert not fields or answer.fields == fields


def test_saving_leaves_ids_in_the_journal_and_tells_nobody(desk: Desk) -> None:
    """AUD-4."""
    draft = desk.begin(text="Secret")["id"]
    desk.save(draft, 0, text="Secret")
    records = stored.records("draft.begun", "draft.saved")
    assert {record.object_id for record in records} == {draft}
    assert all(record.after == {"mailbox": desk.world.gina.mailbox} for record in records)
    assert stored.outbox() == []
