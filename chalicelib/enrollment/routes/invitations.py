"""The registration email of a practice's administrators, which enrollment sends again (ORG-1)."""

from datetime import datetime
from typing import get_args

from chalicelib.accounts.domain import Status
from chalicelib.core.access import Staff, staff
from chalicelib.core.fields import Id
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import invitations as actions
from chalicelib.enrollment.actions.invitations import Invitation

routes = Routes(__name__)

_STATUSES: tuple[tuple[int, str], ...] = tuple((409, f"status_{status}") for status in get_args(Status))


@routes.route(
    "/organizations/{organization_id}/invitations/{membership_id}",
    method="POST",
    who=staff("enrollment"),
    summary="Send an administrator of a practice the registration email again",
    creates=True,
    errors=(
        (403, "of_organization"),
        (404, "not_found"),
        (409, "changed_meanwhile"),
        (409, "organization_closed"),
        *_STATUSES,
    ),
)
def invite_administrator_again(actor: Staff, organization_id: Id, membership_id: Id, now: datetime) -> Invitation:
    """Earlier links end with it (S-AUTH-08). Never by somebody of the practice."""
    return actions.send_again(actor, organization_id, membership_id, now)
