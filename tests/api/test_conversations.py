"""The desk of a department over the API (MSG-6)."""

import json
from typing import Any

import pytest

from chalicelib.core import tables
from tests import later, stored
from tests.core.line import Line
from tests.desks import Desk
from tests.wire import Wire
from tests.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def test_what_comes_waits_and_the_oldest_stands_first(desk: Desk) -> None:
    """MSG-6: oldest unanswered first; what is answered comes after, the last answer first."""
    sent = [desk.write(desk.world.gina, f"Topic {number}") for number in range(5)]
    desk.reply(desk.ada, sent[3])
    desk.reply(desk.ada, sent[1])
    desk.move(desk.ada, sent[4], "close")
    assert desk.subjects() == ["Topic 0", "Topic 2", "Topic 1", "Topic 3"]
    assert desk.subjects(state="waiting") == ["Topic 0", "Topic 2"]
    assert desk.subjects(state="answered") == ["Topic 1", "Topic 3"]
    assert desk.subjects(state="closed") == ["Topic 4"]
    desk.reply(desk.world.gina, {**sent[4], "message_id": sent[4]["message_id"]}, all=True)
    assert desk.subjects(state="closed") == []
    assert desk.subjects(state="waiting") == ["Topic 0", "Topic 2", "Topic 4"]


def test_a_row_tells_whose_it_is_and_no_text(desk: Desk) -> None:
    """MSG-6, S-AZ-12: exactly these fields."""
    sent = desk.write(desk.world.gina)
    (row,) = desk.listed()["items"]
    assert row == {
        "thread_id": sent["thread_id"],
        "subject": "Fax number",
        "party": "Gina Sample",
        "organization": {"id": desk.world.maple.id, "name": "Maple Example Clinic"},
        "state": "waiting",
        "waiting_since": "2026-03-02T15:01:00Z",
        "last_message_at": "2026-03-02T15:01:00Z",
        "claimed_by": None,
        "read_by": [],
        "answered_by": [],
        "moves": ["claim", "reassign", "close"],
        "version": 0,
    }


def test_a_page_reads_one_row_more_than_it_shows(desk: Desk, wire: Wire) -> None:
    """MSG-6: 27 are shown in two pages, each once, in every list and order."""
    desk.pace = 1
    sent = [desk.write(desk.world.gina, f"Topic {number:02}") for number in range(27)]
    shown = [one["subject"] for one in _two_pages(desk, wire, state="waiting")]
    assert shown == [f"Topic {number:02}" for number in range(27)]
    for one in sent:
        desk.move(desk.ada, one, "claim")
    assert [one["subject"] for one in _two_pages(desk, wire, state="all_open", mine="true")] == shown
    for one in sent:
        desk.reply(desk.edith, one)
    assert [one["subject"] for one in _two_pages(desk, wire, state="all_open")] == shown[::-1]
    assert [one["subject"] for one in _two_pages(desk, wire, state="answered", mine="true")] == shown[::-1]
    for one in reversed(sent):
        desk.move(desk.ada, one, "close")
    assert [one["subject"] for one in _two_pages(desk, wire, state="closed")] == shown[::-1], "by their last message"


def _two_pages(desk: Desk, wire: Wire, **query: str) -> list[Any]:
    wire.forget()
    first = desk.listed(**query)
    assert [call.items for call in wire.calls if call.operation == "Query"] == [26]
    second = desk.listed(**query, cursor=first["next_cursor"])
    assert (len(first["items"]), second["next_cursor"]) == (25, None)
    return [*first["items"], *second["items"]]


def test_a_cursor_is_good_for_its_list_and_its_person(desk: Desk) -> None:
    """S-IO-08."""
    desk.pace = 1
    for number in range(26):
        desk.write(desk.world.gina, f"Topic {number}")
    cursor = desk.listed()["next_cursor"]
    assert desk.listed(cursor=cursor)["items"]
    for other in ({"state": "waiting"}, {"mine": "true"}):
        assert desk.listed(cursor=cursor, **other)["code"] == "bad_cursor"
    assert desk.listed(desk.edith, cursor=cursor)["code"] == "bad_cursor"
    assert desk.browser(desk.ada).get(f"{desk.path}/inbox", cursor=cursor).code == "bad_cursor"


def test_claimed_released_passed_on_closed_and_reopened(desk: Desk) -> None:
    """MSG-6: each move, who has it then, and its record in the plan's journal."""
    sent = desk.write(desk.world.gina)
    ada = {"user_id": desk.ada.user.id, "name": desk.ada.user.name}
    edith = {"user_id": desk.edith.user.id, "name": desk.edith.user.name}
    answer = desk.move(desk.ada, sent, "claim")
    assert (answer.status, answer.json["claimed_by"], answer.json["moves"]) == (
        200,
        ada,
        ["release", "reassign", "close"],
    )
    assert desk.listed(mine="true")["items"] == [answer.json]
    assert desk.listed(desk.edith, mine="true")["items"] == []
    refused = desk.move(desk.edith, sent, "close")
    assert (refused.status, refused.code) == (409, "claimed_by_other")
    assert desk.move(desk.ada, sent, "release").json["claimed_by"] is None
    assert desk.move(desk.ada, sent, "reassign", to=desk.edith.user.id).json["claimed_by"] == edith
    assert desk.move(desk.ada, sent, "reassign", to=desk.ada.user.id).json["claimed_by"] == ada
    closed = desk.move(desk.ada, sent, "close").json
    assert (closed["state"], closed["claimed_by"], closed["waiting_since"]) == ("closed", None, None)
    refused = desk.move(desk.edith, sent, "claim")
    assert (refused.status, refused.code) == (409, "conversation_closed")
    assert desk.move(desk.edith, sent, "reopen").json["state"] == "waiting"
    refused = desk.move(desk.edith, sent, "reopen")
    assert (refused.status, refused.code) == (409, "conversation_waiting")
    desk.reply(desk.ada, sent)
    assert desk.move(desk.edith, sent, "reopen").code == "conversation_answered"
    done = ["claimed", "released", "reassigned", "reassigned", "closed", "reopened"]
    records = [record for record in stored.records() if record.action.startswith("conversation.")]
    assert [record.action for record in records] == [f"conversation.{one}" for one in done]
    assert {record.pk for record in records} == {"JOURNAL#plan"}
    assert records[2].before["claimed_by"] is None
    assert records[2].after == {"mailbox": desk.department.id, "state": "waiting", "claimed_by": edith["user_id"]}


def test_a_move_is_made_of_what_was_loaded(desk: Desk) -> None:
    """PLT-3: If-Match; whatever came meanwhile, and without it."""
    sent = desk.write(desk.world.gina)
    desk.reply(desk.world.gina, sent)
    refused = desk.move(desk.ada, sent, "close", version=0)
    assert (refused.status, refused.code) == (412, "stale")
    path = f"{desk.path}/conversations/{sent['thread_id']}/moves"
    assert desk.browser(desk.ada).send("POST", path, {"move": "close"}).status == 428
    assert desk.conversation(sent)["state"] == "waiting"


def test_claiming_twice_changes_nothing(desk: Desk) -> None:
    """MSG-6."""
    sent = desk.write(desk.world.gina)
    first = desk.move(desk.ada, sent, "claim").json
    assert desk.move(desk.ada, sent, "claim").json == first
    assert desk.move(desk.ada, sent, "release").json["version"] == desk.move(desk.ada, sent, "release").json["version"]
    assert len(stored.records("conversation.claimed")) == 1


def test_it_is_passed_only_to_active_agents_of_the_department(desk: Desk) -> None:
    """MSG-6, S-AZ-13: whoever else gets the same answer as nobody."""
    sent = desk.write(desk.world.gina)
    world = desk.world
    away = world.agent("Alma Fictional", desk.department)
    later.deactivate(away)
    elsewhere = world.agent("Elsa Fictional", world.eligibility)
    auditor = world.agent("Audra Fictional", desk.department, roles=("auditor",))
    told = set()
    for nobody in (away.user.id, elsewhere.user.id, auditor.user.id, world.gina.user.id, "usr_" + "0" * 26):
        refused = desk.move(desk.ada, sent, "reassign", to=nobody)
        assert (refused.status, refused.fields) == (422, {("/to", "unknown_agent")})
        told.add(refused.text.replace(refused.headers["x-request-id"], ""))
    assert len(told) == 1
    assert desk.move(desk.ada, sent, "reassign").fields == {("/to", "required")}
    assert desk.move(desk.ada, sent, "claim", to=desk.edith.user.id).fields == {("/to", "not_one_of_these")}
    agents = desk.browser(desk.ada).get(f"{desk.path}/agents").json["items"]
    assert [one["user_id"] for one in agents] == [desk.ada.user.id, desk.edith.user.id]


def test_agents_come_in_pages(desk: Desk) -> None:
    """PLT-3."""
    for number in range(25):
        desk.world.agent(f"Zoe Fictional {number:02}", desk.department)
    first = desk.browser(desk.ada).get(f"{desk.path}/agents").json
    second = desk.browser(desk.ada).get(f"{desk.path}/agents", cursor=first["next_cursor"]).json
    assert (len(first["items"]), len(second["items"]), second["next_cursor"]) == (25, 2, None)


def test_who_read_and_who_answered(desk: Desk) -> None:
    """MSG-6: by name and time, the last first; opening it again with nothing new tells nothing new."""
    sent = desk.write(desk.world.gina)
    thread = f"{desk.path}/threads/{sent['thread_id']}"
    version = desk.conversation(sent)["version"]
    for agent in (desk.ada, desk.edith, desk.ada):
        desk.world.time.advance(minutes=1)
        assert desk.browser(agent).get(thread).status == 200
    found = desk.conversation(sent)
    assert found["read_by"] == [
        {"name": desk.edith.user.name, "at": "2026-03-02T15:03:00Z"},
        {"name": "Ada Fictional", "at": "2026-03-02T15:02:00Z"},
    ]
    assert found["version"] == version, "reading gets into nobody's way"
    assert len(stored.records("message.opened")) == 3, "each opening is told"
    desk.browser(desk.world.gina).get(f"/mailboxes/{desk.world.gina.mailbox}/threads/{sent['thread_id']}")
    assert len(desk.conversation(sent)["read_by"]) == 2, "the member is no reader of the department's"
    desk.reply(desk.edith, sent)
    desk.reply(desk.ada, sent)
    found = desk.conversation(sent)
    assert found["answered_by"] == [
        {"name": "Ada Fictional", "at": "2026-03-02T15:06:00Z"},
        {"name": desk.edith.user.name, "at": "2026-03-02T15:05:00Z"},
    ]
    desk.reply(desk.world.gina, sent, all=True)
    desk.browser(desk.ada).get(thread)
    assert desk.conversation(sent)["read_by"][0]["name"] == "Ada Fictional"


def test_an_answer_that_a_colleague_gave_meanwhile_is_told(desk: Desk) -> None:
    """MSG-6: two who answer the same are warned; sent again without what was seen, it goes."""
    sent = desk.write(desk.world.gina)
    first = desk.reply(desk.ada, sent, seen_message_id=sent["message_id"])
    assert first.status == 201
    refused = desk.reply(desk.edith, sent, seen_message_id=sent["message_id"])
    assert (refused.status, refused.code) == (409, "answered_meanwhile")
    inbox = f"/mailboxes/{desk.world.gina.mailbox}/inbox"
    assert len(desk.browser(desk.world.gina).get(inbox).json["items"]) == 1
    assert desk.reply(desk.edith, sent).status == 201
    last = first.json["message_id"]
    assert desk.reply(desk.edith, sent, seen_message_id=last).status == 201, "one's own counts not"


def test_what_a_writer_had_not_seen_still_waits(desk: Desk) -> None:
    """MSG-6."""
    sent = desk.write(desk.world.gina)
    more = desk.reply(desk.world.gina, sent).json
    desk.reply(desk.ada, sent, seen_message_id=sent["message_id"])
    found = desk.conversation(sent)
    assert (found["state"], found["waiting_since"]) == ("waiting", "2026-03-02T15:02:00Z")
    desk.reply(desk.ada, {**sent, "message_id": more["message_id"]}, seen_message_id=more["message_id"])
    assert desk.conversation(sent)["state"] == "answered"


def test_each_department_of_a_thread_has_its_own(desk: Desk) -> None:
    """MSG-6, S-AZ-13: what one answers or closes is open for the other."""
    world = desk.world
    other = world.agent("Elsa Fictional", world.eligibility)
    browser = world.browser(other)
    body = {"to": [world.credentialing.id], "cc": [world.eligibility.id], "subject": "S", "text": "T"}
    sent = desk.browser(world.gina).post(f"/mailboxes/{world.gina.mailbox}/messages", body).json
    desk.reply(desk.ada, sent)
    assert desk.conversation(sent)["state"] == "answered"
    path = f"/mailboxes/{world.eligibility.id}/conversations"
    (row,) = browser.get(path).json["items"]
    assert (row["state"], row["answered_by"]) == ("waiting", [])
    assert browser.get(f"{path}/{sent['thread_id']}").status == 200


def test_what_a_department_starts_is_a_conversation_when_it_is_answered(desk: Desk) -> None:
    """MSG-6: a thread in its inbox."""
    world = desk.world
    elsa = world.agent("Elsa Fictional", world.eligibility)
    sent = world.write(elsa, desk.ada)
    path = f"/mailboxes/{world.eligibility.id}/conversations"
    browser = world.browser(elsa)
    assert browser.get(path).json["items"] == []
    assert browser.get(f"{path}/{sent['thread_id']}").status == 404
    assert desk.conversation(sent)["organization"] is None
    desk.reply(desk.ada, sent)
    assert [row["state"] for row in browser.get(path).json["items"]] == ["waiting"]
    assert browser.get(f"/mailboxes/{world.eligibility.id}/threads/{sent['thread_id']}").status == 200


def test_notes_are_for_the_department_alone(desk: Desk) -> None:
    """MSG-6, AUD-4: newest first, in pages, kept once; nowhere else, and in no record."""
    sent = desk.write(desk.world.gina)
    path = f"{desk.path}/conversations/{sent['thread_id']}/notes"
    for number in range(26):
        desk.world.time.advance(seconds=1)
        answers = [
            desk.browser(desk.ada).post(path, {"text": f"Secret {number}"}, f"the-key-of-note-{number}")
            for _ in range(2)
        ]
        assert [answer.status for answer in answers] == [201, 201]
        assert answers[0].json == answers[1].json
    shown = desk.show(sent, desk.edith)["notes"]
    assert [note["text"] for note in shown["items"]] == [f"Secret {number}" for number in reversed(range(1, 26))]
    assert (shown["items"][0]["name"], shown["items"][0]["at"]) == ("Ada Fictional", "2026-03-02T15:01:26Z")
    second = desk.browser(desk.edith).get(path, cursor=shown["next_cursor"]).json
    assert ([note["text"] for note in second["items"]], second["next_cursor"]) == (["Secret 0"], None)
    assert desk.browser(desk.ada).get(path, cursor=shown["next_cursor"]).code == "bad_cursor"
    gina = desk.browser(desk.world.gina)
    assert gina.get(path).status == 403
    own = f"/mailboxes/{desk.world.gina.mailbox}"
    for page in (f"{own}/threads/{sent['thread_id']}", f"{own}/sent", f"{own}/inbox"):
        assert "Secret" not in gina.get(page).text
    assert "Secret" not in json.dumps(stored.items(tables.JournalRow))
    assert len(stored.records("conversation.noted")) == 26


def test_colleagues_who_are_writing_an_answer_are_shown(desk: Desk) -> None:
    """MSG-6: from the first sign, for 45 seconds after the last one, or until they stop."""
    sent = desk.write(desk.world.gina)
    path = f"{desk.path}/conversations/{sent['thread_id']}/answering"
    ada, edith, time = desk.browser(desk.ada), desk.browser(desk.edith), desk.world.time
    began = "2026-03-02T15:01:00Z"
    assert ada.put(path, {}).json == {"answering": []}
    assert edith.put(path, {}).json == {"answering": [{"name": "Ada Fictional", "since": began}]}
    assert edith.delete(path).status == 204
    assert desk.show(sent)["answering"] == []
    time.advance(seconds=30)
    ada.put(path, {})
    time.advance(seconds=44)
    assert desk.show(sent, desk.edith)["answering"] == [{"name": "Ada Fictional", "since": began}]
    time.advance(seconds=1)
    assert desk.show(sent, desk.edith)["answering"] == []
    ada.put(path, {})
    again = desk.show(sent, desk.edith)["answering"]
    assert again == [{"name": "Ada Fictional", "since": "2026-03-02T15:02:15Z"}], "begun anew"
    assert [ada.delete(path).status, ada.delete(path).status] == [204, 204]
    assert not [record for record in stored.records() if "answering" in record.action]


def test_only_the_departments_agents_come_to_its_desk(desk: Desk) -> None:
    """S-AZ-13: for others it isn't there, and neither is a thread that is none of its own."""
    world = desk.world
    sent = desk.write(world.gina)
    elsewhere = world.agent("Elsa Fictional", world.eligibility)
    foreign = world.write(world.gina, elsewhere)["thread_id"]
    own = f"/mailboxes/{world.eligibility.id}"
    requests: list[tuple[str, str, object]] = [
        ("GET", "/conversations", None),
        ("GET", "/agents", None),
        ("GET", "/conversations/{thread}", None),
        ("POST", "/conversations/{thread}/moves", {"move": "claim"}),
        ("GET", "/conversations/{thread}/notes", None),
        ("POST", "/conversations/{thread}/notes", {"text": "T"}),
        ("PUT", "/conversations/{thread}/answering", {}),
    ]
    headers = {"If-Match": '"0"', "Idempotency-Key": "the-key-of-the-test"}
    for method, path, body in requests:
        theirs = path.format(thread=sent["thread_id"])
        assert world.browser(elsewhere).send(method, desk.path + theirs, body, headers).status == 404
        assert desk.browser(world.gina).send(method, desk.path + theirs, body, headers).status == 403
        if "{thread}" in path:
            assert world.browser(elsewhere).send(method, own + theirs, body, headers).status == 404
            assert (
                desk.browser(desk.ada).send(method, desk.path + path.format(thread=foreign), body, headers).status
                == 404
            )
    assert desk.conversation(sent)["version"] == 0


def test_what_is_withdrawn_while_it_is_opened(desk: Desk, line: Line) -> None:
    """MSG-9: the conversation is gone with it, and nobody has seen it."""
    sent = desk.write(desk.world.gina)
    recall = f"/mailboxes/{desk.world.gina.mailbox}/messages/{sent['message_id']}/recall"
    recalled = []

    def withdraw() -> None:
        recalled.append(desk.browser(desk.world.gina).post(recall, {"thread_id": sent["thread_id"]}).status)

    line.before_transaction(withdraw)
    refused = desk.browser(desk.ada).get(f"{desk.path}/threads/{sent['thread_id']}")
    assert (refused.status, recalled) == (404, [200])
    assert desk.listed()["items"] == []
    assert stored.records("message.opened") == []


@pytest.mark.parametrize("first", ["message", "close"])
def test_a_message_between_reading_and_closing_waits(desk: Desk, line: Line, first: str) -> None:
    """MSG-6: whichever is written first, after both had read the same."""
    sent = desk.write(desk.world.gina)
    desk.reply(desk.ada, sent)
    version = desk.conversation(sent)["version"]
    between = []

    def write() -> None:
        between.append(desk.reply(desk.world.gina, sent).status)

    def close() -> None:
        between.append(desk.move(desk.ada, sent, "close", version).status)

    if first == "message":
        line.before_transaction(write)
        answer = desk.move(desk.ada, sent, "close", version)
        assert (between, answer.status, answer.code) == ([201], 412, "stale")
    else:
        line.before_transaction(close)
        assert desk.reply(desk.world.gina, sent).status == 201
        assert between == [200]
    assert desk.conversation(sent)["state"] == "waiting"


def test_who_leaves_the_department_at_that_moment_is_given_nothing(desk: Desk, line: Line) -> None:
    """S-AZ-08: passing on is refused when the colleague's place changed between reading and writing."""
    sent = desk.write(desk.world.gina)
    version = desk.conversation(sent)["version"]
    line.before_transaction(lambda: later.move(desk.edith, desk.world.eligibility))
    refused = desk.move(desk.ada, sent, "reassign", version, to=desk.edith.user.id)
    assert (refused.status, refused.code) == (412, "stale")
    assert desk.conversation(sent)["claimed_by"] is None
