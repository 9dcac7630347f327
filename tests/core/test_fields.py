"""Types of the fields that clients send: which characters they take (S-IO-05, S-IO-07)."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core import bodies, ids
from chalicelib.core.errors import Invalid
from chalicelib.core.fields import Body, Cursor, Email, FileName, Id, Password, Search, Subject

NAMES = [
    "María José Núñez-Peña",
    "Nguyễn Thị Ánh Tuyết",
    "李小龍",
    "佐藤 花子",
    "김민준",
    "Nkauj Hli Yaj",
    "O’Brien-D'Angelo, Jr.",
    "Łukasz Żółć",
    "Ångström Ø.",
    "Дмитрий Фёдоров",
    "Ελένη Παπαδοπούλου",
    "محمد الأمين",
    "می‌خواهم",  # with a joiner that Persian needs
    "שרה לוי",
    "आरती शर्मा",
    "ක්‍රිස්තු",  # with a joiner that Sinhala needs
    "สมชาย ใจดี",
    "👩‍⚕️ 👍🏽",
    "\u00e9 composed and e\u0301 not",
    "a  b",
    "<script>alert(1)</script>",
    "=1+1",
    "100 % & more; $5",
    "x",
]

SPOOFS = {
    "NUL": "a\0b",
    "bell": "a\x07b",
    "escape": "\x1b[31mred",
    "delete": "a\x7f",
    "C1": "a\x85b",
    "tab": "a\tb",
    "line feed": "a\nb",
    "carriage return": "a\rb",
    "mail header": "Hello\r\nBcc: all@people.example",
    "line separator": "a\u2028b",
    "paragraph separator": "a\u2029b",
    "only spaces": "   ",
    "only no-break spaces": "\u00a0\u2003",
    "only joiners": "\u200d\u200c",
    "only a blank letter": "\u3164",
    "only a blank symbol": "\u2800",
    "only combining marks": "\u0301",
    "only a soft hyphen": "\u00ad",
    "half a pair, high": "a\ud800",
    "half a pair, low": "\udfffb",
    "file that turns round": "invoice\u202efdp.exe",
    **{f"direction {ord(mark):x}": f"a{mark}b" for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"},
    **{
        f"zero width {ord(mark):x}": f"pay{mark}pal"
        for mark in "\u180e\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\ufff9\ufffa\ufffb"
    },
}
OVER_LINES = {"tab", "line feed", "carriage return", "mail header"}


def _told(kind: Any, value: object) -> set[str]:
    form = msgspec.defstruct("Form", [("field", kind)])
    try:
        made = bodies.convert({"field": value}, form)
    except Invalid as refused:
        return {field.code for field in refused.fields}
    assert made.field == value, "text is kept verbatim (house rule 6)"  # type: ignore[attr-defined]
    return set()


@pytest.mark.parametrize("kind", [Subject, Body, FileName, Search])
@pytest.mark.parametrize("name", NAMES)
def test_what_people_write_is_taken_verbatim(kind: Any, name: str) -> None:
    assert _told(kind, name) == set()


@pytest.mark.parametrize("kind", [Subject, FileName, Search, Email, Cursor])
@pytest.mark.parametrize("spoof", SPOOFS)
def test_what_deceives_is_refused_in_a_line(kind: Any, spoof: str) -> None:
    text = SPOOFS[spoof]
    # Long enough, so that nothing else is wrong with it.
    assert _told(kind, text * 3) == {"characters_not_allowed"}


@pytest.mark.parametrize("spoof", SPOOFS)
def test_what_deceives_is_refused_in_a_text(spoof: str) -> None:
    assert _told(Body, SPOOFS[spoof]) == (set() if spoof in OVER_LINES else {"characters_not_allowed"})


def test_a_text_of_nothing_but_line_breaks_is_none() -> None:
    assert _told(Body, "\n\t\r\n ") == {"characters_not_allowed"}


@pytest.mark.parametrize("password", [" ", "\t a \n", "\u202e", "päss wörd 👍", "x" * 128])
def test_a_password_is_taken_as_it_is(password: str) -> None:
    """CRD-1: verbatim, any characters."""
    assert _told(Password, password) == set()


@pytest.mark.parametrize(
    ("password", "code"), [("", "required"), ("x" * 129, "too_long"), ("\ud83d", "characters_not_allowed")]
)
def test_a_password_has_its_bounds(password: str, code: str) -> None:
    """S-AUTH-02: length in code points."""
    assert _told(Password, password) == {code}


@pytest.mark.parametrize(
    ("kind", "longest"), [(Subject, 200), (Body, 20_000), (FileName, 255), (Search, 200), (Email, 254), (Cursor, 2_000)]
)
@pytest.mark.parametrize("character", ["x", "é", "👍"])
def test_length_counts_code_points(kind: Any, longest: int, character: str) -> None:
    assert _told(kind, character * longest) == set()
    assert _told(kind, character * (longest + 1)) == {"too_long"}


@given(st.sampled_from(["usr", "mem", "dep", "upl", "msg"]))
def test_our_own_ids_are_ids(prefix: str) -> None:
    assert _told(Id, ids.new(prefix)) == set()


@pytest.mark.parametrize(
    "id_",
    [
        "",
        "usr_",
        "usr_short",
        "usr_0123456789\n",
        "\nusr_0123456789",
        "USR_0123456789",
        "usr_01234 6789",
        "usr-0123456789",
        "usr_" + "0" * 41,
        "u_0123456789",
        "users_0123456789",
        "usr_０123456789",
        "usr_0123456789\0",
        "../usr_0123456789",
    ],
)
def test_anything_else_is_no_id(id_: str) -> None:
    """It becomes part of a key: nothing but what we make ourselves may stand there."""
    assert _told(Id, id_) == {"wrong_form"}
