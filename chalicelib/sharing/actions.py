"""Looking into a person's traces, once a week in which they signed in, and who is told of what (ACC-10, S-SHARE-03)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.accounts.store import listing
from chalicelib.core import access, timers
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry, Facts
from chalicelib.credentials.domain.traces import Trace
from chalicelib.credentials.store.traces import traces
from chalicelib.plan import store as plan_store
from chalicelib.sharing import domain, store
from chalicelib.sharing.domain import Signal
from chalicelib.sharing.domain.notes import GOES_ON, KEPT, Mark, Note, Place, Step, next_step

_DONE: dict[Step, str] = {"notice": "noticed", "raise": "raised", "keep": "goes_on", "clear": "over"}


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """A person as they are looked at."""

    user_id: str
    note: Note | None
    seen: list[Trace]
    only_one: bool
    zone: ZoneInfo
    at: datetime

    def since(self, instant: datetime) -> Signal:
        """What the sessions since then show."""
        return domain.signal(self.seen, only_one=self.only_one, since=instant, now=self.at, zone=self.zone)

    @property
    def month(self) -> Signal:
        """What the whole window shows."""
        return self.since(self.at - domain.WINDOW)

    @property
    def after_note(self) -> Signal:
        """What shows since they were told."""
        return Signal() if self.note is None else self.since(self.note.noticed_at)

    def begins(self, step: Step) -> datetime:
        """From when on what is told at a step has been looked at."""
        return self.note.noticed_at if self.note is not None and step == "raise" else self.at - domain.WINDOW

    @property
    def places(self) -> list[Place]:
        """Memberships that were open in those sessions."""
        found = ((one.organization_id, one.membership_id) for one in self.seen)
        return sorted({(org, mem) for org, mem in found if org is not None and mem is not None})


def look(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Look into a person's month, and tell whom it is time to tell. Nothing is ever locked by it."""
    looked = _looked_at(timer.subject, now)
    step = next_step(looked.note, looked.month, looked.after_note, now)
    if step == "raise" and not looked.places:
        # Of the plan's staff, who have no practice.
        step = "nothing"
    if step == "nothing":
        goes_on = looked.note.noticed_at + GOES_ON if looked.note is not None else now
        return timers.Later(due=goes_on) if goes_on > now else timers.Nothing()
    planned = Change(access.system("housekeeping"), _entry(step, looked), now)
    _plan(planned, step, looked)
    timers.finish(planned, timer)
    planned.commit(None)
    return timers.Done()


def _looked_at(user_id: str, now: datetime) -> Look:
    seen = traces(user_id, now - domain.WINDOW, now)
    organizations = {trace.organization_id for trace in seen if trace.organization_id is not None}
    alone = [listing.count_up_to(organization_id, "active", 1) == 1 for organization_id in sorted(organizations)]
    return Look(
        user_id=user_id,
        note=store.note(user_id, now),
        seen=seen,
        only_one=bool(alone) and all(alone),
        zone=ZoneInfo(plan_store.settings().time_zone),
        at=now,
    )


def _entry(step: Step, looked: Look, place: Place | None = None) -> Entry:
    """The record of a step, in the person's practice when one is given. With the traces it can be worked out again."""
    begins = looked.begins(step)
    signal = looked.since(begins)
    facts: Facts = {
        "points": signal.points,
        "reasons": [f"{reason.kind}:{reason.number}" for reason in signal.reasons],
        "only_one": looked.only_one,
        "from": begins.isoformat(),
        "until": looked.at.isoformat(),
    }
    organization_id, object_id = place or (None, looked.user_id)
    return Entry(action=f"sharing.{_DONE[step]}", object_id=object_id, organization_id=organization_id, after=facts)


def _plan(planned: Change, step: Step, looked: Look) -> None:
    before, as_read = looked.note, store.unchanged(looked.note, looked.at)
    if step == "clear":
        assert before is not None
        planned.delete(store.NoteRow(*store.note_key(looked.user_id)), as_read)
        for place in before.places:
            planned.delete(store.MarkRow(*store.mark_key(*place)))
        return
    after = _after(step, looked)
    planned.put(store.note_row(after), as_read)
    for organization_id, membership_id in after.places:
        assert after.raised_at is not None
        mark = Mark(
            organization_id=organization_id,
            membership_id=membership_id,
            since=after.raised_at,
            signal=after.signal,
            ends_at=after.ends_at,
        )
        planned.put(store.mark_row(mark))
    if step == "notice":
        planned.emit("sharing.noticed", user_id=looked.user_id)
    if step == "raise":
        for place in after.places:
            planned.record(_entry(step, looked, place))
            planned.emit("sharing.raised", organization_id=place[0], membership_id=place[1])


def _after(step: Step, looked: Look) -> Note:
    """The note after a step that leaves one."""
    signal, ends_at = looked.since(looked.begins(step)), looked.at + KEPT
    before = looked.note
    if before is None:
        return Note(user_id=looked.user_id, noticed_at=looked.at, signal=signal, ends_at=ends_at)
    renewed = msgspec.structs.replace(before, signal=signal, ends_at=ends_at)
    if step != "raise":
        return renewed
    return msgspec.structs.replace(renewed, raised_at=looked.at, places=tuple(looked.places))
