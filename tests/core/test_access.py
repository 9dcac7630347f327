"""Who may call what: the declarations of routes, and what actors carry."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.core import access
from chalicelib.core.access import PUBLIC, Actor, Member, Principal, Staff, Who, administrators, members, staff, system
from chalicelib.core.errors import Forbidden

ORIGIN = access.Origin(request_id="req_test")


def _member(role: access.Role = "general_user", *levels: access.AccessLevel) -> Member:
    return Member(
        id="usr_1",
        origin=ORIGIN,
        organization_id="org_1",
        membership_id="mem_1",
        name="Gina",
        role=role,
        access_levels=frozenset(levels),
    )


def _staff(*roles: access.StaffRole) -> Staff:
    return Staff(id="usr_2", origin=ORIGIN, name="Ada", roles=frozenset(roles), departments=frozenset({"dep_1"}))


ACTORS: dict[str, Actor] = {
    "general user": _member(),
    "general user with claims": _member("general_user", "claims"),
    "local administrator": _member("local_administrator", "manage_account"),
    "backup administrator": _member("backup_administrator"),
    "agent": _staff("department_agent"),
    "auditor": _staff("auditor"),
    "staff without a role": _staff(),
    "the portal": system("job"),
}
MEMBERS = {"general user", "general user with claims", "local administrator", "backup administrator"}
STAFF = {"agent", "auditor", "staff without a role"}

DECLARED: dict[str, tuple[Who, set[str]]] = {
    "public": (PUBLIC, set(ACTORS)),
    "nobody": (Who(), set()),
    "members": (members(), MEMBERS),
    "members with claims": (members(level="claims"), {"general user with claims"}),
    "administrators": (administrators(), {"local administrator", "backup administrator"}),
    "staff": (staff(), STAFF),
    "agents": (staff("department_agent"), {"agent"}),
    "agents and auditors": (staff("department_agent", "auditor"), {"agent", "auditor"}),
}


def _admitted(who: Who) -> set[str]:
    found = set()
    for name, actor in ACTORS.items():
        try:
            who.admit(actor)
        except Forbidden as refused:
            assert refused.status == 403
        else:
            found.add(name)
    return found


@pytest.mark.parametrize("declared", DECLARED)
def test_a_declaration_lets_in_exactly_whom_it_names(declared: str) -> None:
    """S-AZ-01: default deny."""
    who, expected = DECLARED[declared]
    assert _admitted(who) == expected


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(DECLARED, 2)])
def test_either_of_two_declarations_is_enough(one: str, other: str) -> None:
    both = DECLARED[one][0] | DECLARED[other][0]
    assert _admitted(both) == DECLARED[one][1] | DECLARED[other][1]
    assert both.public == (PUBLIC in (DECLARED[one][0], DECLARED[other][0]))


@pytest.mark.parametrize(
    ("actor", "code"), [("general user", "access_level_required"), ("agent", "forbidden"), ("the portal", "forbidden")]
)
def test_a_member_is_told_of_the_level_they_lack(actor: str, code: str) -> None:
    """ACC-9: to offer to ask for it."""
    with pytest.raises(Forbidden) as refused:
        members(level="claims").admit(ACTORS[actor])
    assert refused.value.code == code


def test_access_levels_do_not_imply_one_another() -> None:
    """S-AZ-05."""
    levels: tuple[access.AccessLevel, ...] = access.AccessLevel.__args__  # type: ignore[attr-defined]
    for held, wanted in itertools.product(levels, levels):
        who = members(level=wanted)
        if held == wanted:
            who.admit(_member("local_administrator", held))
        else:
            with pytest.raises(Forbidden):
                who.admit(_member("local_administrator", held))


def test_only_agents_have_the_mailboxes_of_their_departments() -> None:
    """S-AZ-13: no other role of the plan opens one."""
    assert _staff("department_agent").mailboxes == {"dep_1"}
    assert not _staff("auditor", "helpdesk", "enrollment", "plan_administrator").mailboxes
    assert _member().mailboxes == {"mem_1"}
    assert not system("job").mailboxes


@pytest.mark.parametrize(("actor", "kind"), [("general user", "member"), ("agent", "staff"), ("the portal", "system")])
def test_the_journal_names_the_kind_of_actor(actor: str, kind: str) -> None:
    assert ACTORS[actor].kind == kind


def test_a_declaration_says_what_it_means() -> None:
    """It stands in the API document."""
    assert str(members(level="claims") | staff("auditor")) == "member with claims or staff auditor"
    assert (str(PUBLIC), str(administrators()), str(staff())) == ("public", "administrator", "staff")


@pytest.mark.parametrize(("idle", "whole", "left"), [(900, 3600, 900), (900, 60, 60), (-1, 60, 0), (0.9, 60, 0)])
def test_a_session_has_whole_seconds_left(idle: float, whole: float, left: int) -> None:
    """CRD-8: the earlier end counts, and never less than nothing."""
    now = datetime(2026, 3, 2, tzinfo=UTC)
    principal = Principal(_member(), "hash", now + timedelta(seconds=idle), now + timedelta(seconds=whole), now)
    assert principal.seconds_left(now) == left
