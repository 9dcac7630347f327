"""A person with several memberships opens another one (ACC-8): the session moves, everything else stays."""

from datetime import datetime

import msgspec

from chalicelib.accounts import actors
from chalicelib.accounts import domain as accounts
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, statuses
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.accounts.store import activities
from chalicelib.core.access import Actor, Member
from chalicelib.core.change import Change
from chalicelib.core.errors import Forbidden, NotFound, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import places, store
from chalicelib.credentials.domain.factors import factor_wanted
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store

_GONE = ("rejected", "removed")


def memberships(user_id: str, now: datetime) -> list[tuple[Membership, Organization]]:
    """A person's memberships that are not over at `now`, with their organizations, by name."""
    own = accounts_store.membership_ids_of(user_id)
    keys = [plan_store.SETTINGS_KEY, activities.key(user_id)]
    rows = DirectoryRows([*keys, *(key for ids in own for key in places.membership_keys(*ids))])
    clock = Clock(settings=plan_store.settings_among(rows), activity=activities.among(rows, user_id))
    found = []
    for ids in own:
        membership = accounts_store.membership_among(rows, *ids)
        if membership is None:
            continue
        organization = organizations.organization_among(rows, membership.organization_id)
        membership = statuses.as_of(membership, now, msgspec.structs.replace(clock, organization=organization))
        if membership.status not in _GONE:
            found.append((membership, organization))
    return sorted(found, key=lambda pair: (pair[1].name.casefold(), pair[0].id))


def open_membership(actor: Actor, session_hash: str, membership_id: str, now: datetime) -> tuple[Member, places.Around]:
    """Move a session to another active membership of the same person; both organizations' journals tell of it.

    Returns who they are then, and what is around them.

    Raises NotFound for one that isn't theirs, Forbidden with the state that keeps it shut, Unauthenticated when the
    session ended meanwhile.
    """
    around = places.around_membership(actor.id, membership_id, now)
    user, wanted = around.user, next(iter(around.memberships), None)
    if user is None or wanted is None:
        raise NotFound
    if not accounts.may_act(wanted):
        raise Forbidden(accounts.refusal_code([wanted]))
    if factor_wanted(around.settings.factor_required, wanted.role) and not around.factor:
        # They became an administrator there after they signed in (CRD-9).
        raise Forbidden("enrollment_required")
    # By whom they are afterwards: what must hold when this commits is that the new membership is active.
    organization = around.organizations[wanted.organization_id]
    opened = actors.member_actor(user, wanted, actor.origin, organization)
    planned = Change(opened, Entry(action="membership.opened", object_id=wanted.id), now)
    if isinstance(actor, Member) and actor.organization_id != wanted.organization_id:
        left = Entry(action="membership.left", object_id=actor.membership_id, organization_id=actor.organization_id)
        planned.record(left)
    row = store.SessionRow
    planned.update(
        row(*store.session_key(session_hash)),
        [row.organization_id.set(wanted.organization_id), row.membership_id.set(wanted.id)],
        row.user_epoch == user.epoch,
        Unauthenticated(),
    )
    planned.commit(None)
    return opened, around
