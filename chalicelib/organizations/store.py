"""Items of organizations in the directory table (docs/data-model.md)."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Refusal, Stale
from chalicelib.core.tables import DirectoryRow, DirectoryRows
from chalicelib.core.writing import folded, sort_key
from chalicelib.organizations.domain import Listed, Organization

# How many of the list a search looks at before it looks at four times as many.
_FIRST_LOOK = 100


class OrganizationRow(DirectoryRow, discriminator="organization"):
    """pk `ORG#<organization id>`, sk `ORGANIZATION`."""

    tin = UnicodeAttribute()
    name = UnicodeAttribute()
    npis = UnicodeSetAttribute(null=True)
    relations_contact = UnicodeAttribute(null=True)
    entitlements = UnicodeSetAttribute(null=True)
    tin_verified = BooleanAttribute(null=True)
    review_called_at = UTCDateTimeAttribute(null=True)
    review_by = UTCDateTimeAttribute(null=True)
    executive_name = UnicodeAttribute(null=True)
    executive_email = UnicodeAttribute(null=True)
    wave_id = UnicodeAttribute(null=True)
    closed_at = UTCDateTimeAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)
    version = NumberAttribute()


class TinRow(DirectoryRow, discriminator="tin"):
    """The claim of a TIN: pk `TIN#<tin>`, sk `ORGANIZATION`. Created with the organization, so a TIN has one."""

    organization_id = UnicodeAttribute()


class OnListRow(DirectoryRow, discriminator="organization_on_list"):
    """An organization on the plan's list: pk `ORGANIZATIONS`, sk by name. Written with its name and TIN."""

    organization_id = UnicodeAttribute()
    name = UnicodeAttribute()
    tin = UnicodeAttribute()
    sought = UnicodeAttribute()
    """What a search looks into."""
    closed = BooleanAttribute(null=True)


def rows(organization: Organization) -> tuple[OrganizationRow, TinRow, OnListRow]:
    """The items of a new organization: itself, the claim of its TIN, its place on the list."""
    return row(organization), tin_row(organization), on_list(organization)


def row(organization: Organization) -> OrganizationRow:
    """The item of an organization, with its version as given."""
    return OrganizationRow(
        *organization_key(organization.id),
        tin=organization.tin,
        name=organization.name,
        npis=set(organization.npis) or None,
        relations_contact=organization.relations_contact or None,
        entitlements=set(organization.entitlements) or None,
        tin_verified=organization.tin_verified,
        review_called_at=organization.review_called_at,
        review_by=organization.review_by,
        executive_name=organization.executive_name or None,
        executive_email=organization.executive_email or None,
        wave_id=organization.wave_id,
        closed_at=organization.closed_at,
        merged_into=organization.merged_into,
        version=organization.version,
    )


def tin_row(organization: Organization) -> TinRow:
    """The claim of its TIN."""
    return TinRow(f"TIN#{organization.tin}", "ORGANIZATION", organization_id=organization.id)


def on_list(organization: Organization) -> OnListRow:
    """Its place on the plan's list."""
    return OnListRow(
        "ORGANIZATIONS",
        f"{sort_key(organization.name)}\n{organization.id}",
        organization_id=organization.id,
        name=organization.name,
        tin=organization.tin,
        sought=_looked_into(organization),
        closed=organization.closed or None,
    )


def plan_edit(change: Change, before: Organization, after: Organization) -> Organization:
    """Plan an organization's change and that of its place on the list. Returns it with its next version.

    The commit raises Stale when it changed since it was read. The claim of a TIN is the caller's.
    """
    after = msgspec.structs.replace(after, version=before.version + 1)
    change.put(row(after), OrganizationRow.version == before.version, Stale())
    listed, was = on_list(after), on_list(before)
    if listed.sk != was.sk:
        change.delete(was)
    if (listed.sk, listed.name, listed.tin, listed.closed) != (was.sk, was.name, was.tin, was.closed):
        change.put(listed)
    return after


def plan_claim(change: Change, organization: Organization, error: Refusal) -> None:
    """Plan that an organization's TIN is its own. The commit raises `error` when it is another one's."""
    change.create(tin_row(organization), error)


def plan_free(change: Change, organization: Organization) -> None:
    """Plan that its TIN may be claimed again: it has another one, or has ended (ORG-9)."""
    change.delete(tin_row(organization), TinRow.organization_id == organization.id)


def require_open(change: Change, organization_id: str, error: Refusal | None = None) -> None:
    """Plan that an organization has not ended (ORG-9). The commit raises `error` when it has, else Conflict.

    Once for each organization, however many parts of a change ask for it.
    """
    found = OrganizationRow
    there = found.pk.exists() & found.closed_at.does_not_exist()
    change.check_once(found(*organization_key(organization_id)), there, error or Conflict("organization_closed"))


def require_executive(change: Change, organization: Organization, error: Refusal) -> None:
    """Plan that an organization has not ended and its executive's address is still this one, else `error` (ORG-1)."""
    found = OrganizationRow
    same = found.closed_at.does_not_exist() & (found.executive_email == organization.executive_email)
    change.check(found(*organization_key(organization.id)), same, error)


def organization_key(organization_id: str) -> tuple[str, str]:
    """Key of an organization's item."""
    return f"ORG#{organization_id}", "ORGANIZATION"


def organization(organization_id: str) -> Organization:
    """One organization. Raises OrganizationRow.DoesNotExist."""
    return organization_from_row(OrganizationRow.get(*organization_key(organization_id)))


def find(organization_id: str) -> Organization | None:
    """One organization, or None, read strongly."""
    try:
        return organization_from_row(OrganizationRow.get(*organization_key(organization_id), consistent_read=True))
    except OrganizationRow.DoesNotExist:
        return None


def names(ids: Iterable[str]) -> dict[str, str]:
    """The names of organizations by id, in one batch."""
    found = OrganizationRow.batch_get(map(organization_key, ids))
    return {row.pk.removeprefix("ORG#"): row.name for row in found}


def by_id(ids: Iterable[str]) -> dict[str, Organization]:
    """Organizations by id, read strongly in one batch; unknown ids are left out."""
    keys = [organization_key(id_) for id_ in ids]
    found = OrganizationRow.batch_get(keys, consistent_read=True) if keys else ()
    return {row.pk.removeprefix("ORG#"): organization_from_row(row) for row in found}


def organization_among(rows: DirectoryRows, organization_id: str) -> Organization:
    """One organization of rows that were read together. Raises OrganizationRow.DoesNotExist."""
    row = rows.get(OrganizationRow, organization_key(organization_id))
    if row is None:
        raise OrganizationRow.DoesNotExist
    return organization_from_row(row)


def find_among(rows: DirectoryRows, organization_id: str) -> Organization | None:
    """Likewise, or None."""
    row = rows.get(OrganizationRow, organization_key(organization_id))
    return None if row is None else organization_from_row(row)


def organization_from_row(row: OrganizationRow) -> Organization:
    """The organization in an item."""
    return Organization(
        id=row.pk.removeprefix("ORG#"),
        tin=row.tin,
        name=row.name,
        npis=frozenset(row.npis or ()),
        relations_contact=row.relations_contact or "",
        entitlements=frozenset(row.entitlements or ()),  # type: ignore[arg-type]  # written from the same Literal
        tin_verified=row.tin_verified is not False,
        review_called_at=row.review_called_at,
        review_by=row.review_by,
        executive_name=row.executive_name or "",
        executive_email=row.executive_email or "",
        wave_id=row.wave_id,
        closed_at=row.closed_at,
        merged_into=row.merged_into,
        version=int(row.version),
    )


def call_review(change: Change, organization_id: str, at: datetime, by: datetime) -> None:
    """Plan that the plan called a review of a practice, which ends then (REV-1)."""
    row = OrganizationRow
    actions = [row.review_called_at.set(at), row.review_by.set(by), row.version.add(1)]
    change.update(row(*organization_key(organization_id)), actions)


def organization_id_of(tin: str) -> str | None:
    """Id of the organization with exactly this TIN, or None."""
    try:
        return TinRow.get(f"TIN#{tin}", "ORGANIZATION", consistent_read=True).organization_id
    except TinRow.DoesNotExist:
        return None


def ids_of(tins: Iterable[str]) -> dict[str, str]:
    """Ids of the organizations with these TINs, read strongly, a call for each hundred; unknown ones are left out."""
    found = TinRow.batch_get([(f"TIN#{tin}", "ORGANIZATION") for tin in tins], consistent_read=True)
    return {row.pk.removeprefix("TIN#"): row.organization_id for row in found}


def ended_id_of(tin: str) -> str | None:
    """Id of the organization that had exactly this TIN when it ended; None when there is none, or there are several."""
    found = [one.id for one in page(tin, None, _FIRST_LOOK, ("ended",)).items if one.closed and one.tin == tin]
    return found[0] if len(found) == 1 else None


def page(search: str, cursor: str | None, size: int, scope: tuple[str, ...]) -> cursors.Page[Listed]:
    """A page of the plan's organizations by name; with a search, of those whose name or TIN has it in any place.

    Without a search it reads a row more than it shows.
    """
    scope = (*scope, search)
    start = cursors.open_(cursor, scope) if cursor else None
    wanted = _sought(search)
    rows = OnListRow.query(
        "ORGANIZATIONS",
        filter_condition=OnListRow.sought.contains(wanted) if wanted else None,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        page_size=_FIRST_LOOK if wanted else size + 1,
    )
    found: list[OnListRow] = []
    for answer in rows.page_iter:
        for item in answer["Items"]:
            if len(found) == size:
                return cursors.Page([_listed(row) for row in found], _after(found[-1], scope))
            found.append(OnListRow.from_raw_data(item))
        # What is rare is found in few calls: DynamoDB reads at most 1 MB in one.
        rows.page_iter.page_size = 4 * (rows.page_iter.page_size or _FIRST_LOOK)
    return cursors.Page([_listed(row) for row in found])


def finds(search: str, organization: Organization) -> bool:
    """Whether a search of the list finds an organization."""
    return _sought(search) in _looked_into(organization)


def count_up_to(most: int) -> int | None:
    """How many organizations there are; None when they are more than `most`."""
    counted = OnListRow.count("ORGANIZATIONS", limit=most + 1)
    return counted if counted <= most else None


def _looked_into(organization: Organization) -> str:
    return f"{folded(organization.name)}\n{organization.tin}"


def _sought(search: str) -> str:
    """A search as the list is searched; a number is a TIN, however people write it."""
    digits = search.replace("-", "").strip()
    return digits if digits.isascii() and digits.isdigit() else folded(search)


def _after(row: OnListRow, scope: tuple[str, ...]) -> str:
    return cursors.seal({"pk": row.pk, "sk": row.sk}, scope)


def _listed(row: OnListRow) -> Listed:
    return Listed(row.organization_id, row.name, row.tin, closed=row.closed is True)
