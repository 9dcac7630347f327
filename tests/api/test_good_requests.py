"""The requests that the tests of bad ones start from, and the checks those make."""

from collections.abc import Iterator

import pytest

from app import app
from chalicelib.core import answers
from tests import moto_engine, real_engine
from tests.api.every_route import MUTATING, Asker
from tests.api.refusals import faults, nothing_written, stored, unchanged
from tests.portal import Answer, in_process
from tests.stored import business
from tests.world import World


def _good(answer: Answer) -> list[str]:
    """What is wrong with the answer to a good request."""
    found = [] if 200 <= answer.status < 300 else [f"{answer.status} {answer.text[:200]}"]
    found += [name for name, value in answers.SECURITY_HEADERS.items() if answer.headers.get(name.lower()) != value]
    return found + [name for name, value in answer.headers.items() if "*" in value or "access-control" in name]


@pytest.fixture
def asker(world: World) -> Asker:
    """A world of its own, to be changed."""
    return Asker(world)


@pytest.fixture(scope="module")
def shared(dynamodb_engine: str, worker_id: str) -> Iterator[Asker]:
    """A world for those that read, and that send a message at most: making one takes long."""
    with real_engine.empty(dynamodb_engine, f"portico-good-{worker_id}-"), moto_engine.beside_tables():
        yield Asker(World(in_process(app)))


def test_the_good_requests_are_good(asker: Asker) -> None:
    """Or else everything would be refused for some other reason. S-SESS-06: nothing may be kept."""
    # Nothing was sent to that upload.
    missing = {"POST /uploads/{upload_id}/finalize": 409}
    for route in sorted(app.declared, key=lambda route: route.path == "/session" and route.method != "GET"):
        answer = asker.good(route).send()
        expected = missing.get(f"{route.method} {route.path}")
        assert (answer.status == expected) or _good(answer) == [], f"{route.method} {route.path}: {answer.text}"


def test_reading_changes_nothing(shared: Asker) -> None:
    """S-SESS-09: GET leaves all as it is, the journal aside."""
    before = business()
    for route in app.declared:
        if route.method not in MUTATING:
            shared.good(route).send()
    assert business() == before


def test_a_fault_would_be_seen(shared: Asker) -> None:
    """What the other files check, each on an offence."""
    before = stored()
    sending = next(route for route in app.declared if route.path.endswith("/messages") and route.creates)
    with pytest.raises(AssertionError), nothing_written():
        accepted = shared.good(sending).send()
    assert faults(accepted) == ["status 201"]
    with pytest.raises(AssertionError):
        unchanged(before)
    with nothing_written() as records:
        shared.good(sending).but_headers(cookie=None).send()
        refused = next(iter(shared.not_admitted(sending).values())).send()
    assert (refused.status, len(records)) == (403, 1)
    bad = shared.good(sending).but(body=b"[").send()
    assert faults(bad, sending) == []
    headers = {**bad.headers, "access-control-allow-origin": "*", "x-request-id": "another"}
    del headers["cache-control"]
    offending = Answer(bad.status, headers, [], bad.text.replace('"malformed_json"', '"surprise"'))
    assert len(faults(offending, sending)) == 5
    assert faults(Answer(500, bad.headers, [], "")) == ["status 500"]
