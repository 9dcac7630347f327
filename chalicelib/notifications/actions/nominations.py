"""Mails to a practice's chief executive, who is no user, and to enrollment, about a nomination (ORG-1, ORG-2).

The token of a form's link is made here, at the moment of sending (S-MAIL-02); a mail that goes again has a fresh one,
and the link of another mail of the same round goes on. Whatever is no longer so mails nobody: another round, another
executive, a closed practice.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import normalised
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.events import Event
from chalicelib.core.journal import Entry
from chalicelib.core.texts import Language
from chalicelib.enrollment.actions import nominations
from chalicelib.enrollment.domain.daytime import by_day
from chalicelib.enrollment.domain.nominations import Nomination, form_is_out, still_leads
from chalicelib.enrollment.store import nominations as store
from chalicelib.enrollment.store import requests
from chalicelib.notifications import dates
from chalicelib.notifications.actions import executives, sending
from chalicelib.notifications.actions.sending import Notice, Telling
from chalicelib.notifications.domain import Category
from chalicelib.notifications.store import executives as executive_store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings

_ENROLLMENT = "enrollment"
_CATEGORY: Category = "USER_MANAGEMENT"


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an event tells whom, as things are now; empty for those who aren't told."""

    to_executive: str = ""
    to_plan: str = ""
    mail: str = ""
    """What tells the link in it from those of other mails of the round; empty where it has none."""


def notify(event: Event, now: datetime) -> None:
    """Tell whom it concerns; hears the events of `_TOLD`, and `nomination.requested`.

    Raises StaysOpen, StillSending, or what SES raises.
    """
    if event.name == "nomination.sent":
        _try_again(event, now)
    sending.to_each(partial(sending.notify, telling, now) for telling in _tellings(event, now))


def look(event: Event, receiver: str, now: datetime) -> Telling | None:
    """What one receiver is told because of such an event, as things are now; None when nothing any more."""
    return next((one for one in _tellings(event, now) if one.notice.receiver == receiver), None)


def _try_again(event: Event, now: datetime) -> None:
    found = _as_it_is(event)
    if found is not None and form_is_out(found[0], now):
        executives.try_again(event, found[0], now)


def _tellings(event: Event, now: datetime) -> Iterator[Telling]:
    settings = plan_store.settings()
    if event.name == "nomination.requested":
        if requests.request(event.ids["request_id"], now) is not None:
            yield from _to_plan(event, settings, "nomination_requested_plan", None)
        return
    found = _as_it_is(event)
    told = None if found is None else _TOLD[event.name](event, found[0], now)
    if found is None or told is None:
        return
    nomination, organization = found
    if told.to_executive and still_leads(nomination, organization):
        yield _to_executive(event, settings, told, nomination, now)
    if told.to_plan:
        yield from _to_plan(event, settings, told.to_plan, organization.id)


def _as_it_is(event: Event) -> tuple[Nomination, Organization] | None:
    """The nomination that an event is about, with its practice; None once another round has begun, or it is closed."""
    nomination = store.nomination(event.ids["organization_id"], event.ids["nomination_id"])
    organization = organizations.find(event.ids["organization_id"])
    if nomination is None or organization is None or organization.closed:
        return None
    return (nomination, organization) if event.ids["round"] == str(nomination.round) else None


def _to_plan(event: Event, settings: PlanSettings, template: str, organization_id: str | None) -> Iterator[Telling]:
    if not settings.enrollment_address:
        return
    notice = Notice(
        event=event,
        receiver=_ENROLLMENT,
        organization_id=organization_id,
        category=_CATEGORY,
        person=_ENROLLMENT,
    )
    yield Telling(notice=notice, address=settings.enrollment_address, language="en", template=template)


def _to_executive(event: Event, settings: PlanSettings, told: _Told, nomination: Nomination, now: datetime) -> Telling:
    language, zone = _language(nomination), ZoneInfo(settings.time_zone)
    by = dates.deadline(language, nomination.ends_at, zone)
    notice = Notice(
        event=event,
        receiver=nomination.id,
        organization_id=nomination.organization_id,
        category=_CATEGORY,
        # For each practice by itself: one executive of many has a form for each (S-MAIL-04). And links apart from
        # confirmations, which must not use up what the next link needs.
        bounded=f"{nomination.organization_id}#{normalised(nomination.executive_email)}",
        counted="NOMINATION" if told.mail else None,
        not_before=by_day(now, zone) if _by_itself(event, nomination) else None,
    )
    return Telling(
        notice=notice,
        address=nomination.executive_email,
        language=language,
        template=told.to_executive,
        places={"helpdesk": settings.helpdesk_phone, "deadline": by},
        mint=partial(_link, event, nomination, told.mail, now) if told.mail else None,
    )


def _by_itself(event: Event, nomination: Nomination) -> bool:
    """Whether the job writes, which rings nobody at night however late an event comes (ORG-2)."""
    return event.name == "nomination.reminded" or (
        event.name == "nomination.sent" and not nomination.sent_by.startswith("usr_")
    )


def _link(event: Event, nomination: Nomination, mail: str, now: datetime) -> str:
    entry = Entry(
        action="link.issued",
        object_id=nomination.id,
        organization_id=nomination.organization_id,
        after={"purpose": "nomination", "ends_at": nomination.ends_at.isoformat()},
    )
    planned = Change(system("notifications", event.request_id), entry, now)
    token = nominations.issue_link(planned, nomination, mail)
    planned.put(executive_store.row(nomination.executive_email, nomination.organization_id))
    planned.commit(None)
    return token


def _language(nomination: Nomination) -> Language:
    """That of the form they signed last, or of their own sign-in where they have one."""
    signed = store.forms(nomination)[:1]
    if signed:
        return signed[0].form.language
    user_id = accounts_store.user_id_of(nomination.executive_email)
    return "en" if user_id is None else accounts_store.user(user_id).language


def _of_form(_event: Event, nomination: Nomination, now: datetime) -> _Told | None:
    """The form that they can sign."""
    if not form_is_out(nomination, now):
        return None
    returned = nomination.state == "returned"
    return _Told(to_executive="nomination_returned" if returned else "nomination_form", mail="form")


def _of_reminder(event: Event, nomination: Nomination, now: datetime) -> _Told | None:
    """It is still out; of several reminders that come late the last one goes."""
    days = event.ids["days"]
    if not form_is_out(nomination, now) or days != str(nomination.reminded):
        return None
    return _Told(to_executive="nomination_reminder", mail=days)


def _of_signature(_event: Event, nomination: Nomination, _now: datetime) -> _Told | None:
    """Signed: staff look at it next, unless they have."""
    if nomination.state == "approved":
        return _Told(to_executive="nomination_signed")
    if nomination.state != "signed":
        return None
    return _Told(to_executive="nomination_signed", to_plan="nomination_signed_plan")


def _of_approval(_event: Event, nomination: Nomination, _now: datetime) -> _Told | None:
    return _Told(to_executive="nomination_approved") if nomination.state == "approved" else None


_TOLD: dict[str, Callable[[Event, Nomination, datetime], _Told | None]] = {
    "nomination.approved": _of_approval,
    "nomination.reminded": _of_reminder,
    "nomination.returned": _of_form,
    "nomination.sent": _of_form,
    "nomination.signed": _of_signature,
}
