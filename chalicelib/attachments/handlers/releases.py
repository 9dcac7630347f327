"""What wakes the release of uploads: the scanner's result, an upload being finalized, and what inspection found."""

from chalice.app import CloudWatchEvent, SQSEvent

from chalicelib.attachments import actions, buckets
from chalicelib.attachments.domain import Inspection, Verdict
from chalicelib.attachments.handlers import RELEASES
from chalicelib.core import clock, config, events
from chalicelib.core.events import Event
from chalicelib.core.http import Routes

handlers = Routes(__name__)


@handlers.on_cw_event({"source": ["aws.guardduty"], "detail-type": ["GuardDuty Malware Protection Object Scan Result"]})
def record_scan_result(event: CloudWatchEvent) -> None:
    """GuardDuty Malware Protection for S3 tells what it found in one version of one object."""
    scanned = event.detail["s3ObjectDetails"]
    if scanned["bucketName"] != config.current().quarantine_bucket:
        return
    status = event.detail["scanResultDetails"]["scanResultStatus"]
    verdict = Verdict(
        upload_id=buckets.upload_id_of(scanned["objectKey"]),
        version_id=scanned["versionId"],
        clean=event.detail["scanStatus"] == "COMPLETED" and status == "NO_THREATS_FOUND",
        status=status,
    )
    actions.record_verdict(verdict, clock.now())


def _finalized(event: Event) -> None:
    actions.clear(event.ids["upload_id"], clock.now(), event.request_id)


def _inspected(event: Event) -> None:
    facts = event.ids
    found = Inspection(
        upload_id=facts["upload_id"],
        version_id=facts["version_id"],
        holds=facts["holds"] == "yes",
        etag=facts["etag"],
    )
    actions.release(found, clock.now(), event.request_id)


@handlers.on_sqs_message(queue=RELEASES, batch_size=10)
def release_uploads(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears `upload.finalized`, and from the inspection `upload.inspected`."""
    return events.work(
        event.to_dict()["Records"],
        {"upload.finalized/1": _finalized, "upload.inspected/1": _inspected},
    )
