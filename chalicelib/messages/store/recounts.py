"""How far counting the unread messages anew has come (docs/data-model.md)."""

from datetime import date

import msgspec
from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.core import change
from chalicelib.core.tables import ShortLivedRow
from chalicelib.messages.store.boxes import EntryRow


class Place(msgspec.Struct, frozen=True):
    """Where a round goes on. A round goes through the departments, then the organizations by name."""

    day: date
    """When the round began, UTC."""
    cursor: str | None = None
    """Of the organization that it is at; None for the departments."""
    after: str = ""
    """The last mailbox there that was counted."""
    done: bool = False


class PlaceRow(ShortLivedRow, discriminator="recount_place"):
    """pk `RECOUNT`, sk `PLACE`."""

    day = UnicodeAttribute()
    cursor = UnicodeAttribute(null=True)
    after = UnicodeAttribute()
    done = BooleanAttribute()


def place(today: date) -> Place:
    """Where the round of today goes on, or that of an earlier day which did not come to its end."""
    try:
        row = PlaceRow.get("RECOUNT", "PLACE", consistent_read=True)
    except PlaceRow.DoesNotExist:
        return Place(today)
    found = Place(date.fromisoformat(row.day), row.cursor, row.after, row.done)
    return Place(today) if found.done and found.day < today else found


def keep(place: Place) -> None:
    """Remember it, unless a later round has begun."""
    actions = [
        PlaceRow.day.set(place.day.isoformat()),
        PlaceRow.cursor.remove() if place.cursor is None else PlaceRow.cursor.set(place.cursor),
        PlaceRow.after.set(place.after),
        PlaceRow.done.set(place.done),
    ]
    not_later = PlaceRow.day.does_not_exist() | (PlaceRow.day <= place.day.isoformat())
    change.touch(PlaceRow("RECOUNT", "PLACE"), actions, not_later)


def unread_rows(mailbox_id: str) -> int:
    """How many rows of a mailbox's inbox are unread, counted strongly: reads the whole inbox."""
    return EntryRow.count(f"BOX#{mailbox_id}#inbox", filter_condition=EntryRow.unread == True, consistent_read=True)  # noqa: E712 - a condition
