"""Forwarding a message (MSG-5)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Actor
from chalicelib.core.fields import Id, Note
from chalicelib.core.http import Routes
from chalicelib.messages.actions import forwarding
from chalicelib.messages.actions.sending import Draft, Sent
from chalicelib.messages.domain.groups import Group
from chalicelib.messages.routes.sending import Groups, Recipients, Uploads
from chalicelib.messages.routes.views import READERS

routes = Routes(__name__)


class ForwardBody(msgspec.Struct):
    """To whom, and with which note."""

    to: Recipients
    cc: Recipients = []
    text: Note = ""
    urgent: bool = False
    upload_ids: Uploads = []
    organization_id: Id | None = None
    """Of the members whom staff address; that of the thread when not given."""
    groups: Groups = []
    draft_id: Id | None = None


@routes.route(
    "/mailboxes/{mailbox_id}/threads/{thread_id}/messages/{message_id}/forward",
    method="POST",
    who=READERS,
    summary="Forward a message with its files",
    status=201,
    creates=True,
    errors=((409, "department_retired"), (409, "draft_gone"), (409, "message_withdrawn")),
)
def forward_message(
    actor: Actor, mailbox_id: Id, thread_id: Id, message_id: Id, body: ForwardBody, now: datetime
) -> Sent:
    """A new thread; never from one practice to another."""
    draft = Draft(
        mailbox_id=mailbox_id,
        text=body.text,
        urgent=body.urgent,
        upload_ids=body.upload_ids,
        organization_id=body.organization_id,
        groups=[Group(group.kind, group.organization_id) for group in body.groups],
        draft_id=body.draft_id,
    )
    return forwarding.forward(actor, draft, thread_id, message_id, body.to, body.cc, now)
