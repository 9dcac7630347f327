"""What everybody may know about the plan, and its contacts by topic (PLT-6)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.core.access import PUBLIC, Staff, staff
from chalicelib.core.fields import Email, Phone
from chalicelib.core.http import Routes
from chalicelib.plan import store
from chalicelib.plan.actions import contacts as actions
from chalicelib.plan.domain import PlanSettings
from chalicelib.plan.domain.contacts import TOPICS, Contact, Topic

routes = Routes(__name__)

_ADMINISTRATORS = staff("plan_administrator")


class Helpdesk(msgspec.Struct):
    """How to reach the helpdesk."""

    phone: str
    hours: str


class PlanView(msgspec.Struct):
    """The plan as every page shows it (PLT-6)."""

    name: str
    time_zone: str
    helpdesk: Helpdesk
    contacts: tuple[Contact, ...]
    confidentiality_notice: str
    sharing_notice: str


class ContactBody(msgspec.Struct):
    """Whom to ask about a topic: by phone, by mail, or both."""

    topic: Topic
    phone: Phone | None = None
    email: Email | None = None


class ContactsBody(msgspec.Struct):
    """All of them; a topic that is left out has no contact."""

    contacts: Annotated[list[ContactBody], msgspec.Meta(max_length=len(TOPICS))]


class ContactsView(msgspec.Struct):
    """The contacts, and the version of the settings that an edit names."""

    contacts: tuple[Contact, ...]
    version: int


@routes.route("/plan", method="GET", who=PUBLIC, summary="The plan: name, helpdesk, contacts, notices")
def show_plan() -> PlanView:
    """The same for everybody."""
    plan = store.settings()
    return PlanView(
        name=plan.name,
        time_zone=plan.time_zone,
        helpdesk=Helpdesk(plan.helpdesk_phone, plan.helpdesk_hours),
        contacts=plan.contacts,
        confidentiality_notice=plan.confidentiality_notice,
        sharing_notice=plan.sharing_notice,
    )


@routes.route("/plan/contacts", method="GET", who=_ADMINISTRATORS, summary="The plan's contacts, to change them")
def list_contacts() -> ContactsView:
    """By topic."""
    return _view(store.settings())


@routes.route(
    "/plan/contacts", method="PUT", who=_ADMINISTRATORS, summary="Change the plan's contacts by topic", edits=True
)
def change_contacts(actor: Staff, version: int, body: ContactsBody, now: datetime) -> ContactsView:
    """They show on every page's help at once (PLT-6)."""
    wanted = [Contact(one.topic, one.phone or "", one.email or "") for one in body.contacts]
    return _view(actions.change(actor, version, wanted, now))


def _view(plan: PlanSettings) -> ContactsView:
    return ContactsView(plan.contacts, plan.version)
