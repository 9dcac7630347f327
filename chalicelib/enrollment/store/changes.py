"""What the first of two of enrollment proposed, until the second confirms it (ORG-9), in the directory table."""

from datetime import datetime

import msgspec
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, DirectoryRows
from chalicelib.enrollment.domain.changes import KINDS, Kind, Proposal

_LIST = "ORGANIZATION_CHANGES"


class ProposalRow(DirectoryRow, discriminator="organization_change"):
    """pk `ORG#<organization id>`, sk `CHANGE#<kind>`."""

    at = UTCDateTimeAttribute()
    document = UnicodeAttribute()


class ListRow(DirectoryRow, discriminator="organization_change_on_list"):
    """A proposal on the list of all: pk `ORGANIZATION_CHANGES`, sk `<organization id>#<kind>`. Written with it."""

    at = UTCDateTimeAttribute()
    by = UnicodeAttribute()


class Listed(msgspec.Struct, frozen=True):
    """A proposal that may still wait: about which practice, of which kind, since when, by which user."""

    organization_id: str
    kind: Kind
    at: datetime
    by: str


def key(organization_id: str, kind: Kind) -> tuple[str, str]:
    """Key of what is proposed of one kind."""
    return f"ORG#{organization_id}", f"CHANGE#{kind}"


def keys(organization_id: str) -> list[tuple[str, str]]:
    """Keys of all that may be proposed about a practice."""
    return [key(organization_id, kind) for kind in KINDS]


def among(rows: DirectoryRows, organization_id: str, kind: Kind) -> Proposal | None:
    """What is proposed of one kind, whether or not it still counts, of rows that were read together."""
    row = rows.get(ProposalRow, key(organization_id, kind))
    return None if row is None else msgspec.json.decode(row.document, type=Proposal)


def all_among(rows: DirectoryRows, organization_id: str) -> list[Proposal]:
    """Likewise, of all kinds."""
    found = (among(rows, organization_id, kind) for kind in KINDS)
    return [one for one in found if one is not None]


def plan(change: Change, before: Proposal | None, after: Proposal | None, error: Refusal) -> None:
    """Plan that something is proposed, or no longer. The commit raises `error` when it isn't as it was read."""
    row = ProposalRow
    same = row.pk.does_not_exist() if before is None else row.at == before.at
    one = after or before
    assert one is not None
    place = key(one.organization_id, one.kind)
    listed = _list_key(one.organization_id, one.kind)
    if after is None:
        change.delete(row(*place), same, error)
        change.delete(ListRow(*listed))
    else:
        change.put(row(*place, at=after.at, document=msgspec.json.encode(after).decode()), same, error)
        change.put(ListRow(*listed, at=after.at, by=after.by))


def plan_forget(change: Change, organization_id: str, kind: Kind) -> None:
    """Plan that nothing is proposed of one kind, whatever was."""
    change.delete(ProposalRow(*key(organization_id, kind)))
    change.delete(ListRow(*_list_key(organization_id, kind)))


def first(most: int) -> tuple[list[Listed], bool]:
    """The first of all proposals, and whether there are more: one query. Some may count no more."""
    found = list(ListRow.query(_LIST, limit=most + 1, consistent_read=True))
    return [_listed(one) for one in found[:most]], len(found) > most


def _listed(row: ListRow) -> Listed:
    organization_id, _, named = row.sk.partition("#")
    return Listed(organization_id, next(one for one in KINDS if one == named), row.at, row.by)


def _list_key(organization_id: str, kind: Kind) -> tuple[str, str]:
    return _LIST, f"{organization_id}#{kind}"
