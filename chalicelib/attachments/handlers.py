"""What wakes the release of uploads: the scanner's result, and an upload being finalized."""

from chalice.app import CloudWatchEvent, SQSEvent

from chalicelib.attachments import actions, buckets
from chalicelib.attachments.domain import Verdict
from chalicelib.core import clock, config, events
from chalicelib.core.events import Event
from chalicelib.core.http import Routes

QUEUE = "attachments"

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
    actions.release(event.ids["upload_id"], clock.now(), event.request_id)


@handlers.on_sqs_message(queue=QUEUE, batch_size=10)
def release_uploads(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears `upload.finalized`."""
    return events.work(
        event.to_dict()["Records"],
        {"upload.finalized/1": _finalized},
    )
