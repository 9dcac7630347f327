"""What people and administrators are told of shared sign-ins (ACC-10, S-SHARE-03): advice, with plain reasons."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Actor, Member, administrators, members, staff
from chalicelib.core.http import Routes
from chalicelib.sharing import store
from chalicelib.sharing.domain import Reason
from chalicelib.sharing.listing import Told, told

routes = Routes(__name__)


class SharingNote(msgspec.Struct, kw_only=True):
    """Why one's own sign-in seems to be shared."""

    since: datetime
    """When one was told first."""
    administrators_know: bool
    reasons: tuple[Reason, ...]


class OwnSharing(msgspec.Struct):
    """Nothing, most of the time."""

    note: SharingNote | None


class SharingSignals(msgspec.Struct):
    """Of one practice: at most twenty, so that there are no pages."""

    items: list[Told]
    more: bool
    next_cursor: str | None = None


@routes.route(
    "/sharing-signals/own", method="GET", who=members() | staff(), summary="Whether your sign-in seems to be shared"
)
def show_own_sharing(actor: Actor, now: datetime) -> OwnSharing:
    """The person sees everything that was worked out, before anybody else."""
    note = store.note(actor.id, now)
    if note is None:
        return OwnSharing(None)
    return OwnSharing(
        SharingNote(since=note.noticed_at, administrators_know=note.raised_at is not None, reasons=note.signal.reasons)
    )


@routes.route(
    "/sharing-signals",
    method="GET",
    who=administrators(),
    summary="Members whose sign-in seems to be shared",
)
def list_sharing_signals(actor: Member, now: datetime) -> SharingSignals:
    """Whom to invite colleagues of. Nobody is locked by it."""
    found, more = told(actor, now)
    return SharingSignals(found, more)
