"""Rules of addresses that mail comes back from, or that want none (NOT-4).

A permanent bounce or a complaint stops all mail to an address at once. A transient bounce (a full mailbox, a server
that did not answer while SES tried for hours, an answer of somebody who is away) says little by itself: five days with
one among fourteen stop the address. Days are counted, not bounces, so a bad afternoon with many mails is one, and so is
an event that is heard twice.

What is known of an address is a set of facts that only grows, so it is the same in whatever order they come. A mending
takes all facts away, and with them whatever is heard later about mails that were sent before it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.accounts.domain.stopped import Stop
from chalicelib.core.errors import TooManyAttempts
from chalicelib.notifications.domain.addresses import CONFIRMATION

Stopped = dict[str, Stop]
"""Addresses that get no mail, with the reason."""
Kind = Literal["permanent", "transient", "complaint"]

TRANSIENT_DAYS = 5
TRANSIENT_WITHIN = timedelta(days=14)
MOST_MENDINGS = 3
MENDINGS_WITHIN = timedelta(days=1)
# Longer than anything that still may be heard: what lies further back than the newest day counts with none.
_KEPT = 2 * TRANSIENT_WITHIN


class Feedback(msgspec.Struct, frozen=True, kw_only=True):
    """What SES heard about a mail."""

    kind: Kind
    sent_at: datetime
    """When the mail was sent."""
    at: datetime
    """When SES heard it."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an address since it was last mended."""

    permanent_at: datetime | None = None
    """The first time that it was heard, as each of these."""
    complained_at: datetime | None = None
    transient: tuple[datetime, ...] = ()
    """One of each day (UTC), in order."""
    mended: tuple[datetime, ...] = ()
    """The last times, in order."""
    version: int = 0


def stop(record: Record) -> Stop | None:
    """Why the address gets no mail, or None. A complaint is told before a bounce: it was somebody's will."""
    bounced = _first([record.permanent_at, _fifth_day(record.transient)])
    if record.complained_at is not None:
        return Stop("complained", _first([record.complained_at, bounced]) or record.complained_at)
    return None if bounced is None else Stop("bounced", bounced)


def stopped(records: Mapping[str, Record]) -> Stopped:
    """Those of some addresses that get no mail."""
    known = {address: stop(record) for address, record in records.items()}
    return {address: found for address, found in known.items() if found is not None}


def heard(record: Record, feedback: Feedback) -> Record:
    """What is known after a feedback: the same record when it says nothing new."""
    if record.mended and feedback.sent_at <= record.mended[-1]:
        return record
    if feedback.kind == "permanent":
        known = msgspec.structs.replace(record, permanent_at=_first([record.permanent_at, feedback.at]))
    elif feedback.kind == "complaint":
        known = msgspec.structs.replace(record, complained_at=_first([record.complained_at, feedback.at]))
    else:
        known = msgspec.structs.replace(record, transient=_days([*record.transient, feedback.at]))
    return record if known == record else msgspec.structs.replace(known, version=record.version + 1)


def mended(record: Record, now: datetime) -> Record:
    """An address that is tried again. Raises TooManyAttempts after three times in a day: SES would mind."""
    lately = tuple(at for at in record.mended if at > now - MENDINGS_WITHIN)
    if len(lately) >= MOST_MENDINGS:
        wait = lately[0] + MENDINGS_WITHIN - now
        raise TooManyAttempts(retry_after=int(wait.total_seconds()) + 1)
    return Record(mended=(*lately, now), version=record.version + 1)


def _days(times: Iterable[datetime]) -> tuple[datetime, ...]:
    """The first time of each day, in order; without those that lie too far back."""
    first: dict[str, datetime] = {}
    for at in sorted(times):
        first.setdefault(at.strftime("%Y-%m-%d"), at)
    newest = max(first.values())
    return tuple(at for at in first.values() if at > newest - _KEPT)


def _fifth_day(days: tuple[datetime, ...]) -> datetime | None:
    """The first of the days that was the fifth within fourteen."""
    for start, end in zip(days, days[TRANSIENT_DAYS - 1 :], strict=False):
        if end - start < TRANSIENT_WITHIN:
            return end
    return None


def _first(times: Iterable[datetime | None]) -> datetime | None:
    return min((at for at in times if at is not None), default=None)


def told_to_asker(found: Stop, ends_at: datetime) -> bool:
    """Whether whoever wants an address that isn't confirmed hears of its stop: only of one since they asked for it.

    What was before is somebody else's affair, and theirs alone to mend (S-AUTH-07). `ends_at`: of the confirmation.
    """
    return found.since >= ends_at - CONFIRMATION
