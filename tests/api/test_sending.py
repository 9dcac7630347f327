"""Sending: accepted whole or not at all, once per key, to whom one may write (MSG-1, MSG-2, MSG-7)."""

from typing import Any

import pytest

from chalicelib.accounts.domain import Status
from tests import later, stored
from tests.core.line import Line
from tests.portal import Answer, Browser
from tests.world import World

KEY = "a-key-for-one-message"


@pytest.fixture
def gina(world: World) -> Browser:
    return world.browser(world.gina)


def _send(world: World, browser: Browser, key: str | None = None, **changes: Any) -> Answer:
    body = {"to": [world.credentialing.id], "subject": "A question", "text": "Hello.", **changes}
    return browser.post(f"/mailboxes/{world.gina.mailbox}/messages", body, key)


def _unread(browser: Browser) -> list[int]:
    return [mailbox["unread"] for mailbox in browser.get("/mailboxes").json["items"]]


def _without_id(answer: Answer) -> str:
    return answer.text.replace(answer.headers["x-request-id"], "…")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"subject": "x" * 200}, set()),
        ({"subject": "x" * 201}, {("/subject", "too_long")}),
        ({"subject": ""}, {("/subject", "required")}),
        ({"subject": "   "}, {("/subject", "characters_not_allowed")}),
        ({"subject": "a\nb"}, {("/subject", "characters_not_allowed")}),
        ({"subject": "a\u202eb"}, {("/subject", "characters_not_allowed")}),
        ({"subject": "😀" * 200}, set()),
        ({"text": "x" * 20_000}, set()),
        ({"text": "😀" * 20_000}, set()),
        ({"text": "x" * 20_001}, {("/text", "too_long")}),
        ({"text": ""}, {("/text", "required")}),
        ({"text": "a\r\n\tb"}, set()),
        ({"text": "a\0b"}, {("/text", "characters_not_allowed")}),
        ({"to": []}, {("/to", "required")}),
        ({"to": [], "subject": "", "text": ""}, {("/subject", "required"), ("/text", "required")}),
    ],
)
def test_fields(world: World, gina: Browser, changes: dict[str, Any], fields: set[tuple[str, str]]) -> None:
    """MSG-2."""
    answer = _send(world, gina, **changes)
    assert answer.status == (422 if fields else 201), answer.text
    if fields:
        assert answer.fields == fields
        assert gina.get(f"/mailboxes/{world.gina.mailbox}/sent").json["items"] == []


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", ";alert(1)//", "</xmp><script>", "{{7*7}} ${7*7} %s", "\t=cmd|' /C calc'!A0\n"],
)
def test_text_is_kept_as_it_was_typed(world: World, gina: Browser, text: str) -> None:
    """S-IO-01."""
    sent = _send(world, gina, text=text, subject=text.strip()).json
    ada = world.browser(world.ada)
    thread = ada.get(f"/mailboxes/{world.ada.mailbox}/threads/{sent['thread_id']}")
    assert thread.json["messages"][0]["text"] == text
    assert thread.json["subject"] == text.strip()
    assert ada.get(f"/mailboxes/{world.ada.mailbox}/inbox").json["items"][0]["subject"] == text.strip()
    assert (thread.headers["content-type"], thread.headers["x-content-type-options"]) == ("application/json", "nosniff")


def test_ten_recipients_and_no_more(world: World, gina: Browser) -> None:
    """MSG-7: To and CC together; each has it unread, none sees more."""
    people = [world.member(world.maple, f"Person {number}") for number in range(10)]
    to, cc = [person.mailbox for person in people[:4]], [person.mailbox for person in people[4:]]
    eleven = _send(world, gina, to=[*to, world.credentialing.id], cc=cc)
    assert eleven.fields == {("/to", "too_many")}
    sent = _send(world, gina, to=to, cc=cc)
    assert sent.status == 201
    last = world.browser(people[9])
    assert _unread(last) == [1]
    message = last.get(f"/mailboxes/{people[9].mailbox}/threads/{sent.json['thread_id']}").json["messages"][0]
    assert [party["id"] for party in message["to"]] == to
    assert [party["id"] for party in message["cc"]] == cc


def test_a_forged_recipient_is_refused_without_saying_which(world: World, gina: Browser) -> None:
    """S-AZ-10: of another practice, disabled, of another audience, retired, unknown: one answer for all."""
    states: tuple[Status, ...] = ("disabled", "removed", "unverified", "rejected", "verification_pending")
    gone = [world.member(world.maple, f"Person {number}", status=status) for number, status in enumerate(states)]
    later.retire(world.eligibility)
    forged = [person.mailbox for person in gone]
    forged += [world.peter.mailbox, world.internal.id, world.eligibility.id, world.maple.id, world.gina.user.id]
    forged += ["mem_00000000000000000000000000", "dep_00000000000000000000000000", "upl_00000000000000000000000000"]
    before = stored.business()
    for pointer in ("to", "cc"):
        told = set()
        for id_ in forged:
            recipients: dict[str, Any] = {"to": [world.credentialing.id], "cc": []}
            recipients[pointer].append(id_)
            told.add(_without_id(_send(world, gina, **recipients)))
        assert len(told) == 1
        assert f'"pointer":"/{pointer}","code":"unknown_recipient"' in told.pop()
    assert stored.business() == before


@pytest.mark.parametrize("status", ["inactive", "suspended"])
def test_who_sleeps_gets_it_all_the_same(world: World, gina: Browser, status: Status) -> None:
    """MSG-7."""
    sleeper = world.member(world.maple, "Sam Sample", status=status)
    assert _send(world, gina, to=[sleeper.mailbox]).status == 201
    later.set_status(sleeper, "active")
    assert _unread(world.browser(sleeper)) == [1]


def test_agents_write_to_departments_only(world: World) -> None:
    """MSG-1: as their department, for now; members are answered, not addressed."""
    ada, path = world.browser(world.ada), f"/mailboxes/{world.ada.mailbox}/messages"
    for recipient, status in ((world.internal.id, 201), (world.gina.mailbox, 422)):
        assert ada.post(path, {"to": [recipient], "subject": "S", "text": "T"}).status == status
    row = ada.get(f"/mailboxes/{world.ada.mailbox}/sent").json["items"][0]
    assert row["party"] == "Internal Audit"


def test_a_retired_department_starts_nothing(world: World) -> None:
    """MSG-6; that it goes on with what is there is in test_departments.py."""
    ada = world.browser(world.ada)
    later.retire(world.credentialing)
    body = {"to": [world.eligibility.id], "subject": "S", "text": "T"}
    refused = ada.post(f"/mailboxes/{world.ada.mailbox}/messages", body)
    assert (refused.status, refused.code) == (409, "department_retired")
    assert ada.get(f"/mailboxes/{world.ada.mailbox}/inbox").status == 200


def test_the_same_key_sends_once(world: World, gina: Browser) -> None:
    """MSG-7, S-IO-11: the answer of the first time, again; another content under the key is refused."""
    answers = [_send(world, gina, KEY) for _ in range(3)]
    assert {(answer.status, answer.text) for answer in answers} == {(201, answers[0].text)}
    for change in ({"text": "Other."}, {"urgent": True}, {"to": [world.eligibility.id]}):
        assert (_send(world, gina, KEY, **change).status, _send(world, gina, KEY, **change).code) == (
            409,
            "idempotency_key_reused",
        )
    ada = world.browser(world.ada)
    assert _unread(ada) == [1]
    assert len(ada.get(f"/mailboxes/{world.ada.mailbox}/inbox").json["items"]) == 1


def test_a_repeat_counts_though_the_world_has_changed(world: World, gina: Browser) -> None:
    """MSG-7: the first time stands, also when by now it would be refused."""
    first = _send(world, gina, KEY)
    later.retire(world.credentialing)
    assert _send(world, gina).status == 422
    assert (_send(world, gina, KEY).status, _send(world, gina, KEY).text) == (201, first.text)


def test_a_key_is_ones_own(world: World, gina: Browser) -> None:
    """S-IO-11: the same key of another person is another message."""
    cole = world.member(world.maple, "Cole Sample")
    body = {"to": [world.credentialing.id], "subject": "A question", "text": "Hello."}
    mine = _send(world, gina, KEY)
    other = world.browser(cole).post(f"/mailboxes/{cole.mailbox}/messages", body, KEY)
    assert other.status == 201
    assert other.json["message_id"] != mine.json["message_id"]


@pytest.mark.parametrize("code", ["ConditionalCheckFailed", "ValidationError", "ItemCollectionSizeLimitExceeded"])
@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_send_that_fails_leaves_nothing(world: World, gina: Browser, line: Line, code: str, place: int) -> None:
    """MSG-7: whatever is wrong with whichever item."""
    before = stored.everything()

    def reasons(items: list[Any]) -> list[str]:
        codes = ["None"] * len(items)
        codes[place] = code
        return codes

    line.cancel(1, reasons)
    answer = _send(world, gina)
    assert answer.status in (401, 409, 503)
    assert stored.everything() == before
    assert _send(world, gina).status == 201


@pytest.mark.parametrize("times", [1, 3])
def test_a_send_meets_another_transaction(world: World, gina: Browser, line: Line, times: int) -> None:
    """A conflict is tried again; the message is sent once."""
    line.conflict(times)
    assert _send(world, gina).status == 201
    assert _unread(world.browser(world.ada)) == [1]


def test_an_answer_that_got_lost(world: World, gina: Browser, line: Line) -> None:
    """MSG-7: it was sent; asking again, by the portal or the person, makes no second message."""
    line.lose_answers(1)
    first = _send(world, gina, KEY)
    assert first.status == 201
    assert _send(world, gina, KEY).text == first.text
    assert _unread(world.browser(world.ada)) == [1]


def test_to_oneself(world: World, gina: Browser) -> None:
    """MSG-3: it is in Sent and, unread, in the inbox, until it is read there."""
    sent = _send(world, gina, to=[world.gina.mailbox]).json
    path = f"/mailboxes/{world.gina.mailbox}"
    assert _unread(gina) == [1]
    assert [len(gina.get(f"{path}/{box}").json["items"]) for box in ("inbox", "sent")] == [1, 1]
    message = gina.get(f"{path}/threads/{sent['thread_id']}").json["messages"][0]
    assert (message["box"], message["unread"]) == ("inbox", True)
    gina.put(f"{path}/messages/{sent['message_id']}/read", {"read": True})
    assert _unread(gina) == [0]
