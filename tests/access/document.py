"""The page of the matrix: `python -m tests.access.document --write` makes it from `matrix.toml`."""

import sys
from pathlib import Path

from tests.access import matrix
from tests.access.matrix import Line, Matrix

PAGE = Path(__file__).parents[2] / "docs" / "access-matrix.md"

_HEAD = """# Who may do what

Made from `tests/access/matrix.toml` by `python -m tests.access.document --write`; don't edit it here. Every cell of
that file is asked over the API in every run of the tests (S-AZ-01), and so is whether this page is as the file says.

- Where a route names a thing, the answer depends on whose it is: **own**; a **colleague's** (of the same organization,
  for staff of the plan); **another organization's** (for staff, a practice's); **nobody's** (an id that was never
  given). The last two are the same answer, byte for byte but for the request id.
- A person is in one of these roles for one request: a member through the membership that is open, staff of the plan
  with every role they have (each stands alone here: no role implies another).

| answer | status and code |
| --- | --- |
{words}

| without a place | is |
| --- | --- |
{unplaced}
"""
_UNPLACED = ("anonymous", "disabled", "displaced")
_COLUMNS = {
    "own": "own", "colleague": "a colleague's", "other": "another organization's", "nobody": "nobody's",
    "held": "held", "not_held": "not held",
}  # fmt: skip
# Shown by one name when all of them get the same; the larger first.
_GROUPS: dict[str, tuple[str, ...]] = {
    "members": ("general_user", "backup_administrator", "local_administrator"),
    "administrators": ("backup_administrator", "local_administrator"),
    "staff": ("department_agent", "enrollment", "helpdesk", "auditor", "plan_administrator"),
    "other staff": ("enrollment", "helpdesk", "auditor", "plan_administrator"),
}


def page() -> str:
    """The whole page."""
    found = matrix.read()
    words = "\n".join(
        f"| {word.shown} | `{word.status} {word.code}` |" if word.status else f"| {word.shown} | it is done |"
        for word in found.words.values()
    )
    unplaced = "\n".join(f"| {role} | {found.roles[role]} |" for role in _UNPLACED)
    parts = [_HEAD.format(words=words, unplaced=unplaced)]
    for feature in dict.fromkeys(line.feature for line in found.lines):
        parts.append(f"\n## {feature}\n\n| route | who may | refused |\n| --- | --- | --- |\n")
        parts += [_row(found, line) for line in found.lines if line.feature == feature]
    return "".join(parts)


def _row(found: Matrix, line: Line) -> str:
    answers: dict[tuple[str, ...], list[str]] = {}
    for role, cell in line.cells.items():
        answers.setdefault(cell, []).append(role)
    granted, refused = [], []
    for cell, roles in answers.items():
        told = f"{_people(found, roles)}: {_answer(found, line, cell)}"
        if "yes" not in cell:
            refused.append(told)
        else:
            granted.append(_people(found, roles) if cell == ("yes",) else told)
    return f"| `{line.route}` | {'<br>'.join(granted)} | {'<br>'.join(refused)} |\n"


def _people(found: Matrix, roles: list[str]) -> str:
    if len(roles) == len(found.roles):
        return "everybody"
    left, named = list(roles), []
    for group, members in _GROUPS.items():
        if set(members) <= set(left):
            named.append(group)
            left = [role for role in left if role not in members]
    return ", ".join([*(role.replace("_", " ") for role in left), *named])


def _answer(found: Matrix, line: Line, cell: tuple[str, ...]) -> str:
    if len(cell) == 1:
        return found.words[cell[0]].shown
    by_word: dict[str, list[str]] = {}
    for column, word in zip(line.columns, cell, strict=True):
        by_word.setdefault(found.words[word].shown, []).append(_COLUMNS[column])
    return "; ".join(f"{word} for {', '.join(columns)}" for word, columns in by_word.items())


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(page())
    else:
        sys.stdout.write(page())
