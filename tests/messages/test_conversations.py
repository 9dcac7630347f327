"""Conversations of a department (MSG-6): the pure rules."""

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.core.errors import Conflict
from chalicelib.messages.domain import Message, Party
from chalicelib.messages.domain.conversations import (
    ANSWERING,
    MOVES,
    Agent,
    Answering,
    Conversation,
    Move,
    Reading,
    answered,
    arrived,
    has_news,
    moved,
    open_moves,
    others_answering,
    withdrawn,
)
from tests import scale
from tests.world import START

DESK = Party("dep_1", "department", "Credentialing Team")
GINA = Party("mem_1", "member", "Gina Sample")
ADA, EDITH = Agent("usr_1", "Ada Fictional"), Agent("usr_2", "Edith Fictional")


def _message(number: int, sender: Party = GINA) -> Message:
    return Message(
        id=f"msg_{number:03}",
        thread_id="thr_1",
        organization_id="org_1",
        sender=sender,
        sent_by="usr_9",
        to=(DESK,) if sender is GINA else (GINA,),
        subject="Fax number",
        text="Text",
        sent_at=_at(number),
    )


def _at(number: int) -> datetime:
    return START + timedelta(minutes=number)


def _waiting(number: int = 1) -> Conversation:
    return arrived(None, DESK.id, _message(number))


def _answered(before: Conversation, number: int, agent: Agent = ADA, seen: str | None = None) -> Conversation:
    return answered(before, _message(number, DESK), agent, seen)


def _closed() -> Conversation:
    return moved(_waiting(), "close", ADA)


def test_what_comes_first_waits_since_it_came() -> None:
    """MSG-6."""
    found = _waiting(3)
    assert (found.state, found.waiting_since, found.last_message_at) == ("waiting", _at(3), _at(3))
    assert (found.subject, found.party, found.organization_id) == ("Fax number", "Gina Sample", "org_1")


def test_it_waits_since_the_oldest_message_that_nobody_answered() -> None:
    """MSG-6: oldest unanswered first."""
    found = arrived(arrived(_waiting(1), DESK.id, _message(2)), DESK.id, _message(3))
    assert (found.waiting_since, found.last_message_at) == (_at(1), _at(3))
    found = arrived(_answered(found, 4), DESK.id, _message(5))
    assert found.waiting_since == _at(5)


def test_an_answer_is_by_whom_and_when() -> None:
    """MSG-6: who answered."""
    found = _answered(_answered(_waiting(1), 2), 3, EDITH)
    assert (found.state, found.waiting_since) == ("answered", None)
    assert {(one.name, one.at) for one in found.answered_by} == {(ADA.name, _at(2)), (EDITH.name, _at(3))}
    again = _answered(found, 4)
    assert {(one.name, one.at) for one in again.answered_by} == {(ADA.name, _at(4)), (EDITH.name, _at(3))}


def test_an_answer_does_not_stand_for_what_its_writer_had_not_seen() -> None:
    """MSG-6: whoever wrote meanwhile still waits."""
    both = arrived(_waiting(1), DESK.id, _message(2))
    missed = _answered(both, 3, seen="msg_001")
    assert (missed.state, missed.waiting_since) == ("waiting", _at(2))
    assert _answered(both, 3, seen="msg_002").state == "answered"
    assert _answered(both, 3).state == "answered"


def test_two_who_answer_the_same_are_told() -> None:
    """MSG-6: only a colleague's answer counts, and only one that came after what was seen."""
    by_ada = _answered(_waiting(1), 2)
    with pytest.raises(Conflict, match="answered_meanwhile"):
        _answered(by_ada, 3, EDITH, seen="msg_001")
    assert _answered(by_ada, 3, EDITH, seen="msg_002").state == "answered"
    assert _answered(by_ada, 3, ADA, seen="msg_001").state == "answered"
    assert _answered(by_ada, 3, EDITH).state == "answered", "who was told may send it all the same"
    by_both = _answered(by_ada, 3, EDITH)
    with pytest.raises(Conflict, match="answered_meanwhile"):
        _answered(by_both, 4, EDITH, seen="msg_001")


# Of messages that came, which one is withdrawn; since when it waits then, and what an agent has seen who answers all.
_WITHDRAWN = {
    "the last of two": ([1, 2], 2, 1, "msg_001"),
    "the first of two": ([1, 2], 1, 2, "msg_002"),
    "the last of three": ([1, 2, 3], 3, 1, "msg_002"),
    "the first of three": ([1, 2, 3], 1, 2, "msg_003"),
    "one between": ([1, 2, 3], 2, 1, "msg_003"),
}


@pytest.mark.parametrize("case", _WITHDRAWN)
def test_what_was_withdrawn_leaves_nothing_to_wait_for(case: str) -> None:
    """MSG-6, MSG-9: it waits for what is left, and whoever answers all that can be seen has answered."""
    came, taken, since, seen = _WITHDRAWN[case]
    found: Conversation | None = None
    for number in came:
        found = arrived(found, DESK.id, _message(number))
    assert found is not None
    after = withdrawn(found, _message(taken), [_message(number) for number in came if number != taken])
    assert after is not None
    assert (after.waiting_since, after.arrived_id, after.version) == (_at(since), seen, found.version + 1)
    assert _answered(after, 9, seen=seen).state == "answered"


def test_what_was_withdrawn_after_an_answer() -> None:
    """MSG-6, MSG-9: it stands as answered again; one with nothing left goes."""
    again = arrived(_answered(_waiting(1), 2), DESK.id, _message(3))
    after = withdrawn(again, _message(3), [_message(1), _message(2, DESK)])
    assert after is not None
    assert (after.state, after.arrived_id) == ("answered", "msg_001")
    assert withdrawn(_waiting(1), _message(1), []) is None


@pytest.mark.parametrize("answer", [False, True])
def test_a_message_opens_what_was_closed(answer: bool) -> None:
    """MSG-6."""
    before = moved(_answered(_waiting(1), 2), "close", ADA)
    after = _answered(before, 5) if answer else arrived(before, DESK.id, _message(5))
    assert (after.state, after.waiting_since) == (("answered", None) if answer else ("waiting", _at(5)))


def test_closed_unanswered_it_comes_back_as_old_as_it_was() -> None:
    """MSG-6: closing hides no waiting."""
    assert _closed().waiting_since is None
    assert moved(_closed(), "reopen", EDITH).waiting_since == _at(1)
    assert arrived(_closed(), DESK.id, _message(9)).waiting_since == _at(1)


_HELD = {"nobody": None, "own": ADA, "other": EDITH}
# By who has it, what each move does for Ada: who has it then, or the refusal.
_OPEN: dict[tuple[str, Move], object] = {
    ("nobody", "claim"): ADA,
    ("own", "claim"): ADA,
    ("other", "claim"): "claimed_by_other",
    ("nobody", "release"): None,
    ("own", "release"): None,
    ("other", "release"): "claimed_by_other",
    ("nobody", "reassign"): EDITH,
    ("own", "reassign"): EDITH,
    ("other", "reassign"): EDITH,
    ("nobody", "close"): None,
    ("own", "close"): None,
    ("other", "close"): "claimed_by_other",
}


@pytest.mark.parametrize(("held", "move"), _OPEN)
@pytest.mark.parametrize("state", ["waiting", "answered"])
def test_each_move_of_an_open_conversation(held: str, move: Move, state: str) -> None:
    """MSG-6: claim, release, reassign, close."""
    start = _waiting() if state == "waiting" else _answered(_waiting(), 2)
    before = msgspec.structs.replace(start, claimed_by=_HELD[held])
    wanted = _OPEN[held, move]
    if isinstance(wanted, str):
        with pytest.raises(Conflict, match=wanted):
            moved(before, move, ADA, EDITH)
        assert move not in open_moves(before, ADA.user_id)
        return
    after = moved(before, move, ADA, EDITH)
    assert after.claimed_by == wanted
    assert after.state == ("closed" if move == "close" else state)
    assert after.version == before.version + (after != before)
    if move not in open_moves(before, ADA.user_id):
        assert after == before, "what is not offered changes nothing"


@pytest.mark.parametrize("move", MOVES)
def test_a_closed_one_is_only_reopened(move: Move) -> None:
    """MSG-6."""
    if move == "reopen":
        assert moved(_closed(), move, EDITH).state == "waiting"
    else:
        with pytest.raises(Conflict, match="conversation_closed"):
            moved(_closed(), move, EDITH, ADA)
    assert open_moves(_closed(), EDITH.user_id) == ["reopen"]


@pytest.mark.parametrize("state", ["waiting", "answered"])
def test_an_open_one_is_not_reopened(state: str) -> None:
    """MSG-6."""
    before = _waiting() if state == "waiting" else _answered(_waiting(), 2)
    with pytest.raises(Conflict, match=f"conversation_{state}"):
        moved(before, "reopen", ADA)


def test_a_closed_one_is_nobodys() -> None:
    """MSG-6: when it comes back, whoever is there takes it."""
    closed = moved(moved(_waiting(), "claim", ADA), "close", ADA)
    assert arrived(closed, DESK.id, _message(3)).claimed_by is None


def test_an_answer_or_a_message_leaves_it_with_whom_it_is() -> None:
    """MSG-6."""
    claimed = moved(_waiting(), "claim", ADA)
    assert arrived(_answered(claimed, 2, EDITH), DESK.id, _message(3)).claimed_by == ADA


def test_news_is_what_came_since_an_agent_read() -> None:
    """MSG-6: who read."""
    before = _waiting(2)
    assert has_news(before, ADA.user_id)
    read = msgspec.structs.replace(before, read_by=(Reading(ADA.user_id, ADA.name, _at(2)),))
    assert not has_news(read, ADA.user_id)
    assert has_news(read, EDITH.user_id)
    assert not has_news(_answered(read, 3, EDITH), ADA.user_id)
    assert has_news(arrived(read, DESK.id, _message(4)), ADA.user_id)


@pytest.mark.parametrize(("seconds", "shown"), [(0, True), (44.999, True), (45, False), (46, False)])
def test_an_answer_is_being_written_for_45_seconds_from_the_last_sign(seconds: float, shown: bool) -> None:
    """MSG-6: the edge."""
    one = Answering(EDITH.user_id, EDITH.name, START - timedelta(minutes=5), START + ANSWERING)
    now = START + timedelta(seconds=seconds)
    assert bool(others_answering([one], ADA.user_id, now)) is shown
    assert not others_answering([one], EDITH.user_id, now), "nobody is warned of themself"


_STEPS = st.lists(st.sampled_from(["arrives", "answered", "close", "reopen", "claim", "release"]), max_size=12)


@scale.examples(200)
@given(_STEPS)
def test_it_waits_exactly_while_something_came_after_the_last_answer(steps: list[str]) -> None:
    """MSG-6: the state after whatever happened, against the plain list of what came and went."""
    found, closed, unanswered = _waiting(0), False, [_at(0)]
    for number, step in enumerate(steps, 1):
        version = found.version
        if step == "arrives":
            found, closed = arrived(found, DESK.id, _message(number)), False
            unanswered.append(_at(number))
        elif step == "answered":
            found, closed, unanswered = _answered(found, number), False, []
        elif step in open_moves(found, ADA.user_id):
            found = moved(found, step, ADA)
            closed = step == "close" or (closed and step != "reopen")
        else:
            continue
        assert found.version == version + 1
        assert found.state == ("closed" if closed else "waiting" if unanswered else "answered")
        assert found.waiting_since == (None if closed or not unanswered else unanswered[0])
