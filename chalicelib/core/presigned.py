"""How browsers reach S3: by a form that takes exactly one file, and by a link that is good for a minute.

The one place that says what a form fixes and how a download is handed out (S-FILE-01, S-FILE-06).
"""

import urllib.parse
from typing import Any

import msgspec

from chalicelib.core import aws

FORM_SECONDS = 300
LINK_SECONDS = 60


class Form(msgspec.Struct, frozen=True):
    """What a browser needs to send one file: the address, and the form fields that go before the file."""

    url: str
    fields: dict[str, str]


def form(bucket: str, key: str, content_type: str, size: int, sha256: str, kms_key: str | None) -> Form:
    """A form that S3 takes for exactly this file: key, size in bytes, type, SHA-256 in base64, encryption."""
    fields = {
        "Content-Type": content_type,
        "x-amz-checksum-algorithm": "SHA256",
        "x-amz-checksum-sha256": sha256,
    }
    if kms_key:
        fields["x-amz-server-side-encryption"] = "aws:kms"
        fields["x-amz-server-side-encryption-aws-kms-key-id"] = kms_key
    conditions: list[Any] = [{name: value} for name, value in fields.items()]
    conditions.append(["content-length-range", size, size])
    made = aws.s3_presigner().generate_presigned_post(
        Bucket=bucket, Key=key, Fields=fields, Conditions=conditions, ExpiresIn=FORM_SECONDS
    )
    return Form(made["url"], made["fields"])


def link(bucket: str, key: str, file_name: str) -> str:
    """An address from which an object downloads, always as an attachment, that nobody may keep."""
    name = urllib.parse.quote(file_name, safe="")
    url: str = aws.s3_presigner().generate_presigned_url(
        "get_object",
        Params={
            "Bucket": bucket,
            "Key": key,
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{name}",
            "ResponseContentType": "application/octet-stream",
            "ResponseCacheControl": "no-store",
        },
        ExpiresIn=LINK_SECONDS,
    )
    return url
