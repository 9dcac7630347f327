"""What a person does by a mailed link: completing a registration, a new password (CRD-4, CRD-6)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import PUBLIC, Origin
from chalicelib.core.answers import Reply
from chalicelib.core.fields import LinkToken, Password, PersonName
from chalicelib.core.http import Routes
from chalicelib.credentials import registration, resets

routes = Routes(__name__)


class LinkBody(msgspec.Struct):
    """The token behind the `#` of a mailed link."""

    token: LinkToken


class InvitedView(msgspec.Struct):
    """Whom a registration link is for."""

    name: str
    email: str
    organization: str | None
    """None for staff of the plan."""
    signs_in_instead: bool
    """They have a sign-in already: signing in accepts."""


class CompletionBody(msgspec.Struct):
    """What a person enters to complete their registration."""

    token: LinkToken
    name: PersonName
    password: Password
    accept_terms: bool


class ResetBody(msgspec.Struct):
    """A new password, by the token of a mailed link."""

    token: LinkToken
    password: Password


@routes.route(
    "/registrations/look",
    method="POST",
    who=PUBLIC,
    summary="Whom a registration link is for",
    errors=((410, "link_expired"),),
)
def look_at_registration(body: LinkBody, now: datetime) -> InvitedView:
    """Spends nothing. The same refusal for links that were used, ended, or never were."""
    invited = registration.look(body.token, now)
    return InvitedView(
        name=invited.name,
        email=invited.user.email,
        organization=invited.organization.name if invited.organization is not None else None,
        signs_in_instead=invited.has_password,
    )


@routes.route(
    "/registrations/complete",
    method="POST",
    who=PUBLIC,
    summary="Complete one's registration by the mailed link",
    status=204,
    returns=None,
    errors=((409, "changed_meanwhile"), (410, "link_expired"), (412, "stale")),
)
def complete_registration(body: CompletionBody, origin: Origin, now: datetime) -> Reply:
    """Sets the password and opens the account; then one signs in. Spends the link."""
    answers = registration.Answers(name=body.name, password=body.password, accept_terms=body.accept_terms)
    registration.complete(body.token, answers, origin, now)
    return Reply()


@routes.route(
    "/password-resets/complete",
    method="POST",
    who=PUBLIC,
    summary="Set a new password by the mailed link",
    status=204,
    returns=None,
    errors=((409, "changed_meanwhile"), (410, "link_expired")),
)
def complete_password_reset(body: ResetBody, origin: Origin, now: datetime) -> Reply:
    """Ends every session of theirs. Spends the link."""
    resets.complete(body.token, body.password, origin, now)
    return Reply()
