"""Two of enrollment against each other and against those who come back, on a real engine (REV-2, ORG-4)."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from chalicelib.access_reviews.actions import two
from chalicelib.access_reviews.actions.two import Asked
from chalicelib.access_reviews.domain import cards
from chalicelib.access_reviews.domain.two import Decision
from chalicelib.access_reviews.left_to_plan import of_practice
from chalicelib.access_reviews.store import decisions
from chalicelib.accounts.actions import staff
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Staff
from chalicelib.core.errors import Refusal
from tests import scale, stored, two_of_plan
from tests.core.line import Line
from tests.engine.together import at_once
from tests.world import START, Account, World

DAY = timedelta(days=1)


@pytest.fixture
def crew(world: World) -> list[Staff]:
    """Enrollment."""
    people = [world.agent(f"{name} Fictional", roles=("enrollment",)).actor for name in ("Eve", "Finn", "Fay")]
    return [one for one in people if isinstance(one, Staff)]


def _asked(world: World, actor: Staff, decision: Decision = "keep") -> Asked:
    """What somebody of enrollment decides about the one who is left to them."""
    (left,) = of_practice(actor, world.maple.id, world.time.now)
    return Asked(
        organization_id=world.maple.id,
        membership_id=left.seen.membership.id,
        version=left.seen.membership.entries,
        need=left.need,
        decision=decision,
        seen=cards.digest(left.seen.card),
        first_at=two_of_plan.first_at(world.maple.id, left.seen.membership.id),
        reason="Called them",
    )


def _confirms(asked: Asked) -> Asked:
    """The same by somebody who has seen what the first of two decided."""
    first_at = two_of_plan.first_at(asked.organization_id, asked.membership_id)
    return msgspec.structs.replace(asked, first_at=first_at)


def _decide(actor: Staff, asked: Asked, world: World) -> Callable[[], str]:
    def decided() -> str:
        try:
            return two.decide(actor, asked, world.time.now)
        except Refusal as refusal:
            return refusal.code

    return decided


def _sole(world: World) -> Account:
    made = world.member(world.maple, f"Lou Placeholder {world.number()}", role="local_administrator", verified_at=START)
    world.time.now = START + 90 * DAY
    return made


def test_all_of_enrollment_at_the_same_moment(world: World, crew: list[Staff]) -> None:
    """REV-2: one is the first and one the second; it is done once, with evidence of two different people."""
    _sole(world)
    for round_ in range(scale.repeats(3, 40)):
        asked = _asked(world, crew[0])
        told = at_once([_decide(one, asked, world) for one in crew])
        assert sorted(told) == ["changed_meanwhile", "changed_meanwhile", "waiting"]
        confirmed = _confirms(asked)
        told = at_once([_decide(one, confirmed, world) for one in crew])
        assert told.count("done") == 1, told
        found = decisions.page(world.maple.id, None, 100, ()).items
        assert len(found) == round_ + 1
        second = found[0].confirmed_by
        assert second is not None
        assert second.id != found[0].reviewer.id
        world.time.now += 90 * DAY


def test_two_seconds_at_the_same_moment(world: World, crew: list[Staff]) -> None:
    """REV-2: whoever is slower is told that it has changed, and nothing is done twice."""
    _sole(world)
    asked = _asked(world, crew[0])
    assert two.decide(crew[0], asked, world.time.now) == "waiting"
    told = at_once([_decide(one, _confirms(asked), world) for one in crew[1:]])
    assert told.count("done") == 1
    assert set(told) - {"done"} <= {"stale", "changed_meanwhile"}
    assert len(stored.records("two.done")) == 1


def test_the_other_administrator_comes_back_meanwhile(world: World, crew: list[Staff], line: Line) -> None:
    """ORG-4: between what the second of two read and wrote; then it is for the practice itself."""
    sole = _sole(world)
    asked = _asked(world, crew[0])
    assert two.decide(crew[0], asked, world.time.now) == "waiting"
    line.before_transaction(lambda: _is(world.member(world.maple, "Bea Placeholder", role="backup_administrator")))
    confirmed = _confirms(asked)
    assert _decide(crew[1], confirmed, world)() == "changed_meanwhile"
    assert _decide(crew[1], confirmed, world)() == "another_administrator"
    assert sole.mailbox in rosters.roster(world.maple.id).active


def _is(made: Account) -> None:
    assert made.mailbox


def test_the_first_leaves_meanwhile(world: World, crew: list[Staff], line: Line) -> None:
    """REV-2, S-AZ-08: nobody is the second of one who is gone; they are the first then."""
    _sole(world)
    asked = _asked(world, crew[0])
    assert two.decide(crew[0], asked, world.time.now) == "waiting"
    gone = world.agent("Paula Fictional", roles=("plan_administrator",))
    assert isinstance(gone.actor, Staff)
    line.before_transaction(lambda: _disable(world, gone, crew[0]))
    assert two.decide(crew[1], _confirms(asked), world.time.now) == "waiting"
    assert stored.records("two.done") == []
    assert two.decide(crew[2], _confirms(asked), world.time.now) == "done"


def _disable(world: World, by: Account, whom: Staff) -> None:
    assert isinstance(by.actor, Staff)
    staff.move(by.actor, whom.id, 0, "disable", "Left", world.time.now)
