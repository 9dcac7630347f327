"""Drafts in the mail table: one partition for each user in a mailbox, and how many there are (MSG-2)."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import cursors, ids
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Stale
from chalicelib.core.tables import MailRow
from chalicelib.messages.domain import PAGE
from chalicelib.messages.domain.drafts import MOST_DRAFTS, Contents, SavedDraft


class DraftRow(MailRow, discriminator="draft"):
    """pk `DRAFTS#<mailbox id>#<user id>`, sk `<draft id>`, in the order they were begun (up to ~100 KB)."""

    document = UnicodeAttribute()
    saved_at = UTCDateTimeAttribute()
    version = NumberAttribute()


class DraftsRow(MailRow, discriminator="drafts"):
    """How many there are: pk as above, sk `COUNT`."""

    number = NumberAttribute()


def _pk(mailbox_id: str, user_id: str) -> str:
    return f"DRAFTS#{mailbox_id}#{user_id}"


def _row(draft: SavedDraft) -> DraftRow:
    return DraftRow(
        _pk(draft.mailbox_id, draft.user_id),
        draft.id,
        document=msgspec.json.encode(draft.contents).decode(),
        saved_at=draft.saved_at,
        version=draft.version,
    )


def _draft(row: DraftRow) -> SavedDraft:
    _, mailbox_id, user_id = row.pk.split("#")
    saved_at: datetime = row.saved_at
    return SavedDraft(
        id=row.sk,
        mailbox_id=mailbox_id,
        user_id=user_id,
        contents=msgspec.json.decode(row.document, type=Contents),
        saved_at=saved_at,
        version=int(row.version),
    )


def draft(mailbox_id: str, user_id: str, draft_id: str) -> SavedDraft | None:
    """One draft of a user in a mailbox; None when there is none."""
    try:
        return _draft(DraftRow.get(_pk(mailbox_id, user_id), draft_id, consistent_read=True))
    except DraftRow.DoesNotExist:
        return None


def page(mailbox_id: str, user_id: str, cursor: str | None) -> cursors.Page[SavedDraft]:
    """A page of a user's drafts in a mailbox, begun last first."""
    scope = ("drafts", user_id, mailbox_id)
    pk = _pk(mailbox_id, user_id)
    start = cursors.open_(cursor, scope) if cursor else None
    rows = DraftRow.query(
        pk,
        DraftRow.sk.startswith("drf_"),
        scan_index_forward=False,
        limit=PAGE + 1,
        page_size=PAGE + 1,
        consistent_read=True,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
    )
    found = [_draft(row) for row in rows]
    if len(found) <= PAGE:
        return cursors.Page(found)
    return cursors.Page(found[:PAGE], cursors.seal({"pk": pk, "sk": found[PAGE - 1].id}, scope))


def keeping(user_id: str, mailbox_ids: Iterable[str]) -> frozenset[str]:
    """Those of the mailboxes in which a user has any draft."""
    keys = [(_pk(id_, user_id), "COUNT") for id_ in mailbox_ids]
    return frozenset(row.pk.split("#")[1] for row in DraftsRow.batch_get(keys) if row.number) if keys else frozenset()


def begun_before(mailbox_id: str, user_id: str, at: datetime, most: int) -> tuple[list[SavedDraft], bool]:
    """A user's first drafts in a mailbox, begun before a time, oldest first; and whether there are more.

    A draft is up to 100 KB, and all of it is read: `most` should be few.
    """
    older = DraftRow.sk.between("drf_", ids.before("drf", at))
    rows = list(DraftRow.query(_pk(mailbox_id, user_id), older, limit=most + 1))
    return [_draft(row) for row in rows[:most]], len(rows) > most


def create(change: Change, draft: SavedDraft) -> None:
    """Plan a new draft. One too many is Conflict `too_many_drafts`."""
    change.create(_row(draft))
    room = DraftsRow.pk.does_not_exist() | (DraftsRow.number < MOST_DRAFTS)
    count = DraftsRow(_pk(draft.mailbox_id, draft.user_id), "COUNT")
    actions = [DraftsRow.number.add(1), DraftsRow.cls.set(DraftsRow)]
    change.update(count, actions, room, Conflict("too_many_drafts"))


def replace(change: Change, draft: SavedDraft) -> None:
    """Plan that a draft is saved over the version before its own; any other one there is Stale."""
    row = _row(draft)
    actions = [
        DraftRow.document.set(row.document),
        DraftRow.saved_at.set(draft.saved_at),
        DraftRow.version.set(draft.version),
    ]
    change.update(row, actions, DraftRow.version == draft.version - 1, Stale())


def remove(change: Change, mailbox_id: str, user_id: str, draft_id: str) -> None:
    """Plan that a draft goes, thrown away or sent. One that isn't there any more is Conflict `draft_gone`."""
    pk = _pk(mailbox_id, user_id)
    change.delete(DraftRow(pk, draft_id), DraftRow.pk.exists(), Conflict("draft_gone"))
    change.update(DraftsRow(pk, "COUNT"), [DraftsRow.number.add(-1)])
