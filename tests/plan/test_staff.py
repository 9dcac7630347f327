"""Staff accounts: what moves them, and who has to stay (ACC-11)."""

import itertools
from datetime import UTC, datetime
from typing import get_args

import msgspec
import pytest

from chalicelib.core.errors import Conflict
from chalicelib.plan.domain import (
    PlanAdministrators,
    StaffMember,
    StaffMove,
    StaffStatus,
    administrators_with,
    staff_move_allowed,
    staff_moved,
)

_ADA = StaffMember(user_id="usr_ada", name="Ada Fictional", roles=frozenset({"plan_administrator"}))
_TABLE: dict[tuple[StaffStatus, StaffMove], StaffStatus] = {
    ("active", "disable"): "disabled",
    ("unverified", "disable"): "disabled",
    ("disabled", "enable"): "active",
    ("unverified", "complete"): "active",
    ("inactive", "disable"): "disabled",
    ("inactive", "enable"): "active",
    ("inactive", "suspend"): "suspended",
    ("inactive", "verify"): "inactive",
    ("suspended", "disable"): "disabled",
    ("suspended", "lapse"): "suspended",
    ("suspended", "verify"): "active",
    ("active", "lapse"): "inactive",
    ("active", "suspend"): "suspended",
    ("active", "verify"): "active",
}
_NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
_CELLS = list(itertools.product(get_args(StaffStatus), get_args(StaffMove)))


@pytest.mark.parametrize(("status", "move"), _CELLS)
def test_every_move_from_every_status(status: StaffStatus, move: StaffMove) -> None:
    """ACC-11: anything that is not in the table is refused with the current status, and every change ends guards."""
    before = msgspec.structs.replace(_ADA, status=status, accepted=status != "unverified")
    wanted = _TABLE.get((status, move))
    assert staff_move_allowed(before, move) is (wanted is not None)
    if wanted is None:
        with pytest.raises(Conflict, match=f"status_{status}"):
            staff_moved(before, move, _NOW)
    else:
        after = staff_moved(before, move, _NOW)
        # What somebody who is kept early is doing right now goes on.
        ends = move != "verify" or status == "suspended"
        assert (after.status, after.epoch) == (wanted, before.epoch + ends)


def test_one_who_never_registered_waits_again_after_enabling() -> None:
    """ACC-11: enabling gives nobody what they had not taken yet."""
    invited = msgspec.structs.replace(_ADA, status="unverified", accepted=False)
    assert staff_moved(staff_moved(invited, "disable", _NOW), "enable", _NOW).status == "unverified"


@pytest.mark.parametrize(
    "after",
    [
        msgspec.structs.replace(_ADA, status="disabled"),
        msgspec.structs.replace(_ADA, status="unverified"),
        msgspec.structs.replace(_ADA, roles=frozenset({"auditor"})),
    ],
)
def test_one_active_plan_administrator_stays(after: StaffMember) -> None:
    """ACC-11: neither by disabling nor by taking the role."""
    alone = PlanAdministrators(frozenset({"usr_ada"}), 4)
    with pytest.raises(Conflict, match="last_plan_administrator"):
        administrators_with(alone, after)
    two = PlanAdministrators(frozenset({"usr_ada", "usr_bea"}), 4)
    assert administrators_with(two, after).active == {"usr_bea"}


def test_only_active_ones_count() -> None:
    """ACC-11: an invited plan administrator does not stand in for an active one."""
    alone = PlanAdministrators(frozenset({"usr_ada"}), 1)
    invited = StaffMember(
        user_id="usr_bea", name="Bea", roles=frozenset({"plan_administrator"}), status="unverified", accepted=False
    )
    assert administrators_with(alone, invited) == alone
    assert administrators_with(alone, staff_moved(invited, "complete", _NOW)).active == {"usr_ada", "usr_bea"}
