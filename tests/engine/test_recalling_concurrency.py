"""Withdrawing while others read, file and answer: a copy was read and stays, or is gone; badges are exact (MSG-9)."""

from collections.abc import Callable
from typing import Any

import pytest

from tests import scale
from tests.engine.together import at_once
from tests.portal import Answer, Browser
from tests.world import Account, World

pytestmark = pytest.mark.engine

Act = Callable[[], Answer]


class Mail:
    """Gina writes to two colleagues and a department."""

    def __init__(self, world: World) -> None:
        self.world = world
        amy, ben = world.member(world.maple, "Amy Sample"), world.member(world.maple, "Ben Sample")
        self.people: dict[str, Account] = {"Amy": amy, "Ben": ben, "Ada": world.ada, "Gina": world.gina}
        self.browsers: dict[str, Browser] = {name: world.browser(one) for name, one in self.people.items()}
        self.sent: dict[str, str] = {}

    def send(self) -> None:
        self.world.time.advance(seconds=1)
        to = [self.people[name].mailbox for name in ("Amy", "Ben", "Ada")]
        body = {"to": to, "subject": "S", "text": "T"}
        self.sent = self.browsers["Gina"].post(self.path("Gina", "messages"), body).json

    def path(self, name: str, rest: str) -> str:
        return f"/mailboxes/{self.people[name].mailbox}/{rest}"

    def recall(self) -> Answer:
        path = self.path("Gina", f"messages/{self.sent['message_id']}/recall")
        return self.browsers["Gina"].post(path, {"thread_id": self.sent["thread_id"]})

    def put(self, name: str, what: str, **body: Any) -> Act:
        path = self.path(name, f"messages/{self.sent['message_id']}/{what}")
        return lambda: self.browsers[name].put(path, body)

    def reply(self, name: str) -> Answer:
        path = self.path(name, f"threads/{self.sent['thread_id']}/replies")
        body = {"message_id": self.sent["message_id"], "text": "Answer.", "all": True}
        return self.browsers[name].post(path, body)

    def copy(self, name: str) -> dict[str, Any] | None:
        """The row that somebody has of the message, if they have it still."""
        rows = [row for box in ("inbox", "archived") for row in self._rows(name, box)]
        return next((row for row in rows if row["message_id"] == self.sent["message_id"]), None)

    def badge_is_exact(self, name: str) -> bool:
        unread = self.browsers[name].get("/mailboxes").json["items"][0]["unread"]
        return bool(unread == sum(row["unread"] for row in self._rows(name, "inbox")))

    def _rows(self, name: str, box: str) -> list[dict[str, Any]]:
        rows, cursor = [], ""
        while True:
            page = self.browsers[name].get(self.path(name, box), cursor=cursor).json
            rows += page["items"]
            cursor = page["next_cursor"]
            if not cursor:
                return rows

    def opens(self, name: str) -> bool:
        """Whether somebody may still read the message."""
        thread = self.browsers[name].get(self.path(name, f"threads/{self.sent['thread_id']}"))
        if thread.status == 404:
            return False
        return self.sent["message_id"] in {message["id"] for message in thread.json["messages"]}


@pytest.fixture
def mail(world: World) -> Mail:
    return Mail(world)


def test_recalled_while_others_read_and_file(mail: Mail) -> None:
    """MSG-9, MSG-4: whoever was told that they read it has it, marked; from all others it is gone."""
    for _ in range(scale.repeats(10, 100)):
        mail.send()
        acts = [
            mail.recall,
            mail.put("Amy", "read", read=True),
            mail.put("Ben", "box", box="archived"),
            mail.put("Ada", "read", read=True),
            mail.put("Ben", "read", read=True),
        ]
        recalled, amy, filed, ada, ben = at_once(acts)
        assert recalled.status == 200, recalled.text
        assert {answer.status for answer in (amy, filed, ada, ben)} <= {200, 404, 409}
        kept = {name: mail.copy(name) for name in ("Amy", "Ben", "Ada")}
        names = {"Amy": "Amy Sample", "Ben": "Ben Sample", "Ada": "Credentialing Team"}
        assert recalled.json["withdrawn"] == sum(copy is None for copy in kept.values())
        assert set(recalled.json["read"]) == {names[name] for name, copy in kept.items() if copy is not None}
        for name, answer in (("Amy", amy), ("Ben", ben), ("Ada", ada)):
            copy = kept[name]
            assert (copy is not None) == (answer.status == 200)
            assert copy is None or (copy["status"], copy["unread"]) == ("withdrawn", False)
            assert mail.opens(name) == (copy is not None)
            assert mail.badge_is_exact(name)


def test_recalled_while_it_is_marked_to_and_fro(mail: Mail) -> None:
    """MSG-9: what was ever read stays, also when it is unread at this moment."""
    for _ in range(scale.repeats(10, 100)):
        mail.send()
        doings = [mail.put("Amy", "read", read=read) for read in (True, False, True, False)]

        def to_and_fro(doings: list[Act] = doings) -> Answer:
            first, *_ = [doing() for doing in doings]
            return first

        recalled, first = at_once([mail.recall, to_and_fro])
        assert recalled.status == 200, recalled.text
        copy = mail.copy("Amy")
        assert (copy is not None) == (first.status == 200)
        assert copy is None or copy["status"] == "withdrawn"
        assert mail.badge_is_exact("Amy")


def test_recalled_twice_at_once(mail: Mail) -> None:
    """MSG-9: once."""
    for _ in range(scale.repeats(10, 100)):
        mail.send()
        answers = at_once([mail.recall] * 3)
        assert sorted(answer.status for answer in answers) == [200, 409, 409]
        assert {answer.code for answer in answers if answer.status == 409} == {"already_withdrawn"}
        assert all(mail.badge_is_exact(name) for name in ("Amy", "Ben", "Ada"))


def test_recalled_while_an_answer_comes_to_the_department(mail: Mail) -> None:
    """MSG-6, MSG-9: the department goes on with the answer, whichever came first."""
    for _ in range(scale.repeats(10, 100)):
        mail.send()
        assert mail.put("Amy", "read", read=True)().status == 200
        mail.world.time.advance(seconds=1)
        recalled, answer = at_once([mail.recall, lambda: mail.reply("Amy")])
        assert recalled.status == 200, recalled.text
        assert answer.status == 201, answer.text
        path = mail.path("Ada", f"conversations/{mail.sent['thread_id']}")
        found = mail.browsers["Ada"].get(path)
        assert found.status == 200
        assert found.json["conversation"]["state"] == "waiting"
        assert (mail.opens("Ada"), mail.copy("Ada")) == (False, None)
        assert mail.badge_is_exact("Ada")
