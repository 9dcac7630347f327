"""What setup decides: nothing is done twice, and what is missing is one clear line."""

from pathlib import Path

import pytest

from local import check, setup, steps


def test_a_step_is_done_once_for_a_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done: list[str] = []
    for value in ("one", "one", "two", "two"):
        steps.with_stamp("step", value, f"step for {value}", lambda value=value: done.append(value), stamps=tmp_path)  # type: ignore[misc]
    assert done == ["one", "two"]
    assert capsys.readouterr().out == "step for one\nstep for two\n"


def test_a_step_that_failed_is_done_again(tmp_path: Path) -> None:
    steps.with_stamp("step", "one", "", lambda: None, stamps=tmp_path)

    def fail() -> None:
        raise steps.Fault("no network")

    with pytest.raises(steps.Fault):
        steps.with_stamp("step", "two", "", fail, stamps=tmp_path)
    done: list[str] = []
    steps.with_stamp("step", "one", "", lambda: done.append("again"), stamps=tmp_path)
    assert done == ["again"]


def test_the_hash_follows_names_and_contents() -> None:
    files = sorted((steps.ROOT / "local").glob("*.py"))
    assert steps.digest(files) == steps.digest(files)
    assert steps.digest(files) != steps.digest(files[1:])
    with pytest.raises(steps.Fault, match=r"^local/none\.py is missing$"):
        steps.digest([steps.ROOT / "local" / "none.py"])


def test_a_command_that_fails_is_tried_again_and_then_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "log"
    command = ["/bin/sh", "-c", f"echo attempt >> {log}; seq 100; exit 1"]
    with pytest.raises(steps.Fault, match="it fails"):
        steps.run(command, "it fails", tries=2)
    assert log.read_text() == "attempt\nattempt\n"
    shown = capsys.readouterr().err.splitlines()
    assert shown[0] == "1"
    assert shown[-1] == "100"
    assert len(shown) < 50


def test_a_named_chromium_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTICO_CHROMIUM", "/none/chromium")
    with pytest.raises(steps.Fault, match=r"^PORTICO_CHROMIUM: no such program: /none/chromium$"):
        setup.chromium()
    monkeypatch.setenv("PORTICO_CHROMIUM", "/bin/sh")
    assert setup.chromium() == "/bin/sh"


def test_a_chromium_on_the_path_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = tmp_path / "chromium-browser"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)
    monkeypatch.delenv("PORTICO_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert setup.chromium() == str(browser)


def test_an_unknown_check_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert check.main(["none"]) == 2
    assert capsys.readouterr().err.startswith("No such step: none.")


def test_the_gate_is_the_one_command() -> None:
    gate = steps.ROOT / ".ci" / "run"
    assert gate.stat().st_mode & 0o111
    assert gate.read_text().splitlines()[-1] == "exec make test"
