"""The lock file pins what is asked for, so that every machine installs the same (S-OPS-08)."""

import re

from local.steps import ROOT

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def _pins(name: str) -> set[tuple[str, str]]:
    found = _PIN.findall((ROOT / name).read_text())
    return {(package.lower().replace("_", "-"), version) for package, version in found}


def test_the_lock_holds_every_pin() -> None:
    """`make lock` after a change of requirements."""
    assert _pins("requirements.txt") | _pins("requirements-dev.txt") <= _pins("requirements-dev.lock")


def test_everything_asked_for_is_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        asked = [line for line in lines if line and not line.startswith(("#", "-r"))]
        assert len(asked) == len(_pins(name))


def test_every_locked_package_has_a_hash() -> None:
    text = (ROOT / "requirements-dev.lock").read_text()
    assert len(re.findall(r"==\S+.*\\\n\s+--hash=sha256:", text)) == len(_pins("requirements-dev.lock"))
