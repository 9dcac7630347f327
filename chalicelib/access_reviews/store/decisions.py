"""Decisions of reviews as they were made, kept verbatim (REV-5), in the directory table (docs/data-model.md)."""

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.access_reviews.domain.evidence import Evidence
from chalicelib.core import cursors
from chalicelib.core.cursors import Page
from chalicelib.core.tables import DirectoryRow


class EvidenceRow(DirectoryRow, discriminator="review_decision"):
    """pk `REVIEWS#<organization id>`, sk `<rev id>`, in order of deciding. Only ever added."""

    document = UnicodeAttribute()


def row(organization_id: str, evidence: Evidence) -> EvidenceRow:
    """The item of a decision."""
    return EvidenceRow(_pk(organization_id), evidence.id, document=msgspec.json.encode(evidence).decode())


def page(organization_id: str, cursor: str | None, size: int, scope: tuple[str, ...]) -> Page[Evidence]:
    """A page of a practice's decisions, the newest first: one query that reads a row more than it gives."""
    scope = (*scope, "review-decisions", organization_id)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        EvidenceRow.query(
            _pk(organization_id),
            scan_index_forward=False,
            limit=size + 1,
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
            consistent_read=True,
        )
    )
    shown = rows[:size]
    following = cursors.seal({"pk": shown[-1].pk, "sk": shown[-1].sk}, scope) if len(rows) > size else None
    return Page([_evidence(found) for found in shown], following)


def following(organization_id: str, last: str, until: str, most: int) -> list[Evidence]:
    """The next decisions after one (all, when it is empty) and up to another id, the oldest first."""
    between = EvidenceRow.sk.between(f"{last}$", until)
    return [_evidence(found) for found in EvidenceRow.query(_pk(organization_id), between, limit=most)]


def by_ids(organization_id: str, ids: list[str]) -> list[Evidence]:
    """Decisions by their ids, the oldest first; unknown ones are left out. One batch for each hundred."""
    found = EvidenceRow.batch_get([(_pk(organization_id), id_) for id_ in ids])
    return sorted(map(_evidence, found), key=lambda one: one.id)


def _pk(organization_id: str) -> str:
    return f"REVIEWS#{organization_id}"


def _evidence(found: EvidenceRow) -> Evidence:
    return msgspec.json.decode(found.document, type=Evidence)
