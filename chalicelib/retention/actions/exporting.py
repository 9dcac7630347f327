"""A thread as a PDF for the record (MSG-10): a long work that writes some of its messages after the other.

The auditor sees the whole thread, as nobody else does: each chunk leaves a record of what it wrote.
"""

from datetime import datetime

import msgspec

from chalicelib.accounts import plan_places
from chalicelib.attachments import buckets
from chalicelib.attachments import store as attachments
from chalicelib.core import ids, work, work_files
from chalicelib.core.access import Staff, system
from chalicelib.core.change import Change
from chalicelib.core.errors import NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.work import Chunk, Started, Stopped, Work
from chalicelib.messages import store as messages
from chalicelib.messages.domain import Message
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store
from chalicelib.retention.store import exports
from chalicelib.retention.store.exports import Export

KIND = "thread_export"
_PDF = "application/pdf"
_MOST_CHARACTERS = 60_000


def start(actor: Staff, thread_id: str, reason: str, now: datetime) -> Started:
    """Begin an export. Raises NotFound where there is no such thread."""
    if not messages.has_messages(thread_id):
        raise NotFound
    made = Export(
        id=ids.sortable("exp", now), thread_id=thread_id, user_id=actor.id, name=actor.name, reason=reason, at=now
    )
    entry = Entry(action="export.started", object_id=thread_id, after={"kind": KIND, "export": made.id})
    planned = Change(actor, entry, now)
    planned.create(exports.row(made))
    # The result is for an auditor, whatever its owner has become.
    under_way = work.start(
        planned,
        KIND,
        parameters={"export_id": made.id},
        result_name=f"thread-{thread_id}-{now.date().isoformat()}.pdf",
        role="auditor",
    )
    return planned.commit(Started(under_way.id))


def step(of: Work, now: datetime) -> Chunk:
    """Write the next messages as a part of the file, oldest first; its position is the part, its page, and the last."""
    # A library that nothing else needs, and a second to import (docs/dependencies.md).
    from chalicelib.retention import pdf  # noqa: PLC0415

    place = plan_places.current(of.user_id, now)
    if place is None or not place.active or "auditor" not in place.roles:
        raise Stopped("access_ended")
    export = exports.export(of.parameters["export_id"])
    number, page, last = (of.position or "0 1 ").split(" ")
    found = _first(messages.for_the_record(export.thread_id, last))
    if not found:
        # All of it, or what was left to write, was deleted meanwhile (MSG-10).
        raise Stopped("nothing_left")
    following = messages.for_the_record(export.thread_id, found[-1].id)[:1]
    part = pdf.Part(
        export=export,
        plan=plan_store.settings(),
        organization=_organization(found),
        messages=tuple(found),
        digests=_digests(found),
        first_page=int(page),
        is_last=not following,
        number=of.done,
    )
    content, pages = pdf.rendered(part)
    work_files.put_part(of, int(number), content)
    chunk = Chunk(position=f"{int(number) + 1} {int(page) + pages} {found[-1].id}", done=len(found))
    if not following:
        parts = [work_files.part(of, each) for each in range(int(number) + 1)]
        key = work_files.put_result(of, pdf.joined(parts), _PDF)
        chunk = msgspec.structs.replace(chunk, finished=True, result_key=key)
    return _recorded(of, export, found, chunk, now)


def _first(found: list[Message]) -> list[Message]:
    """As many as a run has time for: a page of text takes up to a second."""
    taken: list[Message] = []
    room = _MOST_CHARACTERS
    for message in found:
        room -= len(message.text) + sum(len(earlier.text) for earlier in message.forwarded)
        if taken and room < 0:
            break
        taken.append(message)
    return taken


def _recorded(of: Work, export: Export, found: list[Message], chunk: Chunk, now: datetime) -> Chunk:
    record = Entry(
        action="message.exported",
        object_id=export.thread_id,
        organization_id=found[0].organization_id,
        after={"export": export.id, "for": export.user_id, "messages": [message.id for message in found]},
    )
    planned = Change(system(KIND, of.id), record, now)
    chunk = work.advance(planned, of, chunk)
    planned.commit(None)
    return chunk


def _organization(found: list[Message]) -> str:
    organization_id = found[0].organization_id
    organization = organizations.find(organization_id) if organization_id else None
    return organization.name if organization is not None else ""


def _digests(found: list[Message]) -> dict[str, str]:
    """SHA-256 of the files, in base64, by their ids in the messages."""
    files = [file for message in found for file in message.attachments]
    keys = {file.id: buckets.upload_id_of(file.clean_key) for file in files}
    uploads = attachments.uploads(list(keys.values())) if keys else {}
    return {id_: uploads[key].sha256 for id_, key in keys.items() if key in uploads}
