"""Setting oneself up again by the link that follows a confirmed case of the helpdesk (CRD-5)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import PUBLIC, Origin
from chalicelib.core.fields import Answer, FactorCode, LinkToken, Password, QuestionId
from chalicelib.core.http import Routes
from chalicelib.credentials.domain.questions import NUMBER, Given
from chalicelib.recovery.actions import set_up as actions
from chalicelib.recovery.actions.set_up import Choices

routes = Routes(__name__)


class SetUpBody(msgspec.Struct):
    """The token behind the `#` of a mailed link."""

    token: LinkToken


class SetUpView(msgspec.Struct):
    """Whom a link is for."""

    name: str
    email: str
    factor_required: bool
    """Whether a second factor has to be enrolled with the rest."""


class SetUpFactorView(msgspec.Struct):
    """A seed for an authenticator app, until it is confirmed by a code of it."""

    secret: str
    uri: str


class SetUpQuestionBody(msgspec.Struct):
    """A question that somebody chose, with their answer."""

    question: QuestionId
    answer: Answer


class SetUpCompletionBody(msgspec.Struct):
    """Everything anew; `code` is one of the offered factor."""

    token: LinkToken
    password: Password
    questions: Annotated[list[SetUpQuestionBody], msgspec.Meta(min_length=NUMBER, max_length=NUMBER)]
    code: FactorCode | None = None


class SetUpDoneView(msgspec.Struct):
    """Recovery codes of the new factor, shown this once; none without one."""

    recovery_codes: list[str]


@routes.route(
    "/set-up/look",
    method="POST",
    who=PUBLIC,
    summary="Whom a link to set oneself up again is for",
    errors=((410, "link_expired"),),
)
def look_at_set_up(body: SetUpBody, now: datetime) -> SetUpView:
    """Spends nothing."""
    found = actions.look(body.token, now)
    return SetUpView(found.user.name, found.user.email, found.factor_required)


@routes.route(
    "/set-up/factor",
    method="POST",
    who=PUBLIC,
    summary="A second factor to set oneself up with",
    errors=((409, "changed_meanwhile"), (410, "link_expired")),
)
def offer_set_up_factor(body: SetUpBody, origin: Origin, now: datetime) -> SetUpFactorView:
    """The same for as long as the link lives."""
    offered = actions.offer_factor(body.token, origin, now)
    return SetUpFactorView(offered.secret, offered.uri)


@routes.route(
    "/set-up/complete",
    method="POST",
    who=PUBLIC,
    summary="Set password, questions and second factor anew",
    errors=((409, "changed_meanwhile"), (410, "link_expired")),
)
def complete_set_up(body: SetUpCompletionBody, origin: Origin, now: datetime) -> SetUpDoneView:
    """Ends every session of theirs. Spends the link."""
    given = tuple(Given(one.question, one.answer) for one in body.questions)
    choices = Choices(password=body.password, questions=given, code=body.code)
    return SetUpDoneView(list(actions.complete(body.token, choices, origin, now)))
