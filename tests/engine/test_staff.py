"""Plan administrators against each other, on a real engine: one always stays (ACC-11)."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import product
from threading import Barrier
from typing import Literal, get_args

from chalicelib.accounts.actions import access as requests
from chalicelib.accounts.actions import staff as actions
from chalicelib.accounts.actions.staff import StaffEdit
from chalicelib.accounts.store import requests as request_store
from chalicelib.core.access import AccessLevel, Member, Staff
from chalicelib.core.errors import Refusal
from chalicelib.plan import store as plan_store
from tests import scale, stored
from tests.world import World

Attack = Literal["disable", "demote"]
Answering = Callable[[Member, str, AccessLevel, datetime], None]
_ATTACKS: tuple[Attack, ...] = get_args(Attack)


def _attack(start: Barrier, how: Attack, actor: Staff, other: str, world: World) -> bool:
    """With what was loaded before anybody acted, as two pages that are open."""
    before = plan_store.staff_member(other)
    assert before is not None
    start.wait()
    with contextlib.suppress(Refusal):
        if how == "disable":
            actions.move(actor, other, before.entries, "disable", "x", world.time.now)
        else:
            actions.edit(actor, other, before.entries, StaffEdit(roles=frozenset({"auditor"})), world.time.now)
        return True
    return False


def test_two_plan_administrators_at_the_same_moment(world: World) -> None:
    """ACC-11: they disable and demote each other; always one stays, and the item tells who."""
    pairs = list(product(_ATTACKS, repeat=2))
    done = 0
    with ThreadPoolExecutor(2) as pool:
        for number in range(scale.repeats(16, 200)):
            # A pair of its own each time; the earlier ones are stepped down first, so that only these two count.
            ada, bea = (
                world.agent(f"{name} Fictional {number}", roles=("plan_administrator",)) for name in ("Al", "Bo")
            )
            assert isinstance(ada.actor, Staff) and isinstance(bea.actor, Staff)
            for earlier in plan_store.plan_administrators().active - {ada.user.id, bea.user.id}:
                place = plan_store.staff_member(earlier)
                assert place is not None
                actions.move(ada.actor, earlier, place.entries, "disable", "x", world.time.now)
            first, second = pairs[number % 4]
            start = Barrier(2)
            results = [
                pool.submit(_attack, start, first, ada.actor, bea.user.id, world),
                pool.submit(_attack, start, second, bea.actor, ada.user.id, world),
            ]
            done += sum(result.result() for result in results)
            places = [plan_store.staff_member(one.user.id) for one in (ada, bea)]
            left = {one.user_id for one in places if one and one.active and "plan_administrator" in one.roles}
            assert left
            assert plan_store.plan_administrators().active == left
    assert done > 0


def test_asking_twice_at_the_same_moment_is_one_request(world: World) -> None:
    """ACC-9: one row, one event, the same answer for both."""
    gina = world.gina.actor
    assert isinstance(gina, Member)
    start = Barrier(4)

    def ask() -> object:
        start.wait()
        return requests.ask(gina, "claims", world.time.now)

    with ThreadPoolExecutor(4) as pool:
        answers = [result.result() for result in [pool.submit(ask) for _ in range(4)]]
    assert all(answer == answers[0] for answer in answers)
    assert len(request_store.open_requests(world.maple.id)) == 1
    assert [item["name"]["S"] for item in stored.outbox()] == ["access.requested"]


def _answer(start: Barrier, how: Answering, actor: Member, membership_id: str, world: World) -> bool:
    start.wait()
    with contextlib.suppress(Refusal):
        how(actor, membership_id, "claims", world.time.now)
        return True
    return False


def test_granting_and_dismissing_at_the_same_moment(world: World) -> None:
    """ACC-9: one of them counts, and the request is gone."""
    lou = world.member(world.maple, "Lou Placeholder", role="local_administrator").actor
    bea = world.member(world.maple, "Bea Placeholder", role="backup_administrator").actor
    assert isinstance(lou, Member) and isinstance(bea, Member)
    for _ in range(scale.repeats(6, 50)):
        person = world.member(world.maple, f"Person {world.number()}")
        assert isinstance(person.actor, Member)
        requests.ask(person.actor, "claims", world.time.now)
        start = Barrier(2)

        with ThreadPoolExecutor(2) as pool:
            results = [
                pool.submit(_answer, start, requests.grant, lou, person.mailbox, world),
                pool.submit(_answer, start, requests.dismiss, bea, person.mailbox, world),
            ]
            done = [result.result() for result in results]
        assert done.count(True) == 1
        assert request_store.open_requests(world.maple.id, person.mailbox) == []
