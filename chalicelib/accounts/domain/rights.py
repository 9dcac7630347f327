"""Who may change what of whom (ACC-5, ACC-6, ACC-7, ORG-7)."""

from collections.abc import Set as AbstractSet

from chalicelib.accounts.domain import Membership
from chalicelib.accounts.domain.roster import is_administrator
from chalicelib.core.access import AccessLevel, Member, Role
from chalicelib.core.errors import FieldError, Forbidden
from chalicelib.organizations.domain import Organization


def require_other(actor: Member, membership: Membership) -> None:
    """ACC-6: nobody changes anything of their own account. Raises Forbidden `own_account`."""
    if membership.id == actor.membership_id or membership.user_id == actor.id:
        raise Forbidden("own_account")


def effective_levels(role: Role, levels: AbstractSet[AccessLevel]) -> frozenset[AccessLevel]:
    """What a membership opens: `manage_account` follows the administrator roles and nothing else (ACC-5)."""
    own: frozenset[AccessLevel] = frozenset(levels) - {"manage_account"}
    return own | {"manage_account"} if is_administrator(role) else own


def check_asked(actor: Member, level: AccessLevel, entitlements: AbstractSet[AccessLevel]) -> list[FieldError]:
    """Why a member may not ask for an access level (ACC-9).

    What follows the role is not granted on its own, and nobody is given what the organization may not use (ORG-7).
    """
    if level in actor.access_levels:
        return [FieldError("/access_level", "held_already")]
    if level == "manage_account":
        return [FieldError("/access_level", "follows_role")]
    return [] if level in entitlements else [FieldError("/access_level", "not_entitled")]


def check_granted(
    organization: Organization,
    before: Membership | None,
    role: Role,
    levels: AbstractSet[AccessLevel],
    providers: AbstractSet[str],
) -> list[FieldError]:
    """What of these an administrator may not give.

    The seat moves by handover only (ORG-5). Beyond what the organization is entitled to, nothing is granted anew; what
    somebody has already may stay (ORG-7).
    """
    errors: list[FieldError] = []
    seat: Role = "local_administrator"
    if role != (before.role if before else None) and seat in (role, before.role if before else None):
        errors.append(FieldError("/role", "seat_moves_by_handover"))
    if "manage_account" in levels and not is_administrator(role):
        errors.append(FieldError("/access_levels", "follows_role"))
    if levels - organization.entitlements - {"manage_account"} - (before.access_levels if before else frozenset()):
        errors.append(FieldError("/access_levels", "not_entitled"))
    if providers - organization.npis - (before.providers if before else frozenset()):
        errors.append(FieldError("/providers", "not_of_this_organization"))
    return errors
