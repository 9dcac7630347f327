"""Items of second factors in the directory table, and of seeds that are offered in the short-lived one."""

from datetime import datetime

import msgspec
from pynamodb.attributes import ListAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, ShortLivedRow
from chalicelib.credentials.domain.factors import Factor


class FactorRow(DirectoryRow, discriminator="factor"):
    """pk `USER#<user id>`, sk `FACTOR`."""

    sealed = UnicodeAttribute()
    enrolled_at = UTCDateTimeAttribute()
    last_step = NumberAttribute()
    recovery = ListAttribute(of=UnicodeAttribute)
    version = NumberAttribute()


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A seed that was offered to somebody and is theirs once they give a code of it."""

    owner: str
    """Where it waits: the hash of a link, or the user's id."""
    user_id: str
    sealed: str
    """The seed, sealed for this user."""
    ends_at: datetime


class CandidateRow(ShortLivedRow, discriminator="factor_candidate"):
    """pk `FACTOR_CANDIDATE#<owner>`, sk `FACTOR_CANDIDATE`. `expires_at` has whole seconds; `ends_at` counts."""

    user_id = UnicodeAttribute()
    sealed = UnicodeAttribute()
    ends_at = UTCDateTimeAttribute()


def factor_key(user_id: str) -> tuple[str, str]:
    """Key of a user's factor."""
    return f"USER#{user_id}", "FACTOR"


def factor_row(factor: Factor) -> FactorRow:
    """The item of a factor."""
    return FactorRow(
        *factor_key(factor.user_id),
        sealed=factor.sealed,
        enrolled_at=factor.enrolled_at,
        last_step=factor.last_step,
        recovery=sorted(factor.recovery),
        version=factor.version,
    )


def factor_from_row(row: FactorRow) -> Factor:
    """The factor in an item."""
    return Factor(
        user_id=row.pk.removeprefix("USER#"),
        sealed=row.sealed,
        enrolled_at=row.enrolled_at,
        last_step=int(row.last_step),
        recovery=frozenset(map(str, row.recovery)),
        version=int(row.version),
    )


def factor_of(user_id: str) -> Factor | None:
    """A user's factor; None when they have none."""
    try:
        return factor_from_row(FactorRow.get(*factor_key(user_id), consistent_read=True))
    except FactorRow.DoesNotExist:
        return None


def plan_factor(planned: Change, before: Factor, after: Factor, error: Refusal) -> None:
    """Plan a factor as it is after something of it was used up. The commit raises `error` when it is another by now."""
    planned.put(factor_row(after), _unchanged(before), error)


def plan_removal(planned: Change, before: Factor, error: Refusal) -> None:
    """Plan that a factor goes. The commit raises `error` when it is another by now."""
    planned.delete(FactorRow(*factor_key(before.user_id)), _unchanged(before), error)


def _unchanged(factor: Factor) -> Condition:
    # The seed too: one that was enrolled anew begins to count again.
    same: Condition = (FactorRow.version == factor.version) & (FactorRow.sealed == factor.sealed)
    return same


def candidate_of(owner: str, now: datetime) -> Candidate | None:
    """The candidate that waits for an owner, unless it has ended."""
    try:
        row = CandidateRow.get(*_candidate_key(owner), consistent_read=True)
    except CandidateRow.DoesNotExist:
        return None
    if row.ends_at <= now:
        return None
    return Candidate(owner=owner, user_id=row.user_id, sealed=row.sealed, ends_at=row.ends_at)


def plan_candidate(planned: Change, candidate: Candidate, error: Refusal) -> None:
    """Plan a candidate where none waits. The commit raises `error` when one does."""
    row = CandidateRow(
        *_candidate_key(candidate.owner),
        user_id=candidate.user_id,
        sealed=candidate.sealed,
        ends_at=candidate.ends_at,
        expires_at=candidate.ends_at,
    )
    # One past its end may still be there: TTL is late.
    planned.put(row, CandidateRow.pk.does_not_exist() | (CandidateRow.ends_at <= planned.now), error)


def take_candidate(planned: Change, candidate: Candidate) -> None:
    """Plan that a candidate waits no more. The commit raises Conflict when it is gone already, or another one."""
    planned.delete(CandidateRow(*_candidate_key(candidate.owner)), CandidateRow.sealed == candidate.sealed)


def _candidate_key(owner: str) -> tuple[str, str]:
    return f"FACTOR_CANDIDATE#{owner}", "FACTOR_CANDIDATE"
