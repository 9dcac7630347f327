"""One's own profile: name, number, language, and the address one signs in with (ACC-10, CRD-10)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import PUBLIC, Actor, Origin, displaced, members, staff
from chalicelib.core.answers import Reply
from chalicelib.core.fields import Email, LinkToken, PersonName, Phone
from chalicelib.core.http import Routes
from chalicelib.core.texts import Language
from chalicelib.credentials import emails, profile

routes = Routes(__name__)

_THEMSELVES = members() | staff() | displaced()


class FactorView(msgspec.Struct):
    """The second factor that is enrolled."""

    enrolled_at: datetime
    recovery_codes_left: int


class ProfileView(msgspec.Struct, kw_only=True):
    """Everything of the Profile page."""

    id: str
    version: int
    name: str
    email: str
    pending_email: str | None
    """An address that waits to be confirmed by the link that went there."""
    phone: str
    language: Language
    password_changed_at: datetime
    password_ends_at: datetime
    questions_set_at: datetime | None
    factor: FactorView | None
    factor_required: bool
    """Whether their role asks for a second factor (CRD-9)."""


class ProfileBody(msgspec.Struct, kw_only=True):
    """What is to be different; what is left out, or null, stays."""

    name: PersonName | None = None
    phone: Phone | None = None
    language: Language | None = None


class NewEmailBody(msgspec.Struct):
    """The address one wants to sign in with."""

    email: Email


class EmailConfirmationBody(msgspec.Struct):
    """The token behind the `#` of the mailed link."""

    token: LinkToken


@routes.route("/profile", method="GET", who=_THEMSELVES, summary="One's own profile")
def show_profile(actor: Actor, now: datetime) -> ProfileView:
    """Of whoever is signed in; nobody sees somebody else's here."""
    return _view(profile.shown(actor, now))


@routes.route(
    "/profile",
    method="PATCH",
    who=_THEMSELVES,
    summary="Change one's name, number or language",
    edits=True,
    errors=((409, "changed_meanwhile"),),
)
def change_profile(actor: Actor, version: int, body: ProfileBody, now: datetime) -> ProfileView:
    """Lists of members and staff show it too, and their histories tell of it."""
    asked = profile.ProfileEdit(name=body.name, phone=body.phone, language=body.language)
    return _view(profile.edit(actor, version, asked, now))


@routes.route(
    "/profile/email",
    method="POST",
    who=_THEMSELVES,
    summary="Ask to sign in with another address",
    status=202,
    returns=None,
    step_up=True,
)
def ask_for_email(actor: Actor, body: NewEmailBody, now: datetime) -> Reply:
    """A link goes to the new address, a notice to the old one. The same answer whether the address is taken."""
    emails.ask(actor, body.email, now)
    return Reply()


@routes.route(
    "/profile/email",
    method="DELETE",
    who=_THEMSELVES,
    summary="Keep the address one has",
    status=204,
    returns=None,
)
def withdraw_email(actor: Actor, now: datetime) -> Reply:
    """The link that was mailed opens nothing any more."""
    emails.withdraw(actor, now)
    return Reply()


@routes.route(
    "/email-confirmations",
    method="POST",
    who=PUBLIC,
    summary="Confirm a new address by the mailed link",
    status=204,
    returns=None,
    errors=((409, "changed_meanwhile"), (410, "link_expired"), (412, "stale")),
)
def confirm_email(body: EmailConfirmationBody, origin: Origin, now: datetime) -> Reply:
    """From now on they sign in with it. Spends the link."""
    emails.confirm(body.token, origin, now)
    return Reply()


def _view(found: profile.Profile) -> ProfileView:
    user, factor = found.user, found.factor
    return ProfileView(
        id=user.id,
        version=user.version,
        name=user.name,
        email=user.email,
        pending_email=found.pending_email,
        phone=user.phone,
        language=user.language,
        password_changed_at=found.password_changed_at,
        password_ends_at=found.password_ends_at,
        questions_set_at=found.questions_set_at,
        factor=FactorView(factor.enrolled_at, len(factor.recovery)) if factor is not None else None,
        factor_required=found.factor_required,
    )
