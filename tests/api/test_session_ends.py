"""How a session ends: by time, by signing out, by what happens to its user."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.core import ids
from chalicelib.core.access import Origin
from chalicelib.core.errors import Unauthenticated
from chalicelib.credentials import sessions, store
from tests import later, stored
from tests.portal import Answer, Browser
from tests.wire import Wire
from tests.world import Account, World


def _ended(answer: Answer) -> bool:
    assert answer.status in (200, 401), answer.text
    return answer.status == 401 and answer.code == "signed_out"


def _token(browser: Browser) -> str:
    assert browser.cookie is not None
    return browser.cookie.split("=", 1)[1]


@pytest.mark.parametrize(("seconds", "ended"), [(899, False), (900, True), (901, True)])
def test_fifteen_idle_minutes(world: World, seconds: int, ended: bool) -> None:
    """CRD-8, S-SESS-03."""
    browser = world.browser(world.gina)
    world.time.advance(seconds=seconds)
    assert _ended(browser.get("/session")) is ended


@pytest.mark.parametrize(("seconds", "ended"), [(-1, False), (0, True), (1, True)])
def test_twelve_hours_however_busy(world: World, seconds: int, ended: bool) -> None:
    """CRD-8, S-SESS-03."""
    browser = world.browser(world.gina)
    for _ in range(51):
        world.time.advance(minutes=14)
        assert browser.get("/session").status == 200
    world.time.advance(minutes=6, seconds=seconds)
    assert _ended(browser.get("/session")) is ended


def test_polling_in_the_background_does_not_keep_it(world: World) -> None:
    """S-SESS-03: a thousand polls in a quarter of an hour."""
    browser = world.browser(world.gina)
    started = world.time.now
    seconds = []
    for poll in range(30):
        world.time.now = started + timedelta(seconds=poll * 29.9)
        seconds.append(int(browser.get("/mailboxes", background=True).headers["x-portal-session-seconds"]))
    assert seconds == [900 - -(-poll * 299 // 10) for poll in range(30)]
    for poll in range(970):
        now = started + timedelta(seconds=897 + poll / 400)
        sessions.authenticate(_token(browser), Origin(request_id="poll"), now, extend=False)
    with pytest.raises(Unauthenticated):
        sessions.authenticate(_token(browser), Origin(request_id="poll"), started + timedelta(minutes=15), extend=False)
    world.time.now = started + timedelta(minutes=15)
    assert _ended(browser.get("/mailboxes", background=True))


def test_any_other_use_keeps_it(world: World) -> None:
    """CRD-8: fifteen minutes from the last use, which the header tells."""
    browser = world.browser(world.gina)
    world.time.advance(minutes=14)
    assert browser.get("/mailboxes", background=True).headers["x-portal-session-seconds"] == "60"
    assert browser.get("/mailboxes").headers["x-portal-session-seconds"] == "900"
    world.time.advance(minutes=14, seconds=59)
    assert browser.get("/session").json["seconds_left"] == 900


def test_the_last_use_is_written_at_most_once_a_minute(world: World, wire: Wire) -> None:
    """CRD-8: a page of many requests writes once."""
    browser = world.browser(world.gina)
    wire.forget()
    for _ in range(25):
        world.time.advance(seconds=5)
        browser.get("/mailboxes")
    assert wire.operations.count("UpdateItem") == 2
    session = store.session(ids.digest(_token(browser)))
    assert session is not None
    assert world.time.now - session.last_seen < timedelta(minutes=1)


def test_signing_out(world: World) -> None:
    """S-SESS-06: the server forgets the session and has the browser forget what it kept."""
    browser, other = world.browser(world.gina), world.browser(world.gina)
    answer = browser.delete("/session")
    assert (answer.status, answer.text) == (204, "")
    assert answer.headers["set-cookie"] == "__Host-sid=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert store.session(ids.digest(_token(browser))) is None
    assert _ended(browser.get("/session"))
    assert browser.delete("/session").status == 401
    assert other.get("/session").status == 200


@pytest.mark.parametrize(
    ("account", "happens"),
    [
        ("gina", lambda account: later.set_status(account, "disabled")),
        ("gina", lambda account: later.set_status(account, "inactive")),
        ("gina", lambda account: later.set_status(account, "suspended")),
        ("gina", lambda account: later.set_status(account, "removed")),
        ("gina", later.end_sessions),
        ("ada", later.deactivate),
        ("ada", later.end_sessions),
    ],
)
def test_it_ends_with_the_next_request(world: World, account: str, happens: Callable[[Account], None]) -> None:
    """S-SESS-04: disabling a membership, ending a user's sessions, leaving the plan take effect at once."""
    person: Account = getattr(world, account)
    browser = world.browser(person)
    assert browser.get("/mailboxes").status == 200
    happens(person)
    assert _ended(browser.get("/mailboxes"))
    assert _ended(browser.get("/session"))
    assert browser.delete("/session").status == 401


def test_one_disabled_membership_is_not_everybodys(world: World) -> None:
    colleague = world.member(world.maple, "Cole Sample")
    browser = world.browser(colleague)
    later.set_status(world.gina, "disabled")
    assert browser.get("/session").status == 200


def test_a_change_of_role_counts_at_once(world: World) -> None:
    """S-SESS-04: the session lives, the rights are read anew."""
    browser = world.browser(world.gina)
    later.set_role(world.gina, "backup_administrator")
    assert browser.get("/session").json["membership"]["role"] == "backup_administrator"


def test_agents_who_move_lose_the_old_department_at_once(world: World) -> None:
    """S-AZ-13, S-SESS-04."""
    browser = world.browser(world.ada)
    later.move(world.ada, world.eligibility)
    assert browser.get(f"/mailboxes/{world.credentialing.id}/inbox").status == 404
    assert browser.get(f"/mailboxes/{world.eligibility.id}/inbox").status == 200


@pytest.mark.parametrize("cookie", ["", "__Host-sid=", "__Host-sid=x", "__Host-sid=" + "A" * 43, "__host-sid=x; sid=y"])
def test_no_cookie_that_was_not_given_out_is_a_session(world: World, cookie: str) -> None:
    browser = world.browser()
    browser.cookie = cookie
    assert _ended(browser.get("/session"))


def test_a_cookie_from_before_signing_in_is_worth_nothing_after(world: World) -> None:
    """S-SESS-01: neither one that somebody planted, nor the session the browser had; no other session ends by that."""
    planted = world.browser()
    planted.cookie = "__Host-sid=" + ids.token()
    before = planted.cookie
    planted.sign_in(world.gina.user.email, "Quiet-Harbor-27")
    assert planted.cookie != before

    shared, elsewhere = world.browser(world.peter), world.browser(world.peter)
    earlier = shared.cookie
    shared.sign_in(world.gina.user.email, "Quiet-Harbor-27")
    for cookie in (before, earlier):
        browser = world.browser()
        browser.cookie = cookie
        assert _ended(browser.get("/session"))
    assert elsewhere.get("/session").status == 200
    assert [record.object_id for record in stored.records("session.ended")] == [world.peter.user.id]


def test_a_failed_sign_in_leaves_the_session_there_was(world: World) -> None:
    browser = world.browser(world.gina)
    assert browser.sign_in(world.gina.user.email, "wrong").status == 401
    assert browser.get("/session").status == 200
