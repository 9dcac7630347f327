"""What each kind of file may import: the table of docs/architecture.md, as the code follows it."""

import sys
from collections.abc import Iterable
from fnmatch import fnmatchcase

import pytest

from tests.architecture.source import Source, house

# `{own}` is the file's feature. Which features come before which is import-linter's business (test_imports.py).
_EVERYBODY = ("msgspec",)
_ROLES: dict[str, tuple[str, ...]] = {
    # Actors and languages are words of the rules, though they live in `core`.
    "domain": (
        "chalicelib.core.errors",
        "chalicelib.core.access",
        "chalicelib.core.texts",
        "chalicelib.*.domain",
        "chalicelib.*.domain.*",
    ),
    "store": (
        "pynamodb",
        "pynamodb.*",
        "chalicelib.core.*",
        "chalicelib.{own}.domain",
        "chalicelib.{own}.domain.*",
        "chalicelib.{own}.store",
        "chalicelib.{own}.store.*",
    ),
    "actions": (
        "chalicelib.core.*",
        "chalicelib.{own}.*",
        "chalicelib.*.domain",
        "chalicelib.*.domain.*",
        "chalicelib.*.store",
        "chalicelib.*.store.*",
        "chalicelib.*.actions",
        "chalicelib.*.actions.*",
        "chalicelib.*.actors",
        # As what a membership or a place at the plan counts now: whatever is decided by one asks there.
        "chalicelib.accounts.counting",
        # Whoever decides about a practice for the plan is not of it.
        "chalicelib.accounts.foreign",
        "chalicelib.accounts.plan_places",
    ),
    "routes": ("chalicelib.core.*", "chalicelib.{own}.*"),
    "handlers": ("chalice.app", "chalicelib.core.*", "chalicelib.{own}.*"),
    "jobs": ("chalice.app", "chalicelib.core.*", "chalicelib.{own}.*"),
}
# Parts of a feature with names of their own: like actions, and a few know a library that nobody else does.
_PARTS = _ROLES["actions"]
_LIBRARIES = {
    "chalicelib.credentials.hashing": ("argon2", "argon2.*"),
    "chalicelib.credentials.factors": ("pyotp",),
    "chalicelib.credentials.passwords": ("zxcvbn.frequency_lists",),
    "chalicelib.attachments.buckets": ("botocore.exceptions",),
    "chalicelib.notifications.mail": ("botocore.exceptions",),
    "chalicelib.core.pdf": ("fontTools.ttLib", "fpdf", "fpdf.*"),
    "chalicelib.retention.pdf": ("pypdf",),
}
# Routes that show another feature's facts read them from its store, and a few parts serve more than their own feature.
# New ones are added here by decision.
_BESIDES = {
    "chalicelib.attention.sources": ("*.tasks",),
    "chalicelib.access_reviews.actions.exports": ("accounts.work_actors",),
    "chalicelib.access_reviews.routes.two": ("accounts.domain",),
    "chalicelib.access_reviews.routes.evidence": ("organizations.store",),
    "chalicelib.access_reviews.routes.plan": ("organizations.store",),
    "chalicelib.access_reviews.routes.reviews": ("accounts.actions.newcomers", "accounts.domain"),
    "chalicelib.accounts.routes.members": ("organizations.store",),
    "chalicelib.accounts.routes.views": ("organizations.store",),
    "chalicelib.accounts.routes.access": ("plan.domain.phases",),
    "chalicelib.accounts.routes.staff": ("plan.store", "plan.domain"),
    "chalicelib.credentials.routes.session": ("accounts.domain", "accounts.store", "organizations.store", "plan.store"),
    "chalicelib.enrollment.actions.directory": ("credentials.throttles",),
    "chalicelib.enrollment.actions.imports": ("accounts.work_actors",),
    "chalicelib.enrollment.actions.waves": ("accounts.foreign",),
    "chalicelib.enrollment.routes.directory": ("organizations.store",),
    "chalicelib.enrollment.routes.organizations": ("organizations.store",),
    "chalicelib.enrollment.routes.phases": ("plan.domain.phases",),
    "chalicelib.enrollment.actions.requests": ("credentials.throttles",),
    "chalicelib.enrollment.actions.signing": ("credentials.throttles",),
    "chalicelib.enrollment.onboarding": ("accounts.general_users",),
    "chalicelib.enrollment.routes.invitations": ("accounts.domain",),
    "chalicelib.enrollment.routes.nominations": ("accounts.domain",),
    "chalicelib.enrollment.routes.seats": ("accounts.domain",),
    "chalicelib.enrollment.store.unreachable": ("accounts.domain", "accounts.domain.stopped", "organizations.domain"),
    "chalicelib.notifications.actions.deadlines": ("accounts.plan_places",),
    "chalicelib.notifications.actions.onboarding": ("enrollment.onboarding",),
    "chalicelib.notifications.store.executives": ("enrollment.store.unreachable",),
    "chalicelib.notifications.actions.staff_reviews": ("accounts.plan_places",),
    "chalicelib.recovery.actions.recoveries": (
        "credentials.factors",
        "credentials.places",
        "credentials.questions",
        "credentials.throttles",
    ),
    "chalicelib.recovery.actions.set_up": ("credentials.factors", "credentials.places", "credentials.questions"),
    "chalicelib.recovery.renewal": (
        "credentials.hashing",
        "credentials.passwords",
        "credentials.places",
        "credentials.reminders",
        "credentials.throttles",
    ),
    "chalicelib.recovery.routes.cases": ("accounts.domain", "accounts.store.reset_cases"),
    "chalicelib.recovery.routes.set_up": ("credentials.domain.questions",),
    "chalicelib.messages.actions.broadcasting": ("attachments.bindings",),
    "chalicelib.messages.actions.sending": ("attachments.bindings",),
    "chalicelib.messages.actions.reading": ("attachments.buckets",),
    "chalicelib.messages.routes.boxes": ("plan.store",),
    "chalicelib.messages.routes.desk": ("organizations.store",),
    "chalicelib.messages.routes.threads": ("organizations.store",),
    "chalicelib.retention.actions.deleting": ("attachments.bindings",),
    "chalicelib.retention.actions.exporting": ("attachments.buckets",),
    "chalicelib.retention.routes.holds": ("accounts.store", "organizations.store"),
}
# The way in from outside: only these import them.
_ENTRANCES = ("routes", "handlers", "jobs")
_DOORKEEPERS = ("app", "chalicelib.subscriptions", "chalicelib.subscriptions.*")
_DOORS_OF_CHANGE = ("chalicelib.core.change", "chalicelib.core.timers", "chalicelib.core.tables")


def foreign_imports(source: Source, modules: Iterable[str]) -> list[str]:
    """Imports that a file of its role may not have."""
    known = frozenset(modules)
    return [
        source.at(node, f"imports {target}")
        for node, name in source.imports()
        if not _allowed(source, target := _target(name, known))
    ]


def _target(name: str, known: frozenset[str]) -> str:
    """The module that is imported: `from x import y` may name a module or something in one."""
    return name if name in known or "." not in name else _parent(name, known)


def _parent(name: str, known: frozenset[str]) -> str:
    parent = name.rsplit(".", 1)[0]
    # `import x.y` of a library stands for itself.
    return parent if parent in known or not name.startswith("chalicelib") else name


def _allowed(source: Source, target: str) -> bool:
    if target.split(".", maxsplit=1)[0] in sys.stdlib_module_names or target in _EVERYBODY:
        return True
    if any(fnmatchcase(source.name, keeper) for keeper in _DOORKEEPERS) or source.feature == "core":
        return True
    if target.rsplit(".", 1)[-1] in _ENTRANCES and not source.name.startswith(f"{target}."):
        return False
    if source.role == "routes" and target in _DOORS_OF_CHANGE:
        return False
    besides = [f"chalicelib.{part}" for part in _BESIDES.get(source.name, ())]
    patterns = [*_ROLES.get(source.role, _PARTS), *_LIBRARIES.get(source.name, ()), *besides]
    return any(fnmatchcase(target, pattern.format(own=source.feature)) for pattern in patterns)


_MODULES = [source.name for source in house()]


def test_every_file_imports_what_its_role_may() -> None:
    assert [offence for source in house() for offence in foreign_imports(source, _MODULES)] == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("messages.domain", "import pynamodb"),
        ("messages.domain", "from chalicelib.messages import store"),
        ("messages.domain", "from chalicelib.core.ids import new"),
        ("messages.store", "from chalicelib.accounts.store import UserRow"),
        ("messages.store", "from chalicelib.accounts import store as accounts_store"),
        ("messages.store", "from chalice.app import Chalice"),
        ("messages.actions", "from chalicelib.messages import routes"),
        ("messages.actions", "def f():\n    from pynamodb.models import Model"),
        ("messages.actions", "from argon2 import PasswordHasher"),
        ("messages.actions", "from chalicelib.credentials.sessions import authenticate"),
        ("messages.routes", "from chalicelib.accounts import store"),
        ("messages.routes", "from chalicelib.core.change import Change"),
        ("messages.routes", "from chalicelib.core import change"),
        ("messages.handlers", "from chalicelib.accounts import actions"),
        ("messages.recipients", "import requests"),
        ("attachments.buckets", "import boto3"),
    ],
)
def test_a_planted_import_is_found(name: str, line: str) -> None:
    planted = Source(f"chalicelib.{name}", f"import json\nimport msgspec\n{line}\n")
    assert len(foreign_imports(planted, _MODULES)) == 1


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("messages.domain", "from chalicelib.attachments.domain import Attachment"),
        ("messages.store", "from pynamodb.attributes import UnicodeAttribute"),
        ("messages.store", "from chalicelib.core import cursors"),
        ("messages.actions", "from chalicelib.attachments import actions as attachments"),
        ("messages.routes.boxes", "from chalicelib.plan import store as plan_store"),
        ("notifications.handlers", "from chalice.app import SQSEvent"),
        ("credentials.hashing", "from argon2.exceptions import InvalidHashError"),
    ],
)
def test_what_the_role_may_import_is_let_through(name: str, line: str) -> None:
    assert foreign_imports(Source(f"chalicelib.{name}", line), _MODULES) == []
