"""Signing in, the session, signing out."""

from datetime import datetime

import msgspec

from chalicelib.accounts.domain import Status
from chalicelib.core.access import (
    PUBLIC,
    AccessLevel,
    Actor,
    Arriving,
    Member,
    Origin,
    Principal,
    Role,
    Staff,
    StaffRole,
    Stage,
    arriving,
    displaced,
    members,
    staff,
)
from chalicelib.core.answers import Named, Reply
from chalicelib.core.fields import Email, FactorCode, Id, Password
from chalicelib.core.http import COOKIE, DEVICE_COOKIE, Routes
from chalicelib.core.texts import Language
from chalicelib.credentials import actions, places, proof, switching
from chalicelib.credentials.domain import DEVICE_KEPT, browser_named
from chalicelib.credentials.entering import SignedIn
from chalicelib.credentials.places import Around

routes = Routes(__name__)

_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict"


class SignInBody(msgspec.Struct):
    """What a person types to sign in."""

    email: Email
    password: Password


class UserView(msgspec.Struct):
    """The person signed in."""

    id: str
    name: str
    email: str
    language: Language


class MembershipView(msgspec.Struct):
    """The membership that is open (ACC-8)."""

    id: str
    organization: Named
    role: Role
    access_levels: list[AccessLevel]


class StaffView(msgspec.Struct):
    """The place at the plan."""

    roles: list[StaffRole]
    departments: list[Named]


class OwnMembershipView(msgspec.Struct):
    """One of one's organizations."""

    id: str
    organization: Named
    role: Role
    status: Status
    open: bool


class OwnMembershipsView(msgspec.Struct):
    """All of them: a person has a handful."""

    items: list[OwnMembershipView]
    next_cursor: str | None = None


class OpenMembershipBody(msgspec.Struct):
    """Which one to open."""

    membership_id: Id


class SessionView(msgspec.Struct):
    """Who is signed in, as what, and for how long yet."""

    user: UserView
    membership: MembershipView | None
    staff: StaffView | None
    seconds_left: int
    warning_seconds: int
    stage: Stage | None
    """What is wanted before anything opens; membership and staff are null until then."""
    factor: bool
    """Whether a second factor is enrolled: it is asked for with the password."""
    displaced_another: bool = False
    """Whether the oldest of one's sessions ended for this one (ACC-10)."""


class CodeBody(msgspec.Struct):
    """A code of the authenticator app, or a recovery code."""

    code: FactorCode


class ProofBody(msgspec.Struct):
    """The password once more, and a code where a second factor is enrolled."""

    password: Password
    code: FactorCode | None = None


@routes.route(
    "/session",
    method="POST",
    who=PUBLIC,
    summary="Sign in",
    status=201,
    returns=SessionView,
    errors=(
        (401, "sign_in_failed"),
        (403, "account_inactive"),
        (403, "account_suspended"),
        (403, "account_disabled"),
        (403, "staff_inactive"),
        (403, "staff_suspended"),
        (403, "no_membership"),
        (429, "too_many_attempts"),
        (429, "sign_in_blocked"),
    ),
)
def sign_in(body: SignInBody, token: str, device_token: str, agent: str, origin: Origin, now: datetime) -> Reply:
    """Sets the session cookie (S-SESS-02), and one by which the device is known; `stage` says what is still wanted."""
    browser = actions.Browser(name=browser_named(agent), session_token=token, device_token=device_token)
    return signed_in_reply(actions.sign_in(body.email, body.password, browser, origin, now), now)


@routes.route(
    "/session/factor",
    method="POST",
    who=arriving("factor"),
    summary="Finish signing in by a code",
    status=201,
    returns=SessionView,
    errors=((401, "factor_failed"), (429, "too_many_attempts")),
)
def give_code(
    actor: Actor, principal: Principal, body: CodeBody, device_token: str, agent: str, now: datetime
) -> Reply:
    """Each code works once. The session goes on under a new token."""
    browser = browser_named(agent)
    return signed_in_reply(proof.give_code(actor, principal.session_hash, body.code, device_token, browser, now), now)


@routes.route(
    "/session/proof",
    method="POST",
    who=members() | staff() | displaced(),
    summary="Prove once more who one is",
    returns=SessionView,
    errors=((429, "too_many_attempts"),),
)
def prove(actor: Actor, principal: Principal, body: ProofBody, now: datetime) -> Reply:
    """For five minutes sensitive changes ask no more. The session goes on under a new token."""
    return signed_in_reply(proof.prove(actor, principal.session_hash, body.password, body.code, now), now)


@routes.route("/session", method="GET", who=members() | staff(), summary="Who is signed in")
def show_session(actor: Actor, principal: Principal, now: datetime) -> SessionView:
    """Asked without the background header it also keeps the session (CRD-8)."""
    return _view(actor, places.around_actor(actor), principal.seconds_left(now))


@routes.route(
    "/memberships", method="GET", who=members() | staff() | displaced(), summary="The organizations one belongs to"
)
def list_memberships(actor: Actor, now: datetime) -> OwnMembershipsView:
    """By name; those that are not active can't be opened (ACC-8)."""
    opened = actor.membership_id if isinstance(actor, Member) else None
    own = [
        OwnMembershipView(
            id=membership.id,
            organization=Named(organization.id, organization.name),
            role=membership.role,
            status=membership.status,
            open=membership.id == opened,
        )
        for membership, organization in switching.memberships(actor.id, now)
    ]
    return OwnMembershipsView(own)


@routes.route(
    "/session/membership",
    method="PUT",
    who=members() | displaced(),
    summary="Open another organization of one's own",
    errors=(
        (403, "account_inactive"),
        (403, "account_suspended"),
        (403, "account_disabled"),
        (403, "no_membership"),
        (404, "not_found"),
    ),
)
def open_membership(actor: Actor, principal: Principal, body: OpenMembershipBody, now: datetime) -> SessionView:
    """Everything after this is done for that organization, in every tab (ACC-8)."""
    opened, around = switching.open_membership(actor, principal.session_hash, body.membership_id, now)
    return _view(opened, around, principal.seconds_left(now))


@routes.route(
    "/session",
    method="DELETE",
    who=members() | staff() | displaced() | arriving(),
    summary="Sign out",
    status=204,
    returns=None,
)
def sign_out(actor: Actor, principal: Principal, now: datetime) -> Reply:
    """Ends the session and has the browser forget what it kept (S-SESS-06)."""
    actions.sign_out(actor, principal.session_hash, now)
    return Reply(
        headers={
            "Set-Cookie": f"{COOKIE}=; {_ATTRIBUTES}; Max-Age=0",
            "Clear-Site-Data": '"cache", "storage"',
        }
    )


def signed_in_reply(signed_in: SignedIn, now: datetime) -> Reply:
    """The session that begins or goes on, with its cookies."""
    session = signed_in.session
    seconds = int((min(session.idle_ends_at, session.ends_at) - now).total_seconds())
    cookies = [f"{COOKIE}={signed_in.token}; {_ATTRIBUTES}"]
    if signed_in.device_token:
        kept = int(DEVICE_KEPT.total_seconds())
        cookies.append(f"{DEVICE_COOKIE}={signed_in.device_token}; {_ATTRIBUTES}; Max-Age={kept}")
    view = _view(signed_in.actor, signed_in.around, seconds)
    view.displaced_another = signed_in.displaced_another
    return Reply(body=view, headers={"Set-Cookie": cookies}, seconds_left=seconds)


def _view(actor: Actor, around: Around, seconds_left: int) -> SessionView:
    user = around.user
    assert user is not None
    return SessionView(
        user=UserView(id=user.id, name=user.name, email=user.email, language=user.language),
        membership=_membership(actor, around) if isinstance(actor, Member) else None,
        staff=_staff(actor, around) if isinstance(actor, Staff) else None,
        seconds_left=seconds_left,
        warning_seconds=around.settings.session_warning_seconds,
        stage=actor.stage if isinstance(actor, Arriving) else None,
        factor=around.factor,
    )


def _membership(actor: Member, around: Around) -> MembershipView:
    organization = around.organizations[actor.organization_id]
    return MembershipView(
        id=actor.membership_id,
        organization=Named(organization.id, organization.name),
        role=actor.role,
        access_levels=sorted(actor.access_levels),
    )


def _staff(actor: Staff, around: Around) -> StaffView:
    return StaffView(
        roles=sorted(actor.roles),
        departments=[Named(department.id, department.name) for department in around.departments],
    )
