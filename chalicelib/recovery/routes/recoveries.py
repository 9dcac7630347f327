"""Getting back in by oneself (CRD-4): asking for the link, and the steps behind it."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import PUBLIC, Origin
from chalicelib.core.answers import Reply
from chalicelib.core.fields import Answer, Email, FactorCode, LinkToken, Password
from chalicelib.core.http import Routes
from chalicelib.recovery.actions import recoveries as actions
from chalicelib.recovery.actions.recoveries import Standing
from chalicelib.recovery.domain import recoveries as rules
from chalicelib.recovery.domain.recoveries import Step

routes = Routes(__name__)


_OF_LINK = ((403, "recovery_closed"), (410, "link_expired"))
_OF_STEP = ((401, "recovery_failed"), (409, "recovery_step"))


class AddressBody(msgspec.Struct):
    """Where the link should go."""

    email: Email


class RecoveryBody(msgspec.Struct):
    """The token behind the `#` of a mailed link."""

    token: LinkToken


class AnswersBody(msgspec.Struct):
    """The answers to both questions, in the order they were asked."""

    token: LinkToken
    answers: Annotated[list[Answer], msgspec.Meta(min_length=2, max_length=2)]


class FactorBody(msgspec.Struct):
    """Six digits of the authenticator app, or a recovery code."""

    token: LinkToken
    code: FactorCode


class RecoveredPasswordBody(msgspec.Struct):
    """The new password."""

    token: LinkToken
    password: Password


class RecoveryView(msgspec.Struct):
    """What comes next, and how many wrong attempts are left."""

    step: Step
    questions: list[str]
    """Ids of the two questions of this case, while they are asked."""
    attempts_left: int


@routes.route(
    "/password-resets",
    method="POST",
    who=PUBLIC,
    summary="Ask for a link to set a new password",
    status=202,
    returns=None,
    errors=((429, "too_many_attempts"),),
)
def request_password_reset(body: AddressBody, origin: Origin, now: datetime) -> Reply:
    """The same answer whether somebody signs in with this address or not."""
    actions.ask(body.email, origin, now)
    return Reply()


@routes.route(
    "/recovery/look", method="POST", who=PUBLIC, summary="How far one is with getting back in", errors=_OF_LINK
)
def look_at_recovery(body: RecoveryBody, now: datetime) -> RecoveryView:
    """Spends nothing, and shows the same questions every time."""
    return _view(actions.look(body.token, now))


@routes.route(
    "/recovery/answers",
    method="POST",
    who=PUBLIC,
    summary="Answer the two security questions",
    errors=(*_OF_LINK, *_OF_STEP),
)
def answer_questions(body: AnswersBody, origin: Origin, now: datetime) -> RecoveryView:
    """Counted before it is judged; doesn't say which answer was wrong."""
    return _view(actions.answer(body.token, body.answers, origin, now))


@routes.route(
    "/recovery/factor",
    method="POST",
    who=PUBLIC,
    summary="Enter a code of the second factor",
    errors=(*_OF_LINK, *_OF_STEP),
)
def enter_recovery_factor(body: FactorBody, origin: Origin, now: datetime) -> RecoveryView:
    """Counted before it is judged; a code works once."""
    return _view(actions.show_factor(body.token, body.code, origin, now))


@routes.route(
    "/recovery/password",
    method="POST",
    who=PUBLIC,
    summary="Set the new password",
    status=204,
    returns=None,
    errors=(*_OF_LINK, (409, "changed_meanwhile"), (409, "recovery_step")),
)
def set_recovered_password(body: RecoveredPasswordBody, origin: Origin, now: datetime) -> Reply:
    """Ends every session of theirs. Spends the link."""
    actions.set_password(body.token, body.password, origin, now)
    return Reply()


def _view(standing: Standing) -> RecoveryView:
    asked = list(standing.pair) if standing.step == "questions" else []
    return RecoveryView(standing.step, asked, rules.attempts_left(standing.recovery))
