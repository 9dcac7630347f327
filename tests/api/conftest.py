"""What tests of the API stand on, besides the small world."""

from collections.abc import Iterator

import pytest

from app import app
from chalicelib.core import aws
from tests import moto_engine, real_engine
from tests.api import refusals
from tests.api.desk import Desk
from tests.api.every_route import Asker
from tests.core import line as lines
from tests.core.line import Line
from tests.portal import Browser, in_process
from tests.ses import Post
from tests.wire import Wire
from tests.world import Account, World


@pytest.fixture
def wire(cloud: None) -> Iterator[Wire]:
    """Listens to what the portal asks of DynamoDB."""
    made = Wire()
    yield made
    made.close()


@pytest.fixture
def line(cloud: None) -> Iterator[Line]:
    """Faults on the way to DynamoDB, on demand."""
    with lines.opened() as opened:
        yield opened


@pytest.fixture(scope="module")
def asker(dynamodb_engine: str, worker_id: str) -> Iterator[Asker]:
    """One world for a whole file of bad requests: nothing of it is ever changed, as each of them makes sure."""
    with real_engine.empty(dynamodb_engine, f"portico-asker-{worker_id}-"), moto_engine.beside_tables():
        made = Asker(World(in_process(app)))
        before = refusals.stored()
        yield made
        refusals.unchanged(before)


@pytest.fixture
def post(cloud: None) -> Iterator[Post]:
    """The mails that went out, and faults of SES on demand."""
    events = aws.ses().meta.events
    made = Post(events)
    yield made
    made.close(events)


@pytest.fixture
def cole(world: World) -> Account:
    """A colleague of Gina's who writes to her."""
    return world.member(world.maple, "Cole Sample")


@pytest.fixture
def desk(world: World) -> Desk:
    """Somebody of the helpdesk, signed in."""
    return Desk(world)


@pytest.fixture
def lola(desk: Desk) -> Browser:
    """The local administrator of Gina's practice, signed in."""
    return desk.of_maple("Lola Sample", "local_administrator")
