"""The desk of a department in the demo: conversations that wait, are claimed, answered and closed (MSG-6)."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.core.access import Member, Staff
from chalicelib.messages.actions import conversations, filing, reading, sending
from chalicelib.messages.actions.sending import Draft, Sent
from chalicelib.messages.domain.conversations import Move
from chalicelib.plan.domain import Department


class Desk(msgspec.Struct, frozen=True):
    """A department, and the moment at which the demo is made."""

    department: Department
    now: datetime

    def ask(self, member: Member, hours: float, subject: str, text: str) -> Sent:
        """A member writes to the department, so many hours ago."""
        draft = Draft(mailbox_id=member.membership_id, text=text, urgent=False, upload_ids=[])
        return sending.send(member, draft, [self.department.id], [], subject, self._ago(hours))

    def read(self, agent: Staff, sent: Sent, hours: float) -> None:
        """An agent opens it."""
        reading.open_thread(agent, self.department.id, sent.thread_id, None, self._ago(hours))
        filing.mark(agent, self.department.id, sent.message_id, self._ago(hours), unread=False)

    def answer(self, agent: Staff, sent: Sent, hours: float, text: str) -> None:
        """An agent answers as the department."""
        draft = Draft(mailbox_id=self.department.id, text=text, urgent=False, upload_ids=[])
        sending.reply(agent, draft, sent.thread_id, sent.message_id, everyone=False, now=self._ago(hours))

    def move(self, agent: Staff, sent: Sent, hours: float, move: Move) -> None:
        """An agent does something with it as it is by then."""
        found = conversations.conversation(agent, self.department.id, sent.thread_id)
        conversations.move(agent, self.department.id, sent.thread_id, found.version, move, None, self._ago(hours))

    def note(self, agent: Staff, sent: Sent, hours: float, text: str) -> None:
        """An agent notes something for the colleagues."""
        conversations.add_note(agent, self.department.id, sent.thread_id, text, self._ago(hours))

    def _ago(self, hours: float) -> datetime:
        return self.now - timedelta(hours=hours)


def fill(desk: Desk, agents: tuple[Staff, Staff], omar: Member, cora: Member) -> None:
    """One that nobody has yet, one that somebody has with a note, one answered, one closed."""
    boris, edith = agents
    closed = desk.ask(omar, 96, "Address of the day program", "Where do we send the referral form?")
    desk.read(boris, closed, 90)
    desk.answer(boris, closed, 89, "To the address on the form; by this portal is fine too.")
    desk.move(boris, closed, 72, "close")
    answered = desk.ask(cora, 50, "Support coordinator", "Who is the support coordinator for our county?")
    desk.read(edith, answered, 47)
    desk.answer(edith, answered, 46, "Please write to this department; we pass it on the same day.")
    claimed = desk.ask(omar, 28, "Renewal of a support plan", "Which form do we use for the renewal?")
    desk.read(boris, claimed, 26)
    desk.move(boris, claimed, 26, "claim")
    desk.note(boris, claimed, 25, "The new form comes out on Monday. I answer then.")
    desk.read(edith, claimed, 20)
    desk.ask(cora, 3, "Training dates", "Are there dates for the spring training yet?")
