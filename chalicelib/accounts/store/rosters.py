"""The roster of an organization's administrators: pk `ORG#<organization id>`, sk `ROSTER`."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.accounts.domain.roster import Handover, Roster
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, DirectoryRows


class RosterRow(DirectoryRow, discriminator="roster"):
    """Written by every change of an administrator; its version makes such changes wait for each other."""

    seat = UnicodeAttribute(null=True)
    active = UnicodeSetAttribute(null=True)
    backups = UnicodeSetAttribute(null=True)
    invited_backups = JSONAttribute(null=True)
    handover = JSONAttribute(null=True)
    version = NumberAttribute()


class WithoutAdministratorRow(DirectoryRow, discriminator="without_administrator"):
    """An organization that a clock left without an active administrator: pk `WITHOUT_ADMINISTRATOR`, sk its id.

    Written with the roster, so that the plan finds them without looking at all (ORG-4).
    """


def key(organization_id: str) -> tuple[str, str]:
    """Key of an organization's roster."""
    return f"ORG#{organization_id}", "ROSTER"


def row(roster: Roster) -> RosterRow:
    """The item that replaces the roster that was read: one version on."""
    return RosterRow(
        *key(roster.organization_id),
        seat=roster.seat,
        active=set(roster.active) or None,
        backups=set(roster.backups) or None,
        invited_backups=msgspec.to_builtins(roster.invited_backups) or None,
        handover=msgspec.to_builtins(roster.handover),
        version=roster.version + 1,
    )


def roster(organization_id: str) -> Roster:
    """The roster of an organization; an empty one of version 0 where nobody was ever an administrator."""
    return among(DirectoryRows([key(organization_id)]), organization_id)


def among(rows: DirectoryRows, organization_id: str) -> Roster:
    """The roster of an organization, of rows that were read together; an empty one as above."""
    found = rows.get(RosterRow, key(organization_id))
    if found is None:
        return Roster(organization_id=organization_id)
    return Roster(
        organization_id=organization_id,
        seat=found.seat,
        active=frozenset(found.active or ()),
        backups=frozenset(found.backups or ()),
        invited_backups=msgspec.convert(found.invited_backups or {}, dict[str, datetime]),
        handover=msgspec.convert(found.handover, Handover) if found.handover else None,
        version=int(found.version),
    )


def unchanged(roster_: Roster) -> Condition:
    """Condition on the roster's item: nobody changed it since it was read."""
    condition: Condition = RosterRow.version == roster_.version if roster_.version else RosterRow.pk.does_not_exist()
    return condition


def plan_mark(change: Change, before: Roster, after: Roster) -> None:
    """Plan that the plan finds an organization which has no administrator left, and no longer one that has."""
    marked = WithoutAdministratorRow("WITHOUT_ADMINISTRATOR", after.organization_id)
    if before.active and not after.active:
        change.put(marked)
    if after.active and not before.active and before.version:
        change.delete(marked)


def plan_end(change: Change, before: Roster, error: Refusal) -> None:
    """Plan that nobody administers an organization which has ended, and that nobody is missed there (ORG-9).

    The commit raises `error` when somebody changed the roster since it was read.
    """
    if before.version:
        empty = Roster(organization_id=before.organization_id, version=before.version)
        change.put(row(empty), unchanged(before), error)
    change.delete(WithoutAdministratorRow("WITHOUT_ADMINISTRATOR", before.organization_id))


def marked(organization_ids: Iterable[str]) -> frozenset[str]:
    """Those of some organizations that are marked as left without an active administrator: one batch."""
    keys = {id_: ("WITHOUT_ADMINISTRATOR", id_) for id_ in organization_ids}
    rows = DirectoryRows(keys.values())
    return frozenset(id_ for id_, key_ in keys.items() if rows.get(WithoutAdministratorRow, key_) is not None)


def without_administrator(after: str | None, most: int) -> list[str]:
    """Ids of the next organizations that have no active administrator, behind one of them."""
    behind = WithoutAdministratorRow.sk > after if after else None
    rows = WithoutAdministratorRow.query("WITHOUT_ADMINISTRATOR", behind, limit=most, consistent_read=True)
    return [row.sk for row in rows]
