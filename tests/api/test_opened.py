"""What has been read: whatever somebody had before their eyes, also when no page says so (MSG-5, MSG-7, MSG-9)."""

from typing import Any

import pytest

from tests import belongings
from tests.core.line import Line
from tests.portal import Answer
from tests.world import World

pytestmark = pytest.mark.usefixtures("post")

ACTS = ("open", "print", "download", "answer", "forward")


class Mail:
    """Gina writes to Amy, with a file."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = {"Gina": world.gina, "Amy": world.member(world.maple, "Amy Sample")}
        self.browsers = {name: world.browser(person) for name, person in self.people.items()}
        self.file = belongings.ready(world.gina)
        self.sent = world.write(world.gina, self.people["Amy"], upload_ids=[self.file])
        self.thread = f"threads/{self.sent['thread_id']}"
        self.message = f"messages/{self.sent['message_id']}"
        world.time.advance(minutes=1)

    def path(self, name: str, rest: str) -> str:
        return f"/mailboxes/{self.people[name].mailbox}/{rest}"

    def do(self, act: str) -> Answer:
        """Amy does something that shows her the message."""
        amy, thread = self.browsers["Amy"], self.path("Amy", self.thread)
        if act == "open":
            return amy.get(thread)
        if act == "print":
            return amy.post(f"{thread}/prints", {})
        if act == "download":
            return amy.get(f"{thread}/{self.message}/attachments/{self.file}")
        if act == "answer":
            return amy.post(f"{thread}/replies", {"message_id": self.sent["message_id"], "text": "Thanks."})
        return amy.post(f"{thread}/{self.message}/forward", {"to": [self.people["Gina"].mailbox]})

    def put(self, what: str, **body: object) -> Answer:
        return self.browsers["Amy"].put(self.path("Amy", f"{self.message}/{what}"), dict(body))

    def recall(self) -> Any:
        answer = self.browsers["Gina"].post(
            self.path("Gina", f"{self.message}/recall"), {"thread_id": self.sent["thread_id"]}
        )
        assert answer.status == 200, answer.text
        return answer.json

    def read_at(self) -> str | None:
        """As Gina sees it."""
        receipts = self.browsers["Gina"].get(self.path("Gina", f"{self.message}/receipts")).json
        (item,) = receipts["items"]
        found: str | None = item["read_at"]
        return found

    @property
    def row(self) -> dict[str, Any]:
        """Amy's."""
        rows = [self.browsers["Amy"].get(self.path("Amy", box)).json["items"] for box in ("inbox", "archived")]
        ((row,),) = [each for each in rows if each]
        return dict(row)

    @property
    def badge(self) -> int:
        return int(self.browsers["Amy"].get("/mailboxes").json["items"][0]["unread"])


@pytest.fixture
def mail(world: World) -> Mail:
    return Mail(world)


@pytest.mark.parametrize("act", ACTS)
def test_who_had_it_before_their_eyes_has_read_it(mail: Mail, act: str) -> None:
    """MSG-7, MSG-9: since the first time; the row stays unread and counts until its reader says otherwise (MSG-4)."""
    assert mail.read_at() is None
    assert mail.do(act).status in (200, 201, 204)
    first = "2026-03-02T15:01:00Z"
    assert (mail.read_at(), mail.row["unread"], mail.badge) == (first, True, 1)
    mail.world.time.advance(minutes=1)
    assert mail.do(act).status in (200, 201, 204)
    assert mail.put("box", box="archived").status == mail.put("read", read=True).status == 200
    assert (mail.read_at(), mail.row["unread"], mail.badge) == (first, False, 0)
    assert mail.recall() == {"withdrawn": 0, "read": ["Amy Sample"], "work_id": None}
    assert mail.row["status"] == "withdrawn"


@pytest.mark.parametrize("act", ACTS)
def test_withdrawn_right_before_it_is_shown(mail: Mail, line: Line, act: str) -> None:
    """MSG-9: either it was read, or nobody sees it."""
    line.before_transaction(lambda: _is(mail.recall(), {"withdrawn": 1, "read": [], "work_id": None}))
    refused = mail.do(act)
    assert (refused.status, refused.code) == (404, "not_found")
    assert (mail.browsers["Amy"].get(mail.path("Amy", "inbox")).json["items"], mail.badge) == ([], 0)


@pytest.mark.parametrize("act", ACTS)
def test_read_right_before_it_is_withdrawn(mail: Mail, line: Line, act: str) -> None:
    """MSG-9."""
    line.before_transaction(lambda: _is(mail.do(act).status in (200, 201, 204), wanted=True))
    assert mail.recall() == {"withdrawn": 0, "read": ["Amy Sample"], "work_id": None}


@pytest.mark.parametrize(
    ("what", "body"), [("read", {"read": True}), ("box", {"box": "archived"})], ids=["marked", "filed"]
)
def test_opened_right_before_it_is_filed(mail: Mail, line: Line, what: str, body: dict[str, object]) -> None:
    """MSG-3, MSG-5: that is no reason to refuse it, and doesn't get lost."""
    line.before_transaction(lambda: _is(mail.do("open").status, 200))
    mail.world.time.advance(seconds=1)
    assert mail.put(what, **body).status == 200
    assert (mail.read_at(), mail.badge) == ("2026-03-02T15:01:01Z", 0)


def _is(found: object, wanted: object) -> None:
    assert found == wanted
