"""Looking into a person's traces, once a week in which they signed in, and who is told of what (ACC-10, S-SHARE-03)."""

from collections import defaultdict
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
from chalicelib.sharing.domain.notes import GOES_ON, KEPT, Mark, Note, Place, Raised, Step, next_step

_DONE: dict[Step, str] = {"notice": "noticed", "raise": "raised", "keep": "goes_on", "clear": "over"}


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """A person as they are looked at."""

    user_id: str
    note: Note | None
    seen: list[Trace]
    alone: dict[str, bool]
    """Of each practice in `seen`, whether it has no other active user."""
    zone: ZoneInfo
    at: datetime

    def since(self, instant: datetime) -> Signal:
        """What all sessions since then show."""
        return domain.signal(self.seen, only_one=self.only_one(None), since=instant, now=self.at, zone=self.zone)

    def only_one(self, place: Place | None) -> bool:
        """Whether nobody else could have been there: in a practice, or in all of them."""
        return self.alone[place[0]] if place is not None else bool(self.alone) and all(self.alone.values())

    @property
    def month(self) -> Signal:
        """What the whole window shows."""
        return self.since(self.at - domain.WINDOW)

    def begins(self, step: Step) -> datetime:
        """From when on what is told at a step has been looked at."""
        return self.note.noticed_at if self.note is not None and step == "raise" else self.at - domain.WINDOW

    def goes_on(self) -> dict[Place, Signal]:
        """What the sessions of a place show by themselves since the note, of each that is telling; none of staff."""
        if self.note is None:
            return {}
        found: defaultdict[Place, list[Trace]] = defaultdict(list)
        for one in self.seen:
            if one.organization_id is not None and one.membership_id is not None:
                found[one.organization_id, one.membership_id].append(one)
        signals = {place: self._at(place, own) for place, own in found.items()}
        return {place: signal for place, signal in signals.items() if signal.telling}

    def _at(self, place: Place, own: list[Trace]) -> Signal:
        assert self.note is not None
        since = self.note.noticed_at
        return domain.signal(own, only_one=self.only_one(place), since=since, now=self.at, zone=self.zone)


def look(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing | timers.Later:
    """Look into a person's month, and tell whom it is time to tell. Nothing is ever locked by it."""
    looked = _looked_at(timer.subject, now)
    step = next_step(looked.note, looked.month, looked.goes_on(), now)
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
    organizations = sorted({trace.organization_id for trace in seen if trace.organization_id is not None})
    return Look(
        user_id=user_id,
        note=store.note(user_id, now),
        seen=seen,
        alone={id_: listing.count_up_to(id_, "active", 1) == 1 for id_ in organizations},
        zone=ZoneInfo(plan_store.settings().time_zone),
        at=now,
    )


def _entry(step: Step, looked: Look) -> Entry:
    """The record of a step."""
    begins = looked.begins(step)
    facts = _facts(looked.since(begins), looked, begins, None)
    return Entry(action=f"sharing.{_DONE[step]}", object_id=looked.user_id, after=facts)


def _facts(signal: Signal, looked: Look, begins: datetime, place: Place | None) -> Facts:
    """With the traces of the person, or of a place, it can be worked out again (S-SHARE-03)."""
    return {
        "points": signal.points,
        "reasons": [f"{reason.kind}:{reason.number}" for reason in signal.reasons],
        "only_one": looked.only_one(place),
        "from": begins.isoformat(),
        "until": looked.at.isoformat(),
    }


def _plan(planned: Change, step: Step, looked: Look) -> None:
    before, as_read = looked.note, store.unchanged(looked.note, looked.at)
    if step == "clear":
        assert before is not None
        planned.delete(store.NoteRow(*store.note_key(looked.user_id)), as_read)
        for raised in before.places:
            planned.delete(store.MarkRow(*store.mark_key(*raised.place)))
        return
    after = _after(step, looked)
    planned.put(store.note_row(after), as_read)
    if step == "notice":
        planned.emit("sharing.noticed", user_id=looked.user_id)
    _plan_marks(planned, after, looked)


def _plan_marks(planned: Change, after: Note, looked: Look) -> None:
    """Plan what administrators see: of a place that goes on, its own signal; nothing where it does no more."""
    goes_on = looked.goes_on()
    for raised in after.places:
        signal = goes_on.get(raised.place)
        if signal is None:
            planned.delete(store.MarkRow(*store.mark_key(*raised.place)))
            continue
        mark = Mark(
            organization_id=raised.organization_id,
            membership_id=raised.membership_id,
            since=raised.since,
            signal=signal,
            ends_at=after.ends_at,
        )
        planned.put(store.mark_row(mark))
    for place in _newly_raised(looked):
        organization_id, membership_id = place
        planned.record(_raised(place, goes_on[place], looked))
        planned.emit("sharing.raised", organization_id=organization_id, membership_id=membership_id)


def _raised(place: Place, signal: Signal, looked: Look) -> Entry:
    """The record in the journal of the practice whose administrators are told."""
    facts = _facts(signal, looked, looked.begins("raise"), place)
    return Entry(action="sharing.raised", object_id=place[1], organization_id=place[0], after=facts)


def _newly_raised(looked: Look) -> list[Place]:
    """Places whose administrators are to be told now, if it is time for any."""
    note = looked.note
    if note is None or looked.at < note.noticed_at + GOES_ON:
        return []
    return note.not_raised(looked.goes_on())


def _after(step: Step, looked: Look) -> Note:
    """The note after a step that leaves one."""
    signal, ends_at = looked.since(looked.begins(step)), looked.at + KEPT
    before = looked.note
    if before is None:
        return Note(user_id=looked.user_id, noticed_at=looked.at, signal=signal, ends_at=ends_at)
    renewed = msgspec.structs.replace(before, signal=signal, ends_at=ends_at)
    if step != "raise":
        return renewed
    places = [*before.places, *(Raised(*place, looked.at) for place in _newly_raised(looked))]
    return msgspec.structs.replace(renewed, raised_at=before.raised_at or looked.at, places=tuple(places))
