"""CSV in and out (S-IO-06): what a spreadsheet evaluates is defused, everything else comes back as it was."""

import csv
import io
import sys
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core import csv_files
from chalicelib.core.csv_files import Unreadable
from chalicelib.core.errors import FieldError

_TRIGGERS = ("=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\0x", " =1", "  +1", "＝1", "＋1", "－1", "＠x", "\u3000=1")


def _read_back(written: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", _TRIGGERS)
def test_a_formula_is_written_as_text(cell: str) -> None:
    """S-IO-06: also after blanks and in full-width form."""
    (row,) = csv.reader(io.StringIO(csv_files.line([cell]).replace("\0", "0"), newline=""))
    assert row[0].startswith("'")


def test_no_blank_hides_a_formula() -> None:
    """S-IO-06: each character that counts as a blank, by itself and after another one."""
    blanks = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
    cells = [before + blank + "=1" for blank in blanks for before in ("", " ")]
    assert len(blanks) > 20
    assert [cell for cell in cells if csv_files.line([cell]) != f'"\'{cell}"\r\n'] == []


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_cells_come_back(cells: list[str]) -> None:
    """RFC 4180: whatever is in a cell, the row parses back to it, apart from the apostrophe before a formula."""
    (row,) = _read_back(csv_files.encoded([csv_files.line(cells)], first=True))
    assert [cell[1:] if cell != wanted else cell for cell, wanted in zip(row, cells, strict=True)] == cells
    assert not any(cell.lstrip()[:1] in ("=", "+", "-", "@") for cell in row if cell)


@pytest.mark.parametrize(
    "written", [b"\xef\xbb\xbfName,E-mail\r\nA,b\r\n", b"name;e-mail\nA;b\n", b"NAME\te-mail\nA\tb"]
)
def test_files_as_spreadsheets_write_them(written: bytes) -> None:
    (line,) = csv_files.lines(written, ("name", "e-mail"), most=9)
    assert (line.number, line.cells["name"], line.cells["e-mail"]) == (2, "A", "b")


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    found = csv_files.lines(b'name\r\n"A\r\nB"\r\n\r\n"C"\r\n', ("name",), most=9)
    assert [(line.number, line.cells["name"]) for line in found] == [(2, "A\r\nB"), (4, "C")]


def test_what_was_exported_can_be_imported() -> None:
    written = csv_files.encoded([csv_files.line(["phone"]), csv_files.line(["+1 555 0100"])], first=True)
    assert csv_files.lines(written, ("phone",), most=9)[0].cells["phone"] == "+1 555 0100"


def test_a_row_with_too_many_cells_says_so() -> None:
    assert csv_files.lines(b"name\nA,b\n", ("name",), most=9)[0].surplus


@pytest.mark.parametrize(
    ("written", "code", "pointer"),
    [
        (b"name\n\xff\n", "not_utf8", "/"),
        (b"", "column_missing", "/name"),
        (b"name\n", "no_rows", "/"),
        (b"other\nA\n", "column_missing", "/name"),
        (b"name,other\nA,b\n", "column_unknown", "/"),
        (b"name,name\nA,b\n", "column_twice", "/name"),
        (b'name\n"A\n', "not_csv", "/"),
        (b"\x00\x00\n\x00", "column_missing", "/name"),
    ],
)
def test_a_file_that_is_none(written: bytes, code: str, pointer: str) -> None:
    with pytest.raises(Unreadable) as raised:
        csv_files.lines(written, ("name",), most=9)
    assert (raised.value.error.code, raised.value.error.pointer) == (code, pointer)


def test_as_many_rows_as_may_be() -> None:
    """PLT-3: empty ones don't count, one more is too many."""
    written = b"name\n\n" + b"A\n\n" * 3
    assert [line.number for line in csv_files.lines(written, ("name",), most=3)] == [3, 5, 7]
    with pytest.raises(Unreadable) as raised:
        csv_files.lines(written, ("name",), most=2)
    assert raised.value.error == FieldError("/", "too_many_rows", 2)


@pytest.mark.parametrize(("row", "code"), [(b"\n", "no_rows"), (b" \n", "no_rows"), (b"A\n", "too_many_rows")])
def test_of_a_file_of_nothing_but_rows_no_more_is_kept_than_is_needed(row: bytes, code: str) -> None:
    """S-IO-01: ten million rows are within the limit of bytes, and many times what a worker has as memory."""
    written = b"name\n" + row * 200_000
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable) as raised:
            csv_files.lines(written, ("name",), most=1000)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert raised.value.error.code == code
    assert peak < 5_000_000
