"""Setting security questions and judging answers to them (CRD-3, CRD-4): one place for all who do."""

from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.core import sealing
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError
from chalicelib.credentials import hashing
from chalicelib.credentials.domain.questions import Chosen, Given, Person, normalised, question_errors
from chalicelib.credentials.store import questions as store


def errors(
    given: Sequence[Given], names: Sequence[str], email: str, is_password: Callable[[str], bool]
) -> list[FieldError]:
    """What is wrong with chosen questions and answers, with pointers such as `/questions/0/answer` (S-AUTH-09).

    `is_password` says whether a text is the person's password: compares, or verifies its hash.
    """
    return question_errors(given, Person(names=tuple(names), email=email, is_password=is_password))


def plan_questions(planned: Change, user_id: str, given: Sequence[Given]) -> None:
    """Plan that these are a user's questions from now on, in place of those before. `errors` has found none."""
    planned.put(store.questions_row(user_id, chosen(given, planned.now)))


def chosen(given: Sequence[Given], now: datetime) -> Chosen:
    """Questions as they are kept: one argon2 hash for each answer."""
    return Chosen(answers={one.question: hashing.make(_prepared(one.answer)) for one in given}, set_at=now)


def ids_of(user_id: str) -> list[str]:
    """Which questions a user set, in the order in which they set them; none before they did."""
    own = store.questions_of(user_id)
    return list(own.answers) if own is not None else []


def right(own: Chosen | None, asked: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether all of the answers are right. Says nothing about which, and costs the same whatever they are.

    One argon2 verification for each question that was asked, also for somebody who set none (S-AUTH-10).
    """
    encoded = own.answers if own is not None else {}
    paired = zip(asked, answers, strict=True)
    verified = [hashing.matches(encoded.get(question), _prepared(answer)) for question, answer in paired]
    return bool(verified) and all(verified)


def _prepared(answer: str) -> str:
    return sealing.peppered(normalised(answer))
