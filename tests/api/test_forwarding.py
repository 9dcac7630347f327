"""Forwarding: a new thread with a note, what was written before, and the files (MSG-5, S-AZ-10, S-AZ-11)."""

from typing import Any

import pytest
import requests

from chalicelib.attachments import store as attachments
from chalicelib.core.access import Member
from tests import belongings, later, stored
from tests.portal import Answer, Browser
from tests.uploading import PDF, announce, ready
from tests.world import World

Sent = dict[str, Any]


class Mail:
    """Gina wrote to Credentialing, with a file; people of two practices who may be forwarded to."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.gina, self.ada = world.browser(world.gina), world.browser(world.ada)
        self.cole = world.member(world.maple, "Cole Sample")
        self.file = belongings.ready(world.gina)
        body = {"to": [world.credentialing.id], "subject": "Topic", "text": "First.", "upload_ids": [self.file]}
        self.sent: Sent = self.gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).json
        world.time.advance(minutes=1)

    def forward(
        self,
        browser: Browser,
        mailbox: str,
        *to: str,
        sent: Sent | None = None,
        key: str | None = None,
        **more: Any,
    ) -> Answer:
        """Somebody forwards the message, or another one."""
        self.world.time.advance(seconds=1)
        of = sent or self.sent
        path = f"/mailboxes/{mailbox}/threads/{of['thread_id']}/messages/{of['message_id']}/forward"
        return browser.post(path, {"to": [*to], "text": "Please look.", **more}, key)

    def read(self, browser: Browser, mailbox: str, sent: Sent) -> Any:
        """The newest message somebody sees in a thread."""
        return browser.get(f"/mailboxes/{mailbox}/threads/{sent['thread_id']}").json["messages"][0]

    def link(self, browser: Browser, mailbox: str, sent: Sent, file: str) -> Answer:
        """Somebody asks for a file of a message."""
        message = f"threads/{sent['thread_id']}/messages/{sent['message_id']}"
        return browser.get(f"/mailboxes/{mailbox}/{message}/attachments/{file}")


@pytest.fixture
def mail(world: World) -> Mail:
    return Mail(world)


def test_a_message_goes_on_with_a_note_and_its_file(world: World, mail: Mail) -> None:
    """MSG-5: in a thread of its own, so that who had the first message sees nothing of it."""
    forwarded = mail.forward(mail.ada, world.credentialing.id, world.eligibility.id)
    assert forwarded.status == 201, forwarded.text
    assert forwarded.json["thread_id"] != mail.sent["thread_id"]
    edith = world.browser(world.agent("Edith Fictional", world.eligibility))
    row = edith.get(f"/mailboxes/{world.eligibility.id}/inbox").json["items"][0]
    assert (row["subject"], row["party"], row["has_attachments"]) == ("Fwd: Topic", "Credentialing Team", True)
    message = mail.read(edith, world.eligibility.id, forwarded.json)
    assert message["text"] == "Please look."
    (quoted,) = message["forwarded"]
    assert (quoted["from"]["name"], [party["name"] for party in quoted["to"]], quoted["text"]) == (
        "Gina Sample",
        ["Credentialing Team"],
        "First.",
    )
    assert [file["file_name"] for file in message["attachments"]] == ["form.pdf"]
    thread = f"/mailboxes/{world.gina.mailbox}/threads"
    assert len(mail.gina.get(f"{thread}/{mail.sent['thread_id']}").json["messages"]) == 1
    assert mail.gina.get(f"{thread}/{forwarded.json['thread_id']}").status == 404


def test_the_note_may_be_empty(world: World, mail: Mail) -> None:
    assert mail.forward(mail.ada, world.credentialing.id, world.eligibility.id, text="").status == 201


def test_a_forwarded_file_opens_through_the_new_message_alone(world: World, mail: Mail) -> None:
    """S-AZ-11: a new binding; neither the old id nor the old message open anything to the new reader."""
    real = ready(mail.gina, world.gina.mailbox)
    mail.sent, mail.file = world.write(world.gina, world.ada, upload_ids=[real]), real
    forwarded = mail.forward(mail.gina, world.gina.mailbox, mail.cole.mailbox).json
    cole = world.browser(mail.cole)
    (file,) = mail.read(cole, mail.cole.mailbox, forwarded)["attachments"]
    assert file["id"] != mail.file
    got = mail.link(cole, mail.cole.mailbox, forwarded, file["id"])
    assert requests.get(got.json["url"], timeout=5).content == PDF
    for sent, id_ in ((mail.sent, mail.file), (mail.sent, file["id"]), (forwarded, mail.file)):
        assert mail.link(cole, mail.cole.mailbox, sent, id_).status == 404
    # Who has both messages has each file where it belongs.
    assert mail.link(mail.gina, world.gina.mailbox, mail.sent, mail.file).status == 200
    assert mail.link(mail.gina, world.gina.mailbox, forwarded, file["id"]).status == 200
    assert mail.link(mail.gina, world.gina.mailbox, mail.sent, file["id"]).status == 404
    assert mail.link(mail.ada, world.credentialing.id, forwarded, file["id"]).status == 404
    (binding,) = attachments.BindingRow.query(f"UPLOAD#{mail.file}", attachments.BindingRow.sk.startswith("BINDING#"))
    assert (binding.sk, binding.message_id) == (f"BINDING#{file['id']}", forwarded["message_id"])
    records = stored.records("attachment.downloaded")
    assert {record.object_id for record in records} == {mail.file, file["id"]}


def test_access_withdrawn_between_two_downloads(world: World, mail: Mail) -> None:
    """S-AZ-11: a forwarded file follows who may read that message now."""
    forwarded = mail.forward(mail.ada, world.credentialing.id, world.eligibility.id).json
    edith = world.agent("Edith Fictional", world.eligibility)
    browser = world.browser(edith)
    (file,) = mail.read(browser, world.eligibility.id, forwarded)["attachments"]
    assert mail.link(browser, world.eligibility.id, forwarded, file["id"]).status == 200
    later.move(edith, world.internal)
    assert mail.link(browser, world.eligibility.id, forwarded, file["id"]).status == 404
    assert mail.link(browser, world.internal.id, forwarded, file["id"]).status == 404
    assert mail.link(mail.ada, world.credentialing.id, forwarded, file["id"]).status == 200


def test_files_are_added_up_to_the_limits_of_a_message(world: World, mail: Mail) -> None:
    """MSG-8: with those that go along."""
    box = world.gina.mailbox
    added = [belongings.ready(world.gina) for _ in range(9)]
    full = mail.forward(mail.gina, box, mail.cole.mailbox, upload_ids=added)
    assert full.status == 201, full.text
    files = mail.read(mail.gina, box, full.json)["attachments"]
    assert [file["id"] for file in files][1:] == added
    more = mail.forward(mail.gina, box, mail.cole.mailbox, sent=full.json, upload_ids=[belongings.ready(world.gina)])
    assert (more.status, more.fields) == (422, {("/upload_ids", "too_many")})
    waiting = announce(mail.gina, box)["upload_id"]
    refused = mail.forward(mail.gina, box, mail.cole.mailbox, upload_ids=[waiting])
    assert refused.fields == {("/upload_ids/0", "not_ready")}


def test_what_forwards_is_forwarded_whole(world: World, mail: Mail) -> None:
    """MSG-5: with the note in between, marked once, its files along."""
    once = mail.forward(mail.gina, world.gina.mailbox, mail.cole.mailbox, text="One.").json
    cole = world.browser(mail.cole)
    dan = world.member(world.maple, "Dan Sample")
    twice = mail.forward(cole, mail.cole.mailbox, dan.mailbox, sent=once, text="Two.").json
    message = mail.read(world.browser(dan), dan.mailbox, twice)
    assert [quoted["text"] for quoted in message["forwarded"]] == ["One.", "First."]
    assert len(message["attachments"]) == 1
    thread = world.browser(dan).get(f"/mailboxes/{dan.mailbox}/threads/{twice['thread_id']}").json
    assert thread["subject"] == "Fwd: Topic"


def test_never_from_one_practice_to_another(world: World, mail: Mail) -> None:
    """MSG-1, S-AZ-10: by staff, who write to both; to people and to groups; also what was forwarded before."""
    box, birch = world.credentialing.id, world.birch.id
    group = {"kind": "everybody", "organization_id": birch}
    among_staff = mail.forward(mail.ada, box, world.eligibility.id).json
    edith = world.browser(world.agent("Edith Fictional", world.eligibility))
    before = stored.business()
    for refused in (
        mail.forward(mail.ada, box, world.peter.mailbox),
        mail.forward(mail.ada, box, world.peter.mailbox, organization_id=birch),
        mail.forward(mail.ada, box, world.eligibility.id, groups=[group]),
        mail.forward(edith, world.eligibility.id, world.peter.mailbox, sent=among_staff, organization_id=birch),
        mail.forward(mail.gina, world.gina.mailbox, world.peter.mailbox),
        mail.forward(mail.gina, world.gina.mailbox, world.peter.mailbox, organization_id=birch),
    ):
        assert refused.status == 422
        assert {code for _, code in refused.fields} <= {"one_organization", "unknown_recipient"}
    assert stored.business() == before
    within = mail.forward(edith, world.eligibility.id, mail.cole.mailbox, sent=among_staff)
    assert within.status == 201, within.text
    assert isinstance(mail.cole.actor, Member)
    seen = world.browser(mail.cole).get(f"/mailboxes/{mail.cole.mailbox}/threads/{within.json['thread_id']}").json
    assert seen["organization"]["id"] == mail.cole.actor.organization_id


@pytest.mark.parametrize(
    ("to", "field"),
    [([], ("/to", "required")), (["dep_00000000000000000000000000"], ("/to", "unknown_recipient"))],
)
def test_recipients_are_checked_anew(world: World, mail: Mail, to: list[str], field: tuple[str, str]) -> None:
    """MSG-5."""
    assert mail.forward(mail.ada, world.credentialing.id, *to).fields == {field}
    later.set_status(mail.cole, "removed")
    gone = mail.forward(mail.gina, world.gina.mailbox, mail.cole.mailbox)
    assert gone.fields == {("/to", "unknown_recipient")}


def test_only_what_one_may_read(world: World, mail: Mail) -> None:
    """S-AZ-10: another's message, and one of another thread, are not there."""
    cole = world.browser(mail.cole)
    assert mail.forward(cole, mail.cole.mailbox, world.eligibility.id).status == 404
    other = world.write(world.gina, world.ada)
    mixed = {**mail.sent, "thread_id": other["thread_id"]}
    assert mail.forward(mail.gina, world.gina.mailbox, world.eligibility.id, sent=mixed).status == 404


def test_forwarding_twice_with_one_key_is_one_message(world: World, mail: Mail) -> None:
    """MSG-7."""
    box = world.gina.mailbox
    answers = [mail.forward(mail.gina, box, mail.cole.mailbox, key="the-key-of-a-forward") for _ in range(3)]
    assert len({(answer.status, answer.text) for answer in answers}) == 1
    assert len(world.browser(mail.cole).get(f"/mailboxes/{mail.cole.mailbox}/inbox").json["items"]) == 1


def test_a_forward_is_answered_to_whom_it_came_from(world: World, mail: Mail) -> None:
    """MSG-5: and the answer doesn't reach who wrote the first message."""
    forwarded = mail.forward(mail.ada, world.credentialing.id, world.eligibility.id).json
    edith = world.browser(world.agent("Edith Fictional", world.eligibility))
    path = f"/mailboxes/{world.eligibility.id}/threads/{forwarded['thread_id']}/replies"
    body = {"message_id": forwarded["message_id"], "text": "Seen.", "all": True}
    world.time.advance(seconds=1)
    assert edith.post(path, body).status == 201
    newest = mail.read(mail.ada, world.credentialing.id, forwarded)
    assert [party["id"] for party in newest["to"] + newest["cc"]] == [world.credentialing.id]
    assert newest["forwarded"] == []


def test_a_record_says_what_was_forwarded_by_which_message(world: World, mail: Mail) -> None:
    """MSG-10, AUD-4: ids only, in the journal of the organization it belongs to."""
    forwarded = mail.forward(mail.ada, world.credentialing.id, world.eligibility.id).json
    (record,) = stored.records("message.forwarded")
    assert record.pk == f"JOURNAL#{world.maple.id}"
    assert record.object_id == mail.sent["message_id"]
    assert record.after == {"mailbox": world.credentialing.id, "message": forwarded["message_id"]}


def test_a_print_leaves_a_record_of_all_that_is_printed(world: World, mail: Mail) -> None:
    """MSG-10: what this mailbox may read of the thread, 25 messages to a record."""
    box, thread = world.gina.mailbox, mail.sent["thread_id"]
    for _ in range(30):
        world.time.advance(seconds=1)
        body = {"message_id": mail.sent["message_id"], "text": "More."}
        assert mail.gina.post(f"/mailboxes/{box}/threads/{thread}/replies", body).status == 201
    answer = mail.gina.post(f"/mailboxes/{box}/threads/{thread}/prints", {})
    assert (answer.status, answer.text) == (204, "")
    records = stored.records("message.printed")
    assert sorted(len(record.after["messages"]) for record in records) == [6, 25]
    assert {(record.object_id, record.actor_id) for record in records} == {(thread, world.gina.user.id)}
    stranger = world.browser(mail.cole)
    assert stranger.post(f"/mailboxes/{mail.cole.mailbox}/threads/{thread}/prints", {}).status == 404


def test_somebody_of_another_practice_is_nobody(world: World, mail: Mail) -> None:
    """S-AZ-10: a member of another practice and nobody at all are refused alike."""
    nobody = "mem_00000000000000000000000000"

    def told(account: str) -> str:
        answer = mail.forward(mail.gina, world.gina.mailbox, account)
        return answer.text.replace(answer.headers["x-request-id"], "…")

    assert told(world.peter.mailbox) == told(nobody)
