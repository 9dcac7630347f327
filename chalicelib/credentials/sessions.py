"""From a session's token to the actor of a request; every request looks everything up anew (CRD-8, S-SESS-04)."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts import plan_places
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.actors import arriving_actor, displaced_actor, member_actor, staff_actor
from chalicelib.accounts.domain import statuses
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.core import access, ids
from chalicelib.core.errors import Unauthenticated
from chalicelib.core.tables import DirectoryRow
from chalicelib.credentials import places, store, switching
from chalicelib.credentials.domain import Session
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings


def authenticate(token: str, origin: access.Origin, now: datetime, *, extend: bool) -> access.Principal:
    """Who a session's token stands for at this moment. `extend` counts the request as use of the session.

    Costs one read, one batch of two, and at most one write a minute. Raises Unauthenticated when the session has
    ended (`session_displaced` when a newer sign-in ended it), the user's sessions were all ended, or the membership or
    staff place no longer counts. Somebody who still has to do something to come in is Arriving (CRD-9); somebody whose
    open membership no longer counts while another one does is Displaced (ACC-8), at the cost of two more reads.
    """
    session = store.session(ids.digest(token))
    if session is not None and session.displaced and now < session.ends_at:
        raise Unauthenticated("session_displaced")
    if session is None or not session.alive(now):
        raise Unauthenticated
    origin = msgspec.structs.replace(origin, session=session.hash[:12])
    actor = _actor(session, origin, now)
    if extend and session.wants_touch(now):
        store.touch(session, now)
        session = msgspec.structs.replace(session, last_seen=now)
    return access.Principal(
        actor=actor,
        session_hash=session.hash,
        idle_ends_at=session.idle_ends_at,
        ends_at=session.ends_at,
        proved_at=session.proved_at,
    )


def _actor(session: Session, origin: access.Origin, now: datetime) -> access.Actor:
    rows: list[DirectoryRow] = list(DirectoryRow.batch_get(_keys(session), consistent_read=True))
    user = next((accounts_store.user_from_row(row) for row in rows if isinstance(row, accounts_store.UserRow)), None)
    if user is None or user.epoch != session.user_epoch:
        raise Unauthenticated
    if session.stage is not None:
        return arriving_actor(user, session.stage, origin)
    opened = _opened(rows, user, origin, now)
    if opened is not None:
        return opened
    if session.kind == "member" and any(accounts.may_act(one) for one, _ in switching.memberships(user.id, now)):
        return displaced_actor(user, origin)
    raise Unauthenticated


def _keys(session: Session) -> list[tuple[str, str]]:
    keys = [accounts_store.user_key(session.user_id)]
    if session.stage is not None:
        return keys
    if session.kind == "staff":
        return [*keys, plan_store.staff_key(session.user_id), plan_store.SETTINGS_KEY]
    # What a review's deadline comes from (REV-1).
    places_ = places.membership_keys(session.organization_id or "", session.membership_id or "")
    return [*keys, *places_, plan_store.SETTINGS_KEY]


def _opened(
    rows: Iterable[DirectoryRow], user: accounts.User, origin: access.Origin, now: datetime
) -> access.Actor | None:
    """Who the session makes them, unless the place no longer counts."""
    for row in rows:
        if isinstance(row, accounts_store.MembershipRow):
            organization = _organization(rows)
            clock = Clock(settings=_settings(rows), organization=organization)
            membership = statuses.as_of(accounts_store.membership_from_row(row), now, clock)
            if accounts.may_act(membership):
                return member_actor(user, membership, origin, organization)
        if isinstance(row, plan_store.StaffRow):
            staff = plan_places.counting(plan_store.staff_from_row(row), None, _settings(rows), now)
            if staff.active:
                return staff_actor(user, staff, origin)
    return None


def _organization(rows: Iterable[DirectoryRow]) -> Organization:
    """Whether it has ended, what it is entitled to, when its reviews are due.

    Whose session lives has signed in lately: they are in use.
    """
    row = next(row for row in rows if isinstance(row, organizations.OrganizationRow))
    return organizations.organization_from_row(row)


def _settings(rows: Iterable[DirectoryRow]) -> PlanSettings:
    return plan_store.settings_from_row(next(row for row in rows if isinstance(row, plan_store.SettingsRow)))
