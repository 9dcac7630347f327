"""How long a comment may be (ACC-4)."""

from chalicelib.core.errors import FieldError

MOST_CHARACTERS = 200
"""Grapheme clusters: what a person counts as one character (Unicode UAX #29)."""
MOST_BYTES = 2_000


def check(comment: str, clusters: int, *, required: bool) -> list[FieldError]:
    """What is wrong with a comment that has so many grapheme clusters; blanks alone are none."""
    if required and not comment.strip():
        return [FieldError("/comment", "required")]
    if clusters > MOST_CHARACTERS or len(comment.encode()) > MOST_BYTES:
        return [FieldError("/comment", "comment_too_long", MOST_CHARACTERS)]
    return []
