"""What the first of two of enrollment decided, until the second does (REV-2, ORG-4), in the directory table."""

import msgspec
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.access_reviews.domain.two import First, Need
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, DirectoryRows


class FirstOfTwoRow(DirectoryRow, discriminator="first_of_two"):
    """pk `ORG#<organization id>`, sk `TWO#<membership id>#<review or enable>`."""

    at = UTCDateTimeAttribute()
    document = UnicodeAttribute()


def key(organization_id: str, membership_id: str, need: Need) -> tuple[str, str]:
    """Key of what the first decided about a member."""
    return f"ORG#{organization_id}", f"TWO#{membership_id}#{need}"


def among(rows: DirectoryRows, organization_id: str, membership_id: str, need: Need) -> First | None:
    """The first of two, of rows that were read together."""
    row = rows.get(FirstOfTwoRow, key(organization_id, membership_id, need))
    return None if row is None else msgspec.json.decode(row.document, type=First)


def plan_first(
    change: Change, place: tuple[str, str], before: First | None, after: First | None, error: Refusal
) -> None:
    """Plan that there is a first of two, or none any more. The commit raises `error` when it isn't as it was read."""
    row = FirstOfTwoRow
    same = row.pk.does_not_exist() if before is None else row.at == before.at
    if after is None:
        change.delete(row(*place), same, error)
    else:
        change.put(row(*place, at=after.at, document=msgspec.json.encode(after).decode()), same, error)
