"""The list of what needs one's attention (NOT-5), for Home and a page of its own."""

from datetime import datetime

import msgspec

from chalicelib.attention.sources import Kind, gather
from chalicelib.core.access import Actor, members, staff
from chalicelib.core.answers import Named
from chalicelib.core.http import Routes
from chalicelib.core.waiting import Task

routes = Routes(__name__)


class AttentionItem(msgspec.Struct, kw_only=True):
    """One kind of task in one place: how many there are, and the first few."""

    kind: Kind
    place: Named | None
    """The mailbox it is in, where one may work in several."""
    count: int
    more: bool
    """Whether there are more than were looked at; then the count may be 0 too."""
    first: list[Task]
    """What they are about. Of a draft without one the name is empty."""


class AttentionView(msgspec.Struct):
    """What needs one's attention."""

    items: list[AttentionItem]
    next_cursor: str | None = None


@routes.route("/attention", method="GET", who=members() | staff(), summary="What needs your attention")
def list_attention(actor: Actor, now: datetime) -> AttentionView:
    """Of one's own organization and departments alone, and nothing that one can't do."""
    return AttentionView(
        [
            AttentionItem(kind=kind, place=found.place, count=found.count, more=found.more, first=list(found.first))
            for kind, found in gather(actor, now)
        ]
    )
