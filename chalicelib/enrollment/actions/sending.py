"""What the clock of enrollment sends: a wave's forms, and reminders of forms that nobody answered (ORG-2).

A wave's timer goes through its organizations in bounded steps and arms a timer for each; that one sends the form in
the change that finishes it. So however runs die, overlap or come late, each executive gets one. Whoever fires a timer
looks at everything anew: who answered, left or ended meanwhile is left in peace.
"""

from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.core import timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.actions import nominations
from chalicelib.enrollment.domain import sending as rules
from chalicelib.enrollment.domain.daytime import by_day
from chalicelib.enrollment.domain.nominations import Nomination, form_is_out, still_leads
from chalicelib.enrollment.domain.waves import Wave
from chalicelib.enrollment.store import nominations as nomination_store
from chalicelib.enrollment.store import waves as store
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store

JOB = "enrollment_clock"
# A timer each, and the rows of the change itself.
_AT_ONCE = 80
_STEPS_OF_A_RUN = 20

Outcome = timers.Done | timers.Nothing | timers.Later


def send_wave(timer: timers.Timer, now: datetime) -> Outcome:
    """Go through the organizations of a wave that is due; what one run leaves is the next one's."""
    for _ in range(_STEPS_OF_A_RUN):
        outcome = until_kept(lambda: _step(timer, now))
        if outcome is not None:
            return outcome
    return timers.Later(now)


def _step(timer: timers.Timer, now: datetime) -> Outcome | None:
    wave = store.wave(timer.subject)
    if wave is None or wave.ends_at <= now or wave.finished_at is not None:
        return timers.Nothing()
    if wave.send_at > now:
        return timers.Later(wave.send_at)
    if wave.started_at is None:
        # From now on whoever joins has a timer of their own; only then those that are in it are read.
        planned = Change(system(JOB), Entry(action="wave.started", object_id=wave.id), now)
        store.move_on(planned, wave, msgspec.structs.replace(wave, started_at=now), Outrun())
        planned.commit(None)
        return None
    return _arm_next(timer, wave, now)


def _arm_next(timer: timers.Timer, wave: Wave, now: datetime) -> Outcome | None:
    ids = store.members(wave.id, wave.sent_up_to, _AT_ONCE)
    is_last = len(ids) < _AT_ONCE
    entry = Entry(action="wave.passed", object_id=wave.id, after={"number": len(ids)})
    planned = Change(system(JOB), entry, now)
    due = by_day(now, _zone())
    for id_ in ids:
        store.arm_nomination(planned, wave.id, id_, due)
    after = msgspec.structs.replace(
        wave, sent_up_to=ids[-1] if ids else wave.sent_up_to, finished_at=now if is_last else None
    )
    store.move_on(planned, wave, after, Outrun())
    if is_last:
        timers.finish(planned, timer)
    planned.commit(None)
    return timers.Done() if is_last else None


def send_form(timer: timers.Timer, now: datetime) -> Outcome:
    """Send one organization of a wave its form, if it is still to get one."""
    return _anew_when_outrun(lambda: _form(timer, now))


def _form(timer: timers.Timer, now: datetime) -> Outcome:
    wave_id, organization_id = timer.subject.split("/")
    rows = DirectoryRows(
        [
            plan_store.SETTINGS_KEY,
            store.key(wave_id),
            store.place_key(wave_id, organization_id),
            organizations.organization_key(organization_id),
            nomination_store.current_key(organization_id),
        ]
    )
    wave, place = store.wave_among(rows, wave_id), store.place_among(rows, wave_id, organization_id)
    organization = organizations.organization_among(rows, organization_id)
    nomination_id = nomination_store.current_id_among(rows, organization_id)
    current = None if nomination_id is None else nomination_store.nomination(organization_id, nomination_id)
    if wave is None or not rules.gets_form(wave, place, organization, current, now):
        return timers.Nothing()
    at = by_day(now, ZoneInfo(plan_store.settings_among(rows).time_zone))
    if at > now:
        return timers.Later(at)
    entry = Entry(action="wave.form_sent", object_id=wave_id, organization_id=organization_id)
    planned = Change(system(JOB), entry, now)
    nominations.plan_send(planned, organization, current, JOB, now)
    store.require_place(planned, wave_id, organization_id, Outrun())
    timers.finish(planned, timer)
    planned.commit(None)
    return timers.Done()


def remind(timer: timers.Timer, now: datetime) -> Outcome:
    """Remind an executive of a form that is out, at the last stage that has passed (ORG-2)."""
    return _anew_when_outrun(lambda: _reminder(timer, now))


def _reminder(timer: timers.Timer, now: datetime) -> Outcome:
    organization_id, nomination_id, round_ = timer.subject.split("/")
    rows = DirectoryRows(
        [
            plan_store.SETTINGS_KEY,
            organizations.organization_key(organization_id),
            nomination_store.key(organization_id, nomination_id),
        ]
    )
    organization = organizations.organization_among(rows, organization_id)
    found = nomination_store.among(rows, organization_id, nomination_id)
    if found is None or found.round != int(round_) or organization.closed or not form_is_out(found, now):
        return timers.Nothing()
    if not still_leads(found, organization):
        # The form went to somebody else: whoever leads now gets one of their own.
        return timers.Nothing()
    days, following = rules.reminder(found, now), rules.next_reminder(found, now)
    if days is None:
        return timers.Nothing() if following is None else timers.Later(following)
    zone = ZoneInfo(plan_store.settings_among(rows).time_zone)
    wave = store.wave(organization.wave_id) if organization.wave_id is not None else None
    at = _when(found, wave, zone, now)
    if at > now:
        return timers.Later(at)
    planned = Change(system(JOB), _looked(found), now)
    nominations.plan_reminded(planned, found, days)
    if following is None:
        timers.finish(planned, timer)
    else:
        timers.move(planned, timer, following)
    planned.commit(None)
    return timers.Done()


def _when(nomination: Nomination, wave: Wave | None, zone: tzinfo, now: datetime) -> datetime:
    """When a reminder that is due may go: by day; while its wave is over it is looked at again each morning."""
    return by_day(now + timedelta(days=1) if rules.is_let_be(nomination, wave, now) else now, zone)


def _looked(nomination: Nomination) -> Entry:
    return Entry(action="nomination.reminder_due", object_id=nomination.id, organization_id=nomination.organization_id)


def _anew_when_outrun(doing: Callable[[], Outcome]) -> Outcome:
    def tried() -> Outcome:
        try:
            return doing()
        except timers.Gone:
            raise
        except Conflict:
            # Somebody answered, sent or changed something in between: what follows is worked out anew.
            raise Outrun from None

    return until_kept(tried)


def _zone() -> tzinfo:
    return ZoneInfo(plan_store.settings().time_zone)
