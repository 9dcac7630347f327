"""Announcing a file (MSG-8): what is refused at once, and the form for what is not."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.core import config
from tests import stored
from tests.portal import Browser
from tests.uploading import PDF, announce, announcement
from tests.world import World

MIB = 1024 * 1024


@pytest.fixture
def gina(world: World) -> Browser:
    return world.browser(world.gina)


def test_the_same_key_announces_one_upload(world: World, gina: Browser) -> None:
    """PLT-3."""
    body = announcement(world.gina.mailbox)
    first, second = (gina.post("/uploads", body, key="the-key-of-one-file").json for _ in range(2))
    assert first["upload_id"] == second["upload_id"]
    assert gina.post("/uploads", body | {"size": 1}, key="the-key-of-one-file").code == "idempotency_key_reused"


def test_the_form_is_for_exactly_this_file(world: World, gina: Browser) -> None:
    """S-FILE-01: the whole policy, nothing open in it, good for five minutes."""
    announced = announce(gina, world.gina.mailbox)
    policy = json.loads(base64.b64decode(announced["fields"]["policy"]))
    expires = datetime.fromisoformat(policy["expiration"])
    fields = announced["fields"]
    stated = {next(iter(condition)): condition for condition in policy["conditions"] if isinstance(condition, dict)}
    signed = {f"x-amz-{name}": fields[f"x-amz-{name}"] for name in ("algorithm", "credential", "date")}
    assert timedelta(minutes=4) < expires - _signed_at(fields["x-amz-date"]) <= timedelta(minutes=5)
    expected = {
        "bucket": "portico-test-quarantine",
        "key": f"quarantine/{fields['key'].split('/')[1]}/{announced['upload_id']}",
        "Content-Type": "application/pdf",
        "x-amz-checksum-algorithm": "SHA256",
        "x-amz-checksum-sha256": announcement(world.gina.mailbox)["sha256"],
    }
    assert {name: condition[name] for name, condition in stated.items()} == expected | signed
    assert [condition for condition in policy["conditions"] if not isinstance(condition, dict)] == [
        ["content-length-range", len(PDF), len(PDF)]
    ]
    assert fields.keys() == (expected.keys() - {"bucket"}) | signed.keys() | {"policy", "x-amz-signature"}
    assert world.maple.id not in announced["url"] + str(fields)


def test_the_form_asks_for_the_plans_own_key(world: World, gina: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """S-FILE-01: where there is one, the bucket takes nothing that is not encrypted with it."""
    key = "arn:aws:kms:us-east-1:111122223333:key/0000"
    monkeypatch.setenv("PORTICO_ATTACHMENTS_KEY", key)
    config.current.cache_clear()
    try:
        fields = announce(gina, world.gina.mailbox)["fields"]
    finally:
        monkeypatch.undo()
        config.current.cache_clear()
    conditions = json.loads(base64.b64decode(fields["policy"]))["conditions"]
    for name, value in (
        ("x-amz-server-side-encryption", "aws:kms"),
        ("x-amz-server-side-encryption-aws-kms-key-id", key),
    ):
        assert fields[name] == value
        assert {name: value} in conditions


def _signed_at(text: str) -> datetime:
    return datetime.strptime(text + "+0000", "%Y%m%dT%H%M%SZ%z")


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"file_name": "a.pdf.exe"}, {("/file_name", "type_not_allowed")}),
        ({"file_name": "../a.pdf"}, {("/file_name", "characters_not_allowed")}),
        ({"file_name": "a\r\nSet-Cookie: x.pdf"}, {("/file_name", "characters_not_allowed")}),
        ({"file_name": "exe.\u202efdp.pdf"}, {("/file_name", "characters_not_allowed")}),
        ({"file_name": "a\u200b.pdf"}, {("/file_name", "characters_not_allowed")}),
        ({"file_name": "a\0.pdf"}, {("/file_name", "characters_not_allowed")}),
        ({"file_name": "a" * 252 + ".pdf"}, {("/file_name", "too_long")}),
        ({"file_name": ""}, {("/file_name", "required")}),
        ({"content_type": "text/html"}, {("/file_name", "type_not_allowed")}),
        ({"size": 0}, {("/size", "empty")}),
        ({"size": 25 * MIB + 1}, {("/size", "too_large")}),
        ({"sha256": "AAAA"}, {("/sha256", "wrong_form")}),
        ({"sha256": "é" * 44}, {("/sha256", "wrong_form")}),
        ({"file_name": "a.exe", "size": 0, "sha256": ""}, {
            ("/file_name", "type_not_allowed"), ("/size", "empty"), ("/sha256", "wrong_form"),
        }),
    ],
)  # fmt: skip
def test_what_is_refused_at_once(
    world: World, gina: Browser, changes: dict[str, Any], fields: set[tuple[str, str]]
) -> None:
    """S-FILE-03, S-FILE-06, S-IO-05."""
    before = stored.business()
    answer = gina.post("/uploads", announcement(world.gina.mailbox, **changes))
    assert (answer.status, answer.fields) == (422, fields)
    assert stored.business() == before


def test_the_largest_file_and_the_longest_name(world: World, gina: Browser) -> None:
    body = announcement(world.gina.mailbox, file_name="ñ" * 251 + ".pdf", size=25 * MIB)
    assert gina.post("/uploads", body).status == 201
