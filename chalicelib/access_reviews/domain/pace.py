"""Deciding faster than anybody can read is told to the plan, which looks at a sample (S-AZ-09). Nothing is refused."""

import hashlib
import math
from datetime import datetime, timedelta

import msgspec

from chalicelib.access_reviews.domain.evidence import Reviewer

TOO_MANY = 50
WITHIN = timedelta(seconds=50)
"""So many decisions of one reviewer in less than that are suspect."""
_FEWEST_LOOKED_AT = 5
_FORGOTTEN = timedelta(hours=1)
"""A decision that long after the one before begins anew."""


class Click(msgspec.Struct, frozen=True):
    """One decision and its instant."""

    id: str
    at: datetime


class Pace(msgspec.Struct, frozen=True):
    """A reviewer's last decisions, the oldest first; at most one less than are too many."""

    clicks: tuple[Click, ...] = ()
    last_at: datetime | None = None
    version: int = 0


class Settled(msgspec.Struct, frozen=True):
    """Somebody of the plan looked into it."""

    by: Reviewer
    at: datetime
    finding: str


class Suspect(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions that were made too fast, for the plan to look at."""

    id: str
    organization_id: str
    reviewer: Reviewer
    first_at: datetime
    last_at: datetime
    count: int
    sample: list[str]
    """Ids of the decisions to look at: a tenth, five at least."""
    settled: Settled | None = None


def seconds_since(pace: Pace, now: datetime) -> float | None:
    """How long ago the decision before was; None when there was none lately."""
    if pace.last_at is None or now - pace.last_at > _FORGOTTEN:
        return None
    return max(0.0, (now - pace.last_at).total_seconds())


def clicked(pace: Pace, click: Click) -> tuple[Pace, tuple[Click, ...]]:
    """The pace with one more decision, and the decisions that were too fast; then counting begins anew."""
    clicks = (*pace.clicks, click)[-TOO_MANY:]
    too_fast = len(clicks) == TOO_MANY and clicks[-1].at - clicks[0].at < WITHIN
    kept = () if too_fast else clicks[-(TOO_MANY - 1) :]
    return Pace(kept, click.at, pace.version), clicks if too_fast else ()


def sample(clicks: tuple[Click, ...]) -> list[str]:
    """The decisions to look at: a tenth that nobody can foresee or choose, by digests of their ids."""
    most = max(_FEWEST_LOOKED_AT, math.ceil(len(clicks) / 10))
    return sorted((click.id for click in clicks), key=lambda id_: hashlib.sha256(id_.encode()).digest())[:most]
