"""Engine tests: one engine for each worker, with tables of its own, empty for each test."""

from collections.abc import Iterator

import pytest

from app import app
from tests import moto_engine, real_engine
from tests.core import line as lines
from tests.core.line import Line
from tests.portal import in_process
from tests.world import World


@pytest.fixture
def engine(dynamodb_engine: str, worker_id: str) -> Iterator[None]:
    """Empty tables on the real engine."""
    with real_engine.empty(dynamodb_engine, f"portico-{worker_id}-"):
        yield


@pytest.fixture
def keys() -> Iterator[None]:
    """The keys of KMS, for who registers, answers questions or types codes; standing in for it slows every call."""
    with moto_engine.keys():
        yield


@pytest.fixture
def line(engine: None) -> Iterator[Line]:
    """The line to the engine, with faults on demand."""
    with lines.opened() as opened:
        yield opened


@pytest.fixture
def world(engine: None) -> World:
    """The small world, here on the real engine: called in-process, from as many threads as a test likes."""
    return World(in_process(app))
