"""The badge: exactly the unread messages in the inbox, whatever happened in whichever order (MSG-4)."""

from typing import Literal, get_args

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import later, scale
from tests.core.line import Line
from tests.portal import Browser
from tests.world import Account, World

pytestmark = pytest.mark.engine

Step = Literal["send", "read", "unread", "archive", "unarchive"]
STEPS: tuple[Step, ...] = get_args(Step)
_BODIES: dict[Step, tuple[str, dict[str, object]]] = {
    "read": ("read", {"read": True}),
    "unread": ("read", {"read": False}),
    "archive": ("box", {"box": "archived"}),
    "unarchive": ("box", {"box": "inbox"}),
}


class Kept(msgspec.Struct):
    """What a plain list would remember of one message."""

    id: str
    unread: bool = True
    archived: bool = False


class Shelf:
    """A mailbox, and beside it the plain list that it must agree with."""

    def __init__(self, world: World, reader: Account) -> None:
        self.world = world
        self.reader = reader
        self.browser: Browser = world.browser(reader)
        self.writer: Browser = world.browser(world.gina)
        self.kept: list[Kept] = []

    def do(self, step: Step, place: int) -> None:
        if step == "send" or not self.kept:
            body = {"to": [self.reader.mailbox], "subject": "S", "text": "T"}
            self.world.time.advance(seconds=1)
            sent = self.writer.post(f"/mailboxes/{self.world.gina.mailbox}/messages", body)
            self.kept.insert(0, Kept(sent.json["message_id"]))
            return
        kept = self.kept[place % len(self.kept)]
        what, to = _BODIES[step]
        assert self.browser.put(f"/mailboxes/{self.reader.mailbox}/messages/{kept.id}/{what}", to).status == 200
        if what == "read":
            kept.unread = step == "unread"
        else:
            kept.archived = step == "archive"

    def check(self) -> None:
        assert self.unread() == sum(kept.unread and not kept.archived for kept in self.kept)
        for box, archived in (("inbox", False), ("archived", True)):
            rows = self.browser.get(f"/mailboxes/{self.reader.mailbox}/{box}").json["items"]
            wanted = [(kept.id, kept.unread) for kept in self.kept if kept.archived is archived]
            assert [(row["message_id"], row["unread"]) for row in rows] == wanted

    def unread(self) -> int:
        mailbox = self.browser.get("/mailboxes").json["items"][0]
        return int(mailbox["unread"])


@settings(
    max_examples=scale.repeats(15, 150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), max_size=14))
def test_any_order_of_reading_and_filing(world: World, steps: list[tuple[Step, int]]) -> None:
    """MSG-4, against a plain list: after each step the badge, after all the boxes."""
    reader = world.member(world.maple, f"Reader {world.number()}")
    shelf = Shelf(world, reader)
    for step, place in steps:
        shelf.do(step, place)
        assert shelf.unread() == sum(kept.unread and not kept.archived for kept in shelf.kept)
    shelf.check()


def test_every_pair_of_steps_from_every_state(world: World) -> None:
    """MSG-4: the four steps, each after each, on a message that was or wasn't read and filed before."""
    shelf = Shelf(world, world.ada)
    shelf.do("send", 0)
    for first in STEPS[1:]:
        for second in STEPS[1:]:
            for step in (first, second, second):
                shelf.do(step, 0)
                shelf.check()


def test_nought_is_told_as_nought(world: World) -> None:
    """MSG-4."""
    assert world.browser(world.gina).get("/mailboxes").json == {
        "items": [{"id": world.gina.mailbox, "name": "Gina Sample", "kind": "membership", "unread": 0}]
    }


def test_departments_count_apart(world: World) -> None:
    """MSG-4, MSG-6: one shared count for all agents of a department."""
    edith = world.agent("Edith Fictional", world.credentialing, world.eligibility)
    gina = world.browser(world.gina)
    for department in (world.credentialing, world.credentialing, world.eligibility):
        body = {"to": [department.id], "subject": "S", "text": "T"}
        gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body)
    both = world.browser(edith)
    assert [(item["name"], item["unread"]) for item in both.get("/mailboxes").json["items"]] == [
        ("Credentialing Team", 2),
        ("Eligibility and Enrollment Team", 1),
    ]
    ada = world.browser(world.ada)
    message = ada.get(f"/mailboxes/{world.credentialing.id}/inbox").json["items"][0]["message_id"]
    ada.put(f"/mailboxes/{world.credentialing.id}/messages/{message}/read", {"read": True})
    assert [item["unread"] for item in both.get("/mailboxes").json["items"]] == [1, 1]


def test_listing_and_opening_do_not_read(world: World) -> None:
    """MSG-5: the portal says when a person has opened a message."""
    shelf = Shelf(world, world.ada)
    shelf.do("send", 0)
    thread = shelf.browser.get(f"/mailboxes/{world.ada.mailbox}/inbox").json["items"][0]["thread_id"]
    shelf.browser.get(f"/mailboxes/{world.ada.mailbox}/threads/{thread}")
    assert shelf.unread() == 1


def test_a_mark_that_comes_second_changes_nothing(world: World, line: Line) -> None:
    """Two tabs read the same message at once: both are right, it counts once."""
    shelf = Shelf(world, world.ada)
    shelf.do("send", 0)
    line.before_transaction(lambda: shelf.do("read", 0))
    shelf.do("read", 0)
    shelf.check()


def test_a_message_that_was_filed_meanwhile_is_not_read_where_it_was(world: World, line: Line) -> None:
    """One tab archives while the other reads: the second is told, the badge stays exact."""
    shelf = Shelf(world, world.ada)
    shelf.do("send", 0)
    line.before_transaction(lambda: shelf.do("archive", 0))
    path = f"/mailboxes/{world.ada.mailbox}/messages/{shelf.kept[0].id}/read"
    answer = shelf.browser.put(path, {"read": True})
    assert (answer.status, answer.code) == (409, "changed_meanwhile")
    shelf.check()


def test_who_is_moved_away_leaves_the_count_to_the_department(world: World) -> None:
    shelf = Shelf(world, world.ada)
    shelf.do("send", 0)
    later.move(world.ada, world.eligibility)
    assert shelf.unread() == 0
    later.move(world.ada, world.credentialing)
    assert shelf.unread() == 1
