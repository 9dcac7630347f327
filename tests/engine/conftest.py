"""Engine tests: one engine for each worker; its tables are put back for each test, as for the API's."""

from collections.abc import Iterator

import pytest

from tests import kept_tables, moto_engine
from tests.conftest import SmallWorld
from tests.core import line as lines
from tests.core.line import Line
from tests.world import World


@pytest.fixture
def engine(dynamodb_engine: str, worker_id: str, request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty tables on the real engine, or with the small world for a test that asks for it."""
    kept = kept_tables.EMPTY
    if "world" in request.fixturenames:
        kept = request.getfixturevalue("small_world").kept
    with kept_tables.holding(dynamodb_engine, f"portico-test-{worker_id}-", kept):
        yield


@pytest.fixture
def keys() -> Iterator[None]:
    """The keys of KMS, for who registers, answers questions or types codes."""
    with moto_engine.keys():
        yield


@pytest.fixture
def line(engine: None) -> Iterator[Line]:
    """The line to the engine, with faults on demand."""
    with lines.opened() as opened:
        yield opened


@pytest.fixture
def world(engine: None, small_world: SmallWorld) -> World:
    """The small world, here on the real engine: called in-process, from as many threads as a test likes."""
    return small_world.world.as_made()
