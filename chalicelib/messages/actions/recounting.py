"""Counting the unread messages anew (MSG-4): a badge that went astray is found, put right and told.

Counters are changed with their rows in one transaction, so there should be nothing to find. A mailbox is counted while
people go on: its counter says how often it was counted, and is set only when nothing was counted meanwhile.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import msgspec

from chalicelib.accounts.store import members
from chalicelib.core import log
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import BadRequest, Busy, Conflict
from chalicelib.core.journal import Entry as Record
from chalicelib.messages.store import counters, recounts
from chalicelib.messages.store.counters import Counted
from chalicelib.messages.store.recounts import Place
from chalicelib.organizations import store as organizations_store
from chalicelib.plan import store as plan_store

JOB = "reconcile_unread"
# Whoever is counted all the time is looked at again in the next round.
_TRIES = 5
# Mailboxes whose counters are read together, and after which the place is kept.
_TOGETHER = 25

MayGoOn = Callable[[], bool]


class Recounted(msgspec.Struct, kw_only=True):
    """What a run did."""

    counted: int = 0
    corrected: int = 0
    finished: bool = False
    """Whether the round came to its end; the next run goes on where this one stopped."""


class _Group(msgspec.Struct, frozen=True):
    """Mailboxes that are listed together: the departments', or an organization's."""

    cursor: str | None
    following: str | None
    organization_id: str | None
    mailboxes: list[str]


def recount_all(now: datetime, may_go_on: MayGoOn) -> Recounted:
    """Count every mailbox once a day, as far as there is time; may be run often, late, or by several at once."""
    done = Recounted()
    place = recounts.place(now.astimezone(UTC).date())
    if place.done:
        done.finished = True
        return done
    for group in _groups(place.cursor):
        after = place.after if group.cursor == place.cursor else ""
        waiting = [mailbox_id for mailbox_id in group.mailboxes if mailbox_id > after]
        for start in range(0, len(waiting), _TOGETHER):
            if not may_go_on():
                return done
            together = waiting[start : start + _TOGETHER]
            _recount(together, group.organization_id, now, done)
            recounts.keep(Place(place.day, group.cursor, together[-1]))
        if group.following is not None:
            recounts.keep(Place(place.day, group.following))
    recounts.keep(Place(place.day, done=True))
    done.finished = True
    return done


def recount(mailbox_id: str, organization_id: str | None, now: datetime) -> bool:
    """Count a mailbox; whether its counter was wrong and was put right."""
    for _ in range(_TRIES):
        counted = counters.counters([mailbox_id]).get(mailbox_id, Counted())
        unread = recounts.unread_rows(mailbox_id)
        if unread == counted.unread:
            return False
        record = Record(
            action="unread.corrected",
            object_id=mailbox_id,
            organization_id=organization_id,
            before={"unread": counted.unread},
            after={"unread": unread},
        )
        correcting = Change(system(JOB), record, now)
        counters.correct(correcting, mailbox_id, counted, unread)
        try:
            correcting.commit(None)
        except (Conflict, Busy):
            # Counted meanwhile: the difference may be that alone.
            continue
        # An alarm listens for this line (infra/template.yaml); which mailbox it was is in the journal.
        log.error("unread_corrected", job=JOB, count=unread - counted.unread)
        return True
    return False


def _recount(mailbox_ids: list[str], organization_id: str | None, now: datetime, done: Recounted) -> None:
    found = counters.counters(mailbox_ids)
    for mailbox_id in mailbox_ids:
        counted = found.get(mailbox_id, Counted())
        differs = recounts.unread_rows(mailbox_id) != counted.unread
        done.corrected += differs and recount(mailbox_id, organization_id, now)
        done.counted += 1


def _groups(cursor: str | None) -> Iterator[_Group]:
    """From a place on: the departments, then one organization after the other."""
    if cursor is None:
        yield _Group(None, "", None, sorted(department.id for department in plan_store.departments()))
    following: str | None = cursor or ""
    while following is not None:
        try:
            page = organizations_store.page("", following or None, 1, (JOB,))
        except BadRequest:
            # The key that signs cursors was changed: once more from the first.
            following = ""
            continue
        here, following = following, page.next_cursor
        for organization in page.items:
            ids = sorted(membership.id for membership in members.everybody(organization.id))
            yield _Group(here, following, organization.id, ids)
