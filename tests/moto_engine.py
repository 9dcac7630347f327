"""AWS inside this process, by moto: small tables, one thread."""

import contextlib
from collections.abc import Iterator

from moto import mock_aws

from chalicelib.core import aws, clock, config, tables


@contextlib.contextmanager
def empty() -> Iterator[None]:
    """Empty tables, buckets and queues until the block ends."""
    with mock_aws():
        settings = config.current()
        # Making clients takes most of a second; those that lead to moto serve all tests.
        if tables.connection().host != settings.dynamodb_endpoint:
            tables.forget_connections()
            aws.forget_clients()
        for table in tables.TABLES:
            table.create_table(billing_mode="PAY_PER_REQUEST")
        s3, sqs = aws.s3(), aws.sqs()
        for bucket in (settings.quarantine_bucket, settings.clean_bucket, settings.results_bucket):
            s3.create_bucket(Bucket=bucket)
            s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        for queue in ("attachments", "notifications", "work"):
            sqs.create_queue(QueueName=settings.queue_prefix + queue)
        aws.ses().verify_email_identity(EmailAddress=settings.mail_from)
        yield
    clock.set_source(None)
