"""Cursors: only ours, only for what they were made for, only as they were given out (S-IO-08)."""

import base64
import os
import string
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core import config, cursors
from chalicelib.core.errors import BadRequest
from tests import scale

PLENTY = scale.examples(200)
POSITION = {"pk": "BOX#mem_1#inbox", "sk": "msg_2"}
SCOPE = ("box", "mem_1", "inbox")
URL_SAFE = string.ascii_letters + string.digits + "-_"


def _refused(cursor: str, scope: tuple[str, ...] = SCOPE) -> None:
    with pytest.raises(BadRequest) as refused:
        cursors.open_(cursor, scope)
    assert (refused.value.status, refused.value.code) == (400, "bad_cursor")


@PLENTY
@given(st.dictionaries(st.text(), st.text()), st.lists(st.text()).map(tuple))
def test_what_is_sealed_opens_for_the_same_scope(position: dict[str, str], scope: tuple[str, ...]) -> None:
    sealed = cursors.seal(position, scope)
    assert cursors.open_(sealed, scope) == position
    assert set(sealed) <= set(URL_SAFE)


@PLENTY
@given(st.lists(st.text(max_size=3), max_size=4).map(tuple), st.lists(st.text(max_size=3), max_size=4).map(tuple))
def test_a_cursor_of_another_scope_is_refused(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    if one != other:
        _refused(cursors.seal(POSITION, one), other)


@pytest.mark.parametrize(
    "scope",
    [
        ("box", "mem_2", "inbox"),
        ("box", "mem_1", "sent"),
        ("thread", "mem_1", "inbox"),
        ("box", "mem_1inbox"),
        (),
        ("",),
    ],
)
def test_a_borrowed_cursor_is_refused(scope: tuple[str, ...]) -> None:
    _refused(cursors.seal(POSITION, SCOPE), scope)


def test_one_letter_changed_is_refused_wherever_it_stands() -> None:
    sealed = cursors.seal(POSITION, SCOPE)
    for place, letter in enumerate(sealed):
        for other in (URL_SAFE[(URL_SAFE.index(letter) + 1) % 64], URL_SAFE[(URL_SAFE.index(letter) + 32) % 64]):
            _refused(sealed[:place] + other + sealed[place + 1 :])


def test_a_part_of_a_cursor_is_refused() -> None:
    sealed = cursors.seal(POSITION, SCOPE)
    for length in range(len(sealed)):
        _refused(sealed[:length])


@pytest.mark.parametrize("spelling", ["{}=", "{}==", " {}", "{}\n", "{}!", "\n{}", "{}.", "{}A", "{}-"])
def test_another_spelling_of_the_same_bytes_is_refused(spelling: str) -> None:
    """Base64 decoders overlook much."""
    _refused(spelling.format(cursors.seal(POSITION, SCOPE)))


def test_bits_that_no_byte_uses_are_refused() -> None:
    for length in range(3):
        position = {"sk": "x" * length}
        sealed = cursors.seal(position, SCOPE)
        unused = {0: 0, 2: 4, 3: 2}[len(sealed) % 4]
        for spare in range(1, 2**unused):
            other = sealed[:-1] + _ALPHABET[_ALPHABET.index(sealed[-1]) + spare]
            assert base64.urlsafe_b64decode(other + "==") == base64.urlsafe_b64decode(sealed + "==")
            _refused(other)


_ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


@pytest.mark.parametrize("cursor", ["", "x", "é", "\ud800", "A" * 2000, "null", "{}", "a+b/c=", "%00"])
def test_nonsense_is_refused(cursor: str) -> None:
    _refused(cursor)


@PLENTY
@given(st.text() | st.text(URL_SAFE, min_size=43))
def test_whatever_is_no_cursor_is_refused(cursor: str) -> None:
    _refused(cursor)


@PLENTY
@given(st.binary(min_size=1))
def test_a_position_of_ones_own_cannot_be_signed(position: bytes) -> None:
    sealed = cursors.seal(POSITION, SCOPE)
    signature = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))[:32]
    if position != b'{"pk":"BOX#mem_1#inbox","sk":"msg_2"}':
        _refused(base64.urlsafe_b64encode(signature + position).rstrip(b"=").decode())


@pytest.fixture
def another_key() -> Iterator[None]:
    """The settings of a deployment with another key."""
    key = os.environ["PORTICO_CURSOR_KEY"]
    os.environ["PORTICO_CURSOR_KEY"] = "another key, no shorter than 32 letters"
    config.current.cache_clear()
    yield
    os.environ["PORTICO_CURSOR_KEY"] = key
    config.current.cache_clear()


def test_a_cursor_of_another_deployment_is_refused(another_key: None) -> None:
    foreign = cursors.seal(POSITION, SCOPE)
    os.environ["PORTICO_CURSOR_KEY"] = "a third key, again no shorter than 32"
    config.current.cache_clear()
    _refused(foreign)
