"""What agents do with the conversations of their departments (MSG-6), and what messages do to them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.core import cursors, ids
from chalicelib.core.access import Actor, Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.core.journal import Entry, Facts
from chalicelib.core.outrun import Outrun
from chalicelib.messages import recipients
from chalicelib.messages import store as messages
from chalicelib.messages.domain import Message, Party
from chalicelib.messages.domain import conversations as domain
from chalicelib.messages.domain.conversations import Agent, Conversation, Move, Note, Reading
from chalicelib.messages.store import answering, notes
from chalicelib.messages.store import conversations as store
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import StaffMember, is_agent

_DONE: dict[Move, str] = {
    "claim": "claimed",
    "release": "released",
    "reassign": "reassigned",
    "close": "closed",
    "reopen": "reopened",
}


class Noted(msgspec.Struct, frozen=True):
    """A note that was kept."""

    id: str


def conversation(actor: Staff, mailbox_id: str, thread_id: str) -> Conversation:
    """A conversation of one of the actor's departments. Raises NotFound for any other."""
    found = store.conversation(recipients.mailbox(actor, mailbox_id), thread_id)
    if found is None:
        raise NotFound
    return found


def follow(planned: Change, message: Message, *, seen: str | None = None, new_thread: bool = False) -> None:
    """Plan what a message does to the conversations of the departments that it comes from and goes to.

    `seen` is the newest message that the person who answers had before them. Raises Conflict `answered_meanwhile`; the
    commit raises Outrun, so it goes through `outrun.until_kept`. In a new thread nothing is read: there is none yet.
    """
    arriving = [party.id for party in message.recipients if party.kind == "department"]
    writing = [message.sender.id] if message.sender.kind == "department" else []
    concerned = list(dict.fromkeys([*writing, *arriving]))
    known = {} if new_thread or not concerned else store.conversations(concerned, message.thread_id)
    for mailbox_id in concerned:
        before = after = known.get(mailbox_id)
        if after is not None and mailbox_id in writing:
            after = domain.answered(after, message, _agent(planned.actor), seen)
        if mailbox_id in arriving:
            after = domain.arrived(after, mailbox_id, message)
        if after is not None and before is None:
            store.begin(planned, after, Outrun())
        elif after is not None and before is not None:
            store.replace(planned, before, after, Outrun())


def withdraw(planned: Change, message: Message, parties: Sequence[Party]) -> None:
    """Plan what becomes of the conversations of these departments when a message to them is withdrawn (MSG-9).

    The commit raises Outrun, so it goes through `outrun.until_kept`.
    """
    departments = [party.id for party in parties if party.kind == "department" and party.id != message.sender.id]
    if not departments:
        return
    for mailbox_id, before in store.conversations(departments, message.thread_id).items():
        page = messages.thread_page(planned.actor.id, message.thread_id, mailbox_id, None)
        after = domain.withdrawn(before, message, [each for each in page.items if each.id != message.id])
        if after is None:
            store.remove(planned, before, Outrun())
        else:
            store.replace(planned, before, after, Outrun())


def note_opened(planned: Change, mailbox_id: str, thread_id: str) -> bool:
    """Plan, in a department's inbox, that its agent has read what is new in a thread; whether something is (MSG-6).

    The commit raises Outrun when all of it was withdrawn at this moment, so it goes through `until_kept`.
    """
    actor = planned.actor
    found = store.conversation(mailbox_id, thread_id) if isinstance(actor, Staff) else None
    if found is None or not domain.has_news(found, actor.id):
        return False
    agent = _agent(actor)
    store.add_reading(planned, found, Reading(agent.user_id, agent.name, planned.now), Outrun())
    return True


def move(
    actor: Staff, mailbox_id: str, thread_id: str, version: int, verb: Move, to: str | None, now: datetime
) -> Conversation:
    """Claim, release, reassign (`to` a colleague), close or reopen a conversation. Returns it afterwards.

    Raises NotFound, Stale, Conflict as `domain.moved` does, Invalid for a colleague who is no agent of the department.
    """
    if (verb == "reassign") != (to is not None):
        raise Invalid(fields=(FieldError("/to", "required" if to is None else "not_one_of_these"),))
    before = conversation(actor, mailbox_id, thread_id)
    if before.version != version:
        raise Stale
    holder = _colleague(mailbox_id, to) if to is not None else None
    after = domain.moved(before, verb, _agent(actor), Agent(holder.user_id, holder.name) if holder else None)
    if after == before:
        return before
    entry = Entry(action=f"conversation.{_DONE[verb]}", object_id=thread_id, before=_facts(before), after=_facts(after))
    planned = Change(actor, entry, now)
    store.replace(planned, before, after, Stale())
    if holder is not None:
        # They may leave the department at this moment.
        row = plan_store.StaffRow(*plan_store.staff_key(holder.user_id))
        planned.check(row, plan_store.still_staff(holder), Stale())
    planned.commit(None)
    return after


def add_note(actor: Staff, mailbox_id: str, thread_id: str, text: str, now: datetime) -> Noted:
    """Note something for the colleagues; providers never see it."""
    conversation(actor, mailbox_id, thread_id)
    note = Note(id=ids.sortable("not", now), user_id=actor.id, name=actor.name, text=text, at=now)
    entry = Entry(action="conversation.noted", object_id=thread_id, after={"mailbox": mailbox_id, "note": note.id})
    planned = Change(actor, entry, now)
    planned.create(notes.row(mailbox_id, thread_id, note))
    # All of it may be deleted at this moment (MSG-10); a note would stay behind.
    store.touch(planned, mailbox_id, thread_id, NotFound())
    return planned.commit(Noted(note.id))


def begin_answering(actor: Staff, mailbox_id: str, thread_id: str, now: datetime) -> list[domain.Answering]:
    """Say that the actor is writing an answer, for the next 45 seconds. Returns the colleagues who are, too."""
    conversation(actor, mailbox_id, thread_id)
    answering.touch(mailbox_id, thread_id, _agent(actor), now)
    return domain.others_answering(answering.those_answering(mailbox_id, thread_id), actor.id, now)


def end_answering(actor: Staff, mailbox_id: str, thread_id: str) -> None:
    """Say that the actor is not writing an answer any more; also where they were not."""
    conversation(actor, mailbox_id, thread_id)
    answering.drop(mailbox_id, thread_id, actor.id)


def agents(actor: Staff, mailbox_id: str, cursor: str | None, size: int) -> cursors.Page[Agent]:
    """A page of the active agents of a department, by name."""
    recipients.mailbox(actor, mailbox_id)
    page = plan_store.staff_page(
        lambda place: is_agent(place, mailbox_id), cursor, size, ("agents", actor.id, mailbox_id)
    )
    return cursors.Page([Agent(place.user_id, place.name) for place in page.items], page.next_cursor)


def _colleague(mailbox_id: str, user_id: str) -> StaffMember:
    place = plan_store.staff_member(user_id)
    if place is None or not is_agent(place, mailbox_id):
        raise Invalid(fields=(FieldError("/to", "unknown_agent"),))
    return place


def _agent(actor: Actor) -> Agent:
    return Agent(actor.id, actor.name if isinstance(actor, Staff) else "")


def _facts(one: Conversation) -> Facts:
    return {
        "mailbox": one.mailbox_id,
        "state": one.state,
        "claimed_by": one.claimed_by.user_id if one.claimed_by else None,
    }
