"""Groups and numbers of a send: the pure rules (MSG-1, MSG-7)."""

from typing import get_args

import pytest

from chalicelib.accounts.domain import Membership, Status
from chalicelib.core.access import Role
from chalicelib.core.errors import Invalid
from chalicelib.messages.domain import check_recipients
from chalicelib.messages.domain.groups import MOST_PICKED, MOST_REACHED, Group, belongs, check_reached, one_organization


def _membership(role: Role, status: Status) -> Membership:
    return Membership(
        id="mem_1", organization_id="org_1", user_id="usr_1", name="Ann", email="a@b.example", role=role, status=status
    )


@pytest.mark.parametrize("status", get_args(Status))
@pytest.mark.parametrize("role", get_args(Role))
def test_who_belongs_to_a_group(role: Role, status: Status) -> None:
    """MSG-1, MSG-7: who is registered; not who waits, was rejected or is gone. Disabled ones are told of."""
    there = status in ("active", "inactive", "suspended", "disabled")
    assert belongs("everybody", _membership(role, status)) == there
    assert belongs("administrators", _membership(role, status)) == (there and role != "general_user")


@pytest.mark.parametrize(
    ("organizations", "named", "expected"),
    [
        ([], None, None),
        ([], "a", "a"),
        (["a"], None, "a"),
        (["a", "a"], "a", "a"),
        (["a", "b"], None, 0),
        (["a"], "b", 0),
    ],
)
def test_one_organization_at_most(organizations: list[str], named: str | None, expected: str | int | None) -> None:
    """MSG-1."""
    groups = tuple(Group("everybody", organization) for organization in organizations)
    if expected != 0:
        assert one_organization(groups, named) == expected
        return
    with pytest.raises(Invalid) as refused:
        one_organization(groups, named)
    assert [(error.pointer, error.code) for error in refused.value.fields] == [("/groups", "one_organization")]


@pytest.mark.parametrize(
    ("number", "reached", "code"),
    [(1, 1, ""), (MOST_REACHED, MOST_REACHED, ""), (MOST_REACHED + 1, MOST_REACHED, "too_many"), (3, 0, "empty_group")],
)
def test_how_many_one_send_reaches(number: int, reached: int, code: str) -> None:
    """MSG-7."""
    try:
        check_reached(number, reached)
        found = ""
    except Invalid as refused:
        found = refused.fields[0].code
    assert (found, MOST_REACHED) == (code, 5_000)


def test_staff_pick_twenty_beside_groups() -> None:
    """MSG-7: members ten."""
    ids = [f"mem_{number}" for number in range(MOST_PICKED + 1)]
    group = Group("everybody", "org_1")
    assert check_recipients(ids[:20], [], staff=True) == check_recipients([], [], [group], staff=True) == []
    assert [error.code for error in check_recipients(ids, [], staff=True)] == ["too_many"]
    assert [error.code for error in check_recipients(ids[:11], [])] == ["too_many"]
    assert [error.code for error in check_recipients([], ids[:1], staff=True)] == ["required"]


def test_a_group_is_named_once() -> None:
    """MSG-1: the same one twice is told; another kind of the same organization is another group."""
    group, other = Group("everybody", "org_1"), Group("administrators", "org_1")
    assert check_recipients([], [], [group, other], staff=True) == []
    found = check_recipients([], [], [group, Group("everybody", "org_1")], staff=True)
    assert [(error.pointer, error.code) for error in found] == [("/groups", "repeated")]
