"""Setting and lifting legal holds, each by two (MSG-10)."""

from datetime import datetime

from chalicelib.accounts import plan_places
from chalicelib.accounts import store as accounts
from chalicelib.core import ids
from chalicelib.core.access import Staff, StaffRole
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound, Stale
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.messages import store as messages
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store
from chalicelib.retention.domain import holds as domain
from chalicelib.retention.domain.holds import Hold, Move, Subject
from chalicelib.retention.store import holds as store

_DONE: dict[Move, str] = {
    "confirm": "confirmed",
    "refuse": "refused",
    "ask_to_lift": "lift_asked",
    "confirm_lift": "lifted",
    "keep": "kept",
}


def ask(actor: Staff, subject: Subject, reason: str, now: datetime) -> Hold:
    """Ask that something be held; it is from when the other role confirms it. Raises Invalid for what isn't there."""
    subject = _meant(subject)
    if not _is_there(subject):
        raise Invalid(fields=(FieldError("/subject/id", "unknown_subject"),))
    asked = domain.step(actor, now)
    hold = Hold(id=ids.sortable("hld", now), subject=subject, reason=reason, asked=asked)
    return until_kept(lambda: _kept(actor, None, hold, "legal_hold.asked", now))


def _meant(subject: Subject) -> Subject:
    """A person may be named by their sign-in address, an organization by its TIN: ids are on no screen."""
    if subject.kind == "user" and "@" in subject.id:
        return Subject("user", accounts.user_id_of(subject.id) or "")
    if subject.kind == "organization" and subject.id.isascii() and subject.id.isdigit():
        # Records stay when a practice has ended and its number is free (ORG-9).
        id_ = organizations.organization_id_of(subject.id) or organizations.ended_id_of(subject.id)
        return Subject("organization", id_ or "")
    return subject


def move(actor: Staff, hold_id: str, version: int, verb: Move, reason: str, now: datetime) -> Hold:
    """Confirm, refuse, ask to lift, confirm that, or keep. Returns the hold afterwards.

    Raises NotFound, Stale, Conflict `hold_<state>` and `asker_gone`, Forbidden `second_person`, Invalid without a
    reason for lifting.
    """
    if (verb == "ask_to_lift") != bool(reason):
        raise Invalid(fields=(FieldError("/reason", "required" if not reason else "not_one_of_these"),))

    def moved() -> Hold:
        before = store.hold(hold_id)
        if before is None:
            raise NotFound
        if before.version != version:
            raise Stale
        after = domain.moved(before, verb, actor, now, reason)
        return _kept(actor, before, after, f"legal_hold.{_DONE[verb]}", now)

    return until_kept(moved)


def _kept(actor: Staff, before: Hold | None, after: Hold, action: str, now: datetime) -> Hold:
    read = store.holds()
    planned = Change(actor, _entry(action, after), now)
    if before is None:
        store.create(planned, after)
    else:
        store.replace(planned, before, after)
        if after.confirmed != before.confirmed or after.state == "lifted":
            _require_asker(planned, before)
    store.replace_all(planned, read, domain.with_hold(read, after, now), Outrun())
    return planned.commit(after)


def _require_asker(planned: Change, before: Hold) -> None:
    """Two people decide: whoever asked still has to be of the plan, with their role. Conflict `asker_gone`."""
    asked = before.waits_for
    assert asked is not None
    place = plan_places.current(asked.user_id, planned.now)
    roles = planned.actor.roles if isinstance(planned.actor, Staff) else frozenset[StaffRole]()
    if place is None or not place.active or not domain.together(place.roles & asked.roles, roles):
        raise Conflict("asker_gone")
    row = plan_store.StaffRow(*plan_store.staff_key(asked.user_id))
    planned.check(row, plan_store.still_staff(place), Conflict("asker_gone"))


def _is_there(subject: Subject) -> bool:
    if subject.kind == "organization":
        return organizations.find(subject.id) is not None
    if subject.kind == "thread":
        return messages.has_messages(subject.id)
    try:
        accounts.user(subject.id)
    except accounts.UserRow.DoesNotExist:
        return False
    return True


def _entry(action: str, hold: Hold) -> Entry:
    return Entry(
        action=action,
        object_id=hold.id,
        organization_id=hold.subject.id if hold.subject.kind == "organization" else None,
        after={"subject": hold.subject.kind, "id": hold.subject.id, "state": hold.state},
    )
