"""Lists of members at 10^2 to 10^4 members: what a page and a search cost (ACC-3).

A page costs the same at every size. A search reads members in the order of the list until the page is full: a common
term soon, a rare one at the end of the organization. The table in docs/data-model.md comes from here.
"""

import random
import statistics
import time
from collections.abc import Iterator
from typing import get_args
from urllib.parse import urlencode

from app import app
from bench import stand
from bench.meter import Cost, Meter, listening
from bench.results import Line
from chalicelib.accounts import store
from chalicelib.accounts.domain import Membership
from chalicelib.accounts.store.listing import Sort
from chalicelib.core import clock, ids
from tests.portal import Browser, in_process
from tests.world import PASSWORD, START, World

SIZES = (100, 1_000, 10_000)
PAGE = 25
_SEED = "members-3"
# Session, user, membership, organization and settings are read before the page.
_BEFORE = 5
_SEARCHES = {"a common term": "sample", "a rare term": "rarest", "a term that nobody has": "zzzz"}


def measure(times: int = 10) -> list[Line]:
    """A page by each sort, and searches, in an organization of each size."""
    with stand.seeded(_SEED, seed):
        clock.set_source(lambda: START)
        with listening() as meter:
            browsers = {size: _signed_in(size) for size in SIZES}
            lines = [_page(size, sort, browsers[size], meter) for sort in get_args(Sort) for size in SIZES]
            for what, term in _SEARCHES.items():
                for size in SIZES:
                    lines += _search(size, what, term, browsers[size], meter, times)
    return lines


def _page(size: int, sort: Sort, browser: Browser, meter: Meter) -> Line:
    cost, _ = _asked(browser, meter, 1, sort=sort)
    what = f"members by {sort} among {size:,}, items"
    return Line(what=what, value=cost.items - _BEFORE, unit="items", limit=PAGE + 1, note=str(cost))


def _search(size: int, what: str, term: str, browser: Browser, meter: Meter, times: int) -> list[Line]:
    cost, milliseconds = _asked(browser, meter, times, search=term)
    named = f"search for {what} among {size:,}"
    return [
        Line(what=f"{named}, items", value=cost.items - _BEFORE, unit="items", note=str(cost)),
        Line(what=f"{named}, capacity", value=cost.units, unit="RU"),
        Line(what=f"{named}, time", value=milliseconds, unit="ms"),
    ]


def _asked(browser: Browser, meter: Meter, times: int, **query: str) -> tuple[Cost, float]:
    taken = []
    for _ in range(times):
        meter.read()
        started = time.perf_counter()
        answer = browser.send("GET", f"/members?{urlencode(query)}", headers={"X-Portal-Background": "1"})
        taken.append((time.perf_counter() - started) * 1000)
        assert answer.status == 200, answer.text
        cost = meter.read()
    return cost, statistics.median(taken)


def _signed_in(size: int) -> Browser:
    browser = Browser(in_process(app))
    answer = browser.sign_in(_email(size), PASSWORD)
    assert answer.status == 201, answer.text
    return browser


def _email(size: int) -> str:
    return f"lou.{size}@people.example"


def seed() -> Iterator[tuple[str, stand.Item]]:
    """An organization of each size with an administrator."""
    world = World(in_process(app))
    for number, size in enumerate(SIZES):
        organization = world.organization(f"00000010{number}", f"Practice of {size}")
        account = world.member(organization, f"Lou {size}", role="local_administrator")
        assert account.user.email == _email(size)
        yield from (("directory", row) for row in _rows(organization.id, size))


def _rows(organization_id: str, count: int) -> Iterator[stand.Item]:
    chance = random.Random(5)  # noqa: S311 - names of made-up people
    for number in range(count):
        name = f"{chance.choice(('Ana', 'Bo', 'Zoë'))} {chance.choice(('Sample', 'Example', 'Specimen'))} {number}"
        one = Membership(
            id=ids.new("mem"),
            organization_id=organization_id,
            user_id=ids.new("usr"),
            name="Rarest Placeholder" if number == count // 2 else name,
            email=f"person.{number}@people.example",
            phone="555-010-0100",
            status=chance.choice(("active", "active", "active", "inactive", "unverified")),
        )
        yield store.membership_row(one).to_dynamodb_dict()
