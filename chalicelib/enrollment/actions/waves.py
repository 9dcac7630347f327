"""Enrollment plans waves, and puts organizations into them (ORG-2)."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.accounts import foreign
from chalicelib.core import ids, timers
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, NotFound, Stale
from chalicelib.core.journal import Entry, Facts
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.enrollment.domain import waves as rules
from chalicelib.enrollment.domain.waves import Wave
from chalicelib.enrollment.store import waves as store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store

MOST_MOVED = 25
# An organization, its two places, a timer and an event.
_ROWS_OF_ONE = 5


class WaveEdit(msgspec.Struct, frozen=True, kw_only=True):
    """What enrollment says of a wave; None leaves as it is."""

    name: str | None = None
    send_on: date | None = None
    end_on: date | None = None


def create(actor: Staff, name: str, send_on: date, end_on: date, now: datetime) -> Wave:
    """Plan a wave. Raises Invalid: `in_the_past`, `too_far`, `not_after_send`, `wave_name_taken`."""
    zone = _zone()
    errors = rules.check_send(send_on, zone, now) + rules.check_end(end_on, send_on, zone, now)
    if errors:
        raise Invalid(fields=tuple(errors))
    made = rules.new(ids.sortable("wav", now), name, send_on, end_on, zone)
    planned = Change(actor, Entry(action="wave.created", object_id=made.id, after=_facts(made)), now)
    store.create(planned, made, _taken())
    _arm(planned, made)
    return planned.commit(made)


def edit(actor: Staff, wave_id: str, version: int, wanted: WaveEdit, now: datetime) -> Wave:
    """Change a wave: its send date until it began, its end as long as that lies ahead.

    One that had ended and is given more time goes on where it was. Raises NotFound, Stale, Conflict `wave_started`,
    Invalid as `create`.
    """
    return until_kept(lambda: _edited(actor, wave_id, version, wanted, now))


def _edited(actor: Staff, wave_id: str, version: int, wanted: WaveEdit, now: datetime) -> Wave:
    before = existing(wave_id)
    if before.version != version:
        raise Stale
    zone = _zone()
    send_on, end_on = wanted.send_on or before.send_on, wanted.end_on or before.end_on
    if send_on != before.send_on and before.started_at is not None:
        raise Conflict("wave_started")
    errors = rules.check_send(send_on, zone, now) if send_on != before.send_on else []
    if (send_on, end_on) != (before.send_on, before.end_on):
        errors += rules.check_end(end_on, send_on, zone, now)
    if errors:
        raise Invalid(fields=tuple(errors))
    after = rules.edited(before, wanted.name, send_on, end_on, zone, now)
    if after == before:
        return before
    after = msgspec.structs.replace(after, version=before.version + 1)
    entry = Entry(action="wave.changed", object_id=wave_id, before=_facts(before), after=_facts(after))
    planned = Change(actor, entry, now)
    store.edit(planned, before, after, _taken(), Outrun())
    if after.finished_at is None and (after.send_at, after.ends_at) != (before.send_at, before.ends_at):
        _arm(planned, after)
    return planned.commit(after)


def move(actor: Staff, wave_id: str, organization_ids: Sequence[str], now: datetime) -> Wave:
    """Put organizations into a wave, out of the one that they are in. Those that are in it already stay.

    In as many changes as they take: stopped between two it is done again, and nothing is done twice.
    Raises NotFound, Forbidden `of_organization`, Conflict `wave_ended`, Invalid `unknown_organization` and
    `organization_closed`.
    """
    wanted = list(dict.fromkeys(organization_ids))
    left = True
    while left:
        wave, left = until_kept(lambda: _moved(actor, wave_id, wanted, now))
    return wave


def _moved(actor: Staff, wave_id: str, wanted: Sequence[str], now: datetime) -> tuple[Wave, bool]:
    """Put as many into the wave as one transaction takes; the wave then, and whether some are left."""
    wave = existing(wave_id)
    found = organizations.by_id(wanted)
    errors = [error for place, id_ in enumerate(wanted) if (error := _wrong(place, found.get(id_))) is not None]
    if errors:
        raise Invalid(fields=tuple(errors))
    left = [found[id_] for id_ in wanted if found[id_].wave_id != wave_id]
    if left and wave.ends_at <= now:
        raise Conflict("wave_ended")
    taken: list[Organization] = []
    planned = Change(actor, Entry(action="wave.filled", object_id=wave_id, after={"number": len(left)}), now)
    out: dict[str, int] = {}
    # Of all, so that it is found before the first of them is moved.
    for one in left:
        foreign.require(planned, one.id, actor.id)
    for one in left:
        emptied = out if one.wave_id is None else {**out, one.wave_id: out.get(one.wave_id, 0) + 1}
        if planned.room < _ROWS_OF_ONE + len(emptied) + 1:
            break
        out = emptied
        organizations.plan_edit(planned, one, msgspec.structs.replace(one, wave_id=wave_id))
        _plan_place(planned, one, wave)
        planned.emit("organization.enrolled", organization_id=one.id)
        taken.append(one)
    if not taken:
        return wave, False
    store.count_in(planned, wave, len(taken), Outrun())
    for id_, number in out.items():
        store.count_out(planned, id_, number)
    try:
        planned.commit(None)
    except Stale:
        # Somebody changed one of them: they are looked at anew.
        raise Outrun from None
    return msgspec.structs.replace(wave, members=wave.members + len(taken)), len(taken) < len(left)


def _wrong(place: int, organization: Organization | None) -> FieldError | None:
    pointer = f"/organization_ids/{place}"
    if organization is None:
        return FieldError(pointer, "unknown_organization")
    return FieldError(pointer, "organization_closed") if organization.closed else None


def plan_move(planned: Change, before: Organization, wave_id: str | None) -> None:
    """Plan that an organization changes its wave, with the change that writes its `wave_id`; None takes it out.

    Joining a wave that has begun, it gets its form by a timer of its own. The commit raises Outrun when the wave began
    or was edited meanwhile. Raises Invalid `unknown_wave`, `wave_ended` at `/wave_id`.
    """
    if wave_id == before.wave_id:
        return
    if wave_id is None:
        assert before.wave_id is not None
        store.leave(planned, before.wave_id, before.id)
        store.count_out(planned, before.wave_id, 1)
        return
    wave = store.wave(wave_id)
    if wave is None:
        raise Invalid(fields=(FieldError("/wave_id", "unknown_wave"),))
    if wave.ends_at <= planned.now:
        raise Invalid(fields=(FieldError("/wave_id", "wave_ended"),))
    plan_join(planned, before, wave)


def plan_join(planned: Change, before: Organization, wave: Wave) -> None:
    """Likewise into a wave that was just read and has not ended."""
    _plan_place(planned, before, wave)
    store.count_in(planned, wave, 1, Outrun())
    if before.wave_id is not None:
        store.count_out(planned, before.wave_id, 1)


def _plan_place(planned: Change, before: Organization, wave: Wave) -> None:
    if before.wave_id is not None:
        store.leave(planned, before.wave_id, before.id)
    store.join(planned, wave, before.id)


def existing(wave_id: str) -> Wave:
    """One wave. Raises NotFound."""
    found = store.wave(wave_id)
    if found is None:
        raise NotFound
    return found


def _arm(planned: Change, wave: Wave) -> None:
    timers.arm(planned, timers.Timer(schedule="enrollment", kind="wave", subject=wave.id, due=wave.send_at))


def _zone() -> tzinfo:
    return ZoneInfo(plan_store.settings().time_zone)


def _facts(wave: Wave) -> Facts:
    """What a record tells: dates; the name is staff's own word, which records don't hold (AUD-4)."""
    return {"send_on": wave.send_on.isoformat(), "end_on": wave.end_on.isoformat()}


def _taken() -> Invalid:
    return Invalid(fields=(FieldError("/name", "wave_name_taken"),))
