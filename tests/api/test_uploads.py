"""A file's way in (MSG-8): announced, sent, finalized, scanned, released."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.attachments import actions, buckets, domain, store
from chalicelib.core import aws, config, events, timers
from tests import delivery, files, stored
from tests.portal import Browser
from tests.uploading import PDF, announce, announcement, finalize, in_bucket, post, ready, scan, state
from tests.world import World


@pytest.fixture
def gina(world: World) -> Browser:
    return world.browser(world.gina)


def test_the_whole_way(world: World, gina: Browser) -> None:
    """MSG-8, S-FILE-05: nothing is copied before the scan of that version says clean."""
    announced = announce(gina, world.gina.mailbox)
    assert state(gina, announced) == ("waiting", None)
    version = post(announced)
    assert finalize(gina, announced).json == {
        "id": announced["upload_id"],
        "file_name": "form.pdf",
        "content_type": "application/pdf",
        "size": len(PDF),
        "state": "checking",
        "reason": None,
    }
    delivery.settle()
    assert state(gina, announced) == ("checking", None)
    assert in_bucket(config.current().clean_bucket) == []
    scan(announced, version)
    assert state(gina, announced) == ("ready", None)
    assert [found["Size"] for found in in_bucket(config.current().clean_bucket)] == [len(PDF)]


def test_the_verdict_may_come_before_it_is_finalized(world: World, gina: Browser) -> None:
    announced = announce(gina, world.gina.mailbox)
    scan(announced, post(announced))
    assert state(gina, announced) == ("waiting", None)
    finalize(gina, announced)
    assert state(gina, announced) == ("checking", None)
    delivery.settle()
    assert state(gina, announced) == ("ready", None)


def test_every_step_may_happen_again(world: World, gina: Browser) -> None:
    """S-MAIL-06: events and verdicts come at least once; the answer and the files stay."""
    announced = announce(gina, world.gina.mailbox)
    version = post(announced)
    assert finalize(gina, announced).text == finalize(gina, announced).text
    scan(announced, version)
    for _ in range(3):
        scan(announced, version)
        delivery.settle(again=True)
        finalize(gina, announced)
    scan(announced, version, "THREATS_FOUND")
    assert state(gina, announced) == ("ready", None)
    assert len(in_bucket(config.current().clean_bucket)) == 1
    told = sorted(record.action for record in stored.records() if record.object_id == announced["upload_id"])
    assert told == ["upload.announced", "upload.cleared", "upload.finalized", "upload.released", "upload.scanned"]


def test_nothing_arrived(world: World, gina: Browser) -> None:
    announced = announce(gina, world.gina.mailbox)
    answer = finalize(gina, announced)
    assert (answer.status, answer.code) == (409, "upload_missing")
    assert state(gina, announced) == ("waiting", None)


def test_a_second_upload_before_it_is_finalized(world: World, gina: Browser) -> None:
    """S-FILE-02, T12: which of the two was meant, nobody knows."""
    announced = announce(gina, world.gina.mailbox)
    versions = [post(announced), post(announced)]
    answer = finalize(gina, announced)
    assert (answer.status, answer.code) == (409, "upload_replaced")
    for version in versions:
        scan(announced, version)
    delivery.settle()
    assert state(gina, announced) == ("waiting", None)
    assert in_bucket(config.current().clean_bucket) == []


@pytest.mark.parametrize("clean", ["first", "second", "both"])
def test_a_second_upload_after_it_was_finalized(world: World, gina: Browser, clean: str) -> None:
    """S-FILE-02, T12: only the finalized version counts, whatever is found in the other."""
    announced = announce(gina, world.gina.mailbox)
    first = post(announced)
    finalize(gina, announced)
    second = post(announced, b"%PDF-" + b"x" * (len(PDF) - 5))
    scan(announced, second, "NO_THREATS_FOUND" if clean in ("second", "both") else "THREATS_FOUND")
    assert state(gina, announced) == ("checking", None)
    scan(announced, first, "NO_THREATS_FOUND" if clean in ("first", "both") else "THREATS_FOUND")
    delivery.settle()
    expected = ("refused", "infected") if clean == "second" else ("ready", None)
    assert state(gina, announced) == expected
    sizes = [found["ETag"] for found in in_bucket(config.current().clean_bucket)]
    assert len(sizes) == (expected[0] == "ready")


def test_a_verdict_for_a_version_of_no_upload(world: World, gina: Browser) -> None:
    announced = announce(gina, world.gina.mailbox)
    post(announced)
    finalize(gina, announced)
    before = stored.business()
    scan({"fields": {"key": "quarantine/x/upl_0000000000000"}}, "v1")
    scan(announced, "v1", bucket="another-bucket")
    assert stored.business() == before


@pytest.mark.parametrize(
    ("status", "scan_status", "reason"),
    [
        ("THREATS_FOUND", "COMPLETED", "infected"),
        ("UNSUPPORTED", "SKIPPED", "not_checked"),
        ("ACCESS_DENIED", "SKIPPED", "not_checked"),
        ("FAILED", "FAILED", "not_checked"),
        ("NO_THREATS_FOUND", "SKIPPED", "not_checked"),
    ],
)
def test_only_a_clean_scan_opens(world: World, gina: Browser, status: str, scan_status: str, reason: str) -> None:
    """S-FILE-05."""
    announced = announce(gina, world.gina.mailbox)
    version = post(announced)
    finalize(gina, announced)
    scan(announced, version, status, scan_status=scan_status)
    assert state(gina, announced) == ("refused", reason)
    scan(announced, version)
    assert state(gina, announced) == ("refused", reason)
    assert in_bucket(config.current().clean_bucket) == []
    assert stored.records("upload.refused")[0].after == {"reason": reason}


@pytest.mark.parametrize(
    ("announced_content", "sent_content"),
    [
        (PDF, PDF + b"\n"),
        (PDF, PDF[:-1]),
        (PDF, b""),
        (PDF, PDF.replace(b"/Catalog", b"/catalog")),  # as long, but not what was announced
        (b"<html>" + PDF, b"<html>" + PDF),
        (files.png(), files.png()),
        (PDF + files.archive({"a.js": b"1"}), PDF + files.archive({"a.js": b"1"})),
    ],
)
def test_a_file_that_lies(world: World, gina: Browser, announced_content: bytes, sent_content: bytes) -> None:
    """S-FILE-03: about its size, its checksum or what it holds; the scanner finds nothing in any of them."""
    announced = announce(gina, world.gina.mailbox, announced_content)
    version = post(announced, sent_content)
    finalize(gina, announced)
    scan(announced, version)
    delivery.settle()
    assert state(gina, announced) == ("refused", "wrong_content")
    assert in_bucket(config.current().clean_bucket) == []


def test_nobody_elses_upload(world: World, gina: Browser) -> None:
    """S-AZ-11: to others it is not there, not even to a colleague or an agent."""
    upload = ready(gina, world.gina.mailbox)
    others = [world.peter, world.ada, world.member(world.maple, "Cole Sample")]
    for other in others:
        browser = world.browser(other)
        for answer in (browser.get(f"/uploads/{upload}"), browser.post(f"/uploads/{upload}/finalize", {})):
            assert (answer.status, answer.code) == (404, "not_found")
        assert browser.post("/uploads", announcement(world.gina.mailbox)).status == 404


def _told(announced: Any, **changes: str) -> str:
    """What the inspection tells the release of an upload: that it holds what it says."""
    upload = store.upload(announced["upload_id"])
    assert upload is not None
    assert upload.version_id is not None
    _, etag = buckets.content(buckets.quarantine_key(upload), upload.version_id, upload.size)
    facts = {"upload_id": upload.id, "version_id": upload.version_id, "holds": "yes", "etag": etag} | changes
    now = upload.created_at
    told = events.Event(id="evt_told00000000000", name="upload.inspected", version=1, at=now, ids=facts)
    return msgspec.json.encode(told).decode()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("ready", None)),
        ({"holds": "no"}, ("refused", "wrong_content")),
        ({"version_id": "another"}, ("checking", None)),
        ({"upload_id": "upl_00000000000000000000000000"}, ("checking", None)),
    ],
)
def test_what_was_looked_into_is_what_is_released(
    world: World, gina: Browser, changes: dict[str, str], expected: tuple[str, str | None]
) -> None:
    """S-FILE-05, T12: that version with that content; heard twice it is released once."""
    announced = announce(gina, world.gina.mailbox)
    post(announced)
    finalize(gina, announced)
    told = _told(announced, **changes)
    assert delivery.deliver("release_uploads", [told, told]) == []
    assert state(gina, announced) == expected
    assert len(in_bucket(config.current().clean_bucket)) == (expected == ("ready", None))


@pytest.mark.parametrize(("early", "expected"), [(timedelta(minutes=15), 1), (timedelta(0), 0)])
def test_a_file_that_is_discarded_while_it_is_released(
    world: World, gina: Browser, early: timedelta, expected: int
) -> None:
    """S-FILE-08, S-FILE-05: no clean copy is left of it, though its files go right before the copy is made."""
    announced = announce(gina, world.gina.mailbox)
    post(announced)
    finalize(gina, announced)
    told = _told(announced)
    upload = store.upload(announced["upload_id"])
    assert upload is not None
    due = domain.discard_at(upload)
    timer = timers.Timer(schedule="housekeeping", kind="upload", subject=upload.id, due=due)

    def discard(**_: Any) -> None:
        # A release that begins in time is over by then.
        actions.discard(timer, due - early)

    world.time.advance(seconds=(due - early - upload.created_at).total_seconds())
    aws.s3().meta.events.register("before-call.s3.CopyObject", discard)
    try:
        assert delivery.deliver("release_uploads", [told]) == []
    finally:
        aws.s3().meta.events.unregister("before-call.s3.CopyObject", discard)
    assert len(in_bucket(config.current().clean_bucket)) == expected
    actions.discard(timer, due)
    assert in_bucket(config.current().clean_bucket) == []
