"""The steps of a setup: commands run quietly, and stamps that tell what was done already.

Like `local/setup.py` for any Python the machine has: the standard library only, in a syntax that old versions read.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "stamps"
_SHOWN_LINES = 12


class Fault(Exception):
    """Something is missing that can't be installed; the text is one line for the user."""


def with_stamp(
    name: str, value: str, line: str, action: Callable[[], None], *, force: bool = False, stamps: Path = STAMPS
) -> None:
    """Do `action` unless it was done for this `value` before (or `force`); `line` says what happens."""
    stamp = stamps / name
    if not force and stamp.exists() and stamp.read_text() == value:
        return
    say(line)
    stamp.unlink(missing_ok=True)
    action()
    stamps.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


def digest(files: Iterable[Path]) -> str:
    """One hash of the files' names and contents. Raises Fault when one is missing."""
    total = hashlib.sha256()
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            raise Fault(f"{file.relative_to(ROOT)} is missing") from None
        total.update(f"{file.relative_to(ROOT)} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def run(
    command: Sequence[str],
    fault: str,
    *,
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    tries: int = 1,
) -> None:
    """Run a command quietly. Raises Fault with `fault` and the command's last line, after `tries` failures."""
    for attempt in range(tries):
        result = subprocess.run(
            command,
            check=False,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        if result.returncode == 0:
            return
        if attempt == tries - 1:
            print(_excerpt(result.stdout), file=sys.stderr)
            raise Fault(f"{fault} (see above).")


def _excerpt(text: str) -> str:
    """The beginning and the end of a long output: one of them says what is wrong."""
    lines = text.strip().splitlines()
    return (
        text.strip()
        if len(lines) <= 2 * _SHOWN_LINES
        else "\n".join([*lines[:_SHOWN_LINES], "...", *lines[-_SHOWN_LINES:]])
    )


def say(line: str) -> None:
    """One line on what is being done."""
    print(line, flush=True)
