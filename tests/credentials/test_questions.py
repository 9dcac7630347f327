"""Security questions: what may be chosen, and that an answer is known however it is written (CRD-3, S-AUTH-09)."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from chalicelib.core import access
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.credentials import hashing, questions
from chalicelib.credentials.domain.questions import CATALOGUE, Given, Person, normalised, question_errors
from chalicelib.credentials.store.questions import questions_of
from tests import stored
from tests.world import START, World

GOOD = (Given("first_pet", "Sir Barksalot"), Given("lost_thing", "the blue kite"), Given("best_gift", "Trumpet"))
PERSON = Person(
    names=("Anna O'Brien", "Ann Sample"),
    email="anna.sample@people.example",
    is_password=lambda text: text == "Quiet-Harbor-27",
)


def _error(*given: Given) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in question_errors(given, PERSON)]


def test_the_catalogue_is_long_enough() -> None:
    """S-AUTH-09."""
    assert len(CATALOGUE) >= 20


def test_good_ones() -> None:
    assert _error(*GOOD) == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ("Rex", "answer_too_short"),
        ("  R  x ", "answer_too_short"),
        ("The Blue  KITE", "answer_repeated"),
        ("anna o'brien", "answer_is_name"),
        ("SAMPLE", "answer_is_name"),
        ("Anna", "answer_is_name"),
        ("Anna.Sample@people.example", "answer_is_email"),
        ("anna.sample", "answer_is_email"),
        ("Quiet-Harbor-27", "answer_is_password"),
        ("my first pet", ""),
        ("first pet", "answer_repeats_question"),
        ("Mascota", "answer_repeats_question"),
    ],
)
def test_what_no_answer_may_be(answer: str, code: str) -> None:
    """S-AUTH-09: each in its place, and the others stay good."""
    chosen = [GOOD[1], Given("first_pet", answer), GOOD[2]]
    assert _error(*chosen) == ([("/questions/1/answer", code)] if code else [])


def test_which_questions_may_be_chosen() -> None:
    """CRD-3: three different ones of the catalogue."""
    assert _error(*GOOD[:2]) == [("/questions", "three_questions")]
    assert _error(GOOD[0], GOOD[1], Given("first_pet", "Something else")) == [
        ("/questions/2/question", "question_repeated")
    ]
    assert _error(GOOD[0], Given("mothers_maiden_name", "Canary"), GOOD[2]) == [
        ("/questions/1/question", "unknown_question")
    ]


_WRITTEN: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: f"  {text}\u00a0",
    lambda text: text.replace(" ", "   "),
]


@drawn(st.text(min_size=1, max_size=40), st.text(min_size=1, max_size=40), st.sampled_from(_WRITTEN))
def test_only_the_writing_may_differ(answer: str, other: str, written: Callable[[str], str]) -> None:
    """S-AUTH-09: Unicode form, case and spaces don't count; everything else does."""
    assert normalised(normalised(answer)) == normalised(answer)
    plain = answer.encode("ascii", "ignore").decode()
    assert normalised(written(plain)) == normalised(plain)
    if "".join(answer.casefold().split()) != "".join(other.casefold().split()) and (answer + other).isascii():
        assert normalised(answer) != normalised(other)


def _set(world: World, given: tuple[Given, ...]) -> None:
    planned = Change(access.system("test"), Entry(action="test"), START)
    questions.plan_questions(planned, world.gina.user.id, given)
    planned.commit(None)


def test_answers_are_judged_together(world: World) -> None:
    """S-AUTH-10: both right, or no; S-AUTH-09: in any writing, with nothing of them stored."""
    _set(world, GOOD)
    assert questions.ids_of(world.gina.user.id) == ["first_pet", "lost_thing", "best_gift"]
    chosen = questions_of(world.gina.user.id)
    asked = ("lost_thing", "first_pet")
    assert questions.right(chosen, asked, ("THE blue\tkite", " sir  barksalot"))
    assert not questions.right(chosen, asked, ("the blue kite", "sir barksalots"))
    assert not questions.right(chosen, asked, ("sir barksalot", "the blue kite"))
    assert not questions.right(chosen, ("first_dish",), ("sir barksalot",))
    assert not questions.right(None, asked, ("the blue kite", "sir barksalot"))
    assert not questions.right(chosen, (), ())
    assert "barksalot" not in stored.dump().casefold()
    for encoded in chosen.answers.values() if chosen else []:
        assert encoded.startswith("$argon2id$")
        assert not hashing.matches(encoded, "sir barksalot"), "S-AUTH-04: the pepper is part of it"
    _set(world, (GOOD[0], GOOD[1], Given("first_dish", "Pancakes")))
    assert "best_gift" not in questions.ids_of(world.gina.user.id)
