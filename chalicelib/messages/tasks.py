"""What of the Message Center waits for somebody (NOT-5)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from chalicelib.core.access import Actor, Member, Staff
from chalicelib.core.answers import Named
from chalicelib.core.waiting import FIRST, MOST, Task, Waiting, waiting
from chalicelib.messages.domain.drafts import LEFT_LYING
from chalicelib.messages.store import conversations, drafts, reports
from chalicelib.plan import store as plan_store

Kind = Literal["waiting_conversations", "misdirected", "draft"]


def of_agents(actor: Staff, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Conversations of an agent's departments that wait for an answer, but for those that colleagues have (MSG-6).

    A query for each department; of many departments fewer each are looked at. And the agent's own drafts.
    """
    departments = plan_store.departments_by_id(actor.mailboxes).values()
    places = [Named(one.id, one.name) for one in sorted(departments, key=lambda one: one.name.casefold())]
    most = max(FIRST, MOST // max(1, len(places)))
    for place in places:
        found, more = conversations.longest_waiting(place.id, most)
        open_to = (one for one in found if not one.is_anothers(actor.id))
        tasks = (Task(one.thread_id, one.subject, one.waiting_since) for one in open_to)
        yield "waiting_conversations", waiting(tasks, more=more, place=place)
    yield from _drafts(actor, places, now)


def of_members(actor: Member, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """A member's own drafts; their mailbox has no name besides theirs."""
    yield from _drafts(actor, [Named(actor.membership_id, "")], now)


def _drafts(actor: Actor, places: list[Named], now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """One's own drafts that were begun more than a day ago (MSG-2), by mailbox: few of each, as drafts are large."""
    keeping = drafts.keeping(actor.id, [place.id for place in places])
    for place in places:
        if place.id in keeping:
            found, more = drafts.begun_before(place.id, actor.id, now - LEFT_LYING, FIRST)
            tasks = (Task(one.id, one.contents.subject, one.saved_at) for one in found)
            yield "draft", waiting(tasks, more=more, place=place)


def of_plan_administrators(_actor: Staff, _now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Messages that came to somebody in error, until the plan has dealt with them (MSG-5): who told it, no more."""
    found, more = reports.oldest_open(MOST)
    yield "misdirected", waiting((Task(one.id, one.reporter_name, one.reported_at) for one in found), more=more)
