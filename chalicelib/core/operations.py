"""What has been done under which key, so that doing it again gives the first answer (PLT-3, MSG-7, S-IO-11)."""

from datetime import datetime, timedelta

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.core.access import Operation
from chalicelib.core.errors import Conflict
from chalicelib.core.tables import ShortLivedRow

KEPT = timedelta(hours=24)


class OperationRow(ShortLivedRow, discriminator="operation"):
    """pk `OPERATION#<operation id>`, sk `OPERATION`."""

    fingerprint = UnicodeAttribute()
    result = UnicodeAttribute()


def row(operation: Operation, result: object, now: datetime) -> OperationRow:
    """The row that marks an operation as done with `result`, not yet written."""
    return OperationRow(
        f"OPERATION#{operation.id}",
        "OPERATION",
        fingerprint=operation.fingerprint,
        result=msgspec.json.encode(result).decode(),
        expires_at=now + KEPT,
    )


def find(operation: Operation, now: datetime) -> str | None:
    """The JSON result of an operation already done, or None.

    Raises Conflict `idempotency_key_reused` when the key was used to ask for something else.
    """
    try:
        found = OperationRow.get(f"OPERATION#{operation.id}", "OPERATION", consistent_read=True)
    except OperationRow.DoesNotExist:
        return None
    if found.expires_at is None or found.expires_at <= now:
        return None
    if found.fingerprint != operation.fingerprint:
        raise Conflict("idempotency_key_reused")
    return found.result
