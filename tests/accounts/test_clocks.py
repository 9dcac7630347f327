"""The two clocks of a membership, to the second, as pure rules (INA-1, INA-3, REV-1)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.accounts.domain import Membership, clocks, statuses
from chalicelib.accounts.domain.clocks import NEVER, Activity, Clock
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import PlanSettings
from tests import scale

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
SETTINGS = PlanSettings(
    name="Example Plan",
    time_zone="America/Los_Angeles",
    helpdesk_phone="",
    helpdesk_hours="",
    confidentiality_notice="",
    sharing_notice="",
)
MAPLE = Organization(id="org", tin="000000001", name="Maple Example Clinic")
# A leap day lies between, or a change of the plan's clocks: a day is 24 hours all the same.
STARTS = (
    AT,
    datetime(2027, 12, 15, 8, tzinfo=UTC),
    datetime(2026, 2, 1, 3, 30, tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC),
    datetime(2026, 10, 31, 23, 59, 59, tzinfo=ZoneInfo("America/Los_Angeles")).astimezone(UTC),
)


def _membership(enabled_at: datetime | None, verified_at: datetime | None = None) -> Membership:
    return Membership(
        id="mem",
        organization_id="org",
        user_id="usr",
        name="Gina Sample",
        email="gina@people.example",
        status="active",
        enabled_at=enabled_at,
        verified_at=verified_at,
    )


def _status(membership: Membership, activity: Activity, now: datetime, organization: Organization = MAPLE) -> str:
    clock = Clock(settings=SETTINGS, organization=organization, activity=activity)
    return statuses.as_of(membership, now, clock).status


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_ninety_days_unused_to_the_second(start: datetime) -> None:
    """INA-1, S-AUTH-16: active at 89 d 23:59:59, inactive at 90 d; from the later of sign-in and enabling."""
    end = start + 90 * DAY
    for membership, activity in (
        (_membership(start), NEVER),
        (_membership(start - 40 * DAY), Activity(last_sign_in=start)),
        (_membership(start - 40 * DAY), Activity(last_sign_in=start - 10 * DAY, enabled_at=start)),
        (_membership(start), Activity(last_sign_in=start - 80 * DAY, enabled_at=start)),
    ):
        assert _status(membership, activity, end - SECOND) == "active"
        assert _status(membership, activity, end) == "inactive"
        assert _status(membership, activity, end + SECOND) == "inactive"


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_ninety_days_unverified_to_the_second(start: datetime) -> None:
    """REV-1: active at 89 d 23:59:59, suspended at 90 d, whatever they use meanwhile."""
    end = start + 90 * DAY
    there = Activity(last_sign_in=end - DAY)
    membership = _membership(start, verified_at=start)
    assert _status(membership, there, end - SECOND) == "active"
    assert _status(membership, there, end) == "suspended"


def test_the_strongest_of_both_is_shown_and_both_hold() -> None:
    """Section 3: unused and unreviewed shows suspended; verified it is inactive, and only enabled active again."""
    membership, now = _membership(AT, verified_at=AT), AT + 90 * DAY
    clock = Clock(settings=SETTINGS, organization=MAPLE, activity=NEVER)
    both = statuses.as_of(membership, now, clock)
    assert both.status == "suspended"
    assert statuses.causes_of(both) == {"suspended", "inactive"}
    verified = statuses.moved(both, "verify", now)
    assert verified.status == "inactive"
    assert statuses.moved(verified, "enable", now).status == "active"
    enabled = statuses.moved(both, "enable", now)
    assert enabled.status == "suspended"
    assert statuses.causes_of(enabled) == {"suspended"}


def test_enabling_leaves_an_overdue_review() -> None:
    """Section 3: somebody disabled before the deadline and enabled after it is suspended at once."""
    clock = Clock(settings=SETTINGS, organization=MAPLE, activity=Activity(last_sign_in=AT + 89 * DAY))
    disabled = statuses.moved(_membership(AT, verified_at=AT), "disable", AT + DAY)
    enabled = statuses.moved(statuses.as_of(disabled, AT + 95 * DAY, clock), "enable", AT + 95 * DAY)
    assert statuses.as_of(enabled, AT + 95 * DAY, clock).status == "suspended"


def test_what_lapsed_stays_so_when_another_is_enabled() -> None:
    """INA-3: one is enabled after all had lapsed; the others stay inactive, also once the person signs in."""
    late = AT + 100 * DAY
    maple, birch = _membership(AT), _membership(AT + DAY)
    activity = Activity(last_sign_in=AT + 2 * DAY)
    cut = clocks.started_again(activity, SETTINGS, late)
    activity = msgspec.structs.replace(activity, enabled_at=late, cut_at=cut)
    maple = msgspec.structs.replace(maple, enabled_at=late)
    for now in (late, late + DAY, late + 89 * DAY):
        assert (_status(maple, activity, now), _status(birch, activity, now)) == ("active", "inactive")
        cut = clocks.started_again(activity, SETTINGS, now)
        activity = msgspec.structs.replace(activity, last_sign_in=now, cut_at=cut)
    birch = msgspec.structs.replace(birch, enabled_at=now)
    assert _status(birch, activity, now) == "active"


@pytest.mark.parametrize("by", ["plan", "practice"])
def test_a_called_review_ends_on_its_date(by: str) -> None:
    """REV-1: "review your users now" shortens the time of whoever was verified before it, and of nobody else."""
    called = {"review_called_at": AT + 10 * DAY, "review_by": AT + 24 * DAY}
    settings = msgspec.structs.replace(SETTINGS, **called) if by == "plan" else SETTINGS
    maple = msgspec.structs.replace(MAPLE, **called) if by == "practice" else MAPLE
    before, after = AT + 10 * DAY - SECOND, AT + 10 * DAY
    assert clocks.review_due_at(before, settings, maple) == AT + 24 * DAY
    assert clocks.review_due_at(after, settings, maple) == after + 90 * DAY
    # Never later than it was.
    assert clocks.review_due_at(AT - 80 * DAY, settings, maple) == AT + 10 * DAY


@scale.examples(300)
@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["sign_in", "maple", "birch"])), max_size=12))
def test_any_history_gives_what_a_job_at_every_moment_would(steps: list[tuple[int, str]]) -> None:
    """INA-1, INA-3: kept instants alone say the same as lapsing at the very second, however a person's days went."""
    now, used = AT, AT
    enabled = {"maple": AT, "birch": AT}
    lapsed: set[str] = set()
    activity = NEVER
    for days, what in [*steps, (1, "look")]:
        now += days * DAY
        if used + 90 * DAY <= now:
            lapsed |= {"maple", "birch"}
        shown = {name: _status(_membership(at), activity, now) for name, at in enabled.items()}
        assert {name for name, status in shown.items() if status == "inactive"} == lapsed
        if what == "look" or (what == "sign_in" and len(lapsed) == 2) or (what in enabled and what not in lapsed):
            continue
        cut = clocks.started_again(activity, SETTINGS, now)
        if what == "sign_in":
            activity = msgspec.structs.replace(activity, last_sign_in=now, cut_at=cut)
        else:
            lapsed.discard(what)
            enabled[what] = now
            activity = msgspec.structs.replace(activity, enabled_at=now, cut_at=cut)
        used = now
