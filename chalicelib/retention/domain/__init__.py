"""For how long messages are kept (MSG-10): whole calendar years from the instant they were sent, in UTC."""

from datetime import UTC, datetime

import msgspec


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file of something that was deleted."""

    id: str
    sha256: str
    """Of its bytes, in base64."""
    deleted: bool
    """Whether the file went with it; another message may still have had it."""


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """What proves that something was deleted, and what it was: ids and digests, no word of it."""

    id: str
    kind: str
    """`message`, or `broadcast`: what a message to many organizations said."""
    object_id: str
    thread_id: str | None
    organization_id: str | None
    kept_from: datetime
    """From when on its years counted."""
    deleted_at: datetime
    years: int
    """For which it was kept, as the plan had set them."""
    sha256: str
    """Of the document as it was stored, in hexadecimal."""
    mailboxes: int
    """How many it was addressed to, whoever had it withdrawn since."""
    files: tuple[File, ...] = ()


def ends_at(kept_from: datetime, years: int) -> datetime:
    """From this instant on it is deleted. What is from 29 February ends on 1 March where there is no such day."""
    at = kept_from.astimezone(UTC)
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, month=3, day=1)


def is_due(kept_from: datetime, years: int, now: datetime) -> bool:
    """Whether its years are over, to the microsecond."""
    return ends_at(kept_from, years) <= now


def latest_due(years: int, now: datetime) -> datetime:
    """An instant after which nothing is from that is due at `now`; of what is from earlier, `is_due` tells."""
    at = now.astimezone(UTC)
    try:
        return at.replace(year=at.year - years)
    except ValueError:
        return at.replace(year=at.year - years, month=3, day=1)
