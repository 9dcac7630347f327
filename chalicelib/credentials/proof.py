"""Proving who one is: the code at sign-in (CRD-9), and once more before sensitive changes (CRD-10, S-SESS-10)."""

from datetime import datetime

import msgspec

from chalicelib.core import access
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.credentials import entering, factors, hashing, places, store, throttles
from chalicelib.credentials.entering import SignedIn, Visitor
from chalicelib.credentials.places import Belongings
from chalicelib.credentials.store import devices


def give_code(
    actor: access.Actor, session_hash: str, code: str, device_token: str, browser: str, now: datetime
) -> SignedIn:
    """Finish signing in by a code of the second factor.

    Counted before it is judged. Raises TooManyAttempts, Unauthenticated `factor_failed`.
    """
    own, session = places.belongings(actor.id), store.session(session_hash)
    factor = own.factor
    if own.user is None or session is None or factor is None:
        raise Unauthenticated
    counted = throttles.proof("factor", actor.id, now)

    def also(planned: Change) -> None:
        if not factors.spend(planned, factor, code, now):
            raise Unauthenticated("factor_failed")
        throttles.proved(planned, counted)

    visitor = Visitor(
        own=own,
        around=places.around(own, now),
        origin=actor.origin,
        browser=browser,
        device_token=device_token,
        known_device=devices.is_known(device_token, actor.id, now),
        earlier=session,
        code_given=True,
        epoch=own.user.epoch,
    )
    try:
        return entering.enter(visitor, also, now)
    except Unauthenticated as refusal:
        if refusal.code == "factor_failed":
            entering.note_refusal(actor.id, refusal.code, actor.origin, now)
        raise


def prove(actor: access.Actor, session_hash: str, password: str, code: str | None, now: datetime) -> SignedIn:
    """Prove once more who one is; the session goes on under a new token (S-SESS-01).

    Raises TooManyAttempts, Invalid for a wrong password or code.
    """
    own, session = places.belongings(actor.id), store.session(session_hash)
    if own.user is None or session is None:
        raise Unauthenticated
    proven = judged(own, password, code, now)
    visitor = Visitor(
        own=own,
        around=places.around_actor(actor),
        origin=actor.origin,
        earlier=session,
        code_given=True,
        epoch=own.user.epoch,
    )

    def also(planned: Change) -> None:
        planned.record(Entry(action="session.proved", object_id=actor.id))
        proven.plan(planned)

    return entering.carry_on(visitor, actor, also, now)


class Proven(msgspec.Struct, frozen=True, kw_only=True):
    """A right password, and a code to be used up where there is a factor."""

    own: Belongings
    counted: tuple[str, str]
    code: str | None

    def plan(self, planned: Change) -> None:
        """Plan that the code is used up and failures are forgotten. Raises Invalid for a wrong code."""
        factor = self.own.factor
        if factor is not None and not factors.spend(planned, factor, self.code or "", planned.now):
            raise Invalid(fields=(FieldError("/code", "wrong_code"),))
        throttles.proved(planned, self.counted)


def judged(own: Belongings, password: str, code: str | None, now: datetime, pointer: str = "/password") -> Proven:
    """Judge a password of somebody who is signed in, counted before (CRD-7).

    The code is judged when `plan` is called, in the change that it allows. `pointer`: the field of the password.
    Raises TooManyAttempts, Invalid.
    """
    assert own.user is not None and own.password is not None
    if own.factor is not None and not code:
        raise Invalid(fields=(FieldError("/code", "required"),))
    counted = throttles.proof("password", own.user.id, now)
    if not hashing.matches(own.password.encoded, password):
        raise Invalid(fields=(FieldError(pointer, "wrong_password"),))
    return Proven(own=own, counted=counted, code=code)
