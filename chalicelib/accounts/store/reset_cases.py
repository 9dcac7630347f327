"""Cases of the helpdesk that are open (CRD-5): what a list of them needs. The cases themselves are recovery's.

pk `ORG#<organization id>`, sk `RESET_CASE#<case id>` while it waits for the administrators of an organization;
pk `RESET_CASES`, sk `<case id>` until it ends, for the plan.
"""

from datetime import datetime

import msgspec
from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core import cursors
from chalicelib.core.tables import DirectoryRow

_ALL = "RESET_CASES"
_SK = "RESET_CASE#"


class OpenCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case that has not ended, as far as lists know it."""

    id: str
    organization_id: str | None
    """None for staff of the plan."""
    membership_id: str | None
    name: str
    user_id: str
    opened_by: str
    opener_membership_id: str | None
    """Of whoever opened it, in the same organization: they don't confirm it."""
    waits: bool = True
    """Whether it has not been confirmed yet."""
    confirmed_by: frozenset[str] = frozenset()
    """User ids of those who have, while it takes more than one."""
    ends_at: datetime


class OpenCaseRow(DirectoryRow, discriminator="open_reset_case"):
    """Written and deleted with the case."""

    organization_id = UnicodeAttribute(null=True)
    membership_id = UnicodeAttribute(null=True)
    name = UnicodeAttribute()
    user_id = UnicodeAttribute()
    opened_by = UnicodeAttribute()
    opener_membership_id = UnicodeAttribute(null=True)
    waits = BooleanAttribute()
    confirmed_by = UnicodeSetAttribute(null=True)
    ends_at = UTCDateTimeAttribute()


def of_plan(case: OpenCase) -> OpenCaseRow:
    """The item in the plan's list."""
    return _row((_ALL, case.id), case)


def of_organization(case: OpenCase) -> OpenCaseRow:
    """The item in the list of the organization's administrators."""
    return _row((f"ORG#{case.organization_id}", f"{_SK}{case.id}"), case)


def first(organization_id: str | None, most: int) -> tuple[list[OpenCase], bool]:
    """The first open cases of an organization, or of the plan when None, and whether there are more."""
    rows = list(OpenCaseRow.query(*_list(organization_id), limit=most + 1, consistent_read=True))
    return [_case(row) for row in rows[:most]], len(rows) > most


def page(organization_id: str | None, cursor: str | None, size: int, scope: tuple[str, ...]) -> cursors.Page[OpenCase]:
    """A page of them, the oldest first."""
    scope = (*scope, "reset_cases", organization_id or "")
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        OpenCaseRow.query(
            *_list(organization_id),
            limit=size + 1,
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
            consistent_read=True,
        )
    )
    shown = rows[:size]
    following = cursors.seal({"pk": shown[-1].pk, "sk": shown[-1].sk}, scope) if len(rows) > size else None
    return cursors.Page([_case(found) for found in shown], following)


def _list(organization_id: str | None) -> tuple[str, Condition | None]:
    if organization_id is None:
        return _ALL, None
    return f"ORG#{organization_id}", OpenCaseRow.sk.startswith(_SK)


def _row(key: tuple[str, str], case: OpenCase) -> OpenCaseRow:
    return OpenCaseRow(
        *key,
        organization_id=case.organization_id,
        membership_id=case.membership_id,
        name=case.name,
        user_id=case.user_id,
        opened_by=case.opened_by,
        opener_membership_id=case.opener_membership_id,
        waits=case.waits,
        confirmed_by=set(case.confirmed_by) or None,
        ends_at=case.ends_at,
    )


def _case(row: OpenCaseRow) -> OpenCase:
    return OpenCase(
        id=row.sk.removeprefix(_SK),
        organization_id=row.organization_id,
        membership_id=row.membership_id,
        name=row.name,
        user_id=row.user_id,
        opened_by=row.opened_by,
        opener_membership_id=row.opener_membership_id,
        waits=row.waits,
        confirmed_by=frozenset(row.confirmed_by or ()),
        ends_at=row.ends_at,
    )
