"""Export of a practice's decisions as CSV (REV-5): a long work that reads them in the order they were made."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.access_reviews.domain.cards import CardChange
from chalicelib.access_reviews.domain.evidence import Evidence
from chalicelib.access_reviews.store import decisions
from chalicelib.accounts import work_actors
from chalicelib.core import csv_files, ids, work, work_files
from chalicelib.core.access import Member
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.work import Chunk, Work

KIND = "reviews_export"
_AT_ONCE = 100
_COLUMNS = (
    "decided", "reviewer", "confirmed_by", "name", "email", "decision", "reason", "seconds_since_decision_before",
    "seen_role", "seen_access_levels", "seen_providers", "seen_status", "seen_created", "seen_last_sign_in",
    "seen_verified", "seen_due", "seen_late", "seen_flags", "seen_level_use", "seen_changes", "seen_more_changes",
    "role_after", "access_levels_after", "providers_after", "status_after",
)  # fmt: skip


class Exporting(msgspec.Struct, frozen=True):
    """A long work that is under way."""

    work_id: str


def export(actor: Member, now: datetime) -> Exporting:
    """Begin an export of all decisions that were made up to now."""
    planned = Change(actor, Entry(action="export.started", after={"kind": KIND}), now)
    until = ids.before("rev", now + timedelta(milliseconds=1))
    made = work.start(
        planned, KIND, parameters={"until": until}, result_name=f"access-reviews-{now.date().isoformat()}.csv"
    )
    return planned.commit(Exporting(made.id))


def export_step(of: Work, now: datetime) -> Chunk:
    """Write the next decisions as a part of the file."""
    actor = work_actors.administrator_of(of, now)
    number, _, last = of.position.partition(" ")
    part = int(number or 0)
    found = decisions.following(actor.organization_id, last, of.parameters["until"], _AT_ONCE)
    lines = [csv_files.line(_COLUMNS)] if part == 0 else []
    lines += [csv_files.line(_cells(one)) for one in found]
    work_files.put_part(of, part, csv_files.encoded(lines, first=part == 0))
    finished = len(found) < _AT_ONCE
    return Chunk(
        position=f"{part + 1} {found[-1].id if found else last}",
        done=len(found),
        finished=finished,
        result_key=work_files.join_parts(of, part + 1) if finished else None,
    )


def _cells(one: Evidence) -> list[str]:
    seen, after = one.seen, one.after
    return [
        _instant(one.at),
        one.reviewer.name,
        one.confirmed_by.name if one.confirmed_by is not None else "",
        one.member.name,
        one.member.email,
        one.decision,
        one.reason,
        "" if one.seconds is None else f"{one.seconds:.1f}",
        seen.role,
        ";".join(seen.access_levels),
        ";".join(seen.providers),
        seen.status,
        *map(_instant, (seen.created_at, seen.last_sign_in_at, seen.verified_at, seen.due_at)),
        "yes" if seen.late else "no",
        ";".join(seen.flags),
        ";".join(f"{level} {day.isoformat()}" for level, day in sorted((seen.level_use or {}).items())),
        "\n".join(map(_change, seen.changes)),
        "yes" if seen.more_changes else "no",
        after.role,
        ";".join(after.access_levels),
        ";".join(after.providers),
        after.status,
    ]


def _instant(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _change(entry: CardChange) -> str:
    changed = ", ".join(f"{one.field}: {_value(one.before)} > {_value(one.after)}" for one in entry.changes)
    told = f"#{entry.number} {_instant(entry.at)} {entry.by.name} ({entry.by.email}): {changed}"
    return f"{told} - {entry.comment}" if entry.comment else told


def _value(value: str | list[str] | None) -> str:
    return ";".join(value) if isinstance(value, list) else value or ""
