"""Rules of secure messages (MSG-1..MSG-5): who reads what, who is answered, what a box shows."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.attachments.domain import Attachment
from chalicelib.core.errors import FieldError
from chalicelib.messages.domain.groups import MOST_PICKED, Distribution, Group

Box = Literal["inbox", "sent", "archived"]
Status = Literal["sending", "withdrawn"]
PartyKind = Literal["member", "department", "administrators", "everybody"]
"""The last two are groups of an organization, to whom staff write (MSG-1)."""

MOST_RECIPIENTS = 10
PAGE = 25


class Party(msgspec.Struct, frozen=True):
    """Someone who writes or is written to. The id is a membership's or a department's, and that of their mailbox.

    A group has the id and the name of its organization, and no mailbox of its own.
    """

    id: str
    kind: PartyKind
    name: str

    @property
    def is_group(self) -> bool:
        """Whether it stands for people who are not named."""
        return self.kind in ("administrators", "everybody")


class Forwarded(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier message within one that forwards it (MSG-5)."""

    sender: Party = msgspec.field(name="from")
    to: tuple[Party, ...]
    sent_at: datetime
    text: str


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a thread. Parties keep the name they had when it was sent."""

    id: str
    thread_id: str
    organization_id: str | None
    """The one organization its thread belongs to; None between departments (MSG-1)."""
    sender: Party
    sent_by: str
    """Id of the user who wrote it, also when they wrote as a department."""
    to: tuple[Party, ...]
    cc: tuple[Party, ...] = ()
    subject: str
    text: str
    urgent: bool = False
    sent_at: datetime
    attachments: tuple[Attachment, ...] = ()
    forwarded: tuple[Forwarded, ...] = ()
    """What it forwards, newest first."""
    left: tuple[Party, ...] = ()
    """Parties of its thread to whom it was not delivered any more (MSG-7), unless its distribution lists them."""
    distribution: Distribution | None = None
    """Set where it went to groups, or to more than one transaction takes."""
    withdrawn_at: datetime | None = None
    """When its sender withdrew it from those who had not read it (MSG-9)."""
    withdrawn_from: frozenset[str] = frozenset()
    """Ids of their mailboxes, where one transaction did it."""
    withdrawn_by: str | None = None
    """The long work that takes it back from more than that."""

    @property
    def recipients(self) -> tuple[Party, ...]:
        """Everybody it was sent to, by name or as a group."""
        return self.to + self.cc

    @property
    def has_groups(self) -> bool:
        """Whether it went to people who are not named."""
        return any(party.is_group for party in self.recipients)

    @property
    def is_by_row(self) -> bool:
        """Whether the row in a box tells who reads it: its readers aren't named, or come and go one after the other."""
        return self.has_groups or self.is_worked_on

    @property
    def is_worked_on(self) -> bool:
        """Whether a work delivers it or takes it back: who is named may not have it yet, or not any more (MSG-7)."""
        return self.withdrawn_by is not None or (
            self.distribution is not None and self.distribution.work_id is not None
        )


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A message as one row of a box (MSG-3): no text."""

    mailbox_id: str
    box: Box
    message_id: str
    thread_id: str
    subject: str
    party: str
    """Names shown as From, in the sent box as To: of groups first, which are called as their organization."""
    groups: tuple[Party, ...] = ()
    """The groups among them (MSG-1)."""
    urgent: bool
    has_attachments: bool
    received_at: datetime
    unread: bool
    status: Status | None = None
    """`sending` in Sent until everybody has it (MSG-7); `withdrawn` of one that was read before (MSG-9)."""
    read_at: datetime | None = None
    """When the mailbox had it before its eyes first: opened, printed, downloaded from, answered, forwarded or marked.

    Marking it unread doesn't undo that (MSG-7, MSG-9). `unread` and the badge are as the mailbox likes them (MSG-5).
    """


def is_taken_back(message: Message, entry: Entry) -> bool:
    """Whether a copy goes, or as good as went, by the long work that withdraws its message: it was not read before.

    Marking it as read from then on shows nothing of it (MSG-9).
    """
    if message.withdrawn_by is None or message.withdrawn_at is None:
        return False
    return entry.unread if entry.read_at is None else entry.read_at > message.withdrawn_at


def may_read(message: Message, mailbox_id: str, entry: Entry | None = None) -> bool:
    """Whether a mailbox holds the message: it wrote it or was written to; nobody joins later (MSG-1, S-AZ-10).

    `entry`: the row in its box that the message made as it was sent, by which a member of a group is known, and that a
    large send has come to whoever is named (MSG-7). Who had not read it when it was withdrawn never will (MSG-9).
    """
    if mailbox_id == message.sender.id:
        return True
    if mailbox_id in message.withdrawn_from:
        return False
    if message.is_by_row and entry is not None:
        return not is_taken_back(message, entry)
    return not message.is_worked_on and any(mailbox_id == party.id for party in message.recipients)


def check_recipients(
    to: list[str], cc: list[str], groups: Sequence[Group] = (), *, staff: bool = False
) -> list[FieldError]:
    """What is wrong with the numbers of a message's recipients, beside its groups (MSG-7)."""
    most = MOST_PICKED if staff else MOST_RECIPIENTS
    errors = []
    if not to and not groups:
        errors.append(FieldError("/to", "required"))
    if len(to) + len(cc) > most:
        errors.append(FieldError("/to", "too_many", most))
    if len({*to, *cc}) < len(to) + len(cc):
        errors.append(FieldError("/cc" if len({*to}) == len(to) else "/to", "repeated"))
    if len({*groups}) < len(groups):
        errors.append(FieldError("/groups", "repeated"))
    return errors


def reply_recipients(
    message: Message, mailbox_id: str, *, everyone: bool
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """To and CC of an answer written from a mailbox: the sender, or with `everyone` all who had the message (MSG-5).

    An answer to one's own message goes to whom it went; to oneself only when there is nobody else.
    """
    own = message.sender.id == mailbox_id
    if not own and not everyone:
        return (message.sender,), ()
    served = {mailbox_id, message.sender.id}
    first = () if own else (message.sender,)
    to = first + tuple(party for party in message.to if party.id not in served)
    cc = tuple(party for party in message.cc if party.id not in served) if everyone else ()
    return (to, cc) if to or cc else (message.to, ())


def check_answered(number: int, *, staff: bool) -> list[FieldError]:
    """What is wrong with an answer that would go to so many: members address ten, however they came to be addressed.

    Staff answer no more people than they could pick (MSG-7).
    """
    return [] if staff or number <= MOST_RECIPIENTS else [FieldError("/all", "too_many_to_answer", MOST_RECIPIENTS)]


def entries(message: Message) -> Iterable[Entry]:
    """The rows a message makes: one in its sender's sent box, an unread one in each named recipient's inbox."""
    yield sent_entry(message)
    for party in message.recipients:
        if not party.is_group:
            yield received_entry(message, party.id)


def sent_entry(message: Message, status: Status | None = None) -> Entry:
    """The row in its sender's sent box."""
    return msgspec.structs.replace(_entry(message, message.sender.id, "sent"), status=status)


def received_entry(message: Message, mailbox_id: str) -> Entry:
    """The row in the inbox of somebody it reaches."""
    return _entry(message, mailbox_id, "inbox")


def _entry(message: Message, mailbox_id: str, box: Box) -> Entry:
    # Groups first; the others stay in their order.
    shown = sorted(message.recipients, key=lambda party: not party.is_group) if box == "sent" else [message.sender]
    return Entry(
        mailbox_id=mailbox_id,
        box=box,
        message_id=message.id,
        thread_id=message.thread_id,
        subject=message.subject,
        party=_names(shown),
        groups=tuple(party for party in shown if party.is_group),
        urgent=message.urgent,
        has_attachments=bool(message.attachments),
        received_at=message.sent_at,
        unread=box == "inbox",
    )


def ungrouped(entry: Entry) -> str:
    """The names of a row that are not a group's."""
    return entry.party.removeprefix(_names(entry.groups)).removeprefix("; ")


def _names(parties: Iterable[Party]) -> str:
    return "; ".join(party.name for party in parties)


def counts(entry: Entry) -> bool:
    """Whether a row counts on the badge: unread and in the inbox (MSG-4)."""
    return entry.unread and entry.box == "inbox"
