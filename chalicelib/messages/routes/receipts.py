"""Delivered and read, for the sender (MSG-7)."""

from chalicelib.core.access import Actor
from chalicelib.core.cursors import PageQuery
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.messages.actions import receipts
from chalicelib.messages.actions.receipts import Receipts
from chalicelib.messages.routes.views import READERS

routes = Routes(__name__)


@routes.route(
    "/mailboxes/{mailbox_id}/messages/{message_id}/receipts",
    method="GET",
    who=READERS,
    summary="Who has a sent message and who read it",
    errors=((400, "bad_cursor"),),
)
def list_receipts(actor: Actor, mailbox_id: Id, message_id: Id, query: PageQuery) -> Receipts:
    """Of a message that this mailbox sent; those first who did not get it."""
    return receipts.page(actor, mailbox_id, message_id, query.cursor)
