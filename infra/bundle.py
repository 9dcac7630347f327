"""The zip that Lambda unpacks: the app, Chalice's runtime, the dependencies, all compiled. Same input, same bytes."""

import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from infra.dependencies import compile_all

# The oldest that zip knows; times of files must not make zips differ.
_WHEN = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


def write(made: Path, app: Path, dependencies: Path) -> None:
    """Write the zip `made` from Chalice's zip of the app alone and the folder of dependencies. Raises BuildError."""
    with tempfile.TemporaryDirectory() as temporary:
        unpacked = Path(temporary)
        with zipfile.ZipFile(app) as archive:
            archive.extractall(unpacked)
        compile_all(unpacked)
        files = sorted([*_files(unpacked), *_files(dependencies)])
        unfinished = made.with_suffix(".new")
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
            for name, path in files:
                entry = zipfile.ZipInfo(name, _WHEN)
                entry.external_attr = _REGULAR_FILE
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes(), compresslevel=9)
        unfinished.rename(made)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path
