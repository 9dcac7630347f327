"""Engines that several tests share: each test uses names of its own in them."""

import uuid
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from local import engines

_REGION = {"region_name": engines.REGION, "aws_access_key_id": "local", "aws_secret_access_key": "local"}


@pytest.fixture(scope="session")
def moto_endpoint() -> Iterator[str]:
    with engines.aws() as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
def dynamodb_endpoint() -> Iterator[str]:
    with engines.dynamodb() as endpoint:
        yield endpoint


@pytest.fixture
def sqs(moto_endpoint: str) -> Any:
    return boto3.client("sqs", endpoint_url=moto_endpoint, **_REGION)


@pytest.fixture
def s3(moto_endpoint: str) -> Any:
    return boto3.client("s3", endpoint_url=moto_endpoint, **_REGION)


@pytest.fixture
def dynamodb(dynamodb_endpoint: str) -> Any:
    return boto3.client("dynamodb", endpoint_url=dynamodb_endpoint, **_REGION)


@pytest.fixture
def name() -> str:
    """A name nobody else uses."""
    return f"local-test-{uuid.uuid4().hex[:12]}"
