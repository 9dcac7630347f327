"""The packages that the functions need, as wheels for the machine that will run them, trimmed and compiled.

They are those of the lock file, with their hashes: what the tests ran with. A folder is made once for its inputs and
kept under build/.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from infra import ROOT

Target = Literal["arm64", "x86_64", "host"]
"""An architecture of Lambda, or the machine that this runs on: to try the package out."""

_LOCK = ROOT / "requirements-dev.lock"
# A package of the lock file, with its hashes, and who wants it.
_LOCKED = re.compile(r"^(?P<name>[a-z0-9.-]+)==.*(?:\n    --hash=.*)+\n(?P<via>(?:    #.*\n)+)", re.MULTILINE)
# What core/aws.py and core/tables.py make clients for; sts is what botocore may ask for credentials.
SERVICES = frozenset({"dynamodb", "kms", "s3", "ses", "sqs", "sts"})
_FOLDER = ROOT / "build" / "dependencies"
_BYTECODE = ROOT / "infra" / "bytecode.py"
_MACHINES = {"arm64": "aarch64", "x86_64": "x86_64"}
# Lambda's Python 3.11 and older run on Amazon Linux 2, later ones on Amazon Linux 2023.
GLIBC_MINOR = 26 if sys.version_info < (3, 12) else 34
_OLDEST_GLIBC_MINOR = 17
# Not needed to run: metadata, type stubs, command lines; and what cffi needs only to build modules, while argon2's is
# built.
_DROPPED = (
    "*.dist-info",
    "bin",
    "cffi",
    "pycparser",
    # fpdf2 reads pictures by it, of which our files have none, and goes on without.
    "PIL",
    "pillow.libs",
    "**/tests",
    "**/__pycache__",
    "**/*.pyi",
    "**/*.h",
    "**/*.c",
    "**/py.typed",
)
_KEPT_DATA = frozenset({"_retry.json", "endpoints.json", "partitions.json", "sdk-default-configuration.json"})


class BuildError(Exception):
    """The package can't be made; the text says what failed, with the end of its output."""


def prepare(target: Target) -> Path:
    """The folder of dependencies for a target, made if it isn't there. Raises BuildError."""
    made = _FOLDER / f"{target}-{_digest(target)}"
    with alone(_FOLDER / f"{target}.lock"):
        if not made.exists():
            for older in _FOLDER.glob(f"{target}-*"):
                shutil.rmtree(older)
            fresh = _FOLDER / f"new-{target}"
            shutil.rmtree(fresh, ignore_errors=True)
            _install(target, fresh)
            trim(fresh)
            compile_all(fresh)
            fresh.rename(made)
    return made


@contextlib.contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other process is in such a block with the same file: two test processes may want a package."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _digest(target: Target) -> str:
    here = Path(__file__).parent
    parts = [locked(_LOCK.read_text()).encode(), sys.version.encode(), target.encode()]
    parts += [(here / name).read_bytes() for name in ("dependencies.py", "bytecode.py")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def locked(lock: str) -> str:
    """The part of a lock file that requirements.txt asks for, and what that needs in turn."""
    packages = {found["name"]: found for found in _LOCKED.finditer(lock)}
    wanted: set[str] = set()
    more = {"requirements.txt"}
    while more:
        wanted |= more
        more = {name for name, found in packages.items() if wanted & set(re.findall(r"[\w.-]+", found["via"]))} - wanted
    return "".join(found[0] for name, found in packages.items() if name in wanted)


def _install(target: Target, folder: Path) -> None:
    wanted = folder.with_suffix(".txt")
    wanted.write_text(locked(_LOCK.read_text()))
    options = ["--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps", "--require-hashes"]
    options += ["--only-binary=:all:", f"--target={folder}", f"--requirement={wanted}"]
    if target != "host":
        machine = _MACHINES[target]
        # pip takes a platform literally, so each that Lambda's glibc can load is named, the newest first.
        minors = range(GLIBC_MINOR, _OLDEST_GLIBC_MINOR - 1, -1)
        platforms = [f"manylinux_2_{minor}_{machine}" for minor in minors] + [f"manylinux2014_{machine}"]
        options += [f"--platform={platform}" for platform in platforms]
        options += ["--implementation=cp", f"--python-version={sys.version_info.major}.{sys.version_info.minor}"]
    run([sys.executable, "-m", "pip", "install", *options], dict(os.environ))


def trim(folder: Path) -> None:
    """Remove what no function reads."""
    for pattern in _DROPPED:
        _remove(folder.glob(pattern))
    data = folder / "botocore" / "data"
    _remove(path for path in data.iterdir() if path.is_file() and path.name not in _KEPT_DATA)
    _remove(path for path in data.iterdir() if path.is_dir() and path.name not in SERVICES)
    for service in SERVICES:
        # Clients use the newest version of an API.
        _remove(sorted((data / service).iterdir())[:-1])
        _remove((data / service).glob("*/examples-1.json"))


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()


def compile_all(folder: Path) -> None:
    """Compile every module below the folder, the same bytes each time. Raises BuildError."""
    run([sys.executable, "-P", str(_BYTECODE), str(folder)], {"PYTHONHASHSEED": "0"})


def run(command: list[str], environment: dict[str, str], folder: Path = ROOT) -> None:
    """Run a command quietly. Raises BuildError with the end of what it said."""
    done = subprocess.run(  # noqa: S603 - our own words
        command,
        cwd=folder,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        raise BuildError(f"{' '.join(command[:4])} … failed:\n{done.stdout[-2000:]}")
