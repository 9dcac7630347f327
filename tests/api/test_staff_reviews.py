"""The plan's staff are reviewed every 90 days and lapse unused; the last plan administrator stays (ACC-11)."""

from datetime import timedelta

import pytest

from chalicelib.accounts.actions import staff_clocks
from chalicelib.core import clock, timers
from chalicelib.plan import store as plan_store
from chalicelib.subscriptions.clocks import INACTIVITY, REVALIDATION
from tests import stored
from tests.portal import Answer, Browser
from tests.world import PASSWORD, START, Account, World

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def jobs(world: World) -> None:
    """The jobs have run before: they know from where to go on."""
    _run()


@pytest.fixture
def paula(world: World) -> Account:
    """A plan administrator whose clocks began a day later than Pia's and Otto's."""
    began = START + DAY
    return world.agent("Paula Fictional", roles=("plan_administrator",), enabled_at=began, verified_at=began)


@pytest.fixture
def pia(world: World) -> Account:
    return world.agent("Pia Fictional", roles=("plan_administrator",), enabled_at=START, verified_at=START)


@pytest.fixture
def otto(world: World) -> Account:
    """Somebody of the staff."""
    return world.agent("Otto Fictional", roles=("helpdesk",), enabled_at=START, verified_at=START)


def _run() -> None:
    """Both jobs, twice: the second time has nothing to do."""
    for _ in range(2):
        for schedule, kinds in (("inactivity_lockout", INACTIVITY), ("revalidation_reminders", REVALIDATION)):
            worked = timers.work(schedule, kinds, clock.now(), lambda: True)  # type: ignore[arg-type]
            assert worked.finished
            assert not worked.failed


def _sign_in(world: World, account: Account) -> str:
    answer = world.browser().sign_in(account.user.email, PASSWORD)
    return "in" if answer.status == 201 else answer.code


def _review(browser: Browser, account: Account, decision: str, reason: str = "") -> Answer:
    version = browser.get(f"/staff/{account.user.id}").json["version"]
    body = {"decision": decision, "reason": reason}
    return browser.post(f"/staff/{account.user.id}/review", body, **{"If-Match": f'"{version}"'})


def _events(*names: str) -> list[tuple[str, str]]:
    return [(item["name"]["S"], item["ids"]["S"]) for item in stored.outbox() if item["name"]["S"] in names]


def _kept(account: Account) -> str:
    """The status as the jobs have left it."""
    place = plan_store.staff_member(account.user.id)
    assert place is not None
    return place.status


def test_a_review_that_is_not_made_suspends_to_the_second(world: World, paula: Account, otto: Account) -> None:
    """ACC-11: with no job, at sign-in and at the next request; the job shows it; keeping gives it back."""
    world.time.now = START + 90 * DAY - SECOND
    browser, other = world.browser(paula), world.browser(otto)
    waiting = {one["kind"]: one for one in browser.get("/attention").json["items"]}
    # Her own, a day later, is for another plan administrator.
    assert [one["name"] for one in waiting["staff_review_due"]["first"]] == ["Otto Fictional"]
    assert other.get("/helpdesk/cases").status == 200
    world.time.now += SECOND
    assert other.get("/helpdesk/cases").status == 401
    assert _sign_in(world, otto) == "staff_suspended"
    shown = browser.get(f"/staff/{otto.user.id}").json
    assert (shown["status"], shown["causes"], shown["may_review"]) == ("suspended", ["suspended"], True)
    assert _kept(otto) == "active"
    _run()
    assert _kept(otto) == "suspended"
    assert _events("staff.lapsed") == [("staff.lapsed", f'{{"user_id": "{otto.user.id}"}}')]
    newest = browser.get(f"/staff/{otto.user.id}/history").json["items"][0]
    assert newest["by"] == {"name": "revalidation_reminders", "email": ""}
    assert newest["changes"] == [{"field": "status", "from": "active", "to": "suspended"}]
    answer = _review(browser, otto, "keep")
    assert (answer.status, answer.json["status"]) == (200, "active")
    assert answer.json["review_due_at"].startswith(str((world.time.now + 90 * DAY).date()))
    assert _sign_in(world, otto) == "in"


def test_unused_places_lapse_and_are_enabled(world: World, paula: Account, otto: Account) -> None:
    """ACC-11, INA-1: somebody shut out by both clocks needs both lifted, and shows the stronger one."""
    world.time.now = START + 89 * DAY
    world.browser(paula)
    world.time.now = START + 90 * DAY
    browser = world.browser(paula)
    _run()
    shown = browser.get(f"/staff/{otto.user.id}").json
    assert (shown["status"], shown["causes"]) == ("suspended", ["inactive", "suspended"])
    assert _review(browser, otto, "keep").json["status"] == "inactive"
    assert _sign_in(world, otto) == "staff_inactive"
    version = browser.get(f"/staff/{otto.user.id}").json["version"]
    answer = browser.post(f"/staff/{otto.user.id}/enable", {}, **{"If-Match": f'"{version}"'})
    assert (answer.status, answer.json["status"]) == (200, "active"), answer.text
    assert _sign_in(world, otto) == "in"


def test_enabling_is_no_review(world: World, paula: Account, otto: Account) -> None:
    """Section 3: whose review came due while they were disabled is suspended when they are enabled."""
    assert _review(world.browser(paula), otto, "disable").fields == {("/comment", "required")}
    assert _review(world.browser(paula), otto, "disable", "Left").json["status"] == "disabled"
    world.time.now = START + 90 * DAY + 2 * SECOND
    browser = world.browser(paula)
    _run()
    answer = browser.post(f"/staff/{otto.user.id}/enable", {}, **{"If-Match": '"1"'})
    assert (answer.status, answer.json["status"]) == (200, "suspended"), answer.text
    assert _sign_in(world, otto) == "staff_suspended"


def test_the_last_plan_administrator_stays(world: World, pia: Account, paula: Account) -> None:
    """ACC-11: both are over; the one whose own deadline is the latest goes on, and reviews and enables the other."""
    world.time.now = START + 300 * DAY
    assert _sign_in(world, pia) == "staff_suspended"
    browser = world.browser(paula)
    _run()
    assert (_kept(pia), _kept(paula)) == ("suspended", "active")
    assert plan_store.plan_administrators().active == {paula.user.id}
    assert browser.get("/staff").status == 200
    version = browser.get(f"/staff/{pia.user.id}").json["version"]
    answer = browser.post(f"/staff/{pia.user.id}/enable", {}, **{"If-Match": f'"{version}"'})
    assert answer.json["status"] == "suspended"
    assert _review(browser, pia, "keep").json["status"] == "active"
    # Now there is another one, and the review of the first is long due: nobody verifies themselves.
    assert browser.get("/staff").status == 401
    assert _sign_in(world, paula) == "staff_suspended"
    assert _review(world.browser(pia), paula, "keep").json["status"] == "active"
    assert _sign_in(world, paula) == "in"


def test_the_last_one_who_was_away_is_in_use_again(world: World, paula: Account) -> None:
    """ACC-11, INA-3: what had lapsed elsewhere stays so; the place that let them in does not lapse behind them."""
    world.time.now = START + 90 * DAY
    world.browser(paula)
    world.time.now = START + 300 * DAY
    # Kept in the review, so that only the want of a sign-in is left.
    place = plan_store.staff_member(paula.user.id)
    assert place is not None
    browser = world.browser(paula)
    pia = world.agent("Pia Fictional", roles=("plan_administrator",))
    assert _review(world.browser(pia), paula, "keep").json["status"] == "active"
    assert browser.get("/staff").status == 200
    _run()
    assert _sign_in(world, paula) == "in"


def test_nobody_reviews_themself(world: World, paula: Account, pia: Account) -> None:
    """ACC-6, ACC-11."""
    browser = world.browser(paula)
    assert browser.get(f"/staff/{paula.user.id}").json["may_review"] is False
    assert (_review(browser, paula, "keep").status, _review(browser, paula, "keep").code) == (403, "own_account")
    assert _review(browser, pia, "keep").status == 200


def test_early_reviews_end_nothing_that_is_under_way(world: World, paula: Account, otto: Account) -> None:
    """REV-1: early is welcome; the entry tells who and why."""
    world.time.now = START + 30 * DAY
    other, browser = world.browser(otto), world.browser(paula)
    assert _review(browser, otto, "keep", "Seen at the desk").status == 200
    assert other.get("/helpdesk/cases").status == 200
    newest = browser.get(f"/staff/{otto.user.id}/history").json["items"][0]
    assert (newest["by"]["name"], newest["comment"]) == ("Paula Fictional", "Seen at the desk")


def test_reminders_come_once_and_the_latest(world: World, paula: Account, otto: Account, pia: Account) -> None:
    """ACC-11, REV-4: at 14, 7, 3, 1 days; who was off for three weeks tells the last stage only."""
    told = []
    for days in (75, 76, 77, 83, 87, 89):
        world.time.now = START + days * DAY
        _run()
        told.append([ids for _, ids in _events("staff_review.reminded")])
    assert [len(one) for one in told] == [0, 1, 1, 2, 3, 4]
    assert told[-1] == [f'{{"days": "{days}"}}' for days in (14, 7, 3, 1)]


def test_a_job_that_was_off(world: World, paula: Account, otto: Account, pia: Account) -> None:
    """PLT-3: nobody is missed, and of the stages that passed the last is told."""
    world.time.now = START + 88 * DAY
    _run()
    assert _events("staff_review.reminded") == [("staff_review.reminded", '{"days": "3"}')]
    world.time.now = START + 111 * DAY
    _run()
    assert {_kept(otto), _kept(pia)} == {"suspended"}
    assert _kept(paula) == "active"


def test_a_sign_in_while_the_job_looks(world: World, otto: Account) -> None:
    """INA-1: what was read is what lapses, once."""
    world.time.now = START + 90 * DAY
    assert staff_clocks.lapse_unused(otto.user.id, world.time.now - SECOND) == world.time.now
    assert staff_clocks.lapse_unused(otto.user.id, world.time.now) is None
    assert staff_clocks.lapse_unused(otto.user.id, world.time.now) is None
    assert len(_events("staff.lapsed")) == 1
