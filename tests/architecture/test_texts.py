"""Texts: the same in each language, one for every code that can be answered, and none that nothing uses (PLT-8)."""

import ast
import json
import string
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest

from chalicelib.accounts.domain import Membership, Status, refusal_code
from chalicelib.core import texts
from chalicelib.core.access import _WANTED
from chalicelib.core.errors import Refusal
from chalicelib.enrollment.domain import nominations
from chalicelib.enrollment.domain.nominations import NominationState
from chalicelib.messages.domain import conversations
from chalicelib.notifications import dates, forms
from chalicelib.notifications.actions import security
from chalicelib.recovery.domain.cases import State
from chalicelib.retention.domain import holds
from infra import ROOT
from tests.architecture.source import Source, house

Catalogue = Mapping[str, str]

_ERRORS = "chalicelib.core.errors"


def _of_statuses() -> set[str]:
    member = Membership(id="mem_0000000000", organization_id="o", user_id="u", name="n", email="e")
    return {refusal_code([])} | {
        refusal_code([Membership(**{**_fields(member), "status": status})]) for status in get_args(Status)
    }


def _fields(member: Membership) -> dict[str, object]:
    return {name: getattr(member, name) for name in member.__struct_fields__}


# Codes that a function of ours works out: where they are raised, and which they can be.
_STATUS_CODES = {f"status_{status}" for status in get_args(Status)}
_WORKED_OUT = {
    ("chalicelib.notifications.actions.security", "template"): {
        *security.TEMPLATES.values(),
        "email_change_requested",
        "email_changed",
        "sign_in_blocked_administrators",
    },
    ("chalicelib.notifications.actions.administrators", "told.template"): {
        "access_requested",
        "address_stopped",
        "administrators_changed",
        "directory_requested",
        "member_registered",
        "reset_case_opened",
        "sharing_raised",
    },
    ("chalicelib.notifications.actions.administrators", "_to_plan(event, now)"): {
        "administrators_changed_plan",
        "directory_requested_plan",
    },
    ("chalicelib.notifications.actions.nominations", "template"): {
        "nomination_requested_plan",
        "nomination_signed_plan",
    },
    ("chalicelib.notifications.actions.nominations", "told.to_executive"): {
        "nomination_approved",
        "nomination_form",
        "nomination_reminder",
        "nomination_returned",
        "nomination_signed",
    },
    ("chalicelib.notifications.actions.onboarding", "template"): {
        "onboarding_backup",
        "onboarding_users",
        "organization_closed",
    },
    ("chalicelib.notifications.actions.deadlines", "template"): {
        "inactivity_lapsed",
        "inactivity_warned",
        "password_expiring",
        "staff_lapsed",
    },
    ("chalicelib.notifications.actions.reviews", "told.to_administrators"): {
        "review_called",
        "review_overdue",
        "review_reminded",
    },
    ("chalicelib.notifications.actions.reviews", "told.to_plan"): {"review_overdue_plan", "without_administrator"},
    # Of a Telling that somebody made.
    ("chalicelib.notifications.actions.bundling", "telling.template"): set(),
    ("chalicelib.notifications.actions.sending", "telling.template"): set(),
    ("chalicelib.recovery.domain.cases", "f'case_{case.state}'"): {f"case_{state}" for state in get_args(State)},
    ("chalicelib.recovery.actions.cases", "f'status_{membership.status}'"): _STATUS_CODES,
    ("chalicelib.recovery.actions.cases", "f'status_{place.status}'"): _STATUS_CODES,
    (
        "chalicelib.credentials.entering",
        "staff_clocks.refusal_code(visitor.around.staff) or accounts.refusal_code(visitor.around.memberships)",
    ): _of_statuses() | {"staff_inactive", "staff_suspended"},
    ("chalicelib.core.access", "_WANTED[actor.stage]"): set(_WANTED.values()),
    ("chalicelib.accounts.domain.statuses", "f'status_{membership.status}'"): _STATUS_CODES,
    ("chalicelib.accounts.domain.roster", "f'status_{successor.status}'"): _STATUS_CODES,
    ("chalicelib.access_reviews.actions.deciding", "f'status_{before.status}'"): _STATUS_CODES,
    ("chalicelib.access_reviews.actions.two", "f'status_{membership.status}'"): _STATUS_CODES,
    ("chalicelib.accounts.actions.members", "f'status_{before.status}'"): _STATUS_CODES,
    ("chalicelib.enrollment.actions.approving", "f'status_{before.status}'"): _STATUS_CODES,
    ("chalicelib.enrollment.domain.seats", "f'seat_{stands}'"): {"seat_promised", "seat_taken"},
    ("chalicelib.enrollment.domain.seats", "f'status_{backup.status}'"): _STATUS_CODES,
    ("chalicelib.enrollment.domain.nominations", "f'nomination_{nomination.state}'"): {
        f"nomination_{state}" for state in get_args(NominationState) if state != "signed"
    },
    ("chalicelib.accounts.actions.staff", "f'status_{before.status}'"): _STATUS_CODES,
    ("chalicelib.messages.domain.conversations", "f'conversation_{before.state}'"): {
        f"conversation_{state}" for state in get_args(conversations.State)
    },
    ("chalicelib.plan.domain", "f'status_{member.status}'"): _STATUS_CODES,
    ("chalicelib.retention.domain.holds", "f'hold_{hold.state}'"): {f"hold_{state}" for state in get_args(holds.State)},
    ("chalicelib.credentials.switching", "accounts.refusal_code([wanted])"): _of_statuses(),
}


def codes(source: Source, kind: str) -> Iterator[tuple[ast.Call, set[str]]]:
    """Every code that is raised (`kind` problem), named for a field, or chosen as template of a mail."""
    for scope in source.functions():
        for call in ast.walk(scope):
            if isinstance(call, ast.Call) and (given := _given(source, call, kind)) is not None:
                yield call, _possible(source, given, scope)


def _given(source: Source, call: ast.Call, kind: str) -> ast.expr | None:
    """The argument of a call that is a code of that kind."""
    name = source.meaning(call.func)
    place = None
    if kind == "problem" and name in _refusals():
        place = 0
    elif kind == "field" and name == f"{_ERRORS}.FieldError":
        place = 1
    elif kind == "mail" and name == "chalicelib.notifications.mail.send":
        place = 2
    elif kind == "mail" and name == "chalicelib.notifications.actions.sending.Telling":
        return next(keyword.value for keyword in call.keywords if keyword.arg == "template")
    return call.args[place] if place is not None and len(call.args) > place else None


def _refusals() -> dict[str, str]:
    """Every kind of refusal by its full name, with the code it has unless told otherwise."""
    found: dict[str, str] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        found[f"{kind.__module__}.{kind.__name__}"] = kind.code
        waiting += (inner for inner in kind.__subclasses__() if inner.__module__.startswith("chalicelib."))
    return found


def _possible(source: Source, node: ast.expr, scope: ast.FunctionDef) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.IfExp):
        return _possible(source, node.body, scope) | _possible(source, node.orelse, scope)
    if isinstance(node, ast.Name):
        assigned = [
            inner.value
            for inner in ast.walk(scope)
            if isinstance(inner, ast.Assign)
            for target in _targets(inner)
            if target == node.id and not isinstance(inner.value, ast.Tuple)
        ]
        paired = [
            value for inner in ast.walk(scope) if isinstance(inner, ast.Assign) for value in _paired(inner, node.id)
        ]
        if assigned or paired:
            return set().union(*(_possible(source, value, scope) for value in [*assigned, *paired]))
    worked_out = _WORKED_OUT.get((source.name, ast.unparse(node)))
    assert worked_out is not None, source.at(node, f"the code {ast.unparse(node)} can't be read here")
    return worked_out


def _targets(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def _paired(node: ast.Assign, name: str) -> list[ast.expr]:
    """The value for `name` in `a, b = x, y`."""
    (target,) = node.targets
    if not (isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)):
        return []
    pairs = zip(target.elts, node.value.elts, strict=True)
    return [value for part, value in pairs if isinstance(part, ast.Name) and part.id == name]


def used(sources: Iterable[Source]) -> set[str]:
    """The key of every text that the house can show."""
    sources = list(sources)
    problems = set(_refusals().values()).union(*(found for source in sources for _, found in codes(source, "problem")))
    keys = {f"problem.{code}{part}" for code in problems for part in ("", ".title")}
    keys |= {f"field.{code}" for source in sources for _, found in codes(source, "field") for code in found}
    mails = {template for source in sources for _, found in codes(source, "mail") for template in found}
    keys.add(f"consent.nomination.{nominations.CONSENT_VERSION}")
    keys |= {dates.DAY, dates.MOMENT, dates.MONTHS}
    return keys | set(forms._WORDS.values()) | {f"mail.{made}.{part}" for made in mails for part in ("subject", "text")}


def places(text: str) -> set[str]:
    """Names of the places in a text."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def differences(one: Catalogue, other: Catalogue) -> list[str]:
    """Keys that only one language has, and texts whose places differ."""
    found = sorted(one.keys() ^ other.keys())
    return found + [key for key in one.keys() & other.keys() if places(one[key]) != places(other[key])]


def unfilled(source: Source, catalogue: Catalogue) -> list[str]:
    """Field errors whose text wants a limit that isn't given."""
    return [
        source.at(call, code)
        for call, found in codes(source, "field")
        for code in found
        if "limit" in places(catalogue.get(f"field.{code}", "")) and len(call.args) + len(call.keywords) < 3
    ]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_language_has_the_same_texts_with_the_same_places(language: texts.Language) -> None:
    assert differences(texts.catalogue("en"), texts.catalogue(language)) == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_text_is_used_and_every_code_has_one(language: texts.Language) -> None:
    assert used(house()) ^ texts.catalogue(language).keys() == set()


def test_every_limit_is_filled_in() -> None:
    assert [offence for source in house() for offence in unfilled(source, texts.catalogue("en"))] == []


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_no_text_is_empty_or_shouts(language: texts.Language) -> None:
    assert [key for key, text in texts.catalogue(language).items() if not text.strip() or "!" in text] == []


_IMPORTS = f"from {_ERRORS} import Conflict, FieldError\nfrom chalicelib.notifications import mail\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("def f():\n    raise Conflict('new_code')", "problem.new_code"),
        ("def f(x):\n    raise Conflict('busy' if x else 'other_code')", "problem.other_code.title"),
        ("def f():\n    return FieldError('/a', 'new_field')", "field.new_field"),
        ("def f(x):\n    code = 'a' if x == 'b' else 'c'\n    return FieldError('/a', code)", "field.c"),
        ("def f(x):\n    code, limit = 'paired', 1\n    return FieldError('/a', code, limit)", "field.paired"),
        ("def f(x):\n    mail.send(a, b, 'new_mail')", "mail.new_mail.subject"),
    ],
)
def test_a_planted_code_is_found(text: str, key: str) -> None:
    assert key in used([Source("chalicelib.plan.actions", _IMPORTS + text)]) - texts.catalogue("en").keys()


def test_a_code_that_cannot_be_read_is_found() -> None:
    with pytest.raises(AssertionError, match="can't be read"):
        used([Source("chalicelib.plan.actions", _IMPORTS + "def f(code):\n    raise Conflict(code)")])


def test_planted_differences_are_found() -> None:
    assert differences({"a": "x", "b": "{n}"}, {"b": "{m}", "c": "y"}) == ["a", "c", "b"]
    wants_limit = Source("chalicelib.plan.actions", _IMPORTS + "def f():\n    return FieldError('/a', 'too_long')")
    assert unfilled(wants_limit, texts.catalogue("en"))


@pytest.mark.parametrize(
    "catalogue",
    [*(ROOT / "chalicelib" / "texts").glob("*.json"), *(ROOT / "frontend" / "src" / "texts").glob("*.json")],
    ids=lambda path: f"{path.parent.parent.name}-{path.name}",
)
def test_no_text_stands_twice_in_a_catalogue(catalogue: Path) -> None:
    """The second would hide the first, unseen."""
    keys: list[str] = []

    def seen(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys.extend(name for name, _ in pairs)
        return dict(pairs)

    json.loads(catalogue.read_text("utf-8"), object_pairs_hook=seen)
    assert sorted(keys) == sorted(set(keys))
