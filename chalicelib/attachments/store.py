"""Items of uploads in the mail table (docs/data-model.md)."""

from datetime import datetime, timedelta

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.attachments.domain import MOST_A_DAY, Upload, Verdict
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal, TooManyAttempts
from chalicelib.core.tables import MailRow, ShortLivedRow


class UploadRow(MailRow, discriminator="upload"):
    """pk `UPLOAD#<upload id>`, sk `UPLOAD`."""

    user_id = UnicodeAttribute()
    mailbox_id = UnicodeAttribute()
    organization_id = UnicodeAttribute(null=True)
    file_name = UnicodeAttribute()
    content_type = UnicodeAttribute()
    size = NumberAttribute()
    sha256 = UnicodeAttribute()
    state = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    version_id = UnicodeAttribute(null=True)
    cleared = BooleanAttribute(null=True)
    """Whether it was found clean and given to the inspection."""
    message_id = UnicodeAttribute(null=True)
    given_up = NumberAttribute(null=True)
    """How many messages with the file were deleted; two that are deleted at once see each other by it (MSG-10)."""
    created_at = UTCDateTimeAttribute()


class VerdictRow(MailRow, discriminator="verdict"):
    """pk `UPLOAD#<upload id>`, sk `VERDICT#<S3 version id>`: may come before the upload is finalized."""

    clean = BooleanAttribute()
    status = UnicodeAttribute()


class BindingRow(MailRow, discriminator="binding"):
    """One more message with the same file: pk `UPLOAD#<upload id>`, sk `BINDING#<attachment id>`.

    Whoever deletes a file first looks for them; its first message stands on the upload itself.
    """

    message_id = UnicodeAttribute()


class AnnouncedRow(ShortLivedRow, discriminator="announced"):
    """Bytes that a user announced on a day: pk `ANNOUNCED#<user id>`, sk `<day>`. No version: parallel ones add up."""

    size = NumberAttribute()


def count_announced(change: Change, user_id: str, size: int) -> None:
    """Plan that a user announces more; the commit raises TooManyAttempts `upload_quota` for too much (S-FILE-02)."""
    day = change.now.replace(hour=0, minute=0, second=0, microsecond=0)
    seconds = int((day + timedelta(days=1) - change.now).total_seconds()) + 1
    change.count(
        AnnouncedRow(f"ANNOUNCED#{user_id}", day.date().isoformat()),
        [AnnouncedRow.size.add(size), AnnouncedRow.expires_at.set(day + timedelta(days=2))],
        AnnouncedRow.pk.does_not_exist() | (AnnouncedRow.size <= MOST_A_DAY - size),
        TooManyAttempts("upload_quota", retry_after=seconds),
    )


def row(upload_id: str) -> UploadRow:
    """The empty item with an upload's key, for updates and checks."""
    return UploadRow(f"UPLOAD#{upload_id}", "UPLOAD")


def upload_row(upload: Upload) -> UploadRow:
    """The item of a new upload."""
    return UploadRow(
        f"UPLOAD#{upload.id}",
        "UPLOAD",
        user_id=upload.user_id,
        mailbox_id=upload.mailbox_id,
        organization_id=upload.organization_id,
        file_name=upload.file_name,
        content_type=upload.content_type,
        size=upload.size,
        sha256=upload.sha256,
        state=upload.state,
        created_at=upload.created_at,
    )


def binding_row(upload_id: str, attachment_id: str, message_id: str) -> BindingRow:
    """The item that says that a message has the file of an upload by an id of its own."""
    return BindingRow(f"UPLOAD#{upload_id}", f"BINDING#{attachment_id}", message_id=message_id)


def bindings(upload_id: str, most: int) -> dict[str, str]:
    """The first further messages with the file of an upload, by the id that it has in each."""
    rows = BindingRow.query(
        f"UPLOAD#{upload_id}", BindingRow.sk.startswith("BINDING#"), consistent_read=True, limit=most, page_size=most
    )
    return {row.sk.removeprefix("BINDING#"): row.message_id for row in rows}


def binding(upload_id: str, attachment_id: str) -> str | None:
    """The further message with the file of an upload by an id; None when there is none."""
    try:
        found = BindingRow.get(f"UPLOAD#{upload_id}", f"BINDING#{attachment_id}", consistent_read=True)
    except BindingRow.DoesNotExist:
        return None
    return str(found.message_id)


def unbind(change: Change, upload_id: str, attachment_id: str, error: Refusal) -> None:
    """Plan that a further message has the file of an upload no more; `error` when it had not."""
    change.delete(BindingRow(f"UPLOAD#{upload_id}", f"BINDING#{attachment_id}"), BindingRow.pk.exists(), error)


def give_up(change: Change, upload: Upload, first: str | None, error: Refusal) -> None:
    """Plan that one message less has the file of an upload: `first` has it now, or nothing, and then it is discarded.

    The commit fails with `error` when another message gave it up since `upload` was read.
    """
    steps: list[Action] = [UploadRow.given_up.add(1)]
    if first is None:
        steps += [UploadRow.state.set("discarded"), UploadRow.message_id.remove()]
    else:
        steps.append(UploadRow.message_id.set(first))
    seen = UploadRow.given_up == upload.given_up if upload.given_up else UploadRow.given_up.does_not_exist()
    change.update(row(upload.id), steps, (UploadRow.message_id == upload.message_id) & seen, error)


def _upload(found: UploadRow) -> Upload:
    created_at: datetime = found.created_at
    return Upload(
        id=found.pk.removeprefix("UPLOAD#"),
        user_id=found.user_id,
        mailbox_id=found.mailbox_id,
        organization_id=found.organization_id,
        file_name=found.file_name,
        content_type=found.content_type,
        size=int(found.size),
        sha256=found.sha256,
        state=found.state,  # type: ignore[arg-type]  # written from the same Literal
        reason=found.reason,  # type: ignore[arg-type]  # likewise
        version_id=found.version_id,
        message_id=found.message_id,
        given_up=int(found.given_up or 0),
        created_at=created_at,
    )


def upload(upload_id: str) -> Upload | None:
    """One upload, whoever it belongs to; None when there is none."""
    try:
        return _upload(UploadRow.get(f"UPLOAD#{upload_id}", "UPLOAD", consistent_read=True))
    except UploadRow.DoesNotExist:
        return None


def uploads(ids: list[str]) -> dict[str, Upload]:
    """Uploads by id; unknown ids are left out."""
    keys = [(f"UPLOAD#{id_}", "UPLOAD") for id_ in dict.fromkeys(ids)]
    if not keys:
        return {}
    found = (_upload(row) for row in UploadRow.batch_get(keys, consistent_read=True))
    return {upload.id: upload for upload in found}


def verdict_row(verdict: Verdict) -> VerdictRow:
    """The item of a verdict."""
    return VerdictRow(
        f"UPLOAD#{verdict.upload_id}", f"VERDICT#{verdict.version_id}", clean=verdict.clean, status=verdict.status
    )


def verdict_key(upload_id: str, version_id: str) -> VerdictRow:
    """The empty item with a verdict's key, for deleting it."""
    return VerdictRow(f"UPLOAD#{upload_id}", f"VERDICT#{version_id}")


def verdict(upload_id: str, version_id: str) -> Verdict | None:
    """What the scanner found in that version, or None so far."""
    try:
        found = VerdictRow.get(f"UPLOAD#{upload_id}", f"VERDICT#{version_id}", consistent_read=True)
    except VerdictRow.DoesNotExist:
        return None
    return Verdict(upload_id=upload_id, version_id=version_id, clean=found.clean, status=found.status)
