"""The malware scanner of one machine: looks at every new object version in the quarantine bucket, as GuardDuty does.

It knows one threat, the EICAR test file. Its result is the event that GuardDuty Malware Protection for S3 sends.
"""

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from local.pumps import TRIES, delay, log

# In two parts, so that no scanner takes this file for the test file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_ACCOUNT = "123456789012"

Handler = Callable[[dict[str, Any]], Any]


class Scanner:
    """Scans each version once and hands the result to `handler`; retries while the handler fails."""

    name = "scanner"
    wakes_on = frozenset({"write"})
    poll_seconds = 1.0

    def __init__(self, s3: Any, bucket: str, handler: Handler) -> None:
        self.parked: list[str] = []
        self._s3 = s3
        self._bucket = bucket
        self._handler = handler
        self.forget()

    def forget(self) -> None:
        """Start over, without what is there now (see `pumps.Source`)."""
        self._done: set[tuple[str, str]] = set()
        self._failures: dict[tuple[str, str], tuple[int, float]] = {}  # number, not before
        self.parked.clear()

    def idle(self) -> bool:
        """Whether nothing waits here."""
        return not self._failures

    def work(self) -> bool:
        """One round; whether it got anything done."""
        worked = False
        for version in self._versions():
            identity = (version["Key"], version["VersionId"])
            failures, not_before = self._failures.get(identity, (0, 0.0))
            if identity not in self._done and time.monotonic() >= not_before:
                worked = self._scan(version, identity, failures) or worked
        return worked

    def _scan(self, version: dict[str, Any], identity: tuple[str, str], failures: int) -> bool:
        try:
            content = self._s3.get_object(Bucket=self._bucket, Key=identity[0], VersionId=identity[1])["Body"].read()
            self._handler(scan_result(self._bucket, version, infected=EICAR in content))
        except self._s3.exceptions.NoSuchKey:
            pass  # deleted since it was listed
        except Exception as error:  # a handler's fault of any kind is tried again, as on AWS
            log.warning("%s: handler failed: %s: %s", self.name, type(error).__name__, error)
            if failures + 1 < TRIES:
                self._failures[identity] = (failures + 1, time.monotonic() + delay(failures + 1))
                return False
            log.error("%s: %s given up after %d tries", self.name, identity[0], TRIES)
            self.parked.append(f"object {identity[0]}, version {identity[1]}")
        self._failures.pop(identity, None)
        self._done.add(identity)
        return True

    def _versions(self) -> Iterator[dict[str, Any]]:
        for page in self._s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket):
            yield from page.get("Versions", [])


def scan_result(bucket: str, version: dict[str, Any], *, infected: bool) -> dict[str, Any]:
    """The event of one scan; `version` is an entry of S3's list of object versions."""
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "GuardDuty Malware Protection Object Scan Result",
        "source": "aws.guardduty",
        "account": _ACCOUNT,
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [f"arn:aws:guardduty:us-east-1:{_ACCOUNT}:malware-protection-plan/local"],
        "detail": {
            "schemaVersion": "1.0",
            "scanStatus": "COMPLETED",
            "resourceType": "S3_OBJECT",
            "s3ObjectDetails": {
                "bucketName": bucket,
                "objectKey": version["Key"],
                "eTag": version["ETag"].strip('"'),
                "versionId": version["VersionId"],
                "s3Throttled": False,
            },
            "scanResultDetails": {
                "scanResultStatus": "THREATS_FOUND" if infected else "NO_THREATS_FOUND",
                "threats": [{"name": "EICAR-Test-File (not a virus)"}] if infected else None,
            },
        },
    }


def matches(pattern: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether an EventBridge pattern of plain values (a list of them for each field) takes the event."""
    for field, wanted in pattern.items():
        value = event.get(field)
        if isinstance(wanted, dict):
            if not isinstance(value, dict) or not matches(wanted, value):
                return False
        elif value not in wanted:
            return False
    return True
