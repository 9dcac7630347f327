"""Links and registrations under threads, on a real engine: each is used once (S-AUTH-08, ACC-1)."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.accounts import store as accounts
from tests import delivery, inviting, moto_engine, stored
from tests.portal import Answer
from tests.world import PASSWORD, World

pytestmark = pytest.mark.engine

AT_ONCE = 20


def _at_once(acts: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """What each of them gets when all begin in the same moment."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Answer]) -> Answer:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.usefixtures("keys")
def test_a_registration_link_used_twenty_times_at_once_works_once(world: World) -> None:
    """S-AUTH-08: one account, one password, one entry; the others are told what a used link is told."""
    lola, _ = inviting.administrators(world)
    made = inviting.create(world.browser(lola))
    membership = accounts.membership(world.maple.id, made)
    assert membership is not None
    token = inviting.link(world, membership.user_id, "registration", organization_id=world.maple.id, membership_id=made)
    passwords = [f"Sturdy-Lantern-{number}" for number in range(AT_ONCE)]
    answers = _at_once([lambda p=password: inviting.complete(world, token, password=p) for password in passwords])  # type: ignore[misc]
    told = Counter(answer.status if answer.status == 200 else answer.code for answer in answers)
    assert told == {200: 1, "link_expired": AT_ONCE - 1}
    winner = next(password for password, answer in zip(passwords, answers, strict=True) if answer.status == 200)
    # The winner's, and as many others as nobody waits for (CRD-7).
    for password in {winner, *passwords[:3]}:
        expected = 201 if password == winner else 401
        assert world.browser().sign_in("nora.newcomer@people.example", password).status == expected
    assert len(stored.records("member.accepted")) == 1


def test_a_person_who_signs_in_twenty_times_at_once_accepts_once(world: World) -> None:
    """Section 3: no sign-in fails for it; of so many at once some may be told to come again (S-LIM-01, S-SESS-08)."""
    lola, _ = inviting.administrators(world)
    inviting.create(world.browser(lola), "Peter Specimen")

    def sign_in() -> Answer:
        return world.browser().sign_in(world.peter.user.email, PASSWORD)

    answers = _at_once([sign_in] * AT_ONCE)
    told = Counter(answer.code if answer.status != 201 else "in" for answer in answers)
    assert told.keys() <= {"in", "too_many_attempts", "busy"}
    assert told["in"] >= 1
    assert all(answer.headers["retry-after"] for answer in answers if answer.status != 201)
    assert len(stored.records("member.accepted")) == 1
    world.time.advance(minutes=15)
    assert sign_in().status == 201


def test_one_registration_handled_by_many_workers_makes_one_member(world: World) -> None:
    """ACC-1, T11: the same event at the same moment, and two requests of the same person."""
    with moto_engine.beside_tables():
        for _ in range(2):
            assert inviting.ask(world).status == 202
        bodies = delivery.heard("accounts") * 5
        gate = threading.Barrier(len(bodies))

        def work(body: str) -> None:
            gate.wait()
            # A worker that lost gives its message back; the queue brings it again.
            if delivery.deliver("receive_registrations", [body]):
                assert delivery.deliver("receive_registrations", [body]) == []

        with ThreadPoolExecutor(len(bodies)) as threads:
            list(threads.map(work, bodies))
    assert len(stored.records("member.registered")) == 1
    assert len(stored.records("registration.dropped")) == 1
