"""Who is writing an answer in a conversation (MSG-6), in the short-lived table: nothing is decided by it."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action

from chalicelib.core import change
from chalicelib.core.tables import ShortLivedRow
from chalicelib.messages.domain.conversations import ANSWERING, Agent, Answering


class AnsweringRow(ShortLivedRow, discriminator="answering"):
    """pk `ANSWERING#<department id>#<thread id>`, sk `<user id>`."""

    name = UnicodeAttribute()
    since = UTCDateTimeAttribute()


def those_answering(mailbox_id: str, thread_id: str) -> list[Answering]:
    """Who is or was writing an answer lately; a department has tens of agents, so they are read whole."""
    rows = AnsweringRow.query(f"ANSWERING#{mailbox_id}#{thread_id}", consistent_read=True)
    return [Answering(row.sk, row.name, row.since, row.expires_at) for row in rows if row.expires_at]


def touch(mailbox_id: str, thread_id: str, agent: Agent, now: datetime) -> None:
    """Say that an agent is writing an answer, for a while from now."""
    row = AnsweringRow(f"ANSWERING#{mailbox_id}#{thread_id}", agent.user_id)
    ends = AnsweringRow.expires_at.set(now + ANSWERING)
    if change.touch(row, [ends], AnsweringRow.expires_at > now):
        return
    begun: list[Action] = [ends, AnsweringRow.name.set(agent.name), AnsweringRow.since.set(now)]
    # One past its end may still be there: TTL is late (house rule 4). If it goes on after all, another tab was faster.
    change.touch(row, begun, AnsweringRow.pk.does_not_exist() | (AnsweringRow.expires_at <= now))


def drop(mailbox_id: str, thread_id: str, user_id: str) -> None:
    """Say that an agent is not writing an answer any more."""
    change.swap(AnsweringRow(f"ANSWERING#{mailbox_id}#{thread_id}", user_id), None)
