"""Every route against the committed table of least calls, on the real engine."""

import msgspec
import pytest

from bench import route_costs
from bench.route_costs import RouteCost


@pytest.fixture(scope="module")
def found() -> list[RouteCost]:
    return route_costs.counted()


def test_every_route_costs_at_most_a_fifth_more_than_the_least(found: list[RouteCost]) -> None:
    """AWS calls and items; a route without a line is a fault."""
    assert route_costs.faults(found, route_costs.least(), route_costs.not_yet()) == []


def test_every_route_is_asked(found: list[RouteCost]) -> None:
    """Or the table says why not."""
    assert route_costs.unasked(found, route_costs.not_yet()) == []
    assert "GET /mailboxes: asked by nobody" in route_costs.unasked([], {})


def test_what_is_missing_or_dear_would_be_seen(found: list[RouteCost]) -> None:
    """A route without a line, a line without a route, a call too many, items too many, a request that failed."""
    (one,) = [cost for cost in found if (cost.route, cost.who) == ("GET /mailboxes", "member")]
    least = {"GET /mailboxes": {"member": {"GetItem": 1, "BatchGetItem": 2, "items": 6}}}
    assert route_costs.faults([one], least) == []
    assert len(route_costs.faults([one], {})) == 1
    assert len(route_costs.faults([], least)) == 1
    assert len(route_costs.faults([one], {"GET /mailboxes": {"member": {"GetItem": 2, "items": 6}}})) == 1
    assert len(route_costs.faults([one], {"GET /mailboxes": {"member": {"GetItem": 3, "items": 4}}})) == 1
    assert len(route_costs.faults([msgspec.structs.replace(one, status=404)], least)) == 1
