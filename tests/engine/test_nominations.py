"""Nominations at the same moment, over HTTP on a real engine: of two, one counts (ORG-1, S-AZ-07)."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from chalicelib.accounts.store import rosters
from tests import nominating, scale, stored
from tests.core.line import Line
from tests.engine.together import at_once
from tests.portal import Answer, Browser
from tests.world import Account, World

NORA = "nora.newcomer@people.example"


@pytest.fixture
def crew(world: World) -> list[Account]:
    """Enrollment; the practices' chief executives are on record."""
    for organization in (world.maple, world.birch):
        nominating.with_executive(world, organization)
    return [nominating.enrollment(world, f"{name} Fictional") for name in ("Enid", "Ed")]


@pytest.fixture
def desks(world: World, crew: list[Account]) -> list[Browser]:
    """Their browsers."""
    return [world.browser(one) for one in crew]


def _signs(world: World, token: str, name: str) -> Callable[[], Answer]:
    return lambda: nominating.sign(world, token, administrator_name=name)


def _does(desk: Browser, world: World, verb: str, version: int, body: object) -> Callable[[], Answer]:
    return lambda: nominating.do(desk, world.maple, verb, body, version)


def _sends(desk: Browser, world: World) -> Callable[[], Answer]:
    return lambda: desk.post(nominating.path(world.maple), {})


def _told(answers: list[Answer]) -> list[int]:
    return sorted(answer.status for answer in answers)


def test_two_signatures_at_once(world: World, desks: list[Browser]) -> None:
    """ORG-1: by two links of one round; one is kept, and the other is told that its link does no more."""
    for round_ in range(scale.repeats(3, 30)):
        nominating.send(desks[0], world.maple)
        tokens = [nominating.token(world, world.maple, mail) for mail in ("1", "2", "3")]
        answers = at_once([_signs(world, token, f"Nora {place} Newcomer") for place, token in enumerate(tokens)])
        assert _told(answers) == [204, 410, 410]
        assert len(stored.records("nomination.signed")) == round_ + 1
        found = nominating.current(world.maple)
        won = next(place for place, answer in enumerate(answers) if answer.status == 204)
        form = desks[0].get(nominating.path(world.maple, found.id)).json
        assert form["form"]["administrator_name"] == f"Nora {won} Newcomer"
        assert form["form_intact"]
        assert nominating.do(desks[0], world.maple, "withdraw").status == 200
        world.time.advance(minutes=5)


def test_one_form_sent_twice_at_once(world: World, desks: list[Browser]) -> None:
    """PLT-3: the same signature by the same link, as by a double click: kept once, and no error."""
    nominating.send(desks[0], world.maple)
    token = nominating.token(world, world.maple)
    answers = at_once([_signs(world, token, "Nora Newcomer")] * 3)
    assert _told(answers) == [204, 204, 204]
    assert len(stored.records("nomination.signed")) == 1


def test_opened_by_many_at_once(world: World, desks: list[Browser]) -> None:
    """S-MAIL-02: everybody who has the link sees the form; it was opened once."""
    nominating.send(desks[0], world.maple)
    token = nominating.token(world, world.maple)
    answers = at_once([lambda: nominating.look(world, token)] * 5)
    assert _told(answers) == [200] * 5
    assert len(stored.records("nomination.opened")) == 1


def test_approved_and_returned_at_once(world: World, crew: list[Account], desks: list[Browser]) -> None:
    """ORG-1: one of both happens, and the other one is told that somebody was faster."""
    for _ in range(scale.repeats(3, 30)):
        found = nominating.verified(world, world.maple, crew[0])
        answers = at_once(
            [
                _does(desks[0], world, "approve", found.version, {}),
                _does(desks[1], world, "return", found.version, {"reason": "Who is that?"}),
            ]
        )
        assert _told(answers)[0] == 200
        assert _told(answers)[1] in (409, 412)
        after = nominating.current(world.maple)
        approved = answers[0].status == 200
        assert after.state == ("approved" if approved else "returned")
        assert (rosters.roster(world.maple.id).seat is not None) is approved
        if approved:
            return
        assert nominating.do(desks[1], world.maple, "withdraw").status == 200
        # A practice is sent only so many forms a day.
        world.time.advance(days=1)
        desks = [world.browser(one) for one in crew]


def test_approved_twice_at_once(world: World, crew: list[Account], desks: list[Browser]) -> None:
    """ORG-1, S-AZ-07: one membership, one seat."""
    found = nominating.verified(world, world.maple, crew[0])
    answers = at_once([_does(desk, world, "approve", found.version, {}) for desk in desks])
    assert _told(answers)[0] == 200
    assert _told(answers)[1] in (409, 412)
    assert len(stored.records("nomination.approved")) == 1
    assert nominating.member_of(world.maple, NORA).id == rosters.roster(world.maple.id).seat


def test_withdrawn_while_it_is_signed(world: World, desks: list[Browser]) -> None:
    """ORG-1: either it was signed, or it was withdrawn; nobody is told both."""
    for _ in range(scale.repeats(3, 30)):
        nominating.send(desks[0], world.maple)
        token = nominating.token(world, world.maple)
        found = nominating.current(world.maple)
        answers = at_once(
            [_signs(world, token, "Nora Newcomer"), _does(desks[0], world, "withdraw", found.version, {})]
        )
        after = nominating.current(world.maple)
        signed, withdrawn = (answer.status for answer in answers)
        assert (signed, withdrawn) in [(204, 409), (204, 412), (410, 200)]
        assert after.state == ("signed" if signed == 204 else "withdrawn")
        if after.state == "signed":
            assert nominating.do(desks[0], world.maple, "withdraw").status == 200
        world.time.advance(minutes=2)


def test_sent_by_two_at_once(world: World, desks: list[Browser]) -> None:
    """ORG-1: one nomination; of the links of both mails one round's are alive."""
    answers = at_once([_sends(desk, world) for desk in desks])
    assert _told(answers)[0] == 200
    assert {answer.json["id"] for answer in answers if answer.status == 200} == {nominating.current(world.maple).id}
    assert all(answer.status == 200 or answer.code == "changed_meanwhile" for answer in answers)


@pytest.mark.parametrize("verb", ["verify", "approve", "return"])
def test_whoever_decides_becomes_one_of_the_practice_meanwhile(
    world: World, crew: list[Account], desks: list[Browser], line: Line, verb: str
) -> None:
    """S-AZ-07: between what was read and what is written."""
    found = nominating.verified(world, world.maple, crew[0])
    body = {"verify": {"tin_matches": True, "npis_match": True}, "approve": {}, "return": {"reason": "x"}}[verb]
    line.before_transaction(lambda: _is(world.also_member(crew[1], world.maple)))
    answer = _does(desks[1], world, verb, found.version, body)()
    assert (answer.status, answer.code) == (403, "of_organization")
    assert nominating.current(world.maple) == found


@pytest.mark.parametrize("change", ["closed", "tin", "executive"])
def test_the_practice_changes_while_it_is_approved(
    world: World, crew: list[Account], desks: list[Browser], line: Line, change: str
) -> None:
    """ORG-9: what was compared is what is approved."""
    found = nominating.verified(world, world.maple, crew[0])
    changes: dict[str, dict[str, object]] = {
        "closed": {"closed_at": world.time.now},
        "tin": {"tin": "000000077"},
        "executive": {"executive_name": "Clara Fictional"},
    }
    known = changes[change]
    line.before_transaction(lambda: _is(nominating.edit(world, world.maple, **known)))
    assert _does(desks[1], world, "approve", found.version, {})().status == 412
    assert nominating.current(world.maple) == found
    assert rosters.roster(world.maple.id).seat is None


def test_the_practice_ends_while_the_form_is_signed(world: World, desks: list[Browser], line: Line) -> None:
    """ORG-9."""
    nominating.send(desks[0], world.maple)
    token = nominating.token(world, world.maple)
    before = nominating.current(world.maple)
    # The first one counts the use of the form.
    line.before_transaction(lambda: _is(nominating.edit(world, world.maple, closed_at=world.time.now)))
    assert nominating.sign(world, token).code == "link_expired"
    assert nominating.current(world.maple) == before


def _is(made: object) -> None:
    assert made


def test_a_link_minted_while_the_round_ends_opens_nothing(world: World, desks: list[Browser]) -> None:
    """S-AUTH-08, S-MAIL-05: whichever was faster."""
    nominating.send(desks[0], world.maple)
    world.time.advance(seconds=1)
    first = nominating.token(world, world.maple)
    nominating.send(desks[1], world.maple)
    assert nominating.look(world, first).status == 410
    world.time.advance(days=13)
    assert nominating.look(world, nominating.token(world, world.maple)).status == 200
    world.time.now += timedelta(days=1)
    assert nominating.look(world, nominating.token(world, world.maple)).status == 410
