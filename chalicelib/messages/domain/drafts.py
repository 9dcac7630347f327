"""Rules of drafts (MSG-2): what somebody wrote and has not sent. A draft is its user's, within one mailbox."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.core.errors import FieldError
from chalicelib.messages.domain.groups import Group

Mode = Literal["new", "reply", "reply_all", "forward"]

MOST_DRAFTS = 50
"""Of a user in a mailbox."""


LEFT_LYING = timedelta(days=1)
"""A draft that was begun longer ago is told among what needs its user's attention (NOT-5)."""


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What is written so far; anything may still be missing. Ids are as the user picked them, checked at sending."""

    mode: Mode = "new"
    thread_id: str | None = None
    message_id: str | None = None
    """What is answered or forwarded."""
    organization_id: str | None = None
    """Whose members staff write to."""
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    subject: str = ""
    text: str = ""
    urgent: bool = False
    upload_ids: tuple[str, ...] = ()


class SavedDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as it is kept."""

    id: str
    mailbox_id: str
    user_id: str
    contents: Contents
    saved_at: datetime
    version: int = 0
    """How often it was saved again."""


def check(contents: Contents) -> list[FieldError]:
    """What is wrong with a draft even though it isn't finished."""
    errors = []
    if contents.mode != "new":
        for name, given in (("thread_id", contents.thread_id), ("message_id", contents.message_id)):
            if given is None:
                errors.append(FieldError(f"/{name}", "required"))
    return errors
