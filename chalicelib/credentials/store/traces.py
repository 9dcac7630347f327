"""Traces of ended sessions, in the short-lived table: pk `TRACES#<user id>`, sk `<start>#<session>` (ACC-10)."""

from datetime import UTC, datetime

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core.tables import ShortLivedRow
from chalicelib.credentials.domain.traces import KEPT, Trace


class TraceRow(ShortLivedRow, discriminator="trace"):
    """One session has one, whichever change ended it and however often."""

    organization_id = UnicodeAttribute(null=True)
    membership_id = UnicodeAttribute(null=True)
    device = UnicodeAttribute()
    agent = UnicodeAttribute(null=True)
    network = UnicodeAttribute(null=True)
    started_at = UTCDateTimeAttribute()
    last_seen = UTCDateTimeAttribute()
    displaced = BooleanAttribute(null=True)


def row(trace: Trace) -> TraceRow:
    """The item of a trace."""
    return TraceRow(
        f"TRACES#{trace.user_id}",
        f"{_instant(trace.started_at)}#{trace.session}",
        organization_id=trace.organization_id,
        membership_id=trace.membership_id,
        device=trace.device,
        agent=trace.agent or None,
        network=trace.network or None,
        started_at=trace.started_at,
        last_seen=trace.last_seen,
        displaced=trace.displaced or None,
        expires_at=trace.last_seen + KEPT,
    )


def traces(user_id: str, since: datetime, now: datetime) -> list[Trace]:
    """A user's ended sessions that began since then, oldest first; none that is to be gone at `now`."""
    rows = TraceRow.query(f"TRACES#{user_id}", TraceRow.sk >= _instant(since), consistent_read=True)
    return [_trace(row) for row in rows if row.last_seen + KEPT > now]


def _trace(row_: TraceRow) -> Trace:
    return Trace(
        session=row_.sk.rpartition("#")[2],
        user_id=row_.pk.removeprefix("TRACES#"),
        organization_id=row_.organization_id,
        membership_id=row_.membership_id,
        device=row_.device,
        agent=row_.agent or "",
        network=row_.network or "",
        started_at=row_.started_at,
        last_seen=row_.last_seen,
        displaced=bool(row_.displaced),
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
