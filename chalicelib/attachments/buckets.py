"""The two buckets (S-FILE-01, -05, -06): what comes in lands in quarantine; only clean copies are ever handed out.

Quarantine is written by browsers through a presigned POST and read by the inspection and the release alone; the API
sees only which versions are there.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from botocore.exceptions import ClientError

from chalicelib.attachments.domain import Attachment, Upload
from chalicelib.core import aws, config, ids, presigned
from chalicelib.core.presigned import Form


class Version(msgspec.Struct, frozen=True):
    """One version of an object as S3 lists it."""

    id: str
    size: int


def quarantine_key(upload: Upload) -> str:
    """Where an upload lands. The organization shows only as a digest."""
    owner = ids.digest(upload.organization_id or upload.mailbox_id)[:16]
    return f"quarantine/{owner}/{upload.id}"


def upload_id_of(key: str) -> str:
    """The upload behind a quarantine key."""
    return key.rsplit("/", 1)[-1]


def clean_key(upload: Upload) -> str:
    """Where the clean copy of an upload goes."""
    return quarantine_key(upload).replace("quarantine/", "clean/", 1)


def presigned_post(upload: Upload) -> Form:
    """A form that S3 takes for exactly this file; for five minutes."""
    settings = config.current()
    return presigned.form(
        settings.quarantine_bucket,
        quarantine_key(upload),
        upload.content_type,
        upload.size,
        upload.sha256,
        settings.attachments_key,
    )


def versions(upload: Upload) -> list[Version]:
    """Every version that was sent for an upload, newest first."""
    key = quarantine_key(upload)
    listed = aws.s3().list_object_versions(Bucket=config.current().quarantine_bucket, Prefix=key)
    return [Version(found["VersionId"], found["Size"]) for found in listed.get("Versions", []) if found["Key"] == key]


def content(key: str, version_id: str, size: int) -> tuple[bytes, str]:
    """The bytes of a version in quarantine, at most `size` and one more, and their ETag."""
    got = aws.s3().get_object(Bucket=config.current().quarantine_bucket, Key=key, VersionId=version_id)
    return got["Body"].read(size + 1), got["ETag"]


def release(upload: Upload, etag: str) -> bool:
    """Copy the finalized version into the clean bucket. False when it is not the one with that ETag (any more)."""
    settings = config.current()
    key = {"Bucket": settings.quarantine_bucket, "Key": quarantine_key(upload), "VersionId": upload.version_id}
    try:
        aws.s3().copy_object(
            Bucket=settings.clean_bucket,
            Key=clean_key(upload),
            CopySource=key,
            CopySourceIfMatch=etag,
            ContentType="application/octet-stream",
            MetadataDirective="REPLACE",
        )
    except ClientError as error:
        if _code(error.response) in ("PreconditionFailed", "NoSuchKey", "NoSuchVersion"):
            return False
        raise
    return True


def discard(upload: Upload) -> None:
    """Delete every version of an upload's files, in quarantine and clean. What is gone already is no error."""
    settings = config.current()
    for bucket, key in (
        (settings.quarantine_bucket, quarantine_key(upload)),
        (settings.clean_bucket, clean_key(upload)),
    ):
        listed = aws.s3().list_object_versions(Bucket=bucket, Prefix=key)
        objects = [
            {"Key": found["Key"], "VersionId": found["VersionId"]}
            for found in (*listed.get("Versions", []), *listed.get("DeleteMarkers", []))
            if found["Key"] == key
        ]
        if objects:
            aws.s3().delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})


def link(attachment: Attachment) -> str:
    """An address from which the clean copy downloads, as an attachment, for a minute (S-FILE-06)."""
    return presigned.link(config.current().clean_bucket, attachment.clean_key, attachment.file_name)


def _code(response: Mapping[str, Any]) -> str:
    return str(response.get("Error", {}).get("Code", ""))
