"""Administrators run their people's accounts (ACC-2..ACC-7)."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership, clocks, comments, rights, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.clocks import NEVER, Clock
from chalicelib.accounts.domain.statuses import Move
from chalicelib.accounts.dossiers import Dossier, dossier
from chalicelib.accounts.store import activities, phones, requests
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.accounts.store.requests import AccessRequest
from chalicelib.core import links, timers, writing
from chalicelib.core.access import AccessLevel, Member, Role, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound, Stale
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """What an administrator changes; None leaves as it is."""

    role: Role | None = None
    access_levels: frozenset[AccessLevel] | None = None
    providers: frozenset[str] | None = None
    comment: str = ""


def edit(
    actor: Member,
    membership_id: str,
    version: int,
    asked: Edit,
    now: datetime,
) -> Dossier:
    """Change role, access levels and providers of another member, and comment on it (ACC-4). Returns them afterwards.

    Raises NotFound, Stale, Forbidden `own_account`, Invalid naming every wrong field, Conflict `status_<status>` for
    one that is gone, `last_administrator`, `decided_by_plan` for whom enrollment promised the seat (ORG-4).
    """
    return edit_found(actor, dossier(actor.organization_id, membership_id, now), version, asked, now)


def edit_found(
    actor: Member, found: Dossier, version: int, asked: Edit, now: datetime, answered: AccessRequest | None = None
) -> Dossier:
    """Likewise, for a member that was just read.

    `answered`: the request for access that this grants; the commit fails unless it is still open (ACC-9).
    """
    before = _another(actor, found.membership, version)
    if not statuses.allows(before, "remove"):
        raise Conflict(f"status_{before.status}")
    _check_comment(asked.comment, required=False)
    after, errors = edited(found.organization, before, asked)
    if errors:
        raise Invalid(fields=tuple(errors))
    entry = Entry(action="member.changed", object_id=before.id, before=saving.facts(before), after=saving.facts(after))
    if _granted(after) != _granted(before):
        rosters.require_no_successor(found.roster, before.id)
    planned = Change(actor, entry, now)
    open_ = plan_answers(planned, found.requests, after, answered)
    after = msgspec.structs.replace(after, asks_for=frozenset(one.access_level for one in open_))
    after = saving.plan(planned, found.roster, before, after, asked.comment)
    if after.role != before.role:
        planned.emit("administrators.changed", organization_id=actor.organization_id, membership_id=before.id)
    planned.commit(None)
    return msgspec.structs.replace(found, membership=after, requests=open_)


def edited(organization: Organization, before: Membership, asked: Edit) -> tuple[Membership, list[FieldError]]:
    """A member with what is to change, and what of it an administrator may not give."""
    after = msgspec.structs.replace(
        before,
        role=asked.role or before.role,
        access_levels=before.access_levels if asked.access_levels is None else asked.access_levels,
        providers=before.providers if asked.providers is None else asked.providers,
    )
    errors = rights.check_granted(organization, before, after.role, after.access_levels, after.providers)
    after = msgspec.structs.replace(after, access_levels=after.access_levels - {"manage_account"})
    if after != before:
        after = msgspec.structs.replace(after, epoch=before.epoch + 1)
    return after, errors


def move(actor: Member, membership_id: str, version: int, verb: Move, comment: str, now: datetime) -> Dossier:
    """Enable, disable, reject or remove another member (section 3). Returns them afterwards.

    Raises as `edit` does, and Conflict `status_<status>` for a move the table doesn't have,
    `backup_administrator_required` when a pending person is enabled too early (ORG-3).
    """
    found = dossier(actor.organization_id, membership_id, now)
    roster = found.roster
    before = _another(actor, found.membership, version)
    after = statuses.moved(before, verb, now)
    if verb != "enable":
        rosters.require_no_successor(roster, before.id)
    if verb == "enable":
        # Whose review came due while they were shut out is still to be reviewed (section 3).
        activity = msgspec.structs.replace(found.activity, enabled_at=now)
        after = statuses.as_of(after, now, msgspec.structs.replace(found.clock, activity=activity))
    after = rosters.without_seat(after)
    _check_comment(comment, required=verb in statuses.COMMENTED)
    invites = before.status == "verification_pending" and after.status == "unverified"
    if invites:
        rosters.require_backup(roster, before.role, now)
        after = msgspec.structs.replace(after, invitation_ends_at=now + statuses.INVITATION)
    entry = Entry(action=f"member.{verb}", object_id=before.id, before=saving.facts(before), after=saving.facts(after))
    planned = Change(actor, entry, now)
    after = saving.plan(planned, roster, before, after, comment)
    saving.arm_unanswered(planned, after)
    if verb == "enable" and after.accepted:
        # Of somebody who only waits to be invited nothing opens by it, here or elsewhere.
        start_clock(planned, found.clock, after)
    if before.status == "unverified":
        # Enabled again they are invited anew (S-AUTH-08).
        subject = {"organization_id": before.organization_id, "membership_id": before.id}
        links.void(planned, "registration", before.user_id, subject)
    if invites:
        saving.require_roster(planned, roster)
        planned.emit("member.invited", organization_id=actor.organization_id, membership_id=before.id)
    if verb == "reject":
        planned.emit("member.rejected", organization_id=actor.organization_id, membership_id=before.id)
    if after.role != before.role or (after.status != before.status and rosters.is_administrator(before.role)):
        planned.emit("administrators.changed", organization_id=actor.organization_id, membership_id=before.id)
    open_ = found.requests
    if after.status in ("rejected", "removed"):
        plan_leave(planned, after, open_)
        open_ = ()
    planned.commit(None)
    return msgspec.structs.replace(found, membership=after, requests=open_)


def start_clock(planned: Change, clock: Clock, membership: Membership) -> None:
    """Plan that the person's unused time counts from now (INA-1); what lapsed elsewhere stays so (INA-3)."""
    before = clock.activity or NEVER
    cut_at = clocks.started_again(before, clock.settings, planned.now)
    after = msgspec.structs.replace(before, enabled_at=planned.now, cut_at=cut_at)
    activities.plan_use(planned, membership.user_id, before, after)


def invite_again(actor: Member, membership_id: str, now: datetime) -> None:
    """Send the registration email (again) to somebody who has not registered (ACC-4).

    Raises NotFound, Conflict `status_<status>`.
    """
    id_ = actor.organization_id
    rows = DirectoryRows([store.membership_key(id_, membership_id), roster_store.key(id_)])
    before = store.membership_among(rows, id_, membership_id)
    if before is None:
        raise NotFound
    after = statuses.invited_again(before, now)
    planned = Change(actor, Entry(action="member.invited_again", object_id=before.id), now)
    planned.put(store.membership_row(after), store.unchanged(before))
    roster = roster_store.among(rows, id_)
    saving.plan_roster(planned, roster, rosters.seen(roster, after))
    planned.emit("member.invited", organization_id=actor.organization_id, membership_id=before.id)
    planned.commit(None)


def reset_password(actor: Member, membership_id: str, now: datetime) -> None:
    """Let a link to set a new password go to the address on file (D7, CRD-6). Nobody but the user sees it.

    Raises NotFound, Conflict `status_<status>` for somebody who can't sign in anyway.
    """
    before = store.membership(actor.organization_id, membership_id)
    if before is None:
        raise NotFound
    before = statuses.as_of(before, now)
    if not statuses.may_have_password_reset(before):
        raise Conflict(f"status_{before.status}")
    planned = Change(actor, Entry(action="member.password_reset_sent", object_id=before.id), now)
    planned.emit("password_reset.requested", user_id=before.user_id, organization_id=actor.organization_id)
    planned.commit(None)


def remove_unanswered(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Let a membership go that nobody verified or accepted in time (section 3); it counted no more anyway.

    A local administrator gives up the seat by it (ORG-4).
    """
    return until_kept(lambda: _remove_unanswered(timer, now))


def _remove_unanswered(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    organization_id, membership_id = timer.subject.split("/")
    before = store.membership(organization_id, membership_id)
    ends = statuses.waits_until(before) if before is not None else None
    if before is None or ends is None:
        return timers.Nothing()
    if now < ends:
        return timers.Later(ends)
    organization = organizations.find(organization_id)
    if organization is None or organization.closed:
        # The long work removes who was there, and nobody administers it any more (ORG-9).
        return timers.Nothing()
    after = rosters.without_seat(statuses.moved(before, "remove", now))
    entry = Entry(
        action="member.unanswered",
        object_id=before.id,
        organization_id=organization_id,
        before=saving.facts(before),
        after=saving.facts(after),
    )
    planned = Change(system("housekeeping"), entry, now)
    organizations.require_open(planned, organization_id, Outrun())
    after = saving.plan(planned, roster_store.roster(organization_id), before, after)
    plan_leave(planned, after, requests.open_requests(organization_id, membership_id))
    timers.finish(planned, timer)
    planned.commit(None)
    return timers.Done()


def _granted(membership: Membership) -> tuple[Role, frozenset[AccessLevel], frozenset[str]]:
    return membership.role, membership.access_levels, membership.providers


def _another(actor: Member, found: Membership, version: int) -> Membership:
    rights.require_other(actor, found)
    if found.entries != version:
        raise Stale
    return found


def _check_comment(comment: str, *, required: bool) -> None:
    errors: Sequence[FieldError] = comments.check(comment, writing.clusters(comment), required=required)
    if errors:
        raise Invalid(fields=tuple(errors))


def plan_answers(
    planned: Change, open_: Sequence[AccessRequest], membership: Membership, answered: AccessRequest | None = None
) -> tuple[AccessRequest, ...]:
    """Plan that what they asked for goes as soon as they hold it (ACC-9); what stays open."""
    held = [request for request in open_ if request.access_level in membership.access_levels]
    gone = {one.access_level: one for one in (*held, *([answered] if answered else []))}
    for request in gone.values():
        planned.delete(requests.row(request), requests.AccessRequestRow.pk.exists())
    return tuple(request for request in open_ if request.access_level not in gone)


def plan_leave(planned: Change, membership: Membership, open_: Sequence[AccessRequest]) -> None:
    """Plan that somebody may come back with nothing granted, and that what they asked for is dropped."""
    planned.delete(store.claim_row(membership))
    if membership.phone:
        planned.count(phones.row(membership.organization_id, membership.phone), phones.more(-1))
    for request in open_:
        planned.delete(requests.row(request))
