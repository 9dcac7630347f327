"""How far practices are: a row for each in the directory table, listed along its indexes (ORG-1, ORG-2).

pk `STANDING`, sk the organization's id. `by_status` orders them by what they lack, then name; `by_role` those of a wave
likewise. The rows follow what happens within moments, so nothing is decided by them.
"""

from typing import Any

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import Index

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import ListedRow
from chalicelib.core.writing import sort_key
from chalicelib.enrollment.domain.standing import LACKS, Lack, Standing

_ALL = "STANDING"


class StandingRow(ListedRow, discriminator="standing"):
    """Written by whoever follows the events of onboarding; goes when the organization is closed."""

    name = UnicodeAttribute()
    tin = UnicodeAttribute()
    wave_id = UnicodeAttribute(null=True)
    lacks = UnicodeAttribute()
    since = UTCDateTimeAttribute()
    chased = NumberAttribute(default=0)
    look_at = UTCDateTimeAttribute(null=True)
    version = NumberAttribute()


class _Way(msgspec.Struct, frozen=True):
    """Along which index, and where on it."""

    index: Index[Any]
    key: str
    prefix: str


def standing(organization_id: str) -> Standing | None:
    """An organization's place, read strongly."""
    try:
        return _from_row(StandingRow.get(_ALL, organization_id, consistent_read=True))
    except StandingRow.DoesNotExist:
        return None


def plan(change: Change, before: Standing | None, after: Standing, error: Refusal) -> None:
    """Plan an organization's place, one version on; `error` when somebody was faster. A closed one leaves the lists."""
    if after.lacks == "closed":
        if before is not None:
            change.delete(_row(before), StandingRow.version == before.version, error)
        return
    same: Condition = StandingRow.version == before.version if before is not None else StandingRow.pk.does_not_exist()
    number = before.version + 1 if before is not None else 1
    change.put(_row(msgspec.structs.replace(after, version=number)), same, error)


def page(
    lacks: Lack | None, wave_id: str | None, cursor: str | None, size: int, scope: tuple[str, ...]
) -> cursors.Page[Standing]:
    """A page of organizations by what they lack, then name: of all or those of a wave, with one lack or any."""
    scope = (*scope, "standing", str(lacks), str(wave_id))
    way = _way(lacks, wave_id)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = way.index.query(
        _ALL,
        getattr(StandingRow, way.key).startswith(way.prefix) if way.prefix else None,
        limit=size + 1,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
    )
    found = [row for row in rows if isinstance(row, StandingRow)]
    shown = found[:size]
    following = None
    if len(found) > size:
        last = shown[-1]
        following = cursors.seal({"pk": last.pk, "sk": last.sk, way.key: getattr(last, way.key)}, scope)
    return cursors.Page([_from_row(row) for row in shown], following)


def count_up_to(lacks: Lack, most: int) -> int | None:
    """How many organizations lack that first; None when they are more than `most`."""
    counted = StandingRow.by_status.count(_ALL, StandingRow.sort_status.startswith(_prefix(lacks)), limit=most + 1)
    return counted if counted <= most else None


def _way(lacks: Lack | None, wave_id: str | None) -> _Way:
    prefix = _prefix(lacks) if lacks is not None else ""
    if wave_id is not None:
        return _Way(ListedRow.by_role, "sort_role", f"{wave_id}#{prefix}")
    return _Way(ListedRow.by_status, "sort_status", prefix)


def _prefix(lacks: Lack) -> str:
    return f"{LACKS.index(lacks)}#"


def _row(one: Standing) -> StandingRow:
    place = f"{_prefix(one.lacks)}{sort_key(one.name)}#{one.organization_id}"
    return StandingRow(
        _ALL,
        one.organization_id,
        name=one.name,
        tin=one.tin,
        wave_id=one.wave_id,
        lacks=one.lacks,
        since=one.since,
        chased=one.chased,
        look_at=one.look_at,
        version=one.version,
        sort_status=place,
        sort_role=f"{one.wave_id}#{place}" if one.wave_id is not None else None,
    )


def _from_row(row: StandingRow) -> Standing:
    return Standing(
        organization_id=row.sk,
        name=row.name,
        tin=row.tin,
        wave_id=row.wave_id,
        lacks=row.lacks,  # type: ignore[arg-type]  # written from the same Literal
        since=row.since,
        chased=int(row.chased),
        look_at=row.look_at,
        version=int(row.version),
    )
