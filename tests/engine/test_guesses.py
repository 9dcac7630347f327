"""Many guesses and sign-ins at the same moment, on the real engine over HTTP (T6, S-LIM-01, S-SESS-08)."""

from collections.abc import Callable

import pytest

from tests import proofs, scale
from tests.engine.together import at_once
from tests.portal import Answer, Browser
from tests.world import PASSWORD, World

pytestmark = pytest.mark.engine


def _signing_in(world: World, email: str, password: str) -> Callable[[], Answer]:
    browser = world.browser()
    return lambda: browser.sign_in(email, password)


@pytest.mark.parametrize("repeat", range(scale.repeats(10, 100)))
def test_a_burst_of_guesses_is_judged_five_times(world: World, repeat: int) -> None:
    """S-LIM-01: wrong ones (200 in the long form) and a right one among them; the right one may be too late."""
    email = world.gina.user.email
    doings = [_signing_in(world, email, f"Wrong-{number}") for number in range(scale.size(50, 200))]
    doings.insert(repeat % len(doings), _signing_in(world, email, PASSWORD))
    statuses = [answer.status for answer in at_once(doings)]
    # A success forgets the failures before it, so that as many may follow.
    most = 5 if 201 not in statuses else 10
    assert sum(status == 401 for status in statuses) <= most
    assert set(statuses) <= {201, 401, 429}
    assert sum(status != 429 for status in statuses) >= 5


@pytest.mark.parametrize("_repeat", range(scale.repeats(5, 50)))
def test_of_ten_sign_ins_at_once_three_stay(world: World, _repeat: int) -> None:
    """S-SESS-08: whoever comes at the same moment, no more than three are in afterwards, and the last one is."""
    browsers = [world.browser() for _ in range(10)]
    device = world.browser(world.gina).device
    for browser in browsers:
        browser.device = device
    answers = at_once([_of(browser, world.gina.user.email) for browser in browsers])
    assert {answer.status for answer in answers} <= {201, 429, 503}
    alive = [browser for browser in browsers if browser.get("/session", background=True).status == 200]
    assert 1 <= len(alive) <= 3


def _of(browser: Browser, email: str) -> Callable[[], Answer]:
    return lambda: browser.sign_in(email, PASSWORD)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("_repeat", range(scale.repeats(10, 100)))
def test_a_code_that_many_type_at_once_lets_one_in(world: World, _repeat: int) -> None:
    """S-AUTH-14, T6: twenty sessions that wait for a code, and the same right one in each."""
    app = proofs.enroll(world, world.gina)
    browsers = [world.browser() for _ in range(20)]
    for browser in browsers:
        assert browser.sign_in(world.gina.user.email, PASSWORD).json["stage"] == "factor"
    answers = at_once([_giving(browser, app.code()) for browser in browsers])
    assert sum(answer.status == 201 for answer in answers) == 1
    assert {answer.status for answer in answers} <= {201, 401, 429, 503}


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("repeat", range(scale.repeats(10, 100)))
def test_a_burst_of_codes_is_judged_five_times(world: World, repeat: int) -> None:
    """CRD-7, T6: fifty wrong ones (200 in the long form) and a right one, which may be too late."""
    app = proofs.enroll(world, world.gina)
    browser = world.browser()
    browser.sign_in(world.gina.user.email, PASSWORD)
    codes = [app.wrong_code()] * scale.size(50, 200)
    codes.insert(repeat * 5 % len(codes), app.code())
    statuses = [answer.status for answer in at_once([_giving(_same(world, browser), code) for code in codes])]
    assert sum(status == 401 for status in statuses) <= 5 or 201 in statuses
    assert sum(status == 201 for status in statuses) <= 1


def _giving(browser: Browser, code: str) -> Callable[[], Answer]:
    return lambda: browser.give_code(code)


def _same(world: World, browser: Browser) -> Browser:
    """Another window of the same browser."""
    window = world.browser()
    window.cookie = browser.cookie
    return window
