"""What administrators and enrollment are told of access reviews (REV-1, REV-4, ORG-4): how many wait, never who.

What is counted is counted in the moment of sending (S-MAIL-05); where nothing is left to do nobody is told.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, clocks, may_act, statuses
from chalicelib.accounts.domain.clocks import NEVER, Clock
from chalicelib.accounts.domain.stages import stage
from chalicelib.accounts.store import activities, reviewing, rosters
from chalicelib.core.events import Event
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.texts import Language
from chalicelib.notifications import dates, store
from chalicelib.notifications.actions import sending
from chalicelib.notifications.actions.sending import Notice, Telling
from chalicelib.notifications.domain import Category, addresses
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings

_ENROLLMENT = "enrollment"
_CATEGORY: Category = "ACCESS_REVIEW"


class _Practice(msgspec.Struct, frozen=True, kw_only=True):
    """An organization, and what its deadlines come from."""

    organization: Organization
    settings: PlanSettings
    administrators: list[Membership]
    """Those who may act at this moment."""


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an event tells whom, as things are now; empty for those who aren't told."""

    to_administrators: str = ""
    to_plan: str = ""
    number: int = 0
    until: datetime | None = None
    """Counted are those last verified at or before that, and the suspended."""
    by: datetime | None = None


def notify(event: Event, now: datetime) -> None:
    """Tell whom it concerns; hears the events of `_TOLD`. Raises StaysOpen, StillSending, or what SES raises."""
    practice = _practice(event.ids["organization_id"], now)
    told = _TOLD[event.name](event, practice, now)
    if told is not None:
        sending.to_each(partial(sending.notify, telling, now) for telling in _tellings(event, practice, told))


def look(event: Event, receiver: str, now: datetime) -> Telling | None:
    """What one receiver is told because of such an event, as things are now; None when nothing any more."""
    practice = _practice(event.ids["organization_id"], now)
    told = _TOLD[event.name](event, practice, now)
    if told is None:
        return None
    return next((one for one in _tellings(event, practice, told) if one.notice.receiver == receiver), None)


def _practice(organization_id: str, now: datetime) -> _Practice:
    organization_key = organizations.organization_key(organization_id)
    rows = DirectoryRows([plan_store.SETTINGS_KEY, organization_key, rosters.key(organization_id)])
    settings = plan_store.settings_among(rows)
    organization = organizations.organization_among(rows, organization_id)
    roster = rosters.among(rows, organization_id)
    members = accounts_store.memberships_by_id(organization_id, sorted(roster.active)).values()
    used = activities.activities(one.user_id for one in members)
    as_of = (
        statuses.as_of(
            one, now, Clock(settings=settings, organization=organization, activity=used.get(one.user_id, NEVER))
        )
        for one in members
    )
    return _Practice(
        organization=organization, settings=settings, administrators=[one for one in as_of if may_act(one)]
    )


def _tellings(event: Event, practice: _Practice, told: _Told) -> Iterator[Telling]:
    if told.to_administrators:
        for membership in practice.administrators:
            theirs = _without_own(told, membership)
            if theirs is not None:
                yield _to_administrator(event, practice, theirs, membership)
    if told.to_plan and practice.settings.enrollment_address:
        notice = Notice(
            event=event,
            receiver=_ENROLLMENT,
            organization_id=practice.organization.id,
            category=_CATEGORY,
            person=_ENROLLMENT,
            # On the same day (ORG-4): it isn't kept for the morning after.
            urgent=event.name == "organization.without_administrator",
        )
        yield Telling(
            notice=notice,
            address=practice.settings.enrollment_address,
            language="en",
            template=told.to_plan,
            places=_places(told, "en", practice),
        )


def _without_own(told: _Told, membership: Membership) -> _Told | None:
    """What an administrator is told: their own review is for somebody else (REV-2); None where nothing is left."""
    if told.until is None:
        return told
    own = membership.verified_at is not None and membership.verified_at <= told.until
    return msgspec.structs.replace(told, number=told.number - own) if told.number > own else None


def _to_administrator(event: Event, practice: _Practice, told: _Told, membership: Membership) -> Telling:
    user = accounts_store.user(membership.user_id)
    chosen = store.preferences(user.id)
    notice = Notice(
        event=event,
        receiver=membership.id,
        organization_id=membership.organization_id,
        category=_CATEGORY,
        person=user.id,
    )
    return Telling(
        notice=notice,
        address=addresses.goes_to(_CATEGORY, user.email, chosen.notice_address),
        language=user.language,
        template=told.to_administrators,
        places=_places(told, user.language, practice),
    )


def _places(told: _Told, language: Language, practice: _Practice) -> dict[str, object]:
    zone = ZoneInfo(practice.settings.time_zone)
    by = {} if told.by is None else {"deadline": dates.deadline(language, told.by, zone)}
    return {"number": told.number, **by}


def _of_reminder(event: Event, practice: _Practice, now: datetime) -> _Told | None:
    """Some are still to be reviewed, and the first deadline comes near: not where it has become a later one."""
    days = practice.settings.review_reminder_days
    first = reviewing.first_verified_at(practice.organization.id, after=_over(practice, now))
    due_at = clocks.review_due_at(first, practice.settings, practice.organization)
    if due_at is None or str(stage(due_at, days, now)) != event.ids["days"]:
        return None
    until = _open_until(practice, now)
    return _Told(to_administrators="review_reminded", number=_count(practice, until), until=until, by=due_at)


def _of_overdue(_event: Event, practice: _Practice, now: datetime) -> _Told | None:
    """Some were not reviewed in time, and haven't been since."""
    late = _count(practice, _over(practice, now))
    return _Told(to_administrators="review_overdue", to_plan="review_overdue_plan", number=late) if late else None


def _of_call(_event: Event, practice: _Practice, now: datetime) -> _Told | None:
    """The plan wants them to review everybody; the last call that isn't over, where somebody is left to be reviewed."""
    by = {at: ends for at, ends in _calls(practice) if ends > now}
    if not by:
        return None
    until = _open_until(practice, now)
    return _Told(to_administrators="review_called", number=_count(practice, until), until=until, by=by[max(by)])


def _of_nobody(_event: Event, practice: _Practice, _now: datetime) -> _Told | None:
    """Nobody runs their accounts any more (ORG-4)."""
    return None if practice.administrators else _Told(to_plan="without_administrator")


def _calls(practice: _Practice) -> Iterator[tuple[datetime, datetime]]:
    """When the plan called reviews that concern the practice, and when each ends."""
    for called in (practice.settings, practice.organization):
        if called.review_called_at is not None and called.review_by is not None:
            yield called.review_called_at, called.review_by


def _over(practice: _Practice, now: datetime) -> datetime:
    """Whoever was last verified at or before that instant is late."""
    return clocks.due_if_verified_until(now, practice.settings, practice.organization)


def _open_until(practice: _Practice, now: datetime) -> datetime:
    """Whoever was last verified at or before that waits to be reviewed: late, due within the first reminder, called."""
    settings = practice.settings
    opens = timedelta(days=max(settings.review_reminder_days, default=0))
    return max([now + opens - timedelta(days=settings.review_days), *(at for at, _ in _calls(practice))])


def _count(practice: _Practice, until: datetime) -> int:
    id_ = practice.organization.id
    return reviewing.count_late(id_) + reviewing.count_verified_until(id_, until)


_TOLD: dict[str, Callable[[Event, _Practice, datetime], _Told | None]] = {
    "organization.without_administrator": _of_nobody,
    "review.called": _of_call,
    "review.overdue": _of_overdue,
    "review.reminded": _of_reminder,
}
