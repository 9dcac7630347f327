"""The first staff account, by whoever runs the deployment (CRD-11, S-AUTH-17): there are no default accounts.

It makes one plan administrator, who registers by the mailed link like everybody else, and the plan's settings where
there are none. Everybody after that is created in the portal.
"""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import newcomers
from chalicelib.accounts.actions import staff as staff_actions
from chalicelib.accounts.actions.staff import NewStaff
from chalicelib.core import writing
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, FieldError, Invalid
from chalicelib.core.fields import Email, PersonName, Phone, Subject
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.texts import Language
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings

_CONFIDENTIALITY = (
    "This message may contain protected health information. It is meant only for the people it is addressed to. If it "
    "reached you in error, do not use or pass it on, and tell the plan."
)
_SHARING = "Your sign-in is yours alone. Sharing it is against policy: everyone can have an account of their own."


class PlanFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What every page and mail says of the plan; the rest of its settings starts as it comes."""

    name: Subject
    helpdesk_phone: Phone
    helpdesk_hours: Subject
    time_zone: Subject = "America/New_York"


class FirstAdministrator(msgspec.Struct, frozen=True, kw_only=True):
    """Who runs the staff accounts from now on."""

    name: PersonName
    email: Email
    phone: Phone
    language: Language = "en"
    plan: PlanFacts | None = None
    """Asked for where the plan has no settings yet."""


def bootstrap(first: FirstAdministrator, request_id: str, now: datetime) -> str:
    """Make the first plan administrator and let the registration mail go out. Returns the id of the user.

    Raises Conflict `staff_exist` when there is any staff account, Invalid naming every wrong field; nothing changes
    then. Of several at once, one succeeds.
    """
    if plan_store.has_staff():
        raise Conflict("staff_exist")
    rows = DirectoryRows([store.email_key(first.email), plan_store.SETTINGS_KEY])
    has_settings = rows.get(plan_store.SettingsRow, plan_store.SETTINGS_KEY) is not None
    errors = [] if writing.is_address(first.email) else [FieldError("/email", "wrong_form")]
    if not has_settings and first.plan is None:
        errors.append(FieldError("/plan", "required"))
    if first.plan is not None and not _is_zone(first.plan.time_zone):
        errors.append(FieldError("/plan/time_zone", "wrong_form"))
    if errors:
        raise Invalid(fields=tuple(errors))
    person = newcomers.NewMember(name=first.name, email=first.email, phone=first.phone)
    user = newcomers.user_or_new(store.user_id_among(rows, first.email), person, first.language)
    new = NewStaff(name=first.name, email=first.email, phone=first.phone, roles=frozenset({"plan_administrator"}))
    place = staff_actions.new_place(user, new, now)
    planned = Change(system("bootstrap", request_id), staff_actions.created(place), now)
    planned.create(plan_store.bootstrap_row(user.id), Conflict("staff_exist"))
    if first.plan is not None and not has_settings:
        planned.create(plan_store.settings_row(_settings(first.plan)))
    staff_actions.plan_new(planned, user, place, {})
    return planned.commit(user.id)


def _is_zone(name: str) -> bool:
    """Whether quiet hours can be told in it (NOT-3)."""
    try:
        ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return False
    return True


def _settings(plan: PlanFacts) -> PlanSettings:
    return PlanSettings(
        name=plan.name,
        time_zone=plan.time_zone,
        helpdesk_phone=plan.helpdesk_phone,
        helpdesk_hours=plan.helpdesk_hours,
        confidentiality_notice=_CONFIDENTIALITY,
        sharing_notice=_SHARING,
    )
