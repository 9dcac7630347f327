"""A telephone number as people write it (ACC-2): at least seven digits, whatever stands between them."""

import msgspec
import pytest

from chalicelib.core.fields import Phone


@pytest.mark.parametrize(
    "number", ["5550100", "555-0100", "+1 (212) 555-0100 x 12", "(212) 555.0100", "1-800-555-0100", "   555 0100"]
)
def test_numbers(number: str) -> None:
    assert msgspec.convert(number, Phone) == number


@pytest.mark.parametrize(
    "number", ["-------", "       ", "555-010", "+(). x -", "555-010O", "555-0100\n", "1" * 41, ""]
)
def test_what_is_none(number: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(number, Phone)
