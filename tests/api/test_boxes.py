"""The boxes of a mailbox: rows, pages, cursors (MSG-3)."""

import pytest

from chalicelib.core.cursors import open_
from chalicelib.messages.actions import sending
from chalicelib.messages.actions.sending import Draft
from tests import stored
from tests.portal import Browser
from tests.wire import Wire
from tests.world import Account, World


def _fill(world: World, number: int, sender: Account | None = None) -> list[str]:
    """Send so many messages to the department, a second apart; their ids, newest first."""
    person = sender or world.gina
    sent = []
    for place in range(number):
        draft = Draft(mailbox_id=person.mailbox, text="T", urgent=False, upload_ids=[])
        now = world.time.advance(seconds=1)
        sent.append(sending.send(person.actor, draft, [world.credentialing.id], [], f"No. {place}", now).message_id)
    return sent[::-1]


def _pages(browser: Browser, mailbox: str, box: str) -> list[list[str]]:
    pages, cursor = [], ""
    while True:
        page = browser.get(f"/mailboxes/{mailbox}/{box}", cursor=cursor).json
        pages.append([row["message_id"] for row in page["items"]])
        cursor = page["next_cursor"]
        if not cursor:
            return pages


@pytest.mark.parametrize(("number", "sizes"), [(0, [0]), (1, [1]), (25, [25]), (26, [25, 1]), (51, [25, 25, 1])])
def test_pages_have_no_gap_and_no_repeat(world: World, wire: Wire, number: int, sizes: list[int]) -> None:
    """MSG-3: newest first; a page costs its rows and one more."""
    sent = _fill(world, number)
    gina, ada = world.browser(world.gina), world.browser(world.ada)
    for browser, mailbox, box in ((gina, world.gina.mailbox, "sent"), (ada, world.ada.mailbox, "inbox")):
        pages = _pages(browser, mailbox, box)
        assert [len(page) for page in pages] == sizes
        assert [message for page in pages for message in page] == sent
    wire.forget()
    ada.get(f"/mailboxes/{world.ada.mailbox}/inbox")
    queries = [call for call in wire.calls if call.operation == "Query"]
    assert [call.items for call in queries] == [min(number, 26)]


def test_messages_that_come_or_go_meanwhile_move_nothing(world: World) -> None:
    """A new message does not push one over to the next page; one archived behind the cursor leaves no gap."""
    sent = _fill(world, 30)
    ada = world.browser(world.ada)
    first = ada.get(f"/mailboxes/{world.ada.mailbox}/inbox").json
    _fill(world, 3)
    last = first["items"][-1]["message_id"]
    ada.put(f"/mailboxes/{world.ada.mailbox}/messages/{last}/box", {"box": "archived"})
    second = ada.get(f"/mailboxes/{world.ada.mailbox}/inbox", cursor=first["next_cursor"]).json
    assert [row["message_id"] for row in second["items"]] == sent[25:]


def test_a_row_holds_no_text(world: World) -> None:
    """S-AZ-12: exactly these fields."""
    _fill(world, 1)
    for account, box in ((world.ada, "inbox"), (world.gina, "sent")):
        row = world.browser(account).get(f"/mailboxes/{account.mailbox}/{box}").json["items"][0]
        assert row.keys() == {
            *("message_id", "thread_id", "subject", "party", "groups"),
            *("urgent", "has_attachments", "received_at", "unread", "status"),
        }
        assert (row["unread"], row["party"], row["groups"]) == (
            box == "inbox",
            {"inbox": "Gina Sample", "sent": "Credentialing Team"}[box],
            [],
        )
        assert row["received_at"] == "2026-03-02T15:00:01Z"


def test_threads_page_as_boxes_do(world: World, wire: Wire) -> None:
    """MSG-5: every message of it, each once, newest first."""
    gina = world.browser(world.gina)
    path = f"/mailboxes/{world.gina.mailbox}"
    body = {"to": [world.credentialing.id], "subject": "S", "text": "0"}
    sent = gina.post(f"{path}/messages", body).json
    for place in range(1, 27):
        world.time.advance(seconds=1)
        reply = {"message_id": sent["message_id"], "text": str(place)}
        assert gina.post(f"{path}/threads/{sent['thread_id']}/replies", reply).status == 201
    wire.forget()
    first = gina.get(f"{path}/threads/{sent['thread_id']}").json
    assert [call.items for call in wire.calls if call.operation == "Query"] == [26]
    second = gina.get(f"{path}/threads/{sent['thread_id']}", cursor=first["next_cursor"]).json
    texts = [message["text"] for message in first["messages"] + second["messages"]]
    assert texts == [str(place) for place in reversed(range(27))]
    assert (len(first["messages"]), second["next_cursor"]) == (25, None)
    opened = stored.records("message.opened")
    assert [(record.object_id, record.actor_id) for record in opened] == [(sent["thread_id"], world.gina.user.id)] * 2


def test_a_cursor_is_good_for_its_list_and_its_person_only(world: World) -> None:
    """S-IO-08, PLT-3: any other use, and any change of a letter, is refused."""
    _fill(world, 26)
    edith = world.agent("Edith Fictional", world.credentialing, world.eligibility)
    ada, colleague, gina = world.browser(world.ada), world.browser(edith), world.browser(world.gina)
    inbox = f"/mailboxes/{world.credentialing.id}/inbox"
    cursor = ada.get(inbox).json["next_cursor"]
    own = gina.get(f"/mailboxes/{world.gina.mailbox}/sent").json["next_cursor"]
    assert ada.get(inbox, cursor=cursor).status == 200
    thread = ada.get(inbox).json["items"][0]["thread_id"]
    refused = [
        ada.get(f"/mailboxes/{world.credentialing.id}/archived", cursor=cursor),
        ada.get(f"/mailboxes/{world.credentialing.id}/threads/{thread}", cursor=cursor),
        ada.get(inbox, cursor=own),
        ada.get("/recipients", mailbox_id=world.credentialing.id, cursor=cursor),
        colleague.get(inbox, cursor=cursor),
        colleague.get(f"/mailboxes/{world.eligibility.id}/inbox", cursor=cursor),
        gina.get(f"/mailboxes/{world.gina.mailbox}/sent", cursor=cursor),
        gina.get(f"/mailboxes/{world.gina.mailbox}/inbox", cursor=own),
        ada.get(inbox, cursor=cursor[:-1]),
        ada.get(inbox, cursor=cursor + "A"),
        ada.get(inbox, cursor=cursor + "="),
        ada.get(inbox, cursor=cursor.swapcase()),
        ada.get(inbox, cursor="x"),
    ]
    assert {(answer.status, answer.code) for answer in refused} == {(400, "bad_cursor")}
    assert ada.get(inbox, cursor="").json == ada.get(inbox).json


def test_a_cursor_tells_nothing_but_a_place_one_has_seen(world: World) -> None:
    sent = _fill(world, 26)
    cursor = world.browser(world.ada).get(f"/mailboxes/{world.ada.mailbox}/inbox").json["next_cursor"]
    scope = ("box", world.ada.user.id, world.ada.mailbox, "inbox", "received", "True", "")
    assert open_(cursor, scope) == {"pk": f"BOX#{world.ada.mailbox}#inbox", "sk": sent[24]}


def test_archiving_and_taking_back(world: World) -> None:
    """MSG-3: a message is in one place; where and since when it came stays."""
    sent = _fill(world, 3)
    ada, path = world.browser(world.ada), f"/mailboxes/{world.ada.mailbox}"
    before = ada.get(f"{path}/inbox").json
    moved = ada.put(f"{path}/messages/{sent[1]}/box", {"box": "archived"})
    assert moved.json == {"message_id": sent[1], "box": "archived"}
    assert ada.put(f"{path}/messages/{sent[1]}/box", {"box": "archived"}).status == 200
    assert [row["message_id"] for row in ada.get(f"{path}/inbox").json["items"]] == [sent[0], sent[2]]
    assert [row["message_id"] for row in ada.get(f"{path}/archived").json["items"]] == [sent[1]]
    ada.put(f"{path}/messages/{sent[1]}/box", {"box": "inbox"})
    assert ada.get(f"{path}/inbox").json == before
    assert ada.get(f"{path}/archived").json["items"] == []


def test_what_one_sent_can_not_be_filed(world: World) -> None:
    sent = _fill(world, 1)
    gina = world.browser(world.gina)
    for body in ({"box": "archived"}, {"box": "inbox"}):
        assert gina.put(f"/mailboxes/{world.gina.mailbox}/messages/{sent[0]}/box", body).status == 404
    answer = world.browser(world.ada).put(f"/mailboxes/{world.ada.mailbox}/messages/{sent[0]}/box", {"box": "sent"})
    assert (answer.status, answer.fields) == (422, {("/box", "not_one_of_these")})


@pytest.mark.parametrize("box", ["trash", "Inbox", "INBOX", "inbox ", "threads", "inbox%23x"])
def test_boxes_that_are_none(world: World, box: str) -> None:
    assert world.browser(world.gina).get(f"/mailboxes/{world.gina.mailbox}/{box}").status == 404


def test_what_is_searched_for_stands_in_no_url(world: World) -> None:
    """House rule 6: there it is refused, so that no client begins to do so."""
    browser = world.browser(world.gina)
    for name in ("search", "cursor"):
        place = f"/mailboxes/{world.gina.mailbox}/inbox"
        # As the path of a request, where the tests' browser would move it into a header.
        answer = browser.raw("GET", f"{place}?{name}=x")
        assert (answer.status, answer.fields) == (422, {(f"/{name}", "unknown")})
    answer = browser.send("GET", place, headers={"X-Portal-Search": "%FF"})
    assert answer.fields == {("/search", "characters_not_allowed")}
