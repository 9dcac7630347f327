"""How many members of an organization gave the same number (ACC-2): pk `ORG#<organization id>`, sk `PHONE#<digits>`."""

from pynamodb.attributes import NumberAttribute
from pynamodb.expressions.update import Action

from chalicelib.core.tables import DirectoryRow


class PhoneRow(DirectoryRow, discriminator="phone"):
    """A counter, without a version."""

    members = NumberAttribute()


def row(organization_id: str, phone: str) -> PhoneRow:
    """The item with the key of a number, however it is written."""
    return PhoneRow(f"ORG#{organization_id}", f"PHONE#{''.join(filter(str.isdigit, phone))}")


def more(by: int) -> list[Action]:
    """The update that counts so many more (or fewer)."""
    return [PhoneRow.members.add(by)]


def members_with(organization_id: str, phone: str) -> int:
    """How many members gave this number."""
    wanted = row(organization_id, phone)
    try:
        return int(PhoneRow.get(wanted.pk, wanted.sk).members)
    except PhoneRow.DoesNotExist:
        return 0
