"""How many members of an organization gave the same number (ACC-2): pk `ORG#<organization id>`, sk `PHONE#<digits>`."""

from pynamodb.attributes import NumberAttribute
from pynamodb.expressions.update import Action

from chalicelib.core.tables import DirectoryRow, DirectoryRows


class PhoneRow(DirectoryRow, discriminator="phone"):
    """A counter, without a version."""

    members = NumberAttribute()


def row(organization_id: str, phone: str) -> PhoneRow:
    """The item with the key of a number, however it is written."""
    return PhoneRow(*key(organization_id, phone))


def more(by: int) -> list[Action]:
    """The update that counts so many more (or fewer)."""
    return [PhoneRow.members.add(by)]


def key(organization_id: str, phone: str) -> tuple[str, str]:
    """Key of a number, however it is written."""
    return f"ORG#{organization_id}", f"PHONE#{digits(phone)}"


def digits(phone: str) -> str:
    """What of a number tells it from others, however it is written."""
    return "".join(filter(str.isdigit, phone))


def among(rows: DirectoryRows, organization_id: str, phone: str) -> int:
    """How many members gave this number, of rows that were read together."""
    found = rows.get(PhoneRow, key(organization_id, phone))
    return 0 if found is None else int(found.members)
