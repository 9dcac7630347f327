"""How texts are searched and sorted: without case and accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core.writing import folded, sort_key


@pytest.mark.parametrize(
    ("one", "other"),
    [("ÉCOLE", "ecole"), ("Straße", "STRASSE"), ("ﬁle", "FILE"), ("İzmir", "izmir"), ("𝔸𝕓", "ab"), ("℡", "tel")],
)
def test_found_alike(one: str, other: str) -> None:
    """Case counts for nothing, however a letter is written."""
    assert folded(one) == folded(other)


@given(st.text(max_size=40))
def test_folding_once_is_enough(text: str) -> None:
    """What is stored and what is typed meet, whichever was folded before."""
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=300))
def test_a_key_fits_into_an_index(text: str) -> None:
    """DynamoDB takes sort keys of 1,024 bytes; an id follows."""
    assert len(sort_key(text).encode("utf-8", "surrogatepass")) <= 800
