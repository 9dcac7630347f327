"""Cases of the helpdesk, in the directory table: pk `RESET_CASE#<case id>`, sk `CASE`. They stay when they have ended.

What is open is listed by `accounts/store/reset_cases.py`, where the administrators' lists read it.
"""

from datetime import datetime

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core.tables import DirectoryRow, DirectoryRows, ShortLivedRow
from chalicelib.recovery.domain.cases import Case, Confirmation


class CaseRow(DirectoryRow, discriminator="reset_case"):
    """`caller` and `reason` are what the helpdesk typed, verbatim."""

    code = UnicodeAttribute()
    user_id = UnicodeAttribute()
    name = UnicodeAttribute()
    email = UnicodeAttribute()
    organization_id = UnicodeAttribute(null=True)
    membership_id = UnicodeAttribute(null=True)
    caller = UnicodeAttribute()
    reason = UnicodeAttribute()
    opened_by = UnicodeAttribute()
    opened_by_name = UnicodeAttribute()
    opener_membership_id = UnicodeAttribute(null=True)
    opened_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute()
    state = UnicodeAttribute()
    confirmations = JSONAttribute(null=True)
    version = NumberAttribute()


class CaseOfUserRow(ShortLivedRow, discriminator="reset_case_of_user"):
    """A user has one case at a time: pk `RESET_CASE_OF#<user id>`, sk `CASE`. `ends_at` is what counts."""

    case_id = UnicodeAttribute()
    ends_at = UTCDateTimeAttribute()


def key(case_id: str) -> tuple[str, str]:
    """Key of a case."""
    return f"RESET_CASE#{case_id}", "CASE"


def row(case: Case) -> CaseRow:
    """The item of a case."""
    return CaseRow(
        *key(case.id),
        code=case.code,
        user_id=case.user_id,
        name=case.name,
        email=case.email,
        organization_id=case.organization_id,
        membership_id=case.membership_id,
        caller=case.caller,
        reason=case.reason,
        opened_by=case.opened_by,
        opened_by_name=case.opened_by_name,
        opener_membership_id=case.opener_membership_id,
        opened_at=case.opened_at,
        ends_at=case.ends_at,
        state=case.state,
        confirmations=msgspec.to_builtins(case.confirmations) or None,
        version=case.version,
    )


def from_row(row_: CaseRow) -> Case:
    """The case in an item."""
    return Case(
        id=row_.pk.removeprefix("RESET_CASE#"),
        code=row_.code,
        user_id=row_.user_id,
        name=row_.name,
        email=row_.email,
        organization_id=row_.organization_id,
        membership_id=row_.membership_id,
        caller=row_.caller,
        reason=row_.reason,
        opened_by=row_.opened_by,
        opened_by_name=row_.opened_by_name,
        opener_membership_id=row_.opener_membership_id,
        opened_at=row_.opened_at,
        ends_at=row_.ends_at,
        state=row_.state,  # type: ignore[arg-type]  # written from the same Literal
        confirmations=msgspec.convert(row_.confirmations or (), tuple[Confirmation, ...]),
        version=int(row_.version),
    )


def case(case_id: str) -> Case | None:
    """A case, as it was last written."""
    return among(DirectoryRows([key(case_id)]), case_id)


def among(rows: DirectoryRows, case_id: str) -> Case | None:
    """A case, of rows that were read together."""
    found = rows.get(CaseRow, key(case_id))
    return None if found is None else from_row(found)


def unchanged(before: Case) -> Condition:
    """Condition on the item: as it was read."""
    condition: Condition = CaseRow.version == before.version
    return condition


def of_user_row(case_: Case) -> CaseOfUserRow:
    """The claim that a user has one case at a time."""
    return CaseOfUserRow(
        f"RESET_CASE_OF#{case_.user_id}",
        "CASE",
        case_id=case_.id,
        ends_at=case_.ends_at,
        expires_at=case_.ends_at,
    )


def no_other(now: datetime) -> Condition:
    """Condition on that claim: the user has no case that lasts."""
    condition: Condition = CaseOfUserRow.pk.does_not_exist() | (CaseOfUserRow.ends_at <= now)
    return condition


def still(case_: Case) -> Condition:
    """Condition on that claim: it is this case's, or gone by its TTL."""
    condition: Condition = CaseOfUserRow.pk.does_not_exist() | (CaseOfUserRow.case_id == case_.id)
    return condition
