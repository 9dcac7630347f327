"""Several messages marked or filed at once (MSG-3, MSG-4, MSG-5): all of them or none, the badge exact."""

from datetime import datetime
from typing import Any

import pytest

from chalicelib.messages.store import boxes
from tests import stored
from tests.core import line as lines
from tests.portal import Answer, Browser
from tests.world import World


@pytest.fixture
def ada(world: World) -> Browser:
    return world.browser(world.ada)


def _received(world: World, number: int) -> list[str]:
    return [world.write(world.gina, world.ada)["message_id"] for _ in range(number)]


def _file(browser: Browser, mailbox: str, ids: list[str], **what: object) -> Answer:
    return browser.send("PATCH", f"/mailboxes/{mailbox}/messages", {"message_ids": ids, **what})


def _rows(browser: Browser, mailbox: str, box: str) -> list[dict[str, Any]]:
    return list(browser.get(f"/mailboxes/{mailbox}/{box}").json["items"])


def _badge(browser: Browser) -> int:
    return int(browser.get("/mailboxes").json["items"][0]["unread"])


def _read_at(world: World, message_id: str) -> datetime | None:
    return boxes.received_entries(world.ada.mailbox, [message_id])[message_id].read_at


def test_a_page_is_read_and_archived_at_once(world: World, ada: Browser) -> None:
    """MSG-3: 25 in one transaction, each with a record of its own (S-AUD-02)."""
    ids = _received(world, 25)
    answer = _file(ada, world.ada.mailbox, ids, read=True, box="archived")
    assert (answer.status, answer.json) == (200, {"changed": ids})
    assert [row["unread"] for row in _rows(ada, world.ada.mailbox, "archived")] == [False] * 25
    assert _rows(ada, world.ada.mailbox, "inbox") == []
    assert _badge(ada) == 0
    records = stored.records("message.archived")
    assert sorted(record.object_id for record in records) == sorted(ids)
    assert [record.after for record in records] == [{"mailbox": world.ada.mailbox, "unread": False}] * 25


def test_archiving_does_not_read(world: World, ada: Browser) -> None:
    """MSG-4: what is archived doesn't count, and counts again when it is taken back."""
    ids = _received(world, 3)
    assert _file(ada, world.ada.mailbox, ids[:2], box="archived").json == {"changed": ids[:2]}
    assert _badge(ada) == 1
    assert [row["unread"] for row in _rows(ada, world.ada.mailbox, "archived")] == [True, True]
    assert _file(ada, world.ada.mailbox, ids, box="inbox").json == {"changed": ids[:2]}
    assert _badge(ada) == 3


def test_what_is_so_already_is_left_as_it_is(world: World, ada: Browser) -> None:
    """Doing it again changes nothing, and leaves no record."""
    ids = _received(world, 2)
    ada.put(f"/mailboxes/{world.ada.mailbox}/messages/{ids[0]}/read", {"read": True})
    assert _file(ada, world.ada.mailbox, ids, read=True).json == {"changed": [ids[1]]}
    before = stored.business()
    assert _file(ada, world.ada.mailbox, ids, read=True).json == {"changed": []}
    assert stored.business() == before
    assert len(stored.records("message.read")) == 2


def test_all_or_none(world: World, ada: Browser) -> None:
    """One that isn't there, is somebody else's or was sent: nothing is changed, told alike (house rule 7)."""
    ids = _received(world, 2)
    cole = world.member(world.maple, "Cole Sample")
    others = world.write(world.gina, cole)["message_id"]
    sent = world.write(world.ada, world.agent("Edith Fictional", world.eligibility))["message_id"]
    gina = world.browser(world.gina)
    before = stored.business()
    for stranger in (others, sent, "msg_" + "0" * 30):
        answer = _file(ada, world.ada.mailbox, [*ids, stranger], read=True)
        assert (answer.status, answer.code) == (404, "not_found")
    assert _file(gina, world.ada.mailbox, ids, read=True).status == 404
    assert stored.business() == before
    assert _badge(ada) == 2


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"message_ids": []}, {("/message_ids", "required")}),
        ({"message_ids": ["msg_" + "0" * 30] * 26, "read": True}, {("/message_ids", "too_long")}),
        ({"message_ids": ["msg_" + "0" * 30] * 2, "read": True}, {("/message_ids", "repeated")}),
        ({"message_ids": ["msg_" + "0" * 30]}, {("/read", "required")}),
        ({"message_ids": ["msg_" + "0" * 30], "box": "sent"}, {("/box", "not_one_of_these")}),
        ({"message_ids": ["msg_" + "0" * 30], "read": "yes"}, {("/read", "wrong_type")}),
    ],
)
def test_what_can_not_be_asked(ada: Browser, world: World, body: dict[str, Any], fields: set[tuple[str, str]]) -> None:
    answer = ada.send("PATCH", f"/mailboxes/{world.ada.mailbox}/messages", body)
    assert (answer.status, answer.fields) == (422, fields)


def test_a_colleague_who_was_faster_is_taken_into_account(world: World, ada: Browser) -> None:
    """They read one while several are archived: it is archived as read."""
    ids = _received(world, 3)
    path = f"/mailboxes/{world.ada.mailbox}/messages/{ids[0]}/read"

    def read() -> None:
        assert ada.put(path, {"read": True}).status == 200

    with lines.opened() as line:
        line.before_transaction(read)
        assert _file(ada, world.ada.mailbox, ids, box="archived").json == {"changed": ids}
    assert sorted(row["unread"] for row in _rows(ada, world.ada.mailbox, "archived")) == [False, True, True]
    assert _badge(ada) == 0


def test_when_it_was_read_first_is_remembered(world: World, ada: Browser) -> None:
    """MSG-7: for the sender's receipts; marking it unread, reading it again and filing it leave that."""
    (message,) = _received(world, 1)
    assert _read_at(world, message) is None
    assert _file(ada, world.ada.mailbox, [message], box="archived").status == 200
    assert _read_at(world, message) is None
    first = world.time.advance(minutes=1)
    assert _file(ada, world.ada.mailbox, [message], read=True).status == 200
    for what in ({"read": False}, {"read": True}, {"box": "inbox"}):
        world.time.advance(minutes=1)
        assert _file(ada, world.ada.mailbox, [message], **what).status == 200
    assert _read_at(world, message) == first
