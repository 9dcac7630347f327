"""Forwarding a message with its files (MSG-5)."""

from datetime import datetime

from chalicelib.core.access import Actor
from chalicelib.core.errors import Conflict
from chalicelib.core.outrun import until_kept
from chalicelib.messages import recipients
from chalicelib.messages.actions import reading, sending
from chalicelib.messages.actions.sending import Draft, Sent
from chalicelib.messages.domain import forwarding


def forward(
    actor: Actor, draft: Draft, thread_id: str, message_id: str, to: list[str], cc: list[str], now: datetime
) -> Sent:
    """Start a thread with a message the mailbox may read; `draft.text` is the note. Recipients are checked anew.

    Raises NotFound unless the mailbox may read that message, Conflict `message_withdrawn` when its sender took it back
    (MSG-9), Invalid as sending does.
    """
    recipients.mailbox(actor, draft.mailbox_id)
    return until_kept(lambda: _forward(actor, draft, thread_id, message_id, to, cc, now))


def _forward(
    actor: Actor, draft: Draft, thread_id: str, message_id: str, to: list[str], cc: list[str], now: datetime
) -> Sent:
    original = reading.readable(draft.mailbox_id, thread_id, message_id)
    if original.withdrawn_at is not None and original.sender.id != draft.mailbox_id:
        raise Conflict("message_withdrawn")
    return sending.send(actor, draft, to, cc, forwarding.subject(original.subject), now, original)
