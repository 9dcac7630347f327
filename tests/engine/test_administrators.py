"""Administrators at the same moment, and in any order: always one active, one seat, nobody's own rights grow."""

import contextlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.accounts import actors, store
from chalicelib.accounts.actions import administrators, members
from chalicelib.accounts.actions.members import Edit
from chalicelib.accounts.domain import Membership, may_act, rights
from chalicelib.accounts.domain.roster import FormerBecomes, is_administrator
from chalicelib.accounts.store import MembershipRow, rosters
from chalicelib.core.access import Member, Role
from chalicelib.core.errors import Forbidden, Refusal
from chalicelib.organizations.domain import Organization
from tests import inviting, scale
from tests.core.line import Line
from tests.world import PASSWORD, Account, World

pytestmark = pytest.mark.engine


def _actor(account: Account) -> Member:
    assert isinstance(account.actor, Member)
    return account.actor


def _membership(organization_id: str, id_: str) -> Membership:
    found = store.membership(organization_id, id_)
    assert found is not None
    return found


def _all(organization_id: str) -> list[Membership]:
    rows = MembershipRow.query(
        f"ORG#{organization_id}", MembershipRow.sk.startswith("MEMBERSHIP#"), consistent_read=True
    )
    return [store.membership_from_row(row) for row in rows]


def _sound(organization_id: str) -> None:
    """ORG-4 and ORG-5, and the roster says the same as the memberships."""
    found, roster = _all(organization_id), rosters.roster(organization_id)
    active = frozenset(one.id for one in found if is_administrator(one.role) and may_act(one))
    seats = [one.id for one in found if one.role == "local_administrator"]
    assert active, "no active administrator"
    assert len(seats) <= 1, "two in the seat"
    assert (roster.active, roster.seat) == (active, seats[0] if seats else None)


def _disable(actor: Member, other: Membership, world: World) -> None:
    members.move(actor, other.id, other.entries, "disable", "left", world.time.now)


def _remove(actor: Member, other: Membership, world: World) -> None:
    members.move(actor, other.id, other.entries, "remove", "", world.time.now)


def _demote(actor: Member, other: Membership, world: World) -> None:
    members.edit(actor, other.id, other.entries, Edit(role="general_user"), world.time.now)


def _hand_over(actor: Member, other: Membership, world: World) -> None:
    administrators.hand_over(actor, other.id, "general_user", world.time.now)


Attack = Callable[[Member, Membership, World], None]
_ATTACKS: list[Attack] = [_disable, _remove, _demote, _hand_over]


def _attack(start: Barrier, how: Attack, actor: Member, other: Membership, world: World) -> bool:
    start.wait()
    with contextlib.suppress(Refusal):
        how(actor, other, world)
        return True
    return False


def test_two_administrators_at_the_same_moment(world: World) -> None:
    """ORG-4, S-AZ-07, T1: 200 times in `make prove`; always an active administrator, never two in the seat."""
    pairs = list(product(_ATTACKS, repeat=2))
    done = 0
    with ThreadPoolExecutor(2) as pool:
        for number in range(scale.repeats(32, 208)):
            first, second = pairs[number % len(pairs)]
            organization = world.organization(f"{100_000_000 + number}", f"Practice {number} Example")
            lou = _actor(world.member(organization, f"Lou {number} Placeholder", role="local_administrator"))
            bea = _actor(world.member(organization, f"Bea {number} Placeholder", role="backup_administrator"))
            both = [_membership(organization.id, one.membership_id) for one in (lou, bea)]
            start = Barrier(2)
            results = [
                pool.submit(_attack, start, first, lou, both[1], world),
                pool.submit(_attack, start, second, bea, both[0], world),
            ]
            done += sum(result.result() for result in results)
            _sound(organization.id)
    assert done > 0


def test_an_administrator_disabled_between_loading_and_saving_changes_nothing(world: World) -> None:
    """S-AZ-08, T4: at the transaction; the same for one who was demoted, and one whose sessions all ended."""
    lou = _actor(world.member(world.maple, "Lou Placeholder", role="local_administrator"))
    for how in (_disable, _demote, _remove):
        bea = _actor(world.member(world.maple, f"Bea {world.number()} Placeholder", role="backup_administrator"))
        gina = _membership(world.maple.id, world.gina.mailbox)
        # The request of Bea's has been admitted; before its transaction commits, Lou's does.
        how(lou, _membership(world.maple.id, bea.membership_id), world)
        with pytest.raises(Forbidden, match="membership_lost"):
            members.edit(bea, gina.id, gina.entries, Edit(role="backup_administrator"), world.time.now)
        with pytest.raises(Forbidden, match="membership_lost"):
            members.move(bea, gina.id, gina.entries, "disable", "x", world.time.now)
        assert _membership(world.maple.id, gina.id) == gina


@pytest.mark.parametrize("registers", [False, True])
@pytest.mark.usefixtures("keys")
def test_a_seat_that_is_promised_while_the_successor_comes_in(world: World, line: Line, registers: bool) -> None:
    """ORG-5: the promise is kept at once, as nobody moves the seat to whoever is in already."""
    lou = world.member(world.maple, "Lou Placeholder", role="local_administrator")
    world.member(world.maple, "Bea Placeholder", role="backup_administrator")
    name = "Nora Newcomer" if registers else world.peter.user.name
    successor = inviting.create(world.browser(lou), name)
    user_id, subject = _membership(world.maple.id, successor).user_id, {"organization_id": world.maple.id}
    token = inviting.link(world, user_id, "registration", **subject, membership_id=successor) if registers else ""

    def promise() -> None:
        administrators.hand_over(_actor(lou), successor, "general_user", world.time.now)

    line.before_transaction(promise)
    if registers:
        assert inviting.complete(world, token).status == 200
    else:
        assert world.browser().sign_in(world.peter.user.email, PASSWORD).status == 201
    roster = rosters.roster(world.maple.id)
    assert (roster.seat, roster.handover) == (successor, None)
    assert _membership(world.maple.id, successor).role == "local_administrator"
    _sound(world.maple.id)


class Practice(msgspec.Struct):
    """An organization of the property test, and its people."""

    organization: Organization
    people: list[Account]


_VERBS = st.sampled_from(["enable", "disable", "remove", "demote", "promote", "levels", "hand over", "cancel"])
_STEPS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 3), _VERBS, st.sampled_from(["general_user", "backup_administrator"])),
    min_size=4,
    max_size=14,
)


def _rights(user_id: str) -> dict[str, tuple[int, frozenset[str]]]:
    """What a user may in each organization: 0 nothing, 1 member, 2 backup, 3 local administrator; and levels."""
    ranks = {"general_user": 1, "backup_administrator": 2, "local_administrator": 3}
    return {
        one.id: (
            ranks[one.role] if may_act(one) else 0,
            frozenset(rights.effective_levels(one.role, one.access_levels)) if may_act(one) else frozenset(),
        )
        for one in store.memberships_of(user_id)
    }


@settings(
    max_examples=scale.repeats(8, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(_STEPS)
def test_nobodys_own_rights_ever_grow(world: World, steps: list[tuple[int, int, str, FormerBecomes]]) -> None:
    """ACC-6, S-AZ-06, ACC-8: whatever anybody does in whatever order, in two practices that share a person."""
    practices = [_practice(world), _practice(world)]
    shared = practices[0].people[2]
    practices[1].people.append(world.also_member(shared, practices[1].organization, "backup_administrator"))
    everybody = [(practice, account) for practice in practices for account in practice.people]
    for who, whom, verb, becomes in steps:
        practice, account = everybody[who]
        membership = _membership(practice.organization.id, account.mailbox)
        target = _membership(practice.organization.id, practice.people[whom % len(practice.people)].mailbox)
        if not may_act(membership):
            continue
        actor = actors.member_actor(store.user(membership.user_id), membership, world.origin, practice.organization)
        if not actor.is_administrator:
            continue
        before = _rights(actor.id)
        with contextlib.suppress(Refusal):
            _act(actor, target, verb, becomes, world)
        for mine, (rank, levels) in _rights(actor.id).items():
            assert rank <= before[mine][0]
            assert levels <= before[mine][1]
        for one in practices:
            _sound(one.organization.id)


def _practice(world: World) -> Practice:
    organization = world.organization(f"{200_000_000 + world.number()}", "Practice Example")
    roles: tuple[Role, ...] = ("local_administrator", "backup_administrator", "general_user")
    made = [world.member(organization, f"{role} {world.number()} Example", role=role) for role in roles]
    return Practice(organization, made)


def _act(actor: Member, target: Membership, verb: str, becomes: FormerBecomes, world: World) -> None:
    now, version = world.time.now, target.entries
    if verb in ("enable", "disable", "remove"):
        members.move(actor, target.id, version, verb, "why", now)  # type: ignore[arg-type]  # one of these three
    elif verb == "demote":
        members.edit(actor, target.id, version, Edit(role="general_user"), now)
    elif verb == "promote":
        members.edit(actor, target.id, version, Edit(role="backup_administrator"), now)
    elif verb == "levels":
        members.edit(actor, target.id, version, Edit(access_levels=frozenset({"claims", "eligibility"})), now)
    elif verb == "hand over":
        administrators.hand_over(actor, target.id, becomes, now)
    else:
        administrators.cancel_handover(actor, now)
