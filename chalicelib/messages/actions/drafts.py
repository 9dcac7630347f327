"""Drafts: begun, saved over and over, thrown away; sending takes one along (MSG-2)."""

from datetime import datetime

import msgspec

from chalicelib.attachments import store as uploads
from chalicelib.attachments.domain import Upload, expired
from chalicelib.core import ids
from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import Invalid, NotFound, Stale
from chalicelib.core.journal import Entry as Record
from chalicelib.messages import recipients
from chalicelib.messages.domain import drafts as domain
from chalicelib.messages.domain.drafts import Contents, SavedDraft
from chalicelib.messages.recipients import known
from chalicelib.messages.store import drafts as store

# Of a draft in the list, whom it goes to.
_SHOWN = 3


class Saved(msgspec.Struct, frozen=True):
    """A draft is kept, in this version."""

    id: str
    version: int
    saved_at: datetime


def begin(actor: Actor, mailbox_id: str, contents: Contents, now: datetime) -> Saved:
    """Keep a new draft. Raises Conflict `too_many_drafts`, Invalid."""
    recipients.mailbox(actor, mailbox_id)
    _check(contents)
    draft = SavedDraft(
        id=ids.sortable("drf", now), mailbox_id=mailbox_id, user_id=actor.id, contents=contents, saved_at=now
    )
    change = Change(actor, _record("draft.begun", mailbox_id, draft.id), now)
    store.create(change, draft)
    return change.commit(Saved(draft.id, draft.version, now))


def keep(actor: Actor, mailbox_id: str, draft_id: str, contents: Contents, version: int, now: datetime) -> Saved:
    """Keep what is written now instead of `version`. Raises Stale when that isn't the newest, NotFound, Invalid."""
    recipients.mailbox(actor, mailbox_id)
    _check(contents)
    draft = SavedDraft(
        id=draft_id, mailbox_id=mailbox_id, user_id=actor.id, contents=contents, saved_at=now, version=version + 1
    )
    change = Change(actor, _record("draft.saved", mailbox_id, draft_id), now)
    store.replace(change, draft)
    try:
        change.commit(None)
    except Stale:
        own(actor, mailbox_id, draft_id)
        raise
    return Saved(draft_id, draft.version, now)


def discard(actor: Actor, mailbox_id: str, draft_id: str, now: datetime) -> None:
    """Throw a draft away. Raises NotFound."""
    own(actor, mailbox_id, draft_id)
    change = Change(actor, _record("draft.discarded", mailbox_id, draft_id), now)
    store.remove(change, mailbox_id, actor.id, draft_id)
    change.commit(None)


def own(actor: Actor, mailbox_id: str, draft_id: str) -> SavedDraft:
    """A draft of this actor's in a mailbox they work in. Raises NotFound for anybody else's."""
    recipients.mailbox(actor, mailbox_id)
    draft = store.draft(mailbox_id, actor.id, draft_id)
    if draft is None:
        raise NotFound
    return draft


def files(actor: Actor, draft: SavedDraft, now: datetime) -> list[Upload]:
    """Files of a draft that can still be sent, or are on their way there."""
    found = uploads.uploads(list(draft.contents.upload_ids))
    return [
        upload
        for id_ in draft.contents.upload_ids
        if (upload := found.get(id_)) is not None
        and upload.user_id == actor.id
        and upload.mailbox_id == draft.mailbox_id
        and upload.message_id is None
        and not expired(upload, now)
    ]


def first_names(actor: Actor, drafts: list[SavedDraft]) -> dict[str, list[str]]:
    """The names of the first three people and departments of each draft, by its id."""
    shown = {draft.id: (draft.contents.to + draft.contents.cc)[:_SHOWN] for draft in drafts}
    found = {
        organization_id: known.look_up(
            actor,
            organization_id,
            [id_ for draft in drafts if draft.contents.organization_id == organization_id for id_ in shown[draft.id]],
        )
        for organization_id in {draft.contents.organization_id for draft in drafts}
    }
    return {
        draft.id: [found[draft.contents.organization_id].party(id_).name for id_ in shown[draft.id]] for draft in drafts
    }


def _check(contents: Contents) -> None:
    errors = domain.check(contents)
    if errors:
        raise Invalid(fields=tuple(errors))


def _record(action: str, mailbox_id: str, draft_id: str) -> Record:
    return Record(action=action, object_id=draft_id, after={"mailbox": mailbox_id})
