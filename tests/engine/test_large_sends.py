"""Sends to many: accepted whole, delivered to each exactly once, whatever fails on the way (MSG-7)."""

from collections import Counter

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.attachments.domain import MOST_FILES
from chalicelib.core import timers, work_ends
from chalicelib.core.errors import Busy
from chalicelib.messages.actions import dispatch
from chalicelib.messages.actions.sending import Sent
from chalicelib.messages.domain.groups import MOST_PICKED, MOST_REACHED
from chalicelib.messages.store import dispatches, receipts
from chalicelib.organizations.domain import Organization
from tests import belongings, crowds, later, scale
from tests.core.line import Line
from tests.engine.together import at_once
from tests.world import World

pytestmark = [pytest.mark.engine, pytest.mark.timeout(scale.size(300, 1_800))]

# Two transactions of the work, or three.
LARGE = scale.size(60, 120)


def _status(world: World, sent: Sent) -> str | None:
    row = receipts.sent(world.ada.mailbox, sent.message_id)
    assert row is not None
    return row.status


def _is_whole(world: World, sent: Sent, mailboxes: list[str]) -> None:
    """Each has it once, it counts once, and the sender sees that it is done."""
    assert crowds.who_has(sent) == Counter(mailboxes)
    assert _status(world, sent) is None
    if sent.work_id is not None:
        work = crowds.current(world.ada, sent)
        assert (work.state, work.done, work.total) == ("finished", len(mailboxes), len(mailboxes))


@pytest.mark.parametrize("number", [1, 46, 47, 48, 93, 94, 95, dispatches.PART + 1, scale.size(500, 5_000)])
def test_each_number_of_recipients(world: World, number: int) -> None:
    """MSG-7: up to what one transaction takes it is there at once; beyond, all or none is accepted, then delivered."""
    practice, mailboxes = crowds.practice(world, number)
    sent = crowds.send(world.ada, practice)
    assert (sent.work_id is None) == (number <= 46)
    if sent.work_id is not None:
        assert (crowds.who_has(sent), _status(world, sent)) == (Counter(), "sending")
        crowds.carry_on(world.ada, sent)
    _is_whole(world, sent, mailboxes)
    assert crowds.unread(mailboxes) == {1: number}
    again = crowds.send(world.ada, practice)
    if again.work_id is not None:
        crowds.carry_on(world.ada, again)
    assert crowds.unread(mailboxes) == {2: number}


FAULTS = ("cut", "lose_answers", "break_connections", "refuse", "die")
CALLS = ("TransactWriteItems", "UpdateItem", "GetItem", "BatchGetItem", "Query")


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """MSG-7: each call from the sending to the last row fails once, in each way there is: none missed, none twice."""
    practice, mailboxes = crowds.practice(world, LARGE)
    happened, passing = True, 0
    while happened:
        _fail_after(line, operation, fault, passing)
        sent = _sent_at_last(world, practice, passing)
        while not _run_or_die(world, sent):
            pass
        happened = line.heal()
        _is_whole(world, sent, mailboxes)
        passing += 1
    assert passing > 1
    assert crowds.unread(mailboxes) == {passing: LARGE}


def _fail_after(line: Line, operation: str, fault: str, passing: int) -> None:
    line.let_pass(passing)
    if fault == "refuse":
        line.refuse("ThrottlingException", 1, operation)
    elif fault == "die":
        line.die(operation)
    else:
        getattr(line, fault)(1, operation)


def _sent_at_last(world: World, practice: Organization, attempt: int) -> Sent:
    """The client asks with its key until it is answered."""
    while True:
        try:
            return crowds.send(world.ada, practice, operation=f"{practice.id}{attempt}")
        except (PynamoDBException, Busy, KeyboardInterrupt):
            continue


def _run_or_die(world: World, sent: Sent) -> bool:
    """Whether a run came to its end; else the queue offers the work again."""
    try:
        crowds.carry_on(world.ada, sent)
    except (PynamoDBException, Busy, KeyboardInterrupt):
        return False
    return True


def test_two_runs_at_once(world: World) -> None:
    """A message of the queue that comes twice; readers of what has come meanwhile are in the way of both."""
    practice, mailboxes = crowds.practice(world, LARGE)
    sent = crowds.send(world.ada, practice)
    at_once([lambda: _run_or_die(world, sent)] * 4)
    while crowds.current(world.ada, sent).is_open:
        crowds.carry_on(world.ada, sent)
    _is_whole(world, sent, mailboxes)
    assert crowds.unread(mailboxes) == {1: LARGE}


def test_what_was_accepted_is_delivered_whatever_becomes_of_the_sender(world: World) -> None:
    """MSG-7: also once they are disabled; and they can't stop it."""
    practice, mailboxes = crowds.practice(world, 60)
    sent = crowds.send(world.ada, practice)
    browser = world.browser(world.ada)
    refused = browser.post(f"/work/{sent.work_id}/stop", {})
    assert (refused.status, refused.code) == (409, "work_must_finish")
    later.deactivate(world.ada)
    crowds.carry_on(world.ada, sent)
    _is_whole(world, sent, mailboxes)
    assert browser.post(f"/work/{sent.work_id}/stop", {}).status == 401


def test_it_is_never_given_up(world: World, line: Line) -> None:
    """MSG-7: a chunk that fails again and again waits for the hourly look, and goes on after two days too."""
    practice, mailboxes = crowds.practice(world, 60)
    sent = crowds.send(world.ada, practice)
    line.cut(1_000)
    for _ in range(7):
        _run_or_die(world, sent)
    assert line.heal() is False
    assert crowds.current(world.ada, sent).attempts == 5
    for _ in range(3):
        timers.work("housekeeping", {"work": work_ends.renew}, world.time.advance(hours=16), lambda: True)
    work = crowds.current(world.ada, sent)
    assert (work.state, work.attempts) == ("running", 0)
    crowds.carry_on(world.ada, sent)
    _is_whole(world, sent, mailboxes)


def test_a_transaction_is_full(world: World, line: Line) -> None:
    """The fewest there can be: 47 in each, with what goes with them."""
    practice, _ = crowds.practice(world, 3 * dispatch.AT_ONCE)
    sent = crowds.send(world.ada, practice)
    line.sent.clear()
    crowds.carry_on(world.ada, sent)
    assert [len(items) for items in line.sent] == [98, 98, 100]


def test_the_largest_there_can_be_is_accepted(world: World) -> None:
    """MSG-7, MSG-8: 5,000 in a group, 20 departments, ten files and a draft, in a message that forwards another."""
    practice, _ = crowds.practice(world, MOST_REACHED)
    departments = [world.department(f"Team {number}") for number in range(MOST_PICKED)]
    first = world.write(world.ada, world.ada)
    browser, path = world.browser(world.ada), f"/mailboxes/{world.ada.mailbox}"
    body = {
        "to": [department.id for department in departments],
        "groups": [{"kind": "everybody", "organization_id": practice.id}],
        "upload_ids": [belongings.ready(world.ada) for _ in range(MOST_FILES)],
        "draft_id": browser.post(f"{path}/drafts", {"subject": "Closed"}).json["id"],
    }
    sent = browser.post(f"{path}/threads/{first['thread_id']}/messages/{first['message_id']}/forward", body)
    assert (sent.status, sent.json["work_id"] is None) == (201, False), sent.text
    assert (
        browser.get(f"{path}/messages/{sent.json['message_id']}/receipts").json["total"] == MOST_REACHED + MOST_PICKED
    )
