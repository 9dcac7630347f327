"""What all tests stand on. Settings are in place before anything of the portal is imported."""

import os
from collections.abc import Iterator

import pytest

from tests.settings import ENVIRONMENT

os.environ.update(ENVIRONMENT)

from app import app
from tests import moto_engine, real_engine, scale
from tests.portal import in_process
from tests.world import World

scale.register_profiles()


@pytest.fixture
def moto() -> Iterator[None]:
    """Empty tables, buckets and queues in this process: for few rows, and for faults that need moto."""
    with moto_engine.empty():
        yield


@pytest.fixture(scope="session")
def dynamodb_engine() -> Iterator[str]:
    """A real DynamoDB engine over HTTP, started once for each worker."""
    with real_engine.running() as endpoint:
        yield endpoint


@pytest.fixture
def cloud(dynamodb_engine: str, worker_id: str) -> Iterator[None]:
    """Empty tables on the real engine; empty buckets and queues in this process.

    moto takes ten times as long: it copies whole tables for each transaction.
    """
    with real_engine.empty(dynamodb_engine, f"portico-test-{worker_id}-"), moto_engine.beside_tables():
        yield


@pytest.fixture
def world(cloud: None) -> World:
    """The small world, called in-process."""
    return World(in_process(app))
