"""Items of organizations in the directory table (docs/data-model.md)."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.core.tables import DirectoryRow, DirectoryRows
from chalicelib.organizations.domain import Organization


class OrganizationRow(DirectoryRow, discriminator="organization"):
    """pk `ORG#<organization id>`, sk `ORGANIZATION`."""

    tin = UnicodeAttribute()
    name = UnicodeAttribute()
    npis = UnicodeSetAttribute(null=True)
    relations_contact = UnicodeAttribute(null=True)
    entitlements = UnicodeSetAttribute(null=True)
    tin_verified = BooleanAttribute(null=True)
    version = NumberAttribute()


class TinRow(DirectoryRow, discriminator="tin"):
    """The claim of a TIN: pk `TIN#<tin>`, sk `ORGANIZATION`. Created with the organization, so a TIN has one."""

    organization_id = UnicodeAttribute()


def rows(organization: Organization) -> tuple[OrganizationRow, TinRow]:
    """The items of a new organization: itself and the claim of its TIN."""
    return (
        OrganizationRow(
            f"ORG#{organization.id}",
            "ORGANIZATION",
            tin=organization.tin,
            name=organization.name,
            npis=set(organization.npis) or None,
            relations_contact=organization.relations_contact or None,
            entitlements=set(organization.entitlements) or None,
            tin_verified=organization.tin_verified,
            version=organization.version,
        ),
        TinRow(f"TIN#{organization.tin}", "ORGANIZATION", organization_id=organization.id),
    )


def organization_key(organization_id: str) -> tuple[str, str]:
    """Key of an organization's item."""
    return f"ORG#{organization_id}", "ORGANIZATION"


def organization(organization_id: str) -> Organization:
    """One organization. Raises OrganizationRow.DoesNotExist."""
    return organization_from_row(OrganizationRow.get(*organization_key(organization_id)))


def organization_among(rows: DirectoryRows, organization_id: str) -> Organization:
    """One organization of rows that were read together. Raises OrganizationRow.DoesNotExist."""
    row = rows.get(OrganizationRow, organization_key(organization_id))
    if row is None:
        raise OrganizationRow.DoesNotExist
    return organization_from_row(row)


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
        version=int(row.version),
    )


def organization_id_of(tin: str) -> str | None:
    """Id of the organization with exactly this TIN, or None."""
    try:
        return TinRow.get(f"TIN#{tin}", "ORGANIZATION", consistent_read=True).organization_id
    except TinRow.DoesNotExist:
        return None
