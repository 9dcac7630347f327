"""What is known of an address that mail came back from: pk `ADDRESS#<digest of the address>`, sk `DELIVERY`.

The address itself is not kept: it is only ever compared.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core import ids
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, DirectoryRows
from chalicelib.notifications.domain import stops
from chalicelib.notifications.domain.addresses import compared
from chalicelib.notifications.domain.stops import Record, Stopped


class DeliveryRow(DirectoryRow, discriminator="delivery"):
    """Of every address that mail ever came back from, also once it was mended."""

    permanent_at = UTCDateTimeAttribute(null=True)
    complained_at = UTCDateTimeAttribute(null=True)
    transient = JSONAttribute(null=True)
    mended = JSONAttribute(null=True)
    version = NumberAttribute()


def key(address: str) -> tuple[str, str]:
    """Key of what is known of an address."""
    return f"ADDRESS#{ids.digest(compared(address))}", "DELIVERY"


def record(address: str) -> Record:
    """What is known of an address, read strongly."""
    return records([address])[address]


def records(addresses: Iterable[str]) -> dict[str, Record]:
    """What is known of some addresses: one read."""
    keys = {address: key(address) for address in addresses}
    rows = DirectoryRows(set(keys.values())) if keys else None
    found = {address: rows.get(DeliveryRow, key_) if rows else None for address, key_ in keys.items()}
    return {address: Record() if row is None else _record(row) for address, row in found.items()}


def among(addresses: Iterable[str]) -> Stopped:
    """Those of some addresses that get no mail, with the reason: one read."""
    return stops.stopped(records(addresses))


def keep(planned: Change, address: str, before: Record, after: Record, error: Refusal | None = None) -> None:
    """Plan what is known of an address from now on. The commit raises `error` when it was changed since `before`."""
    row = DeliveryRow(
        *key(address),
        permanent_at=after.permanent_at,
        complained_at=after.complained_at,
        transient=msgspec.to_builtins(after.transient) or None,
        mended=msgspec.to_builtins(after.mended) or None,
        version=after.version,
    )
    planned.put(row, _unchanged(before), error)


def require(planned: Change, address: str, seen: Record, error: Refusal) -> None:
    """Plan that what is known of an address is still so. The commit raises `error` when not."""
    planned.check(DeliveryRow(*key(address)), _unchanged(seen), error)


def _unchanged(seen: Record) -> Condition:
    same: Condition = DeliveryRow.version == seen.version
    return same if seen.version else DeliveryRow.pk.does_not_exist()


def _record(row: DeliveryRow) -> Record:
    return Record(
        permanent_at=row.permanent_at,
        complained_at=row.complained_at,
        transient=msgspec.convert(row.transient or (), tuple[datetime, ...]),
        mended=msgspec.convert(row.mended or (), tuple[datetime, ...]),
        version=int(row.version),
    )
