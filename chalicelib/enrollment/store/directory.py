"""Requests of the public directory (ORG-6): pk `DIRECTORY_REQUESTS#<organization id or plan>`, sk their id, by time."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import NotFound, Refusal
from chalicelib.core.tables import ShortLivedRow
from chalicelib.enrollment.domain.directory import DirectoryRequest, waits


class DirectoryRequestRow(ShortLivedRow, discriminator="directory_request"):
    """Goes when it is settled, or after its time."""

    tin = UnicodeAttribute()
    organization_id = UnicodeAttribute(null=True)
    name = UnicodeAttribute()
    email = UnicodeAttribute()
    phone = UnicodeAttribute()
    note = UnicodeAttribute(null=True)
    requested_at = UTCDateTimeAttribute()


def row(request: DirectoryRequest) -> DirectoryRequestRow:
    """The item of a request."""
    return DirectoryRequestRow(
        _place(request.place),
        request.id,
        tin=request.tin,
        organization_id=request.organization_id,
        name=request.name,
        email=request.email,
        phone=request.phone,
        note=request.note or None,
        requested_at=request.requested_at,
        expires_at=request.ends_at,
    )


def request(place: str, id_: str) -> DirectoryRequest | None:
    """A request in a place, whether or not its time is over."""
    try:
        return _request(DirectoryRequestRow.get(_place(place), id_, consistent_read=True))
    except DirectoryRequestRow.DoesNotExist:
        return None


def plan_settle(change: Change, request_: DirectoryRequest) -> None:
    """Plan that a request goes. The commit raises NotFound when somebody else was faster."""
    change.delete(row(request_), DirectoryRequestRow.pk.exists(), NotFound())


def plan_move(change: Change, request_: DirectoryRequest, place: str, error: Refusal) -> None:
    """Plan that a request waits in another place. The commit raises `error` when it is gone from where it was."""
    change.delete(row(request_), DirectoryRequestRow.pk.exists(), error)
    change.create(row(msgspec.structs.replace(request_, place=place)), error)


def first(place: str, most: int, now: datetime) -> tuple[list[DirectoryRequest], bool]:
    """The first requests that wait in a place, and whether there are more."""
    found: list[DirectoryRequest] = []
    for one in _waiting(place, None, most + 1, now):
        if len(found) == most:
            return found, True
        found.append(one)
    return found, False


def page(
    place: str, cursor: str | None, size: int, now: datetime, scope: tuple[str, ...]
) -> cursors.Page[DirectoryRequest]:
    """A page of the requests that wait in a place."""
    scope = (*scope, "directory_requests", place)
    start = cursors.open_(cursor, scope) if cursor else None
    found: list[DirectoryRequest] = []
    for one in _waiting(place, start, size + 1, now):
        if len(found) == size:
            return cursors.Page(found, cursors.seal({"pk": _place(place), "sk": found[-1].id}, scope))
        found.append(one)
    return cursors.Page(found)


def _waiting(place: str, start: dict[str, str] | None, size: int, now: datetime) -> Iterator[DirectoryRequest]:
    rows = DirectoryRequestRow.query(
        _place(place),
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        page_size=size,
        consistent_read=True,
    )
    return (found for each in rows if waits(found := _request(each), now))


def _place(place: str) -> str:
    return f"DIRECTORY_REQUESTS#{place}"


def _request(found: DirectoryRequestRow) -> DirectoryRequest:
    return DirectoryRequest(
        id=found.sk,
        place=found.pk.removeprefix("DIRECTORY_REQUESTS#"),
        tin=found.tin,
        organization_id=found.organization_id,
        name=found.name,
        email=found.email,
        phone=found.phone,
        note=found.note or "",
        requested_at=found.requested_at,
    )
