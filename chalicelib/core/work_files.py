"""Files of long works: what is to be read in, the parts of a result, and the result (core/work.py).

One private bucket whose objects all go after a week. Inputs come from browsers by a presigned form; a result is handed
out by a link that is good for a minute, to the work's owner alone (S-FILE-01, S-FILE-06).
"""

import base64
import hashlib
from datetime import datetime, timedelta

from botocore.exceptions import ClientError

from chalicelib.core import aws, change, config, journal, presigned
from chalicelib.core.access import Actor
from chalicelib.core.errors import Conflict, FieldError, Invalid
from chalicelib.core.presigned import Form
from chalicelib.core.work import Stopped, Work, own, require_result
from chalicelib.core.work_ends import begin_found

INPUT_TYPE = "text/csv"
MOST_INPUT_BYTES = 10 * 1024 * 1024
MOST_RESULT_BYTES = 50 * 1024 * 1024
# The bucket's lifecycle deletes after seven days, at midnight, a while late: a link must not lead to nothing.
RESULT_KEPT = timedelta(days=7)
# A function that may not list the bucket is told of what is gone that it is denied.
_NOT_THERE = ("NoSuchKey", "404", "AccessDenied")


def check_input(size: int, sha256: str) -> list[FieldError]:
    """What is wrong with an input of `size` bytes that is announced with its SHA-256 in base64."""
    errors = []
    if not 1 <= size <= MOST_INPUT_BYTES:
        errors.append(FieldError("/size", "too_big" if size > 0 else "too_small", MOST_INPUT_BYTES if size > 0 else 1))
    try:
        fits = len(base64.b64decode(sha256, validate=True)) == hashlib.sha256().digest_size
    except ValueError:
        fits = False
    return errors if fits else [*errors, FieldError("/sha256", "wrong_form")]


def input_form(of: Work, size: int, sha256: str) -> Form:
    """A form that S3 takes for exactly this input: key, size, type, checksum, encryption; for five minutes.

    Raises Invalid for a size or digest that `check_input` finds wrong.
    """
    errors = check_input(size, sha256)
    if errors:
        raise Invalid(fields=tuple(errors))
    assert of.input_key is not None
    settings = config.current()
    return presigned.form(settings.results_bucket, of.input_key, INPUT_TYPE, size, sha256, settings.results_key)


def begin_with_input(actor: Actor, work_id: str, now: datetime) -> Work:
    """Begin a work whose input has arrived. Raises NotFound, Conflict `input_missing`."""
    found = own(actor, work_id, now)
    if found.state == "announced" and not _arrived(found):
        raise Conflict("input_missing")
    return begin_found(actor, found, now)


def read_input(of: Work) -> bytes:
    """The bytes of a work's input, checked against the announced digest.

    Raises Stopped `input_changed`, `input_missing` when the bucket has forgotten it.
    """
    assert of.input_key is not None
    try:
        content = _get(of.input_key, MOST_INPUT_BYTES + 1)
    except ClientError as error:
        if error.response["Error"]["Code"] not in _NOT_THERE:
            raise
        raise Stopped("input_missing") from None
    # S3 checks it from the form's conditions; what stands in for S3 may not.
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")
    if of.input_key.rsplit("/", 1)[-1] != digest:
        raise Stopped("input_changed")
    return content


def put_part(of: Work, number: int, content: bytes) -> None:
    """Keep one part of a result. The same number again takes its place, so a chunk may happen again."""
    _put(_part_key(of, number), content, "application/octet-stream")


def join_parts(of: Work, count: int, content_type: str = "text/csv; charset=utf-8") -> str:
    """Make the result from the parts 0 to `count` - 1; its key, for the last chunk. May happen again.

    In memory, so bounded: ValueError above MOST_RESULT_BYTES.
    """
    whole = bytearray()
    for number in range(count):
        whole += part(of, number)
        if len(whole) > MOST_RESULT_BYTES:
            raise ValueError(f"{of.kind}: the result is too large")
    return put_result(of, bytes(whole), content_type)


def part(of: Work, number: int) -> bytes:
    """One part of a result, as it was kept."""
    return _get(_part_key(of, number), MOST_RESULT_BYTES + 1)


def put_result(of: Work, content: bytes, content_type: str) -> str:
    """Keep the result; its key, for the last chunk. May happen again."""
    key = f"result/{of.id}"
    _put(key, content, content_type)
    return key


def result_until(of: Work) -> datetime | None:
    """Until when the result can be downloaded; None when there is none."""
    return of.updated_at + RESULT_KEPT if of.state == "finished" and of.result_key else None


def link(actor: Actor, work_id: str, now: datetime) -> str:
    """An address from which the actor's result downloads, as an attachment, for a minute; audited (S-AUD-02).

    Raises NotFound, Conflict `result_missing`.
    """
    found = own(actor, work_id, now)
    require_result(actor, found)
    until = result_until(found)
    if until is None or until <= now:
        raise Conflict("result_missing")
    facts: journal.Facts = {"kind": found.kind, "rows": found.done}
    change.note(actor, journal.Entry(action="export.downloaded", object_id=found.id, after=facts), now)
    return presigned.link(config.current().results_bucket, found.result_key or "", found.result_name)


def _arrived(of: Work) -> bool:
    listed = aws.s3().list_objects_v2(Bucket=config.current().results_bucket, Prefix=of.input_key)
    return any(found["Key"] == of.input_key for found in listed.get("Contents", []))


def _part_key(of: Work, number: int) -> str:
    return f"part/{of.id}/{number:06d}"


def _get(key: str, most: int) -> bytes:
    content: bytes = aws.s3().get_object(Bucket=config.current().results_bucket, Key=key)["Body"].read(most)
    return content


def _put(key: str, content: bytes, content_type: str) -> None:
    aws.s3().put_object(Bucket=config.current().results_bucket, Key=key, Body=content, ContentType=content_type)
