"""What the tests of the doors stand on."""

from collections.abc import Iterator

import pytest

from tests.core import line as lines
from tests.core.line import Line


@pytest.fixture
def line(moto: None) -> Iterator[Line]:
    """The line to empty tables, with faults on demand."""
    with lines.opened() as opened:
        yield opened
