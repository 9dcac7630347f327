"""What the tests of the doors stand on."""

from collections.abc import Iterator

import pytest

from chalicelib.core import clock
from tests import kept_tables
from tests.core import line as lines
from tests.core.line import Line
from tests.world import Time


@pytest.fixture
def empty_tables(dynamodb_engine: str, worker_id: str) -> Iterator[None]:
    """Empty tables on the real engine, and nothing else of AWS."""
    with kept_tables.holding(dynamodb_engine, f"portico-test-{worker_id}-", kept_tables.EMPTY):
        yield


@pytest.fixture
def line(empty_tables: None) -> Iterator[Line]:
    """The line to empty tables, with faults on demand."""
    with lines.opened() as opened:
        yield opened


@pytest.fixture
def time(empty_tables: None) -> Iterator[Time]:
    """A clock that stands still until it is advanced."""
    yield Time()
    clock.set_source(None)
