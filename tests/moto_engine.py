"""AWS inside this process, by moto: one thread, and slow once tables are larger than a few rows.

`empty` stands in for all of it. Where DynamoDB is a real engine (`tests.real_engine`), `beside_tables` does the rest.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from botocore.handlers import BUILTIN_HANDLERS
from moto import mock_aws
from moto.backends import get_backend
from moto.core.models import responses_mock

from chalicelib.core import aws, clock, config, tables
from local import provision
from tests import real_engine


@contextlib.contextmanager
def empty() -> Iterator[None]:
    """Empty tables, buckets and queues until the block ends."""
    with beside_tables():
        real_engine.lead_tables()
        for table in tables.TABLES:
            table.create_table(billing_mode="PAY_PER_REQUEST")
        yield
    clock.set_source(None)


@contextlib.contextmanager
def keys() -> Iterator[None]:
    """The keys of KMS alone, until the block ends."""
    with mock_aws():
        provision.create_keys(aws.kms())
        yield


@contextlib.contextmanager
def beside_tables() -> Iterator[None]:
    """Empty buckets and queues, SES, and the keys of KMS, until the block ends."""
    with mock_aws():
        _make_places()
        provision.create_keys(aws.kms())
        yield


class Kept:
    """All of that for several tests: made anew only after a test that asked anything of it, but for the keys.

    Making it takes as long as ten requests to the portal.
    """

    def __init__(self) -> None:
        self._made = False

    def put_back(self) -> None:
        """Empty buckets and queues again, and no mail."""
        if self._made and not _asked and not responses_mock.calls:
            return
        for service in ("s3", "sqs", "ses"):
            for backends in get_backend(service).values():
                backends.reset()
        responses_mock.calls.reset()
        _make_places()
        _asked.clear()
        self._made = True


@contextlib.contextmanager
def kept() -> Iterator[Kept]:
    """As `beside_tables`, to be put back between tests."""
    with mock_aws():
        provision.create_keys(aws.kms())
        yield Kept()


def _make_places() -> None:
    settings = config.current()
    s3, sqs = aws.s3(), aws.sqs()
    for bucket in (settings.quarantine_bucket, settings.clean_bucket, settings.results_bucket):
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    for queue in ("accounts", "attachments", "inspections", "notifications", "work"):
        sqs.create_queue(QueueName=settings.queue_prefix + queue)
    aws.ses().verify_email_identity(EmailAddress=settings.mail_from)


_asked: set[str] = set()
"""Services beside DynamoDB and KMS that were asked since they were put back."""


def _note(model: Any, **_: object) -> None:
    service = str(model.service_model.service_name)
    if service not in ("dynamodb", "kms"):
        _asked.add(service)


# For every client that is made after this, as moto does it itself. Forms are sent without a client, by `requests`:
# `responses_mock.calls` tells of those.
BUILTIN_HANDLERS.append(("before-call", _note))
