"""Enrolling a second factor, and using its codes up (CRD-9, S-AUTH-14): one place for all who do.

pyotp is imported when first used: most cold starts are not for somebody who types a code.
"""

import hmac
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from chalicelib.core import ids, sealing
from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid, Refusal, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.credentials.domain import factors as rules
from chalicelib.credentials.domain.factors import Factor
from chalicelib.credentials.store import factors as store
from chalicelib.credentials.store.factors import Candidate

if TYPE_CHECKING:
    from pyotp import TOTP

_TOTP_DIGITS = 6

factor_of = store.factor_of


class Offer(msgspec.Struct, frozen=True):
    """A seed for somebody's authenticator app, to be read from a picture or typed; theirs once they give a code."""

    secret: str
    uri: str
    """As key URIs of authenticator apps are written, for a QR code."""


def offer(actor: Actor, owner: str, user_id: str, email: str, issuer: str, ends_at: datetime, now: datetime) -> Offer:
    """A candidate seed, the same until `ends_at`. `owner` is where it waits: the hash of a link, or the user's id.

    `email` and `issuer` (the plan's name) are what the app shows beside its codes.
    """
    candidate = store.candidate_of(owner, now)
    if candidate is None:
        sealed = sealing.seal(ids.seed(), user_id)
        candidate = Candidate(owner=owner, user_id=user_id, sealed=sealed, ends_at=ends_at)
        planned = Change(actor, Entry(action="factor.offered", object_id=user_id), now)
        store.plan_candidate(planned, candidate, _Faster())
        try:
            planned.commit(None)
        except _Faster:
            candidate = store.candidate_of(owner, now)
            if candidate is None:
                raise
    secret = sealing.unseal(candidate.sealed, user_id)
    return Offer(secret=secret, uri=_totp(secret).provisioning_uri(name=email, issuer_name=issuer))


class _Faster(Conflict):
    """Another request made a candidate at the same moment."""


def candidate_of(owner: str, now: datetime) -> Candidate | None:
    """The candidate that waits there, if it hasn't ended."""
    return store.candidate_of(owner, now)


def enroll(planned: Change, candidate: Candidate | None, code: str) -> tuple[str, ...]:
    """Plan that a candidate becomes the user's factor, in place of one before; a code shows that their app has it.

    Returns the recovery codes, which are shown this once. Raises Invalid `/code` `wrong_code`.
    """
    if candidate is None:
        raise Invalid(fields=(FieldError("/code", "wrong_code"),))
    fresh = Factor(user_id=candidate.user_id, sealed=candidate.sealed, enrolled_at=planned.now)
    used = judged(fresh, code, planned.now)
    if used is None:
        raise Invalid(fields=(FieldError("/code", "wrong_code"),))
    codes, hashes = _recovery_codes()
    planned.put(store.factor_row(msgspec.structs.replace(used, recovery=hashes)))
    store.take_candidate(planned, candidate)
    return codes


def judged(factor: Factor, code: str, now: datetime) -> Factor | None:
    """The factor after this code was used, or None for one that doesn't work: wrong, past, or used before."""
    typed = ids.read_code(code)
    if len(typed) == _TOTP_DIGITS:
        totp = _totp(sealing.unseal(factor.sealed, factor.user_id))
        fitting = [
            step
            for step in rules.open_steps(factor, now)
            if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())
        ]
        return rules.step_used(factor, fitting[0]) if fitting else None
    hash_ = ids.digest(typed)
    return rules.recovery_used(factor, hash_) if hash_ in factor.recovery else None


def spend(planned: Change, factor: Factor, code: str, now: datetime) -> bool:
    """Plan that a code is used up by this change; False for one that doesn't work.

    The commit raises Unauthenticated `factor_failed` when somebody used a code of this factor at the same moment.
    """
    used = judged(factor, code, now)
    if used is not None:
        store.plan_factor(planned, factor, used, Unauthenticated("factor_failed"))
    return used is not None


def new_recovery_codes(planned: Change, factor: Factor) -> tuple[str, ...]:
    """Plan fresh recovery codes in place of those that are left, and return them. The commit may raise Conflict."""
    codes, hashes = _recovery_codes()
    after = msgspec.structs.replace(factor, recovery=hashes, version=factor.version + 1)
    store.plan_factor(planned, factor, after, Conflict())
    return codes


def remove(planned: Change, user_id: str) -> None:
    """Plan that a user has no second factor any more, whether they have one or not."""
    planned.delete(store.FactorRow(*store.factor_key(user_id)))


def remove_by_code(planned: Change, factor: Factor, code: str, error: Refusal | None = None) -> bool:
    """Plan that a user has none any more, on a code of it; False for one that doesn't work.

    The commit raises `error` (default Unauthenticated `factor_failed`) when a code was used at the same moment.
    """
    if judged(factor, code, planned.now) is None:
        return False
    store.plan_removal(planned, factor, error or Unauthenticated("factor_failed"))
    return True


def _recovery_codes() -> tuple[tuple[str, ...], frozenset[str]]:
    codes = tuple(ids.written_code() for _ in range(rules.RECOVERY_CODES))
    # 80 bits each, so that a plain digest gives nothing to guess at.
    return codes, frozenset(ids.digest(ids.read_code(code)) for code in codes)


def _totp(secret: str) -> "TOTP":
    from pyotp import TOTP  # noqa: PLC0415 - see above

    return TOTP(secret, digits=_TOTP_DIGITS, interval=rules.STEP_SECONDS)
