"""What all tests stand on. Settings are in place before anything of the portal is imported."""

import os
from collections.abc import Iterator

import pytest

from tests.settings import ENVIRONMENT

os.environ.update(ENVIRONMENT)

from moto import mock_aws

from app import app
from chalicelib.core import aws, clock, config, tables
from tests.portal import in_process
from tests.world import World


@pytest.fixture
def moto() -> Iterator[None]:
    """Empty tables, buckets and queues in this process (small tables, one thread)."""
    with mock_aws():
        tables.forget_connections()
        aws.forget_clients()
        settings = config.current()
        for table in tables.TABLES:
            table.create_table(billing_mode="PAY_PER_REQUEST")
        s3, sqs = aws.s3(), aws.sqs()
        for bucket in (settings.quarantine_bucket, settings.clean_bucket):
            s3.create_bucket(Bucket=bucket)
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        for queue in ("attachments", "notifications"):
            sqs.create_queue(QueueName=settings.queue_prefix + queue)
        aws.ses().verify_email_identity(EmailAddress=settings.mail_from)
        yield
    clock.set_source(None)


@pytest.fixture
def world(moto: None) -> World:
    """The small world on moto, called in-process."""
    return World(in_process(app))
