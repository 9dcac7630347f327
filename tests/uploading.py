"""A file's way in, step by step, as a browser and the scanner go it."""

import base64
import hashlib
from typing import Any

import requests

from app import app
from chalicelib.core import aws, config
from local import functions
from tests import delivery, files
from tests.portal import Answer, Browser

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "txt": "text/plain",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
PDF = files.pdf()


def announcement(mailbox_id: str, content: bytes = PDF, file_name: str = "form.pdf", **changes: Any) -> dict[str, Any]:
    """The body that announces a file."""
    body: dict[str, Any] = {
        "mailbox_id": mailbox_id,
        "file_name": file_name,
        "content_type": TYPES.get(file_name.rsplit(".", 1)[-1].lower(), "application/pdf"),
        "size": len(content),
        "sha256": base64.b64encode(hashlib.sha256(content).digest()).decode(),
    }
    return body | changes


def announce(browser: Browser, mailbox_id: str, content: bytes = PDF, file_name: str = "form.pdf") -> Any:
    """Announce a file; the answer's document."""
    answer = browser.post("/uploads", announcement(mailbox_id, content, file_name))
    assert answer.status == 201, answer.text
    return answer.json


def post(announced: Any, content: bytes = PDF) -> str:
    """Send a file with the form, as a browser does; its version."""
    answer = requests.post(announced["url"], data=announced["fields"], files={"file": content}, timeout=5)
    assert answer.status_code == 204, answer.text
    versions = [found for found in in_bucket(config.current().quarantine_bucket) if found["IsLatest"]]
    return str(next(found["VersionId"] for found in versions if found["Key"] == announced["fields"]["key"]))


def finalize(browser: Browser, announced: Any) -> Answer:
    return browser.post(f"/uploads/{announced['upload_id']}/finalize", {})


def scan(announced: Any, version_id: str, status: str = "NO_THREATS_FOUND", **changes: Any) -> None:
    """The scanner tells what it found in a version: an event recorded from GuardDuty, with these names in it."""
    functions.call(app, "record_scan_result", scan_result(announced["fields"]["key"], version_id, status, **changes))
    delivery.look_into_files()


def scan_result(
    key: str, version_id: str, status: str, scan_status: str = "COMPLETED", bucket: str = ""
) -> dict[str, Any]:
    threats = [{"name": "EICAR-Test-File (not a virus)"}] if status == "THREATS_FOUND" else None
    return {
        "version": "0",
        "id": "72c7d362-737a-6dce-fc78-9e27a0171419",
        "detail-type": "GuardDuty Malware Protection Object Scan Result",
        "source": "aws.guardduty",
        "account": "111122223333",
        "time": "2026-03-02T15:00:01Z",
        "region": "us-east-1",
        "resources": ["arn:aws:guardduty:us-east-1:111122223333:malware-protection-plan/b4c7f464ab3a4EXAMPLE"],
        "detail": {
            "schemaVersion": "1.0",
            "scanStatus": scan_status,
            "resourceType": "S3_OBJECT",
            "s3ObjectDetails": {
                "bucketName": bucket or config.current().quarantine_bucket,
                "objectKey": key,
                "eTag": "ASIAI44QH8DHBEXAMPLE",
                "versionId": version_id,
                "s3Throttled": False,
            },
            "scanResultDetails": {"scanResultStatus": status, "threats": threats},
        },
    }


def ready(browser: Browser, mailbox_id: str, content: bytes = PDF, file_name: str = "form.pdf") -> str:
    """An upload that went all the way; its id."""
    announced = announce(browser, mailbox_id, content, file_name)
    version = post(announced, content)
    scan(announced, version)
    assert finalize(browser, announced).status == 200
    delivery.settle()
    assert state(browser, announced) == ("ready", None)
    return str(announced["upload_id"])


def state(browser: Browser, announced: Any) -> tuple[str, str | None]:
    """How far an upload has come, and why not further."""
    shown = browser.get(f"/uploads/{announced['upload_id']}", background=True).json
    return shown["state"], shown["reason"]


def in_bucket(bucket: str) -> list[dict[str, Any]]:
    """Versions of objects in a bucket."""
    found: list[dict[str, Any]] = aws.s3().list_object_versions(Bucket=bucket).get("Versions", [])
    return found
