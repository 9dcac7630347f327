"""Answering in a thread (MSG-5): to whom it goes, who sees what."""

from typing import Any

import pytest

from tests import later, stored
from tests.portal import Answer
from tests.world import World

Sent = dict[str, Any]


class Office:
    """The people of one practice, with their browsers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = {name: world.member(world.maple, f"{name} Sample") for name in ("Amy", "Ben", "Cleo", "Dan")}
        self.people |= {"Gina": world.gina, "Ada": world.ada}
        self.browsers = {name: world.browser(person) for name, person in self.people.items()}

    def send(self, name: str, to: list[str], cc: list[str] = []) -> Sent:  # noqa: B006 - only read
        """Somebody writes to people (and `Ada`'s department)."""
        ids = {person: account.mailbox for person, account in self.people.items()}
        body = {"to": [ids[one] for one in to], "cc": [ids[one] for one in cc], "subject": "Topic", "text": "First."}
        answer = self.browsers[name].post(f"{self.path(name)}/messages", body)
        assert answer.status == 201, answer.text
        return dict(answer.json)

    def reply(self, name: str, sent: Sent, **body: object) -> Answer:
        self.world.time.advance(seconds=1)
        path = f"{self.path(name)}/threads/{sent['thread_id']}/replies"
        return self.browsers[name].post(path, {"message_id": sent["message_id"], "text": "Answer.", **body})

    def newest(self, name: str, sent: Sent) -> dict[str, Any]:
        """The newest message somebody sees in the thread."""
        return dict(self.thread(name, sent).json["messages"][0])

    def thread(self, name: str, sent: Sent) -> Answer:
        return self.browsers[name].get(f"{self.path(name)}/threads/{sent['thread_id']}")

    def path(self, name: str) -> str:
        return f"/mailboxes/{self.people[name].mailbox}"


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def _names(parties: list[dict[str, str]]) -> list[str]:
    return [party["name"].split()[0] for party in parties]


def test_an_answer_goes_to_the_sender(office: Office) -> None:
    """MSG-5, MSG-1: who had the first message but not the answer does not see the answer."""
    sent = office.send("Gina", ["Ada", "Amy"], ["Ben"])
    reply = office.reply("Amy", sent)
    assert reply.json.keys() == {"message_id", "thread_id", "undelivered", "work_id"}
    assert (reply.json["thread_id"], reply.json["undelivered"]) == (sent["thread_id"], [])
    message = office.newest("Gina", sent)
    assert (message["from"]["name"], _names(message["to"]), message["cc"]) == ("Amy Sample", ["Gina"], [])
    for name in ("Ada", "Ben"):
        assert [seen["id"] for seen in office.thread(name, sent).json["messages"]] == [sent["message_id"]]


def test_an_answer_to_everyone(office: Office) -> None:
    sent = office.send("Gina", ["Ada", "Amy"], ["Ben"])
    assert office.reply("Ada", sent, all=True).status == 201
    for name in ("Gina", "Amy", "Ben"):
        message = office.newest(name, sent)
        assert message["from"] == {
            "id": office.people["Ada"].mailbox,
            "kind": "department",
            "name": "Credentialing Team",
        }
        assert (_names(message["to"]), _names(message["cc"])) == (["Gina", "Amy"], ["Ben"])


def test_an_answer_to_ones_own_message(office: Office) -> None:
    sent = office.send("Gina", ["Amy"], ["Ben"])
    office.reply("Gina", sent)
    assert office.newest("Amy", sent)["text"] == "Answer."
    assert office.newest("Ben", sent)["text"] == "First."
    office.reply("Gina", sent, all=True)
    assert office.newest("Ben", sent)["text"] == "Answer."


def test_the_subject_and_the_organization_stay(office: Office) -> None:
    """MSG-1: a thread holds at most one organization."""
    sent = office.send("Gina", ["Ada"])
    office.reply("Ada", sent, urgent=True)
    thread = office.thread("Gina", sent).json
    assert (thread["subject"], thread["organization"]["name"]) == ("Topic", "Maple Example Clinic")
    assert [message["urgent"] for message in thread["messages"]] == [True, False]


def test_departments_among_themselves_have_no_organization(office: Office) -> None:
    world = office.world
    body = {"to": [world.internal.id], "subject": "S", "text": "T"}
    sent = office.browsers["Ada"].post(f"{office.path('Ada')}/messages", body).json
    assert office.thread("Ada", sent).json["organization"] is None


def test_who_left_is_named_and_the_others_get_it(office: Office) -> None:
    """MSG-7: not delivered to someone disabled or removed, and the sender is told."""
    sent = office.send("Gina", ["Amy", "Cleo"], ["Ben", "Dan"])
    later.set_status(office.people["Cleo"], "disabled")
    later.set_status(office.people["Ben"], "removed")
    later.set_status(office.people["Dan"], "inactive")
    reply = office.reply("Amy", sent, all=True)
    gone = {office.people["Cleo"].mailbox, office.people["Ben"].mailbox}
    assert (reply.status, set(reply.json["undelivered"])) == (201, gone)
    message = office.newest("Gina", sent)
    assert (_names(message["to"]), _names(message["cc"])) == (["Gina"], ["Dan"])
    later.set_status(office.people["Ben"], "active")
    assert [message["id"] for message in office.thread("Ben", sent).json["messages"]] == [sent["message_id"]]


def test_when_only_cc_is_left_it_goes_to_them(office: Office) -> None:
    sent = office.send("Gina", ["Amy"], ["Ben"])
    later.set_status(office.people["Amy"], "disabled")
    assert office.reply("Gina", sent, all=True).status == 201
    message = office.newest("Ben", sent)
    assert (_names(message["to"]), message["cc"]) == (["Ben"], [])


@pytest.mark.parametrize("everyone", [True, False])
def test_when_nobody_is_left(office: Office, everyone: bool) -> None:
    """MSG-5: recipients are checked anew."""
    sent = office.send("Gina", ["Amy"])
    later.set_status(office.people["Gina"], "removed")
    answer = office.reply("Amy", sent, all=everyone)
    assert (answer.status, answer.fields) == (422, {("/message_id", "recipient_left")})


def test_a_retired_department_gets_no_answers(office: Office) -> None:
    sent = office.send("Gina", ["Ada"])
    office.reply("Ada", sent)
    answered = office.newest("Gina", sent)
    later.retire(office.world.credentialing)
    answer = office.reply("Gina", {**sent, "message_id": answered["id"]})
    assert answer.fields == {("/message_id", "recipient_left")}


def test_one_can_only_answer_what_one_may_read(office: Office, world: World) -> None:
    """S-AZ-10: a message of the thread that went past me, of another thread, of nobody: not there."""
    sent = office.send("Gina", ["Amy", "Ben"])
    aside = office.reply("Amy", sent).json
    other = office.send("Gina", ["Dan"])
    for name, message_id in (
        ("Ben", aside["message_id"]),
        ("Ben", other["message_id"]),
        ("Gina", other["message_id"]),
        ("Gina", "msg_00000000000000000000000000"),
        ("Dan", sent["message_id"]),
    ):
        answer = office.reply(name, {**sent, "message_id": message_id})
        assert (answer.status, answer.code) == (404, "not_found")


def test_an_answer_takes_files_along_and_is_sent_once(office: Office) -> None:
    """MSG-7."""
    sent = office.send("Gina", ["Amy"])
    path = f"{office.path('Amy')}/threads/{sent['thread_id']}/replies"
    body = {"message_id": sent["message_id"], "text": "Answer."}
    answers = [office.browsers["Amy"].post(path, body, "the-key-of-an-answer") for _ in range(2)]
    assert answers[0].text == answers[1].text
    assert len(office.thread("Gina", sent).json["messages"]) == 2


def test_a_reply_checks_its_own_fields(office: Office) -> None:
    sent = office.send("Gina", ["Amy"])
    assert office.reply("Amy", sent, text="").fields == {("/text", "required")}
    assert office.reply("Amy", sent, to=[office.people["Ben"].mailbox]).fields == {("/to", "unknown")}
    assert office.reply("Amy", sent, subject="Other").fields == {("/subject", "unknown")}


def test_an_answer_to_more_than_ten_is_refused_and_says_what_to_do(office: Office) -> None:
    """MSG-7: a member addresses ten, also by answering everybody; the department, which picks twenty, may."""
    world = office.world
    crowd = [office.people[name].mailbox for name in ("Gina", "Amy", "Ben", "Cleo", "Dan")]
    crowd += [world.member(world.maple, f"More Sample {number}").mailbox for number in range(6)]
    body = {"to": crowd, "organization_id": world.maple.id, "subject": "Topic", "text": "First."}
    sent = office.browsers["Ada"].post(f"{office.path('Ada')}/messages", body).json
    before = stored.business()
    refused = office.reply("Amy", sent, all=True)
    assert (refused.status, refused.fields) == (422, {("/all", "too_many_to_answer")})
    assert "Answer the sender alone" in refused.json["errors"][0]["detail"]
    assert stored.business() == before
    assert office.reply("Amy", sent).status == 201
    assert office.reply("Ada", sent, all=True).status == 201
    later.set_status(office.people["Ben"], "removed")
    answer = office.reply("Amy", sent, all=True)
    assert (answer.status, len(answer.json["undelivered"])) == (201, 1)
