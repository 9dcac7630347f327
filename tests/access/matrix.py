"""The matrix of who may do what, read from `matrix.toml`, and how it differs from the routes' declarations."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from chalicelib.core.access import Actor
from chalicelib.core.errors import Forbidden
from chalicelib.core.http import Route

FILE = Path(__file__).with_name("matrix.toml")
THINGS = ("own", "colleague", "other", "nobody")
LEVELS = ("held", "not_held")
AT_THE_DOOR = frozenset({"401", "403", "lost"})
"""Words for what the door refuses, whatever is asked for."""


class Word(msgspec.Struct, frozen=True):
    """What a word of a cell means: status and code of a refusal; 0 for `yes`."""

    shown: str
    status: int = 0
    code: str = ""


class Line(msgspec.Struct, frozen=True):
    """One route of the matrix."""

    feature: str
    route: str
    """Method and path."""
    cells: dict[str, tuple[str, ...]]
    """By role: one word, or one for each column."""

    @property
    def columns(self) -> tuple[str, ...]:
        """What the words of this line's cells are for; empty where the route names nothing."""
        words = max(len(cell) for cell in self.cells.values())
        if "{access_level}" in self.route:
            return LEVELS
        return THINGS if words > 1 else ()

    def word(self, role: str, column: str) -> str:
        """The expected word for a role and a column."""
        cell = self.cells[role]
        return cell[0] if len(cell) == 1 else cell[self.columns.index(column)]

    def with_cell(self, role: str, *words: str) -> "Line":
        """The same line with another cell."""
        return msgspec.structs.replace(self, cells={**self.cells, role: words})


class Matrix(msgspec.Struct, frozen=True):
    """The whole file."""

    roles: dict[str, str]
    """What pages call them, in the order of the cells."""
    words: dict[str, Word]
    lines: tuple[Line, ...]

    def line(self, route: str) -> Line | None:
        """The line of a route, when there is one."""
        return next((line for line in self.lines if line.route == route), None)


def name(route: Route) -> str:
    """As lines name it."""
    return f"{route.method} {route.path}"


def read() -> Matrix:
    """The matrix as it stands. Raises ValueError naming every cell that can't be."""
    raw = tomllib.loads(FILE.read_text())
    order, shown, words = raw.pop("roles"), raw.pop("roles_shown"), raw.pop("words")
    roles = {role: shown[role] for role in order.replace("|", " ").split()}
    lines = tuple(
        _line(feature, route, cells, tuple(roles)) for feature, routes in raw.items() for route, cells in routes.items()
    )
    matrix = Matrix(roles, msgspec.convert(words, dict[str, Word]), lines)
    wrong = [one for line in lines for one in impossible(matrix, line)]
    if wrong:
        raise ValueError("\n".join(wrong))
    return matrix


def _line(feature: str, route: str, cells: str, roles: tuple[str, ...]) -> Line:
    found: Any = [tuple(cell.split("/")) for cell in cells.replace("|", " ").split()]
    return Line(feature, route, dict(zip(roles, found, strict=True)))


def impossible(matrix: Matrix, line: Line) -> list[str]:
    """Cells of a line with an unknown word, or with too few or too many."""
    return [
        f"{line.route}: {role}: {'/'.join(cell)}"
        for role, cell in line.cells.items()
        if len(cell) not in (1, len(line.columns)) or not all(word in matrix.words for word in cell)
    ]


def differences(declared: Iterable[Route], matrix: Matrix, actors: dict[str, Actor | None]) -> list[str]:
    """Where the declarations and the file tell different things: routes, lines, and whom the door lets in.

    `actors` are the roles; None for those that have no actor, because no session stands for them.
    """
    routes = {name(route): route for route in declared}
    lines = {line.route: line for line in matrix.lines}
    found = [f"{route} has no line" for route in routes.keys() - lines.keys()]
    found += [f"{line} has no route" for line in lines.keys() - routes.keys()]
    for route in routes.keys() & lines.keys():
        for role, actor in actors.items():
            cell = lines[route].cells[role]
            refused = _refused(routes[route], actor)
            # What the door refuses is refused for everything; what it doesn't may be refused later, for some things.
            agrees = cell == (refused,) if refused else not AT_THE_DOOR.intersection(cell)
            if not agrees:
                found.append(f"{route} tells {role} {refused or 'yes'}, the matrix {'/'.join(cell)}")
    return sorted(found)


_CODES = {"forbidden": "403", "membership_lost": "lost"}


def _refused(route: Route, actor: Actor | None) -> str:
    if actor is None:
        return "" if route.who.public else "401"
    try:
        route.who.admit(actor)
    except Forbidden as refusal:
        return _CODES[refusal.code]
    return ""
