"""How fast reviewers decide, and what of it the plan is to look at (S-AZ-09; docs/data-model.md)."""

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.access_reviews.domain.pace import Pace, Suspect
from chalicelib.core.tables import DirectoryRow, DirectoryRows


class PaceRow(DirectoryRow, discriminator="review_pace"):
    """A reviewer's last decisions: pk `ORG#<organization id>`, sk `REVIEW_PACE#<membership id>` (~3 KB)."""

    document = UnicodeAttribute()
    version = NumberAttribute()


class SuspectRow(DirectoryRow, discriminator="suspect_review"):
    """pk `SUSPECT_REVIEWS`, sk `<sus id>`, in order of happening."""

    document = UnicodeAttribute()


def key(organization_id: str, membership_id: str) -> tuple[str, str]:
    """Key of a reviewer's pace."""
    return f"ORG#{organization_id}", f"REVIEW_PACE#{membership_id}"


def among(rows: DirectoryRows, organization_id: str, membership_id: str) -> Pace:
    """A reviewer's pace, of rows that were read together; an empty one of version 0 where there is none."""
    row = rows.get(PaceRow, key(organization_id, membership_id))
    if row is None:
        return Pace()
    return msgspec.structs.replace(msgspec.json.decode(row.document, type=Pace), version=int(row.version))


def row(organization_id: str, membership_id: str, pace: Pace) -> PaceRow:
    """The item that replaces the pace that was read: one version on."""
    document = msgspec.json.encode(pace).decode()
    return PaceRow(*key(organization_id, membership_id), document=document, version=pace.version + 1)


def unchanged(pace: Pace) -> Condition:
    """Condition on the item: the same reviewer has decided nothing else since it was read."""
    condition: Condition = PaceRow.version == pace.version if pace.version else PaceRow.pk.does_not_exist()
    return condition


def suspect_row(suspect: Suspect) -> SuspectRow:
    """The item of decisions that were made too fast."""
    return SuspectRow("SUSPECT_REVIEWS", suspect.id, document=msgspec.json.encode(suspect).decode())
