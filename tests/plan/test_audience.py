"""Who may write to a department (MSG-1)."""

import pytest

from chalicelib.core.access import Actor, Member, Origin, Role, Staff, StaffRole
from chalicelib.plan.domain import Audience, Department, may_write_to


def _department(audience: Audience, *, active: bool = True) -> Department:
    return Department(id="dep_1", name="A", category="", description="", audience=audience, active=active)


def _member(role: Role) -> Actor:
    return Member(
        id="usr_1", origin=Origin(request_id="r"), organization_id="org_1", membership_id="mem_1", name="G", role=role
    )


def _staff(*roles: StaffRole) -> Actor:
    return Staff(id="usr_2", origin=Origin(request_id="r"), name="A", roles=frozenset(roles))


@pytest.mark.parametrize(
    ("actor", "everyone", "administrators", "staff"),
    [
        (_member("general_user"), True, False, False),
        (_member("backup_administrator"), True, True, False),
        (_member("local_administrator"), True, True, False),
        (_staff("department_agent"), True, True, True),
    ],
)
def test_audience(actor: Actor, everyone: bool, administrators: bool, staff: bool) -> None:
    """MSG-1."""
    assert may_write_to(actor, _department("everyone")) is everyone
    assert may_write_to(actor, _department("administrators")) is administrators
    assert may_write_to(actor, _department("staff")) is staff


@pytest.mark.parametrize("audience", ["everyone", "administrators", "staff"])
@pytest.mark.parametrize("actor", [_member("local_administrator"), _staff("department_agent")])
def test_nobody_writes_to_a_retired_department(actor: Actor, audience: Audience) -> None:
    assert not may_write_to(actor, _department(audience, active=False))


def test_the_portal_itself_is_of_no_department_audience_but_everyones() -> None:
    nobody = Actor(id="job", origin=Origin(request_id="r"))
    assert may_write_to(nobody, _department("everyone"))
    assert not may_write_to(nobody, _department("administrators"))
    assert not may_write_to(nobody, _department("staff"))
