"""Waves: states, days and nights, who gets a form and who is reminded (ORG-2), as pure rules."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.enrollment.domain import daytime, sending, waves
from chalicelib.enrollment.domain.nominations import FORM_LIVES, Nomination, NominationState
from chalicelib.enrollment.domain.waves import Place, Wave
from chalicelib.organizations.domain import Organization

ZONE = ZoneInfo("America/New_York")
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
WAVE = waves.new("wav_1", "First", date(2026, 3, 9), date(2026, 4, 30), ZONE)
STARTED = msgspec.structs.replace(WAVE, started_at=WAVE.send_at)
PRACTICE = Organization(
    id="org_1", tin="123456789", name="P", executive_name="C", executive_email="c@p.example", wave_id="wav_1"
)
PLACE = Place("org_1", WAVE.send_at - DAY)


def form(sent_at: datetime, state: NominationState = "sent", **changes: object) -> Nomination:
    made = Nomination(
        id="nom_1",
        organization_id="org_1",
        state=state,
        executive_name="C",
        executive_email="c@p.example",
        sent_by="job",
        sent_at=sent_at,
        ends_at=sent_at + FORM_LIVES,
    )
    return msgspec.structs.replace(made, **changes)


@pytest.mark.parametrize(
    ("wave", "at", "state"),
    [
        (WAVE, WAVE.send_at + DAY, "planned"),
        (STARTED, WAVE.send_at, "sending"),
        (msgspec.structs.replace(STARTED, finished_at=WAVE.send_at), WAVE.ends_at - SECOND, "sent"),
        (msgspec.structs.replace(STARTED, finished_at=WAVE.send_at), WAVE.ends_at, "ended"),
        (WAVE, WAVE.ends_at, "ended"),
    ],
)
def test_states(wave: Wave, at: datetime, state: str) -> None:
    assert waves.state(wave, at) == state


def test_instants_of_days() -> None:
    """Nine in the morning and the end of a day by the plan's clocks, on the days when they change."""
    assert daytime.morning(date(2026, 3, 8), ZONE) == datetime(2026, 3, 8, 13, tzinfo=UTC)
    assert daytime.day_over(date(2026, 3, 7), ZONE) == datetime(2026, 3, 8, 5, tzinfo=UTC)
    assert daytime.day_over(date(2026, 3, 8), ZONE) == datetime(2026, 3, 9, 4, tzinfo=UTC)
    assert daytime.day_over(date(2026, 11, 1), ZONE) == datetime(2026, 11, 2, 5, tzinfo=UTC)


@given(st.integers(0, 365 * 24 * 60 * 60))
def test_nobody_is_written_to_at_night(seconds: int) -> None:
    """ORG-2: now by day; else the first nine o'clock, never more than 13 hours (14 with the clocks) away."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + seconds * SECOND
    found = daytime.by_day(at, ZONE)
    wall = found.astimezone(ZONE)
    assert daytime.is_day(found, ZONE)
    assert found == at or (wall.hour, wall.minute, wall.second) == (9, 0, 0)
    assert timedelta() <= found - at <= 14 * HOUR
    assert (found == at) == (8 <= at.astimezone(ZONE).hour < 20)


@pytest.mark.parametrize(
    ("current", "gets"),
    [
        (None, True),
        (form(WAVE.send_at - HOUR), False),
        (form(WAVE.send_at - 14 * DAY), True),
        (form(WAVE.send_at - 30 * DAY, "returned"), True),
        (form(WAVE.send_at - 30 * DAY, "signed"), False),
        (form(WAVE.send_at - 30 * DAY, "approved"), False),
        (form(WAVE.send_at - DAY, "withdrawn"), True),
        (form(WAVE.send_at, "withdrawn"), False),
        (form(WAVE.send_at), False),
    ],
)
def test_who_gets_a_form(current: Nomination | None, *, gets: bool) -> None:
    """ORG-2: not beside one that is out, signed or approved; what came of an earlier one is no reason."""
    assert sending.gets_form(STARTED, PLACE, PRACTICE, current, WAVE.send_at) is gets


def test_who_gets_none() -> None:
    now = WAVE.send_at
    change = msgspec.structs.replace
    assert not sending.gets_form(STARTED, None, PRACTICE, None, now)
    assert not sending.gets_form(WAVE, PLACE, PRACTICE, None, now)
    assert not sending.gets_form(STARTED, PLACE, PRACTICE, None, WAVE.ends_at)
    for other in (
        change(PRACTICE, wave_id="wav_2"),
        change(PRACTICE, wave_id=None),
        change(PRACTICE, executive_email=""),
        change(PRACTICE, executive_name=""),
        change(PRACTICE, closed_at=now),
    ):
        assert not sending.gets_form(STARTED, PLACE, other, None, now)


def test_a_form_to_somebody_who_leads_no_more_is_none() -> None:
    """ORG-2: when the wave looks at everybody anew, the executive on record gets one."""
    out = form(WAVE.send_at)
    assert not sending.gets_form(STARTED, PLACE, PRACTICE, out, WAVE.send_at + DAY)
    other = msgspec.structs.replace(out, executive_email="before@p.example")
    assert sending.gets_form(STARTED, PLACE, PRACTICE, other, WAVE.send_at + DAY)
    signed = msgspec.structs.replace(other, state="signed")
    assert not sending.gets_form(STARTED, PLACE, PRACTICE, signed, WAVE.send_at + DAY)


def test_once_in_a_wave_though_the_form_ends() -> None:
    """ORG-2: looked at again when the wave is given more time; but whoever came in anew after it gets another."""
    later = WAVE.send_at + 20 * DAY
    sent = form(WAVE.send_at)
    assert not sending.gets_form(STARTED, PLACE, PRACTICE, sent, later)
    assert sending.gets_form(STARTED, Place("org_1", later - DAY), PRACTICE, sent, later)


@pytest.mark.parametrize(
    ("days", "reminded", "stage", "following"),
    [(6, 0, None, 7), (7, 0, 7, 12), (8, 7, None, 12), (12, 7, 12, None), (13, 0, 12, None), (13, 12, None, None)],
)
def test_stages(days: int, reminded: int, stage: int | None, following: int | None) -> None:
    """ORG-2: of several that have passed only the last."""
    sent = form(WAVE.send_at, reminded=reminded)
    now = WAVE.send_at + days * DAY
    assert sending.reminder(sent, now) == stage
    expected = None if following is None else WAVE.send_at + following * DAY
    assert sending.next_reminder(sent, now) == expected


def test_who_is_let_be() -> None:
    """ORG-2: nobody is reminded for a wave that is over; a form that staff sent later by hand is another matter."""
    assert sending.is_let_be(form(WAVE.send_at), WAVE, WAVE.ends_at)
    assert not sending.is_let_be(form(WAVE.send_at), WAVE, WAVE.ends_at - SECOND)
    assert not sending.is_let_be(form(WAVE.ends_at), WAVE, WAVE.ends_at + DAY)
    assert not sending.is_let_be(form(WAVE.send_at), None, WAVE.ends_at)


def test_more_time_looks_at_everybody_anew() -> None:
    done = msgspec.structs.replace(STARTED, sent_up_to="org_9", finished_at=WAVE.send_at)
    now = WAVE.ends_at + DAY
    longer = waves.edited(done, None, done.send_on, done.end_on + 9 * DAY, ZONE, now)
    assert (longer.sent_up_to, longer.finished_at, longer.started_at) == ("", None, WAVE.send_at)
    in_time = waves.edited(done, "Other", done.send_on, done.end_on + 9 * DAY, ZONE, WAVE.ends_at - SECOND)
    assert (in_time.sent_up_to, in_time.finished_at, in_time.name) == ("org_9", WAVE.send_at, "Other")
