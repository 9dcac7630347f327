"""Items of security questions, in the directory table."""

from pynamodb.attributes import JSONAttribute, UTCDateTimeAttribute

from chalicelib.core.tables import DirectoryRow
from chalicelib.credentials.domain.questions import Chosen


class QuestionsRow(DirectoryRow, discriminator="questions"):
    """pk `USER#<user id>`, sk `QUESTIONS`."""

    answers = JSONAttribute()
    """Encoded hashes by the ids of the questions."""
    set_at = UTCDateTimeAttribute()


def questions_key(user_id: str) -> tuple[str, str]:
    """Key of a user's questions."""
    return f"USER#{user_id}", "QUESTIONS"


def questions_row(user_id: str, chosen: Chosen) -> QuestionsRow:
    """The item of a user's questions."""
    return QuestionsRow(*questions_key(user_id), answers=chosen.answers, set_at=chosen.set_at)


def questions_from_row(row: QuestionsRow) -> Chosen:
    """The questions in an item."""
    return Chosen(answers=row.answers, set_at=row.set_at)


def questions_of(user_id: str) -> Chosen | None:
    """A user's questions; None before they have set any."""
    try:
        return questions_from_row(QuestionsRow.get(*questions_key(user_id), consistent_read=True))
    except QuestionsRow.DoesNotExist:
        return None
