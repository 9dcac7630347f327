"""Between the right password and the portal: a code, a factor to enroll, a new password (CRD-2, CRD-9)."""

from datetime import timedelta
from typing import get_args

import pytest

from app import app
from chalicelib.core.access import Arriving, Origin, Stage
from chalicelib.core.errors import Forbidden
from tests import later, proofs
from tests.world import PASSWORD, World

_OPEN: dict[Stage, set[str]] = {
    "factor": {"DELETE /session", "POST /session/factor"},
    "password": {"DELETE /session", "PUT /profile/password"},
    "enroll": {"DELETE /session", "POST /profile/factor", "POST /profile/factor/confirmation"},
}
_CODES: dict[Stage, str] = {
    "factor": "factor_required",
    "password": "password_expired",
    "enroll": "enrollment_required",
}


@pytest.mark.parametrize("stage", get_args(Stage))
def test_at_a_stage_only_what_ends_it_is_open(stage: Stage) -> None:
    """S-AUTH-05, CRD-9: every other route of the portal says what is wanted instead."""
    actor = Arriving(id="usr_1", origin=Origin(request_id="r"), stage=stage)
    admitted = set()
    for route in app.declared:
        if route.who.public:
            continue
        try:
            route.who.admit(actor)
        except Forbidden as refusal:
            assert refusal.code == _CODES[stage], route.path
        else:
            admitted.add(f"{route.method} {route.path}")
    assert admitted == _OPEN[stage]


def test_with_a_factor_the_password_opens_nothing_yet(world: World) -> None:
    """CRD-9: the code comes next; only then the session stands for anything, and the device is known."""
    codes = proofs.enroll(world, world.gina)
    browser = world.browser()
    asked = browser.sign_in(world.gina.user.email, PASSWORD)
    assert (asked.status, asked.json["stage"], asked.json["membership"]) == (201, "factor", None)
    assert not any(cookie.startswith("__Host-device") for cookie in asked.cookies)
    refused = browser.get("/memberships")
    assert (refused.status, refused.code) == (403, "factor_required")
    first_token = browser.cookie
    inside = browser.give_code(codes.code())
    assert (inside.status, inside.json["stage"], inside.json["factor"]) == (201, None, True)
    assert inside.json["membership"]["organization"]["id"] == world.maple.id
    assert browser.cookie != first_token
    assert any(cookie.startswith("__Host-device") for cookie in inside.cookies)
    assert browser.get("/session").status == 200


def test_the_token_before_the_code_is_worth_nothing_afterwards(world: World) -> None:
    """S-SESS-01."""
    codes = proofs.enroll(world, world.gina)
    browser = world.browser()
    browser.sign_in(world.gina.user.email, PASSWORD)
    before = browser.cookie
    browser.give_code(codes.code())
    browser.cookie = before
    assert browser.get("/session").status == 401


def test_a_code_works_once(world: World) -> None:
    """S-AUTH-14: in its half minute and after; the next one does."""
    codes = proofs.enroll(world, world.gina)
    proofs.signed_in(world, world.gina, codes)
    other = world.browser()
    other.sign_in(world.gina.user.email, PASSWORD)
    refused = other.give_code(codes.code())
    assert (refused.status, refused.code) == (401, "factor_failed")
    world.time.advance(seconds=30)
    assert other.give_code(codes.code()).status == 201


def test_codes_are_counted_before_they_are_judged(world: World) -> None:
    """CRD-7: five, then the pause, in whatever sessions; a right one forgets the wrong ones."""
    codes = proofs.enroll(world, world.gina)
    browsers = [world.browser() for _ in range(2)]
    for browser in browsers:
        browser.sign_in(world.gina.user.email, PASSWORD)
    wrong = [browsers[n % 2].give_code(codes.wrong_code()).status for n in range(7)]
    assert wrong == [401] * 5 + [429] * 2
    assert browsers[0].give_code(codes.code()).status == 429
    world.time.advance(minutes=1)
    assert browsers[0].give_code(codes.code()).status == 201


@pytest.mark.parametrize(("after", "status"), [(timedelta(minutes=15, seconds=-1), 201), (timedelta(minutes=15), 401)])
def test_one_has_fifteen_minutes_for_the_code(world: World, after: timedelta, status: int) -> None:
    """CRD-8: to the second, whatever is tried meanwhile."""
    codes = proofs.enroll(world, world.gina)
    browser = world.browser()
    browser.sign_in(world.gina.user.email, PASSWORD)
    world.time.now += timedelta(minutes=10)
    browser.give_code(codes.wrong_code())
    world.time.now += after - timedelta(minutes=10)
    assert browser.give_code(codes.code()).status == status


def test_who_only_knows_the_password_ends_nobody_elses_session(world: World) -> None:
    """ACC-10: a session that waits for a code takes no place among the three."""
    codes = proofs.enroll(world, world.gina)
    own = proofs.signed_in(world, world.gina, codes)
    for _ in range(5):
        world.browser().sign_in(world.gina.user.email, PASSWORD)
    assert own.get("/session", background=True).status == 200


def test_administrators_and_staff_enroll_before_anything_else(world: World) -> None:
    """CRD-9: others need not; the plan's setting decides."""
    chief = world.member(world.maple, "Lou Sample", role="local_administrator")
    later.ask_for_factors()
    for account in (chief, world.ada):
        browser = world.browser()
        assert browser.sign_in(account.user.email, PASSWORD).json["stage"] == "enroll"
        assert browser.get("/session").code == "enrollment_required"
    assert world.browser().sign_in(world.gina.user.email, PASSWORD).json["stage"] is None


@pytest.mark.parametrize(("after", "stage"), [(timedelta(seconds=-1), None), (timedelta(0), "password")])
def test_a_password_lasts_a_year(world: World, after: timedelta, stage: Stage | None) -> None:
    """CRD-2, S-AUTH-05: 364 days 23:59:59, and 365 days."""
    world.time.now += timedelta(days=365) + after
    assert world.browser().sign_in(world.gina.user.email, PASSWORD).json["stage"] == stage


def test_first_the_code_then_the_expired_password(world: World) -> None:
    """CRD-2, CRD-9: whoever knows only the password learns and changes nothing."""
    codes = proofs.enroll(world, world.gina)
    world.time.advance(days=365)
    browser = world.browser()
    assert browser.sign_in(world.gina.user.email, PASSWORD).json["stage"] == "factor"
    assert browser.give_code(codes.code()).json["stage"] == "password"
    assert browser.get("/session").code == "password_expired"
