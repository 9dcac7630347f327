"""Back in by the mailed link: two of three questions, the second factor, a new password (CRD-4, S-AUTH-10, S-AUTH-11).

The link is the holder's credential and stays live until the new password is set. How far they are is kept at the
server, so that no step can be skipped, repeated or reordered. Nobody who lacks the link's token spends anything
(S-LIM-03).
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import User
from chalicelib.core import access, change, links
from chalicelib.core.change import Change
from chalicelib.core.errors import Busy, Conflict, Forbidden, Invalid, LinkExpired, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.core.links import Link
from chalicelib.credentials import factors, places, questions, throttles
from chalicelib.credentials.domain.factors import Factor
from chalicelib.credentials.domain.questions import Chosen
from chalicelib.credentials.places import Belongings
from chalicelib.credentials.store import factors as factors_store
from chalicelib.recovery import renewal
from chalicelib.recovery.domain import recoveries as rules
from chalicelib.recovery.domain.recoveries import Recovery, Step
from chalicelib.recovery.store import recoveries as store

# Each round in vain means that another attempt was counted, and of these there are few.
_ROUNDS = 4 * rules.MOST_WRONG_LATELY


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How far the holder of a link is."""

    link: Link
    own: Belongings
    """What the user has: themself, password and questions at least."""
    recovery: Recovery

    @property
    def user(self) -> User:
        """Whose link it is."""
        assert self.own.user is not None
        return self.own.user

    @property
    def chosen(self) -> Chosen:
        """Their three questions."""
        assert self.own.questions is not None
        return self.own.questions

    @property
    def factor(self) -> Factor | None:
        """Their second factor, if they have one."""
        return self.own.factor

    @property
    def step(self) -> Step:
        """What comes next."""
        return rules.step(self.recovery, _identity(self.factor))

    @property
    def pair(self) -> tuple[str, ...]:
        """The two questions of this case."""
        return rules.pair(self.link.hash, list(self.chosen.answers))


def ask(email: str, origin: access.Origin, now: datetime) -> None:
    """Let a link go to an address, if somebody signs in with it.

    Whoever asks learns nothing: one read and one transaction for known and unknown addresses alike; who gets a mail is
    decided when it is sent (S-AUTH-07). Raises TooManyAttempts by where the request comes from.
    """
    throttles.form("password_reset", origin, now)
    user_id = accounts_store.user_id_of(email)
    entry = Entry(action="password_reset.requested", object_id=user_id or "")
    planned = Change(access.System(id="recovery", origin=origin), entry, now)
    planned.emit("password_reset.requested", user_id=user_id or "nobody")
    planned.commit(None)


def look(token: str, now: datetime) -> Standing:
    """How far the holder of a link is; spends nothing (S-MAIL-02).

    Raises LinkExpired, Forbidden `recovery_closed` when only the helpdesk is left.
    """
    link = links.look(token, "password_reset", now)
    own = places.belongings(link.user_id)
    if own.user is None or own.password is None:
        raise LinkExpired
    link.require_address(own.user.email)
    recovery = rules.of_link(store.recovery(own.user.id), link.hash, now)
    if own.questions is None or rules.frozen(own.user.contacts_changed_at, now):
        raise Forbidden("recovery_closed")
    standing = Standing(link=link, own=own, recovery=recovery)
    # Who has passed every step may still set the password: nothing is guessed any more.
    if standing.step != "password" and not rules.attempts_left(recovery):
        raise Forbidden("recovery_closed")
    return standing


def answer(token: str, answers: Sequence[str], origin: access.Origin, now: datetime) -> Standing:
    """Judge the answers to both questions. A wrong one fails both without saying which.

    Raises LinkExpired, Unauthenticated `recovery_failed`, Forbidden `recovery_closed`, Conflict `recovery_step`.
    """
    standing = _count(token, "questions", now)
    if not questions.right(standing.chosen, standing.pair, answers):
        raise _refused(standing, origin, now)
    return _pass(standing, "questions", None, origin, now)


def show_factor(token: str, code: str, origin: access.Origin, now: datetime) -> Standing:
    """Judge a code of the second factor, or a recovery code, which is used up. Raises as `answer` does."""
    standing = _count(token, "factor", now)
    factor = standing.factor
    assert factor is not None  # or the step would not be this one

    def spend(planned: Change) -> None:
        if not factors.spend(planned, factor, code, now):
            raise Unauthenticated("recovery_failed")

    try:
        return _pass(standing, "factor", spend, origin, now)
    except Unauthenticated:
        # Wrong, or used by somebody else at the same moment.
        raise _refused(standing, origin, now) from None


def set_password(token: str, password: str, origin: access.Origin, now: datetime) -> None:
    """Set a new password; every session of theirs ends, and they are told by mail (CRD-10). Spends the link.

    Raises LinkExpired, Conflict `recovery_step`, Invalid naming every wrong field.
    """
    standing = look(token, now)
    _require(standing, "password")
    names, settings = renewal.names_around(standing.own)
    wrong = renewal.errors(standing.own, password, names, settings, has_factor=standing.factor is not None)
    if wrong:
        raise Invalid(fields=tuple(wrong))
    person = access.LinkHolder(id=standing.user.id, origin=origin)
    planned = Change(person, Entry(action="recovery.completed", object_id=standing.user.id), now)
    links.spend(planned, standing.link)
    _require_factor_as_read(planned, standing)
    closed = Recovery(
        user_id=standing.user.id, attempts=standing.recovery.attempts, version=standing.recovery.version + 1
    )
    planned.update(
        store.row(standing.recovery), store.actions(closed, now), store.unchanged(standing.recovery), LinkExpired()
    )
    renewal.plan(planned, standing.own, password, settings)
    planned.commit(None)


def _count(token: str, step: Step, now: datetime) -> Standing:
    """Count an attempt at a step before it is judged, by one conditional update (S-AUTH-11)."""
    for _ in range(_ROUNDS):
        standing = look(token, now)
        _require(standing, step)
        counted = rules.counted(standing.recovery, now)
        if store.replace(standing.recovery, counted, now):
            return msgspec.structs.replace(standing, recovery=counted)
    raise Busy


def _pass(
    standing: Standing, step: Step, also: Callable[[Change], None] | None, origin: access.Origin, now: datetime
) -> Standing:
    """Open the next step, in one transaction with what `also` plans; the attempt counts no more.

    Another attempt may be counted at the same moment, which changes nothing about this one.
    """
    user, factor = standing.user, _identity(standing.factor) if step == "factor" else None
    before = standing.recovery
    for _ in range(_ROUNDS):
        after = rules.passed(before, now, answered=True, factor=factor or before.factor)
        person = access.LinkHolder(id=user.id, origin=origin)
        planned = Change(person, Entry(action=f"recovery.{step}_passed", object_id=user.id), now)
        if also is not None:
            also(planned)
        planned.update(store.row(before), store.actions(after, now), store.unchanged(before), _Faster())
        try:
            planned.commit(None)
        except _Faster:
            before = store.recovery(user.id)
            if before.link != standing.link.hash:
                raise LinkExpired from None
            continue
        return msgspec.structs.replace(standing, recovery=after)
    raise Busy


class _Faster(Conflict):
    """Another attempt was counted meanwhile."""


def _require(standing: Standing, step: Step) -> None:
    """Raise Conflict `recovery_step` unless this step comes next (S-AUTH-10)."""
    if standing.step != step:
        raise Conflict("recovery_step")


def _require_factor_as_read(planned: Change, standing: Standing) -> None:
    """Plan that the factor is the one that was shown, or that there is still none."""
    row = factors_store.FactorRow
    enrolled = row(*factors_store.factor_key(standing.user.id))
    if standing.factor is None:
        planned.check(enrolled, row.pk.does_not_exist())
    else:
        planned.check(enrolled, row.enrolled_at == standing.factor.enrolled_at)


def _refused(standing: Standing, origin: access.Origin, now: datetime) -> Unauthenticated:
    person = access.LinkHolder(id=standing.user.id, origin=origin)
    entry = Entry(
        action="recovery.refused",
        object_id=standing.user.id,
        after={"step": standing.step, "attempts_left": rules.attempts_left(standing.recovery)},
        result="refused",
        reason="recovery_failed",
    )
    change.note(person, entry, now)
    return Unauthenticated("recovery_failed")


def _identity(factor: Factor | None) -> str | None:
    """Tells a factor from one that was enrolled later."""
    return factor.enrolled_at.isoformat() if factor is not None else None
