"""One's own password, questions, second factor and sessions (CRD-9, CRD-10, S-AUTH-06, S-SESS-07)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import Actor, Principal, arriving, displaced, members, staff
from chalicelib.core.answers import Reply
from chalicelib.core.fields import FactorCode, Password
from chalicelib.core.http import Routes
from chalicelib.credentials import own_sessions, renewing
from chalicelib.credentials.domain import browser_named
from chalicelib.credentials.renewing import Sitting
from chalicelib.credentials.routes.questions import QuestionsBody, given
from chalicelib.credentials.routes.session import SessionView, signed_in_reply

routes = Routes(__name__)

_THEMSELVES = members() | staff() | displaced()

SessionId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{12}$(?!\n)")]


class OwnPasswordBody(msgspec.Struct):
    """The present password and the new one."""

    current: Password
    password: Password
    code: FactorCode | None = None
    """Of the second factor, where one is enrolled; not for somebody who is signing in, who gave one."""


class NewQuestionsBody(msgspec.Struct):
    """Three questions and their answers, in place of those before."""

    questions: QuestionsBody


class FactorOfferView(msgspec.Struct):
    """For an authenticator app: to type, and as a picture."""

    secret: str
    uri: str


class FactorCodeBody(msgspec.Struct):
    """A code of the authenticator app."""

    code: FactorCode


class RecoveryCodesView(msgspec.Struct):
    """Each works once in place of a code of the app; they are shown only now."""

    recovery_codes: list[str]


class OwnSessionView(msgspec.Struct):
    """A session that is open."""

    id: str
    started_at: datetime
    last_seen: datetime
    browser: str
    """Kind of browser and system; parts may be missing."""
    current: bool


class OwnSessionsView(msgspec.Struct):
    """All of them: at most three (ACC-10)."""

    items: list[OwnSessionView]
    next_cursor: str | None = None


@routes.route(
    "/profile/password",
    method="PUT",
    who=_THEMSELVES | arriving("password"),
    summary="Change one's password",
    returns=SessionView,
    errors=((409, "changed_meanwhile"), (429, "too_many_attempts")),
)
def change_password(
    actor: Actor, principal: Principal, body: OwnPasswordBody, device_token: str, agent: str, now: datetime
) -> Reply:
    """Every other session ends; this one goes on under a new token."""
    asked = renewing.NewPassword(current=body.current, password=body.password, code=body.code)
    return signed_in_reply(renewing.change_password(actor, _sitting(principal, agent, device_token), asked, now), now)


@routes.route(
    "/profile/questions",
    method="PUT",
    who=_THEMSELVES,
    summary="Set one's security questions",
    status=204,
    returns=None,
    step_up=True,
    errors=((429, "too_many_attempts"),),
)
def set_questions(actor: Actor, body: NewQuestionsBody, now: datetime) -> Reply:
    """All three at once; those before count no more."""
    renewing.set_questions(actor, given(body.questions), now)
    return Reply()


@routes.route(
    "/profile/factor",
    method="POST",
    who=_THEMSELVES | arriving("enroll"),
    summary="Begin to set up a second factor",
    step_up=True,
)
def offer_factor(actor: Actor, now: datetime) -> FactorOfferView:
    """The same seed for a while, so that a page can be loaded again. It counts once a code of it was given."""
    offer = renewing.offer_factor(actor, now)
    return FactorOfferView(secret=offer.secret, uri=offer.uri)


@routes.route(
    "/profile/factor/confirmation",
    method="POST",
    who=_THEMSELVES | arriving("enroll"),
    summary="Set up the second factor by a code",
    returns=RecoveryCodesView,
    step_up=True,
    errors=((409, "changed_meanwhile"),),
)
def confirm_factor(
    actor: Actor, principal: Principal, body: FactorCodeBody, device_token: str, agent: str, now: datetime
) -> Reply:
    """The session goes on under a new token; who was signing in may be in by that."""
    sitting = _sitting(principal, agent, device_token)
    signed_in, codes = renewing.confirm_factor(actor, sitting, body.code, now)
    return msgspec.structs.replace(signed_in_reply(signed_in, now), body=RecoveryCodesView(list(codes)))


@routes.route(
    "/profile/factor",
    method="DELETE",
    who=_THEMSELVES,
    summary="Go without a second factor",
    status=204,
    returns=None,
    step_up=True,
    errors=((403, "factor_required_by_plan"), (409, "no_factor"), (429, "too_many_attempts")),
)
def remove_factor(actor: Actor, body: FactorCodeBody, now: datetime) -> Reply:
    """On a code of it, and only where no role asks for one."""
    renewing.remove_factor(actor, body.code, now)
    return Reply()


@routes.route(
    "/profile/recovery-codes",
    method="POST",
    who=_THEMSELVES,
    summary="Fresh recovery codes",
    step_up=True,
    errors=((409, "no_factor"),),
)
def renew_recovery_codes(actor: Actor, now: datetime) -> RecoveryCodesView:
    """Those before work no more."""
    return RecoveryCodesView(list(renewing.renew_recovery_codes(actor, now)))


@routes.route("/profile/sessions", method="GET", who=_THEMSELVES, summary="One's open sessions")
def list_own_sessions(actor: Actor, principal: Principal, now: datetime) -> OwnSessionsView:
    """The newest first."""
    return OwnSessionsView(
        [
            OwnSessionView(
                id=own_sessions.id_of(session),
                started_at=session.started_at,
                last_seen=session.last_seen,
                browser=session.browser,
                current=session.hash == principal.session_hash,
            )
            for session in own_sessions.alive(actor, now)
        ]
    )


@routes.route(
    "/profile/sessions/{session_id}",
    method="DELETE",
    who=_THEMSELVES,
    summary="End one of one's sessions",
    status=204,
    returns=None,
    errors=((404, "not_found"),),
)
def end_own_session(actor: Actor, session_id: SessionId, now: datetime) -> Reply:
    """Its next request is refused."""
    own_sessions.end(actor, session_id, now)
    return Reply()


@routes.route(
    "/profile/sessions/end-others",
    method="POST",
    who=_THEMSELVES,
    summary="End all of one's sessions but this one",
    status=204,
    returns=None,
)
def end_other_sessions(actor: Actor, principal: Principal, now: datetime) -> Reply:
    """For who left a computer somewhere, or fears that somebody else is in."""
    own_sessions.end_others(actor, principal.session_hash, now)
    return Reply()


def _sitting(principal: Principal, agent: str, device_token: str) -> Sitting:
    return Sitting(session_hash=principal.session_hash, browser=browser_named(agent), device_token=device_token)
