"""Rows and actors that mean nothing, for tests of the write door."""

from datetime import UTC, datetime
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.core import access, journal
from chalicelib.core.access import Guard, Operation
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Unauthenticated
from chalicelib.core.tables import DirectoryRow, MailRow
from tests import stored
from tests.stored import Item

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


class ThingRow(MailRow, discriminator="test_thing"):
    """pk `THING#<name>`, sk `THING`."""

    state = UnicodeAttribute(null=True)


class TallyRow(MailRow, discriminator="test_tally"):
    """pk `TALLY#<name>`, sk `TALLY`."""

    number = NumberAttribute()
    closed_at = NumberAttribute(null=True)


class PlaceRow(DirectoryRow, discriminator="test_place"):
    """What an actor stands on: pk `PLACE#<name>`, sk `PLACE`."""

    state = UnicodeAttribute()


def thing(name: str, state: str | None = None) -> ThingRow:
    return ThingRow(f"THING#{name}", "THING", state=state)


def state_of(name: str) -> str | None:
    """State of a stored thing; `nothing` when there is none."""
    try:
        return ThingRow.get(f"THING#{name}", "THING", consistent_read=True).state
    except ThingRow.DoesNotExist:
        return "nothing"


def tally(name: str) -> TallyRow:
    return TallyRow(f"TALLY#{name}", "TALLY")


def number_of(name: str) -> int:
    """The stored number; 0 when there is none."""
    try:
        return int(TallyRow.get(f"TALLY#{name}", "TALLY", consistent_read=True).number)
    except TallyRow.DoesNotExist:
        return 0


def place(name: str, state: str = "active") -> PlaceRow:
    return PlaceRow(f"PLACE#{name}", "PLACE", state=state)


def standing_on(name: str) -> Guard:
    """The guard of an actor who acts only as long as the place is active."""
    return Guard(PlaceRow, (f"PLACE#{name}", "PLACE"), PlaceRow.state == "active", Unauthenticated())


def actor(*guards: Guard, operation: Operation | None = None) -> access.System:
    origin = access.Origin(request_id="req_test", operation=operation)
    return access.System(id="tester", origin=origin, guards=guards)


def change(*guards: Guard, operation: Operation | None = None, now: datetime = NOW) -> Change:
    return Change(actor(*guards, operation=operation), journal.Entry(action="thing.changed", object_id="x"), now)


def store(*rows: ThingRow | TallyRow | PlaceRow) -> None:
    """Put rows there, as a change does."""
    made = change()
    for row in rows:
        made.create(row)
    made.commit(None)


def refusal(code: str) -> Conflict:
    return Conflict(code)


def written(before: dict[str, list[Item]]) -> list[dict[str, Any]]:
    """Items that are new or different since then, as plain values."""
    return [
        {name: next(iter(value.values())) for name, value in item.items()}
        for table, items in stored.everything().items()
        for item in items
        if item not in before[table]
    ]
