"""How far the deletion of what is old has come (docs/data-model.md)."""

from datetime import UTC, datetime

from pynamodb.attributes import UnicodeAttribute

from chalicelib.core import change
from chalicelib.core.tables import ShortLivedRow

# Nothing was sent before there was a portal.
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


class PlaceRow(ShortLivedRow, discriminator="retention_place"):
    """pk `RETENTION`, sk `PLACE`."""

    dealt_with = UnicodeAttribute()


def place() -> datetime:
    """Up to where everything was deleted or put aside: what is from earlier is not looked for any more."""
    try:
        return datetime.fromisoformat(PlaceRow.get("RETENTION", "PLACE", consistent_read=True).dealt_with)
    except PlaceRow.DoesNotExist:
        return _BEGINNING


def keep(at: datetime) -> None:
    """Remember it, unless another run has come further."""
    # All are in UTC with microseconds, so that texts compare like instants.
    told = at.astimezone(UTC).isoformat(timespec="microseconds")
    further = PlaceRow.dealt_with.does_not_exist() | (PlaceRow.dealt_with < told)
    change.touch(PlaceRow("RETENTION", "PLACE"), [PlaceRow.dealt_with.set(told)], further)
