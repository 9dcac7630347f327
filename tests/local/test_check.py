"""The steps of the checks: what runs beside what, and how their output is told."""

import os
import sys
from pathlib import Path

import pytest

from local import check
from local.check import Step


def _step(name: str, code: str) -> Step:
    return Step(name, (sys.executable, "-c", code))


def test_two_run_at_once_and_each_output_is_in_one_piece(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each waits for the other to open its end of a pipe: one after the other, neither would end."""
    one, other = str(tmp_path / "one"), str(tmp_path / "other")
    os.mkfifo(one)
    os.mkfifo(other)
    meet = "print('a', flush=True); open({!r}, {!r}).close(); open({!r}, {!r}).close(); print('b')"
    left, right = meet.format(one, "r", other, "w"), meet.format(one, "w", other, "r")
    results = check.run([_step("left", left), _step("right", right)], dict(os.environ))
    assert [(result.step.name, result.code, result.last) for result in results] == [("left", 0, "b"), ("right", 0, "b")]
    blocks = capsys.readouterr().out.split("\n== ")[1:]
    assert sorted(block.split(":")[0] for block in blocks) == ["left", "right"]
    assert all(block.endswith("\na\nb\n") for block in blocks)


def test_a_failing_step_stops_no_other_and_is_told() -> None:
    results = check.run([_step("bad", "print('why'); raise SystemExit(3)"), _step("good", "")], dict(os.environ))
    assert [(result.step.name, result.code, result.last) for result in results] == [("bad", 3, "why"), ("good", 0, "")]


def test_what_takes_all_cores_runs_alone_and_last() -> None:
    assert [step.name for step in check.ALL if step.alone] == ["tests", "browser", "slow-network"]
    assert [step.name for step in check.ALL][-3:] == ["tests", "browser", "slow-network"]
