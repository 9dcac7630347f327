"""Signing in: the cookie, the answers, the work behind them."""

import json
import re
import sys
from collections import Counter
from types import FrameType
from typing import Any

import argon2.low_level
import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from chalicelib.accounts.domain import Status
from chalicelib.core import config
from chalicelib.credentials import hashing, store
from tests import later, stored
from tests.portal import Answer
from tests.settings import ENVIRONMENT
from tests.wire import Wire
from tests.world import PASSWORD, World

WRONG = "Quiet-Harbor-28"


_WATCHED = {argon2.low_level.verify_secret.__code__: "verify", argon2.low_level.hash_secret.__code__: "hash"}


class Argon2Calls:
    """Counts calls of argon2 while a block runs, by watching the interpreter."""

    def __init__(self) -> None:
        self.counted: Counter[str] = Counter()

    def __enter__(self) -> "Argon2Calls":
        self._before = sys.getprofile()
        sys.setprofile(self._watch)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(self._before)

    def _watch(self, frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code in _WATCHED:
            self.counted[_WATCHED[frame.f_code]] += 1


def _told(answer: Answer) -> str:
    """All of an answer but for its request id."""
    known = answer.headers["x-request-id"]
    return json.dumps([answer.status, answer.headers, answer.cookies, answer.text]).replace(known, "…")


def _encoded(user_id: str) -> str:
    found = store.password_of(user_id)
    assert found is not None
    return found.encoded


def test_the_cookie(world: World) -> None:
    """S-SESS-02: exactly this, and the token nowhere else."""
    answer = world.browser().sign_in(world.gina.user.email, PASSWORD)
    assert answer.status == 201
    token = re.fullmatch(
        r"__Host-sid=([A-Za-z0-9_-]{43}); Path=/; Secure; HttpOnly; SameSite=Strict", answer.cookies[0]
    )
    assert token is not None
    assert token[1] not in answer.text
    assert not [name for name, value in answer.headers.items() if token[1] in value]
    # By the other one the device is known, half a year (CRD-7).
    assert re.fullmatch(
        r"__Host-device=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=15552000",
        answer.cookies[1],
    )


def test_who_one_is_now(world: World) -> None:
    member = world.browser().sign_in(world.gina.user.email, PASSWORD).json
    assert member["user"]["name"] == "Gina Sample"
    assert member["membership"]["organization"] == {"id": world.maple.id, "name": "Maple Example Clinic"}
    assert (member["membership"]["role"], member["staff"]) == ("general_user", None)
    assert (member["seconds_left"], member["warning_seconds"]) == (900, 120)
    agent = world.browser().sign_in(world.ada.user.email, PASSWORD).json
    assert agent["membership"] is None
    assert agent["staff"]["roles"] == ["department_agent"]
    assert agent["staff"]["departments"] == [{"id": world.credentialing.id, "name": "Credentialing Team"}]


def test_no_token_and_no_password_is_stored(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """S-SESS-01, S-AUD-03: the tables hold the token's hash and the password's hash, the logs neither."""
    with caplog.at_level("DEBUG"):
        browser = world.browser(world.gina)
        browser.get("/session")
        world.browser().sign_in(world.gina.user.email, WRONG)
        browser.delete("/session")
        signed_in = world.browser(world.gina)
    kept = stored.dump() + "".join(record.getMessage() for record in caplog.records)
    assert PASSWORD not in kept
    assert WRONG not in kept
    for cookie in (browser.cookie, signed_in.cookie):
        assert cookie is not None
        assert cookie.split("=")[1] not in kept


@pytest.mark.parametrize(
    "spelled", ["GINA.Sample@People.Example", " gina.sample@people.example ", "ｇina.sample@people.example"]
)
def test_spellings_of_the_address(world: World, spelled: str) -> None:
    """S-AUTH-01."""
    assert world.browser().sign_in(spelled, PASSWORD).status == 201


@pytest.mark.parametrize(
    "password", [PASSWORD.lower(), PASSWORD.upper(), PASSWORD + " ", " " + PASSWORD, PASSWORD[:-1]]
)
def test_the_password_is_taken_as_it_is(world: World, password: str) -> None:
    """S-AUTH-02, CRD-1: nothing folded, trimmed or cut."""
    assert world.browser().sign_in(world.gina.user.email, password).code == "sign_in_failed"


def test_nobody_can_tell_who_has_an_account(world: World, wire: Wire) -> None:
    """S-AUTH-07: the same answer, reads and hashing for every address, whatever its account's state."""
    world.agent("Hank Fictional", roles=("helpdesk",))
    people = [world.gina.user.email, "hank.fictional@people.example"]
    states: tuple[Status, ...] = ("disabled", "inactive", "suspended", "unverified", "removed")
    for number, status in enumerate(states):
        people.append(world.member(world.maple, f"Person {number}", status=status).user.email)
    strangers = ["nobody@people.example", "gina.sample@elsewhere.example", "no address", "é" * 200]
    told, work = set(), set()
    for email in [*strangers, *people]:
        wire.forget()
        with Argon2Calls() as argon2_calls:
            answer = world.browser().sign_in(email, WRONG)
        told.add(_told(answer))
        work.add((tuple(wire.operations), *argon2_calls.counted.items()))
    assert len(told) == 1
    assert len(work) == 1
    assert work.pop()[1:] == (("verify", 1),)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("disabled", "account_disabled"),
        ("inactive", "account_inactive"),
        ("suspended", "account_suspended"),
        ("unverified", "no_membership"),
        ("removed", "no_membership"),
    ],
)
def test_the_state_of_an_account_is_told_after_the_right_password_only(world: World, status: Status, code: str) -> None:
    """S-AUTH-07."""
    kept_out = world.member(world.maple, "Kay Sample", status=status)
    wrong = world.browser().sign_in(kept_out.user.email, WRONG)
    assert (wrong.status, wrong.code) == (401, "sign_in_failed")
    right = world.browser().sign_in(kept_out.user.email, PASSWORD)
    assert (right.status, right.code) == (403, code)
    assert "set-cookie" not in right.headers


def test_staff_who_left_are_told_so(world: World) -> None:
    later.deactivate(world.ada)
    assert world.browser().sign_in(world.ada.user.email, PASSWORD).code == "no_membership"


def test_an_outdated_hash_is_renewed_at_sign_in(world: World) -> None:
    """S-AUTH-04: and only by the right password."""
    weaker = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, hash_len=16).hash(PASSWORD)
    later.set_hash(world.gina, weaker)
    world.browser().sign_in(world.gina.user.email, WRONG)
    assert _encoded(world.gina.user.id) == weaker
    world.browser(world.gina)
    renewed = _encoded(world.gina.user.id)
    assert extract_parameters(renewed).hash_len == 32
    world.browser(world.gina)
    assert _encoded(world.gina.user.id) == renewed


def test_hashes_are_argon2id_of_the_production_strength() -> None:
    """S-AUTH-04: the defaults of the settings, in the hash itself."""
    plain = {name: value for name, value in ENVIRONMENT.items() if "ARGON2" not in name}
    settings = config.load(plain)
    hasher = PasswordHasher(settings.argon2_time_cost, settings.argon2_memory_kib, settings.argon2_parallelism)
    made = hasher.hash(PASSWORD)
    assert made.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.matches(made, PASSWORD)
    found = extract_parameters(made)
    assert (found.type, found.salt_len, found.hash_len) == (Type.ID, 16, 32)


def test_every_stored_hash_is_argon2id(world: World) -> None:
    """S-AUTH-04."""
    hashes = re.findall(r'"encoded": \{"S": "(.*?)"\}', stored.dump())
    assert len(hashes) == 3
    assert all(made.startswith("$argon2id$v=19$") for made in hashes)


def test_the_hash_for_strangers_costs_what_a_real_one_costs() -> None:
    """S-AUTH-07."""
    assert extract_parameters(hashing._nobodys_hash()) == extract_parameters(hashing.make(PASSWORD))
    assert not hashing.matches(None, "")
    assert not hashing.matches("", "")


def test_sign_in_leaves_records(world: World) -> None:
    """AUD-1, S-AUD-02: success in the organization's journal; failures in the plan's, with the code and the user."""
    world.browser().sign_in("nobody@people.example", WRONG)
    world.time.advance(seconds=1)
    world.browser().sign_in(world.gina.user.email, WRONG)
    world.time.advance(seconds=1)
    browser = world.browser(world.gina)
    world.time.advance(seconds=1)
    browser.delete("/session")
    unknown, wrong, started, ended = stored.records("session.started", "session.ended", "session.refused")
    assert (unknown.object_id or "", unknown.result, unknown.reason) == ("", "refused", "sign_in_failed")
    assert (wrong.object_id, wrong.result, wrong.reason) == (world.gina.user.id, "refused", "sign_in_failed")
    for record in (started, ended):
        assert record.pk == f"JOURNAL#{world.maple.id}"
        assert (record.actor_kind, record.actor_id, record.result) == ("member", world.gina.user.id, "done")
    assert started.session == ended.session
    assert (started.action, ended.action) == ("session.started", "session.ended")
