"""Lists of members: by name, email, status or role, both ways, with filters and search (ACC-3).

A list without search reads as many rows as it shows. Filters that no index has and the search are worked by DynamoDB
while it reads on, at worst every member of the organization once (docs/data-model.md has the figures).
"""

import functools
import operator
from collections.abc import Callable
from typing import Any, Literal

import msgspec
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import Index

from chalicelib.accounts.domain import Membership, Status
from chalicelib.accounts.store import MembershipRow, membership_from_row, sorting
from chalicelib.core import cursors
from chalicelib.core.access import AccessLevel, Role
from chalicelib.core.tables import ListedRow
from chalicelib.core.writing import folded

# How many members a search looks at before it looks at four times as many.
_FIRST_LOOK = 100

Sort = Literal["status", "name", "email", "role"]
Keep = Callable[[Membership], bool]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which members, in which order."""

    search: str = ""
    status: Status | None = None
    role: Role | None = None
    access_level: AccessLevel | None = None
    sort: Sort = "status"
    descending: bool = False


class _Way(msgspec.Struct, frozen=True):
    """Along which index, and where on it."""

    index: Index[Any]
    key: str
    prefix: str = ""


def page(
    organization_id: str,
    wanted: Wanted,
    cursor: str | None,
    size: int,
    scope: tuple[str, ...],
    keep: Keep | None = None,
) -> cursors.Page[Membership]:
    """A page of an organization's members. `keep` leaves out more than `wanted` can say."""
    way = _way(wanted)
    sought = _sought(wanted, way)
    scope = (*scope, organization_id, *map(str, msgspec.structs.astuple(wanted)))
    start = cursors.open_(cursor, scope) if cursor else None
    rows = way.index.query(
        f"ORG#{organization_id}",
        _condition(way),
        filter_condition=sought,
        scan_index_forward=not wanted.descending,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        page_size=size + 1 if sought is None and keep is None else _FIRST_LOOK,
    )
    found: list[MembershipRow] = []
    for answer in rows.page_iter:
        for item in answer["Items"]:
            row = MembershipRow.from_raw_data(item)
            if keep is not None and not keep(membership_from_row(row)):
                continue
            if len(found) == size:
                return cursors.Page([membership_from_row(one) for one in found], _seal(found[-1], way, scope))
            found.append(row)
        # What is common is found in the first look, what is rare in few calls: DynamoDB reads at most 1 MB in one.
        rows.page_iter.page_size = 4 * (rows.page_iter.page_size or _FIRST_LOOK)
    return cursors.Page([membership_from_row(row) for row in found])


def count_up_to(organization_id: str, status: Status, most: int) -> int | None:
    """How many members of a status an organization has; None when they are more than `most`."""
    condition = ListedRow.sort_status.startswith(sorting.status_prefix(status))
    counted = ListedRow.by_status.count(f"ORG#{organization_id}", condition, limit=most + 1)
    return counted if counted <= most else None


def administrators(organization_id: str) -> list[Membership]:
    """Everybody with an administrator role who isn't gone, whatever shuts them out; the index lags by moments."""
    # `$` sorts right behind `#`: from the local administrator to the last backup.
    between = ListedRow.sort_role.between(
        sorting.role_prefix("local_administrator"), sorting.role_prefix("backup_administrator").replace("#", "$")
    )
    rows = ListedRow.by_role.query(f"ORG#{organization_id}", between)
    found = (membership_from_row(row) for row in rows if isinstance(row, MembershipRow))
    return [one for one in found if one.status not in ("removed", "rejected")]


def _way(wanted: Wanted) -> _Way:
    # The unverified stand there by their invitations, not by name.
    if wanted.sort == "name" and wanted.status not in (None, "unverified"):
        return _Way(ListedRow.by_status, "sort_status", sorting.status_prefix(wanted.status))
    if wanted.sort == "name" and wanted.role is not None:
        return _Way(ListedRow.by_role, "sort_role", sorting.role_prefix(wanted.role))
    prefix = ""
    if wanted.sort == "status" and wanted.status is not None:
        prefix = sorting.status_prefix(wanted.status)
    if wanted.sort == "role" and wanted.role is not None:
        prefix = sorting.role_prefix(wanted.role)
    return _Way(getattr(ListedRow, f"by_{wanted.sort}"), f"sort_{wanted.sort}", prefix)


def _condition(way: _Way) -> Condition | None:
    attribute = getattr(ListedRow, way.key)
    condition: Condition | None = attribute.startswith(way.prefix) if way.prefix else None
    return condition


def _sought(wanted: Wanted, way: _Way) -> Condition | None:
    """What DynamoDB looks for in the rows it reads; None when the index has it all."""
    conditions: list[Condition] = []
    if folded(wanted.search):
        # Of its own, because a filter may not name the keys of the index.
        conditions.append(MembershipRow.sought.contains(folded(wanted.search)))
    if wanted.status is not None and way.key != "sort_status":
        conditions.append(MembershipRow.status == wanted.status)
    if wanted.role is not None and way.key != "sort_role":
        conditions.append(MembershipRow.role == wanted.role)
    if wanted.access_level is not None:
        conditions.append(MembershipRow.access_levels.contains(wanted.access_level))
    return functools.reduce(operator.and_, conditions) if conditions else None


def _seal(row: MembershipRow, way: _Way, scope: tuple[str, ...]) -> str:
    return cursors.seal({"pk": row.pk, "sk": row.sk, way.key: getattr(row, way.key)}, scope)
