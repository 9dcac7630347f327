"""Requests for a nomination form from the public page, among the short-lived items (ORG-1; docs/data-model.md)."""

from datetime import datetime

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.core import cursors, ids
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import ShortLivedRow
from chalicelib.enrollment.domain.requests import KEPT, Request, waits

_PK = "NOMINATION_REQUESTS"
_PREFIX = "nrq"


class RequestRow(ShortLivedRow, discriminator="nomination_request"):
    """pk `NOMINATION_REQUESTS`, sk `<request id>`, in order of asking; deleted when it is settled."""

    document = UnicodeAttribute()


def new_id(now: datetime) -> str:
    """An id for a request that is made now."""
    return ids.sortable(_PREFIX, now)


def row(request: Request) -> RequestRow:
    """The item of a request."""
    document = msgspec.json.encode(request).decode()
    return RequestRow(_PK, request.id, document=document, expires_at=request.requested_at + KEPT)


def request(request_id: str, now: datetime) -> Request | None:
    """A request that waits at `now`, read strongly; None when it was settled or its time is over (house rule 4)."""
    try:
        found = _request(RequestRow.get(_PK, request_id, consistent_read=True))
    except RequestRow.DoesNotExist:
        return None
    return found if waits(found, now) else None


def plan_settled(planned: Change, request_: Request, error: Refusal) -> None:
    """Plan that a request is settled. The commit raises `error` when it was already."""
    planned.delete(row(request_), RequestRow.pk.exists(), error)


def page(cursor: str | None, size: int, scope: tuple[str, ...], now: datetime) -> cursors.Page[Request]:
    """A page of the requests that wait at `now`, the oldest first."""
    scope = (*scope, "nomination_requests")
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        RequestRow.query(
            _PK,
            # What is past its end and not yet collected stands before the rest.
            RequestRow.sk >= ids.before(_PREFIX, now - KEPT),
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
            limit=size + 1,
            consistent_read=True,
        )
    )
    shown = rows[:size]
    following = cursors.seal({"pk": shown[-1].pk, "sk": shown[-1].sk}, scope) if len(rows) > size else None
    found = [_request(one) for one in shown]
    return cursors.Page([one for one in found if waits(one, now)], following)


def first(most: int, now: datetime) -> tuple[list[Request], bool]:
    """The first requests that wait, and whether there are more."""
    found = page(None, most, ("first",), now)
    return found.items, found.next_cursor is not None


def _request(found: RequestRow) -> Request:
    return msgspec.json.decode(found.document, type=Request)
