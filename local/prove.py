"""The long form of the tests: `make prove`, that is `python -m local.prove [--fresh]`.

The same tests with more repeats, more examples and larger sizes (tests/scale.py), part after part, for `PROVE_MINUTES`
(60). Parts that passed are remembered in build/prove.json as long as no source changes; the next run goes on behind
them, `--fresh` starts over.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple
from xml.etree import ElementTree

import msgspec

from local.steps import ROOT, digest

STATE = ROOT / "build" / "prove.json"
MINUTES_VARIABLE = "PROVE_MINUTES"
UNFINISHED = 3
_MINUTES = 60.0
_SOURCES = ("chalicelib", "local", "tests", "app.py", "requirements-dev.lock")
_STOP_SECONDS = 30
_ASKED = 3
_LONG = {"PORTICO_TEST_SCALE": "long"}
_TIMEOUT = "--timeout=7200"

Result = Literal["passed", "FAILED", "cut off"]


class Part(NamedTuple):
    """Some tests, run together; `arguments` are pytest's."""

    name: str
    arguments: tuple[str, ...]


class Done(msgspec.Struct, frozen=True):
    """How a part went."""

    result: Result
    seconds: float
    cases: int


class State(msgspec.Struct):
    """What is remembered: the sources that were proved, and how far."""

    sources: str = ""
    done: dict[str, Done] = {}


def _rounds(name: str, number: int, *arguments: str) -> tuple[Part, ...]:
    """The same tests again and again, as races and chance differ each time; each round has a seed of its own."""
    return tuple(Part(f"{name} {n}", (*arguments, f"--hypothesis-seed={n}")) for n in range(1, number + 1))


_PEOPLE = ("None", "Gina", "Lou", "Ada", "Boris")
_RULES = ("accounts", "attachments", "core", "credentials", "messages", "notifications", "organizations", "plan")

PARTS: tuple[Part, ...] = (
    *_rounds("rules", 3, *(f"tests/{room}" for room in _RULES)),
    Part("access levels", ("tests/access/test_levels.py",)),
    Part("storage", ("tests/conformance",)),
    Part("sizes", ("tests/engine/test_sizes.py",)),
    *_rounds("races of changes", 3, "tests/engine/test_change_concurrency.py"),
    *_rounds("races of messages", 5, "tests/engine/test_messages_concurrency.py"),
    *_rounds("badges", 3, "tests/engine/test_messages_unread.py"),
    *_rounds("tenancy", 3, "tests/engine/test_messages_tenancy.py"),
    *(Part(f"requests of {who}", ("tests/contract", "-k", f"no_request_makes and {who}")) for who in _PEOPLE),
)


class Proof:
    """One run through the parts, until `minutes` are over."""

    def __init__(self, parts: Sequence[Part], state_file: Path, minutes: float) -> None:
        self._parts = parts
        self._file = state_file
        self._end = time.monotonic() + minutes * 60
        self._sources = digest(_files())
        self.state = _load(state_file)

    def go(self, *, fresh: bool = False) -> int:
        """Run what is left. 0 when every part passed, 1 when one failed, 3 when the time was over before."""
        if fresh or self.state.sources != self._sources:
            if self.state.done and not fresh:
                print("The sources changed: everything is proved anew.")
            self.state = State(sources=self._sources)
        for part in self._parts:
            known = self.state.done.get(part.name)
            if known is not None and known.result == "passed":
                print(f"== {part.name}: passed before")
            elif time.monotonic() < self._end:
                self._note(part, self._run(part))
        return self._summary()

    def _run(self, part: Part) -> Done:
        print(f"\n== {part.name}: pytest {' '.join(part.arguments)}", flush=True)
        report = self._file.with_suffix(".xml")
        report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", "-q", _TIMEOUT, f"--junitxml={report}", *part.arguments]
        started = time.monotonic()
        # What a shell starts in the background ignores Ctrl-C, and so would the child, which must hear it.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        # Its own group, so that it can be told to end without this process.
        with subprocess.Popen(command, cwd=ROOT, env=os.environ | _LONG, start_new_session=True) as child:
            signal.signal(signal.SIGINT, before)
            result = _await(child, self._end)
        return Done(result, round(time.monotonic() - started, 1), _cases(report))

    def _note(self, part: Part, done: Done) -> None:
        self.state.done[part.name] = done
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_bytes(msgspec.json.format(msgspec.json.encode(self.state)))

    def _summary(self) -> int:
        print(f"\n{'part':<24} {'seconds':>9} {'cases':>7}  result")
        results: list[str] = []
        for part in self._parts:
            done = self.state.done.get(part.name)
            results.append(done.result if done else "not begun")
            seconds, cases = (f"{done.seconds:.1f}", str(done.cases)) if done else ("", "")
            print(f"{part.name:<24} {seconds:>9} {cases:>7}  {results[-1]}")
        if "FAILED" in results:
            print("\nNot proved.")
            return 1
        if set(results) == {"passed"}:
            print("\nAll proved.")
            return 0
        print(f"\nThe time was over ({MINUTES_VARIABLE}); run it again to go on.")
        return UNFINISHED


def _await(child: subprocess.Popen[bytes], end: float) -> Result:
    try:
        code = child.wait(max(0.0, end - time.monotonic()))
    except (subprocess.TimeoutExpired, KeyboardInterrupt) as why:
        _end(child)
        if isinstance(why, KeyboardInterrupt):
            raise
        return "cut off"
    return "passed" if code == 0 else "FAILED"


def _end(child: subprocess.Popen[bytes]) -> None:
    """Pytest ends what its tests started, when asked kindly; while it is starting, it may not hear that."""
    for _ in range(_ASKED):
        os.killpg(child.pid, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(_STOP_SECONDS / _ASKED)
            return
    os.killpg(child.pid, signal.SIGKILL)


def _cases(report: Path) -> int:
    """How many tests the report tells of; none when pytest never came to write it."""
    if not report.exists():
        return 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314 - pytest's own
    return sum(int(suite.get("tests", "0")) for suite in suites)


def _files() -> list[Path]:
    found: list[Path] = []
    for name in _SOURCES:
        top = ROOT / name
        found += sorted(top.rglob("*.py")) if top.is_dir() else [top]
    return [file for file in found if "node_modules" not in file.parts]


def _load(file: Path) -> State:
    try:
        return msgspec.json.decode(file.read_bytes(), type=State)
    except (OSError, msgspec.DecodeError):
        return State()


def minutes(environment: Mapping[str, str]) -> float:
    """How long to go on. Raises ValueError."""
    given = float(environment.get(MINUTES_VARIABLE) or _MINUTES)
    if not 0 < given < float("inf"):
        raise ValueError(given)
    return given


def main(arguments: Sequence[str]) -> int:
    """See `Proof.go`; 2 when `PROVE_MINUTES` is no number of minutes."""
    parser = argparse.ArgumentParser(prog="python -m local.prove", description="The long form of the tests.")
    parser.add_argument("--fresh", action="store_true", help="start over")
    options = parser.parse_args(arguments)
    try:
        given = minutes(os.environ)
    except ValueError:
        print(f"{MINUTES_VARIABLE} is a number of minutes above 0.", file=sys.stderr)
        return 2
    return Proof(PARTS, STATE, given).go(fresh=options.fresh)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
