"""What all tests stand on. Settings are in place before anything of the portal is imported."""

import os
from collections.abc import Iterator

import pytest

from tests.settings import ENVIRONMENT

os.environ.update(ENVIRONMENT)

from app import app
from tests import moto_engine
from tests.portal import in_process
from tests.world import World


@pytest.fixture
def moto() -> Iterator[None]:
    """Empty tables, buckets and queues in this process (small tables, one thread)."""
    with moto_engine.empty():
        yield


@pytest.fixture
def world(moto: None) -> World:
    """The small world on moto, called in-process."""
    return World(in_process(app))
