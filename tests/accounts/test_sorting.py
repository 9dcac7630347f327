"""Keys of the indexes stay within what DynamoDB takes: 1,024 bytes."""

import pytest

from chalicelib.accounts.domain import Membership
from chalicelib.accounts.store import membership_row
from chalicelib.plan.domain import StaffMember
from chalicelib.plan.store import staff_row

# One character that folds to eighteen.
LONG = "\ufdfa" * 120


@pytest.mark.parametrize("name", [LONG, "\U00020000" * 120, "Gina Sample"])
def test_every_name_fits(name: str) -> None:
    """S-IO-04: a name that the form takes is no fault of the database's."""
    email = "g" * 60 + "@" + "maple." * 30 + "example"
    member = membership_row(Membership(id="mem_1", organization_id="org_1", user_id="usr_1", name=name, email=email))
    staff = staff_row(StaffMember(user_id="usr_1", name=name, roles=frozenset({"auditor"})))
    keys = [member.sort_name, member.sort_email, member.sort_status, member.sort_role, staff.sort_name]
    assert [key for key in keys if len(key.encode()) > 1024] == []
