"""How a session ends: its item goes, its trace stays for a while, and the journal tells of both (S-SESS-06, ACC-10)."""

from chalicelib.core.change import Change
from chalicelib.core.journal import Entry, Facts
from chalicelib.credentials import store
from chalicelib.credentials.domain import Session
from chalicelib.credentials.domain.traces import Trace, trace_of
from chalicelib.credentials.store import traces


def plan_end(planned: Change, session: Session) -> None:
    """Plan that a session is gone, and what stays of it."""
    planned.delete(store.SessionRow(*store.session_key(session.hash)))
    trace = trace_of(session)
    if trace is not None:
        planned.put(traces.row(trace))


def entry(action: str, session: Session) -> Entry:
    """The audit record of an end. With it, what was read from traces can be worked out again (S-SHARE-03)."""
    trace = trace_of(session)
    return Entry(
        action=action,
        object_id=session.user_id,
        organization_id=session.organization_id,
        before=_facts(trace) if trace is not None else {},
    )


def _facts(trace: Trace) -> Facts:
    return {
        "session": trace.session,
        "device": trace.device,
        "agent": trace.agent,
        "network": trace.network,
        "organization_id": trace.organization_id,
        "membership_id": trace.membership_id,
        "started_at": trace.started_at.isoformat(),
        "last_seen": trace.last_seen.isoformat(),
        "displaced": trace.displaced,
    }
