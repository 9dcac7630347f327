"""Signing in and out."""

from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.core import access, ids, timers
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.credentials import entering, hashing, leaving, places, store, throttles
from chalicelib.credentials.entering import SignedIn, Visitor


class Browser(msgspec.Struct, frozen=True, kw_only=True):
    """What a browser sends along when somebody signs in."""

    name: str = ""
    """Kind of browser and system (`domain.browser_named`)."""
    session_token: str = ""
    """Of the session it had before, if any: it ends (S-SESS-01)."""
    device_token: str = ""


def sign_in(email: str, password: str, browser: Browser, origin: access.Origin, now: datetime) -> SignedIn:
    """Begin a session for whoever knows the password.

    The attempt is counted first (S-LIM-01). Then exactly one argon2 verification and the same reads, for known and
    unknown addresses alike (S-AUTH-07). Raises TooManyAttempts; Unauthenticated `sign_in_failed`, the same for a wrong
    password and an unknown address; only after the right password Forbidden with the state that keeps the person out.
    """
    user_id = accounts_store.user_id_of(email)
    attempt = throttles.sign_in(email, user_id, browser.device_token, origin, now)
    own = places.belongings(user_id or "nobody")
    former = own.password
    if not hashing.matches(former.encoded if former else None, password):
        if attempt.last_chance:
            _tell_of_block(user_id, origin, now)
        entering.note_refusal(user_id, "sign_in_failed", origin, now)
        raise Unauthenticated("sign_in_failed")
    assert user_id is not None and former is not None and own.user is not None
    renewed = None
    if hashing.outdated(former.encoded):
        renewed = hashing.make(password)

    def also(planned: Change) -> None:
        throttles.sign_in_succeeded(planned, attempt)
        if renewed is not None:
            store.plan_encoded(planned, former, renewed)

    visitor = Visitor(
        own=own,
        around=places.around(own, now),
        origin=origin,
        browser=browser.name,
        device_token=browser.device_token,
        known_device=attempt.known_device,
        earlier=store.session(ids.digest(browser.session_token)) if browser.session_token else None,
        epoch=own.user.epoch,
    )
    try:
        signed_in = entering.enter(visitor, also, now)
    except Conflict:
        if renewed is None:
            raise
        # Another sign-in of theirs renewed the hash in the same moment: once is enough.
        renewed = None
        signed_in = entering.enter(visitor, also, now)
    throttles.left_source(attempt, now)
    return signed_in


def _tell_of_block(user_id: str | None, origin: access.Origin, now: datetime) -> None:
    """Passwords no longer do from unknown devices: for nobody's address the same is done (S-LIM-02, S-AUTH-07)."""
    nobody = access.System(id="sign-in", origin=origin)
    planned = Change(nobody, Entry(action="sign_in.blocked", object_id=user_id or ""), now)
    planned.emit("sign_in.blocked", user_id=user_id or "")
    planned.commit(None)


def sign_out(actor: access.Actor, session_hash: str, now: datetime) -> None:
    """End a session; its token is worth nothing from now on (S-SESS-06)."""
    session = store.session(session_hash)
    if session is None:
        return
    ended = Change(actor, leaving.entry("session.ended", session), now)
    leaving.plan_end(ended, session)
    ended.commit(None)


def expire(timer: timers.Timer, now: datetime) -> timers.Done | timers.Nothing:
    """Remove a session past its end, so that lists of sessions show what is true; it counted no more anyway (CRD-8)."""
    session = store.session(timer.subject)
    if session is None or session.alive(now):
        return timers.Nothing()
    expired = Change(access.system("housekeeping"), leaving.entry("session.expired", session), now)
    leaving.plan_end(expired, session)
    timers.finish(expired, timer)
    expired.commit(None)
    return timers.Done()
