"""Enrollment sends nominations, verifies what comes back, returns or withdraws it (ORG-1).

Approving has a file of its own (`approving`), and so has what the executive does (`signing`).
"""

from datetime import datetime, timedelta
from typing import TypedDict

import msgspec

from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core import change, ids, links, timers
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment import impartial
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.domain.nominations import Nomination, RoundEnd, Verification
from chalicelib.enrollment.nomination_dossiers import Dossier, dossier, unsigned
from chalicelib.enrollment.store import nominations as store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization


class _About(TypedDict):
    """What an event of a nomination is about."""

    organization_id: str
    nomination_id: str
    round: str


class SentForm(msgspec.Struct, frozen=True):
    """A form that went out."""

    id: str
    round: int


def send(actor: Staff, organization_id: str, now: datetime) -> SentForm:
    """Send the executive a form, or a fresh one that takes the place of what is out (ORG-1).

    Raises NotFound, Conflict `organization_closed`, `executive_unknown`, `nomination_open`, `form_sent_lately`,
    `changed_meanwhile`.
    """
    organization_key, roster_key = organizations.organization_key(organization_id), roster_store.key(organization_id)
    rows = DirectoryRows([organization_key, roster_key, store.current_key(organization_id)])
    organization = organizations.find_among(rows, organization_id)
    if organization is None:
        raise NotFound
    current = store.current_id_among(rows, organization_id)
    before = store.nomination(organization_id, current) if current is not None else None
    after = _sent(organization, before, roster_store.among(rows, organization_id), actor.id, now)
    rules.require_room(before, now)
    planned = Change(actor, sent_entry(after), now)
    _plan_sent(planned, organization, before, after)
    return planned.commit(SentForm(after.id, after.round))


def plan_send(
    planned: Change, organization: Organization, before: Nomination | None, by: str, now: datetime
) -> Nomination:
    """Plan that a form goes out, with its audit record, its reminders and the mail. Returns what is out then.

    `before`: the current nomination, as `store.current` has it. Raises as `send` does; so does the commit when
    somebody was faster, but not for how many went out lately.
    """
    after = _sent(organization, before, roster_store.roster(organization.id), by, now)
    planned.record(sent_entry(after))
    _plan_sent(planned, organization, before, after)
    return after


def issue_link(planned: Change, nomination: Nomination, mail: str) -> str:
    """Plan a link to the form that is out, and return its token, for the mail alone (S-MAIL-02).

    `mail` tells the mails of a round apart, so that a reminder's link leaves the earlier one alive. The nomination must
    still be as it was read when this commits.
    """
    store.require(planned, nomination)
    subject = {
        "organization_id": nomination.organization_id,
        "nomination_id": nomination.id,
        "round": str(nomination.round),
        "mail": mail,
    }
    return links.issue(
        planned,
        "nomination",
        nomination.organization_id,
        nomination.executive_email,
        nomination.ends_at,
        subject,
    )


def look(actor: Staff, organization_id: str, nomination_id: str, now: datetime) -> Dossier:
    """A nomination with all around it; that it was read leaves a record (AUD-1). Raises NotFound."""
    found = dossier(organization_id, nomination_id, now)
    entry = Entry(action="nomination.viewed", object_id=nomination_id, organization_id=organization_id)
    change.note(actor, entry, now)
    return found


def verify(
    actor: Staff,
    organization_id: str,
    nomination_id: str,
    version: int,
    now: datetime,
    *,
    tin_matches: bool,
    npis_match: bool,
) -> Dossier:
    """Record whether TIN and NPIs of a signed form match what is known. Whoever approves builds on it (ORG-1).

    Raises NotFound, Stale, Forbidden `own_account` or `of_organization`, Conflict `nomination_<state>`,
    `organization_closed`.
    """
    found = _signed(organization_id, nomination_id, version, now)
    before, organization = found.nomination, found.organization
    made = Verification(
        tin_matches=tin_matches,
        npis_match=npis_match,
        tin=organization.tin,
        npis=rules.npis(organization),
        by=actor.id,
        by_name=actor.name,
        at=now,
    )
    after = _next(before, verification=made)
    facts = {"tin_matches": tin_matches, "npis_match": npis_match, "form_sha256": before.form_sha256}
    planned = Change(actor, _entry("nomination.verified", after, **facts), now)
    impartial.require(planned, found, actor)
    organizations.require_open(planned, organization_id)
    store.plan(planned, before, after)
    planned.commit(None)
    return msgspec.structs.replace(found, nomination=after)


def return_(
    actor: Staff, organization_id: str, nomination_id: str, version: int, reason: str, now: datetime
) -> Dossier:
    """Give a signed form back with a reason; a fresh link goes to the executive, and what was signed is kept (ORG-1).

    Raises as `verify` does, and Conflict `executive_unknown`.
    """
    found = _signed(organization_id, nomination_id, version, now)
    before = found.nomination
    after = rules.returned(before, found.organization, actor.id, reason, now)
    planned = Change(actor, _entry("nomination.returned", after, form_sha256=before.form_sha256), now)
    impartial.require(planned, found, actor)
    organizations.require_open(planned, organization_id)
    store.plan(planned, before, after)
    _plan_ended_round(planned, before, "returned", actor.id, reason)
    _arm_reminders(planned, after)
    planned.emit("nomination.returned", **_about(after))
    planned.commit(None)
    return unsigned(found, after)


def withdraw(actor: Staff, organization_id: str, nomination_id: str, version: int, now: datetime) -> Dossier:
    """End a nomination that nothing came of: its links open nothing any more.

    Raises NotFound, Stale, Forbidden as `verify` does once it is signed, Conflict `nomination_<state>`.
    """
    found = dossier(organization_id, nomination_id, now)
    rules.require_version(found.nomination, version)
    rules.require_open(found.nomination)
    planned = Change(actor, _entry("nomination.withdrawn", found.nomination), now)
    if found.nomination.state == "signed":
        impartial.require(planned, found, actor)
    after = _plan_withdrawn(planned, found.nomination, actor.id)
    planned.commit(None)
    return msgspec.structs.replace(found, nomination=after)


def plan_withdraw(planned: Change, nomination: Nomination, by: str) -> None:
    """Plan that an open nomination ends with something else, as with its organization (ORG-9)."""
    planned.record(_entry("nomination.withdrawn", nomination))
    _plan_withdrawn(planned, nomination, by)


def plan_reminded(planned: Change, nomination: Nomination, days: int) -> Nomination:
    """Plan that the executive is reminded of a form that is out (ORG-2); the mail follows from the event."""
    after = _next(nomination, reminded=days)
    planned.record(_entry("nomination.reminded", after, days=days))
    store.plan(planned, nomination, after)
    planned.emit("nomination.reminded", **_about(nomination), days=str(days))
    return after


def timer(nomination: Nomination, due: datetime) -> timers.Timer:
    """The timer that looks whether the executive is to be reminded in this round (ORG-2)."""
    subject = f"{nomination.organization_id}/{nomination.id}/{nomination.round}"
    return timers.Timer(schedule="enrollment", kind="nomination", subject=subject, due=due)


def sent_entry(nomination: Nomination) -> Entry:
    """What the audit record tells of a form that goes out."""
    return _entry("nomination.sent", nomination, successor=nomination.successor)


def _sent(organization: Organization, before: Nomination | None, roster: Roster, by: str, now: datetime) -> Nomination:
    # Whoever was an administrator first left a roster.
    successor = roster.version > 0
    return rules.sent(organization, before, ids.sortable("nom", now), by, now, successor=successor)


def _plan_sent(planned: Change, organization: Organization, before: Nomination | None, after: Nomination) -> None:
    anew = before is not None and before.id == after.id
    if before is not None and anew:
        _plan_ended_round(planned, before, "sent_anew", after.sent_by, "")
    else:
        store.plan_current(planned, before, after)
    store.plan(planned, before if anew else None, after)
    row = organizations.OrganizationRow
    same = (row.executive_email == organization.executive_email) & (row.executive_name == organization.executive_name)
    planned.check(row(*organizations.organization_key(organization.id)), same & row.closed_at.does_not_exist())
    _arm_reminders(planned, after)
    planned.emit("nomination.sent", **_about(after))


def _plan_ended_round(planned: Change, before: Nomination, ended: RoundEnd, by: str, reason: str) -> None:
    store.plan_round(planned, before, rules.ended_round(before, ended, by, reason, planned.now))


def _plan_withdrawn(planned: Change, before: Nomination, by: str) -> Nomination:
    after = _next(before, state="withdrawn", decided_by=by, decided_at=planned.now)
    store.plan(planned, before, after)
    planned.emit("nomination.withdrawn", **_about(after))
    return after


def _arm_reminders(planned: Change, nomination: Nomination) -> None:
    timers.arm(planned, timer(nomination, planned.now + timedelta(days=rules.REMINDER_DAYS[0])))


def _signed(organization_id: str, nomination_id: str, version: int, now: datetime) -> Dossier:
    found = dossier(organization_id, nomination_id, now)
    rules.require_version(found.nomination, version)
    rules.require_signed(found.nomination)
    if found.organization.closed:
        raise Conflict("organization_closed")
    return found


def _about(nomination: Nomination) -> _About:
    return {
        "organization_id": nomination.organization_id,
        "nomination_id": nomination.id,
        "round": str(nomination.round),
    }


def _next(before: Nomination, **changes: object) -> Nomination:
    return msgspec.structs.replace(before, version=before.version + 1, **changes)


def _entry(action: str, nomination: Nomination, **facts: str | int | bool | None) -> Entry:
    return Entry(
        action=action,
        object_id=nomination.id,
        organization_id=nomination.organization_id,
        after={"round": nomination.round, **facts},
    )
