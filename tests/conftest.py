"""What all tests stand on. Settings are in place before anything of the portal is imported."""

import os
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.settings import ENVIRONMENT

os.environ.update(ENVIRONMENT)

from app import app
from tests import kept_tables, moto_engine, real_engine, scale
from tests.portal import in_process
from tests.world import World

scale.register_profiles()


class SmallWorld(NamedTuple):
    """The small world as it was made, and what the tables held then."""

    world: World
    kept: kept_tables.Kept


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


@pytest.fixture(scope="session")
def small_world(dynamodb_engine: str, worker_id: str) -> SmallWorld:
    """The small world, made once for each worker, and what the tables hold then."""
    with kept_tables.holding(dynamodb_engine, f"portico-test-{worker_id}-", kept_tables.EMPTY):
        return SmallWorld(World(in_process(app)), kept_tables.contents())


@pytest.fixture(scope="module")
def beside_tables() -> Iterator[moto_engine.Kept]:
    """What the portal has beside its tables, kept for a file."""
    with moto_engine.kept() as kept:
        yield kept


@pytest.fixture
def cloud(
    dynamodb_engine: str, worker_id: str, beside_tables: moto_engine.Kept, request: pytest.FixtureRequest
) -> Iterator[None]:
    """Empty tables on the real engine, or with the small world for a test that asks for it; empty buckets and queues.

    moto takes ten times as long: it copies whole tables for each transaction.
    """
    kept = kept_tables.EMPTY
    if "world" in request.fixturenames:
        kept = request.getfixturevalue("small_world").kept
    with kept_tables.holding(dynamodb_engine, f"portico-test-{worker_id}-", kept):
        beside_tables.put_back()
        yield


@pytest.fixture
def world(cloud: None, small_world: SmallWorld) -> World:
    """The small world, called in-process."""
    return small_world.world.as_made()
