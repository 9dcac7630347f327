"""The password rule (CRD-1)."""

import pytest

from chalicelib.credentials.domain.passwords import password_errors

NAMES = ("Anna O'Brien-García", "Maple Example Clinic", "Example Valley Health Plan")


def _codes(password: str) -> set[str]:
    errors = password_errors(password, NAMES)
    assert {error.pointer for error in errors} <= {"/password"}
    return {error.code for error in errors}


@pytest.mark.parametrize(
    "password",
    [
        "Quiet-Harbor-27",
        "Quiet Harbor",  # a space is a special character
        "  Aa  bb  ",
        "Ärgerlich!ß",
        "Пароль-дня",
        "aA😀😀😀😀😀😀",
        "A" + "a" * 126 + "!",
        "Sleepy-Annuals",  # Ann is in it, Anna is not
        "Abcdefg\t",
    ],
)
def test_good_ones(password: str) -> None:
    """CRD-1: spaces and Unicode are welcome."""
    assert _codes(password) == set()


@pytest.mark.parametrize(
    ("password", "codes"),
    [
        ("Aa-4567", {"password_too_short"}),
        ("aA😀😀😀😀😀", {"password_too_short"}),
        ("A" + "a" * 127 + "!", {"too_long"}),
        ("quiet-harbor-27", {"needs_upper_case"}),
        ("QUIET-HARBOR-27", {"needs_lower_case"}),
        ("QuietHarbor27", {"needs_special_character"}),
        ("", {"password_too_short", "needs_upper_case", "needs_lower_case", "needs_special_character"}),
        ("12345678", {"needs_upper_case", "needs_lower_case", "needs_special_character"}),
        ("李小龍李小龍李小龍", {"needs_upper_case", "needs_lower_case", "needs_special_character"}),
    ],
)
def test_every_rule_that_is_broken_is_named(password: str, codes: set[str]) -> None:
    """CRD-1."""
    assert _codes(password) == codes


@pytest.mark.parametrize(
    "password",
    ["Anna-1234-x", "xx-OBRIEN-yy", "O'Brien's!", "garcia-2026-A", "My.Maple.1", "A-n-n-A-7777", "health!Health"],
)
def test_what_is_made_of_a_name_is_refused(password: str) -> None:
    """CRD-1: in any case, with or without accents and signs between the letters."""
    assert _codes(password) == {"contains_name"}


def test_short_names_count_whole() -> None:
    """CRD-1: Lee is in sleep, so it counts only where it is all there is; letters without case count too."""
    assert password_errors("Sleep-Well-9", ["Bo Lee"]) == []
    assert [error.code for error in password_errors("Bo-Lee-1999", ["Bo Lee"])] == ["contains_name"]
    assert [error.code for error in password_errors("Xx-李小龍-9999", ["李小龍"])] == ["contains_name"]
    assert password_errors("Quiet-Harbor-27", ["", "-", "7"]) == []
