"""Withdrawing a message: unread copies go, read ones are marked, the sender sees who read (MSG-9)."""

from typing import Any

import pytest

from tests import belongings, later, stored, works
from tests.desks import Desk
from tests.portal import Answer, Browser
from tests.world import World

Sent = dict[str, str]


class Mail:
    """Gina writes to three colleagues and to Credentialing."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = {name: world.member(world.maple, f"{name} Sample") for name in ("Amy", "Ben", "Cleo")}
        self.people |= {"Gina": world.gina, "Ada": world.ada}
        self.browsers: dict[str, Browser] = {name: world.browser(one) for name, one in self.people.items()}
        self.file = belongings.ready(world.gina)
        others = [self.people[name] for name in ("Amy", "Ben", "Cleo", "Ada")]
        self.sent = world.write(world.gina, *others, upload_ids=[self.file])
        world.time.advance(minutes=1)

    def path(self, name: str, rest: str) -> str:
        return f"/mailboxes/{self.people[name].mailbox}/{rest}"

    def mark(self, name: str, *, read: bool = True) -> Answer:
        return self.browsers[name].put(self.path(name, f"messages/{self.sent['message_id']}/read"), {"read": read})

    def archive(self, name: str) -> Answer:
        path = self.path(name, f"messages/{self.sent['message_id']}/box")
        return self.browsers[name].put(path, {"box": "archived"})

    def recall(self, name: str = "Gina", sent: Sent | None = None, key: str | None = None) -> Answer:
        of = sent or self.sent
        path = self.path(name, f"messages/{of['message_id']}/recall")
        return self.browsers[name].post(path, {"thread_id": of["thread_id"]}, key)

    def rows(self, name: str) -> list[dict[str, Any]]:
        found = [self.browsers[name].get(self.path(name, box)).json["items"] for box in ("inbox", "archived", "sent")]
        return [row for rows in found for row in rows]

    def unread(self, name: str) -> int:
        return int(self.browsers[name].get("/mailboxes").json["items"][0]["unread"])

    def thread(self, name: str) -> Answer:
        return self.browsers[name].get(self.path(name, f"threads/{self.sent['thread_id']}"))


@pytest.fixture
def mail(world: World) -> Mail:
    return Mail(world)


def test_unread_copies_go_and_read_ones_are_marked(mail: Mail) -> None:
    """MSG-9, MSG-4: badges fall with the rows; who had read it goes on reading it."""
    mail.mark("Amy")
    mail.archive("Cleo")
    answer = mail.recall()
    assert (answer.status, answer.json) == (200, {"withdrawn": 3, "read": ["Amy Sample"], "work_id": None})
    for name in ("Ben", "Cleo", "Ada"):
        assert (mail.rows(name), mail.unread(name)) == ([], 0)
        assert mail.thread(name).status == 404
    (row,) = mail.rows("Amy")
    assert (row["status"], row["unread"]) == ("withdrawn", False)
    (message,) = mail.thread("Amy").json["messages"]
    assert (message["text"], message["withdrawn_at"]) == ("T", "2026-03-02T15:01:00Z")
    (own,) = mail.rows("Gina")
    assert own["status"] == "withdrawn"
    assert mail.thread("Gina").json["messages"][0]["withdrawn_at"] is not None


def test_what_was_marked_unread_again_was_read(mail: Mail) -> None:
    """MSG-9: it stays, marked, and counts on the badge as before."""
    mail.mark("Amy")
    mail.mark("Amy", read=False)
    assert mail.recall().json["read"] == ["Amy Sample"]
    (row,) = mail.rows("Amy")
    assert (row["status"], row["unread"], mail.unread("Amy")) == ("withdrawn", True, 1)
    assert mail.mark("Amy").json["unread"] is False
    assert mail.unread("Amy") == 0
    assert mail.rows("Amy")[0]["status"] == "withdrawn"


def test_files_and_answers_of_what_went(mail: Mail) -> None:
    """MSG-9, S-AZ-11: nothing of it opens any more to whom it went past; to who had read it, it does."""
    mail.mark("Amy")
    message = f"threads/{mail.sent['thread_id']}/messages/{mail.sent['message_id']}"
    link = f"{message}/attachments/{mail.file}"
    assert mail.browsers["Amy"].get(mail.path("Amy", link)).status == 200
    mail.recall()
    reply = {"message_id": mail.sent["message_id"], "text": "Why?"}
    for name, status in (("Ben", 404), ("Amy", 200)):
        assert mail.browsers[name].get(mail.path(name, link)).status == status
    answer = mail.browsers["Ben"].post(mail.path("Ben", f"threads/{mail.sent['thread_id']}/replies"), reply)
    assert answer.status == 404
    to = {"to": [mail.people["Ben"].mailbox]}
    refused = mail.browsers["Amy"].post(mail.path("Amy", f"{message}/forward"), to)
    assert (refused.status, refused.code) == (409, "message_withdrawn")
    assert mail.browsers["Gina"].post(mail.path("Gina", f"{message}/forward"), to).status == 201


def test_only_by_its_sender_and_once(mail: Mail) -> None:
    """MSG-9: by the mailbox that sent it; again it is refused, unless it is the same request."""
    before = stored.business()
    assert mail.recall("Amy").status == 404
    aside = mail.world.write(mail.people["Amy"], mail.people["Ben"])
    assert mail.recall("Gina", aside).status == 404
    assert mail.recall("Gina", {**mail.sent, "thread_id": aside["thread_id"]}).status == 404
    first = mail.recall(key="the-key-of-a-recall")
    assert first.json == {"withdrawn": 4, "read": [], "work_id": None}
    assert mail.recall(key="the-key-of-a-recall").text == first.text
    again = mail.recall()
    assert (again.status, again.code) == (409, "already_withdrawn")
    assert before != stored.business()


def test_a_department_takes_back_for_all_its_agents(world: World) -> None:
    """MSG-6, MSG-9: whoever of them does it."""
    sent = world.write(world.ada, world.agent("Edith Fictional", world.eligibility))
    other = world.browser(world.agent("Olga Fictional", world.credentialing))
    path = f"/mailboxes/{world.credentialing.id}/messages/{sent['message_id']}/recall"
    answer = other.post(path, {"thread_id": sent["thread_id"]})
    assert (answer.status, answer.json) == (200, {"withdrawn": 1, "read": [], "work_id": None})


def test_a_department_waits_no_more_for_what_was_withdrawn(mail: Mail) -> None:
    """MSG-6, MSG-9: a conversation with nothing left in it goes; one that was answered before stays as it was."""
    waiting = mail.path("Ada", "conversations")
    assert len(mail.browsers["Ada"].get(waiting, state="waiting").json["items"]) == 1
    mail.recall()
    assert mail.browsers["Ada"].get(waiting, state="waiting").json["items"] == []
    assert mail.browsers["Ada"].get(f"{waiting}/{mail.sent['thread_id']}").status == 404
    again = mail.world.write(mail.world.gina, mail.world.ada)
    mail.world.time.advance(minutes=1)
    mail.browsers["Ada"].post(
        mail.path("Ada", f"threads/{again['thread_id']}/replies"),
        {"message_id": again["message_id"], "text": "Answer."},
    )
    mail.world.time.advance(minutes=1)
    more = mail.browsers["Gina"].post(
        mail.path("Gina", f"threads/{again['thread_id']}/replies"),
        {"message_id": again["message_id"], "text": "More."},
    )
    assert mail.browsers["Ada"].get(f"{waiting}/{again['thread_id']}").json["conversation"]["state"] == "waiting"
    assert mail.recall(sent=more.json).json["withdrawn"] == 1
    assert mail.browsers["Ada"].get(f"{waiting}/{again['thread_id']}").json["conversation"]["state"] == "answered"


def test_an_answer_to_what_is_left_is_an_answer(world: World) -> None:
    """MSG-6, MSG-9: a department doesn't go on waiting for a message that nobody can see any more."""
    desk = Desk(world)
    first = desk.write(world.gina)
    more = desk.reply(world.gina, first).json
    path = f"/mailboxes/{world.gina.mailbox}/messages/{more['message_id']}/recall"
    assert desk.browser(world.gina).post(path, {"thread_id": first["thread_id"]}).json["withdrawn"] == 1
    assert desk.reply(world.ada, first, seen_message_id=first["message_id"]).status == 201
    assert desk.conversation(first)["state"] == "answered"


def test_from_a_few_in_a_group_it_is_withdrawn_at_once_from_many_by_a_work(world: World) -> None:
    """MSG-9: as far as one transaction goes; the work is in `tests/engine/test_large_recalls.py`."""
    few = [world.member(world.birch, f"Few Specimen {number}") for number in range(3)]
    ada = world.browser(world.ada)
    box = f"/mailboxes/{world.credentialing.id}"
    body: dict[str, Any] = {"to": [], "subject": "S", "text": "T"}

    def to_everybody(organization_id: str) -> Answer:
        groups = [{"kind": "everybody", "organization_id": organization_id}]
        sent = ada.post(f"{box}/messages", {**body, "groups": groups})
        assert sent.status == 201, sent.text
        return ada.post(f"{box}/messages/{sent.json['message_id']}/recall", {"thread_id": sent.json["thread_id"]})

    answer = to_everybody(world.birch.id)
    assert answer.json == {"withdrawn": 4, "read": [], "work_id": None}
    for account in [*few, world.peter]:
        assert world.browser(account).get(f"/mailboxes/{account.mailbox}/inbox").json["items"] == []
    for number in range(47):
        world.member(world.maple, f"Many Sample {number}")
    answer = to_everybody(world.maple.id)
    assert (answer.status, answer.json["withdrawn"]) == (200, 0)
    assert len(stored.records("message.withdrawn")) == 2
    works.carry_all()
    gina = world.browser(world.gina)
    assert gina.get(f"/mailboxes/{world.gina.mailbox}/inbox").json["items"] == []
    assert gina.get("/mailboxes").json["items"][0]["unread"] == 0


def test_to_as_many_as_one_transaction_takes(world: World) -> None:
    """MSG-9: forty-six copies at once."""
    dale = world.organization("000000003", "Dale Example Clinic")
    for number in range(45):
        world.member(dale, f"Mem Specimen {number}")
    ada = world.browser(world.ada)
    box = f"/mailboxes/{world.credentialing.id}"
    groups = [{"kind": "everybody", "organization_id": dale.id}]
    sent = ada.post(f"{box}/messages", {"to": [], "groups": groups, "subject": "S", "text": "T"}).json
    answer = ada.post(f"{box}/messages/{sent['message_id']}/recall", {"thread_id": sent["thread_id"]})
    assert (answer.status, answer.json) == (200, {"withdrawn": 45, "read": [], "work_id": None})


def test_who_left_meanwhile_has_it_no_more_either(mail: Mail) -> None:
    later.set_status(mail.people["Ben"], "removed")
    assert mail.recall().json["withdrawn"] == 4


def test_a_record_says_from_whom(mail: Mail) -> None:
    """MSG-10, AUD-4: ids only."""
    mail.mark("Amy")
    mail.recall()
    (record,) = stored.records("message.withdrawn")
    assert record.object_id == mail.sent["message_id"]
    assert record.after is not None
    assert record.after["read"] == [mail.people["Amy"].mailbox]
    assert set(record.after["withdrawn"]) == {mail.people[name].mailbox for name in ("Ben", "Cleo", "Ada")}
