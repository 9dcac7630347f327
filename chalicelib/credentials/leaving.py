"""How a session ends: its item goes, its trace stays for a while, and journals tell of both (S-SESS-06, ACC-10).

That it ended stands in the journal of its practice. What its trace holds of devices and networks stands in the chain of
the plan alone, as administrators are shown none of it (S-SHARE-03).
"""

from chalicelib.core.change import Change
from chalicelib.core.journal import PLAN_CHAIN, Entry, Facts
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
        planned.record(_traced(trace))


def entry(action: str, session: Session) -> Entry:
    """The audit record of an end."""
    return Entry(action=action, object_id=session.user_id, organization_id=session.organization_id)


def _traced(trace: Trace) -> Entry:
    """The audit record of a trace: with it, what was read from traces can be worked out again (S-SHARE-03)."""
    return Entry(action="session.traced", object_id=trace.user_id, organization_id=PLAN_CHAIN, after=_facts(trace))


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
