"""A practice's review as an administrator of it sees it: whom to look at, and how far it has come."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.access_reviews import dossiers
from chalicelib.access_reviews.domain import standing
from chalicelib.access_reviews.domain.standing import Called, Progress, Standing
from chalicelib.access_reviews.dossiers import Practice, Seen
from chalicelib.accounts import store
from chalicelib.accounts.domain import Membership, statuses
from chalicelib.core import cursors
from chalicelib.core.access import Member
from chalicelib.core.errors import NotFound
from chalicelib.core.tables import DirectoryRows

PAGE = 10
Whom = Literal["open", "everyone"]


class Looked(msgspec.Struct, frozen=True):
    """A member as they are shown to one administrator."""

    seen: Seen
    own: bool
    by_plan: bool
    """Whether it is their own and nobody else of the practice can review it (REV-2)."""


class Review(msgspec.Struct, frozen=True):
    """A page of a review."""

    progress: Progress
    next_due_at: datetime | None
    called: Called | None
    items: list[Looked]
    next_cursor: str | None


def page(actor: Member, whom: Whom, cursor: str | None, now: datetime) -> Review:
    """The most urgent first: two batches and a query for the practice, two batches for the page.

    Pages may come short: the index lags by moments, and whoever was decided about since then is left out.
    """
    id_ = actor.organization_id
    scope = ("reviews", actor.membership_id, whom)
    after = cursors.open_(cursor, scope)["after"] if cursor else ""
    practice = dossiers.practice_among(DirectoryRows(dossiers.practice_keys(id_)), id_)
    clock = practice.clock()
    everyone = dossiers.standings(id_)
    wanted = [
        (key, one.id)
        for key, one in everyone.items()
        if key > after and (whom == "everyone" or standing.is_open(one, clock, now))
    ]
    shown = wanted[:PAGE]
    return Review(
        progress=standing.progress(list(everyone.values()), clock, now),
        next_due_at=standing.next_due_at(everyone.values(), clock, now),
        called=standing.current_call(everyone.values(), clock, now),
        items=_looked(actor, practice, {}, [each for _, each in shown], whom, now),
        next_cursor=cursors.seal({"after": shown[-1][0]}, scope) if len(wanted) > PAGE else None,
    )


def card(actor: Member, membership_id: str, now: datetime) -> Looked:
    """One member anew. Raises NotFound for one who is not reviewed (any more)."""
    id_ = actor.organization_id
    rows = DirectoryRows([store.membership_key(id_, membership_id), *dossiers.practice_keys(id_)])
    membership = store.membership_among(rows, id_, membership_id)
    if membership is None:
        raise NotFound
    known = {membership_id: membership}
    found = _looked(actor, dossiers.practice_among(rows, id_), known, [membership_id], "everyone", now)
    if not found:
        raise NotFound
    return found[0]


def _looked(
    actor: Member, practice: Practice, known: dict[str, Membership], ids: list[str], whom: Whom, now: datetime
) -> list[Looked]:
    """Those of these members whom a review still shows, in that order, as they are now; some may be known already."""
    own = actor.membership_id in ids
    # Whether somebody else can review one's own account shows by the other administrators.
    others: Collection[str] = practice.roster.active if own else ()
    unknown = [id_ for id_ in dict.fromkeys([*ids, *others]) if id_ not in known]
    there = known | store.memberships_by_id(actor.organization_id, unknown)
    found = dossiers.seen(practice, list(there.values()), now)
    by_plan = own and dossiers.only_administrator(practice.roster, actor.membership_id, found.values())
    return [
        Looked(found[id_], id_ == actor.membership_id, by_plan and id_ == actor.membership_id)
        for id_ in ids
        if id_ in found and _belongs(found[id_].membership, practice, whom, now)
    ]


def _belongs(membership: Membership, practice: Practice, whom: Whom, now: datetime) -> bool:
    if not statuses.allows(membership, "verify") or whom == "everyone":
        return statuses.allows(membership, "verify")
    if membership.verified_at is None:
        return False
    one = Standing(membership.id, membership.verified_at, "suspended" in statuses.causes_of(membership))
    return standing.is_open(one, practice.clock(), now)
