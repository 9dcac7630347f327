"""The catalogue of security questions, and how bodies carry the answers (CRD-3)."""

from collections.abc import Sequence
from typing import Annotated

import msgspec

from chalicelib.core.access import PUBLIC
from chalicelib.core.fields import Answer, QuestionId
from chalicelib.core.http import Routes
from chalicelib.credentials.domain.questions import CATALOGUE, NUMBER, Given

routes = Routes(__name__)


class QuestionBody(msgspec.Struct):
    """A question that somebody chose, with their answer."""

    question: QuestionId
    answer: Answer


QuestionsBody = Annotated[list[QuestionBody], msgspec.Meta(min_length=NUMBER, max_length=NUMBER)]
"""All that a person answers."""


def given(questions: Sequence[QuestionBody]) -> tuple[Given, ...]:
    """Questions and answers of a body, for `credentials.questions`."""
    return tuple(Given(one.question, one.answer) for one in questions)


class QuestionView(msgspec.Struct):
    """A question that can be chosen. Its text is the page's, in the reader's language."""

    id: str


class QuestionsView(msgspec.Struct):
    """All of them: some twenty."""

    items: list[QuestionView]
    next_cursor: str | None = None


@routes.route("/security-questions", method="GET", who=PUBLIC, summary="The security questions one can choose from")
def list_questions() -> QuestionsView:
    """The same for everybody; which ones somebody chose is told to nobody but them."""
    return QuestionsView([QuestionView(id_) for id_ in CATALOGUE])
