"""The write door: only `core.change` writes items, so that no change goes without audit record and guards."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Source, house, module

_DOOR = "chalicelib.core.change"
# Methods of PynamoDB's models and connections that write, and of the low-level client.
_WRITES = frozenset({"save", "update", "delete", "batch_write", "transact_write_items"})
_LOW_LEVEL = frozenset({"put_item", "update_item", "delete_item", "batch_write_item", "execute_statement"})
_NAMES = frozenset({"TransactWrite", "BatchWrite"})
_ADMINISTRATION = frozenset({"create_table", "delete_table"})
_ALL = _WRITES | _LOW_LEVEL | _ADMINISTRATION
_SCANS = frozenset({"scan", "rate_limited_scan", "parallel_scan"})


def writes_around_the_door(source: Source) -> list[str]:
    """Writes to tables that don't go through a `Change` (or are one of the door's own)."""
    if source.name == _DOOR:
        return []
    found = [source.at(node, name) for node, name in source.imports() if name.rsplit(".", 1)[-1] in _NAMES]
    for scope in (source.tree, *source.functions()):
        changes = _changes(source, scope)
        for node in _own_nodes(scope):
            if isinstance(node, ast.Attribute) and not (isinstance(node.value, ast.Name) and node.value.id in changes):
                found += [source.at(node, f".{node.attr}")] if node.attr in _ALL else []
    return found


def _changes(source: Source, scope: ast.AST) -> set[str]:
    """Names that stand for a `Change` in a function: made there, or a parameter of that type."""
    names = set()
    if isinstance(scope, ast.FunctionDef):
        parameters = [*scope.args.posonlyargs, *scope.args.args, *scope.args.kwonlyargs]
        names = {parameter.arg for parameter in parameters if _is_change(source, parameter.annotation)}
    for node in _own_nodes(scope):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and _is_change(source, node.value.func):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _is_change(source: Source, node: ast.expr | None) -> bool:
    return node is not None and source.meaning(node) == "chalicelib.core.change.Change"


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """What stands in a scope, without the functions inside it."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, ast.FunctionDef):
            yield node
            yield from _own_nodes(node)


def scans(source: Source) -> list[str]:
    """Reads of whole tables, or of many partitions by a filter."""
    return [
        source.at(node, f".{node.attr}")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in _SCANS
    ]


def test_only_the_door_writes() -> None:
    assert [offence for source in house() for offence in writes_around_the_door(source)] == []


def test_nothing_scans() -> None:
    """No scan outside an export (docs/architecture.md, Data)."""
    assert [offence for source in house() for offence in scans(source)] == []


def test_the_door_itself_would_be_found() -> None:
    moved = Source("chalicelib.core.elsewhere", module(_DOOR).text)
    offences = writes_around_the_door(moved)
    assert any(offence.endswith(".save") for offence in offences)
    assert any(offence.endswith("TransactWrite") for offence in offences)


@pytest.mark.parametrize(
    "text",
    [
        "row.save()",
        "def f(row):\n    row.update(actions=[])",
        "def f(row):\n    return row.delete",
        "class S:\n    def f(self, row):\n        row.delete(condition=None)",
        "with BoxRow.batch_write() as batch:\n    pass",
        "from pynamodb.transactions import TransactWrite",
        "connection().transact_write_items([], [], [], [])",
        "tables.connection().client.put_item(Item={})",
        "MailRow.create_table()",
        "from chalicelib.core.change import Change\n"
        "def f(row):\n    change = Change(a, b, c)\n    row.update([])\n    change.commit(None)",
        "from chalicelib.core.change import Change\n"
        "def f(change: Change):\n    pass\ndef g(change):\n    change.delete(1)",
        "from elsewhere import Change\ndef f(change: Change, row):\n    change.update(row, [])",
    ],
)
def test_a_planted_write_is_found(text: str) -> None:
    assert writes_around_the_door(Source("chalicelib.messages.store", text))


@pytest.mark.parametrize(
    "text",
    [
        "from chalicelib.core.change import Change\ndef f(row):\n    c = Change(a, b, d)\n    c.update(row, [])",
        "from chalicelib.core.change import Change\ndef f(sending: Change, row):\n    sending.delete(row)",
        "from chalicelib.core import change\nchange.touch(row, [], condition)",
        "SessionRow.get('a', 'b', consistent_read=True)",
    ],
)
def test_a_write_through_the_door_is_let_through(text: str) -> None:
    assert writes_around_the_door(Source("chalicelib.messages.store", text)) == []


@pytest.mark.parametrize("text", ["MailRow.scan()", "def f():\n    for row in EntryRow.rate_limited_scan(): pass"])
def test_a_planted_scan_is_found(text: str) -> None:
    assert scans(Source("chalicelib.messages.store", text))
