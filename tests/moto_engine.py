"""AWS inside this process, by moto: one thread, and slow once tables are larger than a few rows.

`empty` stands in for all of it. Where DynamoDB is a real engine (`tests.real_engine`), `beside_tables` does the rest.
"""

import contextlib
from collections.abc import Iterator

from moto import mock_aws

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
        settings = config.current()
        s3, sqs = aws.s3(), aws.sqs()
        for bucket in (settings.quarantine_bucket, settings.clean_bucket, settings.results_bucket):
            s3.create_bucket(Bucket=bucket)
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        for queue in ("accounts", "attachments", "notifications", "work"):
            sqs.create_queue(QueueName=settings.queue_prefix + queue)
        provision.create_keys(aws.kms())
        aws.ses().verify_email_identity(EmailAddress=settings.mail_from)
        yield
