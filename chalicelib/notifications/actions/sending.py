"""One notice to one person, once, however often and by how many workers its event is handled (S-MAIL-06)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.notifications import mail
from chalicelib.notifications.domain import Category
from chalicelib.notifications.store import claims, mails


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
    """An address that gets only so many mails an hour and a day (S-MAIL-04); None where there is no such bound."""
    counted: mails.Counted | None = None
    """What the bound counts, where it isn't all of the category."""


def once(notice: Notice, send: Callable[[], None], now: datetime) -> None:
    """Send a notice unless it has been sent, or its address had its fill.

    Raises StillSending, or what kept SES from taking it.
    """
    event = notice.event
    if not claims.claim(event.id, notice.receiver, now):
        if claims.claim_state(event.id, notice.receiver) == "sending":
            raise StillSending
        return
    if notice.bounded is not None and not mails.allow(notice.bounded, notice.counted or notice.category, now):
        _finish(notice, "held_back", now)
        return
    try:
        send()
    except mail.NotSent:
        # SES refused, so nothing went out: the next delivery of the event need not wait for the claim to end. After
        # any other failure it may have gone out, and the claim holds.
        claims.give_back(event.id, notice.receiver)
        raise
    _finish(notice, "sent", now)


def _finish(notice: Notice, state: Literal["sent", "held_back"], now: datetime) -> None:
    entry = Entry(
        action=f"notice.{state}",
        object_id=notice.event.id,
        organization_id=notice.organization_id,
        after={"receiver": notice.receiver, "category": notice.category},
    )
    done = Change(system("notifications", notice.event.request_id), entry, now)
    done.update(claims.claim_row(notice.event.id, notice.receiver), [claims.ClaimRow.state.set(state)])
    done.commit(None)


def to_each(sendings: Iterable[Callable[[], None]]) -> None:
    """Do them all; a failure must not keep the others from their notice. Then raises the first one."""
    failures: list[Exception] = []
    for send in sendings:
        try:
            send()
        except Exception as failure:  # raised again when everybody had their turn
            failures.append(failure)
    if failures:
        raise failures[0]
