"""Plan administrators run the accounts of the plan's staff (ACC-11)."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import newcomers, saving
from chalicelib.accounts.actions.newcomers import Created
from chalicelib.accounts.domain import User, clocks, comments, staff_clocks
from chalicelib.accounts.domain.staff_clocks import Timed
from chalicelib.accounts.domain.statuses import INVITATION
from chalicelib.accounts.dossiers import StaffDossier, staff_dossier
from chalicelib.accounts.store import activities, history
from chalicelib.accounts.store.history import Changed
from chalicelib.core import links, writing
from chalicelib.core.access import Actor, Staff, StaffRole, System
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Stale
from chalicelib.core.journal import PLAN_CHAIN, Entry, Facts
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.texts import Language
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import (
    Department,
    PlanAdministrators,
    StaffMember,
    StaffMove,
    administrators_with,
    staff_moved,
)

Decision = Literal["keep", "disable"]


class NewStaff(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the plan as a plan administrator enters them."""

    name: str
    email: str
    phone: str
    roles: frozenset[StaffRole]
    departments: frozenset[str] = frozenset()


class StaffEdit(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan administrator changes; None leaves as it is."""

    roles: frozenset[StaffRole] | None = None
    departments: frozenset[str] | None = None
    comment: str = ""


def create(actor: Staff, new: NewStaff, language: Language, now: datetime) -> Created:
    """Create a staff account and let the registration email go out. Returns the id of the user.

    Raises Invalid naming every wrong field, Conflict `already_staff`.
    """
    rows = DirectoryRows([store.email_key(new.email), *map(plan_store.department_key, new.departments)])
    departments = plan_store.departments_among(rows, new.departments)
    errors = [] if writing.is_address(new.email) else [FieldError("/email", "wrong_form")]
    errors += _check_departments(new.departments, departments)
    if errors:
        raise Invalid(fields=tuple(errors))
    person = newcomers.NewMember(name=new.name, email=new.email, phone=new.phone)
    user = newcomers.user_or_new(store.user_id_among(rows, new.email), person, language)
    place = new_place(user, new, now)
    planned = Change(actor, created(place), now)
    plan_new(planned, user, place, departments)
    return planned.commit(Created(user.id))


def new_place(user: User, new: NewStaff, now: datetime) -> StaffMember:
    """The place of a person who is invited to the plan's staff."""
    return StaffMember(
        user_id=user.id,
        name=new.name,
        email=user.email,
        phone=new.phone,
        roles=new.roles,
        departments=new.departments,
        status="unverified",
        accepted=False,
        created_at=now,
        invitation_ends_at=now + INVITATION,
        entries=1,
    )


def created(place: StaffMember) -> Entry:
    """What the audit record tells of a new staff account (AUD-1)."""
    return Entry(action="staff.created", object_id=place.user_id, after=facts(place))


def plan_new(planned: Change, user: User, place: StaffMember, departments: Mapping[str, Department]) -> None:
    """Plan a staff account, with its user where they are new to the portal, and the registration email.

    The commit raises Conflict `already_staff`.
    """
    if not user.epoch:
        for row in store.user_rows(msgspec.structs.replace(user, epoch=1)):
            planned.create(row)
    planned.create(plan_store.staff_row(place), Conflict("already_staff"))
    planned.create(_entry(planned, None, place, "", departments))
    planned.emit("staff.invited", user_id=user.id)


def edit(actor: Staff, user_id: str, version: int, asked: StaffEdit, now: datetime) -> StaffDossier:
    """Change roles and departments of somebody else of the staff, and comment on it. Returns them afterwards.

    Raises NotFound, Stale, Forbidden `own_account`, Invalid naming every wrong field, Conflict
    `last_plan_administrator`.
    """
    found = staff_dossier(user_id, now, asked.departments or ())
    before = _another(actor, found.place, version)
    after = msgspec.structs.replace(
        before,
        roles=before.roles if asked.roles is None else asked.roles,
        departments=before.departments if asked.departments is None else asked.departments,
    )
    errors = _check_departments(after.departments - before.departments, found.departments)
    errors += _check_comment(asked.comment, required=False)
    if errors:
        raise Invalid(fields=tuple(errors))
    if after != before:
        after = msgspec.structs.replace(after, epoch=before.epoch + 1)
    return _saved(actor, "staff.changed", found, after, asked.comment, now)


def move(actor: Staff, user_id: str, version: int, verb: StaffMove, comment: str, now: datetime) -> StaffDossier:
    """Enable or disable somebody else of the staff. Disabling needs a comment and counts on their next request.

    Raises as `edit` does, and Conflict `status_<status>` for a move that isn't open.
    """
    found = staff_dossier(user_id, now)
    before = _another(actor, found.place, version)
    after = staff_moved(before, verb, now)
    if verb == "enable":
        # Whose review came due while they were shut out is still to be reviewed (section 3).
        activity = msgspec.structs.replace(found.activity, enabled_at=now)
        after = staff_clocks.as_of(Timed(after, activity), found.settings, now)
    errors = _check_comment(comment, required=verb == "disable")
    if errors:
        raise Invalid(fields=tuple(errors))
    return _saved(actor, f"staff.{verb}", found, after, comment, now)


def review(actor: Staff, user_id: str, version: int, decision: Decision, reason: str, now: datetime) -> StaffDossier:
    """Verify somebody else of the staff, or disable them instead (ACC-11). Raises as `move` does.

    Early is welcome. Keeping lifts that they were not reviewed in time, and nothing else.
    """
    return move(actor, user_id, version, "verify" if decision == "keep" else "disable", reason, now)


def invite_again(actor: Staff, user_id: str, now: datetime) -> None:
    """Send the registration email (again) to somebody who has not registered. Raises NotFound, Conflict."""
    before = _found(user_id)
    if before.status != "unverified":
        raise Conflict(f"status_{before.status}")
    after = msgspec.structs.replace(before, invitation_ends_at=now + INVITATION)
    planned = Change(actor, Entry(action="staff.invited_again", object_id=user_id), now)
    planned.put(plan_store.staff_row(after), plan_store.unchanged_staff(before))
    planned.emit("staff.invited", user_id=user_id)
    planned.commit(None)


def reset_password(actor: Staff, user_id: str, now: datetime) -> None:
    """Let a link to set a new password go to the address on file (CRD-6). Raises NotFound, Conflict."""
    before = _found(user_id)
    if not before.belongs:
        raise Conflict(f"status_{before.status}")
    planned = Change(actor, Entry(action="staff.password_reset_sent", object_id=user_id), now)
    planned.emit("password_reset.requested", user_id=user_id)
    planned.commit(None)


def accept(planned: Change, before: StaffMember, name: str) -> StaffMember:
    """Plan that a person takes their place at the plan by registering or signing in.

    Raises Conflict `status_<status>` unless it waits for them.
    """
    after = msgspec.structs.replace(staff_moved(before, "complete", planned.now), name=name)
    # In the plan's journal, also when the person signs in as a member of a practice.
    planned.record(
        Entry(
            action="staff.accepted",
            object_id=before.user_id,
            organization_id=PLAN_CHAIN,
            before=facts(before),
            after=facts(after),
        )
    )
    return plan_saved(planned, before, after, "", plan_store.plan_administrators(), {})


def follow(planned: Change, before: StaffMember, user: User) -> None:
    """Plan that a staff account shows its person as they are called and reached now."""
    after = msgspec.structs.replace(before, name=user.name, email=user.email, phone=user.phone or before.phone)
    if after == before:
        return
    changed = [name for name in ("name", "email", "phone") if getattr(before, name) != getattr(after, name)]
    entry = Entry(
        action="staff.facts_changed",
        object_id=before.user_id,
        organization_id=PLAN_CHAIN,
        after={"fields": changed},
    )
    planned.record(entry)
    after = msgspec.structs.replace(after, entries=before.entries + 1)
    planned.put(plan_store.staff_row(after), plan_store.unchanged_staff(before), Stale())
    planned.create(_entry(planned, before, after, "", {}))


def plan_saved(
    planned: Change,
    before: StaffMember,
    after: StaffMember,
    comment: str,
    administrators: PlanAdministrators,
    departments: Mapping[str, Department],
) -> StaffMember:
    """Plan the change of one staff account with the next entry of its history and the plan's administrators.

    `departments` are those that come or go. The commit raises Stale when somebody changed it since it was read. Raises
    Conflict `last_plan_administrator`.
    """
    after = msgspec.structs.replace(after, entries=before.entries + 1)
    planned.put(plan_store.staff_row(after), plan_store.unchanged_staff(before), Stale())
    planned.create(_entry(planned, before, after, comment, departments))
    seen = administrators_with(administrators, after)
    if seen != administrators:
        row = plan_store.plan_administrators_row(seen)
        planned.put(row, plan_store.unchanged_administrators(administrators), Conflict())
    _arm(planned, before, after)
    return after


def _arm(planned: Change, before: StaffMember, after: StaffMember) -> None:
    """Plan that the clocks which started, or may be over for who comes back, are looked at."""
    if after.enabled_at != before.enabled_at:
        saving.arm_inactivity(planned, after.user_id)
    if after.verified_at != before.verified_at or after.enabled_at != before.enabled_at:
        saving.arm_staff_review(planned)


def _saved(
    actor: Staff, action: str, found: StaffDossier, after: StaffMember, comment: str, now: datetime
) -> StaffDossier:
    before = found.place
    entry = Entry(action=action, object_id=before.user_id, before=facts(before), after=facts(after))
    planned = Change(actor, entry, now)
    if before.status == "unverified" and after.status == "disabled":
        # Enabled again they are invited anew (S-AUTH-08).
        after = msgspec.structs.replace(after, invitation_ends_at=now)
        links.void(planned, "registration", before.user_id, {})
    if after.enabled_at != before.enabled_at:
        cut_at = clocks.started_again(found.activity, found.settings, now)
        used = msgspec.structs.replace(found.activity, enabled_at=now, cut_at=cut_at)
        activities.plan_use(planned, before.user_id, found.activity, used)
    after = plan_saved(planned, before, after, comment, found.administrators, found.departments)
    planned.commit(None)
    return msgspec.structs.replace(found, place=after)


def _found(user_id: str) -> StaffMember:
    found = plan_store.staff_member(user_id)
    if found is None:
        raise NotFound
    return found


def _another(actor: Staff, found: StaffMember, version: int) -> StaffMember:
    if found.user_id == actor.id:
        raise Forbidden("own_account")
    if found.entries != version:
        raise Stale
    return found


def _check_departments(added: frozenset[str], known: Mapping[str, Department]) -> list[FieldError]:
    """Those that are added exist and are active."""
    wrong = any(id_ not in known or not known[id_].active for id_ in added)
    return [FieldError("/departments", "unknown_department")] if wrong else []


def _check_comment(comment: str, *, required: bool) -> list[FieldError]:
    return comments.check(comment, writing.clusters(comment), required=required)


def facts(place: StaffMember) -> Facts:
    """What an audit record tells of a place (AUD-1)."""
    verified = place.verified_at.isoformat() if place.verified_at is not None else None
    return {
        "status": place.status,
        "verified_at": verified,
        "roles": sorted(place.roles),
        "departments": sorted(place.departments),
    }


def _entry(
    planned: Change,
    before: StaffMember | None,
    after: StaffMember,
    comment: str,
    departments: Mapping[str, Department],
) -> history.EntryRow:
    actor = planned.actor
    author = _author(actor, before, after)
    entry = history.Entry(
        number=after.entries,
        at=planned.now,
        author_id=actor.id,
        author_name=author[0],
        author_email=author[1],
        changes=list(_changes(before, after, departments)),
        comment=comment,
    )
    return history.row(after.user_id, entry)


def _author(actor: Actor, before: StaffMember | None, after: StaffMember) -> tuple[str, str]:
    if isinstance(actor, Staff):
        return actor.name, actor.email
    # The person themself, by a link; what a clock does is told by its name.
    if isinstance(actor, System) and before is not None and actor.id != after.user_id:
        return actor.id, ""
    return after.name, after.email


def _changes(
    before: StaffMember | None, after: StaffMember, departments: Mapping[str, Department]
) -> Iterable[Changed]:
    """What changed from what to what; departments by the names they had then."""
    if before is None or before.status != after.status:
        yield Changed("status", before.status if before else None, after.status)
    if before is None or before.roles != after.roles:
        yield Changed("roles", sorted(before.roles) if before else None, sorted(after.roles))
    if before is not None:
        yield from (
            Changed(fact, getattr(before, fact), getattr(after, fact))
            for fact in ("name", "email", "phone")
            if getattr(before, fact) != getattr(after, fact)
        )
    if (before.departments if before else frozenset()) != after.departments:
        old = before.departments if before else frozenset()
        both = (old, after.departments)
        shown = [sorted(departments[id_].name for id_ in ids if id_ in departments) for ids in both]
        yield Changed("departments", shown[0] if before else None, shown[1])
