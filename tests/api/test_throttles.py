"""Guessing passwords: what an outsider may try, and what that can't do to the owner (CRD-7, S-LIM-01..04)."""

import pytest

from chalicelib.core import tables
from chalicelib.credentials import hashing
from tests import scale, stored
from tests.portal import Browser
from tests.world import PASSWORD, World


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is being verified, as argon2 sees it: the library is watched, not our code."""
    seen: list[str] = []
    hasher = hashing._hasher()
    verify = type(hasher).verify

    def watching(self: object, encoded: str, password: str) -> bool:
        seen.append(password)
        return bool(verify(hasher, encoded, password))

    monkeypatch.setattr(type(hasher), "verify", watching)
    return seen


def _guess(world: World, email: str, times: int = 1, browser: Browser | None = None) -> list[int]:
    """Guess from a browser that is not known; the statuses of the answers."""
    browser = browser or world.browser()
    return [browser.post("/session", {"email": email, "password": f"Wrong-{n}-guess"}).status for n in range(times)]


def test_an_attempt_is_judged_once_or_not_at_all(world: World, judged: list[str]) -> None:
    """S-AUTH-07: one verification per attempt that passes the throttle, none when throttled, known or unknown."""
    for email in (world.gina.user.email, "nobody@people.example"):
        judged.clear()
        assert _guess(world, email, 8) == [401] * 5 + [429] * 3
        assert len(judged) == 5


def test_throttled_answers_are_equal(world: World) -> None:
    """S-AUTH-07: for an address that is known and one that isn't."""
    answers = []
    for email in (world.gina.user.email, "nobody@people.example"):
        _guess(world, email, 5)
        answer = world.browser().post("/session", {"email": email, "password": PASSWORD})
        body = answer.json
        del body["request_id"]
        answers.append((answer.status, body, answer.headers["retry-after"], answer.cookies))
    assert answers[0] == answers[1]
    assert answers[0][0] == 429


def test_the_owner_comes_in_from_a_known_device_throughout(world: World, judged: list[str]) -> None:
    """S-LIM-01, T15: 300 guesses from elsewhere (10,000 in the long form); none but the first few is judged."""
    owner = world.browser(world.gina)
    for round_ in range(scale.size(30, 100)):
        attacker = world.browser()
        for _ in range(scale.size(10, 100)):
            attacker.post("/session", {"email": world.gina.user.email, "password": f"Wrong-{round_}"})
        if round_ % 10 == 0:
            assert owner.sign_in(world.gina.user.email, PASSWORD).status == 201
        world.time.advance(minutes=3)
    assert 5 <= sum(password.startswith("Wrong") for password in judged) <= 100
    assert owner.sign_in(world.gina.user.email, PASSWORD).status == 201
    assert world.browser().post("/session", {"email": world.gina.user.email, "password": PASSWORD}).status == 429


def test_a_known_device_has_a_count_of_its_own(world: World) -> None:
    """S-LIM-01: five, then the pause; unknown devices are not affected, and a success forgets the failures."""
    owner = world.browser(world.gina)
    assert _guess(world, world.gina.user.email, 6, owner) == [401] * 5 + [429]
    assert world.browser().sign_in(world.gina.user.email, PASSWORD).status == 201
    world.time.advance(seconds=60)
    assert owner.sign_in(world.gina.user.email, PASSWORD).status == 201
    assert _guess(world, world.gina.user.email, 6, owner) == [401] * 5 + [429]


def test_after_a_hundred_in_a_row_only_known_devices_do(world: World) -> None:
    """S-LIM-02: the person and their administrators are told once; the rest is refused until recovery."""
    owner = world.browser(world.gina)
    for _ in range(100):
        assert _guess(world, world.gina.user.email) == [401]
        world.time.advance(hours=1)
    refused = world.browser().post("/session", {"email": world.gina.user.email, "password": PASSWORD})
    assert (refused.status, refused.code) == (429, "sign_in_blocked")
    assert "retry-after" not in refused.headers
    world.time.advance(days=30)
    assert world.browser().post("/session", {"email": world.gina.user.email, "password": PASSWORD}).status == 429
    assert owner.sign_in(world.gina.user.email, PASSWORD).status == 201
    told = [item for item in stored.items(tables.JournalRow) if item["action"]["S"] == "sign_in.blocked"]
    assert len(told) == 1


def test_one_source_tries_twenty_accounts(world: World) -> None:
    """S-LIM-04: whatever the header says about where it comes from."""
    for number in range(20):
        assert _guess(world, f"nobody{number}@people.example") == [401]
    answer = world.browser().send(
        "POST",
        "/session",
        {"email": "nobody20@people.example", "password": PASSWORD},
        {"X-Forwarded-For": "203.0.113.9"},
    )
    assert (answer.status, answer.code) == (429, "too_many_attempts")
    # Who signed in here before isn't held up by that.
    world.time.advance(minutes=10)
    owner = world.browser(world.gina)
    for number in range(21):
        _guess(world, f"nobody{number}@people.example")
    assert owner.sign_in(world.gina.user.email, PASSWORD).status == 201


def test_a_practice_behind_one_address_signs_in(world: World) -> None:
    """S-LIM-04: people who come in are no spraying."""
    for number in range(30):
        world.browser(world.member(world.maple, f"Colleague {number} Sample"))
