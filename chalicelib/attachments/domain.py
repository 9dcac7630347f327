"""Rules of files (MSG-8, S-FILE-*): which may come in, and when one may be read."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.core.errors import FieldError

State = Literal["waiting", "checking", "ready", "refused", "discarded"]
Reason = Literal["infected", "not_checked", "wrong_type", "wrong_content"]

# An upload that no message took by then goes, with its files (S-FILE-08).
UNSENT_KEPT = timedelta(hours=24)
# No function runs longer: a release that began earlier before that is over when the files go.
_RELEASE_TAKES = timedelta(minutes=15)
LARGEST_FILE = 25 * 1024 * 1024
LARGEST_MESSAGE = 50 * 1024 * 1024
MOST_FILES = 10
MOST_A_DAY = 500 * 1024 * 1024
"""Bytes that one user announces on one day (UTC), sent or not (S-FILE-02)."""

# Extension -> content types that browsers declare for it. Nothing that a browser or Office would run (S-FILE-03).
ALLOWED: dict[str, frozenset[str]] = {
    "pdf": frozenset({"application/pdf"}),
    "png": frozenset({"image/png"}),
    "jpg": frozenset({"image/jpeg"}),
    "jpeg": frozenset({"image/jpeg"}),
    "tif": frozenset({"image/tiff"}),
    "tiff": frozenset({"image/tiff"}),
    "docx": frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
    "xlsx": frozenset({"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}),
    "txt": frozenset({"text/plain"}),
    "csv": frozenset({"text/csv", "application/vnd.ms-excel"}),
}


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file as part of a message: a copy of what was known when it was released."""

    id: str
    file_name: str
    content_type: str
    size: int
    clean_key: str


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """A file on its way in. It belongs to one user in one mailbox and goes into at most one message (S-AZ-11)."""

    id: str
    user_id: str
    mailbox_id: str
    organization_id: str | None
    file_name: str
    content_type: str
    size: int
    sha256: str
    """SHA-256 of the content in base64, as S3 checks it."""
    state: State = "waiting"
    reason: Reason | None = None
    version_id: str | None = None
    """The one S3 version that was finalized: only what this version holds can ever be read (S-FILE-02)."""
    message_id: str | None = None
    """The first message that took it, or another one with the file when that was deleted (MSG-10)."""
    given_up: int = 0
    """How many messages with the file were deleted."""
    created_at: datetime


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the scanner found in one version of an upload."""

    upload_id: str
    version_id: str
    clean: bool
    status: str
    """The scanner's own word: NO_THREATS_FOUND, THREATS_FOUND, UNSUPPORTED, ACCESS_DENIED or FAILED."""


class Inspection(msgspec.Struct, frozen=True, kw_only=True):
    """Whether one version of an upload is what was announced and what its name says (S-FILE-03, S-FILE-04)."""

    upload_id: str
    version_id: str
    holds: bool
    etag: str
    """ETag of what was looked into: nothing else may be released."""


def extension(file_name: str) -> str:
    """The part behind the last dot, lower case; empty when there is none."""
    stem, dot, ending = file_name.rpartition(".")
    return ending.lower() if dot and stem else ""


def check_announced(file_name: str, content_type: str, size: int) -> list[FieldError]:
    """What is wrong with a file as the client announces it, before a byte is sent."""
    errors = []
    if "/" in file_name or "\\" in file_name:
        errors.append(FieldError("/file_name", "characters_not_allowed"))
    if content_type not in ALLOWED.get(extension(file_name), frozenset()):
        errors.append(FieldError("/file_name", "type_not_allowed"))
    if size < 1:
        errors.append(FieldError("/size", "empty"))
    if size > LARGEST_FILE:
        errors.append(FieldError("/size", "too_large", LARGEST_FILE // 1024 // 1024))
    return errors


def check_message(uploads: list[Upload]) -> list[FieldError]:
    """What keeps these uploads from going into one message together."""
    errors = []
    if len(uploads) > MOST_FILES:
        errors.append(FieldError("/upload_ids", "too_many", MOST_FILES))
    if sum(upload.size for upload in uploads) > LARGEST_MESSAGE:
        errors.append(FieldError("/upload_ids", "too_large", LARGEST_MESSAGE // 1024 // 1024))
    if len({upload.id for upload in uploads}) < len(uploads):
        errors.append(FieldError("/upload_ids", "repeated"))
    for place, upload in enumerate(uploads):
        if upload.message_id is not None:
            errors.append(FieldError(f"/upload_ids/{place}", "already_sent"))
        elif upload.state != "ready":
            errors.append(FieldError(f"/upload_ids/{place}", "not_ready"))
    return errors


def check_together(files: Sequence[Attachment]) -> list[FieldError]:
    """What keeps these files from being those of one message."""
    errors = []
    if len(files) > MOST_FILES:
        errors.append(FieldError("/upload_ids", "too_many", MOST_FILES))
    if sum(file.size for file in files) > LARGEST_MESSAGE:
        errors.append(FieldError("/upload_ids", "too_large", LARGEST_MESSAGE // 1024 // 1024))
    return errors


def judge(upload: Upload, verdict: Verdict) -> Reason | None:
    """Why a verdict keeps an upload closed; None when it opens it. Anything but a clean scan of that version does."""
    if verdict.version_id != upload.version_id:
        return "not_checked"
    if verdict.clean:
        return None
    return "infected" if verdict.status == "THREATS_FOUND" else "not_checked"


def discard_at(upload: Upload) -> datetime:
    """When an upload goes unless a message has taken it."""
    return upload.created_at + UNSENT_KEPT


def expired(upload: Upload, now: datetime) -> bool:
    """Whether an upload counts no more, worked off or not (house rule 4)."""
    return upload.message_id is None and (upload.state == "discarded" or now >= discard_at(upload))


def may_be_released(upload: Upload, now: datetime) -> bool:
    """Whether there is time to release an upload before it goes: a later copy would stay for ever (S-FILE-08)."""
    return now + _RELEASE_TAKES <= discard_at(upload)
