"""The clock, holds and the nightly deletion on a real engine: to the second, at once, whatever fails (MSG-10)."""

import functools
from datetime import datetime, timedelta
from typing import Any

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.core import tables
from chalicelib.core.access import Staff
from chalicelib.core.errors import Busy
from chalicelib.messages.actions import conversations as conversing
from chalicelib.messages.store import ages
from chalicelib.retention.actions import deleting
from tests import crowds, keeping, scale, stored
from tests.core.line import Line
from tests.engine.together import at_once
from tests.keeping import SECOND, Deciders
from tests.wire import Wire
from tests.world import START, World

pytestmark = [pytest.mark.engine, pytest.mark.timeout(scale.size(300, 1_800))]

Sent = dict[str, str]


class Mail:
    """Gina wrote to Cole and to a department, where Ada opened it; years later two others decide about holds."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cole = world.member(world.maple, f"Cole Sample {world.number()}")
        self.sent = world.write(world.gina, self.cole, world.ada)
        self.sent_at: datetime = world.time.now
        self.due = keeping.over(self.sent_at)
        path = f"/mailboxes/{world.ada.mailbox}/threads/{self.sent['thread_id']}"
        assert world.browser(world.ada).get(path).status == 200

    @functools.cached_property
    def deciders(self) -> Deciders:
        """Of the plan when they are first needed: passwords end after a year."""
        return Deciders(self.world)

    def subject(self, kind: str) -> tuple[str, str]:
        """What holds the message: its thread, its organization, who wrote it, who got it, an agent who had it."""
        ids = {
            "thread": self.sent["thread_id"],
            "organization": self.world.maple.id,
            "writer": self.world.gina.user.id,
            "reader": self.cole.user.id,
            "agent": self.world.ada.user.id,
        }
        return (kind if kind in ("thread", "organization") else "user"), ids[kind]

    def hold(self, kind: str) -> Any:
        """Both set a hold on it."""
        return self.deciders.hold(*self.subject(kind))

    @property
    def rows(self) -> int:
        """How many items there are of it."""
        return sum(self.sent["message_id"] in str(item) for item in stored.items(tables.MailRow))


@pytest.fixture
def mail(world: World) -> Mail:
    return Mail(world)


KINDS = ("thread", "organization", "writer", "reader", "agent")


def test_the_clock_to_the_second(mail: Mail) -> None:
    """MSG-10: ten years to the instant, not a second before."""
    assert keeping.run(mail.due - SECOND).deleted == 0
    assert keeping.run(mail.due - timedelta(microseconds=1)).deleted == 0
    assert mail.rows > 0
    assert keeping.run(mail.due).deleted == 1
    assert mail.rows == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_hold_beats_the_clock_to_the_second(mail: Mail, kind: str) -> None:
    """MSG-10: a second before it was due, it is held; lifted, it goes, and not a second before."""
    mail.world.time.now = mail.due - 3 * SECOND
    hold = mail.hold(kind)
    before = mail.rows
    assert keeping.run(mail.due).deleted == 0
    assert keeping.run(mail.due + timedelta(days=400)).deleted == 0
    assert mail.rows == before
    asked = mail.deciders.move(mail.deciders.audra, hold, "ask_to_lift", reason="Closed").json
    assert keeping.run(mail.due + timedelta(days=400)).deleted == 0
    assert mail.deciders.move(mail.deciders.paula, asked, "confirm_lift").status == 200
    assert keeping.run(mail.due + timedelta(days=400)).deleted == 1
    assert mail.rows == 0


def test_a_second_too_late_there_is_nothing_to_hold(mail: Mail) -> None:
    """MSG-10: what was deleted at the second it was due is not there a second later."""
    assert keeping.run(mail.due).deleted == 1
    mail.world.time.now = mail.due + SECOND
    assert mail.deciders.ask(mail.deciders.paula, "thread", mail.sent["thread_id"]).status == 422


def test_what_is_only_asked_for_holds_nothing(mail: Mail) -> None:
    """MSG-10: it takes two."""
    assert mail.deciders.ask(mail.deciders.paula, *mail.subject("writer")).status == 201
    assert keeping.run(mail.due).deleted == 1


def test_a_hold_of_somebody_else_holds_nothing(mail: Mail) -> None:
    """MSG-10."""
    world = mail.world
    for kind, id_ in (("user", world.peter.user.id), ("organization", world.birch.id)):
        mail.deciders.hold(kind, id_)
    assert keeping.run(mail.due).deleted == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_hold_between_reading_and_deleting(mail: Mail, line: Line, kind: str) -> None:
    """MSG-10, S-AZ-08: confirmed after the job has read that nothing is held, before its transaction: nothing goes."""
    mail.world.time.now = mail.due - 3 * SECOND
    asked = mail.deciders.ask(mail.deciders.paula, *mail.subject(kind)).json
    before = mail.rows
    answers: list[int] = []
    line.before_transaction(lambda: answers.append(mail.deciders.move(mail.deciders.audra, asked, "confirm").status))
    worked = keeping.run(mail.due)
    assert (answers, worked.deleted, worked.held, mail.rows) == ([200], 0, 1, before)
    assert stored.records("message.deleted", "message.being_deleted") == []


def test_a_hold_and_the_deletion_at_once(world: World) -> None:
    """MSG-10: either it is held and all of it is there, or it was deleted before."""
    for _ in range(scale.repeats(5, 50)):
        world.time.now = START
        mail = Mail(world)
        world.time.now = mail.due - 5 * SECOND
        asked = mail.deciders.ask(mail.deciders.paula, *mail.subject("thread")).json
        before = mail.rows
        answers: list[int] = []
        confirming = functools.partial(_confirm, mail, asked, answers)
        running = functools.partial(_run, mail.due)
        at_once([confirming, running, running])
        assert answers == [200]
        assert mail.rows in (0, before)
        deleted = [one for one in stored.records("message.deleted") if one.object_id == mail.sent["message_id"]]
        assert len(deleted) == (mail.rows == 0)


def _confirm(mail: Mail, asked: Any, answers: list[int]) -> None:
    answers.append(mail.deciders.move(mail.deciders.audra, asked, "confirm").status)


def _run(now: datetime) -> None:
    keeping.run(now)


def test_two_holds_are_lifted_one_after_the_other(mail: Mail) -> None:
    """MSG-10: as long as one of them holds, it is held; also where both are on the same."""
    first, second, other = mail.hold("thread"), mail.hold("thread"), mail.hold("writer")
    assert keeping.run(mail.due).held == 1
    for hold in (first, second):
        mail.deciders.lift(hold)
        assert keeping.run(mail.due + timedelta(days=1)).deleted == 0
    mail.deciders.lift(other)
    assert keeping.run(mail.due + timedelta(days=2)).deleted == 1


def test_what_is_held_is_looked_at_once(mail: Mail) -> None:
    """MSG-10: it costs nothing more until a hold is lifted; an hour later nothing more for that, either."""
    hold = mail.hold("organization")
    wire = Wire()
    try:
        assert keeping.run(mail.due).held == 1
        wire.forget()
        assert keeping.run(mail.due + SECOND).held == 0
        quiet = len(wire.calls)
        mail.deciders.lift(hold)
        assert keeping.run(mail.world.time.now + timedelta(hours=1)).deleted == 0
        assert keeping.run(mail.due + timedelta(hours=3)).deleted == 1
        wire.forget()
        assert keeping.run(mail.due + timedelta(hours=4)).deleted == 0
        assert len(wire.calls) <= quiet
    finally:
        wire.close()


def test_it_costs_in_proportion_to_what_is_due(mail: Mail) -> None:
    """MSG-10: as many items are read for one of a few as for one of many that are not due."""
    world, looked = mail.world, []
    keeping.run(mail.due - 2 * SECOND)
    for _ in range(2):
        wire = Wire()
        keeping.run(mail.due - SECOND)
        looked.append(sum(call.items for call in wire.calls))
        wire.close()
        world.time.advance(days=30)
        for _ in range(scale.size(20, 200)):
            world.write(world.gina, mail.cole)
    assert looked[0] == looked[1]


def test_a_removed_members_box_is_sealed(world: World) -> None:
    """MSG-10, ACC-2: rows stay, nobody opens them, who comes back doesn't get them; clock and hold still apply."""
    deciders, cole = Deciders(world), world.member(world.maple, "Cole Sample")
    local = world.member(world.maple, "Lola Sample", "local_administrator")
    world.member(world.maple, "Bea Sample", "backup_administrator")
    sent, sent_at = world.write(world.gina, cole), world.time.now
    rows = [item for item in stored.items(tables.MailRow) if cole.mailbox in str(item)]
    removed = world.browser(local).send(
        "POST", f"/members/{cole.mailbox}/remove", {"comment": "Left the practice"}, {"If-Match": '"0"'}
    )
    assert removed.status == 200, removed.text
    again = world.also_member(cole, world.maple)
    path = f"threads/{sent['thread_id']}"
    for account in (again, local, world.ada, deciders.paula, deciders.audra):
        browser = world.browser(account)
        assert browser.get(f"/mailboxes/{cole.mailbox}/inbox").status in (403, 404)
        assert browser.get(f"/mailboxes/{cole.mailbox}/{path}").status in (403, 404)
    assert world.browser(again).get(f"/mailboxes/{again.mailbox}/inbox").json["items"] == []
    assert world.browser(again).get(f"/mailboxes/{again.mailbox}/{path}").status == 404
    assert [item for item in stored.items(tables.MailRow) if cole.mailbox in str(item)] == rows
    hold = deciders.hold("user", cole.user.id)
    assert keeping.run(keeping.over(sent_at)).held == 1
    deciders.lift(hold)
    assert keeping.run(keeping.over(sent_at)).deleted == 1
    left = [item["cls"]["S"] for item in stored.items(tables.MailRow) if cole.mailbox in str(item)]
    assert left == ["counter"]


LARGE = scale.size(110, 600)


def test_a_large_send_under_way_is_left_alone(world: World) -> None:
    """MSG-7, MSG-10: as long as its work may still deliver it, even where messages are kept for no time at all."""
    practice, mailboxes = crowds.practice(world, LARGE)
    sent = crowds.send(world.ada, practice)
    assert _of_no_years(world.time.now) == ["waits"]
    crowds.carry_on(world.ada, sent)
    assert crowds.who_has(sent).total() == LARGE
    assert _of_no_years(world.time.now) == ["deleted"]
    assert sent.message_id not in str(stored.items(tables.MailRow))
    assert crowds.unread(mailboxes) == {0: LARGE}


def _of_no_years(now: datetime) -> list[str]:
    """What becomes of everything there is when messages are kept for no time at all."""
    run = deleting.begin(0, now)
    return [deleting.deal_with(run, aged) for aged in list(ages.between(START, now))]


def test_a_large_send_that_died_goes(world: World) -> None:
    """MSG-10: nobody carries its work on, so nothing waits for it."""
    practice, mailboxes = crowds.practice(world, LARGE)
    sent = crowds.send(world.ada, practice)
    assert keeping.run(keeping.over(world.time.now)).deleted == 1
    assert sent.message_id not in str(stored.items(tables.MailRow))
    assert crowds.unread(mailboxes) == {0: LARGE}


def test_a_note_between_reading_and_deleting(mail: Mail, line: Line) -> None:
    """MSG-10: a colleague notes something, or opens it, after the job has read all there is: the next try sees that."""
    world = mail.world
    world.time.now = mail.due - SECOND
    edith = world.agent(f"Edith Fictional {world.number()}", world.credentialing)
    place = (edith.mailbox, mail.sent["thread_id"])
    assert isinstance(edith.actor, Staff)
    actor = edith.actor

    def note() -> None:
        conversing.add_note(actor, *place, "Heron", mail.due - SECOND)

    line.before_transaction(note)
    assert keeping.run(mail.due).deleted == 1
    assert mail.rows == 0
    assert "Heron" not in stored.dump()


FAULTS = ("die", "lose_answers", "cut", "break_connections", "refuse")[: scale.size(2, 5)]
CALLS = ("TransactWriteItems", "Query", "UpdateItem", "GetItem", "BatchGetItem")[: scale.size(2, 5)]


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_any_call(world: World, line: Line, operation: str, fault: str) -> None:
    """MSG-10: each call fails once, in each way there is: a later run finishes, and it is proved once."""
    practice, mailboxes = crowds.practice(world, 60)
    happened, passing = True, 0
    while happened:
        passing += 1
        sent = crowds.send(world.ada, practice)
        if sent.work_id is not None:
            crowds.carry_on(world.ada, sent)
        now = keeping.over()
        _fail_after(line, operation, fault, passing - 1)
        _run_or_die(now)
        happened = line.heal()
        keeping.run(now)
        assert sent.message_id not in str(stored.items(tables.MailRow))
        assert crowds.unread(mailboxes) == {0: 60}
        proved = [one.object_id for one in stored.records("message.deleted")]
        assert (proved.count(sent.message_id), len(proved)) == (1, passing)
    assert passing > 1 or operation == "UpdateItem"


def _fail_after(line: Line, operation: str, fault: str, passing: int) -> None:
    line.let_pass(passing)
    if fault == "refuse":
        line.refuse("ThrottlingException", 1, operation)
    elif fault == "die":
        line.die(operation)
    else:
        getattr(line, fault)(1, operation)


def _run_or_die(now: datetime) -> None:
    try:
        keeping.run(now)
    except (PynamoDBException, Busy, KeyboardInterrupt):
        return
