"""Two of enrollment change a practice's TIN, close it, or merge it into another one (ORG-9)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.fields import Id, Tin
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import changes as actions
from chalicelib.enrollment.domain.changes import Digest, Kind
from chalicelib.enrollment.open_changes import ProposalView

routes = Routes(__name__)

_ENROLLMENT = staff("enrollment")


class ChangeBody(msgspec.Struct):
    """What is proposed: another TIN, the end, or the practice to merge into."""

    kind: Kind
    tin: Tin | None = None
    into: Id | None = None


class SecondPersonBody(msgspec.Struct):
    """What was shown, and for a TIN whether it matches what the plan was given for it (ORG-1)."""

    seen: Digest
    tin_matches: bool = False


@routes.route(
    "/organizations/{organization_id}/changes",
    method="POST",
    who=_ENROLLMENT,
    summary="Propose a change that takes two",
    status=201,
    creates=True,
    step_up=True,
    errors=(
        (403, "of_organization"),
        (404, "not_found"),
        (409, "change_proposed"),
        (409, "organization_closed"),
    ),
)
def propose_change(actor: Staff, organization_id: Id, body: ChangeBody, now: datetime) -> ProposalView:
    """Nothing changes before somebody else of enrollment has confirmed it, within 14 days."""
    _check(body)
    return actions.propose(actor, organization_id, body.kind, body.tin or "", body.into, now)


@routes.route(
    "/organizations/{organization_id}/changes/{kind}/confirm",
    method="POST",
    who=_ENROLLMENT,
    summary="Confirm as the second person what somebody proposed",
    status=204,
    returns=None,
    step_up=True,
    errors=(
        (403, "of_organization"),
        (403, "second_person_required"),
        (404, "not_found"),
        (409, "changed_meanwhile"),
        (409, "organization_closed"),
        (409, "target_closed"),
        (409, "target_without_administrator"),
        (409, "tin_taken"),
    ),
)
def confirm_change(actor: Staff, organization_id: Id, kind: Kind, body: SecondPersonBody, now: datetime) -> None:
    """Then it is done. Closing ends access with the next request of each member; its records stay."""
    actions.confirm(actor, organization_id, kind, body.seen, now, tin_matches=body.tin_matches)


@routes.route(
    "/organizations/{organization_id}/changes/{kind}",
    method="DELETE",
    who=_ENROLLMENT,
    summary="Withdraw what was proposed",
    status=204,
    returns=None,
    errors=((403, "of_organization"), (404, "not_found")),
)
def withdraw_change(actor: Staff, organization_id: Id, kind: Kind, now: datetime) -> None:
    """One's own, or for somebody who can't."""
    actions.withdraw(actor, organization_id, kind, now)


def _check(body: ChangeBody) -> None:
    """What goes with a kind is given, and nothing else is."""
    given, errors = {"tin": body.tin, "merge": body.into}, []
    for kind, field in (("tin", "/tin"), ("merge", "/into")):
        if (kind == body.kind) != (given[kind] is not None):
            errors.append(FieldError(field, "required" if kind == body.kind else "not_of_this_kind"))
    if errors:
        raise Invalid(fields=tuple(errors))
