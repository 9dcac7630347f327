"""The sessions a person has open, and ending them (S-SESS-07)."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.accounts import store as accounts_store
from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import NotFound
from chalicelib.core.journal import Entry
from chalicelib.credentials import leaving, store
from chalicelib.credentials.domain import Session

_SHOWN = 12


def id_of(session: Session) -> str:
    """What a session is called where its holder sees it: the first letters of its hash, as in the journal."""
    return session.hash[:_SHOWN]


def alive(actor: Actor, now: datetime) -> list[Session]:
    """A person's live sessions, the newest first; at most three (ACC-10)."""
    user = accounts_store.user(actor.id)
    found = store.sessions(store.own_sessions(user.id).hashes)
    live = [session for session in found if session.alive(now) and session.user_epoch == user.epoch]
    return sorted(live, key=lambda session: session.started_at, reverse=True)


def end(actor: Actor, session_id: str, now: datetime) -> None:
    """End one of one's own sessions; its next request is refused. Raises NotFound for any other."""
    ended = [session for session in alive(actor, now) if id_of(session) == session_id]
    if not ended:
        raise NotFound
    _end(actor, ended, now)


def end_others(actor: Actor, session_hash: str, now: datetime) -> None:
    """End all of one's own sessions but the one with this hash."""
    others = [session for session in alive(actor, now) if session.hash != session_hash]
    if others:
        _end(actor, others, now)


def _end(actor: Actor, sessions: Iterable[Session], now: datetime) -> None:
    first, *others = sessions
    planned = Change(actor, _entry(first), now)
    leaving.plan_end(planned, first)
    for session in others:
        planned.record(_entry(session))
        leaving.plan_end(planned, session)
    planned.commit(None)


def _entry(session: Session) -> Entry:
    return leaving.entry("session.ended_by_hand", session)
