"""Registering oneself (ACC-1)."""

from datetime import datetime

import msgspec

from chalicelib.accounts.actions import registrations as actions
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.core.access import PUBLIC, Origin
from chalicelib.core.answers import Reply
from chalicelib.core.fields import Email, PersonName, Phone, Tin
from chalicelib.core.http import Routes
from chalicelib.core.texts import Language

routes = Routes(__name__)


class RegistrationBody(msgspec.Struct):
    """Who somebody is, and the TIN of their practice."""

    name: PersonName
    email: Email
    phone: Phone
    tin: Tin
    language: Language = "en"
    """Of the mails that follow."""


@routes.route(
    "/registrations",
    method="POST",
    who=PUBLIC,
    summary="Ask for an account with one's practice",
    status=202,
    returns=None,
)
def register(body: RegistrationBody, origin: Origin, now: datetime) -> Reply:
    """The same answer whether the TIN or the address is known or not."""
    new = NewMember(name=body.name, email=body.email, phone=body.phone)
    actions.ask(new, body.tin, body.language, origin, now)
    return Reply()
