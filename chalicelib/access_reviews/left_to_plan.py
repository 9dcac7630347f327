"""Practices that have nobody left to decide, as enrollment sees them (REV-2, ORG-4)."""

from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec

from chalicelib.access_reviews import dossiers
from chalicelib.access_reviews.domain import cards, standing, two
from chalicelib.access_reviews.domain.standing import Standing
from chalicelib.access_reviews.domain.two import First, Need
from chalicelib.access_reviews.dossiers import Practice, Seen
from chalicelib.access_reviews.store import state as states
from chalicelib.access_reviews.store import two as store
from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import Membership, may_act, statuses
from chalicelib.accounts.store import listing, rosters
from chalicelib.core import cursors
from chalicelib.core.access import Staff
from chalicelib.core.cursors import Page
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations.domain import Organization

# Practices of a page; each costs a query and three batches.
PAGE = 10
_NEEDS: tuple[Need, ...] = ("review", "enable")
_List = Callable[[str | None, int], list[str]]
# Those without an administrator come first.
_LISTS: tuple[_List, ...] = (rosters.without_administrator, states.sole)


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """What two of enrollment decide about one administrator."""

    organization: Organization
    seen: Seen
    need: Need
    first: First | None
    own: bool
    """Whether whoever looks is of that practice, so that it is for others."""


def page(actor: Staff, cursor: str | None, now: datetime) -> Page[Left]:
    """Pages of practices, which may come short: the lists tell whom to look at, and each is looked at as it is now."""
    scope = ("left to plan", actor.id)
    start = cursors.open_(cursor, scope) if cursor else {"list": "0", "after": ""}
    number, after = int(start["list"]), start["after"]
    found = _LISTS[number](after or None, PAGE + 1)
    more = len(found) > PAGE
    # Whoever stands on both lists, as the job hasn't run since, was on the first one.
    before = rosters.marked(found[:PAGE]) if number and found else frozenset()
    items = [left for id_ in found[:PAGE] if id_ not in before for left in of_practice(actor, id_, now)]
    if more:
        return Page(items, cursors.seal({"list": str(number), "after": found[PAGE - 1]}, scope))
    following = number + 1 < len(_LISTS)
    return Page(items, cursors.seal({"list": str(number + 1), "after": ""}, scope) if following else None)


def of_practice(actor: Staff, organization_id: str, now: datetime) -> Iterator[Left]:
    """Whom of a practice two of enrollment decide about, as things are now."""
    ids = [one.id for one in listing.administrators(organization_id)]
    claim_key = accounts.claim_key(organization_id, actor.id)
    keys = [claim_key, *dossiers.practice_keys(organization_id)]
    keys += [key for id_ in ids for key in _keys(organization_id, id_)]
    rows = DirectoryRows(keys)
    practice = dossiers.practice_among(rows, organization_id)
    there = [one for id_ in ids if (one := accounts.membership_among(rows, organization_id, id_)) is not None]
    seen = dossiers.seen(practice, there, now)
    for one in two.left_to_plan(each.membership for each in seen.values()):
        for need in two.needs(one):
            if may_act(one) and not _is_open(one, practice, now):
                continue
            first = store.among(rows, organization_id, one.id, need)
            yield Left(
                organization=practice.organization,
                seen=seen[one.id],
                need=need,
                first=two.waits(first, cards.lasting(seen[one.id].card), now),
                own=rows.get(accounts.MemberClaimRow, claim_key) is not None,
            )


def _keys(organization_id: str, membership_id: str) -> list[tuple[str, str]]:
    firsts = [store.key(organization_id, membership_id, need) for need in _NEEDS]
    return [accounts.membership_key(organization_id, membership_id), *firsts]


def _is_open(membership: Membership, practice: Practice, now: datetime) -> bool:
    if membership.verified_at is None:
        return False
    one = Standing(membership.id, membership.verified_at, "suspended" in statuses.causes_of(membership))
    return standing.is_open(one, practice.clock(), now)
