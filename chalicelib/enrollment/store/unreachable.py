"""Practices whose chief executive no mail reaches (NOT-4): pk `EXECUTIVES_STOPPED`, sk the organization's id.

What enrollment's pages show; written by notifications, as addresses are stopped and tried again. A mark is about one
address: once the executive has another one it says nothing.
"""

import msgspec
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.accounts.domain import normalised
from chalicelib.accounts.domain.stopped import Stop
from chalicelib.core import ids
from chalicelib.core.tables import DirectoryRow, DirectoryRows
from chalicelib.organizations.domain import Organization

_PK = "EXECUTIVES_STOPPED"


class ExecutiveStoppedRow(DirectoryRow, discriminator="executive_stopped"):
    """The address itself is not kept: it is only ever compared."""

    address = UnicodeAttribute()
    """Digest of it."""
    reason = UnicodeAttribute()
    since = UTCDateTimeAttribute()


class Mark(msgspec.Struct, frozen=True):
    """No mail reaches the executive of an organization at an address, by its digest."""

    organization_id: str
    address: str
    stop: Stop

    def is_about(self, organization: Organization) -> bool:
        """Whether that is still the address of the organization's executive."""
        return not organization.closed and self.address == digest(organization.executive_email)


def digest(address: str) -> str:
    """What stands for an address: the same for what signs in as the same."""
    return ids.digest(normalised(address))


def key(organization_id: str) -> tuple[str, str]:
    """Key of an organization on the list."""
    return _PK, organization_id


def row(mark_: Mark) -> ExecutiveStoppedRow:
    """The item of a mark."""
    return ExecutiveStoppedRow(
        *key(mark_.organization_id), address=mark_.address, reason=mark_.stop.reason, since=mark_.stop.since
    )


def mark(organization_id: str) -> Mark | None:
    """What the list has of an organization, about whatever address it was."""
    found = DirectoryRows([key(organization_id)]).get(ExecutiveStoppedRow, key(organization_id))
    return None if found is None else _mark(found)


def among(rows: DirectoryRows, organization: Organization) -> Stop | None:
    """Why no mail reaches an organization's executive, of rows that were read together; None when it does."""
    found = rows.get(ExecutiveStoppedRow, key(organization.id))
    known = None if found is None else _mark(found)
    return None if known is None or not known.is_about(organization) else known.stop


def waiting(most: int) -> tuple[list[Mark], bool]:
    """The first of the list, and whether there are more: one query."""
    found = list(ExecutiveStoppedRow.query(_PK, limit=most + 1, consistent_read=True))
    return [_mark(one) for one in found[:most]], len(found) > most


def _mark(found: ExecutiveStoppedRow) -> Mark:
    stop = Stop(found.reason, found.since)  # type: ignore[arg-type]  # written from the same Literal
    return Mark(found.sk, found.address, stop)
