"""How fast reviewers decide, and what of it the plan is to look at (S-AZ-09; docs/data-model.md)."""

import contextlib

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.access_reviews.domain.pace import Pace, Suspect
from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.cursors import Page
from chalicelib.core.errors import Conflict
from chalicelib.core.tables import DirectoryRow, DirectoryRows

_OPEN, _SETTLED = "SUSPECT_REVIEWS", "SETTLED_REVIEWS"
# A plan that has more to look into has other worries.
_MOST = 500


class PaceRow(DirectoryRow, discriminator="review_pace"):
    """A reviewer's last decisions: pk `ORG#<organization id>`, sk `REVIEW_PACE#<membership id>` (~3 KB)."""

    document = UnicodeAttribute()
    version = NumberAttribute()


class SuspectRow(DirectoryRow, discriminator="suspect_review"):
    """pk `SUSPECT_REVIEWS`, sk `<sus id>`, in order of happening; settled, pk `SETTLED_REVIEWS`."""

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


def suspect_row(made: Suspect) -> SuspectRow:
    """The item of decisions that were made too fast."""
    return SuspectRow(_OPEN, made.id, document=msgspec.json.encode(made).decode())


def suspect_organizations() -> frozenset[str]:
    """Ids of organizations with decisions that nobody has looked into yet."""
    return frozenset(one.organization_id for one in waiting(_MOST)[0])


def waiting(most: int) -> tuple[list[Suspect], bool]:
    """The first that nobody has looked into yet, the oldest before the others; and whether there are more."""
    rows = list(SuspectRow.query(_OPEN, limit=most + 1, consistent_read=True))
    return [_suspect(row) for row in rows[:most]], len(rows) > most


def page(cursor: str | None, size: int, scope: tuple[str, ...]) -> Page[Suspect]:
    """A page: those that nobody has looked into yet, the oldest first, then the settled ones, the newest first."""
    start = cursors.open_(cursor, scope) if cursor else None
    found: list[SuspectRow] = []
    for pk in (_OPEN, _SETTLED):
        if start is not None and pk == _OPEN and start["pk"] == _SETTLED:
            continue
        here = start if start is not None and start["pk"] == pk else None
        found += SuspectRow.query(
            pk,
            scan_index_forward=pk == _OPEN,
            limit=size + 1 - len(found),
            consistent_read=True,
            last_evaluated_key={name: {"S": value} for name, value in here.items()} if here else None,
        )
        if len(found) > size:
            last = found[size - 1]
            return Page([_suspect(row) for row in found[:size]], cursors.seal({"pk": last.pk, "sk": last.sk}, scope))
    return Page([_suspect(row) for row in found])


def suspect(suspect_id: str) -> Suspect | None:
    """One of them, whether or not it is settled."""
    for pk in (_OPEN, _SETTLED):
        with contextlib.suppress(SuspectRow.DoesNotExist):
            return _suspect(SuspectRow.get(pk, suspect_id, consistent_read=True))
    return None


def settle(change: Change, after: Suspect) -> None:
    """Plan that one is settled. The commit raises Conflict `review_settled` when it was meanwhile."""
    change.delete(SuspectRow(_OPEN, after.id), SuspectRow.pk.exists(), Conflict("review_settled"))
    change.put(SuspectRow(_SETTLED, after.id, document=msgspec.json.encode(after).decode()))


def _suspect(row: SuspectRow) -> Suspect:
    return msgspec.json.decode(row.document, type=Suspect)
