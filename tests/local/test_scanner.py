"""Every version of an object is scanned once, and told as GuardDuty tells it."""

from typing import Any

import pytest

from local.pumps import TRIES, Pumps
from local.scanner import EICAR, Scanner, matches


class _Quarantine:
    def __init__(self, s3: Any, bucket: str) -> None:
        self.s3 = s3
        self.bucket = bucket
        self.results: list[dict[str, Any]] = []
        self.failures_left = 0
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        self.scanner = Scanner(s3, bucket, self._hear)

    def put(self, key: str, content: bytes) -> str:
        version: str = self.s3.put_object(Bucket=self.bucket, Key=key, Body=content)["VersionId"]
        return version

    def _hear(self, event: dict[str, Any]) -> None:
        if self.failures_left:
            self.failures_left -= 1
            raise RuntimeError("not now")
        self.results.append(event)

    def verdicts(self) -> set[tuple[str, str]]:
        """(version, status) of every result."""
        return {
            (
                result["detail"]["s3ObjectDetails"]["versionId"],
                result["detail"]["scanResultDetails"]["scanResultStatus"],
            )
            for result in self.results
        }


@pytest.fixture
def quarantine(s3: Any, name: str) -> _Quarantine:
    return _Quarantine(s3, name)


def test_each_version_is_scanned_once(quarantine: _Quarantine) -> None:
    clean = quarantine.put("a", b"harmless")
    infected = quarantine.put("a", b"before " + EICAR + b" after")
    assert quarantine.scanner.work()
    assert not quarantine.scanner.work()
    assert quarantine.verdicts() == {(clean, "NO_THREATS_FOUND"), (infected, "THREATS_FOUND")}
    assert len(quarantine.results) == 2


def test_the_result_has_guarddutys_shape(quarantine: _Quarantine) -> None:
    quarantine.put("quarantine/x/y", b"content")
    quarantine.scanner.work()
    (event,) = quarantine.results
    assert event["source"] == "aws.guardduty"
    assert event["detail-type"] == "GuardDuty Malware Protection Object Scan Result"
    assert event["detail"]["scanStatus"] == "COMPLETED"
    details = event["detail"]["s3ObjectDetails"]
    assert details["bucketName"] == quarantine.bucket
    assert details["objectKey"] == "quarantine/x/y"
    assert '"' not in details["eTag"]


def test_a_result_that_nobody_takes_is_told_again(quarantine: _Quarantine) -> None:
    quarantine.failures_left = 2
    quarantine.put("a", b"content")
    pumps = Pumps([quarantine.scanner])
    with pumps.running():
        assert pumps.settle(20) == []
    assert len(quarantine.results) == 1


def test_a_result_that_nobody_ever_takes_is_given_up(quarantine: _Quarantine) -> None:
    quarantine.failures_left = TRIES
    quarantine.put("a", b"content")
    pumps = Pumps([quarantine.scanner])
    with pumps.running():
        assert pumps.settle(20) == []
    assert quarantine.results == []
    assert len(quarantine.scanner.parked) == 1


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ({"source": ["aws.guardduty"]}, True),
        ({"source": ["aws.s3"]}, False),
        ({"source": ["aws.guardduty"], "detail": {"scanStatus": ["COMPLETED", "FAILED"]}}, True),
        ({"detail": {"scanStatus": ["FAILED"]}}, False),
        ({"missing": ["x"]}, False),
        ({"source": {"deeper": ["x"]}}, False),
    ],
)
def test_patterns(pattern: dict[str, Any], *, taken: bool) -> None:
    assert matches(pattern, {"source": "aws.guardduty", "detail": {"scanStatus": "COMPLETED"}}) is taken
