"""One notice to one person, once, however often and by how many workers its event is handled (S-MAIL-06).

`once` sends at once: links, and what concerns somebody's security. `notify` is for all else: in quiet hours it is put
off, after a burst it waits for one mail about all that came, and it goes when there is a slot for it (NOT-3).
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.core import config, texts, timers
from chalicelib.core.access import System, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.core.open_events import StaysOpen
from chalicelib.notifications import mail, queue
from chalicelib.notifications.domain import Category, pace, quiet
from chalicelib.notifications.store import bursts, claims, mails, pending, slots
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings

_SECOND = timedelta(seconds=1)


class StillSending(Exception):
    """Another worker holds this notice and has not finished: try again later."""


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent because of an event, to whom."""

    event: Event
    receiver: str
    """Id of the membership or user it goes to: tells the notices of one event apart."""
    organization_id: str | None = None
    """Whose journal tells of it; the plan's when None."""
    category: Category
    bounded: str | None = None
    """What gets only so many an hour and a day: an address; None where there is no bound, or one of what may wait."""
    counted: mails.Counted | None = None
    """What the bound counts, where it isn't all of the category."""
    person: str = ""
    """Of one that may wait: whose notices are counted together, a user or a place of the plan. Empty: it waits for its
    slot alone, neither for the morning nor for others."""
    not_before: datetime | None = None
    """Of one to somebody whose notices aren't counted: what it waits for all the same, as for the day."""
    urgent: bool = False
    """Whether quiet hours don't hold it up."""


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A notice, and the mail it is now."""

    notice: Notice
    address: str
    language: texts.Language
    template: str
    places: dict[str, object] = {}
    """What fills the text besides the name of the plan: numbers and deadlines, never anything that somebody typed."""
    mint: Callable[[], str] | None = None
    """Makes the token of the link in it, which happens in the moment of sending alone (S-MAIL-02)."""


class Untold(msgspec.Struct, frozen=True):
    """Who is still to be told because of an event."""

    receivers: list[str]
    waits: bool
    """Whether others wait for their slot."""


def once(notice: Notice, send: Callable[[], None], now: datetime) -> None:
    """Send a notice unless it has been sent, or its address had its fill.

    Raises StillSending, or what kept SES from taking it.
    """
    event = notice.event
    taken = claims.claim(event.id, notice.receiver, now)
    if taken is None:
        _leave(notice)
        return
    # One that SES refused before has been counted, and has had its slot.
    if not taken.counted:
        if not _allowed(notice, now):
            _finish(notice, taken, "held_back", now)
            return
        # It doesn't wait for its slot: others do, who may.
        slots.take(now, config.current().mails_per_second)
    try:
        send()
    except mail.Stopped:
        _finish(notice, taken, "stopped", now)
        return
    except mail.NotSent:
        # SES refused, so nothing went out: the next delivery of the event need not wait for the claim to end. After
        # any other failure it may have gone out, and the claim holds.
        claims.give_back(event.id, notice.receiver)
        raise
    _finish(notice, taken, "sent", now)


def notify(telling: Telling, now: datetime) -> None:
    """Send a notice unless it has been sent; now, or when the quiet hours, its receiver's burst or its slot allow.

    Who calls has just looked whether it still concerns its receiver (S-MAIL-05), and looks again when it is due. Raises
    StaysOpen while it waits for its slot, StillSending, or what kept SES from taking it.
    """
    notice = telling.notice
    taken = claims.claim(notice.event.id, notice.receiver, now)
    if taken is None:
        _leave(notice)
        return
    plan = plan_store.settings()
    until = _held_until(notice, taken, plan, now)
    if until > now:
        _put_off(notice, until, now)
        return
    if not taken.counted and not _allowed(notice, now):
        _finish(notice, taken, "held_back", now)
        return
    if notice.not_before is not None and notice.not_before > now:
        wait(notice, notice.not_before, now, for_day=True)
    if not taken.had_slot:
        slot = slots.take(now, config.current().mails_per_second)
        if not pace.may_go(slot, now):
            wait(notice, slot, now)
    try:
        _send(telling, plan)
    except mail.Stopped:
        _finish(notice, taken, "stopped", now)
        return
    except mail.Throttled:
        wait(notice, max(slots.take(now, config.current().mails_per_second), now + _SECOND), now)
    except mail.NotSent:
        claims.give_back(notice.event.id, notice.receiver)
        raise
    _finish(notice, taken, "sent", now)


def _send(telling: Telling, plan: PlanSettings) -> None:
    minted: dict[str, object] = {}
    if telling.mint is not None:
        # An address that gets no mail must not end the link that was mailed before (NOT-4).
        mail.require_open(telling.address)
        try:
            minted["token"] = telling.mint()
        except Refusal as moved_on:
            # What the link is about has changed in this moment: it is looked at anew, and nothing went out.
            raise mail.NotSent from moved_on
    mail.send(telling.address, telling.language, telling.template, plan=plan.name, **telling.places, **minted)


def _allowed(notice: Notice, now: datetime) -> bool:
    """Whether its address hasn't had its fill (S-MAIL-04)."""
    return notice.bounded is None or mails.allow(notice.bounded, notice.counted or notice.category, now)


def wait(notice: Notice, slot: datetime, now: datetime, *, for_day: bool = False) -> None:
    """Let a notice that one has claimed come again when its slot does, or the day. Raises StaysOpen."""
    claims.wait(notice.event.id, notice.receiver, slot, for_day=for_day)
    queue.hold(notice.event, notice.receiver, slot, now)
    raise StaysOpen


def untold(event: Event, receivers: Sequence[str], now: datetime) -> Untold:
    """Of those whom an event concerns, who is still to be told: it may come again when most have been."""
    known = claims.states(event.id, receivers)
    waiting = [receiver for receiver in known if known[receiver].waits(now)]
    done = {receiver for receiver in known if known[receiver].ended}
    return Untold([receiver for receiver in receivers if receiver not in done.union(waiting)], bool(waiting))


def _leave(notice: Notice) -> None:
    """Somebody else has it, or it has come to its end."""
    state = claims.claim_state(notice.event.id, notice.receiver)
    # Given back in the moment since the claim was asked for: it is to be tried again, and the event stays open.
    if state in ("sending", "given_back"):
        raise StillSending
    if state == "waiting":
        raise StaysOpen


def _held_until(notice: Notice, taken: claims.ClaimRow, plan: PlanSettings, now: datetime) -> datetime:
    """`now`, or what it has to wait for."""
    if not notice.person:
        return now
    zone = ZoneInfo(plan.time_zone)
    morning = quiet.not_before(now, zone, urgent=notice.urgent)
    if morning > now or taken.counted:
        return morning
    # What dies between this and the next word about the claim is counted twice, which errs on the quiet side.
    free_at = bursts.count(notice.person, now)
    return quiet.not_before(free_at, zone, urgent=notice.urgent)


def _put_off(notice: Notice, until: datetime, now: datetime) -> None:
    planned = Change(*_by(notice, "put_off", {"until": until.isoformat()}), now)
    put_off = [claims.ClaimRow.state.set("put_off"), claims.ClaimRow.known_ends.add(1)]
    planned.update(claims.claim_row(notice.event.id, notice.receiver), put_off)
    waits = pending.Pending(
        person=notice.person,
        event=notice.event,
        receiver=notice.receiver,
        organization_id=notice.organization_id,
        category=notice.category,
        urgent=notice.urgent,
        due=until,
        since=now,
    )
    planned.put(pending.row(waits))
    timers.arm(planned, timers.Timer(schedule="notices", kind="pending", subject=notice.person, due=until))
    planned.commit(None)


def _finish(
    notice: Notice, taken: claims.ClaimRow, state: Literal["sent", "held_back", "stopped"], now: datetime
) -> None:
    # Whoever claimed it before died while sending: its receiver may have it twice.
    repeated = {"repeated": "true"} if taken.may_repeat and state == "sent" else {}
    done = Change(*_by(notice, state, repeated), now)
    done.update(claims.claim_row(notice.event.id, notice.receiver), [claims.ClaimRow.state.set(state)])
    if state == "stopped" and notice.person.startswith("usr_"):
        done.emit("address.stopped", user_id=notice.person)
    if state == "stopped" and notice.counted == "NOMINATION" and notice.organization_id is not None:
        done.emit("executive.stopped", organization_id=notice.organization_id)
    done.commit(None)


def _by(notice: Notice, what: str, more: dict[str, str]) -> tuple[System, Entry]:
    entry = Entry(
        action=f"notice.{what}",
        object_id=notice.event.id,
        organization_id=notice.organization_id,
        after={"receiver": notice.receiver, "category": notice.category, **more},
    )
    return system("notifications", notice.event.request_id), entry


def to_each(sendings: Iterable[Callable[[], None]], *, waits: bool = False) -> None:
    """Do them all; a failure must not keep the others from their notice.

    Then raises the first one; StaysOpen when none failed and some wait (`waits`: besides them, others do).
    """
    failures: list[Exception] = [StaysOpen()] if waits else []
    for send in sendings:
        try:
            send()
        except Exception as failure:  # raised again when everybody had their turn
            failures.append(failure)
    if failures:
        raise min(failures, key=lambda failure: (isinstance(failure, StaysOpen), isinstance(failure, mail.Throttled)))
