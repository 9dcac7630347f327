"""What was measured: lines of a table, and whether each is within its limit."""

import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from infra import ROOT

FOLDER = ROOT / "build" / "bench"
"""Results and seeds; git ignores it."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One measured number. `limit` is the most it may be; without one it is only told."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def good(self) -> bool:
        """Whether it is within its limit."""
        return self.limit is None or self.value <= self.limit


class Section(msgspec.Struct, frozen=True):
    """The lines of one measurement, and what else is to be known about it."""

    name: str
    lines: list[Line]
    seconds: float = 0.0

    @property
    def good(self) -> bool:
        """Whether every line is within its limit."""
        return all(line.good for line in self.lines)


def table(sections: Iterable[Section]) -> str:
    """All sections as one table of text."""
    rows: list[Sequence[str]] = [("", "measured", "at most", "", "")]
    for section in sections:
        rows.append((f"{section.name} ({section.seconds:.0f} s)", "", "", "", ""))
        rows += [
            (
                f"  {line.what}",
                f"{_number(line.value)} {line.unit}",
                "" if line.limit is None else f"{_number(line.limit)} {line.unit}",
                "" if line.limit is None else "ok" if line.good else "OVER",
                line.note,
            )
            for line in section.lines
        ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]:<4}  {row[4]}".rstrip()
        for row in rows
    )


def write(sections: Sequence[Section], made: Path = FOLDER / "results.json") -> Path:
    """Keep the results as JSON; where."""
    document: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "good": all(section.good for section in sections),
        "sections": msgspec.to_builtins(sections),
    }
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_bytes(msgspec.json.format(msgspec.json.encode(document)) + b"\n")
    return made


def _number(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.2f}"
