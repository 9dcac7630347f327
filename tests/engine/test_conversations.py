"""A department's agents and those who write to it at the same moment, on a real engine (MSG-6)."""

from collections.abc import Callable, Mapping

import pytest

from tests import scale, stored
from tests.desks import Desk
from tests.engine.together import at_once
from tests.portal import Answer
from tests.world import Account, World


@pytest.fixture
def desk(world: World) -> Desk:
    found = Desk(world)
    # So that nobody is signed out over all the repeats.
    found.pace = 1
    return found


def test_of_two_who_claim_at_once_one_has_it(desk: Desk) -> None:
    """MSG-6: the other one is told that it changed, and the conversation says whose it is."""
    for _ in range(scale.repeats(10, 100)):
        sent = desk.write(desk.world.gina)
        agents = (desk.ada, desk.edith)
        answers = at_once([_move(desk, agent, sent, "claim") for agent in agents])
        assert sorted(answer.status for answer in answers) == [200, 412]
        has = next(agent for agent, answer in zip(agents, answers, strict=True) if answer.status == 200)
        assert desk.conversation(sent)["claimed_by"]["user_id"] == has.user.id
    assert len(stored.records("conversation.claimed")) == scale.repeats(10, 100)


def test_of_two_who_answer_at_once_one_is_warned(desk: Desk) -> None:
    """MSG-6: both had seen the same; the second answer is not sent before its writer knows of the first."""
    for _ in range(scale.repeats(10, 100)):
        sent = desk.write(desk.world.gina)
        desk.world.time.advance(seconds=1)
        seen = {"seen_message_id": sent["message_id"]}
        answers = at_once([_reply(desk, agent, sent, seen) for agent in (desk.ada, desk.edith)])
        assert sorted(answer.status for answer in answers) == [201, 409]
        assert {answer.code for answer in answers if answer.status == 409} == {"answered_meanwhile"}
        found = desk.conversation(sent)
        assert (found["state"], len(found["answered_by"])) == ("answered", 1)


def test_a_message_that_comes_while_it_is_closed_waits(desk: Desk) -> None:
    """MSG-6: whichever is first, nobody's message is closed unseen."""
    for _ in range(scale.repeats(10, 100)):
        sent = desk.write(desk.world.gina)
        desk.reply(desk.ada, sent)
        version = desk.conversation(sent)["version"]
        desk.world.time.advance(seconds=1)
        closing, arriving = at_once(
            [_move(desk, desk.ada, sent, "close", version), _reply(desk, desk.world.gina, sent, {})]
        )
        assert arriving.status == 201
        assert closing.status in (200, 412)
        assert desk.conversation(sent)["state"] == "waiting"


def test_a_message_that_comes_while_it_is_answered_waits(desk: Desk) -> None:
    """MSG-6: the answer stands for what its writer had seen, and for no more."""
    for _ in range(scale.repeats(10, 100)):
        sent = desk.write(desk.world.gina)
        desk.world.time.advance(seconds=1)
        seen = {"seen_message_id": sent["message_id"]}
        answers = at_once([_reply(desk, desk.ada, sent, seen), _reply(desk, desk.world.gina, sent, {})])
        assert [answer.status for answer in answers] == [201, 201]
        found = desk.conversation(sent)
        assert (found["state"], len(found["answered_by"])) == ("waiting", 1)


def test_many_messages_at_once_all_arrive(desk: Desk) -> None:
    """MSG-6, MSG-7: one conversation, eight members; nothing is lost and nobody is refused."""
    world = desk.world
    people = [world.member(world.maple, f"Cole Sample {number}") for number in range(7)]
    body = {
        "to": [desk.department.id, *(one.mailbox for one in people)],
        "subject": "To all",
        "text": "T",
    }
    sent = desk.browser(world.gina).post(f"/mailboxes/{world.gina.mailbox}/messages", body).json
    desk.browsers |= {one.user.id: world.browser(one) for one in people}
    desk.reply(desk.ada, sent)
    before = desk.conversation(sent)["version"]
    world.time.advance(seconds=1)
    answers = at_once([_reply(desk, one, sent, {"all": True}) for one in (*people, world.gina)])
    assert {answer.status for answer in answers} == {201}
    found = desk.conversation(sent)
    assert (found["state"], found["version"]) == ("waiting", before + len(answers))
    inbox = desk.browser(desk.ada).get(f"{desk.path}/inbox").json["items"]
    assert len(inbox) == 1 + len(answers)


def _move(desk: Desk, agent: Account, sent: dict[str, str], move: str, version: int = 0) -> Callable[[], Answer]:
    return lambda: desk.move(agent, sent, move, version)


def _reply(desk: Desk, account: Account, sent: dict[str, str], body: Mapping[str, object]) -> Callable[[], Answer]:
    return lambda: desk.reply_now(account, sent, **body)
