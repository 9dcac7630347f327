"""The request door: every route declares who may call it, and nothing of a request outlives it."""

import ast
import re
from collections.abc import Iterable
from types import ModuleType

import pytest

from app import app
from chalicelib.core.access import PUBLIC, Who, members
from chalicelib.core.http import Route, Routes
from tests.architecture.source import Source, house

# What anybody may call, signed in or not. A further one is added here by decision.
_PUBLIC = {
    ("GET", "/plan"),
    ("POST", "/session"),
    ("GET", "/openapi.json"),
    ("GET", "/health"),
    ("POST", "/registrations"),
    ("POST", "/registrations/look"),
    ("POST", "/registrations/factor"),
    ("POST", "/registrations/complete"),
    ("GET", "/security-questions"),
    ("POST", "/email-confirmations"),
    ("POST", "/notice-address-confirmations"),
    ("POST", "/password-resets"),
    ("POST", "/recovery/look"),
    ("POST", "/recovery/answers"),
    ("POST", "/recovery/factor"),
    ("POST", "/recovery/password"),
    ("POST", "/set-up/look"),
    ("POST", "/set-up/factor"),
    ("POST", "/set-up/complete"),
    ("POST", "/directory/requests"),
    ("POST", "/directory"),
    ("POST", "/nomination-requests"),
    ("POST", "/nomination-forms/sign"),
    ("POST", "/nomination-forms/look"),
}

# Memories that live as long as the process: none of them depends on who asks.
_MEMORIES = {
    "chalicelib.core.aws": {"_session", "s3", "s3_presigner", "sqs", "ses", "kms"},
    "chalicelib.core.config": {"current"},
    "chalicelib.core.tables": {"connection"},
    "chalicelib.core.texts": {"catalogue"},
    "chalicelib.credentials.hashing": {"_hasher", "_nobodys_hash"},
    "chalicelib.credentials.passwords": {"_common"},
    "chalicelib.core.pdf": {"_known"},
}
_REBOUND = {"chalicelib.core.clock": {"_source"}}
_CHANGERS = frozenset({"append", "appendleft", "add", "extend", "insert", "setdefault", "update"})
_REMOVERS = frozenset({"pop", "popitem", "popleft", "clear", "remove", "discard"})


def undeclared(routes: Iterable[Route], public: set[tuple[str, str]]) -> list[str]:
    """Routes that let in nobody, or everybody without being on the list, or whose path names nothing in the handler."""
    found = []
    for route in routes:
        name = f"{route.method} {route.path}"
        if not route.who.public and not route.who.parts:
            found.append(f"{name} lets nobody in")
        if route.who.public != ((route.method, route.path) in public):
            found.append(f"{name} is {'' if route.who.public else 'not '}public")
        if not route.summary:
            found.append(f"{name} has no summary")
        found += [f"{name}: {missing}" for missing in set(re.findall(r"{(\w+)}", route.path)) - set(route.parameters)]
    return found


def memories(source: Source) -> list[str]:
    """Whatever could keep something of one request for the next: caches, globals, containers that functions change."""
    found = [
        source.at(function, f"{function.name} remembers")
        for function in source.functions()
        if _is_cached(source, function) and function.name not in _MEMORIES.get(source.name, set())
    ]
    globals_ = {
        target.id
        for node in source.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    for function in source.functions():
        local = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and _is_stored(node)}
        for node in ast.walk(function):
            if isinstance(node, ast.Global) and not set(node.names) <= _REBOUND.get(source.name, set()):
                found.append(source.at(node, f"rebinds {node.names}"))
            if _changed(node) in globals_ - local:
                found.append(source.at(node, f"changes {_changed(node)}"))
    return found


def _is_cached(source: Source, function: ast.FunctionDef) -> bool:
    meanings = {source.meaning(d.func if isinstance(d, ast.Call) else d) for d in function.decorator_list}
    return any("cache" in meaning for meaning in meanings)


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _changed(node: ast.AST) -> str:
    """Name of the container that a statement changes."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        return _name(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGERS | _REMOVERS:
        return _name(node.func.value)
    return ""


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def test_every_route_says_who_may_call_it() -> None:
    """S-AZ-01: default deny; public is the exception and is spelled out."""
    assert undeclared(app.declared, _PUBLIC) == []
    assert {(route.method, route.path) for route in app.declared if route.who.public} == _PUBLIC


def test_every_route_of_the_app_passed_the_door() -> None:
    """S-AZ-01, S-OPS-09: what Chalice serves is what was declared."""
    served = {(method, path) for path, by_method in app.routes.items() for method in by_method}
    assert served == {(route.method, route.path) for route in app.declared}


def test_no_route_leaves_authentication_or_origins_to_api_gateway() -> None:
    """S-SESS-05, S-IO-03: no cached authorizer, no CORS."""
    entries = [entry for by_method in app.routes.values() for entry in by_method.values()]
    assert entries and not [entry for entry in entries if entry.authorizer or entry.cors or entry.api_key_required]


@pytest.mark.parametrize(
    ("path", "who"),
    [("/anything", PUBLIC), ("/nobody", Who()), ("/{thing_id}", members()), ("/plan", members())],
)
def test_a_planted_route_is_found(path: str, who: Who) -> None:
    planted = Routes("planted")

    @planted.route(path, method="GET", who=who, summary="Planted")
    def handler() -> None: ...

    assert undeclared(planted.declared, _PUBLIC)


@pytest.mark.parametrize(
    "declaration",
    [
        "method='GET', summary='s'",
        "method='GET', summary='s', who=None",
        "method='GET', summary='s', who='public'",
        "who=PUBLIC, summary='s'",
        "who=PUBLIC, method='GET'",
    ],
)
def test_an_undeclared_route_fails_at_import(declaration: str) -> None:
    """S-AZ-01."""
    text = (
        "from chalicelib.core.access import PUBLIC\n"
        "from chalicelib.core.http import Routes\n"
        "routes = Routes(__name__)\n"
        f"@routes.route('/forgotten', {declaration})\n"
        "def forgotten(): ...\n"
    )
    with pytest.raises(TypeError, match="/forgotten"):
        exec(compile(text, "forgotten/routes.py", "exec"), ModuleType("forgotten").__dict__)


def test_nothing_of_a_request_outlives_it() -> None:
    """S-SESS-04: no code path keeps an actor across invocations."""
    assert [offence for source in house() for offence in memories(source)] == []


@pytest.mark.parametrize(
    "text",
    [
        "import functools\n@functools.cache\ndef actor(token): ...",
        "from functools import lru_cache\n@lru_cache(maxsize=9)\ndef actor(token): ...",
        "class A:\n    @functools.cached_property\n    def actor(self): ...",
        "ACTORS = {}\ndef actor(token):\n    ACTORS[token] = 1",
        "ACTORS: dict = {}\ndef actor(token):\n    return ACTORS.setdefault(token, 1)",
        "last = []\ndef actor(token):\n    last.append(token)",
        "last = None\ndef actor(token):\n    global last\n    last = token",
    ],
)
def test_a_planted_memory_is_found(text: str) -> None:
    assert memories(Source("chalicelib.credentials.sessions", text))


def test_a_function_may_change_what_is_its_own() -> None:
    text = (
        "errors = ()\ndef f(given):\n    errors = []\n    errors.append(given)\n    given['a'] = 1\n    return errors"
    )
    assert memories(Source("chalicelib.credentials.sessions", text)) == []


def test_the_app_is_a_table_of_contents() -> None:
    """At most 80 lines in app.py, and 400 in any module (docs/architecture.md)."""
    assert too_long(house()) == []
    assert too_long([Source("app", "\n" * 101), Source("chalicelib.core.http", "\n" * 401)]) == [
        "app",
        "chalicelib.core.http",
    ]


def too_long(sources: Iterable[Source]) -> list[str]:
    """Modules over their measure."""
    return [source.name for source in sources if len(source.text.splitlines()) > (80 if source.name == "app" else 400)]
