"""What one of enrollment proposed, until it is withdrawn or over, and whom it waits for (ORG-9, NOT-5)."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.core.access import Staff
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.waiting import MOST
from chalicelib.enrollment.actions import changes
from chalicelib.enrollment.domain.changes import KINDS, LASTS
from chalicelib.enrollment.store import changes as store
from tests import later, nominating, stored, sweeps, two_changes
from tests.portal import Browser
from tests.two_changes import confirm, propose, together
from tests.world import Account, World

SECOND = timedelta(seconds=1)


@pytest.fixture
def eve(world: World) -> Account:
    """Who proposes."""
    return world.agent("Eve Fictional", roles=("enrollment",))


@pytest.fixture
def finn(world: World) -> Account:
    """For whom it waits."""
    return world.agent("Finn Fictional", roles=("enrollment",))


@pytest.fixture
def first(world: World, eve: Account) -> Browser:
    return world.browser(eve)


@pytest.fixture
def second(world: World, finn: Account) -> Browser:
    return world.browser(finn)


def _waits(browser: Browser) -> tuple[int, list[str]]:
    """How many proposals wait for somebody, and about which practices."""
    (told,) = _tasks(browser) or [{"count": 0, "first": []}]
    return told["count"], [one["name"] for one in told["first"]]


def _tasks(browser: Browser) -> list[dict[str, Any]]:
    return [one for one in browser.get("/attention").json["items"] if one["kind"] == "organization_change"]


def _listed() -> list[tuple[str, str]]:
    return [(one.organization_id, one.kind) for one in store.first(100)[0]]


@pytest.mark.parametrize("which", ["maple", "birch"])
def test_nobody_of_either_practice_takes_it_back(world: World, first: Browser, finn: Account, which: str) -> None:
    """ORG-9, S-AZ-07: of the one that ends, nor of the one that it merges into."""
    world.member(world.birch, "Lola Sample", role="local_administrator")
    assert propose(first, world.maple.id, "merge", into=world.birch.id).status == 201
    world.also_member(finn, getattr(world, which))
    path = f"/organizations/{world.maple.id}/changes/merge"
    refused = world.browser(finn).delete(path)
    assert (refused.status, refused.code) == (403, "of_organization")
    assert _listed() == [(world.maple.id, "merge")]
    assert stored.records("organization.change_withdrawn") == []
    assert first.delete(path).status == 204


def test_closing_forgets_what_else_was_proposed(world: World, first: Browser, second: Browser) -> None:
    """ORG-9, NOT-5: nothing about a practice that has ended waits for anybody."""
    world.member(world.birch, "Lola Sample", role="local_administrator")
    assert propose(first, world.maple.id, "tin", tin="555555555").status == 201
    assert propose(first, world.maple.id, "merge", into=world.birch.id).status == 201
    assert propose(first, world.maple.id, "close").status == 201
    assert propose(first, world.birch.id, "tin", tin="666666666").status == 201
    assert _waits(second)[0] == 4
    assert confirm(second, world.maple.id, "close").status == 204
    assert _waits(second) == (1, [world.birch.name])
    assert _listed() == [(world.birch.id, "tin")]
    assert store.all_among(DirectoryRows(store.keys(world.maple.id)), world.maple.id) == []


def test_only_what_still_counts_waits_for_somebody(world: World, first: Browser, second: Browser) -> None:
    """ORG-9, NOT-5: not once the practice was renamed, nor for whoever proposed it."""
    assert propose(first, world.maple.id, "tin", tin="555555555").status == 201
    assert propose(first, world.birch.id, "close").status == 201
    count, names = _waits(second)
    assert (count, sorted(names)) == (2, [world.birch.name, world.maple.name])
    assert _waits(first) == (0, [])
    nominating.edit(world, world.maple, name="Maple by another name")
    assert _waits(second) == (1, [world.birch.name])
    assert len(_listed()) == 2, "kept until its time is over"


def test_a_merger_waits_for_nobody_once_the_other_one_ended(world: World, first: Browser, second: Browser) -> None:
    """ORG-9, NOT-5."""
    world.member(world.birch, "Lola Sample", role="local_administrator")
    assert propose(first, world.maple.id, "merge", into=world.birch.id).status == 201
    assert _waits(second) == (1, [world.maple.name])
    together(world, world.birch.id, "close")
    assert _waits(second) == (0, [])


@pytest.mark.parametrize("how", ["left", "other_job"])
def test_it_waits_for_nobody_once_the_first_one_left(
    world: World, first: Browser, second: Browser, eve: Account, how: str
) -> None:
    """ORG-9, NOT-5, S-AZ-07: left the plan, or has another job there."""
    assert propose(first, world.maple.id, "close").status == 201
    assert _waits(second) == (1, [world.maple.name])
    (later.deactivate if how == "left" else later.demote)(eve)
    assert _waits(second) == (0, [])


def test_what_nobody_confirmed_is_forgotten_to_the_second(world: World, first: Browser, finn: Account) -> None:
    """ORG-9, AUD-1: a second before the end it waits; at the end it is gone from the list, with a record."""
    assert propose(first, world.maple.id, "close").status == 201
    ends = world.time.now + LASTS
    sweeps.ran_until("enrollment", ends - SECOND)
    world.time.now = ends - SECOND
    assert sweeps.enrollment(world.time.now).done == 0
    assert _waits(world.browser(finn)) == (1, [world.maple.name])
    world.time.now = ends
    browser = world.browser(finn)
    assert _waits(browser) == (0, []), "before any job has run"
    assert _listed() == [(world.maple.id, "close")]
    assert (sweeps.enrollment(ends).done, sweeps.enrollment(ends).done) == (1, 0)
    assert _listed() == []
    assert store.all_among(DirectoryRows(store.keys(world.maple.id)), world.maple.id) == []
    (record,) = stored.records("organization.change_lapsed")
    assert (record.object_id, record.after["kind"]) == (world.maple.id, "close")
    assert browser.delete(f"/organizations/{world.maple.id}/changes/close").status == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_proposal_that_was_made_anew_stays(world: World, first: Browser, eve: Account, kind: str) -> None:
    """ORG-9: the end of the one before is none of its own."""
    world.member(world.birch, "Lola Sample", role="local_administrator")
    more = {"tin": {"tin": "555555555"}, "close": {}, "merge": {"into": world.birch.id}}[kind]
    assert propose(first, world.maple.id, kind, **more).status == 201
    ends = world.time.now + LASTS
    world.time.now += timedelta(days=1)
    first = world.browser(eve)
    assert first.delete(f"/organizations/{world.maple.id}/changes/{kind}").status == 204
    assert propose(first, world.maple.id, kind, **more).status == 201
    sweeps.ran_until("enrollment", ends)
    assert sweeps.enrollment(ends).done == 0
    assert _listed() == [(world.maple.id, kind)]
    assert sweeps.enrollment(ends + timedelta(days=1)).done == 1
    assert _listed() == []


def test_one_s_own_hide_none_that_waits(world: World, eve: Account, finn: Account) -> None:
    """NOT-5: the list of all goes by practice, and more than are named of a kind stand before the one that waits."""
    *own, last = sorted((two_changes.practice(world) for _ in range(MOST + 2)), key=lambda one: one.id)
    for one in own:
        changes.propose(_staff(eve), one.id, "close", "", None, world.time.now)
    assert _waits(world.browser(eve)) == (0, [])
    changes.propose(_staff(finn), last.id, "close", "", None, world.time.now)
    assert _waits(world.browser(eve)) == (1, [last.name])
    (told,) = _tasks(world.browser(finn))
    assert (told["count"], told["more"]) == (MOST, True)


def _staff(account: Account) -> Staff:
    assert isinstance(account.actor, Staff)
    return account.actor
