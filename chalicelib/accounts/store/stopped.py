"""Members and staff whom no mail reaches (NOT-4): what lists and pages show. Which address it is, notifications knows.

pk `ORG#<organization id>`, sk `STOPPED#<membership id>`; for staff pk `STOPPED`, sk `STOPPED#<user id>`.
"""

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.accounts.domain.stopped import Mark, Stop
from chalicelib.core.tables import DirectoryRow, DirectoryRows

_STAFF = "STOPPED"
_SK = "STOPPED#"


class MarkRow(DirectoryRow, discriminator="stopped"):
    """Written and deleted by notifications, as addresses are stopped and tried again."""

    reason = UnicodeAttribute()
    since = UTCDateTimeAttribute()


def key(organization_id: str | None, id_: str) -> tuple[str, str]:
    """Key of the mark of a membership, or of a user of the plan's staff when there is no organization."""
    return _list(organization_id), f"{_SK}{id_}"


def row(organization_id: str | None, mark: Mark) -> MarkRow:
    """The item of a mark."""
    return MarkRow(*key(organization_id, mark.id), reason=mark.stop.reason, since=mark.stop.since)


def among(rows: DirectoryRows, organization_id: str | None, id_: str) -> Stop | None:
    """Why somebody gets no mail, of rows that were read together; None when they do."""
    found = rows.get(MarkRow, key(organization_id, id_))
    return None if found is None else _mark(found).stop


def waiting(organization_id: str | None, most: int) -> tuple[list[Mark], bool]:
    """The first members of an organization, or of the staff when None, whom no mail reaches; whether there are more.

    One query. Somebody who was removed since may still be among them.
    """
    in_list = MarkRow.sk.startswith(_SK)
    rows = list(MarkRow.query(_list(organization_id), in_list, limit=most + 1, consistent_read=True))
    return [_mark(row) for row in rows[:most]], len(rows) > most


def _list(organization_id: str | None) -> str:
    return _STAFF if organization_id is None else f"ORG#{organization_id}"


def _mark(found: MarkRow) -> Mark:
    stop = Stop(found.reason, found.since)  # type: ignore[arg-type]  # written from the same Literal
    return Mark(found.sk.removeprefix(_SK), stop)
