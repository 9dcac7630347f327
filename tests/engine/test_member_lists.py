"""Lists of members against a plain sort in Python (ACC-3): right for every sort and filter, reads in proportion."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import get_args
from urllib.parse import urlencode

import pytest

from chalicelib.accounts import store
from chalicelib.accounts.domain import Membership, Status
from chalicelib.accounts.store import sorting
from chalicelib.accounts.store.listing import Sort
from chalicelib.core import ids, tables
from chalicelib.core.access import AccessLevel, Role
from chalicelib.core.writing import folded
from tests import scale
from tests.portal import Browser
from tests.wire import Wire
from tests.world import START, World

pytestmark = [pytest.mark.engine, pytest.mark.timeout(scale.size(300, 1_800))]

PAGE = 25
COUNT = scale.size(120, 10_000)
_FIRST = ("Ana", "ANA", "Änne", "Óscar", "Nguyen Thi", "李小龍", "O'Brien", "zoë", "José", "Jose")
_LAST = ("Example", "Sample", "Müller", "Muller", "Specimen", "García", "Placeholder")
_STATUSES: tuple[Status, ...] = get_args(Status)
_ROLES: tuple[Role, ...] = ("backup_administrator", "general_user")
_LEVELS: tuple[AccessLevel, ...] = ("claims", "eligibility")


@pytest.fixture
def practice(world: World) -> tuple[Browser, list[Membership]]:
    """An administrator's browser, and everybody in their organization."""
    chance = random.Random(3)
    lou = world.member(world.maple, "Lou Placeholder", role="local_administrator")
    made = [_member(world, chance, number) for number in range(COUNT)]
    client, name = tables.connection().client, tables.table_name("directory")
    for start in range(0, COUNT, 25):
        puts = [{"PutRequest": {"Item": store.membership_row(one).serialize()}} for one in made[start : start + 25]]
        assert not client.batch_write_item(RequestItems={name: puts}).get("UnprocessedItems")
    own = [store.membership(world.maple.id, account.mailbox) for account in (lou, world.gina)]
    return world.browser(lou), [*made, *(one for one in own if one)]


def _member(world: World, chance: random.Random, number: int) -> Membership:
    return Membership(
        id=ids.new("mem"),
        organization_id=world.maple.id,
        user_id=ids.new("usr"),
        name=f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
        email=f"{chance.choice(('ana', 'jose', 'x'))}.{number}@people.example",
        role=chance.choice(_ROLES),
        access_levels=frozenset(level for level in _LEVELS if chance.random() < 0.5),
        status=chance.choice(_STATUSES),
        invitation_ends_at=START + timedelta(hours=ends) if (ends := chance.randrange(-9, 9)) else None,
    )


def _pages(browser: Browser, wire: Wire, most: int, **query: str) -> Iterator[str]:
    cursor: str | None = ""
    while cursor is not None:
        wire.forget()
        answer = browser.send("GET", "/members?" + urlencode(query | ({"cursor": cursor} if cursor else {})))
        assert answer.status == 200, answer.text
        # Besides: session, user and membership; and a row at which a call that reads 1 MB stops may count twice.
        assert sum(call.items for call in wire.calls) <= most + 3 + len(wire.calls)
        yield from (item["id"] for item in answer.json["items"])
        cursor = answer.json["next_cursor"]


def _sorted(everybody: list[Membership], sort: Sort, *, descending: bool = False) -> list[Membership]:
    return sorted(everybody, key=getattr(sorting, f"by_{sort}"), reverse=descending)


def test_every_sort_pages_without_gap_or_repeat(practice: tuple[Browser, list[Membership]]) -> None:
    """Each page reads its rows and one more, at any depth."""
    browser, everybody = practice
    wire = Wire()
    for sort, order in product(get_args(Sort), ("asc", "desc")):
        found = list(_pages(browser, wire, PAGE + 1, sort=sort, order=order))
        assert found == [one.id for one in _sorted(everybody, sort, descending=order == "desc")], (sort, order)
    wire.close()


_SORTS: tuple[Sort, ...] = get_args(Sort) if scale.LONG else ("status", "name")
_FILTERS: list[tuple[dict[str, str], Callable[[Membership], bool]]] = [
    ({"status": "verification_pending"}, lambda one: one.status == "verification_pending"),
    ({"status": "unverified"}, lambda one: one.status == "unverified"),
    ({"role": "backup_administrator"}, lambda one: one.role == "backup_administrator"),
    ({"access_level": "claims"}, lambda one: "claims" in one.access_levels),
    (
        {"status": "active", "role": "general_user", "access_level": "eligibility"},
        lambda one: (one.status, one.role) == ("active", "general_user") and "eligibility" in one.access_levels,
    ),
    ({"search": "muller"}, lambda one: "muller" in folded(one.name)),
    ({"search": "MÜLLER"}, lambda one: "muller" in folded(one.name)),
    ({"search": "a e"}, lambda one: "a e" in folded(one.name)),
    ({"search": "n"}, lambda one: "n" in folded(one.name) or "n" in one.email),
    ({"search": "小"}, lambda one: "小" in one.name),
    ({"search": "jose.1"}, lambda one: "jose.1" in one.email),
    ({"search": "o'b", "status": "active"}, lambda one: one.name.startswith("O'B") and one.status == "active"),
    ({"search": "#"}, lambda one: False),
    ({"search": "mem_"}, lambda one: False),
]


def test_every_filter_pages_without_gap_or_repeat(practice: tuple[Browser, list[Membership]]) -> None:
    """Search by any part of name or email, whatever its case and accents; it reads on at most to the end once."""
    browser, everybody = practice
    wire = Wire()
    for sort, (query, fits) in product(_SORTS, _FILTERS):
        found = list(_pages(browser, wire, COUNT + 3, sort=sort, **query))
        assert found == [one.id for one in _sorted(everybody, sort) if fits(one)], (sort, query)
    wire.close()
