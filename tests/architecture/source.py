"""Source text as the architecture tests read it: modules, and what the names in them stand for."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).parent.parent.parent


class Source(msgspec.Struct, frozen=True):
    """One module's text. A test that plants an offence makes one of its own."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.text)

    @property
    def feature(self) -> str:
        """`messages` of `chalicelib.messages.store`."""
        return self.name.split(".")[1] if "." in self.name else ""

    @property
    def role(self) -> str:
        """`store` of `chalicelib.messages.store`, and of `chalicelib.accounts.store.rosters`."""
        parts = self.name.split(".")
        return parts[2] if len(parts) > 2 else parts[-1]

    def at(self, node: ast.AST, what: str) -> str:
        """An offence, as a test reports it."""
        return f"{self.name}:{getattr(node, 'lineno', 0)} {what}"

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        """Every import, wherever it stands, with the full name of what is imported."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name} imports relatively"
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)

    def meaning(self, node: ast.AST) -> str:
        """The full name behind `d.now` or `clock.now`, following the module's imports; empty for anything else."""
        if isinstance(node, ast.Name):
            return _imported(self.text).get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            inner = self.meaning(node.value)
            return f"{inner}.{node.attr}" if inner else ""
        return ""

    def calls(self) -> Iterator[ast.Call]:
        """Every call in the module."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def functions(self) -> Iterator[ast.FunctionDef]:
        """Every function and method in the module."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))


@functools.cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


@functools.cache
def _imported(text: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in ast.walk(_parsed(text)):
        if isinstance(node, ast.Import):
            # `import a.b` makes a name for `a`; `import a.b as c` one for `a.b`.
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
            names |= {top: top for alias in node.names if not alias.asname for top in [alias.name.split(".")[0]]}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


@functools.cache
def house() -> tuple[Source, ...]:
    """Everything that runs on Lambda."""
    files = sorted((ROOT / "chalicelib").rglob("*.py"))
    modules = [Source(_module_name(file), file.read_text("utf-8")) for file in files]
    return (Source("app", (ROOT / "app.py").read_text("utf-8")), *modules)


def _module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def module(name: str) -> Source:
    """One module of the house."""
    return next(source for source in house() if source.name == name)
