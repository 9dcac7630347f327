"""A thread as a PDF for the record: every character of it, for an auditor, recorded (MSG-10)."""

import base64
import hashlib
import io
from typing import Any

import pytest
import requests
from pypdf import PdfReader

from tests import files, keeping, later, stored, uploading, works
from tests.keeping import Deciders
from tests.portal import Browser
from tests.world import World

# Marks above and below, one composed and one not; Arabic; Han; what only a box could show.
NAMES = ("Nguyễn Thị Anh", "李小龍", "Müller-Lüdenscheidt", "محمد عبد الله", "Zoe\u0301 N\u0303an", "Emoji 😀 Sample")
NO_GLYPH = "🦩 flamingo"


def _export(browser: Browser, thread_id: str) -> Any:
    """Ask for it and have it made; the work."""
    asked = browser.post(f"/records/threads/{thread_id}/export", {"reason": "Matter 7, für die Akte 李"})
    assert asked.status == 202, asked.text
    works.carry_all()
    return browser.get(f"/work/{asked.json['work_id']}").json


def _text(browser: Browser, work: Any) -> str:
    """The text of the file that downloads."""
    link = browser.get(f"/work/{work['id']}/result").json["url"]
    content = requests.get(link, timeout=10).content
    assert content.startswith(b"%PDF-")
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_every_character_of_a_thread(world: World) -> None:
    """MSG-10: names of all scripts, text as typed, files with their digests, pages with numbers."""
    file = files.pdf(b"<< /Of /Record >>")
    writers = [world.member(world.maple, name) for name in NAMES[:1]]
    upload = uploading.ready(world.browser(writers[0]), writers[0].mailbox, file, "Überblick 李.pdf")
    text = "\n".join((*NAMES, NO_GLYPH, "Line after\n\nan empty one"))
    sent = world.write(writers[0], world.ada, subject="Zażółć gęślą jaźń", text=text, upload_ids=[upload])
    thread = f"/mailboxes/{world.ada.mailbox}/threads/{sent['thread_id']}/replies"
    world.time.advance(minutes=1)
    for place in range(30):
        body = {"message_id": sent["message_id"], "text": f"Answer {place}. " + "Wörter und Sätze. " * 200}
        assert world.browser(world.ada).post(thread, body).status == 201
        world.time.advance(seconds=1)
    browser = world.browser(Deciders(world).audra)
    work = _export(browser, sent["thread_id"])
    assert (work["state"], work["done"], work["result_name"].endswith(".pdf")) == ("finished", 31, True)
    found = _text(browser, work)
    for expected in (
        *NAMES,
        "⟦U+1F9A9⟧ flamingo",
        "Zażółć gęślą jaźń",
        "Matter 7, für die Akte 李",
        "Überblick 李.pdf",
    ):
        assert expected in found, expected
    assert hashlib.sha256(file).hexdigest() in found.replace("\n", "")
    assert base64.b64encode(hashlib.sha256(file).digest()) == uploading.announcement("", file)["sha256"].encode()
    assert "Confidential." in found
    assert "End of the record: 31 messages." in found
    pages = [f"Page {number} " in found for number in (1, 2, 3)]
    assert all(pages)
    order = [found.index(f"Answer {place}.") for place in range(30)]
    assert order == sorted(order)


def test_it_is_recorded_and_for_auditors_alone(world: World) -> None:
    """MSG-10, S-AUD-02, AUD-4: who, which messages, each download; who is no auditor any more gets nothing."""
    sent, deciders = world.write(world.gina, world.ada), Deciders(world)
    browser = world.browser(deciders.audra)
    work = _export(browser, sent["thread_id"])
    _text(browser, work)
    (started,) = stored.records("export.started")
    (exported,) = stored.records("message.exported")
    (downloaded,) = stored.records("export.downloaded")
    assert (started.actor_id, started.object_id) == (deciders.audra.user.id, sent["thread_id"])
    assert (exported.after["messages"], exported.after["for"]) == ([sent["message_id"]], deciders.audra.user.id)
    assert downloaded.actor_id == deciders.audra.user.id
    assert "Matter 7" not in str([record.attribute_values for record in stored.records()])
    later.demote(deciders.audra)
    assert world.browser(deciders.audra).get(f"/work/{work['id']}/result").status == 404


def test_what_is_deleted_can_not_be_taken_out(world: World) -> None:
    """MSG-10: neither afterwards, nor when it goes before the work comes to it."""
    sent, audra = world.write(world.gina, world.ada), Deciders(world).audra
    path = f"/records/threads/{sent['thread_id']}/export"
    asked = world.browser(audra).post(path, {"reason": "Why"}).json
    assert keeping.run(keeping.over(world.time.now)).deleted == 1
    works.carry_all()
    shown = world.browser(audra).get(f"/work/{asked['work_id']}").json
    assert (shown["state"], shown["reason"]) == ("stopped", "nothing_left")
    assert world.browser(audra).post(path, {"reason": "Why"}).status == 404


@pytest.mark.parametrize("who", ["gina", "ada"])
def test_nobody_else_takes_anything_out(world: World, who: str) -> None:
    """S-AZ-13."""
    sent = world.write(world.gina, world.ada)
    answer = world.browser(getattr(world, who)).post(f"/records/threads/{sent['thread_id']}/export", {"reason": "Why"})
    assert answer.status == 403
