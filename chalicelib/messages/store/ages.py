"""How old what is kept is (MSG-10): messages and broadcasts stand along one index by the month they are from.

What is kept beyond its time, because of a legal hold, stands there by that hold's subject instead.
"""

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec

from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import AgingRow

SHARDS = 4
"""Spread the writes of a busy day; each costs a query a month and night."""


class Aged(msgspec.Struct, frozen=True):
    """Something that is kept for some years: its key, and where it stands along the index."""

    pk: str
    sk: str
    age: str
    aged_at: str

    @property
    def at(self) -> datetime:
        """From when on its years count."""
        return datetime.fromisoformat(self.aged_at.partition("#")[0])


def age(at: datetime, id_: str) -> str:
    """The partition of the index in which something from `at` stands."""
    return _month(at.astimezone(UTC), zlib.crc32(id_.encode()) % SHARDS)


def aged_at(at: datetime, id_: str) -> str:
    """Its place there."""
    return f"{_instant(at)}#{id_}"


def held_by(subject: str) -> str:
    """The partition of what the hold on a subject (`<kind>#<id>`) keeps beyond its time."""
    return f"HELD#{subject}"


def between(since: datetime, until: datetime) -> Iterator[Aged]:
    """What is from `since` to `until`, both included, a month after the other: a query for each month and shard."""
    first, last = since.astimezone(UTC), until.astimezone(UTC)
    month = first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    while month <= last:
        for shard in range(SHARDS):
            # `$` sorts right behind `#`.
            where = AgingRow.aged_at.between(_instant(first), f"{_instant(last)}$")
            yield from _along(_month(month, shard), where)
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


def kept_by(subject: str) -> Iterator[Aged]:
    """What the hold on a subject keeps beyond its time."""
    yield from _along(held_by(subject), None)


def put_aside(change: Change, aged: Aged, subject: str, error: Refusal) -> None:
    """Plan that something stands by the hold that keeps it; `error` when it is gone or stands elsewhere."""
    steps = [AgingRow.age.set(held_by(subject))]
    change.update(AgingRow(aged.pk, aged.sk), steps, AgingRow.age == aged.age, error)


def _along(partition: str, where: Any) -> Iterator[Aged]:
    for row in AgingRow.by_age.query(partition, where, page_size=200):
        yield Aged(row.pk, row.sk, row.age, row.aged_at)


def _month(at: datetime, shard: int) -> str:
    return f"{at:%Y-%m}#{shard}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
