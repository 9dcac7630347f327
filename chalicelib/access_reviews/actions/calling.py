"""The plan calls a review (REV-1): who is called follows at once, the practices are told one after the other.

Everybody's deadline stands in the plan's settings, so it moves with the call itself. A long work then tells the
administrators of each practice and sets its timer; for a call of some practices it moves their deadlines, too. Each
practice is done in one transaction with the work's move past it, so that it is told once.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from chalicelib.access_reviews.domain import calls as rules
from chalicelib.access_reviews.domain.calls import Call, Caller
from chalicelib.access_reviews.store import calls
from chalicelib.access_reviews.store import state as states
from chalicelib.accounts.actions import saving
from chalicelib.core import ids, work
from chalicelib.core.access import Staff, system
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.work import Chunk, Work
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store

KIND = "review_call"
# Seven rows each, and those of the change itself.
_AT_ONCE = 12


def call(actor: Staff, organization_ids: Sequence[str] | None, until: date, now: datetime) -> Call:
    """Call a review of everybody, or of some practices. Raises Invalid naming what is wrong."""
    settings = plan_store.settings()
    zone = ZoneInfo(settings.time_zone)
    chosen = None if organization_ids is None else list(dict.fromkeys(organization_ids))
    errors = rules.check(until, zone, settings.review_days, now)
    known = organizations.by_id(chosen or ())
    errors += _unknown(chosen or (), known)
    before = [settings.review_by] if chosen is None else [one.review_by for one in known.values()]
    if not errors and any(rules.gives_back(rules.ends_at(until, zone), each, now) for each in before):
        errors.append(FieldError("/by", "called_sooner"))
    if errors:
        raise Invalid(fields=tuple(errors))
    made = Call(
        id=ids.sortable("cal", now),
        at=now,
        by=Caller(actor.id, actor.name),
        until=until,
        ends_at=rules.ends_at(until, zone),
        organizations=chosen,
    )
    return until_kept(lambda: _called(actor, made))


def _unknown(chosen: Sequence[str], known: Mapping[str, Organization]) -> list[FieldError]:
    return [
        FieldError(f"/organization_ids/{place}", "unknown_organization")
        for place, id_ in enumerate(chosen)
        if id_ not in known or known[id_].closed
    ]


def _called(actor: Staff, made: Call) -> Call:
    number = None if made.organizations is None else len(made.organizations)
    entry = Entry(action="review.called", object_id=made.id, after={"by": made.until.isoformat(), "number": number})
    planned = Change(actor, entry, made.at)
    calls.create(planned, made)
    if made.organizations is None:
        before, unchanged = plan_store.settings_to_change()
        after = msgspec.structs.replace(before, review_called_at=made.at, review_by=made.ends_at)
        planned.put(plan_store.settings_row(after), unchanged, Outrun())
    # It is promised: the deadline holds, so everybody hears of it.
    work.start(planned, KIND, parameters={"call_id": made.id}, total=number, must_finish=True)
    return planned.commit(made)


def step(of: Work, now: datetime) -> Chunk:
    """Tell the next practices."""
    made = calls.call(of.parameters["call_id"])
    if made.organizations is not None:
        start = int(of.position or 0)
        chosen, end = made.organizations[start : start + _AT_ONCE], start + _AT_ONCE
        position, finished = str(end), end >= len(made.organizations)
    else:
        page = organizations.page("", of.position or None, _AT_ONCE, (KIND, made.id))
        chosen = [one.id for one in page.items]
        position, finished = page.next_cursor or "end", page.next_cursor is None
    chunk = Chunk(position=position, done=len(chosen), finished=finished)
    return until_kept(lambda: _told(made, chosen, of, chunk, now))


def _told(made: Call, chosen: Sequence[str], of: Work, chunk: Chunk, now: datetime) -> Chunk:
    keys = [key for id_ in chosen for key in (organizations.organization_key(id_), states.key(id_))]
    rows = DirectoryRows(keys)
    action = "review.practices_called"
    planned = Change(system(KIND, of.id), Entry(action=action, object_id=made.id, after={"done": chunk.done}), now)
    for id_ in chosen:
        _tell(planned, made, organizations.organization_among(rows, id_), rows)
    moved = work.advance(planned, of, chunk)
    planned.commit(None)
    return moved


def _tell(planned: Change, made: Call, organization: Organization, rows: DirectoryRows) -> None:
    """Plan that one practice hears of it, is looked at in time, and isn't reminded of the same in the next morning."""
    if organization.closed:
        return
    if made.organizations is not None:
        if organization.review_called_at is not None and organization.review_called_at > made.at:
            return
        organizations.call_review(planned, organization.id, made.at, made.ends_at)
    before = states.among(rows, organization.id)
    known = before.told_due_at
    sooner = known if known is not None and made.at < known < made.ends_at else made.ends_at
    after = msgspec.structs.replace(before, told_at=planned.now, told_due_at=sooner, listed=before.listed or "open")
    states.plan(planned, before, after, Outrun())
    saving.arm_review(planned, organization.id)
    planned.emit("review.called", organization_id=organization.id)
