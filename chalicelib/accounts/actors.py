"""From users, memberships and staff places to actors, with the guards that keep them so until a change commits."""

from chalicelib.accounts import store
from chalicelib.accounts.domain import Membership, User
from chalicelib.accounts.domain.rights import effective_levels
from chalicelib.core import access
from chalicelib.core.errors import Forbidden, Unauthenticated
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import StaffMember

# A guard that fails means: whoever acts lost the right while acting. They find out by signing in again.
_ENDED = Unauthenticated()
# The session lives on without that membership (ACC-8).
_LOST = Forbidden("membership_lost")


def member_actor(
    user: User, membership: Membership, origin: access.Origin, organization: Organization
) -> access.Member:
    """A user acting through a membership, with the guards that keep it so until a change commits.

    What was granted beyond what the organization is entitled to by now opens nothing (ORG-7).
    """
    return access.Member(
        id=user.id,
        name=user.name,
        email=user.email,
        origin=origin,
        organization_id=membership.organization_id,
        membership_id=membership.id,
        role=membership.role,
        access_levels=effective_levels(membership.role, membership.access_levels & organization.entitlements),
        providers=membership.providers,
        guards=(
            _user_guard(user),
            access.Guard(
                store.MembershipRow,
                store.membership_key(membership.organization_id, membership.id),
                store.still_member(membership),
                _LOST,
            ),
        ),
    )


def staff_actor(user: User, staff: StaffMember, origin: access.Origin) -> access.Staff:
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


def displaced_actor(user: User, origin: access.Origin) -> access.Displaced:
    """A user whose open membership no longer counts, and who may open another (ACC-8)."""
    return access.Displaced(id=user.id, name=user.name, email=user.email, origin=origin, guards=(_user_guard(user),))


def arriving_actor(user: User, stage: access.Stage, origin: access.Origin) -> access.Arriving:
    """A user between the right password and the portal (CRD-2, CRD-9)."""
    return access.Arriving(id=user.id, origin=origin, stage=stage, guards=(_user_guard(user),))


def _user_guard(user: User) -> access.Guard:
    return access.Guard(store.UserRow, store.user_key(user.id), store.same_user(user), _ENDED)
