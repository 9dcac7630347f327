"""Files in S3 as `attachments/buckets.py` sends, pins, copies and hands them out."""

import base64
import hashlib
from datetime import UTC, datetime

import msgspec
import pytest
import requests
from botocore.exceptions import ClientError

from chalicelib.attachments import buckets
from chalicelib.attachments.domain import Attachment, Upload
from chalicelib.core import ids
from chalicelib.core.presigned import Form
from tests.conformance.stand import Stand

pytestmark = pytest.mark.usefixtures("portal_on_storage")

CONTENT = b"%PDF-1.7 a small file\n"
SECONDS = 30


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


@pytest.fixture
def upload() -> Upload:
    return Upload(
        id=ids.new("upl"),
        user_id=ids.new("usr"),
        mailbox_id=ids.new("mem"),
        organization_id=ids.new("org"),
        file_name="a form.pdf",
        content_type="application/pdf",
        size=len(CONTENT),
        sha256=_digest(CONTENT),
        created_at=datetime(2026, 3, 2, 15, tzinfo=UTC),
    )


def _send(post: Form, content: bytes = CONTENT, **changes: str | None) -> int:
    """Send the form as a browser does, with some fields changed, or left out (None); the status."""
    named = {name.replace("_", "-"): value for name, value in changes.items()}
    fields = {name: value for name, value in (post.fields | named).items() if value is not None}
    return requests.post(post.url, data=fields, files={"file": content}, timeout=SECONDS).status_code


def test_the_announced_file_is_taken(storage: Stand, upload: Upload) -> None:
    """S-FILE-01."""
    assert _send(buckets.presigned_post(upload)) == 204
    (version,) = buckets.versions(upload)
    assert version.size == upload.size
    assert buckets.content(buckets.quarantine_key(upload), version.id, upload.size)[0] == CONTENT


def _refused(upload: Upload, content: bytes = CONTENT, **changes: str | None) -> None:
    status = _send(buckets.presigned_post(upload), content, **changes)
    assert 400 <= status < 500, status
    assert buckets.versions(upload) == []


@pytest.mark.parametrize("announced", [len(CONTENT) - 1, len(CONTENT) + 1])
def test_a_file_of_another_size_is_refused(storage: Stand, upload: Upload, announced: int) -> None:
    """S-FILE-01: not one byte more or less, though all the rest is right."""
    _refused(msgspec.structs.replace(upload, size=announced))


def test_another_content_of_the_same_size_is_refused(storage: Stand, upload: Upload) -> None:
    """S-FILE-01: the checksum that was announced."""
    _refused(upload, CONTENT[::-1])


def test_another_checksum_is_refused(storage: Stand, upload: Upload) -> None:
    _refused(upload, CONTENT[::-1], x_amz_checksum_sha256=_digest(CONTENT[::-1]))


def test_a_form_without_its_checksum_is_refused(storage: Stand, upload: Upload) -> None:
    _refused(upload, x_amz_checksum_sha256=None, x_amz_checksum_algorithm=None)


def test_another_type_is_refused(storage: Stand, upload: Upload) -> None:
    _refused(upload, Content_Type="text/html")


def test_another_key_is_refused(storage: Stand, upload: Upload) -> None:
    """S-FILE-01: nobody writes over the file of another."""
    other = msgspec.structs.replace(upload, id=ids.new("upl"))
    assert 400 <= _send(buckets.presigned_post(upload), key=buckets.quarantine_key(other)) < 500
    assert buckets.versions(other) == []


def test_a_form_with_another_signature_is_refused(storage: Stand, upload: Upload) -> None:
    _refused(upload, x_amz_signature="0" * 64)


def test_every_sending_is_a_version_of_its_own(storage: Stand, upload: Upload) -> None:
    """S-FILE-05: the version that was scanned is the one that is released, whatever is sent later."""
    post = buckets.presigned_post(upload)
    assert [_send(post), _send(post)] == [204, 204]
    newest, oldest = buckets.versions(upload)
    assert newest.id != oldest.id
    for version in (newest, oldest):
        assert buckets.content(buckets.quarantine_key(upload), version.id, upload.size)[0] == CONTENT
    buckets.discard(upload)
    assert buckets.versions(upload) == []


def _released(upload: Upload) -> Attachment:
    """Send and release it; the attachment."""
    assert _send(buckets.presigned_post(upload)) == 204
    version_id = buckets.versions(upload)[0].id
    pinned = msgspec.structs.replace(upload, version_id=version_id)
    assert buckets.release(pinned, buckets.content(buckets.quarantine_key(upload), version_id, upload.size)[1])
    return Attachment(
        id=upload.id,
        file_name=upload.file_name,
        content_type=upload.content_type,
        size=upload.size,
        clean_key=buckets.clean_key(upload),
    )


def test_only_the_version_that_was_looked_at_is_released(storage: Stand, upload: Upload) -> None:
    """S-FILE-05: by its ETag."""
    assert _send(buckets.presigned_post(upload)) == 204
    pinned = msgspec.structs.replace(upload, version_id=buckets.versions(upload)[0].id)
    assert not buckets.release(pinned, '"00000000000000000000000000000000"')
    _, clean = storage.buckets
    with pytest.raises(ClientError, match="404"):
        storage.s3.head_object(Bucket=clean, Key=buckets.clean_key(upload))


def test_a_link_downloads_under_the_name_of_the_file(storage: Stand, upload: Upload) -> None:
    """S-FILE-06: as an attachment, whatever it is, and kept by nobody."""
    answer = requests.get(buckets.link(_released(upload)), timeout=SECONDS)
    assert (answer.status_code, answer.content) == (200, CONTENT)
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''a%20form.pdf"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_link_is_for_one_file(storage: Stand, upload: Upload) -> None:
    """S-FILE-06: and for nothing that was not signed."""
    link = buckets.link(_released(upload))
    tampered = link.replace("a%2520form.pdf", "a.html")
    assert tampered != link
    assert requests.get(tampered, timeout=SECONDS).status_code == 403


def test_a_file_is_not_read_without_a_link(storage: Stand, upload: Upload) -> None:
    """S-FILE-09."""
    link = buckets.link(_released(upload))
    assert requests.get(link.partition("?")[0], timeout=SECONDS).status_code == 403
