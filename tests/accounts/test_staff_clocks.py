"""The two clocks of a place at the plan, to the second, as pure rules (ACC-11, INA-1, INA-3)."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.accounts.domain import staff_clocks
from chalicelib.accounts.domain.clocks import NEVER, Activity
from chalicelib.accounts.domain.staff_clocks import Timed
from chalicelib.plan.domain import StaffCause, StaffMember, StaffMove, staff_moved
from tests import scale
from tests.accounts.test_clocks import AT, DAY, SECOND, SETTINGS, STARTS


def _place(
    enabled_at: datetime | None = None, verified_at: datetime | None = None, user_id: str = "usr_ada"
) -> StaffMember:
    return StaffMember(
        user_id=user_id,
        name="Ada Fictional",
        roles=frozenset({"plan_administrator"}),
        enabled_at=enabled_at,
        verified_at=verified_at,
    )


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_ninety_days_to_the_second(start: datetime) -> None:
    """ACC-11, INA-1: both clocks hold from their second on, whatever a job has done."""
    end = start + 90 * DAY
    unused = Timed(_place(start - DAY), Activity(last_sign_in=start))
    unreviewed = Timed(_place(start - DAY, start), Activity(last_sign_in=end))
    for timed, over in ((unused, "inactive"), (unreviewed, "suspended")):
        seen = [staff_clocks.as_of(timed, SETTINGS, end + step).status for step in (-SECOND, timedelta(), SECOND)]
        assert seen == ["active", over, over]


def test_somebody_with_a_session_is_in_use() -> None:
    """INA-1: who is signed in has signed in; their review may come due all the same."""
    place = _place(AT - 200 * DAY, AT - 90 * DAY)
    assert staff_clocks.as_of(Timed(place, None), SETTINGS, AT - SECOND).status == "active"
    assert staff_clocks.as_of(Timed(place, None), SETTINGS, AT).status == "suspended"


def test_a_call_for_reviews_of_practices_is_not_about_staff() -> None:
    """REV-1: the plan calls a review of everybody in the practices."""
    called = msgspec.structs.replace(SETTINGS, review_called_at=AT, review_by=AT + DAY)
    assert staff_clocks.review_due_at(_place(AT, AT), called) == AT + 90 * DAY


def test_what_each_remedy_lifts() -> None:
    """ACC-11, section 3: unused and unreviewed shows as suspended; enabling and review lift one each, in any order."""
    both = staff_clocks.as_of(Timed(_place(AT, AT), NEVER), SETTINGS, AT + 90 * DAY)
    now = AT + 91 * DAY
    assert both.status == "suspended"
    assert both.causes == {"suspended", "inactive"}
    assert (staff_moved(both, "enable", now).status, staff_moved(both, "verify", now).status) == (
        "suspended",
        "inactive",
    )
    orders: tuple[tuple[StaffMove, StaffMove], ...] = (("enable", "verify"), ("verify", "enable"))
    for first, second in orders:
        assert staff_moved(staff_moved(both, first, now), second, now).status == "active"


def test_shut_out_by_somebody_is_no_business_of_clocks() -> None:
    """ACC-11: a disabled place stays disabled, and one nobody took yet waits."""
    for status in ("disabled", "unverified"):
        place = msgspec.structs.replace(_place(AT, AT), status=status, accepted=status == "disabled")
        assert staff_clocks.as_of(Timed(place, NEVER), SETTINGS, AT + 400 * DAY) == place


_AGES = st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=5)


@given(_AGES, st.integers(0, 300))
@scale.examples(200)
def test_one_plan_administrator_is_always_left(ages: list[tuple[int, int]], later: int) -> None:
    """ACC-11: whenever one looks, somebody runs the plan; alone the one whose own deadline is the latest."""
    now = AT + later * DAY
    all_ = [
        Timed(_place(AT - 400 * DAY, AT - verified * DAY, f"usr_{number}"), Activity(last_sign_in=AT - used * DAY))
        for number, (used, verified) in enumerate(ages)
    ]
    standing = {one.place.user_id for one in all_ if staff_clocks.as_of(one, SETTINGS, now).active}
    kept = {one.place.user_id for one in all_ if staff_clocks.stays(one.place.user_id, all_, SETTINGS, now)}
    if standing:
        assert not kept - standing
    else:
        (last,) = kept
        ends = {one.place.user_id: 90 - max(ages[number]) for number, one in enumerate(all_)}
        assert ends[last] == max(ends.values())


@pytest.mark.parametrize(("cause", "code"), [("inactive", "staff_inactive"), ("suspended", "staff_suspended")])
def test_who_a_clock_shut_out_is_told_by_which(cause: StaffCause, code: str) -> None:
    """S-AUTH-07: after the right password; who left is told nothing of the place."""
    assert staff_clocks.refusal_code(msgspec.structs.replace(_place(), status=cause)) == code
    assert staff_clocks.refusal_code(msgspec.structs.replace(_place(), status="disabled")) is None
    assert staff_clocks.refusal_code(None) is None
