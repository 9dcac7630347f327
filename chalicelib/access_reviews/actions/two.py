"""Two of enrollment review a practice's only administrator, or bring back one whom a clock took (REV-2, ORG-4).

The first decision waits for a second person who sees the same card. What it stands on is required as it was read: the
member, the roster, the first person's place at the plan, and that neither of the two is of the practice.
"""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.access_reviews import dossiers
from chalicelib.access_reviews.domain import cards, evidence, two
from chalicelib.access_reviews.domain.evidence import Evidence, Reviewed, Reviewer
from chalicelib.access_reviews.domain.two import Decision, First, Need
from chalicelib.access_reviews.dossiers import Practice, Seen
from chalicelib.access_reviews.store import decisions
from chalicelib.access_reviews.store import two as store
from chalicelib.accounts import foreign, plan_places
from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import members, saving
from chalicelib.accounts.domain import Membership, may_act, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.store import requests
from chalicelib.core import ids, writing
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import StaffMember

State = Literal["waiting", "done"]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it is asked for."""

    organization_id: str
    membership_id: str
    version: int
    need: Need
    decision: Decision
    seen: str
    """The digest of what the card showed."""
    first_at: datetime | None = None
    """When the first of two decided, as it was shown; None for whoever decides first."""
    reason: str = ""


class _Case(msgspec.Struct, frozen=True):
    practice: Practice
    seen: Seen
    kept: First | None
    """What is kept of a first decision, whether or not it still counts."""
    shown: First | None
    """The first of two, as the list shows them."""
    first: First | None
    """The first of two, if they count."""
    place: StaffMember | None
    """The first one's, at the plan."""


def decide(actor: Staff, asked: Asked, now: datetime) -> State:
    """Decide as the first of two, or confirm as the second; then it is done in one transaction.

    Raises NotFound, Stale, Forbidden `of_organization`, Conflict `changed_meanwhile` when the card would show something
    else by now or somebody else is the first of two, `another_administrator`, `status_<status>` for what isn't needed,
    `last_administrator`, `already_confirmed`, `decided_otherwise`, Invalid naming every wrong field.
    """
    return until_kept(lambda: _decide(actor, asked, now))


def withdraw(
    actor: Staff, organization_id: str, membership_id: str, need: Need, first_at: datetime | None, now: datetime
) -> None:
    """Take back what the first of two decided at that instant, oneself or for them.

    Raises NotFound, Conflict `changed_meanwhile` when it is another decision by now, Forbidden `of_organization`.
    """
    rows = DirectoryRows([store.key(organization_id, membership_id, need)])
    before = store.among(rows, organization_id, membership_id, need)
    if before is None:
        raise NotFound
    if before.at != first_at:
        raise Conflict
    entry = Entry(action="two.withdrawn", object_id=membership_id, organization_id=organization_id)
    planned = Change(actor, entry, now)
    store.plan_first(planned, store.key(organization_id, membership_id, need), before, None, NotFound())
    foreign.require(planned, organization_id, actor.id)
    planned.commit(None)


def _decide(actor: Staff, asked: Asked, now: datetime) -> State:
    case = _read(actor, asked, now)
    _check(case, asked)
    if case.first is None or case.place is None:
        return _wait(actor, case, asked, now)
    two.require_second(case.first, actor.id, asked.decision)
    _finish(actor, case, case.first, case.place, asked, now)
    return "done"


def _read(actor: Staff, asked: Asked, now: datetime) -> _Case:
    id_ = asked.organization_id
    first_key = store.key(id_, asked.membership_id, asked.need)
    member_key, claim_key = accounts.membership_key(id_, asked.membership_id), accounts.claim_key(id_, actor.id)
    rows = DirectoryRows([member_key, claim_key, first_key, *dossiers.practice_keys(id_)])
    membership = accounts.membership_among(rows, id_, asked.membership_id)
    if membership is None:
        raise NotFound
    if rows.get(accounts.MemberClaimRow, claim_key) is not None:
        raise Forbidden("of_organization")
    if membership.entries != asked.version:
        raise Stale
    practice = dossiers.practice_among(rows, id_)
    found = dossiers.seen(practice, [membership], now)[membership.id]
    _require_alone(practice, found.membership, now)
    kept = store.among(rows, id_, membership.id, asked.need)
    shown = first = two.waits(kept, cards.lasting(found.card), now)
    place = plan_places.current(first.user_id, now) if first is not None else None
    if place is None or not place.active or "enrollment" not in place.roles:
        # Whoever left, or has another job there, is no second pair of eyes.
        first = place = None
    return _Case(practice, found, kept, shown, first, place)


def _require_alone(practice: Practice, membership: Membership, now: datetime) -> None:
    """Where another administrator acts, they decide. Conflict `another_administrator`."""
    others = accounts.memberships_by_id(practice.organization.id, practice.roster.active - {membership.id})
    seen = dossiers.seen(practice, list(others.values()), now) if others else {}
    if any(may_act(one.membership) for one in seen.values()):
        raise Conflict("another_administrator")


def _check(case: _Case, asked: Asked) -> None:
    membership = case.seen.membership
    if asked.need not in two.needs(membership):
        raise Conflict(f"status_{membership.status}")
    if cards.digest(case.seen.card) != asked.seen:
        raise Conflict
    if asked.first_at != (case.shown.at if case.shown is not None else None):
        # Whoever confirms knows whose reason they confirm.
        raise Conflict
    if asked.decision == "remove" and may_act(membership):
        # No action of people leaves a practice without an administrator (ORG-4).
        raise Conflict("last_administrator")
    # Whoever is second confirms the first one's reason.
    if case.first is None:
        errors = cards.check_reason(case.seen.card, asked.reason, writing.clusters(asked.reason))
        if errors:
            raise Invalid(fields=tuple(errors))


def _wait(actor: Staff, case: _Case, asked: Asked, now: datetime) -> State:
    """Keep the decision of the first, in the place of one that counts no more."""
    first = First(
        user_id=actor.id,
        name=actor.name,
        at=now,
        need=asked.need,
        decision=asked.decision,
        seen=cards.lasting(case.seen.card),
        reason=asked.reason,
    )
    planned = Change(actor, _entry("two.first", case.seen.membership, first), now)
    place = store.key(asked.organization_id, asked.membership_id, asked.need)
    store.plan_first(planned, place, case.kept, first, Outrun())
    foreign.require(planned, asked.organization_id, actor.id)
    return planned.commit("waiting")


def _finish(actor: Staff, case: _Case, first: First, place: StaffMember, asked: Asked, now: datetime) -> None:
    before = case.seen.membership
    after = _after(before, asked, now)
    planned = Change(actor, _entry("two.done", before, first, after), now)
    if asked.decision == "remove":
        members.plan_leave(planned, after, requests.open_requests(before.organization_id, before.id))
    elif asked.need == "enable":
        assert case.seen.clock.activity is not None
        members.start_clock(planned, case.seen.clock, after)
    # One of two causes may be left, and somebody removed whom no job has looked at yet: then none acts.
    save = saving.plan if may_act(after) else saving.plan_by_clock
    after = save(planned, case.practice.roster, before, after, comment=first.reason)
    saving.require_roster(planned, case.practice.roster)
    if asked.need == "review":
        made = _evidence(actor, case, first, after, now)
        planned.create(decisions.row(before.organization_id, made))
    key = store.key(before.organization_id, before.id, asked.need)
    store.plan_first(planned, key, first, None, Outrun())
    _require_two(planned, actor, first, place, before.organization_id)
    if after.role != before.role or after.status != before.status:
        planned.emit("administrators.changed", organization_id=before.organization_id, membership_id=before.id)
    planned.commit(None)


def _after(before: Membership, asked: Asked, now: datetime) -> Membership:
    if asked.decision == "remove":
        return rosters.without_seat(statuses.moved(before, "remove", now))
    return statuses.moved(before, "verify" if asked.need == "review" else "enable", now)


def _require_two(planned: Change, actor: Staff, first: First, place: StaffMember, organization_id: str) -> None:
    """Both are of enrollment, and nobody of the practice, when it is done."""
    row = plan_store.StaffRow(*plan_store.staff_key(first.user_id))
    planned.check(row, plan_store.still_staff(place), Outrun())
    for user_id in (actor.id, first.user_id):
        foreign.require(planned, organization_id, user_id)


def _evidence(actor: Staff, case: _Case, first: First, after: Membership, now: datetime) -> Evidence:
    return Evidence(
        id=ids.sortable("rev", now),
        at=now,
        reviewer=Reviewer(first.user_id, first.name),
        confirmed_by=Reviewer(actor.id, actor.name),
        member=Reviewed(after.id, after.name, after.email),
        decision=first.decision,
        reason=first.reason,
        seen=case.seen.card,
        after=evidence.after(after),
    )


def _entry(action: str, before: Membership, first: First, after: Membership | None = None) -> Entry:
    return Entry(
        action=action,
        object_id=before.id,
        organization_id=before.organization_id,
        before=saving.facts(before),
        after={
            **saving.facts(after or before),
            "need": first.need,
            "decision": first.decision,
            "first": first.user_id,
        },
    )
