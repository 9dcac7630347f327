"""What a person does by a mailed link: completing a registration (CRD-6)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import PUBLIC, Origin
from chalicelib.core.fields import FactorCode, LinkToken, Password, PersonName
from chalicelib.core.http import Routes
from chalicelib.credentials import registration
from chalicelib.credentials.routes.questions import QuestionsBody, given

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
    factor_required: bool
    """Whether a second factor has to be enrolled with the rest (CRD-9)."""
    password_shortest: int


class OfferView(msgspec.Struct):
    """A seed for an authenticator app, until it is confirmed by a code of it."""

    secret: str
    uri: str
    """What a QR code of it holds."""


class CompletionBody(msgspec.Struct):
    """What a person enters to complete their registration."""

    token: LinkToken
    name: PersonName
    password: Password
    questions: QuestionsBody
    accept_terms: bool
    code: FactorCode | None = None
    """Of the second factor that was offered."""


class CompletedView(msgspec.Struct):
    """Recovery codes of the second factor, shown this once; none without one."""

    recovery_codes: list[str]


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
        factor_required=invited.factor_required,
        password_shortest=invited.password_shortest,
    )


@routes.route(
    "/registrations/factor",
    method="POST",
    who=PUBLIC,
    summary="A second factor to register with",
    errors=((409, "changed_meanwhile"), (410, "link_expired")),
)
def offer_registration_factor(body: LinkBody, origin: Origin, now: datetime) -> OfferView:
    """The same for as long as the link lives."""
    offered = registration.offer_factor(body.token, origin, now)
    return OfferView(offered.secret, offered.uri)


@routes.route(
    "/registrations/complete",
    method="POST",
    who=PUBLIC,
    summary="Complete one's registration by the mailed link",
    errors=((409, "changed_meanwhile"), (410, "link_expired"), (412, "stale")),
)
def complete_registration(body: CompletionBody, origin: Origin, now: datetime) -> CompletedView:
    """Sets password, questions and second factor, and opens the account; then one signs in. Spends the link."""
    answers = registration.Answers(
        name=body.name,
        password=body.password,
        questions=given(body.questions),
        code=body.code,
        accept_terms=body.accept_terms,
    )
    return CompletedView(list(registration.complete(body.token, answers, origin, now)))
