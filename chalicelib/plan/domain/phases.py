"""Features come in phases: from when, until when, for whom (ORG-8).

A phase is kept for the whole plan, for a wave or for an organization; of one feature the most specific one decides
alone. Its days are days of the plan's time zone, each from its first moment on.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.core.access import AccessLevel
from chalicelib.core.errors import FieldError

Feature = Literal[
    "claims", "eobs", "authorizations", "member_information", "health_records", "assessments", "health_passport"
]
FEATURES: tuple[Feature, ...] = get_args(Feature)
LEVELS: Mapping[Feature, AccessLevel] = {
    "claims": "claims",
    "eobs": "claims",
    "authorizations": "authorizations",
    "member_information": "eligibility",
    "health_records": "health_records",
    "assessments": "assessments",
    "health_passport": "health_passport",
}
"""The access level that opens a feature; it may be granted before the feature is on (ORG-8)."""
State = Literal["on", "coming", "ending"]
Scope = Literal["plan", "wave", "organization"]

_FROM_BEST: tuple[State, ...] = ("on", "ending", "coming")
MOST_GRACE_DAYS = 365
LONGEST_NOTE = 500
LAST_DATE = date(2199, 12, 31)
"""Beyond it days can no more be counted on to the end of a grace period."""


class Phase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """From when and until when a feature is on, and what users are told."""

    on_date: date | None = None
    """The first day; None while nobody knows it: the feature is coming."""
    off_date: date | None = None
    """The day from which it is switched off; None while it stays."""
    grace_days: int = 0
    """For so many days more, from `off_date` on, it can still be used."""
    note: str = ""
    """For users, verbatim."""


Phases = Mapping[Feature, Phase]
"""Those of one scope; a feature without one follows the broader scope."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How a feature stands for an organization at a moment."""

    feature: Feature
    state: State
    on_date: date | None = None
    """Of a feature that is coming: its first day, where that is known."""
    last_day: date | None = None
    """Of a feature that is ending: the last day on which it can be used."""
    note: str = ""

    @property
    def usable(self) -> bool:
        """Whether it can be used now."""
        return self.state != "coming"


def levels_features(level: AccessLevel) -> tuple[Feature, ...]:
    """The features that an access level opens; none of `manage_account`, which no phase switches."""
    return tuple(feature for feature in FEATURES if LEVELS[feature] == level)


def deciding(feature: Feature, scopes: Iterable[Phases]) -> Phase | None:
    """The phase that decides, of scopes from the most specific to the broadest: organization, wave, plan."""
    return next((phases[feature] for phases in scopes if feature in phases), None)


def state_of(feature: Feature, scopes: Iterable[Phases], time_zone: str, now: datetime) -> Standing:
    """How a feature stands at `now`. What no phase speaks of is coming, without a date."""
    phase = deciding(feature, scopes)
    if phase is None or phase.on_date is None:
        return Standing(feature=feature, state="coming", note=phase.note if phase else "")
    if now < _begins(phase.on_date, time_zone):
        return Standing(feature=feature, state="coming", on_date=phase.on_date, note=phase.note)
    if phase.off_date is None:
        return Standing(feature=feature, state="on", note=phase.note)
    ends_on = phase.off_date + timedelta(days=phase.grace_days)
    if now < _begins(ends_on, time_zone):
        return Standing(feature=feature, state="ending", last_day=ends_on - timedelta(days=1), note=phase.note)
    return Standing(feature=feature, state="coming", note=phase.note)


def together(standings: Iterable[Standing]) -> State:
    """How a part of the portal stands that consists of features: it is there as soon as one of them is."""
    states = {standing.state for standing in standings}
    return next((state for state in _FROM_BEST if state in states), "on")


def check(phase: Phase) -> list[FieldError]:
    """Every field of a phase that is wrong."""
    dated = {"/on_date": phase.on_date, "/off_date": phase.off_date}
    errors = [FieldError(name, "date_too_far") for name, day in dated.items() if day is not None and day > LAST_DATE]
    if phase.off_date is not None and (phase.on_date is None or phase.off_date <= phase.on_date):
        errors.append(FieldError("/off_date", "not_after_on_date"))
    if phase.grace_days and phase.off_date is None:
        errors.append(FieldError("/grace_days", "without_off_date"))
    return errors


def _begins(day: date, time_zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(time_zone))
