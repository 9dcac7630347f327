"""On which day each access level of a membership was last used (REV-3): what traffic writes, once a day and level."""

from datetime import date, datetime
from typing import get_args

from pynamodb.attributes import UnicodeAttribute

from chalicelib.core import change
from chalicelib.core.access import AccessLevel
from chalicelib.core.tables import DirectoryRow, DirectoryRows


class LevelUseRow(DirectoryRow, discriminator="level_use"):
    """pk `ORG#<organization id>`, sk `LEVEL_USE#<membership id>`: for each level the day, in UTC."""

    health_records = UnicodeAttribute(null=True)
    claims = UnicodeAttribute(null=True)
    manage_account = UnicodeAttribute(null=True)
    eligibility = UnicodeAttribute(null=True)
    health_passport = UnicodeAttribute(null=True)
    assessments = UnicodeAttribute(null=True)
    authorizations = UnicodeAttribute(null=True)


def key(organization_id: str, membership_id: str) -> tuple[str, str]:
    """Key of the item of a membership."""
    return f"ORG#{organization_id}", f"LEVEL_USE#{membership_id}"


def among(rows: DirectoryRows, organization_id: str, membership_id: str) -> dict[AccessLevel, date] | None:
    """The days of a membership, of rows that were read together; None where no use was ever recorded."""
    row = rows.get(LevelUseRow, key(organization_id, membership_id))
    if row is None:
        return None
    days = {level: getattr(row, level) for level in get_args(AccessLevel)}
    return {level: date.fromisoformat(day) for level, day in days.items() if day is not None}


def used(organization_id: str, membership_id: str, level: AccessLevel, now: datetime) -> None:
    """Remember that a level was used: a read, and a write when it is the first time that day."""
    row = LevelUseRow(*key(organization_id, membership_id))
    day = now.date().isoformat()
    found = next(iter(LevelUseRow.batch_get([(row.pk, row.sk)])), None)
    if found is not None and (getattr(found, level) or "") >= day:
        return
    column = getattr(LevelUseRow, level)
    change.touch(row, [column.set(day)], column.does_not_exist() | (column < day))
