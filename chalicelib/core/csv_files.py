"""CSV as people exchange it: read leniently, written so that a spreadsheet shows text as text (S-IO-06, RFC 4180)."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import msgspec

from chalicelib.core.errors import FieldError

# What a spreadsheet takes for the beginning of a formula, after blanks and in full-width form too.
_FORMULA = frozenset("=+-@\0")
# Blanks that are more than that where they come first: they may begin another cell or row.
_BREAKS = frozenset("\t\r\n")
_BOM = "\ufeff"
DELIMITERS = (",", ";", "\t")
"""What parts cells; the header says which it is."""
_OTHERS = "|:"
# A first line by which a spreadsheet is told the delimiter; it shows no row for it.
_TOLD = re.compile(r"\"?sep=([,;\t|:])\"?\r?\n", re.IGNORECASE)
# A cell of a hundred thousand characters is no name; the reader stops there.
_LONGEST_CELL = 10_000


class Unreadable(Exception):
    """The file as a whole can't be read; `error` says why, with the column where it is one's fault."""

    def __init__(self, error: FieldError) -> None:
        self.error = error
        super().__init__(error.code)


class Line(msgspec.Struct, frozen=True):
    """One row: its number as a spreadsheet counts (the header is 1), and its cells by column."""

    number: int
    cells: Mapping[str, str]
    surplus: bool = False
    """Whether it has more cells than the header."""


def line(cells: Iterable[str]) -> str:
    """One row, every cell quoted, ended by CRLF. A cell that reads as a formula gets a leading apostrophe."""
    return ",".join('"' + _safe(cell).replace('"', '""') + '"' for cell in cells) + "\r\n"


def encoded(lines: Iterable[str], *, first: bool) -> bytes:
    """Rows as bytes; the first part of a file begins with a BOM, or Excel takes UTF-8 for something else."""
    return ((_BOM if first else "") + "".join(lines)).encode()


def _safe(cell: str) -> str:
    # Full-width forms fold to the plain ones; no kind of blank in front keeps a spreadsheet from evaluating.
    text = cell.lstrip()
    blanks = cell[: len(cell) - len(text)]
    start = unicodedata.normalize("NFKC", text)[:1]
    return "'" + cell if start in _FORMULA or not _BREAKS.isdisjoint(blanks) else cell


def _typed(cell: str) -> str:
    """A cell without the apostrophe that `line` put before it: what was exported can be imported again."""
    return cell[1:] if cell[:1] == "'" and _safe(cell[1:]) == cell else cell


def lines(content: bytes, required: Sequence[str], optional: Sequence[str] = (), *, most: int) -> list[Line]:
    """The rows below the header, `most` of them; empty ones are left out. Columns may come in any order and case.

    Raises Unreadable: `not_utf8`, `no_rows`, `column_missing`, `column_unknown`, `column_twice`, `not_csv`,
    `wrong_delimiter`, `too_many_rows`.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(FieldError("/", "not_utf8")) from None
    if told := _TOLD.match(text):
        text = text[told.end() :]
    header, _, _ = text.partition("\n")
    delimiter = told[1] if told else max(DELIMITERS, key=header.count)
    if delimiter not in header and any(other in header for other in (*DELIMITERS, *_OTHERS)):
        raise Unreadable(FieldError("/", "wrong_delimiter"))
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = _columns(next(rows, []), required, optional)
        filled = ((number, cells) for number, cells in enumerate(rows, start=2) if any(map(str.strip, cells)))
        # One more tells that there are too many. The rest stays unread: as rows, a file needs a hundred times its size.
        found = [_line(number, names, cells) for number, cells in islice(filled, most + 1)]
    except csv.Error:
        raise Unreadable(FieldError("/", "not_csv")) from None
    if not found:
        raise Unreadable(FieldError("/", "no_rows"))
    if len(found) > most:
        raise Unreadable(FieldError("/", "too_many_rows", most))
    return found


def _line(number: int, names: Sequence[str], cells: Sequence[str]) -> Line:
    by_column = {name: _typed(cell[:_LONGEST_CELL]) for name, cell in zip(names, cells, strict=False)}
    return Line(number, by_column, surplus=any(map(str.strip, cells[len(names) :])))


def _columns(header: Sequence[str], required: Sequence[str], optional: Sequence[str]) -> list[str]:
    names = [name.strip().casefold().replace(" ", "_") for name in header]
    # A spreadsheet writes a column of which only the cells below were ever touched.
    while names and not names[-1]:
        names.pop()
    for name in required:
        if name not in names:
            raise Unreadable(FieldError(f"/{name}", "column_missing"))
    for name in names:
        if name not in required and name not in optional:
            raise Unreadable(FieldError("/", "column_unknown"))
        if names.count(name) > 1:
            raise Unreadable(FieldError(f"/{name}", "column_twice"))
    return names
