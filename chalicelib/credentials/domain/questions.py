"""Security questions: the catalogue, and what an answer must be (CRD-3, S-AUTH-09)."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import msgspec

from chalicelib.core.errors import FieldError

NUMBER = 3
"""How many a person answers; recovery asks two of them (CRD-4)."""
SHORTEST_ANSWER = 4
"""Code points of the normalised answer."""

# Each question with its words in every language, as frontend/src/texts/ writes it: an answer of these alone tells
# nothing. None asks for what public records or profiles tell: no names of relatives, schools, streets, birthplaces.
CATALOGUE: dict[str, str] = {
    "first_pet": "what was the name of your first pet cómo se llamaba su primera mascota",
    "favorite_teacher": (
        "which teacher did you like best in elementary school qué maestro le gustaba más en la escuela "
        "primaria favorite"
    ),
    "childhood_friend": (
        "what was the first name of your best friend as a child cuál era el nombre de su mejor amigo la "
        "infancia childhood"
    ),
    "first_concert": (
        "which band or singer did you see at your first concert qué grupo o cantante vio en su primer concierto"
    ),
    "first_dish": "which dish did you learn to cook first qué plato aprendió a cocinar primero",
    "first_boss": "what was the first name of your boss cuál era el nombre de su primer jefe",
    "childhood_nickname": (
        "which nickname did your family give you as a child qué apodo le puso su familia en la infancia childhood"
    ),
    "favorite_toy": "which toy did you like best when were small qué juguete le gustaba más en la niñez favorite",
    "childhood_book": (
        "which book did you read again and as a child qué libro leyó una y otra vez en la infancia childhood"
    ),
    "dream_job": "what did you want to be when were ten years old qué quería ser a los diez años dream job",
    "first_flight": "where did your first flight take you adónde le llevó su primer vuelo",
    "hiding_place": "where did you like to hide as a child dónde le gustaba esconderse en la infancia hiding place",
    "favorite_cartoon": (
        "which cartoon character did you like best as a child qué personaje de dibujos animados le gustaba "
        "más en la infancia favorite"
    ),
    "first_instrument": "which musical instrument did you try first qué instrumento probó primero",
    "lost_thing": "which lost thing do you still think of en qué objeto perdido piensa todavía",
    "first_bicycle": "what did you call your first car or bicycle qué nombre le puso a su primer coche o bicicleta",
    "sweet_shop": "where did you buy sweets as a child dónde compraba dulces en la infancia sweet shop",
    "school_lunch": "which school lunch did you like least qué almuerzo de la escuela le gustaba menos",
    "first_dance": "which song do you remember dancing to first qué canción recuerda haber bailado primero dance",
    "favorite_game": (
        "which game did you play most with your friends as a child qué juego jugaba más con sus amigos en la "
        "infancia favorite"
    ),
    "grandparents_dish": "which dish reminds you of your grandparents qué plato le recuerda a sus abuelos",
    "first_prize": "what did you win your first prize for por qué ganó su primer premio",
    "best_gift": "which gift do you remember best qué regalo recuerda mejor",
    "first_movie": "which movie did you see first at a theater qué película vio primero en el cine",
}


class Given(msgspec.Struct, frozen=True):
    """A question that somebody chose, and their answer as they typed it."""

    question: str
    answer: str


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """A user's three questions; of the answers only hashes are known."""

    answers: dict[str, str]
    """The encoded hash of the peppered normalised answer, by the question's id."""
    set_at: datetime


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of whoever answers, which no answer may be."""

    names: tuple[str, ...]
    email: str
    is_password: Callable[[str], bool]
    """Whether a text is their password."""


def normalised(answer: str) -> str:
    """An answer without what people write differently each time: form, case, spaces (S-AUTH-09)."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", answer).casefold())
    return " ".join(folded.split())


def question_errors(given: Sequence[Given], person: Person) -> list[FieldError]:
    """What is wrong with the chosen questions and answers: every one, by its place in the list (S-AUTH-09)."""
    if len(given) != NUMBER:
        return [FieldError("/questions", "three_questions", NUMBER)]
    errors: list[FieldError] = []
    for index, one in enumerate(given):
        errors += _question_errors(f"/questions/{index}/question", one, given[:index])
        errors += _answer_errors(f"/questions/{index}/answer", one, given[:index], person)
    return errors


def _question_errors(pointer: str, one: Given, earlier: Sequence[Given]) -> Iterator[FieldError]:
    if one.question not in CATALOGUE:
        yield FieldError(pointer, "unknown_question")
    if one.question in {other.question for other in earlier}:
        yield FieldError(pointer, "question_repeated")


def _answer_errors(pointer: str, one: Given, earlier: Sequence[Given], person: Person) -> Iterator[FieldError]:
    answer, email = normalised(one.answer), normalised(person.email)
    if len(answer) < SHORTEST_ANSWER:
        yield FieldError(pointer, "answer_too_short", SHORTEST_ANSWER)
    if answer in {normalised(other.answer) for other in earlier}:
        yield FieldError(pointer, "answer_repeated")
    if any(_only_words_of(answer, name) for name in person.names):
        yield FieldError(pointer, "answer_is_name")
    if answer in {email, email.partition("@")[0]}:
        yield FieldError(pointer, "answer_is_email")
    if _only_words_of(answer, CATALOGUE.get(one.question, "")):
        yield FieldError(pointer, "answer_repeats_question")
    if person.is_password(one.answer):
        yield FieldError(pointer, "answer_is_password")


def _only_words_of(answer: str, text: str) -> bool:
    words = _words(answer)
    return bool(words) and words <= _words(normalised(text))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))
