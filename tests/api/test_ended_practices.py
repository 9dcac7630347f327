"""Of a practice that has ended nobody administers anything, whatever comes before the long work's end (ORG-9)."""

from datetime import timedelta

import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain.statuses import ANSWERED_WITHIN
from chalicelib.accounts.store import rosters
from chalicelib.core import timers
from chalicelib.organizations.domain import Organization
from chalicelib.subscriptions.housekeeping import HOUSEKEEPING
from tests import nominating, sweeps, two_changes
from tests.world import START, Account, World


@pytest.fixture
def practice(world: World) -> Organization:
    return two_changes.practice(world)


def _empty(practice: Organization) -> bool:
    roster = rosters.roster(practice.id)
    return (roster.seat, roster.active, rosters.marked([practice.id])) == (None, frozenset(), frozenset())


def _kept(practice: Organization, account: Account) -> None:
    """As it was; then the long work comes to its end."""
    before = nominating.member(practice, account.mailbox)
    assert before.entries == 0
    two_changes.finish()
    assert nominating.member(practice, account.mailbox).status == "removed"
    assert _empty(practice)


def test_a_name_that_changes(world: World, practice: Organization) -> None:
    """S-AUTH-01: it changes where they are a member."""
    lou = world.member(practice, "Lou Sample", role="local_administrator")
    also = world.also_member(lou, world.birch)
    two_changes.together(world, practice.id, "close")
    answer = world.browser(lou).send("PATCH", "/profile", {"name": "Louis Sample"}, {"If-Match": '"0"'})
    assert answer.status == 200, answer.text
    assert nominating.member(world.birch, also.mailbox).name == "Louis Sample"
    assert nominating.member(practice, lou.mailbox).name == "Lou Sample"
    assert _empty(practice)
    _kept(practice, lou)


def test_a_time_that_runs_out(world: World, practice: Organization) -> None:
    """INA-1: nobody lapses there, and nobody is told that they have."""
    lou = world.member(practice, "Lou Sample", role="local_administrator", enabled_at=START - timedelta(days=90))
    two_changes.together(world, practice.id, "close")
    assert sweeps.inactivity(world.time.advance(days=1)).failed == 0
    assert sweeps.told("inactivity.lapsed", "organization.without_administrator") == []
    assert _empty(practice)
    _kept(practice, lou)


def test_an_invitation_that_nobody_answers(world: World, practice: Organization) -> None:
    """Section 3."""
    practice = nominating.with_executive(world, practice)
    first, second = (nominating.enrollment(world, name) for name in ("Enid Fictional", "Eve Fictional"))
    nominating.verified(world, practice, first)
    assert nominating.approve(world.browser(second), practice).status == 200
    invited = rosters.roster(practice.id).seat
    assert invited is not None
    two_changes.together(world, practice.id, "close")
    now = world.time.advance(seconds=ANSWERED_WITHIN.total_seconds())
    assert timers.work("housekeeping", HOUSEKEEPING, now, lambda: True).failed == 0
    assert _empty(practice)
    found = accounts.membership(practice.id, invited)
    assert found is not None
    assert found.status == "unverified"
