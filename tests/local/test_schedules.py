"""Schedules run when they are due by the portal's clock, once after a jump, and on demand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from local.expressions import next_due
from local.pumps import TRIES, Pumps
from local.schedules import Schedules
from tests.local.waiting import until

_START = datetime(2030, 1, 31, 23, 59, 30, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("expression", "due"),
    [
        ("rate(1 minute)", datetime(2030, 2, 1, 0, 0, 30, tzinfo=UTC)),
        ("rate(2 hours)", datetime(2030, 2, 1, 1, 59, 30, tzinfo=UTC)),
        ("rate(1 day)", datetime(2030, 2, 1, 23, 59, 30, tzinfo=UTC)),
        ("cron(0 5 * * ? *)", datetime(2030, 2, 1, 5, 0, tzinfo=UTC)),
        ("cron(59 23 * * ? *)", datetime(2030, 2, 1, 23, 59, tzinfo=UTC)),
        ("cron(0/15 * * * ? *)", datetime(2030, 2, 1, 0, 0, tzinfo=UTC)),
        ("cron(30 6 ? * MON-FRI *)", datetime(2030, 2, 1, 6, 30, tzinfo=UTC)),
        ("cron(0 0 ? * SUN *)", datetime(2030, 2, 3, 0, 0, tzinfo=UTC)),
        ("cron(0 0 29 2 ? *)", datetime(2032, 2, 29, 0, 0, tzinfo=UTC)),
        ("cron(10,40 3 1 MAR ? *)", datetime(2030, 3, 1, 3, 10, tzinfo=UTC)),
    ],
)
def test_when_an_expression_is_due_next(expression: str, due: datetime) -> None:
    assert next_due(expression, _START) == due


@pytest.mark.parametrize(
    "expression", ["rate(1 week)", "cron(0 25 * * ? *)", "cron(0 5 L * ? *)", "cron(0 5 * * ? 2031)"]
)
def test_an_expression_that_is_not_understood_is_told(expression: str) -> None:
    with pytest.raises(ValueError):
        next_due(expression, _START)


class _World:
    """A clock and a job that counts."""

    def __init__(self) -> None:
        self.now = _START
        self.runs: list[str] = []
        self.failures_left = 0
        self.schedules = Schedules({"daily": "rate(1 day)"}, self._run, lambda: self.now)

    def _run(self, name: str, event: dict[str, Any]) -> dict[str, str]:
        if self.failures_left:
            self.failures_left -= 1
            raise RuntimeError("not now")
        self.runs.append(event["time"])
        return {"ran": name}


def test_nothing_runs_before_it_is_due() -> None:
    world = _World()
    world.now += timedelta(hours=23)
    assert not world.schedules.work()
    assert world.schedules.idle()
    assert world.runs == []


def test_a_jump_over_many_times_runs_it_once() -> None:
    world = _World()
    world.now += timedelta(days=30)
    assert not world.schedules.idle()
    assert world.schedules.work()
    assert world.runs == ["2030-03-02T23:59:30Z"]
    assert world.schedules.idle()
    assert world.schedules.jobs["daily"].due == world.now + timedelta(days=1)


def test_on_demand_it_answers_what_the_job_did() -> None:
    world = _World()
    assert world.schedules.run("daily") == {"ran": "daily"}
    assert world.schedules.jobs["daily"].last_run == _START
    with pytest.raises(KeyError):
        world.schedules.run("weekly")


def test_a_failing_job_is_tried_again() -> None:
    world = _World()
    world.failures_left = 2
    world.now += timedelta(days=1)
    until(world.schedules.work)
    assert len(world.runs) == 1
    assert world.schedules.parked == []


def test_a_job_that_keeps_failing_is_given_up_until_it_is_due_again() -> None:
    world = _World()
    world.failures_left = TRIES
    world.now += timedelta(days=1)
    pumps = Pumps([world.schedules])
    with pumps.running():
        assert pumps.settle(20) == []
    assert world.runs == []
    assert len(world.schedules.parked) == 1
