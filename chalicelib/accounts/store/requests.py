"""Requests for access (ACC-9): pk `ORG#<organization id>`, sk `ACCESS_REQUEST#<membership id>#<access level>`."""

from datetime import datetime

import msgspec
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core.access import AccessLevel
from chalicelib.core.tables import DirectoryRow


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
        f"ORG#{request.organization_id}",
        f"ACCESS_REQUEST#{request.membership_id}#{request.access_level}",
        name=request.name,
        requested_at=request.requested_at,
    )


def open_requests(organization_id: str, membership_id: str = "") -> list[AccessRequest]:
    """The open requests of an organization, or of one membership: at most seven a person, few at a time."""
    prefix = f"ACCESS_REQUEST#{membership_id}#" if membership_id else "ACCESS_REQUEST#"
    rows = AccessRequestRow.query(
        f"ORG#{organization_id}", AccessRequestRow.sk.startswith(prefix), consistent_read=True
    )
    return [_request(found) for found in rows]


def _request(found: AccessRequestRow) -> AccessRequest:
    _, membership_id, access_level = found.sk.split("#")
    return AccessRequest(
        organization_id=found.pk.removeprefix("ORG#"),
        membership_id=membership_id,
        name=found.name,
        access_level=access_level,  # type: ignore[arg-type]  # written from the same Literal
        requested_at=found.requested_at,
    )
