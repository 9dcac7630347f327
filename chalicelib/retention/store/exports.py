"""Threads that were taken out for the record, and why, in the directory table (MSG-10; docs/data-model.md)."""

from datetime import datetime

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.core.tables import DirectoryRow


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What an auditor asked for."""

    id: str
    thread_id: str
    user_id: str
    name: str
    reason: str
    """As typed; in the file that is made, and in no notice, log or record."""
    at: datetime


class ExportRow(DirectoryRow, discriminator="record_export"):
    """pk `RECORD_EXPORTS`, sk `<export id>`, in order of asking."""

    document = UnicodeAttribute()


def row(export: Export) -> ExportRow:
    """The item of an export."""
    return ExportRow("RECORD_EXPORTS", export.id, document=msgspec.json.encode(export).decode())


def export(export_id: str) -> Export:
    """One export. Raises ExportRow.DoesNotExist."""
    found = ExportRow.get("RECORD_EXPORTS", export_id, consistent_read=True)
    return msgspec.json.decode(found.document, type=Export)
