"""An approval against what the practice does with its seat at the same moment, on a real engine (ORG-4, ORG-5)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import administrators, members
from chalicelib.accounts.domain import Membership, may_act
from chalicelib.accounts.domain.roster import is_administrator
from chalicelib.accounts.store import MembershipRow, rosters
from chalicelib.core.access import Member, Staff
from chalicelib.core.errors import Refusal
from chalicelib.enrollment.actions import approving
from chalicelib.organizations.domain import Organization
from tests import later, nominating, scale
from tests.core.line import Line
from tests.engine.together import at_once
from tests.world import Account, World


class Practice(msgspec.Struct):
    """A practice with both administrators and a general user, of whom a nomination was verified."""

    organization: Organization
    lola: Account
    """In the seat."""
    bea: Account
    """Her backup."""
    gina: Account


@pytest.fixture
def enid(world: World) -> Account:
    """Somebody of enrollment."""
    return nominating.enrollment(world)


def _practice(world: World, enid: Account, *, member: bool) -> Practice:
    """`member`: the form names the general user; somebody new otherwise."""
    organization, number = nominating.practice(world), world.number()
    made = Practice(
        organization=organization,
        lola=world.member(organization, f"Lola Sample {number}", role="local_administrator"),
        bea=world.member(organization, f"Bea Sample {number}", role="backup_administrator"),
        gina=world.member(organization, f"Gina Sample {number}"),
    )
    address = made.gina.user.email if member else f"nora{number}@people.example"
    nominating.verified(world, organization, enid, administrator_email=address)
    return made


def _member(account: Account) -> Member:
    assert isinstance(account.actor, Member)
    return account.actor


def _approve(world: World, enid: Account, practice: Practice) -> str:
    found = nominating.current(practice.organization)
    assert isinstance(enid.actor, Staff)
    try:
        approving.approve(enid.actor, practice.organization.id, found.id, found.version, None, world.time.now)
    except Refusal as refusal:
        return refusal.code
    return "done"


def _told(doing: Callable[[], Any]) -> Callable[[], str]:
    def told() -> str:
        try:
            doing()
        except Refusal as refusal:
            return refusal.code
        return "done"

    return told


def _hands_over(world: World, practice: Practice) -> Callable[[], str]:
    """Whoever sits in the seat gives it to their backup."""
    one = practice
    return _told(partial(administrators.hand_over, _member(one.lola), one.bea.mailbox, "general_user", world.time.now))


def _disables(world: World, practice: Practice) -> Callable[[], str]:
    """Their backup shuts out whoever sits in the seat."""
    lola = nominating.member(practice.organization, practice.lola.mailbox)
    move = partial(members.move, _member(practice.bea), lola.id, lola.entries, "disable", "left")
    return _told(partial(move, world.time.now))


_DOINGS = {"hand_over": _hands_over, "disable": _disables}


def _all(organization: Organization) -> list[Membership]:
    prefix = MembershipRow.sk.startswith("MEMBERSHIP#")
    rows = MembershipRow.query(f"ORG#{organization.id}", prefix, consistent_read=True)
    return [accounts.membership_from_row(row) for row in rows]


def _sound(organization: Organization) -> None:
    """ORG-4: somebody acts, one seat, and the roster says the same as the memberships."""
    found, roster = _all(organization), rosters.roster(organization.id)
    active = frozenset(one.id for one in found if is_administrator(one.role) and may_act(one))
    seats = [one.id for one in found if one.role == "local_administrator"]
    assert active, "nobody acts"
    assert len(seats) <= 1, "two in the seat"
    assert (roster.active, roster.seat) == (active, seats[0] if seats else None)


def _approved(world: World, practice: Practice) -> None:
    """ORG-1: whom the plan approved sits there, or will when they register."""
    id_ = nominating.current(practice.organization).membership_id
    roster = rosters.roster(practice.organization.id)
    promised = roster.handover
    assert id_ is not None
    assert roster.seat == id_ or (promised is not None and promised.membership_id == id_ and promised.decided_by_plan)


@pytest.mark.parametrize("member", [True, False])
@pytest.mark.parametrize("doing", list(_DOINGS))
def test_against_what_the_practice_does(world: World, enid: Account, doing: str, member: bool) -> None:
    """ORG-1, ORG-4, ORG-5: whoever is first; an approval that came too late is done anew."""
    for _ in range(scale.repeats(4, 40)):
        practice = _practice(world, enid, member=member)
        both: list[Callable[[], str]] = [partial(_approve, world, enid, practice), _DOINGS[doing](world, practice)]
        told = at_once(both)
        assert "done" in told, told
        _sound(practice.organization)
        assert told[0] == "done" or _approve(world, enid, practice) == "done", told
        _sound(practice.organization)
        _approved(world, practice)


@pytest.mark.parametrize("member", [True, False])
@pytest.mark.parametrize("doing", list(_DOINGS))
def test_the_practice_is_faster(world: World, enid: Account, line: Line, doing: str, member: bool) -> None:
    """ORG-4: between what the approval read and what it writes; then it is done of what is there now."""
    practice = _practice(world, enid, member=member)
    does = _DOINGS[doing](world, practice)
    line.before_transaction(lambda: _is(does()))
    assert _approve(world, enid, practice) in ("changed_meanwhile", "stale")
    assert rosters.roster(practice.organization.id).seat == (practice.bea.mailbox if doing == "hand_over" else None)
    _sound(practice.organization)
    assert _approve(world, enid, practice) == "done"
    _sound(practice.organization)
    _approved(world, practice)


@pytest.mark.parametrize("member", [True, False])
@pytest.mark.parametrize("doing", list(_DOINGS))
def test_the_approval_is_faster(world: World, enid: Account, line: Line, doing: str, member: bool) -> None:
    """ORG-4, ORG-5: between what the practice's administrator read and what they write; nothing of it happens."""
    practice = _practice(world, enid, member=member)
    does = _DOINGS[doing](world, practice)
    line.before_transaction(lambda: _is(_approve(world, enid, practice)))
    assert does() != "done"
    _sound(practice.organization)
    _approved(world, practice)


def test_who_is_named_joins_the_plan_meanwhile(world: World, enid: Account, line: Line) -> None:
    """ORG-1, S-AZ-06: between what was read and what is written; nobody of the plan is seated at a practice."""
    practice = _practice(world, enid, member=True)
    before = nominating.current(practice.organization)
    line.before_transaction(lambda: later.hire(practice.gina))
    assert _approve(world, enid, practice) == "nominee_is_staff"
    assert nominating.current(practice.organization) == before
    assert rosters.roster(practice.organization.id).seat == practice.lola.mailbox
    _sound(practice.organization)


def _is(told: str) -> None:
    assert told == "done"
