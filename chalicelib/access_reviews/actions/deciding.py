"""An administrator decides about one member: keep, change or remove; there is no "approve all" (REV-2, REV-3)."""

from datetime import datetime

import msgspec

from chalicelib.access_reviews import dossiers
from chalicelib.access_reviews.domain import cards, evidence, pace, standing
from chalicelib.access_reviews.domain.cards import Verdict
from chalicelib.access_reviews.domain.evidence import Evidence, Reviewed, Reviewer
from chalicelib.access_reviews.domain.standing import Progress
from chalicelib.access_reviews.dossiers import Practice, Seen
from chalicelib.access_reviews.store import decisions
from chalicelib.access_reviews.store import pace as pace_store
from chalicelib.accounts import store
from chalicelib.accounts.actions import members, saving
from chalicelib.accounts.actions.members import Edit
from chalicelib.accounts.domain import Membership, rights, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.store import requests, sorting
from chalicelib.core import ids, writing
from chalicelib.core.access import AccessLevel, Member, Role
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Stale, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it is asked for."""

    decision: Verdict
    seen: str
    """The digest of what the card showed."""
    proved: bool
    """Whether they proved lately who they are."""
    reason: str = ""
    role: Role | None = None
    access_levels: frozenset[AccessLevel] | None = None
    providers: frozenset[str] | None = None
    """What is to change, where that is the decision; None leaves as it is."""


class Decided(msgspec.Struct, frozen=True):
    """What came of it."""

    seen: Seen | None
    """As they are shown then; None when they were removed."""
    progress: Progress


class _Case(msgspec.Struct, frozen=True):
    """What a decision is made from."""

    practice: Practice
    seen: Seen
    pace: pace.Pace


def decide(actor: Member, membership_id: str, version: int, asked: Asked, now: datetime) -> Decided:
    """Keep, change or remove a member in one transaction with its evidence; a late one is active again (REV-4).

    Raises NotFound, Stale, Forbidden `own_account` or `reviewed_by_plan`, Conflict `changed_meanwhile` when the card
    would show something else by now, `status_<status>` for one that is not reviewed, Unauthenticated
    `step_up_required`, Invalid naming every wrong field.
    """
    # Where the same reviewer decides twice at once, their pace has to be worked out anew.
    return until_kept(lambda: _decide(actor, membership_id, version, asked, now))


def _decide(actor: Member, membership_id: str, version: int, asked: Asked, now: datetime) -> Decided:
    case = _case(actor, membership_id, now)
    before = case.seen.membership
    if cards.needs_proof(before, asked.decision) and not asked.proved:
        raise Unauthenticated("step_up_required")
    if before.entries != version:
        raise Stale
    if not statuses.allows(before, "verify"):
        raise Conflict(f"status_{before.status}")
    if cards.digest(case.seen.card) != asked.seen:
        raise Conflict
    errors = cards.check_reason(case.seen.card, asked.reason, writing.clusters(asked.reason))
    after, more = _after(case, asked, now)
    if errors or more:
        raise Invalid(fields=(*errors, *more))
    after = _write(actor, case, after, asked, now)
    there = dossiers.standings(actor.organization_id)
    return Decided(_shown(case, after, now), _progress(case, after, there, now))


def _case(actor: Member, membership_id: str, now: datetime) -> _Case:
    id_ = actor.organization_id
    own_pace = pace_store.key(id_, actor.membership_id)
    rows = DirectoryRows([store.membership_key(id_, membership_id), own_pace, *dossiers.practice_keys(id_)])
    membership = store.membership_among(rows, id_, membership_id)
    if membership is None:
        raise NotFound
    practice = dossiers.practice_among(rows, id_)
    _require_other(actor, practice, membership, now)
    found = dossiers.seen(practice, [membership], now)[membership.id]
    return _Case(practice, found, pace_store.among(rows, id_, actor.membership_id))


def _require_other(actor: Member, practice: Practice, membership: Membership, now: datetime) -> None:
    """Nobody verifies themself; a sole administrator is reviewed by two of the plan (REV-2)."""
    try:
        rights.require_other(actor, membership)
    except Forbidden:
        others = store.memberships_by_id(actor.organization_id, practice.roster.active - {membership.id})
        found = dossiers.seen(practice, list(others.values()), now)
        if dossiers.only_administrator(practice.roster, membership.id, found.values()):
            raise Forbidden("reviewed_by_plan") from None
        raise


def _after(case: _Case, asked: Asked, now: datetime) -> tuple[Membership, list[FieldError]]:
    """The member after the decision, and what is wrong with it."""
    before = case.seen.membership
    if asked.decision == "remove":
        rosters.require_no_successor(case.practice.roster, before.id)
        return rosters.without_seat(statuses.moved(before, "remove", now)), _given(asked)
    verified = statuses.moved(before, "verify", now)
    if asked.decision == "keep":
        return verified, _given(asked)
    edit = Edit(role=asked.role, access_levels=asked.access_levels, providers=asked.providers)
    after, errors = members.edited(case.practice.organization, verified, edit)
    return after, errors or ([] if after != verified else [FieldError("/decision", "nothing_changed")])


def _given(asked: Asked) -> list[FieldError]:
    """Only a change may name what changes."""
    given = {"role": asked.role, "access_levels": asked.access_levels, "providers": asked.providers}
    return [FieldError(f"/{name}", "unknown") for name, value in given.items() if value is not None]


def _write(actor: Member, case: _Case, after: Membership, asked: Asked, now: datetime) -> Membership:
    before = case.seen.membership
    made = _evidence(actor, case, asked, now)
    facts = {**saving.facts(after), "decision": asked.decision, "evidence": made.id}
    entry = Entry(action="review.decided", object_id=before.id, before=saving.facts(before), after=facts)
    planned = Change(actor, entry, now)
    open_ = requests.open_requests(before.organization_id, before.id) if before.asks_for else []
    if asked.decision == "remove":
        members.plan_leave(planned, after, open_)
    else:
        left = members.plan_answers(planned, open_, after)
        after = msgspec.structs.replace(after, asks_for=frozenset(one.access_level for one in left))
    after = saving.plan(planned, case.practice.roster, before, after, asked.reason)
    planned.create(decisions.row(actor.organization_id, msgspec.structs.replace(made, after=evidence.after(after))))
    _plan_pace(planned, actor, case.pace, made)
    if after.role != before.role or (after.status != before.status and rosters.is_administrator(before.role)):
        planned.emit("administrators.changed", organization_id=actor.organization_id, membership_id=before.id)
    planned.commit(None)
    return after


def _evidence(actor: Member, case: _Case, asked: Asked, now: datetime) -> Evidence:
    before = case.seen.membership
    return Evidence(
        id=ids.sortable("rev", now),
        at=now,
        reviewer=Reviewer(actor.id, actor.name),
        member=Reviewed(before.id, before.name, before.email),
        decision=asked.decision,
        reason=asked.reason,
        seen=case.seen.card,
        after=evidence.after(before),
        seconds=pace.seconds_since(case.pace, now),
    )


def _plan_pace(planned: Change, actor: Member, before: pace.Pace, made: Evidence) -> None:
    """Plan that the speed of deciding is kept, and told to the plan when it is too fast (S-AZ-09)."""
    after, too_fast = pace.clicked(before, pace.Click(made.id, made.at))
    planned.put(
        pace_store.row(actor.organization_id, actor.membership_id, after), pace_store.unchanged(before), Outrun()
    )
    if not too_fast:
        return
    suspect = pace.Suspect(
        id=ids.sortable("sus", made.at),
        organization_id=actor.organization_id,
        reviewer=made.reviewer,
        first_at=too_fast[0].at,
        last_at=too_fast[-1].at,
        count=len(too_fast),
        sample=pace.sample(too_fast),
    )
    planned.create(pace_store.suspect_row(suspect))
    planned.record(Entry(action="review.suspect", object_id=suspect.id, after={"decisions": suspect.count}))


def _shown(case: _Case, after: Membership, now: datetime) -> Seen | None:
    if after.status == "removed":
        return None
    # Nothing has changed since this review.
    before = case.seen.card
    card = cards.shown(after, case.seen.clock, [], now, sharing="sharing" in before.flags, level_use=before.level_use)
    return Seen(after, case.seen.clock, card)


def _progress(case: _Case, after: Membership, there: dict[str, standing.Standing], now: datetime) -> Progress:
    """How far the practice is with this decision, whether or not the index knows of it."""
    everyone = [one for one in there.values() if one.id != after.id]
    key = sorting.by_review(after)
    if key is not None:
        everyone.append(dossiers.standing(key))
    return standing.progress(everyone, case.practice.clock(), now)
