"""Known vulnerabilities of what is installed: `make audit`, that is `python -m local.audit`.

Asks OSV about the Python packages of the lock file and the npm registry about the npm packages of both lock files. What
no source answered for was not looked at, and is said so: 0 all looked at and clean, 1 something was found, 3 nothing
was found as far as sources answered, and one did not.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from local import setup
from local.steps import ROOT

FOUND = 1
NO_ANSWER = 3
OSV = "https://api.osv.dev/v1/query"
_LOCK = ROOT / "requirements-dev.lock"
_SECONDS = 600
_SHOWN = 200


class NoAnswer(Exception):
    """A source could not be asked; the text is one line of why."""


class Source(NamedTuple):
    """Packages, and where one asks about them; gives a line for each vulnerability. `ask` raises NoAnswer."""

    packages: str
    address: str
    ask: Callable[[], list[str]]


def sources(osv: str = OSV, registry: str = "") -> tuple[Source, ...]:
    """Where is asked; `registry` is npm's, when it isn't the one that npm is set to."""
    at = registry or "the npm registry"
    return (
        Source(_LOCK.name, osv, lambda: python(osv)),
        Source("frontend/package-lock.json", at, lambda: npm(setup.FRONTEND, registry)),
        Source("local/package-lock.json", at, lambda: npm(setup.ENGINE, registry)),
    )


def python(osv: str) -> list[str]:
    """The vulnerabilities of the Python packages, as pip-audit finds them. Raises NoAnswer."""
    lock = ["-r", str(_LOCK), "--require-hashes", "--disable-pip", "--no-deps"]
    command = [sys.executable, "-m", "pip_audit", *lock, "-s", "osv", "--osv-url", osv]
    answer = _json([*command, "--format", "json", "--progress-spinner", "off", "--timeout", "20"], ROOT)
    return [
        f"{package['name']} {package['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none'}"
        for package in answer["dependencies"]
        for fault in package.get("vulns", [])
    ]


def npm(folder: Path, registry: str = "") -> list[str]:
    """The vulnerabilities of a folder's npm packages. Raises NoAnswer."""
    chosen = [f"--registry={registry}"] if registry else []
    answer = _json(["npm", "audit", "--json", "--fetch-retries=0", *chosen], folder)
    if "vulnerabilities" not in answer:
        raise NoAnswer(_line(str(answer.get("message") or answer.get("error") or answer)))
    return [f"{name}: {found['severity']}, {_titles(found)}" for name, found in answer["vulnerabilities"].items()]


def _titles(found: Mapping[str, Any]) -> str:
    return "; ".join(via if isinstance(via, str) else f"{via['title']} ({via['url']})" for via in found["via"])


def _json(command: Sequence[str], folder: Path) -> dict[str, Any]:
    """What a program answers; whatever is no answer is none of the source either."""
    try:
        done = subprocess.run(
            command, cwd=folder, env=setup.node_environment(), capture_output=True, text=True, check=False,
            stdin=subprocess.DEVNULL, timeout=_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswer(_line(str(error))) from None
    try:
        answer = json.loads(done.stdout)
    except json.JSONDecodeError:
        raise NoAnswer(_line(done.stderr)) from None
    if not isinstance(answer, dict):
        raise NoAnswer(_line(done.stdout))
    return answer


def _line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:_SHOWN] if lines else "it said nothing"


def main(asked: Sequence[Source]) -> int:
    """Ask every source and tell what came of it; see above."""
    found = silent = 0
    for source in asked:
        try:
            lines = source.ask()
        except NoAnswer as why:
            silent += 1
            print(f"NOT LOOKED AT: {source.packages}. No answer from {source.address}: {why}")
            continue
        found += len(lines)
        print(f"{source.packages}: {len(lines) or 'no'} known vulnerabilities")
        for line in lines:
            print(f"  {line}")
    if silent:
        print(f"\n{silent} of {len(asked)} were not looked at: this audit says nothing about them.")
    if found:
        return FOUND
    return NO_ANSWER if silent else 0


if __name__ == "__main__":
    sys.exit(main(sources()))
