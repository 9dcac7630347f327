"""People renew how they prove who they are: password, questions, second factor (CRD-9, CRD-10, S-AUTH-06)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.core.access import Actor, Arriving
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Forbidden, Invalid, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.credentials import (
    entering,
    factors,
    hashing,
    passwords,
    places,
    profile,
    proof,
    questions,
    reminders,
    store,
    throttles,
)
from chalicelib.credentials.domain.factors import Factor
from chalicelib.credentials.domain.questions import Given
from chalicelib.credentials.entering import SignedIn, Visitor
from chalicelib.credentials.places import Around, Belongings
from chalicelib.credentials.store import devices
from chalicelib.plan import store as plan_store

# As long as somebody may take to set up their app.
_OFFERED = timedelta(minutes=30)


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """The browser and session in which something is renewed."""

    session_hash: str
    browser: str
    device_token: str


class NewPassword(msgspec.Struct, frozen=True, kw_only=True):
    """A new password, with the present one and a code where a second factor is enrolled."""

    current: str
    password: str
    code: str | None


def change_password(actor: Actor, sitting: Sitting, asked: NewPassword, now: datetime) -> SignedIn:
    """Set a new password. Every other session ends, this one goes on under a new token (S-AUTH-06).

    Raises TooManyAttempts, Invalid naming every wrong field.
    """
    own = _own(actor)
    user, former = own.user, own.password
    assert user is not None and former is not None
    # Who is let in only for this gave a code a moment ago, if there is a factor (CRD-2).
    judged = msgspec.structs.replace(own, factor=None) if isinstance(actor, Arriving) else own
    proven = proof.judged(judged, asked.current, asked.code, now, "/current")
    around = places.around(own, now)
    wrong = _wrong(own, around, asked.password)
    if wrong:
        if judged.factor is None:
            _forget_failures(actor, proven, now)
        raise Invalid(fields=tuple(wrong))
    renewed = passwords.chosen(user.id, asked.password, now, former)

    def also(planned: Change) -> None:
        proven.plan(planned)
        planned.put(renewed, store.PasswordRow.encoded == former.encoded)
        reminders.arm(planned, user.id, around.settings)
        row = accounts_store.UserRow(*accounts_store.user_key(user.id))
        planned.update(row, [accounts_store.UserRow.epoch.add(1)], accounts_store.same_user(user))
        planned.record(Entry(action="password.changed", object_id=user.id))
        planned.emit("password.changed", user_id=user.id)

    afterwards = msgspec.structs.replace(own, password=renewed)
    visitor = _visitor(actor, sitting, afterwards, around, user.epoch + 1, now)
    return entering.carry_on(visitor, actor, also, now)


def set_questions(actor: Actor, given: Sequence[Given], now: datetime) -> None:
    """Set other security questions (CRD-3). Raises TooManyAttempts, Invalid naming every wrong field."""
    own = _own(actor)
    user, password = own.user, own.password
    assert user is not None and password is not None
    # An answer that is the password is refused, which tells what the password is: counted like a guess of it (CRD-7).
    counted = throttles.proof("password", user.id, now)
    wrong = questions.errors(given, [user.name], user.email, lambda text: hashing.matches(password.encoded, text))
    if wrong:
        raise Invalid(fields=tuple(wrong))
    planned = Change(actor, Entry(action="questions.changed", object_id=user.id), now)
    questions.plan_questions(planned, user.id, given)
    throttles.proved(planned, counted)
    planned.emit("questions.changed", user_id=user.id)
    planned.commit(None)


def offer_factor(actor: Actor, now: datetime) -> factors.Offer:
    """A seed for an authenticator app, which becomes the second factor once a code of it was given."""
    user = accounts_store.user(actor.id)
    issuer = plan_store.settings().name
    return factors.offer(actor, user.id, user.id, user.email, issuer, now + _OFFERED, now)


def confirm_factor(actor: Actor, sitting: Sitting, code: str, now: datetime) -> tuple[SignedIn, tuple[str, ...]]:
    """Enroll the seed that was offered, in place of a factor before. Returns the recovery codes, for this once.

    The session goes on under a new token; one that waited for this goes on into the portal (CRD-9). Raises Invalid.
    """
    own = _own(actor)
    user = own.user
    assert user is not None
    candidate = factors.candidate_of(user.id, now)
    codes: tuple[str, ...] = ()

    def also(planned: Change) -> None:
        nonlocal codes
        codes = factors.enroll(planned, candidate, code)
        planned.record(Entry(action="factor.enrolled", object_id=user.id))
        planned.emit("factor.changed", user_id=user.id)

    enrolled = Factor(user_id=user.id, sealed="", enrolled_at=now)
    around = places.around(own, now)
    visitor = _visitor(actor, sitting, msgspec.structs.replace(own, factor=enrolled), around, user.epoch, now)
    signed_in = entering.carry_on(visitor, actor, also, now)
    return signed_in, codes


def remove_factor(actor: Actor, code: str, now: datetime) -> None:
    """Go without a second factor, on a code of it.

    Raises Conflict `no_factor`, Forbidden `factor_required_by_plan`, TooManyAttempts, Invalid.
    """
    own = _own(actor)
    if own.factor is None:
        raise Conflict("no_factor")
    if profile.factor_required(own):
        raise Forbidden("factor_required_by_plan")
    counted = throttles.proof("factor", actor.id, now)
    planned = Change(actor, Entry(action="factor.removed", object_id=actor.id), now)
    wrong = Invalid(fields=(FieldError("/code", "wrong_code"),))
    if not factors.remove_by_code(planned, own.factor, code, wrong):
        raise wrong
    throttles.proved(planned, counted)
    planned.emit("factor.changed", user_id=actor.id)
    planned.commit(None)


def renew_recovery_codes(actor: Actor, now: datetime) -> tuple[str, ...]:
    """Fresh recovery codes in place of those before, shown this once. Raises Conflict `no_factor`."""
    factor = factors.factor_of(actor.id)
    if factor is None:
        raise Conflict("no_factor")
    planned = Change(actor, Entry(action="factor.recovery_codes_renewed", object_id=actor.id), now)
    codes = factors.new_recovery_codes(planned, factor)
    planned.emit("factor.changed", user_id=actor.id)
    planned.commit(None)
    return codes


def _own(actor: Actor) -> Belongings:
    own = places.belongings(actor.id)
    if own.user is None or own.password is None:
        raise Unauthenticated
    return own


def _wrong(own: Belongings, around: Around, password: str) -> list[FieldError]:
    assert own.user is not None
    return passwords.errors(
        password,
        own.user,
        own.user.name,
        [organization.known_by for organization in around.organizations.values()],
        around.settings,
        has_factor=own.factor is not None,
        former=own.password,
    )


def _forget_failures(actor: Actor, proven: proof.Proven, now: datetime) -> None:
    """The present password was right: who tries several new ones need not wait.

    Not where a code goes with it, which was not judged: it could be guessed between such tries (CRD-7).
    """
    entry = Entry(action="password.change_refused", object_id=actor.id, result="refused", reason="invalid")
    planned = Change(actor, entry, now)
    throttles.proved(planned, proven.counted)
    planned.commit(None)


def _visitor(actor: Actor, sitting: Sitting, own: Belongings, around: Around, epoch: int, now: datetime) -> Visitor:
    return Visitor(
        own=own,
        around=around,
        origin=actor.origin,
        browser=sitting.browser,
        device_token=sitting.device_token,
        # Only a session that begins by this asks whether its device is new (CRD-10).
        known_device=isinstance(actor, Arriving) and devices.is_known(sitting.device_token, actor.id, now),
        earlier=store.session(sitting.session_hash),
        code_given=True,
        epoch=epoch,
    )
