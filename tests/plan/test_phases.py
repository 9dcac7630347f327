"""From when and until when a feature is on, to the second, and whose phase decides (ORG-8)."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from chalicelib.core.access import AccessLevel
from chalicelib.plan.domain import phases
from chalicelib.plan.domain.phases import FEATURES, Feature, Phase, Phases, Standing, State

ZONE = "America/New_York"
SECOND = timedelta(seconds=1)
ON = date(2026, 3, 8)
"""The day on which New York's clocks change: it begins an hour apart from the next one's distance."""
OFF = date(2026, 6, 1)


def _begins(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def _state(phase: Phase | None, now: datetime) -> Standing:
    scopes: list[Phases] = [{}, {}, {"claims": phase} if phase else {}]
    return phases.state_of("claims", scopes, ZONE, now)


@pytest.mark.parametrize(("seconds", "state"), [(-1, "coming"), (0, "on"), (1, "on")], ids=["before", "at", "after"])
@pytest.mark.parametrize("day", [ON, date(2026, 11, 1), date(2028, 2, 29)])
def test_a_feature_is_on_from_the_first_second_of_its_day(day: date, seconds: int, state: State) -> None:
    """ORG-8: of the plan's zone, also where its clocks change."""
    now = _begins(day) + seconds * SECOND
    found = _state(Phase(on_date=day, note="Soon"), now)
    assert (found.state, found.note) == (state, "Soon")
    assert found.on_date == (day if state == "coming" else None)
    assert found.usable == (state == "on")


@pytest.mark.parametrize("grace", [0, 1, 30])
def test_one_that_is_switched_off_can_be_used_until_its_grace_ends(grace: int) -> None:
    """ORG-8: users see the last day from the beginning; to the second."""
    phase = Phase(on_date=ON, off_date=OFF, grace_days=grace)
    ends = _begins(OFF + timedelta(days=grace))
    assert _state(phase, _begins(ON) - SECOND).state == "coming"
    for now in (_begins(ON), _begins(OFF) - SECOND, ends - SECOND):
        found = _state(phase, now)
        assert (found.state, found.usable) == ("ending", True)
        assert found.last_day == OFF + timedelta(days=grace - 1)
    for now in (ends, ends + SECOND):
        found = _state(phase, now)
        assert (found.state, found.usable, found.on_date, found.last_day) == ("coming", False, None, None)


def test_the_zone_of_the_plan_says_when_a_day_begins() -> None:
    """ORG-8, PLT-2: the same day begins at another instant elsewhere."""
    now = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
    scopes: list[Phases] = [{"claims": Phase(on_date=date(2026, 4, 1))}]
    assert phases.state_of("claims", scopes, "Europe/Madrid", now).state == "on"
    assert phases.state_of("claims", scopes, ZONE, now).state == "coming"


def test_what_no_phase_speaks_of_is_coming() -> None:
    """ORG-8: nothing is on by itself; one without a date is coming too."""
    assert _state(None, _begins(ON)) == Standing(feature="claims", state="coming")
    assert _state(Phase(note="Next year"), _begins(ON)) == Standing(feature="claims", state="coming", note="Next year")


@pytest.mark.parametrize("organization", [None, "on", "coming"])
@pytest.mark.parametrize("wave", [None, "on", "coming"])
@pytest.mark.parametrize("plan", [None, "on", "coming"])
def test_the_most_specific_scope_decides_alone(organization: str | None, wave: str | None, plan: str | None) -> None:
    """ORG-8: the organization's, else its wave's, else the plan's; of each feature by itself."""
    made = {"on": Phase(on_date=ON, note="on"), "coming": Phase(note="coming")}

    def own(each: str | None) -> dict[Feature, Phase]:
        rest: dict[Feature, Phase] = {"eobs": Phase(note="other")}
        return {**rest, "claims": made[each]} if each else rest

    scopes = [own(each) for each in (organization, wave, plan)]
    expected = next((each for each in (organization, wave, plan) if each), "coming")
    assert phases.state_of("claims", scopes, ZONE, _begins(ON)).state == expected


@pytest.mark.parametrize(
    ("phase", "wrong"),
    [
        (Phase(on_date=ON), []),
        (Phase(on_date=ON, off_date=OFF, grace_days=30), []),
        (Phase(), []),
        (Phase(on_date=ON, off_date=ON), ["/off_date"]),
        (Phase(on_date=OFF, off_date=ON), ["/off_date"]),
        (Phase(off_date=OFF), ["/off_date"]),
        (Phase(on_date=ON, off_date=date(2199, 12, 31), grace_days=365), []),
        (Phase(on_date=ON, off_date=date(2200, 1, 1)), ["/off_date"]),
        (Phase(on_date=date.max), ["/on_date"]),
        (Phase(on_date=ON, grace_days=1), ["/grace_days"]),
        (Phase(grace_days=1), ["/grace_days"]),
    ],
)
def test_what_makes_no_sense_is_named(phase: Phase, wrong: list[str]) -> None:
    """ORG-8, PLT-3: every wrong field."""
    assert [error.pointer for error in phases.check(phase)] == wrong


def test_every_feature_has_its_access_level() -> None:
    """ORG-8, ACC-5: all seven levels but the one that follows the role."""
    levels: tuple[AccessLevel, ...] = get_args(AccessLevel)
    assert set(phases.LEVELS) == set(FEATURES)
    assert set(phases.LEVELS.values()) == {*levels} - {"manage_account"}
    assert [feature for level in levels for feature in phases.levels_features(level)] != []
    assert phases.levels_features("manage_account") == ()


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        (["coming", "coming"], "coming"),
        (["on", "coming"], "on"),
        (["ending", "coming"], "ending"),
        (["on", "ending"], "on"),
        ([], "on"),
    ],
)
def test_a_part_is_there_as_soon_as_one_of_its_features_is(states: list[State], shown: State) -> None:
    """ORG-8: claims and explanations of benefits are behind one level; behind `manage_account` nothing is switched."""
    assert phases.together([Standing(feature="claims", state=state) for state in states]) == shown
