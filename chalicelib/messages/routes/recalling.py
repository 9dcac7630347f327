"""Withdrawing a message (MSG-9)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Actor
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.messages.actions import recalling
from chalicelib.messages.domain.recalling import Recalled
from chalicelib.messages.routes.views import READERS

routes = Routes(__name__)


class RecallBody(msgspec.Struct):
    """In which thread the message is."""

    thread_id: Id


@routes.route(
    "/mailboxes/{mailbox_id}/messages/{message_id}/recall",
    method="POST",
    who=READERS,
    summary="Withdraw a message from those who have not read it",
    creates=True,
    errors=((409, "already_withdrawn"),),
)
def recall_message(actor: Actor, mailbox_id: Id, message_id: Id, body: RecallBody, now: datetime) -> Recalled:
    """Tells who had read it; theirs is marked. From many it is taken back by a long work, which is named."""
    return recalling.recall(actor, mailbox_id, body.thread_id, message_id, now)
