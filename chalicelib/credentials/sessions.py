"""From a session's token to the actor of a request; every request looks everything up anew (CRD-8, S-SESS-04)."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.accounts import domain as accounts
from chalicelib.accounts import store as accounts_store
from chalicelib.core import access, ids
from chalicelib.core.errors import Unauthenticated
from chalicelib.core.tables import DirectoryRow
from chalicelib.credentials import store
from chalicelib.credentials.domain import Session
from chalicelib.plan import domain as plan
from chalicelib.plan import store as plan_store

# A guard that fails means: whoever acts lost the right while acting. They find out by signing in again.
_ENDED = Unauthenticated()


def authenticate(token: str, origin: access.Origin, now: datetime, *, extend: bool) -> access.Principal:
    """Who a session's token stands for at this moment. `extend` counts the request as use of the session.

    Costs one read, one batch of two, and at most one write a minute. Raises Unauthenticated when the session has
    ended, the user's sessions were all ended, or the membership or staff place no longer counts.
    """
    session = store.session(ids.digest(token))
    if session is None or not session.alive(now):
        raise Unauthenticated
    origin = msgspec.structs.replace(origin, session=session.hash[:12])
    actor = _actor(session, origin)
    if extend and session.wants_touch(now):
        store.touch(session, now)
        session = msgspec.structs.replace(session, last_seen=now)
    return access.Principal(
        actor=actor, session_hash=session.hash, idle_ends_at=session.idle_ends_at, ends_at=session.ends_at
    )


def _actor(session: Session, origin: access.Origin) -> access.Actor:
    keys = [accounts_store.user_key(session.user_id)]
    if session.kind == "staff":
        keys.append(plan_store.staff_key(session.user_id))
    else:
        keys.append(accounts_store.membership_key(session.organization_id or "", session.membership_id or ""))
    rows: Iterable[DirectoryRow] = list(DirectoryRow.batch_get(keys, consistent_read=True))
    user = next((accounts_store.user_from_row(row) for row in rows if isinstance(row, accounts_store.UserRow)), None)
    if user is None or user.epoch != session.user_epoch:
        raise Unauthenticated
    for row in rows:
        if isinstance(row, accounts_store.MembershipRow):
            membership = accounts_store.membership_from_row(row)
            if accounts.may_act(membership):
                return member_actor(user, membership, origin)
        if isinstance(row, plan_store.StaffRow):
            staff = plan_store.staff_from_row(row)
            if staff.active:
                return staff_actor(user, staff, origin)
    raise Unauthenticated


def member_actor(user: accounts.User, membership: accounts.Membership, origin: access.Origin) -> access.Member:
    """A user acting through a membership, with the guards that keep it so until a change commits."""
    return access.Member(
        id=user.id,
        name=user.name,
        email=user.email,
        origin=origin,
        organization_id=membership.organization_id,
        membership_id=membership.id,
        role=membership.role,
        access_levels=membership.access_levels,
        providers=membership.providers,
        guards=(
            _user_guard(user),
            access.Guard(
                accounts_store.MembershipRow,
                accounts_store.membership_key(membership.organization_id, membership.id),
                accounts_store.still_member(membership),
                _ENDED,
            ),
        ),
    )


def staff_actor(user: accounts.User, staff: plan.StaffMember, origin: access.Origin) -> access.Staff:
    """A user acting for the plan, with the guards that keep it so until a change commits."""
    return access.Staff(
        id=user.id,
        name=user.name,
        email=user.email,
        origin=origin,
        roles=staff.roles,
        departments=staff.departments,
        guards=(
            _user_guard(user),
            access.Guard(plan_store.StaffRow, plan_store.staff_key(user.id), plan_store.still_staff(staff), _ENDED),
        ),
    )


def _user_guard(user: accounts.User) -> access.Guard:
    return access.Guard(
        accounts_store.UserRow, accounts_store.user_key(user.id), accounts_store.same_user(user), _ENDED
    )
