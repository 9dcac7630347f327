"""Signing in and out."""

from datetime import datetime

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts import store as accounts_store
from chalicelib.core import access, change, ids, timers
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Forbidden, NotFound, Stale, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.credentials import acceptance, hashing, places, store
from chalicelib.credentials.domain import Session


class SignedIn(msgspec.Struct, frozen=True):
    """A new session: its secret token, for the cookie and nowhere else, and who it stands for."""

    token: str
    session: Session
    actor: access.Actor
    around: places.Around


def sign_in(email: str, password: str, earlier_token: str, origin: access.Origin, now: datetime) -> SignedIn:
    """Start a session for whoever knows the password; the one their browser had before, if any, ends (S-SESS-01).

    Exactly one argon2 verification and the same reads, for known and unknown addresses alike (S-AUTH-07). Raises
    Unauthenticated `sign_in_failed`, the same for a wrong password and an unknown address; only after the right
    password Forbidden with the state that keeps the person out.
    """
    user_id = accounts_store.user_id_of(email)
    own = places.belongings(user_id or "nobody")
    password_row = own.password
    if not hashing.matches(password_row.encoded if password_row else None, password):
        _note_failure(user_id, "sign_in_failed", origin, now)
        raise Unauthenticated("sign_in_failed")
    assert user_id is not None and password_row is not None and own.user is not None
    renewed = None
    if hashing.outdated(password_row.encoded):
        renewed = store.password_row(user_id, hashing.make(password), password_row.changed_at)
    for may_accept in (True, True, False):
        around = places.around(own.user, own.memberships)
        invited = acceptance.waiting(around, now) if may_accept else acceptance.Waiting()
        try:
            return _start(own, around, invited, renewed, earlier_token, origin, now)
        except (Conflict, NotFound, Stale):
            # An administrator changes the invitation in the same moment; signing in doesn't depend on it.
            if not invited:
                raise
    raise AssertionError("the last try accepts nothing")


def _start(
    own: places.Belongings,
    around: places.Around,
    invited: acceptance.Waiting,
    renewed: store.PasswordRow | None,
    earlier_token: str,
    origin: access.Origin,
    now: datetime,
) -> SignedIn:
    """The session, in one transaction with what the person accepts by signing in."""
    user, former = own.user, own.password
    assert user is not None and former is not None
    token = ids.token()
    hash_ = ids.digest(token)
    origin = msgspec.structs.replace(origin, session=hash_[:12])
    actor = _actor(user, around, invited, origin, now)
    session = _session(hash_, user, actor, around, now)
    started = Change(actor, Entry(action="session.started", object_id=user.id), now)
    started.create(store.session_row(session))
    started.put(accounts_store.activity_row(user.id, now))
    timers.arm(started, _timer(session))
    _end_earlier(started, earlier_token)
    if renewed is not None:
        started.put(renewed, store.PasswordRow.encoded == former.encoded)
    actor = acceptance.accept(started, actor, user, invited)
    started.commit(None)
    return SignedIn(token, session, actor, around)


def _session(hash_: str, user: accounts.User, actor: access.Actor, around: places.Around, now: datetime) -> Session:
    return Session(
        hash=hash_,
        user_id=user.id,
        user_epoch=user.epoch,
        kind="staff" if isinstance(actor, access.Staff) else "member",
        organization_id=actor.organization_id if isinstance(actor, access.Member) else None,
        membership_id=actor.membership_id if isinstance(actor, access.Member) else None,
        device=actor.origin.device,
        started_at=now,
        last_seen=now,
        idle_minutes=around.settings.session_idle_minutes,
        hours=around.settings.session_hours,
    )


def _end_earlier(started: Change, token: str) -> None:
    earlier = store.session(ids.digest(token)) if token else None
    if earlier is not None:
        started.delete(store.SessionRow(*store.session_key(earlier.hash)))
        started.record(Entry(action="session.ended", object_id=earlier.user_id))


def sign_out(actor: access.Actor, session_hash: str, now: datetime) -> None:
    """End a session; its token is worth nothing from now on (S-SESS-06)."""
    ended = Change(actor, Entry(action="session.ended", object_id=actor.id), now)
    ended.delete(store.SessionRow(*store.session_key(session_hash)))
    ended.commit(None)


def expire(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing:
    """Remove a session past its end, so that lists of sessions show what is true; it counted no more anyway (CRD-8)."""
    session = store.session(timer.subject)
    if session is None or session.alive(now):
        return timers.Nothing()
    expired = Change(access.system("housekeeping"), Entry(action="session.expired", object_id=session.user_id), now)
    expired.delete(store.SessionRow(*store.session_key(session.hash)))
    timers.finish(expired, timer)
    expired.commit(None)
    return timers.Done()


def _timer(session: Session) -> timers.Timer:
    return timers.Timer(schedule="housekeeping", kind="session", subject=session.hash, due=session.ends_at)


def _actor(
    user: accounts.User,
    around: places.Around,
    invited: acceptance.Waiting,
    origin: access.Origin,
    now: datetime,
) -> access.Actor:
    actor = acceptance.place(user, around, invited, origin)
    if actor is None:
        memberships = around.memberships
        code = accounts.refusal_code(memberships)
        _note_failure(user.id, code, origin, now)
        raise Forbidden(code)
    return actor


def _note_failure(user_id: str | None, code: str, origin: access.Origin, now: datetime) -> None:
    nobody = access.System(id="sign-in", origin=origin)
    entry = Entry(action="session.refused", object_id=user_id or "", result="refused", reason=code)
    change.note(nobody, entry, now)
