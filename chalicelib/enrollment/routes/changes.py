"""Two of enrollment change a practice's TIN, close it, or merge it into another one (ORG-9)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Staff, staff
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.fields import Id, Tin
from chalicelib.core.http import Routes
from chalicelib.enrollment.actions import changes as actions
from chalicelib.enrollment.actions.changes import Waiting
from chalicelib.enrollment.domain import changes as rules
from chalicelib.enrollment.domain.changes import Digest, Kind
from chalicelib.organizations import store as organizations

routes = Routes(__name__)

_ENROLLMENT = staff("enrollment")


class ChangedPractice(msgspec.Struct, frozen=True):
    """The practice that another one is to merge into."""

    id: str
    name: str
    tin: str


class ProposalView(msgspec.Struct, kw_only=True):
    """What one of enrollment proposed; somebody else confirms it, or it is withdrawn."""

    kind: Kind
    by_name: str
    at: datetime
    ends_at: datetime
    """From then on it counts no more."""
    own: bool
    """Whether it is one's own, which somebody else confirms."""
    tin: str | None
    """The new one."""
    into: ChangedPractice | None
    seen: str
    """What stands for all of it; a confirmation sends it back."""


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
    made = actions.propose(actor, organization_id, body.kind, body.tin or "", body.into, now)
    into = organizations.find(made.into) if made.into is not None else None
    return change_view(Waiting(made, into), actor.id)


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


def change_view(one: Waiting, user_id: str) -> ProposalView:
    """What waits for a second person, as one of enrollment sees it."""
    proposal, into = one.proposal, one.into
    return ProposalView(
        kind=proposal.kind,
        by_name=proposal.by_name,
        at=proposal.at,
        ends_at=proposal.ends_at,
        own=proposal.by == user_id,
        tin=proposal.tin or None,
        into=None if into is None else ChangedPractice(into.id, into.name, into.tin),
        seen=rules.seen(proposal),
    )


def _check(body: ChangeBody) -> None:
    """What goes with a kind is given, and nothing else is."""
    given, errors = {"tin": body.tin, "merge": body.into}, []
    for kind, field in (("tin", "/tin"), ("merge", "/into")):
        if (kind == body.kind) != (given[kind] is not None):
            errors.append(FieldError(field, "required" if kind == body.kind else "not_of_this_kind"))
    if errors:
        raise Invalid(fields=tuple(errors))
