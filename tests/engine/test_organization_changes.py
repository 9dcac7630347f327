"""People of enrollment at the same moment, on a real engine: practices, and what two change of them (ORG-1, ORG-9)."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import newcomers
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Member, Staff
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.actions import changes
from chalicelib.enrollment.actions import organizations as actions
from chalicelib.enrollment.actions.organizations import Edit, NewOrganization
from chalicelib.enrollment.domain.changes import Kind
from chalicelib.enrollment.store import changes as store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from tests import scale, stored, two_changes
from tests.engine.together import at_once
from tests.world import World


@pytest.fixture
def crew(world: World) -> list[Staff]:
    """Enrollment."""
    people = [world.agent(f"{name} Fictional", roles=("enrollment",)).actor for name in ("Eve", "Finn", "Fay")]
    return [one for one in people if isinstance(one, Staff)]


def _told(doing: Callable[[], Any]) -> Callable[[], str]:
    def told() -> str:
        try:
            doing()
        except Refusal as refusal:
            return refusal.fields[0].code if refusal.fields else refusal.code
        return "done"

    return told


def _practice(world: World, *, administered: bool = False) -> Organization:
    number = world.number()
    made = world.organization(f"{600_000_000 + number}", f"Practice {number}")
    if administered:
        world.member(made, f"Lola Sample {number}", role="local_administrator")
    return made


def _proposed(world: World, actor: Staff, organization: Organization, kind: Kind, into: str | None = None) -> str:
    """What is proposed about a practice; its digest."""
    tin = f"{500_000_000 + world.number()}" if kind == "tin" else ""
    return changes.propose(actor, organization.id, kind, tin, into, world.time.now).seen


def _confirm(world: World, actor: Staff, organization: Organization, kind: Kind, seen: str) -> Callable[[], str]:
    return _told(partial(changes.confirm, actor, organization.id, kind, seen, world.time.now, tin_matches=True))


def test_two_create_the_same_tin(world: World, crew: list[Staff]) -> None:
    """ORG-1: one practice for a TIN; the others are told at the field."""
    for _ in range(scale.repeats(5, 50)):
        tin = f"{700_000_000 + world.number()}"
        told = at_once(
            [
                _told(partial(actions.create, one, NewOrganization(name=one.name, tin=tin), world.time.now))
                for one in crew
            ]
        )
        assert sorted(told) == ["done", "tin_taken", "tin_taken"]
        found = organizations.organization_id_of(tin)
        assert found is not None
        listed = organizations.page(tin, None, 5, ("test",)).items
        assert [one.id for one in listed] == [found]


def test_two_confirm_at_the_same_moment(world: World, crew: list[Staff]) -> None:
    """ORG-9: it is done once, by one of them; the work begins once."""
    kinds: tuple[Kind, ...] = ("tin", "close")
    for round_ in range(scale.repeats(4, 40)):
        practice, kind = _practice(world), kinds[round_ % 2]
        before = len(two_changes.works())
        seen = _proposed(world, crew[0], practice, kind)
        told = at_once([_confirm(world, one, practice, kind, seen) for one in crew])
        assert (told[0], told.count("done")) in (("second_person_required", 1), ("not_found", 1)), told
        after = organizations.organization(practice.id)
        assert after.version == practice.version + 1
        assert len(two_changes.works()) - before == (kind == "close")


def test_confirming_against_withdrawing(world: World, crew: list[Staff]) -> None:
    """ORG-9: one of both happens."""
    for _ in range(scale.repeats(5, 50)):
        practice = _practice(world)
        seen = _proposed(world, crew[0], practice, "close")
        told = at_once(
            [
                _confirm(world, crew[1], practice, "close", seen),
                _told(partial(changes.withdraw, crew[0], practice.id, "close", world.time.now)),
            ]
        )
        assert sorted(told) == ["done", "not_found"], told
        assert organizations.organization(practice.id).closed is (told[0] == "done")
        rows = DirectoryRows(store.keys(practice.id))
        assert store.all_among(rows, practice.id) == []


def test_two_propose_at_the_same_moment(world: World, crew: list[Staff]) -> None:
    """ORG-9: one waits for a second person, the others hear of it."""
    practice = _practice(world)
    told = at_once(
        [_told(partial(changes.propose, one, practice.id, "close", "", None, world.time.now)) for one in crew]
    )
    assert sorted(told) == ["change_proposed", "change_proposed", "done"]


def test_a_merger_against_the_closing_of_the_other(world: World, crew: list[Staff]) -> None:
    """ORG-9: never into one that has ended before; whoever was to come there is invited nowhere then."""
    for _ in range(scale.repeats(5, 50)):
        one, other = _practice(world), _practice(world, administered=True)
        member = world.member(one, f"Sam Sample {world.number()}")
        merging = _proposed(world, crew[0], one, "merge", other.id)
        closing = _proposed(world, crew[0], other, "close")
        told = at_once(
            [_confirm(world, crew[1], one, "merge", merging), _confirm(world, crew[2], other, "close", closing)]
        )
        assert told[1] == "done"
        assert told[0] in ("done", "target_closed", "target_without_administrator", "changed_meanwhile")
        assert organizations.organization(one.id).closed is (told[0] == "done")
        two_changes.finish()
        assert [each for each in accounts.memberships_of(member.user.id) if each.organization_id == other.id] == []


def test_each_into_the_other(world: World, crew: list[Staff]) -> None:
    """ORG-9: one of two practices stays open, so that no chain goes in a circle."""
    for _ in range(scale.repeats(5, 50)):
        pair = [_practice(world, administered=True) for _ in range(2)]
        seen = [
            _proposed(world, crew[0], one, "merge", other.id) for one, other in zip(pair, reversed(pair), strict=True)
        ]
        told = at_once([_confirm(world, crew[place + 1], pair[place], "merge", seen[place]) for place in range(2)])
        assert told.count("done") == 1, told
        assert [organizations.organization(one.id).closed for one in pair].count(True) == 1


def test_closing_against_somebody_who_is_added(world: World, crew: list[Staff]) -> None:
    """ORG-9: nobody comes in once it has ended, and whoever came before is removed."""
    for _ in range(scale.repeats(5, 50)):
        practice = _practice(world)
        number = world.number()
        lola = world.member(practice, f"Lola Specimen {number}", role="local_administrator").actor
        assert isinstance(lola, Member)
        seen = _proposed(world, crew[0], practice, "close")
        new = NewMember(
            name="Nora Sample", email=f"nora.{number}@people.example", phone="555-010-0100", role="backup_administrator"
        )
        told = at_once(
            [
                _confirm(world, crew[1], practice, "close", seen),
                _told(partial(newcomers.create, lola, new, "en", world.time.now)),
            ]
        )
        assert told[0] == "done", told
        assert told[1] in ("done", "changed_meanwhile"), told
        two_changes.finish()
        everybody = [one for one in stored.items(accounts.MembershipRow) if one["pk"]["S"] == f"ORG#{practice.id}"]
        statuses = {one["status"]["S"] for one in everybody if one["sk"]["S"].startswith("MEMBERSHIP#")}
        assert statuses == {"removed"}
        assert rosters.roster(practice.id).active == frozenset()
        assert rosters.marked([practice.id]) == frozenset()


def test_an_edit_against_a_closing(world: World, crew: list[Staff]) -> None:
    """ORG-9: the list and the practice say the same, whoever is first."""
    for _ in range(scale.repeats(5, 50)):
        practice = _practice(world)
        seen = _proposed(world, crew[0], practice, "close")
        edit = Edit(relations_contact="Rita")
        told = at_once(
            [
                _confirm(world, crew[1], practice, "close", seen),
                _told(partial(actions.edit, crew[2], practice.id, practice.version, edit, world.time.now)),
            ]
        )
        assert told[0] == "done", told
        assert told[1] in ("done", "organization_closed", "stale"), told
        (listed,) = organizations.page(practice.tin, None, 5, ("test",)).items
        assert listed.closed is organizations.organization(practice.id).closed is True


def test_proposals_of_the_same_person_don_t_add_up(world: World, crew: list[Staff]) -> None:
    """ORG-9, S-AZ-07: one person alone, in two windows at once, changes nothing."""
    for _ in range(scale.repeats(3, 30)):
        practice = _practice(world)
        seen = _proposed(world, crew[0], practice, "close")
        told = at_once([_confirm(world, crew[0], practice, "close", seen) for _ in range(3)])
        assert told == ["second_person_required"] * 3
        assert organizations.organization(practice.id).closed is False
