"""What was wrong with the rows of an import: pk `PROBLEMS#<work id>`, sk `<first row of the chunk>`.

One item for each chunk that found any; no text from the file, only rows, columns and codes. Kept as long as the work.
"""

from datetime import datetime

import msgspec
from pynamodb.attributes import JSONAttribute

from chalicelib.core import cursors
from chalicelib.core.tables import ShortLivedRow


class Problem(msgspec.Struct, frozen=True):
    """One wrong cell. `row` counts as a spreadsheet does; 0 and an empty column stand for the whole file."""

    row: int
    column: str
    code: str
    limit: int | None = None


class ProblemsRow(ShortLivedRow, discriminator="import_problems"):
    """The problems of one chunk, in the order of the file."""

    problems = JSONAttribute()


def row(work_id: str, number: int, problems: list[Problem], expires_at: datetime) -> ProblemsRow:
    """The item of a chunk that begins with row `number`."""
    return ProblemsRow(
        f"PROBLEMS#{work_id}", f"{number:08d}", problems=msgspec.to_builtins(problems), expires_at=expires_at
    )


def page(work_id: str, cursor: str | None, scope: tuple[str, ...]) -> cursors.Page[Problem]:
    """The problems of one chunk, and the cursor to the next: one query of two items."""
    scope = (*scope, "problems", work_id)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        ProblemsRow.query(
            f"PROBLEMS#{work_id}",
            limit=2,
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        )
    )
    if not rows:
        return cursors.Page([])
    following = cursors.seal({"pk": rows[0].pk, "sk": rows[0].sk}, scope) if len(rows) > 1 else None
    return cursors.Page(msgspec.convert(rows[0].problems, list[Problem]), following)
