"""One person is one account, however many create them at the same moment and however they spell the address."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from chalicelib.core import tables
from tests import stored
from tests.portal import Answer, Browser
from tests.world import World

pytestmark = pytest.mark.engine

_SPELLINGS = ("Nia.Sample@People.example", "nia.sample@people.example", "NIA.SAMPLE@PEOPLE.EXAMPLE")


def _create(start: Barrier, browser: Browser, email: str) -> Answer:
    start.wait()
    return browser.post(
        "/members", {"name": "Nia Sample", "email": email, "phone": "555-010-0100", "role": "backup_administrator"}
    )


def test_addresses_that_normalise_equal_are_one_user(world: World) -> None:
    """S-AUTH-01: sixteen practices invite her at once; whoever comes too soon is told to look again."""
    browsers = []
    for number in range(16):
        organization = world.organization(f"{300_000_000 + number}", f"Practice {number} Example")
        browsers.append(world.browser(world.member(organization, f"Lou {number} Sample", role="local_administrator")))
    start = Barrier(len(browsers))
    with ThreadPoolExecutor(len(browsers)) as pool:
        made = [
            pool.submit(_create, start, browser, _SPELLINGS[number % len(_SPELLINGS)])
            for number, browser in enumerate(browsers)
        ]
    answers = [one.result() for one in made]
    assert {answer.status for answer in answers} <= {201, 409, 503}
    created = sum(answer.status == 201 for answer in answers)
    assert created >= 1
    items = stored.items(tables.DirectoryRow)
    assert len([item for item in items if item["pk"]["S"] == "EMAIL#nia.sample@people.example"]) == 1
    users = {
        item["user_id"]["S"] for item in items if item["cls"]["S"] == "membership" and "nia" in item["sought"]["S"]
    }
    assert len(users) == 1
    assert (
        len([item for item in items if item["cls"]["S"] == "membership" and item["user_id"]["S"] in users]) == created
    )
