"""Who is open, late and done: two instants say the same as the clocks of each member (REV-1, REV-4)."""

from datetime import UTC, datetime, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.access_reviews.domain import standing
from chalicelib.access_reviews.domain.standing import Called, Standing
from chalicelib.accounts.domain import clocks
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import PlanSettings

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SETTINGS = PlanSettings(
    name="P", time_zone="UTC", helpdesk_phone="", helpdesk_hours="", confidentiality_notice="", sharing_notice=""
)
MAPLE = Organization(id="org_0000000001", tin="000000001", name="Maple Example Clinic")
PLAIN = Clock(settings=SETTINGS, organization=MAPLE)

instants = st.integers(-200, 20).flatmap(
    lambda days: st.sampled_from([NOW + days * DAY + timedelta(microseconds=off) for off in (-1, 0, 1)])
)


@st.composite
def clocks_of(draw: st.DrawFn) -> Clock:
    """A plan and a practice, each with a call or without one."""
    made = []
    for one in (SETTINGS, MAPLE):
        called = draw(st.none() | instants.filter(lambda at: at <= NOW))
        by = None if called is None else called + draw(st.integers(1, 60)) * DAY
        made.append(msgspec.structs.replace(one, review_called_at=called, review_by=by))
    settings, organization = made
    assert isinstance(settings, PlanSettings) and isinstance(organization, Organization)
    return Clock(settings=settings, organization=organization)


@given(instants.filter(lambda at: at <= NOW), clocks_of())
def test_two_instants_say_what_each_clock_says(verified_at: datetime, clock: Clock) -> None:
    one = Standing("mem_1", verified_at, False)
    due = clocks.review_due_at(verified_at, clock.settings, clock.organization)
    assert due is not None
    called = any(
        each is not None and each.review_called_at is not None and verified_at < each.review_called_at
        for each in (clock.settings, clock.organization)
    )
    assert standing.is_late(one, clock, NOW) == (due <= NOW)
    assert standing.is_open(one, clock, NOW) == (called or due - 14 * DAY <= NOW)
    found = standing.progress([one], clock, NOW)
    assert (found.late, found.open) == (int(due <= NOW), int(called or due - 14 * DAY <= NOW))
    assert found.late <= found.open
    assert standing.next_due_at([one], clock, NOW) == (due if due > NOW else None)


def test_suspended_is_late_whatever_the_clock_says() -> None:
    """Somebody whom a job suspended stays so until they are looked at, even if the plan then gives more days."""
    one = Standing("mem_1", NOW, True)
    assert standing.progress([one], PLAIN, NOW) == standing.Progress(open=1, late=1, done=0, everyone=1)
    assert standing.next_due_at([one], PLAIN, NOW) is None


def test_done_is_since_the_call_or_in_the_last_days() -> None:
    people = [Standing(f"mem_{days}", NOW - days * DAY, False) for days in (1, 13, 14, 15)]
    assert standing.progress(people, PLAIN, NOW).done == 3
    at, by = NOW - 5 * DAY, NOW + DAY
    called = msgspec.structs.replace(
        PLAIN, settings=msgspec.structs.replace(SETTINGS, review_called_at=at, review_by=by)
    )
    assert standing.progress(people, called, NOW) == standing.Progress(open=3, late=0, done=1, everyone=4)


def test_a_call_is_told_until_its_date_and_until_everybody_was_looked_at() -> None:
    at, by = NOW - 5 * DAY, NOW
    clock = Clock(settings=SETTINGS, organization=msgspec.structs.replace(MAPLE, review_called_at=at, review_by=by))
    looked_at, open_ = Standing("mem_1", NOW - DAY, False), Standing("mem_2", NOW - 6 * DAY, False)
    assert standing.current_call([looked_at], clock, NOW - timedelta(seconds=1)) == Called(at, by)
    assert standing.current_call([looked_at], clock, NOW) is None
    assert standing.current_call([looked_at, open_], clock, NOW) == Called(at, by)
    assert standing.current_call([open_], PLAIN, NOW) is None
