"""Three sessions of one person at once (ACC-10, S-SESS-08)."""

import json

from chalicelib.core import tables
from tests import reviewing, stored
from tests.portal import Browser
from tests.world import PASSWORD, World


def _events(name: str) -> int:
    outbox = [item for item in stored.items(tables.ShortLivedRow) if item["cls"]["S"] == "outbox"]
    return sum(name in json.dumps(item) for item in outbox)


def _alive(*browsers: Browser) -> list[bool]:
    return [browser.get("/session", background=True).status == 200 for browser in browsers]


def test_the_fourth_ends_the_oldest_and_says_so(world: World) -> None:
    """ACC-10: to who signs in now, to who was signed out, and by one notice."""
    browsers = []
    for _ in range(3):
        browsers.append(world.browser(world.gina))
        world.time.advance(seconds=1)
    assert _events("session.displaced") == 0
    fourth = world.browser()
    assert fourth.sign_in(world.gina.user.email, PASSWORD).json["displaced_another"] is True
    assert _alive(*browsers, fourth) == [False, True, True, True]
    told = browsers[0].get("/session")
    assert (told.status, told.code) == (401, "session_displaced")
    assert _events("session.displaced") == 1


def test_sessions_that_ended_take_no_place(world: World) -> None:
    """S-SESS-08: neither those signed out of, nor the one this browser had, nor those that ended by themselves."""
    first = world.browser(world.gina)
    for _ in range(5):
        assert world.browser(world.gina).delete("/session").status == 204
        assert first.sign_in(world.gina.user.email, PASSWORD).json["displaced_another"] is False
    for _ in range(2):
        world.browser(world.gina)
    world.time.advance(minutes=15)
    again = world.browser().sign_in(world.gina.user.email, PASSWORD)
    assert again.json["displaced_another"] is False


def test_a_known_device_is_no_news(world: World) -> None:
    """CRD-10: the first sign-in of all and one from a device that is known tell nobody; another device does."""
    first = world.browser(world.gina)
    first.delete("/session")
    assert first.sign_in(world.gina.user.email, PASSWORD).status == 201
    assert _events("device.new") == 0
    world.browser().sign_in(world.gina.user.email, PASSWORD)
    assert _events("device.new") == 1


def test_a_device_is_forgotten_after_half_a_year(world: World) -> None:
    """S-LIM-01: to the second, in a plan that closes no account before (INA-1)."""
    reviewing.set_plan(inactivity_days=400)
    owner = world.browser(world.gina)
    world.time.advance(days=180, seconds=-1)
    owner.sign_in(world.gina.user.email, PASSWORD)
    assert _events("device.new") == 0
    world.time.advance(days=180)
    owner.sign_in(world.gina.user.email, PASSWORD)
    assert _events("device.new") == 1


def test_a_device_is_known_for_one_person(world: World) -> None:
    """S-LIM-01: at a shared workstation each has a count of their own."""
    browser = world.browser(world.gina)
    colleague = world.member(world.maple, "Colleague Sample")
    world.browser(colleague)
    browser.sign_in(colleague.user.email, PASSWORD)
    assert _events("device.new") == 1
