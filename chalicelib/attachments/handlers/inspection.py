"""Looking into a file, in a function of its own: it can read quarantine and tell the release, and nothing else.

Whoever finds a way through the parsers finds no table, no clean file and no mail behind them (S-FILE-04). It has 15
seconds for a file; one that takes longer stays closed.
"""

import base64
import hashlib

from chalice.app import SQSEvent

from chalicelib.attachments import buckets, contents
from chalicelib.attachments.handlers import INSPECTIONS, RELEASES
from chalicelib.core import clock, events
from chalicelib.core.events import Event
from chalicelib.core.http import Routes

handlers = Routes(__name__)


# One at a time: a file that takes too long holds up no other.
@handlers.on_sqs_message(queue=INSPECTIONS, batch_size=1)
def inspect_uploads(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Hears `upload.cleared`."""
    return events.work(event.to_dict()["Records"], {"upload.cleared/1": _inspect})


def _inspect(event: Event) -> None:
    facts = event.ids
    content, etag = buckets.content(facts["key"], facts["version_id"], int(facts["size"]))
    # S3 checks both from the form's conditions; what stands in for S3 may not.
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    as_announced = len(content) == int(facts["size"]) and digest == facts["sha256"]
    holds = as_announced and contents.holds(facts["extension"], content)
    found = {
        "upload_id": facts["upload_id"],
        "version_id": facts["version_id"],
        "holds": "yes" if holds else "no",
        "etag": etag,
    }
    events.tell(RELEASES, "upload.inspected", 1, found, event.request_id, clock.now())
