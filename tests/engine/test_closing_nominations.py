"""A nomination against the end of its practice at the same moment, on a real engine (ORG-1, ORG-9)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from chalicelib.core.access import Staff
from chalicelib.core.errors import Refusal
from chalicelib.enrollment.actions import changes, nominations
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.store import nominations as store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from tests import nominating, scale
from tests.core.line import Line
from tests.engine.together import at_once
from tests.world import World


@pytest.fixture
def crew(world: World) -> list[Staff]:
    """Enrollment."""
    people = [nominating.enrollment(world, f"{name} Fictional").actor for name in ("Eve", "Finn")]
    return [one for one in people if isinstance(one, Staff)]


def _told(doing: Callable[[], Any]) -> Callable[[], str]:
    def told() -> str:
        try:
            doing()
        except Refusal as refusal:
            return refusal.code
        return "done"

    return told


def _closing(world: World, crew: list[Staff], practice: Organization) -> Callable[[], str]:
    """Somebody proposed it; the second one confirms."""
    seen = changes.propose(crew[0], practice.id, "close", "", None, world.time.now).seen
    return _told(partial(changes.confirm, crew[1], practice.id, "close", seen, world.time.now))


def _sending(world: World, staff: Staff, practice: Organization) -> Callable[[], str]:
    return _told(partial(nominations.send, staff, practice.id, world.time.now))


def _is_open(practice: Organization) -> bool:
    found = store.current(practice.id)
    return found is not None and rules.is_open(found)


def _ended(practice: Organization, told: str) -> None:
    """Whoever was first: nothing of a practice that has ended is open."""
    assert organizations.organization(practice.id).closed is (told == "done")
    assert not (told == "done" and _is_open(practice))


@pytest.mark.parametrize("anew", [False, True])
def test_sent_against_the_closing(world: World, crew: list[Staff], anew: bool) -> None:
    """ORG-9: a first form, or a fresh one."""
    for _ in range(scale.repeats(4, 40)):
        practice = nominating.practice(world)
        if anew:
            nominations.send(crew[0], practice.id, world.time.now)
        told = at_once([_closing(world, crew, practice), _sending(world, crew[0], practice)])
        assert told[0] in ("done", "changed_meanwhile"), told
        assert told[1] in ("done", "organization_closed", "changed_meanwhile"), told
        _ended(practice, told[0])


def test_signed_against_the_closing(world: World, crew: list[Staff]) -> None:
    """ORG-9: whoever is told that it is signed, it is withdrawn then; nobody verifies it."""
    for _ in range(scale.repeats(4, 40)):
        practice = nominating.practice(world)
        nominations.send(crew[0], practice.id, world.time.now)
        token = nominating.token(world, practice)
        close = _closing(world, crew, practice)
        told = at_once([close, lambda token=token: str(nominating.sign(world, token).status)])  # type: ignore[misc]
        assert told[0] in ("done", "changed_meanwhile"), told
        assert told[1] in ("204", "409", "410"), told
        _ended(practice, told[0])


def test_a_form_that_is_sent_while_it_closes_is_withdrawn(world: World, crew: list[Staff], line: Line) -> None:
    """ORG-9: between what the closing read and what it writes."""
    practice = nominating.practice(world)
    close, send = _closing(world, crew, practice), _sending(world, crew[0], practice)
    line.before_transaction(lambda: _is(send(), "done"))
    assert close() == "done"
    found = nominating.current(practice)
    assert found.state == "withdrawn"


def test_a_form_that_is_sent_once_it_has_closed_is_refused(world: World, crew: list[Staff], line: Line) -> None:
    """ORG-9: between what the sending read and what it writes."""
    practice = nominating.practice(world)
    close, send = _closing(world, crew, practice), _sending(world, crew[0], practice)
    line.before_transaction(lambda: _is(close(), "done"))
    assert send() in ("organization_closed", "changed_meanwhile")
    assert store.current(practice.id) is None


def test_what_is_signed_while_it_closes_does_not_stay_open(world: World, crew: list[Staff], line: Line) -> None:
    """ORG-9: either it is withdrawn as signed, or the second person confirms anew."""
    practice = nominating.practice(world)
    nominations.send(crew[0], practice.id, world.time.now)
    token = nominating.token(world, practice)
    close = _closing(world, crew, practice)
    line.before_transaction(lambda: _is(nominating.sign(world, token).status, 204))
    told = close()
    assert told in ("done", "changed_meanwhile")
    _ended(practice, told)
    assert told == "done" or close() == "done"
    assert nominating.current(practice).state == "withdrawn"


def _is(got: object, wanted: object) -> None:
    assert got == wanted
