"""Lists of members: by name, email, status or role, both ways, with filters and search (ACC-3).

A list without search reads as many rows as it shows. Filters that no index has and the search read on until the page
is full, at worst every member of the organization once (docs/data-model.md has the figures).
"""

from collections.abc import Callable
from typing import Any, Literal

import msgspec
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import Index

from chalicelib.accounts.domain import Membership, Status
from chalicelib.accounts.store import MembershipRow, membership_from_row, sorting
from chalicelib.core import cursors
from chalicelib.core.access import AccessLevel, Role
from chalicelib.core.tables import DirectoryRow
from chalicelib.core.writing import folded

Sort = Literal["status", "name", "email", "role"]
Keep = Callable[[Membership], bool]

# One call reads at most this many rows while it looks for matches; DynamoDB ends it at 1 MB in any case.
_AT_ONCE = 1000


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
    matches = _matches(wanted, way, keep)
    scope = (*scope, organization_id, *map(str, msgspec.structs.astuple(wanted)))
    start = cursors.open_(cursor, scope) if cursor else None
    found: list[MembershipRow] = []
    rows = way.index.query(
        f"ORG#{organization_id}",
        _condition(way),
        scan_index_forward=not wanted.descending,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        page_size=size + 1 if matches is None else _AT_ONCE,
    )
    for row in rows:
        if matches is not None and not matches(row):
            continue
        if len(found) == size:
            return cursors.Page([membership_from_row(row) for row in found], _seal(found[-1], way, scope))
        found.append(row)
    return cursors.Page([membership_from_row(row) for row in found])


def _way(wanted: Wanted) -> _Way:
    if wanted.sort == "name" and wanted.status is not None:
        return _Way(DirectoryRow.by_status, "sort_status", sorting.status_prefix(wanted.status))
    if wanted.sort == "name" and wanted.role is not None:
        return _Way(DirectoryRow.by_role, "sort_role", sorting.role_prefix(wanted.role))
    prefix = ""
    if wanted.sort == "status" and wanted.status is not None:
        prefix = sorting.status_prefix(wanted.status)
    if wanted.sort == "role" and wanted.role is not None:
        prefix = sorting.role_prefix(wanted.role)
    return _Way(getattr(DirectoryRow, f"by_{wanted.sort}"), f"sort_{wanted.sort}", prefix)


def _condition(way: _Way) -> Condition | None:
    attribute = getattr(DirectoryRow, way.key)
    condition: Condition | None = attribute.startswith(way.prefix) if way.prefix else None
    return condition


def _matches(wanted: Wanted, way: _Way, keep: Keep | None) -> Callable[[MembershipRow], bool] | None:
    """What rows are looked at for, or None when the index has it all."""
    checks: list[Callable[[MembershipRow], bool]] = []
    if wanted.search:
        term = folded(wanted.search)
        # The part behind the last # is the id.
        checks.append(lambda row: term in row.sort_name.rpartition("#")[0] or term in row.sort_email.rpartition("#")[0])
    if wanted.status is not None and way.key != "sort_status":
        checks.append(lambda row: row.status == wanted.status)
    if wanted.role is not None and way.key != "sort_role":
        checks.append(lambda row: row.role == wanted.role)
    if wanted.access_level is not None:
        checks.append(lambda row: wanted.access_level in (row.access_levels or ()))
    if keep is not None:
        checks.append(lambda row: keep(membership_from_row(row)))
    if not checks:
        return None
    return lambda row: all(check(row) for check in checks)


def _seal(row: MembershipRow, way: _Way, scope: tuple[str, ...]) -> str:
    return cursors.seal({"pk": row.pk, "sk": row.sk, way.key: getattr(row, way.key)}, scope)
