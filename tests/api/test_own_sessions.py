"""People see their own sessions and end them (S-SESS-07, ACC-10)."""

from typing import Any

from tests.portal import Browser
from tests.world import PASSWORD, World


def _listed(browser: Browser) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = browser.get("/profile/sessions", background=True).json["items"]
    return items


def test_what_the_list_shows(world: World) -> None:
    """The newest first, and which one it is asked from."""
    first = world.browser(world.gina)
    world.time.advance(minutes=1)
    second = world.browser(world.gina)
    listed = _listed(second)
    assert [item["current"] for item in listed] == [True, False]
    assert [item["started_at"] for item in listed] == ["2026-03-02T15:01:00Z", "2026-03-02T15:00:00Z"]
    assert [item["current"] for item in _listed(first)] == [False, True]
    assert set(listed[0]) == {"id", "started_at", "last_seen", "browser", "current"}
    assert not any(cookie and item["id"] in cookie for item in listed for cookie in (first.cookie, second.cookie))


def test_one_that_is_ended_is_refused_with_its_next_request(world: World) -> None:
    """S-SESS-04."""
    left, here = world.browser(world.gina), world.browser(world.gina)
    (other,) = [item["id"] for item in _listed(here) if not item["current"]]
    assert here.delete(f"/profile/sessions/{other}").status == 204
    assert (left.get("/session").status, here.get("/session").status) == (401, 200)
    assert here.delete(f"/profile/sessions/{other}").status == 404


def test_all_others_at_once(world: World) -> None:
    left = [world.browser(world.gina) for _ in range(2)]
    here = world.browser(world.gina)
    assert here.post("/profile/sessions/end-others", {}).status == 204
    assert [browser.get("/session").status for browser in left] == [401, 401]
    assert [item["current"] for item in _listed(here)] == [True]
    assert here.post("/profile/sessions/end-others", {}).status == 204


def test_nobody_ends_somebody_elses(world: World) -> None:
    """S-SESS-07: the same answer as for one that never was."""
    theirs, mine = world.browser(world.peter), world.browser(world.gina)
    (peters,) = [item["id"] for item in _listed(theirs)]
    foreign, unknown = mine.delete(f"/profile/sessions/{peters}"), mine.delete("/profile/sessions/AAAAAAAAAAAA")
    assert (foreign.status, foreign.code) == (unknown.status, unknown.code) == (404, "not_found")
    assert theirs.get("/session").status == 200


def test_what_has_ended_is_not_shown(world: World) -> None:
    """CRD-8, ACC-10: idle too long, signed out, displaced, ended by a new password."""
    idle = world.browser(world.gina)
    world.time.advance(minutes=15)
    assert idle.get("/session").status == 401
    gone = world.browser(world.gina)
    gone.delete("/session")
    browsers = []
    for _ in range(4):
        world.time.advance(seconds=1)
        browsers.append(world.browser(world.gina))
    assert browsers[0].get("/session").code == "session_displaced"
    assert len(_listed(browsers[-1])) == 3
    body = {"current": PASSWORD, "password": "Sturdy-Lantern-61"}
    here = browsers[-1]
    assert here.keep(here.put("/profile/password", body)).status == 200
    assert [item["current"] for item in _listed(here)] == [True]
