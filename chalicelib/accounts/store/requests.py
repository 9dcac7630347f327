"""Requests for access (ACC-9): pk `ORG#<organization id>`, sk `ACCESS_REQUEST#<membership id>#<access level>`."""

from datetime import datetime

import msgspec
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import cursors
from chalicelib.core.access import AccessLevel
from chalicelib.core.tables import DirectoryRow, DirectoryRows


class AccessRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody asks their administrators for an access level."""

    organization_id: str
    membership_id: str
    name: str
    access_level: AccessLevel
    requested_at: datetime


class AccessRequestRow(DirectoryRow, discriminator="access_request"):
    """Goes when it is granted or dismissed. Asking again while it is open changes nothing."""

    name = UnicodeAttribute()
    requested_at = UTCDateTimeAttribute()


def row(request: AccessRequest) -> AccessRequestRow:
    """The item of a request."""
    return AccessRequestRow(
        *key(request.organization_id, request.membership_id, request.access_level),
        name=request.name,
        requested_at=request.requested_at,
    )


def key(organization_id: str, membership_id: str, access_level: AccessLevel) -> tuple[str, str]:
    """Key of a request's item."""
    return f"ORG#{organization_id}", f"ACCESS_REQUEST#{membership_id}#{access_level}"


def open_request(organization_id: str, membership_id: str, access_level: AccessLevel) -> AccessRequest | None:
    """The open request of a membership for a level, if there is one."""
    rows = DirectoryRows([key(organization_id, membership_id, access_level)])
    return among(rows, organization_id, membership_id, access_level)


def among(
    rows: DirectoryRows, organization_id: str, membership_id: str, access_level: AccessLevel
) -> AccessRequest | None:
    """The open request of a membership for a level, of rows that were read together."""
    found = rows.get(AccessRequestRow, key(organization_id, membership_id, access_level))
    return None if found is None else _request(found)


def open_requests(organization_id: str, membership_id: str = "") -> list[AccessRequest]:
    """The open requests of an organization, or of one membership: at most seven a person, few at a time."""
    prefix = f"ACCESS_REQUEST#{membership_id}#" if membership_id else "ACCESS_REQUEST#"
    rows = AccessRequestRow.query(
        f"ORG#{organization_id}", AccessRequestRow.sk.startswith(prefix), consistent_read=True
    )
    return [_request(found) for found in rows]


def first(organization_id: str, most: int) -> tuple[list[AccessRequest], bool]:
    """The first open requests of an organization, and whether there are more."""
    rows = list(
        AccessRequestRow.query(
            f"ORG#{organization_id}", AccessRequestRow.sk.startswith("ACCESS_REQUEST#"), limit=most + 1
        )
    )
    return [_request(found) for found in rows[:most]], len(rows) > most


def page(organization_id: str, cursor: str | None, size: int, scope: tuple[str, ...]) -> cursors.Page[AccessRequest]:
    """A page of the open requests of an organization, those of one person together."""
    scope = (*scope, "access_requests", organization_id)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        AccessRequestRow.query(
            f"ORG#{organization_id}",
            AccessRequestRow.sk.startswith("ACCESS_REQUEST#"),
            limit=size + 1,
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
            consistent_read=True,
        )
    )
    shown = rows[:size]
    following = cursors.seal({"pk": shown[-1].pk, "sk": shown[-1].sk}, scope) if len(rows) > size else None
    return cursors.Page([_request(found) for found in shown], following)


def _request(found: AccessRequestRow) -> AccessRequest:
    _, membership_id, access_level = found.sk.split("#")
    return AccessRequest(
        organization_id=found.pk.removeprefix("ORG#"),
        membership_id=membership_id,
        name=found.name,
        access_level=access_level,  # type: ignore[arg-type]  # written from the same Literal
        requested_at=found.requested_at,
    )
