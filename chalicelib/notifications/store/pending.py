"""Notices that wait for the end of the quiet hours, or for their bundle, in the short-lived table (NOT-3)."""

from collections.abc import Iterator
from datetime import datetime

import msgspec
from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core.events import Event
from chalicelib.core.tables import ShortLivedRow
from chalicelib.notifications.domain import Category
from chalicelib.notifications.domain.claims import REMEMBERED

_PAGE = 50


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """A notice that waits: because of which event, for which receiver; what it says is looked up when it is due."""

    person: str
    event: Event
    receiver: str
    organization_id: str | None
    category: Category
    urgent: bool
    due: datetime
    since: datetime


class PendingRow(ShortLivedRow, discriminator="pending_notice"):
    """pk `PENDING#<user, or place of the plan>`, sk `<event id>#<receiver>`."""

    event = UnicodeAttribute()
    organization_id = UnicodeAttribute(null=True)
    category = UnicodeAttribute()
    urgent = BooleanAttribute()
    due = UTCDateTimeAttribute()
    since = UTCDateTimeAttribute()


def row(waits: Pending) -> PendingRow:
    """The item of a notice that waits."""
    return PendingRow(
        *_key(waits),
        event=msgspec.json.encode(waits.event).decode(),
        organization_id=waits.organization_id,
        category=waits.category,
        urgent=waits.urgent,
        due=waits.due,
        since=waits.since,
        expires_at=waits.since + REMEMBERED,
    )


def of(person: str) -> Iterator[Pending]:
    """What waits for somebody, in the order of the events; page by page, as it may be much."""
    for found in PendingRow.query(f"PENDING#{person}", consistent_read=True, page_size=_PAGE):
        yield Pending(
            person=person,
            event=msgspec.json.decode(found.event, type=Event),
            receiver=found.sk.partition("#")[2],
            organization_id=found.organization_id,
            category=msgspec.convert(found.category, Category),
            urgent=found.urgent,
            due=found.due,
            since=found.since,
        )


def _key(waits: Pending) -> tuple[str, str]:
    return f"PENDING#{waits.person}", f"{waits.event.id}#{waits.receiver}"
