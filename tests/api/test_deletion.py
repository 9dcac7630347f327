"""What is deleted after its years leaves nothing but its proof (MSG-10)."""

import hashlib
from typing import Any

from chalicelib.core import aws, config
from chalicelib.messages.store import MessageRow
from tests import files, keeping, stored, uploading, works
from tests.keeping import SECOND, Deciders
from tests.portal import Browser
from tests.world import World

TEXT = "A quaint heron told us."
FILE = files.pdf(b"<< /Quaint /Heron >>")


def _files() -> list[bytes]:
    """Every version of every object."""
    settings = config.current()
    buckets = (settings.quarantine_bucket, settings.clean_bucket, settings.results_bucket)
    return [
        aws.s3().get_object(Bucket=bucket, Key=found["Key"], VersionId=found["VersionId"])["Body"].read()
        for bucket in buckets
        for found in uploading.in_bucket(bucket)
    ]


def _write(world: World, browser: Browser) -> dict[str, Any]:
    """Gina writes to a department and a colleague, with a file; an agent notes something."""
    upload = uploading.ready(browser, world.gina.mailbox, FILE, "quaint-heron.pdf")
    world.time.advance(minutes=1)
    cole = world.member(world.maple, "Cole Sample")
    sent = world.write(world.gina, world.ada, cole, subject="Quaint heron", text=TEXT, upload_ids=[upload])
    note = f"/mailboxes/{world.ada.mailbox}/conversations/{sent['thread_id']}/notes"
    assert world.browser(world.ada).post(note, {"text": "Heron"}).status == 201
    return {**sent, "upload_id": upload, "cole": cole}


def _document(sent: dict[str, Any]) -> str:
    return str(MessageRow.get(f"THREAD#{sent['thread_id']}", f"MESSAGE#{sent['message_id']}").document)


def test_nothing_is_left_but_the_proof(world: World) -> None:
    """MSG-10, AUD-4: no table and no bucket holds a word, name or byte of it; a record and a certificate tell of it."""
    sent = _write(world, world.browser(world.gina))
    document, sent_at = _document(sent), world.time.now
    assert "heron" in stored.dump().lower()
    assert len(_files()) == 2
    early = keeping.sweep(keeping.over(sent_at) - SECOND)
    assert (early.deleted, early.waits, len(_files())) == (0, 0, 2)
    assert keeping.sweep(keeping.over(sent_at)).deleted == 1
    assert "heron" not in stored.dump().lower()
    assert _files() == []
    browser = world.browser(Deciders(world).audra)
    (certificate,) = browser.get("/deletions").json["items"]
    digest = hashlib.sha256(document.encode()).hexdigest()
    (file,) = certificate["files"]
    assert (certificate["object_id"], certificate["sha256"], certificate["mailboxes"]) == (
        sent["message_id"],
        digest,
        2,
    )
    assert (file["id"], file["deleted"]) == (sent["upload_id"], True)
    assert file["sha256"] == uploading.announcement("", FILE)["sha256"]
    (record,) = stored.records("message.deleted")
    assert (record.actor_kind, record.object_id, record.after["sha256"]) == ("system", sent["message_id"], digest)
    assert [one.object_id for one in stored.records("upload.discarded")] == [sent["upload_id"]]


def test_what_was_not_read_counts_no_more(world: World) -> None:
    """MSG-4, MSG-10: badges are exact after it, of who reads, who archived and who has left it unread."""
    sent = _write(world, world.browser(world.gina))
    cole = sent["cole"]
    world.browser(world.ada).put(f"/mailboxes/{world.ada.mailbox}/messages/{sent['message_id']}/read", {"read": True})
    world.time.advance(days=2)
    world.write(world.gina, cole)
    assert keeping.sweep(keeping.over(world.time.now) - SECOND).deleted == 1
    boxes = world.browser(cole).get("/mailboxes").json["items"]
    assert [box["unread"] for box in boxes] == [1]
    assert [box["unread"] for box in world.browser(world.ada).get("/mailboxes").json["items"]] == [0]


def test_a_file_of_two_messages_goes_with_the_second(world: World) -> None:
    """MSG-10, S-AZ-11: whichever was first, the other still opens it."""
    sent = _write(world, world.browser(world.gina))
    world.time.advance(days=1)
    ada = world.browser(world.ada)
    forward = f"/mailboxes/{world.ada.mailbox}/threads/{sent['thread_id']}/messages/{sent['message_id']}/forward"
    forwarded = ada.post(forward, {"to": [world.eligibility.id], "text": "Please look."})
    assert forwarded.status == 201, forwarded.text
    again_at = world.time.now
    assert keeping.sweep(keeping.over(again_at) - SECOND).deleted == 1
    assert len(_files()) == 2
    edith = world.agent("Edith Fictional", world.eligibility)
    thread = f"/mailboxes/{world.eligibility.id}/threads/{forwarded.json['thread_id']}"
    (message,) = world.browser(edith).get(thread).json["messages"]
    link = f"{thread}/messages/{message['id']}/attachments/{message['attachments'][0]['id']}"
    assert world.browser(edith).get(link).status == 200
    assert keeping.sweep(keeping.over(again_at)).deleted == 1
    assert _files() == []
    first, second = stored.records("message.deleted")
    assert [str(record.after["files"]).endswith("kept']") for record in (first, second)] == [True, False]
    assert "heron" not in stored.dump().lower()


def test_of_a_thread_only_what_is_old_goes(world: World) -> None:
    """MSG-10: the answer stays, with the conversation and its notes, until its own years are over."""
    sent = _write(world, world.browser(world.gina))
    world.time.advance(days=3)
    path = f"/mailboxes/{world.ada.mailbox}/threads/{sent['thread_id']}"
    answer = world.browser(world.ada).post(f"{path}/replies", {"message_id": sent["message_id"], "text": "Thanks."})
    assert answer.status == 201, answer.text
    assert keeping.sweep(keeping.over(world.time.now) - SECOND).deleted == 1
    shown = world.browser(world.ada).get(path).json["messages"]
    assert [message["id"] for message in shown] == [answer.json["message_id"]]
    desk = f"/mailboxes/{world.ada.mailbox}/conversations/{sent['thread_id']}"
    assert [note["text"] for note in world.browser(world.ada).get(desk).json["notes"]["items"]] == ["Heron"]
    assert keeping.sweep(keeping.over(world.time.now)).deleted == 1
    assert world.browser(world.ada).get(desk).status == 404
    assert "heron" not in stored.dump().lower()


def test_notes_go_with_what_was_recalled(world: World) -> None:
    """MSG-9, MSG-10: the conversation went with the recall; what an agent had noted on it goes with the message."""
    gina = world.browser(world.gina)
    sent = world.write(world.gina, world.ada, subject="Quaint heron", text=TEXT)
    note = f"/mailboxes/{world.ada.mailbox}/conversations/{sent['thread_id']}/notes"
    assert world.browser(world.ada).post(note, {"text": "Heron"}).status == 201
    recall = f"/mailboxes/{world.gina.mailbox}/messages/{sent['message_id']}/recall"
    assert gina.post(recall, {"thread_id": sent["thread_id"]}).json["withdrawn"] == 1
    assert world.browser(world.ada).get(note).status == 404
    assert "heron" in stored.dump().lower()
    assert keeping.sweep(keeping.over(world.time.now)).deleted == 1
    assert "heron" not in stored.dump().lower()


def test_a_broadcast_goes_after_its_messages(world: World) -> None:
    """MSG-10, MSG-11: what it said to all goes too, and its file with the last of them."""
    ada = world.browser(world.ada)
    upload = uploading.ready(ada, world.ada.mailbox, FILE, "quaint-heron.pdf")
    tins = [world.maple.tin, world.birch.tin]
    body = {"mailbox_id": world.ada.mailbox, "to": "everybody", "tins": tins, "subject": "Quaint heron", "text": TEXT}
    assert ada.post("/broadcasts", {**body, "upload_ids": [upload]}).status == 202
    works.carry_all()
    now = keeping.over(world.time.now)
    assert keeping.sweep(now).deleted == 2
    assert len(_files()) == 2
    assert keeping.sweep(now.replace(month=12)).deleted == 1
    assert _files() == []
    assert "heron" not in stored.dump().lower()
    assert [record.action for record in stored.records("broadcast.deleted")] == ["broadcast.deleted"]
