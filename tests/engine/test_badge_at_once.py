"""The badge while everybody does everything at the same moment, and the count anew that runs beside it (MSG-4)."""

import random
import threading
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from chalicelib.messages.actions import recounting
from tests import scale
from tests.engine.astray import astray
from tests.engine.together import at_once
from tests.portal import Answer, Browser
from tests.world import Account, World

pytestmark = [pytest.mark.engine, pytest.mark.timeout(scale.size(300, 3_600))]

TOGETHER = 64
REPEATS = scale.repeats(10, 100)
Do = Callable[[], Answer]


class Box(msgspec.Struct):
    """A mailbox that people write to and that several tabs tidy."""

    world: World
    account: Account
    reader: Browser
    writer: Browser
    sent: dict[str, str]
    """Threads by message."""
    withdrawn: set[str] = set()

    def write(self) -> Answer:
        """One more message."""
        body = {"to": [self.account.mailbox], "subject": "S", "text": "T"}
        answer = self.writer.post(f"/mailboxes/{self.world.gina.mailbox}/messages", body)
        self.sent[answer.json["message_id"]] = answer.json["thread_id"]
        return answer

    def withdraw(self, message_id: str) -> Answer:
        """The sender takes a message back (MSG-9)."""
        self.withdrawn.add(message_id)
        path = f"/mailboxes/{self.world.gina.mailbox}/messages/{message_id}/recall"
        return self.writer.post(path, {"thread_id": self.sent[message_id]})

    def tidy(self, chance: random.Random) -> Do:
        """Something that a tab does to one message, or to several together."""
        path = f"/mailboxes/{self.account.mailbox}/messages"
        there = [message_id for message_id in self.sent if message_id not in self.withdrawn]
        one, several = chance.choice(there), chance.sample(there, 5)
        does: list[Do] = [
            lambda: self.reader.put(f"{path}/{one}/read", {"read": True}),
            lambda: self.reader.put(f"{path}/{one}/read", {"read": False}),
            lambda: self.reader.put(f"{path}/{one}/box", {"box": "archived"}),
            lambda: self.reader.put(f"{path}/{one}/box", {"box": "inbox"}),
            lambda: self.reader.send("PATCH", path, {"message_ids": several, "read": True, "box": "archived"}),
            lambda: self.reader.send("PATCH", path, {"message_ids": several, "read": False, "box": "inbox"}),
        ]
        return chance.choice(does)

    def rows(self, box: str) -> list[dict[str, Any]]:
        """All of a box."""
        found: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            page = self.reader.get(f"/mailboxes/{self.account.mailbox}/{box}", cursor=cursor).json
            found, cursor = found + page["items"], page["next_cursor"]
        return found

    def check(self) -> None:
        """Every message is in one place or withdrawn, and the badge says what the inbox shows."""
        inbox, archived = self.rows("inbox"), self.rows("archived")
        there = [row["message_id"] for row in inbox + archived]
        assert len(there) == len({*there})
        assert self.sent.keys() - self.withdrawn <= {*there} <= self.sent.keys()
        assert {row["message_id"] for row in inbox + archived if row["status"] == "withdrawn"} == self.withdrawn & {
            *there
        }
        assert self.badge() == sum(row["unread"] for row in inbox)

    def badge(self) -> int:
        (mailbox,) = self.reader.get("/mailboxes").json["items"]
        return int(mailbox["unread"])


@pytest.fixture
def box(world: World) -> Box:
    account = world.member(world.maple, "Rita Sample")
    made = Box(world, account, world.browser(account), world.browser(world.gina), {})
    for _ in range(12):
        made.write()
    return made


def _burst(box: Box, number: int) -> list[Do]:
    """A quarter of them sends, three take a message back that others are at, the rest tidies."""
    chance = random.Random(number)
    there = [message_id for message_id in box.sent if message_id not in box.withdrawn]
    tidying = [box.tidy(chance) for _ in range(TOGETHER - TOGETHER // 4 - 3)]
    taking = [lambda one=one: box.withdraw(one) for one in chance.sample(there, 3)]
    return [*[box.write] * (TOGETHER // 4), *taking, *tidying]


def test_the_badge_is_exact_after_sixty_four_at_once(box: Box) -> None:
    """MSG-4: sends, reads, unreads, archives, recalls, one by one and together; who comes second is told."""
    done = set()
    for number in range(REPEATS):
        answers = at_once(_burst(box, number))
        done |= {answer.status for answer in answers}
        # Late: a colleague was faster, or the message was withdrawn.
        late = {(answer.status, answer.code) for answer in answers if answer.status >= 400}
        assert late <= {(409, "changed_meanwhile"), (404, "not_found")}
        box.check()
    assert {200, 201} <= done


def test_counting_anew_beside_sixty_four_writers_changes_nothing_that_is_right(box: Box) -> None:
    """MSG-4: a count that is overtaken sets nothing, and finds what was wrong from before."""
    for number in range(scale.repeats(3, 100)):
        astray(box.account.mailbox, 5 - number)
        over = threading.Event()

        def count(over: threading.Event = over) -> None:
            while not over.is_set():
                recounting.recount(box.account.mailbox, box.world.maple.id, box.world.time.now)

        counting = threading.Thread(target=count)
        counting.start()
        at_once(_burst(box, number))
        over.set()
        counting.join()
        recounting.recount(box.account.mailbox, box.world.maple.id, box.world.time.now)
        box.check()
