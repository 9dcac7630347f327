"""Reports of messages that reached somebody in error, in the mail table: the open and the closed are a list each."""

from typing import get_args

import msgspec
from pynamodb.attributes import UnicodeAttribute

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict
from chalicelib.core.tables import MailRow
from chalicelib.messages.domain import PAGE
from chalicelib.messages.domain.reports import Report, State


class ReportRow(MailRow, discriminator="misdirected_report"):
    """pk `MISDIRECTED#<open or closed>`, sk `<report id>`, in order of reporting."""

    document = UnicodeAttribute()


class ReportedRow(MailRow, discriminator="misdirected"):
    """A mailbox reports a message once: pk `MISDIRECTED#<message id>`, sk `<mailbox id>`."""

    report_id = UnicodeAttribute()


def _row(report: Report) -> ReportRow:
    return ReportRow(f"MISDIRECTED#{report.state}", report.id, document=msgspec.json.encode(report).decode())


def _report(row: ReportRow) -> Report:
    return msgspec.json.decode(row.document, type=Report)


def claim_key(message_id: str, mailbox_id: str) -> tuple[str, str]:
    """Key of what says that a mailbox reported a message."""
    return f"MISDIRECTED#{message_id}", mailbox_id


def create(change: Change, report: Report) -> None:
    """Plan a new report. Fails with Conflict `already_reported` when that mailbox has made one of that message."""
    once = ReportedRow(*claim_key(report.message_id, report.mailbox_id), report_id=report.id)
    change.create(once, Conflict("already_reported"))
    change.create(_row(report))


def close(change: Change, before: Report, after: Report) -> None:
    """Plan that a report goes from the open to the closed; one that isn't open any more is Conflict `report_closed`."""
    change.delete(_row(before), ReportRow.pk.exists(), Conflict("report_closed"))
    change.create(_row(after))


def report(report_id: str) -> Report | None:
    """One report, open or closed; None when there is none."""
    keys = [(f"MISDIRECTED#{state}", report_id) for state in get_args(State)]
    return next((_report(row) for row in ReportRow.batch_get(keys, consistent_read=True)), None)


def oldest_open(most: int) -> tuple[list[Report], bool]:
    """The first open ones, oldest first, and whether there are more."""
    rows = list(ReportRow.query("MISDIRECTED#open", limit=most + 1))
    return [_report(row) for row in rows[:most]], len(rows) > most


def page(reader_id: str, state: State, cursor: str | None) -> cursors.Page[Report]:
    """A page of the open ones, oldest first, or of the closed ones, newest first."""
    scope = ("misdirected", reader_id, state)
    pk = f"MISDIRECTED#{state}"
    start = cursors.open_(cursor, scope) if cursor else None
    rows = ReportRow.query(
        pk,
        scan_index_forward=state == "open",
        limit=PAGE + 1,
        page_size=PAGE + 1,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
    )
    found = [_report(row) for row in rows]
    if len(found) <= PAGE:
        return cursors.Page(found)
    return cursors.Page(found[:PAGE], cursors.seal({"pk": pk, "sk": found[PAGE - 1].id}, scope))
