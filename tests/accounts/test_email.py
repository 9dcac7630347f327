"""Addresses that are the same sign-in."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from chalicelib.accounts.domain import normalised

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
LETTERS = st.text(st.characters(codec="utf-8", exclude_characters="@", exclude_categories=("Cc", "Cs")), min_size=1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gina.Sample@Maple.Example", "gina.sample@maple.example"),
        ("  gina@maple.example ", "gina@maple.example"),
        ("gina@bücher.example", "gina@xn--bcher-kva.example"),
        ("GINA@BÜCHER.EXAMPLE", "gina@xn--bcher-kva.example"),
        ("ｇｉｎａ＠maple．example", "gina@maple.example"),
        ("josé@maple.example", "jose\u0301@maple.example"),
        ("STRASSE@maple.example", "straße@maple.example"),
        ("ﬁna@maple.example", "FINA@maple.example"),
        ("\u0390@maple.example", "\u0390@maple.example".upper()),
    ],
)
def test_different_spellings_of_one_address_are_one(one: str, other: str) -> None:
    """S-AUTH-01."""
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gina@maple.example", "gina@maple.example.org"),
        ("gina@maple.example", "gina+1@maple.example"),
        ("gina@maple.example", "g.ina@maple.example"),
        ("gina@maple.example", "ɡina@maple.example"),  # Latin letter script g: looks alike, is another address
    ],
)
def test_different_addresses_stay_different(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(LETTERS, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
@example("\u0390", "NFD")
def test_every_unicode_form_of_an_address_is_one(local: str, form: Form) -> None:
    """S-AUTH-01: whichever form a keyboard or a password manager types."""
    address = f"{local}@maple.example"
    assert normalised(unicodedata.normalize(form, address)) == normalised(address)


@given(LETTERS)
def test_case_makes_no_difference(local: str) -> None:
    """S-AUTH-01: for every letter whose cases Unicode calls the same."""
    for other in (local.upper(), local.lower(), local.casefold()):
        assume(unicodedata.normalize("NFKC", other.casefold()) == unicodedata.normalize("NFKC", local.casefold()))
        assert normalised(f"{other}@maple.example") == normalised(f"{local}@maple.example")


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs")), max_size=300))
def test_a_text_is_normalised_once_and_for_all(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once


@given(st.text(max_size=300))
def test_whatever_is_typed_at_sign_in_has_a_normal_form(text: str) -> None:
    """It never raises: an address that can't be one finds nobody."""
    assert normalised(text) == normalised(text)
