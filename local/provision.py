"""Tables, buckets, queues, keys and the sender address, as the CloudFormation template makes them on AWS."""

import json
from typing import Any

import boto3
from chalice.app import Chalice, SQSEventConfig

from chalicelib.core import config, tables
from local.queue_pump import MAX_RECEIVES

_VISIBILITY_SECONDS = 60


def create_tables() -> None:
    """Create the tables, empty: a table of that name goes first, as a user's own engine may keep its data."""
    for table in tables.TABLES:
        if table.exists():
            table.delete_table()
        table.create_table(wait=True, billing_mode="PAY_PER_REQUEST")


def create_buckets() -> None:
    """Create the buckets; browsers post to quarantine and results, and download from the clean one and results."""
    settings = config.current()
    s3 = boto3.client("s3", endpoint_url=settings.s3_endpoint)
    posted = (settings.quarantine_bucket, "POST"), (settings.results_bucket, "POST")
    for bucket, method in (*posted, (settings.clean_bucket, "GET")):
        s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        rule = {"AllowedOrigins": [settings.origin], "AllowedMethods": [method], "AllowedHeaders": ["*"]}
        s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": [rule]})


def create_queues(app: Chalice) -> None:
    """Create the queue of every handler, each with its dead letters."""
    sqs = boto3.client("sqs", endpoint_url=config.current().sqs_endpoint)
    for event in app.event_sources:
        if isinstance(event, SQSEventConfig):
            create_queue(sqs, queue_name(event))


def queue_name(event: SQSEventConfig) -> str:
    """The deployed name of the queue that feeds a handler."""
    assert event.queue, f"{event.name}: a handler names its queue"
    return config.current().queue_prefix + event.queue


def create_queue(sqs: Any, name: str) -> None:
    """Create the queue `name` and `name-dead`, to which messages go that fail too often."""
    dead = sqs.create_queue(QueueName=f"{name}-dead")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=dead, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    redrive = {"deadLetterTargetArn": arn, "maxReceiveCount": MAX_RECEIVES}
    sqs.create_queue(
        QueueName=name,
        Attributes={"VisibilityTimeout": str(_VISIBILITY_SECONDS), "RedrivePolicy": json.dumps(redrive)},
    )


def allow_sender() -> None:
    """Let the portal send mail from its address."""
    settings = config.current()
    ses = boto3.client("ses", endpoint_url=settings.ses_endpoint)
    ses.verify_email_identity(EmailAddress=settings.mail_from)


def create_keys(kms: Any) -> None:
    """Create the keys that seal secrets of people, by the names that the settings give (core/sealing.py)."""
    settings = config.current()
    pepper = {"KeySpec": "HMAC_256", "KeyUsage": "GENERATE_VERIFY_MAC"}
    for alias, how in ((settings.secrets_key, {}), (settings.pepper_key, pepper)):
        kms.create_alias(AliasName=alias, TargetKeyId=kms.create_key(**how)["KeyMetadata"]["KeyId"])


def create_all(app: Chalice) -> None:
    """All of it, for `app`, on the engines that the settings name."""
    create_tables()
    create_buckets()
    create_queues(app)
    allow_sender()
    create_keys(boto3.client("kms", endpoint_url=config.current().kms_endpoint))
