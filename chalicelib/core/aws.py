"""Clients for AWS, made when first used: each costs 60-130 ms of cold start (world door).

With `core.tables` (DynamoDB) the only module that imports botocore. Not boto3: its import costs as much as all of ours,
for transfers and resources that nobody here uses.
"""

import functools
from typing import Any

from botocore.client import Config
from botocore.session import Session

from chalicelib.core import config

_RETRIES = {"mode": "standard", "total_max_attempts": 4}

NAMED = Config(user_agent="portico")
"""For every client. By itself botocore puts a long name together twice for each call, a quarter of what a call costs
the processor.
"""


@functools.cache
def _session() -> Session:
    """What the clients share: credentials, and what is known about services."""
    return Session()


def _client(service: str, endpoint: str | None, **options: Any) -> Any:
    # Path-style addresses only where S3 is stood in for: on AWS the bucket is part of the host.
    s3 = {"addressing_style": "path"} if endpoint else {"addressing_style": "virtual"}
    given = {"retries": _RETRIES, "s3": s3, "connect_timeout": 3, "read_timeout": 10, **options}
    return _session().create_client(
        service, region_name=config.current().region, endpoint_url=endpoint, config=NAMED.merge(Config(**given))
    )


@functools.cache
def s3() -> Any:
    """S3 as this process reaches it."""
    return _client("s3", config.current().s3_endpoint)


@functools.cache
def s3_presigner() -> Any:
    """S3 as browsers reach it: only for signing addresses that are handed out (Signature Version 4)."""
    settings = config.current()
    return _client("s3", settings.s3_public_endpoint or settings.s3_endpoint, signature_version="s3v4")


@functools.cache
def sqs() -> Any:
    """SQS."""
    return _client("sqs", config.current().sqs_endpoint)


@functools.cache
def ses() -> Any:
    """SES. Nothing is tried again by itself: after a lost answer it would be a second mail (S-MAIL-06)."""
    return _client("ses", config.current().ses_endpoint, retries={"total_max_attempts": 1})


@functools.cache
def kms() -> Any:
    """KMS, for secrets of people (core/sealing.py)."""
    return _client("kms", config.current().kms_endpoint)


def forget_clients() -> None:
    """Drop the clients, so that the next use makes new ones (another engine)."""
    for made in (_session, s3, s3_presigner, sqs, ses, kms):
        made.cache_clear()
