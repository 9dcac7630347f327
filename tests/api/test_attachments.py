"""Files as part of messages: sent once, by their owner, read by who may read the message (MSG-8)."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from chalicelib.core import config
from tests import later, stored
from tests.portal import Answer, Browser
from tests.uploading import PDF, announce, announcement, finalize, in_bucket, post, ready
from tests.world import Account, World


@pytest.fixture
def gina(world: World) -> Browser:
    return world.browser(world.gina)


def _send(
    world: World, browser: Browser, *uploads: str, sender: Account | None = None, key: str | None = None
) -> Answer:
    body = {"to": [world.credentialing.id], "subject": "S", "text": "T", "upload_ids": uploads}
    return browser.post(f"/mailboxes/{(sender or world.gina).mailbox}/messages", body, key)


def _link(browser: Browser, mailbox_id: str, sent: Answer, upload: str) -> Answer:
    message = f"/threads/{sent.json['thread_id']}/messages/{sent.json['message_id']}"
    return browser.get(f"/mailboxes/{mailbox_id}{message}/attachments/{upload}")


def test_a_file_arrives_byte_for_byte(world: World, gina: Browser) -> None:
    """MSG-8, S-FILE-06: by a link of a minute, as a download, from the clean bucket, kept nowhere."""
    upload = ready(gina, world.gina.mailbox)
    sent = _send(world, gina, upload)
    ada = world.browser(world.ada)
    assert ada.get(f"/mailboxes/{world.ada.mailbox}/inbox").json["items"][0]["has_attachments"] is True
    thread = ada.get(f"/mailboxes/{world.ada.mailbox}/threads/{sent.json['thread_id']}")
    assert thread.json["messages"][0]["attachments"] == [
        {"id": upload, "file_name": "form.pdf", "content_type": "application/pdf", "size": len(PDF)}
    ]
    for browser, mailbox in ((ada, world.ada.mailbox), (gina, world.gina.mailbox)):
        answer = _link(browser, mailbox, sent, upload)
        assert (answer.json["expires_in"], answer.headers["cache-control"]) == (60, "no-store")
        place, query = urlsplit(answer.json["url"]), parse_qs(urlsplit(answer.json["url"]).query)
        assert place.hostname == f"{config.current().clean_bucket}.s3.amazonaws.com"
        assert query["X-Amz-Expires"] == ["60"]
        assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]
        assert query["response-content-disposition"] == ["attachment; filename*=UTF-8''form.pdf"]
        assert query["response-content-type"] == ["application/octet-stream"]
        assert query["response-cache-control"] == ["no-store"]
        got = requests.get(answer.json["url"], timeout=5)
        assert got.content == PDF
    downloads = stored.records("attachment.downloaded")
    assert {record.actor_id for record in downloads} == {world.ada.user.id, world.gina.user.id}
    assert {(record.object_id, record.pk) for record in downloads} == {(upload, f"JOURNAL#{world.maple.id}")}


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ('year\'s "best" form.pdf', "year%27s%20%22best%22%20form.pdf"),
        ("Señora Peña; a=b.pdf", "Se%C3%B1ora%20Pe%C3%B1a%3B%20a%3Db.pdf"),
        ("100%41.pdf", "100%2541.pdf"),
        ("漢字 😀.pdf", "%E6%BC%A2%E5%AD%97%20%F0%9F%98%80.pdf"),
        ("a" * 251 + ".pdf", "a" * 251 + ".pdf"),
    ],
)
def test_odd_names_download_as_they_are(world: World, gina: Browser, name: str, spelled: str) -> None:
    """S-FILE-06: in the one form of the header that needs no quotes."""
    upload = ready(gina, world.gina.mailbox, file_name=name)
    link = _link(gina, world.gina.mailbox, _send(world, gina, upload), upload).json["url"]
    disposition = parse_qs(urlsplit(link).query)["response-content-disposition"]
    assert disposition == [f"attachment; filename*=UTF-8''{spelled}"]


def test_links_are_logged_and_stored_nowhere(world: World, gina: Browser, caplog: pytest.LogCaptureFixture) -> None:
    """S-FILE-07."""
    upload = ready(gina, world.gina.mailbox)
    sent = _send(world, gina, upload)
    with caplog.at_level("INFO"):
        assert _link(gina, world.gina.mailbox, sent, upload).status == 200
    lines = "".join(record.getMessage() for record in caplog.records)
    assert "attachment_id" in lines
    assert "form.pdf" not in lines
    for place in (stored.dump(), lines):
        assert "Signature" not in place


def test_who_lost_the_message_lost_its_files(world: World, gina: Browser) -> None:
    """S-AZ-11: access is that of this moment."""
    upload = ready(gina, world.gina.mailbox)
    sent = _send(world, gina, upload)
    ada = world.browser(world.ada)
    assert _link(ada, world.credentialing.id, sent, upload).status == 200
    later.move(world.ada, world.eligibility)
    for mailbox in (world.credentialing.id, world.eligibility.id):
        assert _link(ada, mailbox, sent, upload).status == 404
    later.set_status(world.gina, "disabled")
    assert _link(gina, world.gina.mailbox, sent, upload).status == 401


def test_a_file_belongs_to_one_message(world: World, gina: Browser) -> None:
    """S-AZ-11: not to another of the same thread, and it goes out once."""
    upload = ready(gina, world.gina.mailbox)
    first, other = _send(world, gina, upload), _send(world, gina)
    assert _link(gina, world.gina.mailbox, first, upload).status == 200
    assert _link(gina, world.gina.mailbox, other, upload).status == 404
    again = _send(world, gina, upload)
    assert (again.status, again.fields) == (422, {("/upload_ids/0", "already_sent")})


def test_repeating_a_send_with_files_gives_the_first_answer(world: World, gina: Browser) -> None:
    """MSG-7: though its files are taken by then."""
    uploads = [ready(gina, world.gina.mailbox), ready(gina, world.gina.mailbox, file_name="second.pdf")]
    answers = [_send(world, gina, *uploads, key="one-send-with-files") for _ in range(3)]
    assert {(answer.status, answer.text) for answer in answers} == {(201, answers[0].text)}
    assert len(gina.get(f"/mailboxes/{world.gina.mailbox}/sent").json["items"]) == 1
    assert _send(world, gina, uploads[0], key="one-send-with-files").code == "idempotency_key_reused"


def test_only_what_is_ready_and_ones_own_goes(world: World, gina: Browser) -> None:
    """S-AZ-11, S-FILE-05: others' files and none at all give the same answer; nothing is sent."""
    cole = world.member(world.maple, "Cole Sample")
    mine = ready(gina, world.gina.mailbox)
    theirs = ready(world.browser(cole), cole.mailbox)
    foreign = ready(world.browser(world.peter), world.peter.mailbox)
    unknown = "upl_00000000000000000000000000"
    waiting = announce(gina, world.gina.mailbox)["upload_id"]
    checking = announce(gina, world.gina.mailbox)
    post(checking)
    finalize(gina, checking)
    answer = _send(world, gina, mine, theirs, foreign, unknown, waiting, checking["upload_id"])
    assert answer.status == 422
    assert answer.fields >= {(f"/upload_ids/{place}", "unknown_upload") for place in (1, 2, 3)}
    assert len({_without_id(_send(world, gina, upload)) for upload in (theirs, foreign, unknown)}) == 1
    for upload in (waiting, checking["upload_id"]):
        assert _send(world, gina, upload).fields == {("/upload_ids/0", "not_ready")}
    assert gina.get(f"/mailboxes/{world.gina.mailbox}/sent").json["items"] == []
    assert _send(world, gina, mine).status == 201


def _without_id(answer: Answer) -> str:
    return answer.text.replace(answer.headers["x-request-id"], "…")


def test_agents_files_stay_with_the_mailbox_they_were_added_in(world: World, gina: Browser) -> None:
    """S-AZ-11: somebody of two departments does not carry a file from one to the other."""
    edith = world.agent("Edith Fictional", world.credentialing, world.eligibility)
    browser = world.browser(edith)
    upload = ready(browser, world.credentialing.id)
    body = {"to": [world.internal.id], "subject": "S", "text": "T", "upload_ids": [upload]}
    other = browser.post(f"/mailboxes/{world.eligibility.id}/messages", body)
    assert (other.status, other.fields) == (422, {("/upload_ids/0", "unknown_upload")})
    assert browser.post(f"/mailboxes/{world.credentialing.id}/messages", body).status == 201
    assert gina.get(f"/uploads/{upload}").status == 404


def test_eleven_files(world: World, gina: Browser) -> None:
    """MSG-8."""
    uploads = [announce(gina, world.gina.mailbox)["upload_id"] for _ in range(11)]
    assert ("/upload_ids", "too_many") in _send(world, gina, *uploads).fields
    assert ("/upload_ids", "too_many") not in _send(world, gina, *uploads[:10]).fields


def test_the_same_file_twice(world: World, gina: Browser) -> None:
    upload = ready(gina, world.gina.mailbox)
    assert _send(world, gina, upload, upload).fields == {("/upload_ids", "repeated")}


def test_more_than_fifty_mib_together(world: World, gina: Browser) -> None:
    """MSG-8: as announced; what arrives must be exactly that."""
    body = announcement(world.gina.mailbox, size=25 * 1024 * 1024)
    uploads = [gina.post("/uploads", body).json["upload_id"] for _ in range(2)]
    one_byte = announce(gina, world.gina.mailbox, b"x", "a.txt")["upload_id"]
    assert ("/upload_ids", "too_large") not in _send(world, gina, *uploads).fields
    assert ("/upload_ids", "too_large") in _send(world, gina, *uploads, one_byte).fields


def test_a_day_later_an_unsent_file_is_gone(world: World, gina: Browser) -> None:
    """S-FILE-08: whether it was cleared away or not; a sent one stays."""
    unsent, sent_one = ready(gina, world.gina.mailbox), ready(gina, world.gina.mailbox)
    sent = _send(world, gina, sent_one)
    world.time.advance(hours=24)
    browser = world.browser(world.gina)
    assert browser.get(f"/uploads/{unsent}").status == 404
    assert _send(world, browser, unsent).fields == {("/upload_ids/0", "unknown_upload")}
    assert requests.get(_link(browser, world.gina.mailbox, sent, sent_one).json["url"], timeout=5).content == PDF
    assert len(in_bucket(config.current().clean_bucket)) == 2
