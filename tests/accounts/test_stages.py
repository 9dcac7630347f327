"""When which reminder is due: to the second, the last one that has passed (INA-2, REV-4, CRD-2)."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.accounts.domain.stages import next_stage_at, stage

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
DAYS = (30, 14, 7, 1)
# Behind 29 February, and behind the night in which New York puts its clocks forward: days are 24 hours.
ENDS = datetime(2028, 3, 13, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (31 * DAY, None), (30 * DAY + SECOND, None), (30 * DAY, 30), (30 * DAY - SECOND, 30),
        (14 * DAY + SECOND, 30), (14 * DAY, 14), (7 * DAY + SECOND, 14), (7 * DAY, 7), (DAY + SECOND, 7),
        (DAY, 1), (SECOND, 1), (0 * DAY, None), (-SECOND, None), (-21 * DAY, None),
    ],
)  # fmt: skip
def test_the_last_stage_that_has_come(before: timedelta, expected: int | None) -> None:
    """One second before, at and after each; nothing from the deadline on."""
    assert stage(ENDS, DAYS, ENDS - before) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [(40 * DAY, 30), (30 * DAY + SECOND, 30), (30 * DAY, 14), (14 * DAY, 7), (DAY + SECOND, 1), (DAY, None)],
)
def test_the_next_stage(before: timedelta, expected: int | None) -> None:
    assert next_stage_at(ENDS, DAYS, ENDS - before) == (None if expected is None else ENDS - expected * DAY)


def test_a_plan_without_reminders() -> None:
    assert stage(ENDS, (), ENDS - SECOND) is None
    assert next_stage_at(ENDS, (), ENDS - DAY) is None
