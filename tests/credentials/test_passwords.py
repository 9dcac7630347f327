"""The password rule (CRD-1)."""

import random
import string
import subprocess
import sys

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from chalicelib.accounts.domain import User
from chalicelib.credentials import passwords, store
from chalicelib.credentials.domain.passwords import password_errors, shortest_password
from chalicelib.plan.domain import PlanSettings
from infra import ROOT
from tests.world import START

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


@pytest.mark.parametrize(
    "password", ["M4ple-2026-x", "xx-0BR1EN-yy", "G@rc1a-2026-A", "He4l7h!Health", "4nn4-A-7777", "my-c1inic-A1"]
)
def test_signs_that_stand_for_letters_hide_no_name(password: str) -> None:
    """S-AUTH-03: leet variants."""
    assert "contains_name" in _codes(password)


def test_numbers_count_too() -> None:
    """S-AUTH-03: a TIN; a year or a house number is in too many passwords."""
    names = ["Birch Sample Pediatrics 000000002"]
    assert [error.code for error in password_errors("Xy-000000002", names)] == ["contains_name"]
    assert password_errors("Xy-00002-Xy", names) == []


@pytest.mark.parametrize(
    ("setting", "has_factor", "shortest"), [(8, False, 8), (8, True, 8), (15, False, 15), (15, True, 8), (4, False, 8)]
)
def test_the_shortest_password(setting: int, has_factor: bool, shortest: int) -> None:
    """D1: longer where it is all there is; never shorter than the floor."""
    assert shortest_password(setting, has_factor=has_factor) == shortest
    assert [error.code for error in password_errors("Aa!" + "x" * (shortest - 4), (), (), shortest)] == [
        "password_too_short"
    ]
    assert password_errors("Aa!" + "x" * (shortest - 3), (), (), shortest) == []


class TestTheList:
    """Common passwords (S-AUTH-03), asked as everybody asks who sets one."""

    user = User(id="usr_a", email="wilma.placeholder@people.example", name="Wilma Placeholder")
    settings = PlanSettings(
        name="Example Valley Health Plan",
        time_zone="America/New_York",
        helpdesk_phone="",
        helpdesk_hours="",
        confidentiality_notice="",
        sharing_notice="",
    )

    def codes(self, password: str, former: store.PasswordRow | None = None) -> list[str]:
        organizations = ["Maple Example Clinic 000000001"]
        found = passwords.errors(
            password, self.user, self.user.name, organizations, self.settings, has_factor=False, former=former
        )
        return [error.code for error in found]

    def test_it_is_long_enough(self) -> None:
        assert len(passwords._common()) >= 20_000

    def test_its_first_entries_are_refused_in_the_forms_that_the_rule_asks_for(self) -> None:
        """With an upper case letter and an ending, as people make a common password fit a rule."""
        taken = list(FREQUENCY_LISTS["passwords"])
        fitting = [entry for entry in taken if len(entry) >= 4 and entry[0].isalpha() and entry.isalnum()]
        for entry in fitting[:3_000]:
            for ending in ("!!!!", "1!--", "-2026", "!!!!12"):
                assert "too_common" in self.codes(entry.capitalize() + ending), entry
        whole = [entry for entry in taken if not entry.isalnum()]
        assert whole
        for entry in whole:
            assert "too_common" in self.codes(entry.upper())

    @pytest.mark.parametrize("password", ["Wi1ma-2026-x", "my-Placeholder-1", "P0rtico-2026", "Valley-Girl-9"])
    def test_words_of_the_place_are_refused(self, password: str) -> None:
        """S-AUTH-03: the person, their address, their organization, the plan, the portal."""
        assert self.codes(password) == ["contains_name"]

    def test_chance_is_never_refused(self) -> None:
        """S-AUTH-03: 10,000 random passwords of 12 characters that keep the rule."""
        chance = random.Random(27)
        letters = string.ascii_letters + string.digits + string.punctuation
        tried = 0
        while tried < 10_000:
            password = "".join(chance.choices(letters, k=12))
            if not password_errors(password, ()):
                assert self.codes(password) == []
                tried += 1

    def test_nobody_else_is_asked(self) -> None:
        """S-AUTH-03: in a process of its own, where no connection can be made."""
        code = (
            "import socket, tests.settings, os; os.environ.update(tests.settings.ENVIRONMENT)\n"
            "def refuse(*_, **__): raise AssertionError('a connection')\n"
            "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
            "from chalicelib.credentials import passwords\n"
            "assert 'password' in passwords._common()"
        )
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)

    def test_the_last_five_stay_away(self) -> None:
        """CRD-1, S-AUTH-05: the present one and the four before it; the sixth may come back."""
        row = None
        used = [f"Quiet-Harbor-{number}" for number in range(6)]
        for password in used:
            assert self.codes(password, row) == []
            row = passwords.chosen("usr_a", password, START, row)
        assert [self.codes(password, row) for password in used] == [[], *[["password_used_before"]] * 5]
        assert row is not None
        assert all(encoded.startswith("$argon2id$") for encoded in [row.encoded, *map(str, row.former or [])])
