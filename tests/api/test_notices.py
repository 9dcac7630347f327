"""Notices from end to end: what they say, and whom they still concern at the moment of sending (NOT-1..NOT-3)."""

import json
from typing import Any

import pytest

from chalicelib.accounts.domain import Status
from tests import delivery, later, stored
from tests.portal import Browser
from tests.ses import Post
from tests.world import Account, World


def test_one_mail_without_content(world: World, cole: Account, post: Post) -> None:
    """NOT-2, S-MAIL-01: the fixed words, where to sign in, and nothing else."""
    world.write(cole, world.gina)
    assert delivery.deliver("deliver_notices", delivery.heard("notifications")) == []
    (mail,) = post.mails
    assert mail.destinations["ToAddresses"] == [world.gina.user.email]
    assert not mail.destinations.get("CcAddresses")
    assert not mail.destinations.get("BccAddresses")
    assert mail.source == "portal@plan.example"
    assert mail.subject == "New message in the Example Valley Health Plan provider portal"
    assert mail.body == (
        "A message is waiting for you in the Example Valley Health Plan provider portal.\n\n"
        "Sign in to read it: http://localhost:8000\n\n"
        "This notice never contains the message. Please do not reply to it.\n"
    )


@pytest.mark.parametrize(
    ("urgent", "language", "subject"),
    [
        (True, "en", "Urgent: new message in the Example Valley Health Plan provider portal"),
        (False, "es", "Mensaje nuevo en el portal de proveedores de Example Valley Health Plan"),
        (True, "es", "Urgente: mensaje nuevo en el portal de proveedores de Example Valley Health Plan"),
    ],
)
def test_urgent_says_urgent_in_ones_own_language(
    world: World, cole: Account, post: Post, urgent: bool, language: Any, subject: str
) -> None:
    """NOT-2, PLT-1."""
    reader = world.member(world.maple, "Hugo Ejemplo", channel="email", language=language)
    world.write(cole, reader, urgent=urgent)
    delivery.settle()
    assert [mail.subject for mail in post.mails] == [subject]
    assert ("urgent" in post.mails[0].body.lower()) is urgent


def test_nothing_a_user_typed_is_in_any_mail_or_event(world: World, post: Post) -> None:
    """S-MAIL-01, NOT-2: a canary in every field there is, and none in any mail, event or queue."""
    practice = world.organization("000000009", "Canary Practice")
    sender = world.member(practice, "Canary Sender")
    readers = [world.member(practice, f"Canary Reader {number}", channel="email") for number in range(3)]
    department = world.department("Canary Department")
    agent = world.agent("Canary Agent", department)
    body = {"to": [reader.mailbox for reader in readers], "cc": [department.id]}
    sent = world.browser(sender).post(
        f"/mailboxes/{sender.mailbox}/messages", body | {"subject": "canary-subject", "text": "canary-text"}
    )
    reply = {"message_id": sent.json["message_id"], "text": "canary-text", "all": True, "urgent": True}
    path = f"/mailboxes/{department.id}/threads/{sent.json['thread_id']}/replies"
    assert world.browser(agent).post(path, reply).status == 201
    bodies = delivery.heard("notifications")
    delivery.deliver("deliver_notices", bodies)
    assert len(post.mails) == 6
    mails = json.dumps([[mail.subject, mail.body, mail.source] for mail in post.mails])
    outbox = json.dumps(stored.outbox())
    for place in (mails, outbox, "".join(bodies)):
        assert "canary" not in place.lower()
        assert "000000009" not in place
    assert all(id_ not in mails for id_ in (sent.json["message_id"], sent.json["thread_id"], department.id))


@pytest.mark.parametrize("moment", ["before", "after"])
def test_online_only(world: World, cole: Account, post: Post, moment: str) -> None:
    """NOT-1, S-MAIL-05: as chosen at the moment of sending."""
    if moment == "before":
        later.choose(world.gina, "online")
    world.write(cole, world.gina)
    bodies = delivery.heard("notifications")
    later.choose(world.gina, "online")
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.mails == []


def test_who_never_chose_gets_none(world: World, post: Post) -> None:
    """NOT-1."""
    reader = world.member(world.maple, "Nina Sample")
    world.write(world.gina, reader)
    delivery.settle()
    assert post.mails == []


@pytest.mark.parametrize("status", ["disabled", "removed", "inactive", "suspended"])
def test_somebody_kept_out_meanwhile(world: World, cole: Account, post: Post, status: Status) -> None:
    """S-MAIL-05, MSG-7."""
    world.write(cole, world.gina)
    bodies = delivery.heard("notifications")
    later.set_status(world.gina, status)
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.mails == []


@pytest.mark.parametrize(("what", "body"), [("read", {"read": True}), ("box", {"box": "archived"})])
def test_read_or_filed_meanwhile(world: World, cole: Account, post: Post, what: str, body: dict[str, object]) -> None:
    """S-MAIL-05: what one has seen needs no notice."""
    sent = world.write(cole, world.gina)
    bodies = delivery.heard("notifications")
    gina: Browser = world.browser(world.gina)
    assert gina.put(f"/mailboxes/{world.gina.mailbox}/messages/{sent['message_id']}/{what}", body).status == 200
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.mails == []


def test_departments_get_no_mail(world: World, post: Post) -> None:
    """MSG-6: their inbox is shared; agents look."""
    world.write(world.gina, world.ada)
    delivery.settle()
    assert post.mails == []
