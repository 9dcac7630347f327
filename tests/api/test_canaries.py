"""What people type stays in their messages: none of it in journal, events or logs (AUD-4)."""

import json
from typing import Any

import pytest

from tests import delivery, stored
from tests.portal import Browser
from tests.uploading import announcement, ready
from tests.world import World


def test_no_text_of_anybody_is_in_journal_events_or_logs(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """AUD-4, S-AUD-03, S-OPS-05: canaries in every text there is, on the whole way of two messages and a file."""
    with caplog.at_level("INFO"):
        gina, ada = world.browser(world.gina), world.browser(world.ada)
        upload = ready(gina, world.gina.mailbox, b"canary content", "canary-file.txt")
        body = {
            "to": [world.credentialing.id],
            "subject": "canary subject",
            "text": "canary text",
            "upload_ids": [upload],
        }
        sent = gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).json
        path = f"/mailboxes/{world.ada.mailbox}/threads/{sent['thread_id']}"
        ada.get(path)
        ada.get(f"{path}/messages/{sent['message_id']}/attachments/{upload}")
        ada.post(f"{path}/replies", {"message_id": sent["message_id"], "text": "canary answer", "all": True})
        _write_a_draft(world, gina, sent)
        gina.get("/recipients", mailbox_id=world.gina.mailbox, search="canary search")
        gina.get(f"/mailboxes/{world.gina.mailbox}/inbox", cursor="canary-cursor")
        gina.post("/session", {"email": "canary@people.example", "password": "canary password"})
        gina.post("/uploads", announcement(world.gina.mailbox, file_name="canary.exe"))
        gina.send("GET", "/plan", headers={"user-agent": "canary agent", "x-canary": "canary"})
        delivery.settle()
    everything = stored.everything()
    logs = "".join(record.getMessage() for record in caplog.records)
    assert "request" in logs
    for place in (json.dumps(everything["journal"]), json.dumps(stored.outbox()), logs):
        assert "canary" not in place.lower()
        for token in (gina.cookie, ada.cookie):
            assert token is not None
            assert token.split("=")[1] not in place
        for person in (world.gina, world.ada):
            assert person.user.email not in place
            assert person.user.name not in place


def _write_a_draft(world: World, gina: Browser, sent: dict[str, Any]) -> None:
    """Begun, saved, shown, sent; another thrown away; a message forwarded with a note, reported, withdrawn."""
    path, of = f"/mailboxes/{world.gina.mailbox}", {"thread_id": sent["thread_id"]}
    for _ in range(2):
        begun = gina.post(f"{path}/drafts", {"subject": "canary draft", "text": "canary draft text"}).json
        more = {"subject": "canary draft", "text": "canary draft saved", "to": [world.credentialing.id]}
        saved = gina.send("PUT", f"{path}/drafts/{begun['id']}", more, {"If-Match": '"0"'})
        assert saved.status == 200, saved.text
        assert "canary" in gina.get(f"{path}/drafts").text
        assert "canary" in gina.get(f"{path}/drafts/{begun['id']}").text
    assert gina.post(f"{path}/messages", {**more, "draft_id": begun["id"]}).status == 201
    (other,) = gina.get(f"{path}/drafts").json["items"]
    assert gina.delete(f"{path}/drafts/{other['id']}").status == 204
    message = f"threads/{sent['thread_id']}/messages/{sent['message_id']}"
    note = {"to": [world.eligibility.id], "text": "canary note"}
    assert gina.post(f"{path}/{message}/forward", note).status == 201
    assert gina.post(f"{path}/messages/{sent['message_id']}/misdirected", of).status == 200
    paula = world.browser(world.agent("Paula Fictional", roles=("plan_administrator",)))
    (report,) = paula.get("/misdirected").json["items"]
    assert paula.post(f"/misdirected/{report['id']}/close", {"comment": "canary comment"}).status == 200
    assert gina.post(f"{path}/messages/{sent['message_id']}/recall", of).status == 200
