"""Strict JSON (RFC 8259, S-IO-04)."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core import bodies
from chalicelib.core.errors import BadRequest, Refusal, TooLarge
from tests import scale

PLENTY = scale.examples(200)

_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
# Lone surrogates come in as escapes: `"\ud800"` is good JSON and no text.
_SCALARS |= st.text(st.characters(categories=["Cs", "Cc", "Ll"]), max_size=5)
VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=15,
)


@PLENTY
@given(VALUES)
def test_json_that_is_good_is_read_as_it_is(value: Any) -> None:
    # Not `value` itself: two halves of a surrogate pair come back as the letter they stand for.
    assert bodies.parse_json(json.dumps(value).encode()) == json.loads(json.dumps(value))


@PLENTY
@given(st.binary() | st.text().map(str.encode) | VALUES.map(lambda value: json.dumps(value).encode()[:-1]))
def test_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        bodies.parse_json(raw)
    except Refusal as refused:
        assert refused.code == "malformed_json"


MALFORMED = {
    "nothing": b"",
    "spaces": b"  \n",
    "not UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "surrogate as UTF-8": b'"\xed\xa0\x80"',
    "single quotes": b"{'a': 1}",
    "trailing comma": b'{"a": 1,}',
    "comment": b'{"a": 1} // b',
    "two values": b"{} {}",
    "NaN": b'{"a": NaN}',
    "Infinity": b"[Infinity]",
    "-Infinity": b"-Infinity",
    "too big a number": b"1e999",
    "too small a number": b"-1e999",
    "too many digits": b"9" * 5000,
    "control character": b'"\x01"',
    "duplicate name": b'{"a": 1, "a": 1}',
    "duplicate name inside": b'[{"b": {"a": 1, "a": 2}}]',
    "duplicate name in other spelling": b'{"a": 1, "\\u0061": 2}',
    "deep arrays": b"[" * 21 + b"]" * 21,
    "deep objects": b'{"a":' * 21 + b"1" + b"}" * 21,
    "very deep": b"[" * 100_000 + b"]" * 100_000,
    "only openings": b"[" * 100_000,
    "deep and mixed": b'[{"a":' * 40_000,
}


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED)
def test_anything_but_strict_json_is_refused(raw: bytes) -> None:
    """S-IO-04."""
    with pytest.raises(BadRequest) as refused:
        bodies.parse_json(raw)
    assert (refused.value.status, refused.value.code) == (400, "malformed_json")


def test_what_is_just_within_the_bounds_is_read() -> None:
    """S-IO-04: 256 KiB, 20 levels."""
    assert bodies.parse_json(b"[" * 20 + b"]" * 20)
    longest = b'"' + b"x" * (bodies.MOST_BYTES - 2) + b'"'
    assert bodies.parse_json(longest)
    with pytest.raises(TooLarge):
        bodies.parse_json(longest + b" ")
