"""Who holds a message, who is answered, what a box shows: the pure rules."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.attachments.domain import Attachment
from chalicelib.messages.domain import (
    MOST_RECIPIENTS,
    Box,
    Entry,
    Message,
    Party,
    check_recipients,
    counts,
    entries,
    may_read,
    reply_recipients,
)
from tests.world import START

PEOPLE = [Party(f"mem_{number}", "member", f"Person {number}") for number in range(6)]
TEAMS = [Party(f"dep_{number}", "department", f"Team {number}") for number in range(3)]
PARTIES = st.sampled_from(PEOPLE + TEAMS)


def _message(sender: Party, to: list[Party], cc: list[Party], *, attached: bool = False) -> Message:
    file = Attachment(id="upl_1", file_name="a.pdf", content_type="application/pdf", size=1, clean_key="k")
    return Message(
        id="msg_1",
        thread_id="thr_1",
        organization_id="org_1",
        sender=sender,
        sent_by="usr_1",
        to=tuple(to),
        cc=tuple(cc),
        subject="Subject",
        text="Text",
        sent_at=START,
        attachments=(file,) if attached else (),
    )


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """Any message that could have been sent: its recipients are each there once, the sender may be one of them."""
    recipients = draw(st.lists(PARTIES, min_size=1, max_size=8, unique=True))
    split = draw(st.integers(1, len(recipients)))
    return _message(draw(PARTIES), recipients[:split], recipients[split:])


@given(messages(), PARTIES)
def test_who_wrote_it_or_was_written_to_may_read_and_nobody_else(message: Message, party: Party) -> None:
    """MSG-1, S-AZ-10."""
    assert may_read(message, party.id) == (party in {message.sender, *message.recipients})


@given(messages())
def test_a_mailbox_holds_exactly_the_messages_it_may_read(message: Message) -> None:
    """MSG-3: a row for each mailbox that may read, one more where the sender wrote to themself."""
    held = {entry.mailbox_id for entry in entries(message)}
    assert held == {party.id for party in PEOPLE + TEAMS if may_read(message, party.id)}


@given(messages())
def test_rows(message: Message) -> None:
    """MSG-3: one in Sent, seen; one in each recipient's inbox, unread."""
    sent, *received = entries(message)
    assert (sent.mailbox_id, sent.box, sent.unread) == (message.sender.id, "sent", False)
    assert sent.party == "; ".join(party.name for party in message.recipients)
    assert [entry.mailbox_id for entry in received] == [party.id for party in message.recipients]
    assert {(entry.box, entry.unread, entry.party) for entry in received} == {("inbox", True, message.sender.name)}
    assert {entry.received_at for entry in [sent, *received]} == {START}


@given(messages(), st.booleans(), st.data())
def test_an_answer(message: Message, everyone: bool, data: st.DataObject) -> None:
    """MSG-5: nobody twice, nobody new, never oneself unless nobody else is there, always somebody."""
    participants = [message.sender, *message.recipients]
    answering = data.draw(st.sampled_from(participants))
    to, cc = reply_recipients(message, answering.id, everyone=everyone)
    answered = [*to, *cc]
    assert answered
    assert len(set(answered)) == len(answered)
    assert set(answered) <= set(participants)
    if answering in answered:
        assert answered == [answering]
        others = {*participants} if everyone else {message.sender, *message.to}
        assert others == {answering}


@given(messages(), st.data())
def test_an_answer_to_everyone_reaches_everyone(message: Message, data: st.DataObject) -> None:
    """MSG-5."""
    participants = {message.sender, *message.recipients}
    answering = data.draw(st.sampled_from(sorted(participants, key=lambda party: party.id)))
    to, cc = reply_recipients(message, answering.id, everyone=True)
    assert {*to, *cc} == (participants - {answering} or {answering})


@given(messages(), st.data())
def test_an_answer_goes_to_the_sender_alone(message: Message, data: st.DataObject) -> None:
    """MSG-5: who was CC'd, or addressed beside others, writes to the sender."""
    answering = data.draw(st.sampled_from(message.recipients))
    if answering != message.sender:
        assert reply_recipients(message, answering.id, everyone=False) == ((message.sender,), ())


def test_an_answer_to_ones_own_message_goes_where_that_went() -> None:
    """MSG-5: without CC unless everybody is answered."""
    mine, team, other = PEOPLE[0], TEAMS[0], PEOPLE[1]
    message = _message(mine, [team], [other])
    assert reply_recipients(message, mine.id, everyone=False) == ((team,), ())
    assert reply_recipients(message, mine.id, everyone=True) == ((team,), (other,))


def test_an_answer_to_everyone_keeps_to_and_cc_apart() -> None:
    message = _message(PEOPLE[0], [TEAMS[0], PEOPLE[1]], [PEOPLE[2], PEOPLE[3]])
    assert reply_recipients(message, PEOPLE[2].id, everyone=True) == (
        (PEOPLE[0], TEAMS[0], PEOPLE[1]),
        (PEOPLE[3],),
    )


def test_the_attachment_mark() -> None:
    assert [entry.has_attachments for entry in entries(_message(PEOPLE[0], [TEAMS[0]], [], attached=True))] == [
        True
    ] * 2
    assert not any(entry.has_attachments for entry in entries(_message(PEOPLE[0], [TEAMS[0]], [])))


def test_only_what_is_unread_in_the_inbox_counts() -> None:
    """MSG-4: archiving doesn't read, and an archived message doesn't count."""
    boxes: tuple[Box, ...] = ("inbox", "sent", "archived")
    counted = [(box, unread) for box in boxes for unread in (True, False) if counts(_entry(box, unread))]
    assert counted == [("inbox", True)]


def _entry(box: Box, unread: bool) -> Entry:
    return Entry(
        mailbox_id="mem_1",
        box=box,
        message_id="msg_1",
        thread_id="thr_1",
        subject="s",
        party="p",
        urgent=False,
        has_attachments=False,
        received_at=START,
        unread=unread,
    )


def _wrong(to: int, cc: int) -> set[tuple[str, str]]:
    found = check_recipients([f"mem_{number}" for number in range(to)], [f"dep_{number}" for number in range(cc)])
    return {(error.pointer, error.code) for error in found}


def test_numbers_of_recipients() -> None:
    """MSG-7: one to ten in all, at least one of them To."""
    assert _wrong(1, 0) == _wrong(10, 0) == _wrong(1, 9) == set()
    assert _wrong(11, 0) == _wrong(1, 10) == _wrong(6, 5) == {("/to", "too_many")}
    assert _wrong(0, 0) == _wrong(0, 3) == {("/to", "required")}
    assert MOST_RECIPIENTS == 10


def test_nobody_is_addressed_twice() -> None:
    assert {(e.pointer, e.code) for e in check_recipients(["mem_1", "mem_1"], [])} == {("/to", "repeated")}
    assert {(e.pointer, e.code) for e in check_recipients(["mem_1"], ["dep_1", "dep_1"])} == {("/cc", "repeated")}
    assert {(e.pointer, e.code) for e in check_recipients(["mem_1"], ["mem_1"])} == {("/cc", "repeated")}
