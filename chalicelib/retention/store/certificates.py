"""Certificates of what was deleted, for lists (MSG-10; docs/data-model.md). The journal's records say the same."""

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.tables import DirectoryRow
from chalicelib.retention.domain import Certificate

PAGE = 25


class CertificateRow(DirectoryRow, discriminator="deletion"):
    """pk `DELETIONS`, sk `<certificate id>`, which sorts by time."""

    document = UnicodeAttribute()


def add(change: Change, certificate: Certificate) -> None:
    """Plan a certificate with the deletion that it proves."""
    change.create(CertificateRow("DELETIONS", certificate.id, document=msgspec.json.encode(certificate).decode()))


def page(reader_id: str, cursor: str | None) -> cursors.Page[Certificate]:
    """A page of them, newest first: one query that reads a row more than it shows."""
    scope = ("deletions", reader_id)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = CertificateRow.query(
        "DELETIONS",
        scan_index_forward=False,
        limit=PAGE + 1,
        page_size=PAGE + 1,
        last_evaluated_key={part: {"S": value} for part, value in start.items()} if start else None,
    )
    found = [msgspec.json.decode(row.document, type=Certificate) for row in rows]
    if len(found) <= PAGE:
        return cursors.Page(found)
    return cursors.Page(found[:PAGE], cursors.seal({"pk": "DELETIONS", "sk": found[PAGE - 1].id}, scope))
