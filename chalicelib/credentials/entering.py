"""From the right password into the portal: what is still wanted, and the session that begins (CRD-2, CRD-8, CRD-9)."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts.actors import arriving_actor
from chalicelib.accounts.domain import clocks, staff_clocks
from chalicelib.accounts.store import activities
from chalicelib.core import access, change, ids, timers
from chalicelib.core.change import Change
from chalicelib.core.errors import Busy, Conflict, Forbidden, NotFound, Stale, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.credentials import acceptance, domain, leaving, networks, store
from chalicelib.credentials.acceptance import Waiting
from chalicelib.credentials.domain import Session
from chalicelib.credentials.domain.factors import factor_wanted
from chalicelib.credentials.domain.traces import next_look
from chalicelib.credentials.places import Around, Belongings
from chalicelib.credentials.store import devices
from chalicelib.plan import store as plan_store

# Sign-ins of one person at the same moment take turns: as many rounds as anybody has browsers.
_TRIES = 12

Also = Callable[[Change], None]
"""Plans what goes into the same change as the session; may be called again for another try."""


class Visitor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who gave the right password."""

    own: Belongings
    """As it will be when the session begins."""
    around: Around
    origin: access.Origin
    browser: str = ""
    device_token: str = ""
    known_device: bool = False
    earlier: Session | None = None
    """The session that ends with the new one."""
    code_given: bool = False
    epoch: int
    """The user's, as it will be."""


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A new session: its secret token, for the cookie and nowhere else, and who it stands for."""

    token: str
    session: Session
    actor: access.Actor
    around: Around
    device_token: str = ""
    """For the cookie by which the device is known; empty while something is still wanted."""
    displaced_another: bool = False
    """Whether the oldest session had to end for this one (ACC-10)."""


class _Faster(Conflict):
    """Another sign-in of the same person was."""


def enter(visitor: Visitor, also: Also, now: datetime) -> SignedIn:
    """Begin a session: one that opens the portal, or one for what is still wanted.

    In one transaction with `also` and with what the person accepts by signing in. Raises Forbidden with the state that
    keeps them out, and what `also` raises; Busy when too many sign-ins of the person are faster.
    """
    vain = 0
    for _ in range(_TRIES):
        # An administrator may change an invitation in the same moment; signing in doesn't depend on it.
        invited = acceptance.waiting(visitor.around, now) if vain < 2 else Waiting()
        try:
            return _begin(visitor, invited, also, now)
        except _Faster:
            continue
        except (Conflict, NotFound, Stale):
            if not invited:
                raise
            vain += 1
    raise Busy


def _begin(visitor: Visitor, invited: Waiting, also: Also, now: datetime) -> SignedIn:
    user = visitor.own.user
    assert user is not None
    token = ids.token()
    hash_ = ids.digest(token)
    origin = msgspec.structs.replace(visitor.origin, session=hash_[:12])
    actor = _actor(user, visitor, invited, origin, now)
    stage = _stage(visitor, actor, invited, now)
    if stage is not None:
        actor = arriving_actor(user, stage, origin)
    device_token = "" if stage is not None else visitor.device_token or ids.token()
    session = _session(hash_, visitor, actor, stage, device_token, now)
    action = "session.started" if stage is None else f"session.awaits_{stage}"
    started = Change(actor, Entry(action=action, object_id=user.id), now)
    _plan_session(started, session)
    also(started)
    if stage is not None:
        _end(started, visitor.earlier)
        started.commit(None)
        return SignedIn(token=token, session=session, actor=actor, around=visitor.around)
    before = visitor.own.activity
    if domain.was_away(before.last_sign_in, now):
        started.emit("sign_in.after_absence", user_id=user.id)
    cut_at = clocks.started_again(before, visitor.around.settings, now)
    after = msgspec.structs.replace(before, last_sign_in=now, cut_at=cut_at)
    activities.plan_use(started, user.id, before, after)
    _keep_place(started, actor, visitor.around, cut_at)
    started.put(devices.row(ids.digest(device_token), user.id, now))
    _plan_look(started, user.id)
    displaced = _make_room(started, session, visitor)
    actor = acceptance.accept(started, actor, user, invited)
    started.commit(None)
    return SignedIn(
        token=token,
        session=session,
        actor=actor,
        around=visitor.around,
        device_token=device_token,
        displaced_another=displaced,
    )


def _actor(
    user: accounts.User, visitor: Visitor, invited: Waiting, origin: access.Origin, now: datetime
) -> access.Actor:
    actor = acceptance.place(user, visitor.around, invited, origin)
    if actor is None:
        code = staff_clocks.refusal_code(visitor.around.staff) or accounts.refusal_code(visitor.around.memberships)
        note_refusal(user.id, code, origin, now)
        raise Forbidden(code)
    return actor


def _stage(visitor: Visitor, actor: access.Actor, invited: Waiting, now: datetime) -> access.Stage | None:
    password = visitor.own.password
    assert password is not None
    return domain.next_stage(
        code_given=visitor.code_given,
        has_factor=visitor.own.factor is not None,
        factor_wanted=_factor_wanted(visitor, actor, invited),
        password_ends=domain.password_ends_at(password.changed_at, visitor.around.settings),
        now=now,
    )


def _factor_wanted(visitor: Visitor, actor: access.Actor, invited: Waiting) -> bool:
    """Whether a place that they could open in this session asks for a second factor, whichever opens first (CRD-9)."""
    setting = visitor.around.settings.factor_required
    if isinstance(actor, access.Staff) or invited.staff is not None:
        return factor_wanted(setting, "staff")
    own = [one for one in visitor.around.memberships if accounts.may_act(one)]
    if any(factor_wanted(setting, one.role) for one in (*own, *invited.memberships)):
        return True
    return factor_wanted(setting, "local_administrator") and acceptance.seat_waits(invited)


def _session(
    hash_: str, visitor: Visitor, actor: access.Actor, stage: access.Stage | None, device_token: str, now: datetime
) -> Session:
    settings = visitor.around.settings
    return Session(
        hash=hash_,
        user_id=actor.id,
        user_epoch=visitor.epoch,
        kind="staff" if isinstance(actor, access.Staff) else "member",
        organization_id=actor.organization_id if isinstance(actor, access.Member) else None,
        membership_id=actor.membership_id if isinstance(actor, access.Member) else None,
        device=actor.origin.device,
        started_at=now,
        last_seen=now,
        idle_minutes=settings.session_idle_minutes,
        hours=settings.session_hours,
        stage=stage,
        proved_at=now,
        browser=visitor.browser,
        known_as=ids.digest(device_token)[:16] if device_token else "",
        network=networks.digest_of(actor.origin.address),
    )


def _plan_session(planned: Change, session: Session) -> None:
    planned.create(store.session_row(session))
    timer = timers.Timer(schedule="housekeeping", kind="session", subject=session.hash, due=session.ends_at)
    timers.arm(planned, timer)


def _end(planned: Change, earlier: Session | None) -> None:
    if earlier is not None:
        leaving.plan_end(planned, earlier)
        planned.record(leaving.entry("session.ended", earlier))


def _plan_look(planned: Change, user_id: str) -> None:
    """Plan that the person's traces of this week are looked into, once however often they sign in (ACC-10)."""
    due = next_look(user_id, planned.now)
    timers.arm(planned, timers.Timer(schedule="housekeeping", kind="sharing", subject=user_id, due=due))


def _keep_place(planned: Change, actor: access.Actor, around: Around, cut_at: datetime | None) -> None:
    """Plan that a place which comes in after its time, as the last plan administrator's does, is in use again."""
    place = around.staff
    if not isinstance(actor, access.Staff) or place is None or place.enabled_at is None or cut_at is None:
        return
    if place.active and place.enabled_at <= cut_at:
        row = plan_store.StaffRow
        planned.update(row(*plan_store.staff_key(place.user_id)), [row.enabled_at.set(planned.now)])


def _make_room(planned: Change, session: Session, visitor: Visitor) -> bool:
    """Plan that no more than the limit of the person's sessions stay (ACC-10). Whether one had to end for this."""
    own = store.own_sessions(session.user_id)
    if own.version and not visitor.known_device:
        # CRD-10; somebody's very first sign-in is no news to them.
        planned.emit("device.new", user_id=session.user_id)
    earlier = visitor.earlier
    others = [hash_ for hash_ in own.hashes if earlier is None or hash_ != earlier.hash]
    _end(planned, earlier)
    leaving: list[Session] = []
    if len(others) >= domain.MOST_SESSIONS:
        alive = [other for other in store.sessions(others) if other.user_epoch == session.user_epoch]
        leaving = domain.too_many(alive, planned.now)
        gone = {other.hash for other in leaving}
        others = [
            other.hash for other in sorted(alive, key=_age) if other.alive(planned.now) and other.hash not in gone
        ]
    for other in leaving:
        row = store.SessionRow(*store.session_key(other.hash))
        planned.update(row, [store.SessionRow.displaced.set(True)], None, _Faster())
        planned.record(Entry(action="session.displaced", object_id=session.user_id))
    if leaving:
        planned.emit("session.displaced", user_id=session.user_id)
    store.plan_own_sessions(planned, session.user_id, own, [*others, session.hash], _Faster())
    return bool(leaving)


def _age(session: Session) -> datetime:
    return session.started_at


def carry_on(visitor: Visitor, actor: access.Actor, also: Also, now: datetime) -> SignedIn:
    """A session goes on under a new token after its holder proved or changed something (S-SESS-01, S-AUTH-06).

    One that awaited something goes to what is wanted next, or in; one that was in stays where it was. `actor`: who
    asks; `visitor.epoch`: the user's after the change, so that a change which ends all sessions spares this one.
    Raises Unauthenticated when the session ended meanwhile, Busy as `enter` does.
    """
    session = visitor.earlier
    if session is None:
        raise Unauthenticated
    if session.stage is not None:
        return enter(visitor, also, now)
    token = ids.token()
    renewed = msgspec.structs.replace(
        session, hash=ids.digest(token), user_epoch=visitor.epoch, proved_at=now, last_seen=now
    )
    for _ in range(_TRIES):
        own = store.own_sessions(session.user_id)
        planned = Change(actor, Entry(action="session.renewed", object_id=actor.id), now)
        row = store.SessionRow
        planned.delete(
            row(*store.session_key(session.hash)), row.pk.exists() & row.displaced.does_not_exist(), Unauthenticated()
        )
        _plan_session(planned, renewed)
        others = () if visitor.epoch != session.user_epoch else own.hashes
        kept = [hash_ for hash_ in others if hash_ != session.hash]
        store.plan_own_sessions(planned, session.user_id, own, [*kept, renewed.hash], _Faster())
        also(planned)
        try:
            planned.commit(None)
        except _Faster:
            continue
        return SignedIn(token=token, session=renewed, actor=actor, around=visitor.around)
    raise Busy


def note_refusal(user_id: str | None, code: str, origin: access.Origin, now: datetime) -> None:
    """Leave an audit record of a sign-in that was refused (AUD-1)."""
    nobody = access.System(id="sign-in", origin=origin)
    entry = Entry(action="session.refused", object_id=user_id or "", result="refused", reason=code)
    change.note(nobody, entry, now)
