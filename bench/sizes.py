"""What browsers load first, and what Lambda unpacks, in bytes."""

import gzip
import re
from collections.abc import Iterable
from pathlib import Path

from bench.results import FOLDER, Line
from infra import ROOT, package

DIST = ROOT / "frontend" / "dist"
SCRIPTS_LIMIT = 60.0
STYLES_LIMIT = 25.0
ZIP_LIMIT = 25.0
_LOADED = re.compile(r'(?:src|href)="/([^"]+\.(js|css))"')


class NotBuiltError(Exception):
    """The frontend has not been built: `make setup`."""


def measure() -> list[Line]:
    """Sizes of the first page's scripts and styles, of all of them, and of the zip."""
    out = FOLDER / "lambda"
    package.build("dev", out)
    first, everything = initial(DIST), sorted(DIST.rglob("*.*"))
    return [
        Line(what="initial JavaScript, gz", value=_packed(first, ".js"), unit="KB", limit=SCRIPTS_LIMIT),
        Line(what="initial CSS, gz", value=_packed(first, ".css"), unit="KB", limit=STYLES_LIMIT),
        Line(what="all JavaScript, gz", value=_packed(everything, ".js"), unit="KB"),
        Line(
            what="zip for Lambda",
            value=(out / package.ZIP).stat().st_size / 1_000_000,
            unit="MB",
            limit=ZIP_LIMIT,
        ),
    ]


def initial(dist: Path) -> list[Path]:
    """The scripts and styles that the document names. Raises NotBuiltError."""
    document = dist / "index.html"
    if not document.exists():
        raise NotBuiltError("The frontend is not built: make setup")
    return [dist / name for name, _ in _LOADED.findall(document.read_text())]


def _packed(paths: Iterable[Path], ending: str) -> float:
    """Kilobytes of the files with that ending, each packed as a server would."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths if path.suffix == ending) / 1000
