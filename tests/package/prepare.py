"""Fills the engines for the smoke test and prints what its events need: `python -m tests.package.prepare`.

A process of its own, as settings are read once.
"""

import json
import os
from typing import Any

import msgspec
from pyotp import TOTP

from app import app
from chalicelib.attachments import actions, buckets, store
from chalicelib.attachments.domain import Upload, Verdict
from chalicelib.core import access, aws, clock, config, events, journal, work
from chalicelib.core.change import Change
from chalicelib.core.events import OutboxRow
from chalicelib.core.work import Work
from local import demo, engines, provision
from local.cast import SEED
from tests import inviting, uploading
from tests.portal import Browser, in_process
from tests.settings import OWN_ENGINE

GINA = "gina.sample@maple-example-clinic.example"
ADA = "ada.fictional@plan.example"


def prepare() -> dict[str, Any]:
    """A demo with a message to Gina that nobody told her of, and two files of hers that wait for different things."""
    # tests/settings.py takes it away.
    assert OWN_ENGINE is not None
    os.environ[engines.ENDPOINT_VARIABLE] = OWN_ENGINE
    provision.create_all(app)
    demo.load()
    gina, ada = _signed_in(GINA), _signed_in(ADA)
    message = _write(ada)
    scanned, finalized = _upload(gina), _upload(gina)
    actions.record_verdict(_verdict(scanned), clock.now())
    for upload in (scanned, finalized):
        gina.post(f"/uploads/{upload.id}/finalize", {})
    of = _start_work()
    assert Browser(in_process(app)).post("/registrations", inviting.form(tin="999999999")).status == 202
    rows = list(OutboxRow.scan(OutboxRow.cls == OutboxRow))
    told = next(row for row in rows if row.ids.get("message_id") == message)
    release = next(row for row in rows if row.ids.get("upload_id") == scanned.id)
    # The demo has a request of its own.
    asked = max((row for row in rows if "registration_id" in row.ids), key=lambda row: row.pk)
    practice = next(row.ids["organization_id"] for row in rows if "organization_id" in row.ids)
    enrolled = events.outbox("organization.enrolled", 1, {"organization_id": practice}, "smoke", clock.now())
    started = next(row for row in rows if row.ids.get("work_id") == of.id)
    return {
        "cookie": gina.cookie,
        "password": demo.PASSWORD,
        "upload": json.dumps(uploading.announcement(_mailbox(gina))),
        "image": told.serialize(),
        "message_sent": _event(told),
        "upload_finalized": _event(release),
        "upload_cleared": _cleared(finalized),
        "registration_requested": _event(asked),
        "registration": asked.ids["registration_id"],
        "organization": practice,
        "organization_enrolled": _event(enrolled),
        "work_started": _event(started),
        "work": of.id,
        "owner": of.owner,
        "scanned": scanned.id,
        "finalized": finalized.id,
        "bucket": config.current().quarantine_bucket,
        "key": buckets.quarantine_key(finalized),
        "version": _verdict(finalized).version_id,
    }


def _start_work() -> Work:
    actor = access.Staff(id="usr_nobody00000000", origin=access.Origin(request_id="smoke"), name="", roles=frozenset())
    change = Change(actor, journal.Entry(action="test"), clock.now())
    of = work.start(change, "sample")
    change.commit(None)
    return of


def _signed_in(email: str) -> Browser:
    browser = Browser(in_process(app))
    answer = browser.sign_in(email, demo.PASSWORD)
    assert answer.status == 201, answer.text
    if answer.json["stage"] == "factor":
        answer = browser.give_code(TOTP(SEED).at(clock.now()))
        assert answer.status == 201, answer.text
    return browser


def _mailbox(browser: Browser) -> str:
    return str(browser.get("/mailboxes").json["items"][0]["id"])


def _write(ada: Browser) -> str:
    """Answer a message of Gina's; the id of the answer."""
    box = f"/mailboxes/{_mailbox(ada)}"
    first = next(row for row in ada.get(f"{box}/inbox").json["items"] if row["party"] == "Gina Sample")
    body = {"message_id": first["message_id"], "text": "One more thing."}
    answer = ada.post(f"{box}/threads/{first['thread_id']}/replies", body)
    assert answer.status == 201, answer.text
    return str(answer.json["message_id"])


def _upload(browser: Browser) -> Upload:
    upload = store.upload(uploading.announce(browser, _mailbox(browser))["upload_id"])
    assert upload is not None
    key = buckets.quarantine_key(upload)
    aws.s3().put_object(Bucket=config.current().quarantine_bucket, Key=key, Body=uploading.PDF)
    return upload


def _verdict(upload: Upload) -> Verdict:
    (version,) = buckets.versions(upload)
    return Verdict(upload_id=upload.id, version_id=version.id, clean=True, status="NO_THREATS_FOUND")


def _cleared(upload: Upload) -> str:
    """What leaves when an upload is clean; so far only its finalizing happened."""
    facts = {
        "upload_id": upload.id,
        "key": buckets.quarantine_key(upload),
        "version_id": _verdict(upload).version_id,
        "extension": "pdf",
        "size": str(upload.size),
        "sha256": upload.sha256,
    }
    return _event(events.outbox("upload.cleared", 1, facts, "smoke", clock.now()))


def _event(row: OutboxRow) -> str:
    """The message that the carrier of the outbox would send."""
    return msgspec.json.encode(events.event_of(row)).decode()


if __name__ == "__main__":
    print(json.dumps(prepare()))  # noqa: T201 - its answer
