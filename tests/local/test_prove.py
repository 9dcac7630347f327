"""`make prove` goes through its parts within its time, remembers what passed, and tells what did not."""

from pathlib import Path

import pytest

from local import prove
from local.prove import Part, Proof, State
from local.steps import ROOT

PASSES = "def test_long():\n    from tests import scale\n    assert scale.LONG and scale.repeats(1, 7) == 7\n"
FAILS = "def test_no():\n    assert False\n\ndef test_yes():\n    pass\n"
HANGS = "import threading\n\ndef test_wait():\n    threading.Event().wait(60)\n"


def _part(folder: Path, name: str, text: str) -> Part:
    file = folder / f"test_{name}.py"
    file.write_text(text)
    # A folder of its own, without the plugins that take seconds to come.
    plain = (f"-pno:{plugin}" for plugin in ("cacheprovider", "hypothesispytest", "playwright", "schemathesis"))
    return Part(name, (str(file), *plain, f"--rootdir={folder}", "-o", "addopts="))


def _results(state: State) -> dict[str, tuple[str, int]]:
    return {name: (done.result, done.cases) for name, done in state.done.items()}


def test_parts_that_passed_are_not_run_again(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    parts = [_part(tmp_path, "good", PASSES), _part(tmp_path, "bad", FAILS)]
    first = Proof(parts, tmp_path / "state.json", 5)
    assert first.go() == 1
    assert _results(first.state) == {"good": ("passed", 1), "bad": ("FAILED", 2)}
    _part(tmp_path, "good", FAILS)
    _part(tmp_path, "bad", PASSES)
    capfd.readouterr()
    again = Proof(parts, tmp_path / "state.json", 5)
    assert again.go() == 0
    said = capfd.readouterr().out
    assert "== good: passed before" in said
    assert said.endswith("All proved.\n")
    assert Proof(parts[:1], tmp_path / "state.json", 5).go(fresh=True) == 1, "a fresh start forgets"


def test_when_the_time_is_over_it_stops_and_says_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    parts = [_part(tmp_path, "endless", HANGS), _part(tmp_path, "good", PASSES)]
    proof = Proof(parts, tmp_path / "state.json", 2 / 60)
    assert proof.go() == prove.UNFINISHED
    assert proof.state.done["endless"].result == "cut off"
    assert "not begun" in capfd.readouterr().out


def test_what_was_proved_of_other_sources_is_forgotten(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"sources": "other", "done": {"good": {"result": "passed", "seconds": 1, "cases": 1}}}')
    proof = Proof([_part(tmp_path, "good", FAILS)], file, 5)
    assert proof.go() == 1
    assert "The sources changed" in capfd.readouterr().out


def test_every_part_is_of_tests_that_are_there() -> None:
    for part in prove.PARTS:
        for argument in part.arguments:
            assert not argument.startswith("tests/") or (ROOT / argument).exists(), part
    assert len({part.name for part in prove.PARTS}) == len(prove.PARTS)


@pytest.mark.parametrize("given", ["0", "-1", "soon", "inf", "nan"])
def test_minutes_are_a_number_above_nought(given: str) -> None:
    with pytest.raises(ValueError):
        prove.minutes({"PROVE_MINUTES": given})
    assert prove.minutes({}) == 60
    assert prove.minutes({"PROVE_MINUTES": "1.5"}) == 1.5
