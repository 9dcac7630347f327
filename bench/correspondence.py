"""What somebody has in the Message Center: a full box, a thread with a file, an upload that arrived."""

from datetime import timedelta
from typing import Any

import msgspec

from chalicelib.attachments import store as uploads
from chalicelib.attachments.domain import Upload
from chalicelib.core import aws, config, ids
from chalicelib.core.access import Member
from chalicelib.messages.actions import drafts
from chalicelib.messages.domain import PAGE, Entry
from chalicelib.messages.domain.drafts import Contents
from chalicelib.messages.store import boxes as messages
from tests import uploading
from tests.api import good_values
from tests.portal import Browser
from tests.world import START, Account, World


def of(world: World, account: Account, browser: Browser) -> dict[str, Any]:
    """Good values for requests about it, by the names of fields."""
    _fill(account.mailbox)
    sent = uploading.announce(browser, account.mailbox)
    key = str(sent["fields"]["key"])
    aws.s3().put_object(Bucket=config.current().quarantine_bucket, Key=key, Body=uploading.PDF)
    return {
        **uploading.announcement(account.mailbox),
        **_received(world, account),
        **_drafts(world, account),
        "recalled": _to_a_department(world, account, browser),
        "upload_id": sent["upload_id"],
        "box": "inbox",
        "to": [world.credentialing.id],
    }


def alone(known: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What is good for one route alone: of a message that they sent, of drafts."""
    return {
        "GET /mailboxes/{mailbox_id}/messages/{message_id}/receipts": {"message_id": known["sent_id"]},
        "POST /mailboxes/{mailbox_id}/messages/{message_id}/recall": known["recalled"],
        "PUT /mailboxes/{mailbox_id}/drafts/{draft_id}": {"version": 0},
        "DELETE /mailboxes/{mailbox_id}/drafts/{draft_id}": {"draft_id": known["unwanted_draft_id"]},
        **good_values.of_drafts(),
    }


def _to_a_department(world: World, account: Account, browser: Browser) -> dict[str, str]:
    """A message that nobody has read."""
    body = {"to": [world.eligibility.id], "subject": "S", "text": "T"}
    answer = browser.post(f"/mailboxes/{account.mailbox}/messages", body)
    assert answer.status == 201, answer.text
    return {name: answer.json[name] for name in ("message_id", "thread_id")}


def _drafts(world: World, account: Account) -> dict[str, Any]:
    """More drafts than a page holds, each for a department; one has a file, one is not wanted any more."""
    contents = Contents(to=(world.credentialing.id,), subject="S", text="T")
    others = [drafts.begin(account.actor, account.mailbox, contents, START).id for _ in range(PAGE + 5)]
    filed = msgspec.structs.replace(contents, upload_ids=(_ready(account),))
    kept = drafts.begin(account.actor, account.mailbox, filed, START)
    return {"draft_id": kept.id, "unwanted_draft_id": others[0]}


def _received(world: World, account: Account) -> dict[str, Any]:
    """A thread of two messages, of which the one that the person received has a file; ids."""
    asked, answered = ([], [_ready(world.ada)]) if account is world.gina else ([_ready(world.gina)], [])
    question = world.write(world.gina, world.ada, upload_ids=asked)
    reply = {"message_id": question["message_id"], "text": "T", "upload_ids": answered}
    path = f"/mailboxes/{world.ada.mailbox}/threads/{question['thread_id']}/replies"
    answer = world.browser(world.ada).post(path, reply)
    assert answer.status == 201, answer.text
    received = answer.json["message_id"] if account is world.gina else question["message_id"]
    return {
        **question,
        "message_id": received,
        "message_ids": [received],
        "sent_id": question["message_id"] if account is world.gina else answer.json["message_id"],
        "attachment_id": (asked + answered)[0],
    }


def _ready(account: Account) -> str:
    """Id of an upload that may be sent."""
    actor = account.actor
    upload = Upload(
        id=ids.new("upl"),
        user_id=actor.id,
        mailbox_id=account.mailbox,
        organization_id=actor.organization_id if isinstance(actor, Member) else None,
        file_name="form.pdf",
        content_type="application/pdf",
        size=len(uploading.PDF),
        sha256="",
        state="ready",
        created_at=START,
    )
    uploads.upload_row(upload).save()
    return upload.id


def _fill(mailbox_id: str) -> None:
    """More messages in an inbox than a page holds."""
    for number in range(PAGE + 5):
        at = START - timedelta(days=1, minutes=number)
        entry = Entry(
            mailbox_id=mailbox_id,
            box="inbox",
            message_id=ids.sortable("msg", at),
            thread_id=ids.new("thr"),
            subject="Earlier",
            party="Credentialing Team",
            urgent=False,
            has_attachments=False,
            received_at=at,
            unread=False,
        )
        messages.entry_row(entry).save()
