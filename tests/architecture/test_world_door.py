"""The world door: time, chance, environment and AWS are reached in one place each."""

import ast
from fnmatch import fnmatchcase

import pytest

from tests.architecture.source import Source, house

# What is asked of the world, and the one module that may ask.
_ASKED_IN = {
    "time": "chalicelib.core.clock",
    "datetime.datetime.now": "chalicelib.core.clock",
    "datetime.datetime.utcnow": "chalicelib.core.clock",
    "datetime.datetime.today": "chalicelib.core.clock",
    "datetime.date.today": "chalicelib.core.clock",
    "random": "chalicelib.core.ids",
    "secrets": "chalicelib.core.ids",
    "uuid": "chalicelib.core.ids",
    "os.urandom": "chalicelib.core.ids",
    "os.environ": "chalicelib.core.config",
    "os.environb": "chalicelib.core.config",
    "os.getenv": "chalicelib.core.config",
    "boto3": "chalicelib.core.aws",
    "botocore": "chalicelib.core.aws",
    "pynamodb.connection": "chalicelib.core.tables",
    "argon2": "chalicelib.credentials.hashing",
    # Modules by the names that `app.py` lists.
    "importlib": "chalicelib.core.rooms",
}
# To catch an error of AWS one must be able to name it.
_HARMLESS = ("botocore.exceptions", "botocore.exceptions.*")
# Ways around: code from text, modules by name, other hashes for passwords (S-AUTH-04).
_NEVER = (
    "__import__",
    "eval",
    "exec",
    "hashlib.scrypt",
    "hashlib.pbkdf2_hmac",
    "hashlib.md5",
    "hashlib.sha1",
    "crypt",
    "bcrypt",
    "passlib",
)


def reaches_around_the_door(source: Source) -> list[str]:
    """Uses of time, chance, environment, AWS or argon2 outside the module that is the door to it."""
    named: list[tuple[ast.AST, str]] = list(source.imports())
    named += [(node, source.meaning(node)) for node in ast.walk(source.tree) if _counts(node)]
    found = (source.at(node, name) for node, name in named if not _may(source, name))
    return sorted(set(found))


def _counts(node: ast.AST) -> bool:
    """Plain names may be anybody's, but for the built-in ones; imported ones are found at their import."""
    return isinstance(node, ast.Attribute) or (isinstance(node, ast.Name) and node.id in _NEVER)


def _may(source: Source, name: str) -> bool:
    if any(fnmatchcase(name, harmless) for harmless in _HARMLESS):
        return True
    if any(_is_in(name, never) for never in _NEVER):
        return False
    return all(source.name == door for asked, door in _ASKED_IN.items() if _is_in(name, asked))


def _is_in(name: str, whole: str) -> bool:
    return name == whole or name.startswith(whole + ".")


def test_the_world_is_asked_in_one_place_each() -> None:
    """S-AUTH-04 for argon2, S-AZ-03 for AWS."""
    assert [offence for source in house() for offence in reaches_around_the_door(source)] == []


def test_every_door_is_used() -> None:
    """A door that moved would leave a hole behind."""
    for asked, door in {"time": "clock", "secrets": "ids", "os.environ": "config", "botocore": "aws"}.items():
        source = next(source for source in house() if source.name == f"chalicelib.core.{door}")
        moved = Source("chalicelib.core.elsewhere", source.text)
        assert any(f" {asked}" in offence for offence in reaches_around_the_door(moved))


@pytest.mark.parametrize(
    "text",
    [
        "import time",
        "from time import sleep",
        "def f():\n    import time as t\n    t.sleep(1)",
        "from datetime import UTC, datetime\nnow = datetime.now(UTC)",
        "import datetime as dt\nnow = dt.datetime.utcnow",
        "from datetime import datetime as d, date\nf = d.now",
        "from datetime import date\ntoday = date.today()",
        "import random",
        "from secrets import token_hex",
        "import uuid",
        "import os\nchance = os.urandom(8)",
        "import os\nstage = os.environ['STAGE']",
        "from os import environ",
        "from os import getenv as setting",
        "import boto3",
        "from boto3.session import Session",
        "import botocore.session",
        "from botocore.client import Config",
        "from pynamodb.connection import Connection",
        "from argon2 import PasswordHasher",
        "module = __import__('time')",
        "import importlib",
        "eval('1')",
        "import hashlib\nhashlib.pbkdf2_hmac('sha256', b'', b'', 1)",
    ],
)
@pytest.mark.parametrize("name", ["chalicelib.messages.actions", "chalicelib.core.change", "app"])
def test_a_planted_reach_is_found(name: str, text: str) -> None:
    assert reaches_around_the_door(Source(name, text))


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime, timedelta\nlater = datetime.fromisoformat('2026-01-01') + timedelta(days=1)",
        "from botocore.exceptions import ClientError",
        "from chalicelib.core import clock\nnow = clock.now()",
        "import os\nname = os.path.basename('x')",
        "import hashlib\nhashlib.sha256(b'')",
    ],
)
def test_what_is_no_reach_is_let_through(text: str) -> None:
    assert reaches_around_the_door(Source("chalicelib.messages.actions", text)) == []


def test_a_door_opens_only_its_own() -> None:
    assert reaches_around_the_door(Source("chalicelib.core.clock", "import secrets"))
    assert reaches_around_the_door(Source("chalicelib.core.ids", "import time"))
