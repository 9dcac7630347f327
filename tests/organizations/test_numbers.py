"""TINs and NPIs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.organizations.domain import is_npi, is_tin

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("text", "tin"),
    [
        ("000000001", True),
        ("999999999", True),
        ("12345678", False),
        ("1234567890", False),
        ("12-345678", False),
        ("12345678x", False),
        ("１２３４５６７８９", False),  # full-width digits
        ("٠١٢٣٤٥٦٧٨", False),  # Arabic digits
        ("12345678²", False),
        (" 123456789", False),
        ("123456789\n", False),
        ("", False),
    ],
)
def test_a_tin_is_nine_ascii_digits(text: str, tin: bool) -> None:
    assert is_tin(text) is tin


@pytest.mark.parametrize("text", ["1234567893", "1245319599", "1003000126", "1992999999"])
def test_known_npis(text: str) -> None:
    """The first is the example of the US standard; its check digit counts the prefix 80840."""
    assert is_npi(text)


@pytest.mark.parametrize(
    "text", ["1234567890", "123456789", "12345678933", "123456789x", "１２３４５６７８９３", "1234567893\n", ""]
)
def test_what_is_no_npi(text: str) -> None:
    assert not is_npi(text)


@given(DIGITS)
def test_nine_digits_have_exactly_one_check_digit(nine: str) -> None:
    """Luhn."""
    assert sum(is_npi(nine + check) for check in "0123456789") == 1


@given(DIGITS, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine: str, place: int, difference: int) -> None:
    """Luhn."""
    npi = next(nine + check for check in "0123456789" if is_npi(nine + check))
    wrong = str((int(npi[place]) + difference) % 10)
    assert not is_npi(npi[:place] + wrong + npi[place + 1 :])


@given(DIGITS, st.integers(0, 8))
def test_two_neighbours_swapped_are_found(nine: str, place: int) -> None:
    """Luhn: but for 09 and 90."""
    npi = next(nine + check for check in "0123456789" if is_npi(nine + check))
    one, other = npi[place], npi[place + 1]
    swapped = npi[:place] + other + one + npi[place + 2 :]
    assert is_npi(swapped) == (one == other or {one, other} == {"0", "9"})
