"""AWS calls and items of every route, beside the least that anybody could do (`least_calls.toml`, reviewed like code).

Each route is asked by everybody for whom it may differ (`bench/people.py`). The counts don't depend on
the machine, so `tests/bench/` holds them in every run of the tests.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from moto import mock_aws

from app import app
from bench import people, stand
from bench.meter import Cost, Meter, listening
from bench.people import Person
from bench.results import Line
from chalicelib.core import aws, config
from chalicelib.core.http import Route
from local import provision

LEAST_CALLS = Path(__file__).with_name("least_calls.toml")
# At most 1.2 times the least, in whole numbers.
_MOST, _OF = 6, 5
_OPEN = "not_yet"

Least = Mapping[str, Mapping[str, Mapping[str, int]]]
"""By route and by who asks: operations and `items`."""


class RouteCost(msgspec.Struct, frozen=True):
    """What a good request to a route cost somebody."""

    route: str
    who: str
    status: int
    cost: Cost


def least() -> Least:
    """The committed table."""
    made: dict[str, dict[str, dict[str, int]]] = tomllib.loads(LEAST_CALLS.read_text())
    return {route: line for route, line in made.items() if route != _OPEN}


def not_yet() -> dict[str, str]:
    """Routes that are not held to the table yet, and why."""
    made: dict[str, str] = tomllib.loads(LEAST_CALLS.read_text()).get(_OPEN, {})
    return made


def counted() -> list[RouteCost]:
    """The cost of every route for everybody who may call it."""
    with mock_aws(), stand.running():
        # S3 and KMS are played by moto in this process; DynamoDB is the engine, as it has an address of its own.
        aws.forget_clients()
        for bucket in _buckets():
            aws.s3().create_bucket(Bucket=bucket)
            aws.s3().put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
        provision.create_keys(aws.kms())
        known = people.people()
        with listening() as meter:
            found = [_ask(route, person, meter) for route, person in _asked(known)]
        aws.forget_clients()
    return found


def _buckets() -> tuple[str, ...]:
    settings = config.current()
    return settings.quarantine_bucket, settings.clean_bucket, settings.results_bucket


def _asked(known: list[Person]) -> Iterator[tuple[Route, Person]]:
    # What moves or ends a session comes last.
    for route in sorted(app.declared, key=lambda route: route.path.startswith("/session") and route.method != "GET"):
        for person in people.askers(route, known):
            yield route, person


def _ask(route: Route, person: Person, meter: Meter) -> RouteCost:
    request = people.request(route, person)
    meter.read()
    answer = request.send()
    return RouteCost(people.name(route), person.name, answer.status, meter.read())


def faults(found: list[RouteCost], table: Least, open_: Mapping[str, str] | None = None) -> list[str]:
    """What is wrong: routes over 1.2 times their least, requests that failed, lines of one without the other."""
    declared = {people.name(route) for route in app.declared}
    wrong = [f"{route}: in {_OPEN}, but not a route" for route in (open_ or {}) if route not in declared]
    for one in found:
        if one.route in (open_ or {}):
            continue
        line = table.get(one.route, {}).get(one.who)
        if not 200 <= one.status < 300:
            wrong.append(f"{one.route} by {one.who}: answered {one.status}, so it says nothing")
        elif line is None:
            wrong.append(f"{one.route} by {one.who}: not in {LEAST_CALLS.name}; measured {one.cost}")
        elif one.cost.total * _OF > _calls(line) * _MOST or one.cost.items * _OF > line["items"] * _MOST:
            wrong.append(f"{one.route} by {one.who}: {one.cost}, at least {_calls(line)} calls, {line['items']} items")
    asked = {(one.route, one.who) for one in found}
    lines = {(route, who) for route, line in table.items() for who in line}
    return wrong + [f"{route} by {who}: in {LEAST_CALLS.name}, but not a route" for route, who in lines - asked]


def unasked(found: list[RouteCost], open_: Mapping[str, str]) -> list[str]:
    """Declared routes that nobody asked, and that nothing says why."""
    known = {one.route for one in found} | set(open_)
    return [f"{name}: asked by nobody" for name in map(people.name, app.declared) if name not in known]


def _calls(line: Mapping[str, int]) -> int:
    return sum(count for name, count in line.items() if name != "items")


def measure() -> list[Line]:
    """A line for each route and whoever may call it, and one for the faults."""
    table, found, open_ = least(), counted(), not_yet()
    wrong = faults(found, table, open_) + unasked(found, open_)
    lines = [
        Line(
            what=f"{one.route}, {one.who}",
            value=one.cost.total,
            unit="calls",
            limit=None if one.route in open_ else _calls(table.get(one.route, {}).get(one.who, {})) * _MOST / _OF,
            note=f"{one.cost}{'; not held yet: ' + open_[one.route] if one.route in open_ else ''}",
        )
        for one in found
    ]
    over = Line(what="routes over 1.2 times their least", value=len(wrong), unit="", limit=0, note="; ".join(wrong))
    return [*lines, over, Line(what="routes not held yet", value=len(open_), unit="")]
