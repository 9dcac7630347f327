"""Every check and test: `python -m local.check` runs all, the fast ones first; with names, only those.

Those that are one process run two at a time, and each shows its output when it is done; pytest takes both cores.
A failing step does not stop the rest; the end names what failed.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import NamedTuple

from local import setup
from local.steps import ROOT


class Step(NamedTuple):
    """A command and what it is called; `frontend` steps run in that folder."""

    name: str
    command: tuple[str, ...]

    @property
    def frontend(self) -> bool:
        """Whether it runs in the frontend's folder."""
        return self.command[0] == "npm"

    @property
    def alone(self) -> bool:
        """Whether nothing else may run meanwhile: it uses every core, or measures time."""
        return "pytest" in self.command


class Result(NamedTuple):
    """How a step ended; of pytest, the last line it printed tells the numbers."""

    step: Step
    code: int
    seconds: float
    last: str


def _python(name: str, *command: str) -> Step:
    return Step(name, (sys.executable, "-m", *command))


def _npm(name: str, script: str) -> Step:
    return Step(f"frontend-{name}", ("npm", "run", "--silent", script))


# Two processes: each takes whole files, so that what a file starts once is started once. In the order of the folders,
# those with long tests first: by itself pytest takes files with few tests last, which are the long ones, and one
# process would end alone.
_PARALLEL = ("pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=25", "--durations-min=5")
_ENGINE_TESTS = ("tests/conformance", "tests/engine", "tests/local")
_LONG_TESTS = ("tests/contract", "tests/package")
_TIMED = "tests/browser/test_slow_network.py"
_ALL_BUT_BROWSER = (*_LONG_TESTS, "tests", "--ignore=tests/browser")

ALL = (
    _python("format", "ruff", "format", "--check", "."),
    _python("lint", "ruff", "check", "."),
    _python("types", "mypy"),
    _python("api-types", "local.api_types", "--check"),
    _npm("format", "format:check"),
    _npm("lint", "lint"),
    _npm("types", "typecheck"),
    _npm("test", "test"),
    _python("tests", *_PARALLEL, *_ALL_BUT_BROWSER),
    # Each of the two with a portal of its own. One by one: half of the tests are in one file, and none needs another.
    _python("browser", "pytest", "-n", "2", "--dist", "worksteal", "tests/browser", f"--ignore={_TIMED}"),
    # Alone, as it takes the time.
    _python("slow-network", "pytest", "-n", "0", _TIMED),
)
_OTHERS = (
    _python("unit", *_PARALLEL, *_ALL_BUT_BROWSER, *(f"--ignore={folder}" for folder in ("tests/api", *_ENGINE_TESTS))),
    _python("api", *_PARALLEL, "tests/api"),
    _python("engine", *_PARALLEL, *_ENGINE_TESTS),
    _python("rewrite", "ruff", "format", "."),
    _npm("rewrite", "format"),
    _python("rewrite-api", "local.api_types", "--write"),
)


def main(names: Sequence[str]) -> int:
    """Run the steps of these names, or all checks. 0 when all passed, 1 when one failed, 2 for an unknown name."""
    known = {step.name: step for step in (*ALL, *_OTHERS)}
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"No such step: {', '.join(unknown)}. There are: {', '.join(known)}", file=sys.stderr)
        return 2
    steps = [known[name] for name in names] or list(ALL)
    environment = setup.node_environment() | {"NO_COLOR": "1"}
    # Each of the many processes would compile all it imports, and pytest rewrite every test.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if any(step.name == "browser" for step in steps):
        chromium = setup.chromium()
        if chromium:
            environment["PORTICO_CHROMIUM"] = chromium
    results = run(steps, environment)
    print()
    for step, code, seconds, last in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'} {step.name:<16} {seconds:6.1f} s  {last}")
    failed = [step.name for step, code, _, _ in results if code]
    print(f"\nFailed: {', '.join(failed)}" if failed else "\nAll passed.")
    return 1 if failed else 0


def run(steps: Sequence[Step], environment: dict[str, str]) -> list[Result]:
    """Run them all: first those that go beside others, two at a time, then the others; the results in that order."""
    beside = [step for step in steps if not step.alone]
    done: dict[str, Result] = {}
    with ThreadPoolExecutor(2) as pool:
        for going in as_completed([pool.submit(_run, step, environment, shown=False) for step in beside]):
            result = going.result()
            done[result.step.name] = result
    return [done[step.name] for step in beside] + [_run(step, environment) for step in steps if step.alone]


def _run(step: Step, environment: dict[str, str], *, shown: bool = True) -> Result:
    """Run one step; its output is printed as it comes, or, when it is not shown, in one piece at the end."""
    lines = [f"\n== {step.name}: {' '.join(step.command[2 if not step.frontend else 0 :])}\n"]
    started = time.monotonic()
    last = ""
    if shown:
        print(lines[0], end="", flush=True)
    folder = setup.FRONTEND if step.frontend else ROOT
    with subprocess.Popen(
        step.command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, errors="replace",
    ) as child:  # fmt: skip
        assert child.stdout is not None
        for line in child.stdout:
            if shown:
                print(line, end="", flush=True)
            lines.append(line)
            last = line.strip(" =\n") or last
    if not shown:
        print("".join(lines), end="", flush=True)
    return Result(step, child.returncode, time.monotonic() - started, last[:100])


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
