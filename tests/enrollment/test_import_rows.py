"""Rows of a file of practices, as spreadsheets of every kind write them (ORG-2, S-IO-06): each fault by its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core import csv_files
from chalicelib.core.csv_files import Unreadable
from chalicelib.enrollment.actions import import_rows
from chalicelib.enrollment.actions.import_rows import OPTIONAL, REQUIRED, Row
from tests import scale

HEADER = ",".join((*REQUIRED, *OPTIONAL))
GOOD = {
    "name": "Cedar Example Clinic",
    "tin": "012345678",
    "npis": "1234567893",
    "executive_name": "Dora Fictional",
    "executive_email": "dora@cedar.example",
}


def rows(content: str | bytes) -> list[Row]:
    written = content.encode() if isinstance(content, str) else content
    return [import_rows.read(line) for line in csv_files.lines(written, REQUIRED, OPTIONAL, most=100)]


def row(**cells: str) -> Row:
    """One row with some other cells."""
    known = {**dict.fromkeys((*REQUIRED, *OPTIONAL), ""), **GOOD, **cells}
    (found,) = rows(csv_files.encoded([csv_files.line(known), csv_files.line(known.values())], first=True))
    return found


def wrong(found: Row) -> set[tuple[str, str]]:
    return {(problem.column, problem.code) for problem in found.problems}


@pytest.mark.parametrize(
    "written",
    [
        "\ufeff" + HEADER + "\r\nA,012345678,,,,,,\r\n",
        HEADER + "\nA,012345678,,,,,,\n",
        HEADER.replace(",", ";") + "\r\nA;012345678;;;;;;\r\n",
        HEADER.replace(",", "\t") + "\r\nA\t012345678\t\t\t\t\t\t",
        "sep=;\r\n" + HEADER.replace(",", ";") + "\r\nA;012345678\r\n",
        "\ufeffsep=,\n" + HEADER + "\nA,012345678\n",
        '"sep=;"\r\n' + HEADER.replace(",", ";") + "\r\nA;012345678\r\n",
        HEADER.upper().replace("_", " ") + ",,,\r\nA,012345678,,,,,,,,\r\n",
        "tin,npis,executive_email,name,executive_name\r\n012345678,,,A,\r\n",
        HEADER + '\r\n"A","012345678","","","","","",""\r\n\r\n,,,,,,,\r\n',
        HEADER + "\r\n  A  , 01-2345678 ,,,,,,\r\n",
    ],
    ids=[
        "bom", "lf", "semicolons", "tabs", "excel", "excel with bom", "quoted sep", "empty columns", "other order",
        "quotes and empty rows", "blanks",
    ],
)  # fmt: skip
def test_files_of_many_kinds(written: str) -> None:
    (found,) = rows(written)
    assert found.new is not None
    assert (found.new.name, found.tin, wrong(found)) == ("A", "012345678", set())


@pytest.mark.parametrize(
    ("written", "column", "code"),
    [
        ((HEADER + "\r\nZoé,012345678,,,,,,\r\n").encode("latin-1"), "/", "not_utf8"),
        ((HEADER + "\r\nA,012345678,,,,,,\r\n").encode("utf-16"), "/", "not_utf8"),
        ((HEADER + "\r\nA,012345678,,,,,,\r\n").encode("utf-16-be"), "/name", "column_missing"),
        (HEADER.replace(",", "|").encode() + b"\nA|012345678\n", "/", "wrong_delimiter"),
        (b"sep=;\r\n" + HEADER.encode() + b"\r\nA,012345678\r\n", "/", "wrong_delimiter"),
        (b"sep=;\r\n", "/name", "column_missing"),
        (HEADER.encode() + b",tin\r\nA\r\n", "/tin", "column_twice"),
        (HEADER.encode() + b",colour\r\nA\r\n", "/", "column_unknown"),
        (HEADER.encode() + b",,colour\r\nA\r\n", "/", "column_unknown"),
        (b"name,npis,executive_name,executive_email\r\nA\r\n", "/tin", "column_missing"),
        (HEADER.encode() + b"\r\n,,\r\n\r\n", "/", "no_rows"),
        (HEADER.encode() + b'\r\n"A,012345678\r\n', "/", "not_csv"),
        (b"", "/name", "column_missing"),
    ],
)
def test_files_that_are_none(written: bytes, column: str, code: str) -> None:
    with pytest.raises(Unreadable) as raised:
        rows(written)
    assert (raised.value.error.pointer, raised.value.error.code) == (column, code)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"tin": "1234567"}, {("tin", "tin_lost_zero")}),
        ({"tin": "12345678"}, {("tin", "tin_lost_zero")}),
        ({"tin": "123456"}, {("tin", "wrong_form")}),
        ({"tin": "1234567890"}, {("tin", "wrong_form")}),
        ({"tin": "1.23E+08"}, {("tin", "scientific")}),
        ({"tin": "1,23e8"}, {("tin", "scientific")}),
        ({"tin": "1E+08"}, {("tin", "scientific")}),
        ({"tin": "000000000"}, {("tin", "wrong_form")}),
        ({"tin": "01234567\u0668"}, {("tin", "wrong_form")}),
        ({"tin": ""}, {("tin", "required")}),
        ({"npis": "1.23457E+09"}, {("npis", "scientific")}),
        ({"npis": "1234567893;1234567890"}, {("npis", "not_an_npi")}),
        ({"npis": "1234567893 1234567893"}, {("npis", "repeated")}),
        ({"npis": "1234567893|1245319599"}, set()),
        ({"npis": ""}, set()),
        ({"name": ""}, {("name", "required")}),
        ({"name": "x" * 201}, {("name", "too_long")}),
        ({"name": "A\u202eB"}, {("name", "characters_not_allowed")}),
        ({"name": "A\nB"}, {("name", "characters_not_allowed")}),
        ({"executive_email": "no address"}, {("executive_email", "wrong_form")}),
        ({"executive_email": "Dora <dora@cedar.example>"}, {("executive_email", "wrong_form")}),
        ({"executive_email": ""}, set()),
        ({"entitlements": "Claims; Health-Records|eligibility"}, set()),
        ({"entitlements": "claims;everything"}, {("entitlements", "not_one_of_these")}),
        ({"entitlements": "manage account"}, {("entitlements", "follows_role")}),
        ({"relations_contact": "x" * 201}, {("relations_contact", "too_long")}),
    ],
    ids=str,
)
def test_cells(cells: dict[str, str], expected: set[tuple[str, str]]) -> None:
    found = row(**cells)
    assert wrong(found) == expected
    assert (found.new is None) == bool(expected) or {code for _, code in expected} <= {"tin_lost_zero", "scientific"}


def test_everything_wrong_is_told_at_once() -> None:
    found = row(name="", tin="1234567", npis="1", executive_email="x", entitlements="?", relations_contact="y" * 300)
    assert {column for column, _ in wrong(found)} == {
        "name", "tin", "npis", "executive_email", "entitlements", "relations_contact",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "'quoted"])
def test_a_formula_is_a_name(name: str) -> None:
    """S-IO-06: it is kept as it was typed; only what leaves the portal is defused."""
    (found,) = rows(f'{HEADER}\r\n"{name}",012345678,,,,,,\r\n')
    assert found.new is not None
    assert found.new.name == name


def test_an_export_comes_back_as_it_was() -> None:
    found = row(name="=1+1")
    assert found.new is not None
    assert found.new.name == "=1+1"


@pytest.mark.parametrize("line", ["A;012345678;;;;", '"A,012345678,,,,,,"', "A\t012345678\t\t\t\t"])
def test_a_row_that_is_parted_otherwise(line: str) -> None:
    (found,) = rows(f"{HEADER}\r\n{line}\r\n")
    assert wrong(found) == {("", "wrong_delimiter")}


def test_a_row_with_too_many_cells() -> None:
    (found,) = rows(f"{HEADER}\r\nA, Inc.,012345678,1234567893,Dora,dora@cedar.example,,,\r\n")
    assert ("tin", "wrong_form") in wrong(found)
    (found,) = rows(f"{HEADER}\r\nA,012345678,,,,,,,too much\r\n")
    assert wrong(found) == {("", "surplus_cells")}


@scale.examples(300)
@given(st.dictionaries(st.sampled_from((*REQUIRED, *OPTIONAL)), st.text(max_size=40)))
def test_whatever_stands_in_cells(cells: dict[str, str]) -> None:
    """S-IO-01: a row is one to create or says what is wrong, whatever anybody typed."""
    try:
        found = row(**cells)
    except Unreadable as unreadable:
        assert unreadable.error.code in ("not_utf8", "no_rows", "not_csv")
        return
    assert found.new is not None or found.problems
    assert {problem.column for problem in found.problems} <= {*REQUIRED, *OPTIONAL, ""}


@scale.examples(300)
@given(st.binary(max_size=200))
def test_whatever_the_bytes_are(content: bytes) -> None:
    """S-IO-01: rows, or a reason why there are none."""
    try:
        rows(HEADER.encode() + b"\n" + content)
    except Unreadable:
        return
