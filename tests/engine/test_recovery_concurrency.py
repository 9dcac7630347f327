"""Recovery and the helpdesk's cases under threads, on a real engine (S-AUTH-08, S-AUTH-11, S-AUTH-12, T6)."""

from collections import Counter
from collections.abc import Sequence

import pytest

from chalicelib.core.errors import Busy
from tests import recovering, scale, stored
from tests.engine.together import at_once
from tests.portal import Answer
from tests.world import World

# Answers are peppered by a key in KMS, which is stood in for.
pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("keys")]

WRONG = 50
AT_ONCE = 20
REPEATS = range(scale.repeats(10, 100))


def _told(answers: Sequence[Answer]) -> Counter[int | str]:
    return Counter(answer.status if answer.status < 300 else answer.code for answer in answers)


@pytest.mark.parametrize("repeat", REPEATS)
def test_parallel_guesses_are_judged_three_times_at_most(world: World, repeat: int) -> None:
    """S-AUTH-11, T6: 50 wrong and the right answers in one burst; what lost the race is refused unjudged."""
    recovering.with_questions(world, world.gina)
    token = recovering.link(world, world.gina)
    right = recovering.right_answers(world, token)
    acts = [lambda: recovering.answers(world, token, ["wrong one", "wrong two"])] * WRONG
    acts.insert(repeat * WRONG // len(REPEATS), lambda: recovering.answers(world, token, right))
    told = _told(at_once(acts))
    judged = told[200] + told["recovery_failed"]
    assert judged <= 3
    assert told[200] <= 1
    assert told["recovery_failed"] == len(stored.records("recovery.refused"))
    closed = told["recovery_closed"] + told["recovery_step"] + told[Busy.code]
    assert judged + closed == WRONG + 1, told
    if told[200]:
        assert recovering.set_password(world, token).status == 204
    else:
        assert recovering.answers(world, token, right).code == "recovery_closed"


@pytest.mark.parametrize("repeat", REPEATS)
def test_a_reset_link_used_twenty_times_at_once_works_once(world: World, repeat: int) -> None:
    """S-AUTH-08: one password, one record; the others are told what a used link is told."""
    recovering.with_questions(world, world.gina)
    token = recovering.link(world, world.gina)
    recovering.answers(world, token, recovering.right_answers(world, token))
    passwords = [f"Sturdy-Lantern-{number}" for number in range(AT_ONCE)]
    answers = at_once([lambda p=password: recovering.set_password(world, token, p) for password in passwords])  # type: ignore[misc]
    told = _told(answers)
    assert told[204] == 1
    # Whoever reads between the winner's link and the case finds the case begun anew.
    assert set(told) <= {204, "link_expired", "changed_meanwhile", "recovery_step"}, told
    assert len(stored.records("recovery.completed")) == 1
    winner = next(password for password, answer in zip(passwords, answers, strict=True) if answer.status == 204)
    assert world.browser().sign_in(world.gina.user.email, winner).status == 201


@pytest.mark.parametrize("repeat", REPEATS)
def test_a_code_shown_by_twenty_at_once_is_used_once(world: World, repeat: int) -> None:
    """S-AUTH-14: and no more than three are judged."""
    recovering.with_questions(world, world.gina)
    secret = recovering.with_factor(world, world.gina)
    token = recovering.link(world, world.gina)
    recovering.answers(world, token, recovering.right_answers(world, token))
    code = recovering.code(world, secret)
    told = _told(at_once([lambda: recovering.show_factor(world, token, code)] * AT_ONCE))
    assert told[200] == 1
    assert told["recovery_failed"] <= 2
    assert len(stored.records("recovery.factor_passed")) == 1


@pytest.mark.parametrize("repeat", REPEATS)
def test_one_of_enrollment_is_never_two(world: World, repeat: int) -> None:
    """S-AUTH-12: the same person twenty times at once is one confirmation."""
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    case = recovering.opens(world.browser(world.agent("Hela Fictional", roles=("helpdesk",))), lou).json
    eli = world.browser(world.agent("Eli Fictional", roles=("enrollment",)))
    told = _told(at_once([lambda: recovering.confirms(eli, case["id"], called=True)] * AT_ONCE))
    assert told[200] == 1
    assert set(told) <= {200, "already_confirmed", "changed_meanwhile"}
    assert stored.records("reset_case.confirmed")[-1].after["state"] == "open"


@pytest.mark.parametrize("repeat", REPEATS)
def test_confirmed_or_declined_or_withdrawn(world: World, repeat: int) -> None:
    """S-AUTH-12: one of them; a link follows only from confirming."""
    lola = world.browser(world.member(world.maple, "Lola Sample", role="local_administrator"))
    bea = world.browser(world.member(world.maple, "Bea Sample", role="backup_administrator"))
    helpdesk = world.browser(world.agent("Hela Fictional", roles=("helpdesk",)))
    case = recovering.opens(helpdesk, world.gina).json
    acts = [
        lambda: recovering.confirms(lola, case["id"]),
        lambda: bea.post(f"/reset-cases/{case['id']}/decline", {}),
        lambda: helpdesk.post(f"/helpdesk/cases/{case['id']}/withdraw", {}),
    ]
    answers = at_once(acts * 4)
    states = {answer.json["state"] for answer in answers if answer.status == 200}
    # A case that was confirmed may still be withdrawn.
    assert states in ({"confirmed"}, {"declined"}, {"withdrawn"}, {"confirmed", "withdrawn"})
    emitted = {item["name"]["S"] for item in stored.outbox()}
    assert ("reset_case.confirmed" in emitted) == ("confirmed" in states)


@pytest.mark.parametrize("repeat", REPEATS)
def test_a_user_has_one_case_however_many_open_one(world: World, repeat: int) -> None:
    helpdesk = world.browser(world.agent("Hela Fictional", roles=("helpdesk",)))
    told = _told(at_once([lambda: recovering.opens(helpdesk, world.gina)] * 8))
    assert told == {201: 1, "case_open": 7}


@pytest.mark.parametrize("repeat", REPEATS)
def test_a_set_up_link_used_twenty_times_at_once_works_once(world: World, repeat: int) -> None:
    """S-AUTH-08, CRD-5."""
    lola = world.browser(world.member(world.maple, "Lola Sample", role="local_administrator"))
    helpdesk = world.browser(world.agent("Hela Fictional", roles=("helpdesk",)))
    case = recovering.opens(helpdesk, world.gina).json
    recovering.confirms(lola, case["id"])
    token = recovering.set_up_link(world, case["id"])
    passwords = [f"Sturdy-Lantern-{number}" for number in range(AT_ONCE)]
    answers = at_once([lambda p=password: recovering.sets_up(world, token, password=p) for password in passwords])  # type: ignore[misc]
    told = _told(answers)
    assert told[200] == 1
    assert set(told) <= {200, "link_expired", "changed_meanwhile"}, told
    winner = next(password for password, answer in zip(passwords, answers, strict=True) if answer.status == 200)
    assert world.browser().sign_in(world.gina.user.email, winner).status == 201
