"""What stays of a session that ended: enough to see that a sign-in is shared, not where anybody was (ACC-10)."""

import zlib
from datetime import UTC, datetime, timedelta

import msgspec

from chalicelib.credentials.domain import Session

KEPT = timedelta(days=90)
"""Traces are purged so long after the last use (S-SHARE-03)."""
_SHOWN = 12
# UTC: nobody in America is woken by a mail.
_MORNING = 14


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """One ended session of a user, from its start to its last use."""

    session: str
    """First letters of its hash, as in the journal."""
    user_id: str
    organization_id: str | None = None
    """Of the membership that was open at the end."""
    membership_id: str | None = None
    device: str
    """Digest that tells the browsers of a person apart."""
    agent: str = ""
    """Digest of the kind of browser: the same for many devices."""
    network: str = ""
    """Keyed digest of the network that it began in, never an address; empty when unknown."""
    started_at: datetime
    last_seen: datetime
    displaced: bool = False
    """Whether a newer sign-in ended it."""


def trace_of(session: Session) -> Trace | None:
    """What stays of a session; None of one that never opened anything."""
    if session.stage is not None:
        return None
    return Trace(
        session=session.hash[:_SHOWN],
        user_id=session.user_id,
        organization_id=session.organization_id,
        membership_id=session.membership_id,
        device=session.known_as or session.device,
        agent=session.device,
        network=session.network,
        started_at=session.started_at,
        last_seen=session.last_seen,
        displaced=session.displaced,
    )


def next_look(user_id: str, now: datetime) -> datetime:
    """When a user's traces are looked into next: once a week in the plan's morning, on a day that the id chooses."""
    day = zlib.crc32(user_id.encode()) % 7
    morning = now.astimezone(UTC).replace(hour=_MORNING, minute=0, second=0, microsecond=0)
    ahead = timedelta(days=(day - morning.weekday()) % 7)
    return morning + ahead if morning + ahead > now else morning + timedelta(days=7)
