"""Export of members as CSV (ACC-3): a long work that reads the list page by page (core/work.py)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import work_actors
from chalicelib.accounts.domain import Membership, statuses
from chalicelib.accounts.store import activities, listing
from chalicelib.accounts.store.listing import Wanted
from chalicelib.core import csv_files, work, work_files
from chalicelib.core.access import Member
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.work import Chunk, Started, Work

EXPORT = "members_export"
_AT_ONCE = 100
# What an import takes comes first, under the same names.
_COLUMNS = (
    "name", "email", "phone", "role", "access_levels", "providers", "status", "last_sign_in", "created", "verified",
)  # fmt: skip


def export(actor: Member, wanted: Wanted, now: datetime) -> Started:
    """Begin an export of the members that a list with these filters shows. What is searched for is not kept."""
    chosen = msgspec.to_builtins(msgspec.structs.replace(wanted, search=""))
    parameters = {name: str(value) for name, value in chosen.items() if value not in (None, "", False)}
    planned = Change(actor, Entry(action="export.started", after={"kind": EXPORT}), now)
    made = work.start(planned, EXPORT, parameters=parameters, result_name=f"members-{now.date().isoformat()}.csv")
    return planned.commit(Started(made.id))


def export_step(of: Work, now: datetime) -> Chunk:
    """Write the next page of members as a part of the file."""
    actor = work_actors.administrator_of(of, now)
    number, _, cursor = of.position.partition(" ")
    part = int(number or 0)
    parameters = {name: value for name, value in of.parameters.items() if name != "descending"}
    wanted = msgspec.convert({**parameters, "descending": "descending" in of.parameters}, Wanted)
    page = listing.page(actor.organization_id, wanted, cursor or None, _AT_ONCE, ("export", of.id))
    seen = activities.last_sign_ins(one.user_id for one in page.items if statuses.shows_sign_ins(one))
    lines = [csv_files.line(_COLUMNS)] if part == 0 else []
    lines += [
        csv_files.line(
            _cells(membership, seen.get(membership.user_id) if statuses.shows_sign_ins(membership) else None)
        )
        for membership in page.items
    ]
    work_files.put_part(of, part, csv_files.encoded(lines, first=part == 0))
    finished = page.next_cursor is None
    return Chunk(
        position=f"{part + 1} {page.next_cursor or ''}",
        done=len(page.items),
        finished=finished,
        result_key=work_files.join_parts(of, part + 1) if finished else None,
    )


def _cells(membership: Membership, last_sign_in: datetime | None) -> list[str]:
    return [
        membership.name,
        membership.email,
        membership.phone,
        membership.role,
        ";".join(sorted(membership.access_levels)),
        ";".join(sorted(membership.providers)),
        membership.status,
        *(at.isoformat(timespec="seconds") if at else "" for at in
          (last_sign_in, membership.created_at, membership.verified_at)),
    ]  # fmt: skip
