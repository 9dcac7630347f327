"""How organizations stand with their reviews: what they were told, and where the plan finds those that are open."""

from collections.abc import Iterator

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.access_reviews.domain.reminders import ReviewState, Standing
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, DirectoryRows

_LISTED = "OPEN_REVIEWS"
_SOLE = "SOLE_ADMINISTRATOR"


class ReviewStateRow(DirectoryRow, discriminator="review_state"):
    """pk `ORG#<organization id>`, sk `REVIEW`."""

    told_at = UTCDateTimeAttribute(null=True)
    told_due_at = UTCDateTimeAttribute(null=True)
    overdue_until = UTCDateTimeAttribute(null=True)
    listed = UnicodeAttribute(null=True)
    sole = BooleanAttribute(null=True)
    version = NumberAttribute()


class OpenReviewRow(DirectoryRow, discriminator="open_review"):
    """An organization with reviews that are open: pk `OPEN_REVIEWS`, sk `<late or open>#<organization id>`.

    As the last run of the job found it; whoever shows it counts anew.
    """


class SoleAdministratorRow(DirectoryRow, discriminator="sole_administrator"):
    """An organization whose only administrator's review is open (REV-2): pk `SOLE_ADMINISTRATOR`, sk its id.

    As the last run of the job found it.
    """


def key(organization_id: str) -> tuple[str, str]:
    """Key of what an organization was told."""
    return f"ORG#{organization_id}", "REVIEW"


def among(rows: DirectoryRows, organization_id: str) -> ReviewState:
    """What an organization was told, of rows that were read together; of version 0 where it never was."""
    row = rows.get(ReviewStateRow, key(organization_id))
    if row is None:
        return ReviewState(organization_id=organization_id)
    return ReviewState(
        organization_id=organization_id,
        told_at=row.told_at,
        told_due_at=row.told_due_at,
        overdue_until=row.overdue_until,
        sole=bool(row.sole),
        listed=row.listed,  # type: ignore[arg-type]  # written from the same Literal
        version=int(row.version),
    )


def plan(change: Change, before: ReviewState, after: ReviewState, error: Refusal) -> None:
    """Plan what an organization was told, one version on, and where the plan finds it; `error` when one was faster."""
    version = ReviewStateRow.version
    same = version == before.version if before.version else version.does_not_exist()
    id_ = after.organization_id
    row = ReviewStateRow(
        *key(id_),
        told_at=after.told_at,
        told_due_at=after.told_due_at,
        overdue_until=after.overdue_until,
        listed=after.listed,
        sole=after.sole or None,
        version=before.version + 1,
    )
    change.put(row, same, error)
    if before.sole != after.sole:
        marked = SoleAdministratorRow(_SOLE, id_)
        if after.sole:
            change.put(marked)
        else:
            change.delete(marked)
    if before.listed != after.listed:
        if before.listed is not None:
            change.delete(OpenReviewRow(_LISTED, f"{before.listed}#{id_}"))
        if after.listed is not None:
            change.put(OpenReviewRow(_LISTED, f"{after.listed}#{id_}"))


def sole(after: str | None, most: int) -> list[str]:
    """Ids of the next organizations whose only administrator's review is open, behind one of them."""
    behind = SoleAdministratorRow.sk > after if after else None
    return [row.sk for row in SoleAdministratorRow.query(_SOLE, behind, limit=most, consistent_read=True)]


def listed(standing: Standing | None, after: str | None, most: int) -> list[tuple[str, str]]:
    """The next organizations with open reviews, the late ones first, with their keys; with `standing` those alone."""
    condition: Condition | None = OpenReviewRow.sk.startswith(f"{standing}#") if standing else None
    if after:
        condition = OpenReviewRow.sk.between(f"{after}$", f"{standing or 'z'}#~")
    rows = OpenReviewRow.query(_LISTED, condition, limit=most, consistent_read=True)
    return [(row.sk, row.sk.partition("#")[2]) for row in rows]


def late(most: int) -> Iterator[str]:
    """Ids of organizations in which somebody is suspended for want of a review."""
    return (id_ for _, id_ in listed("late", None, most))
