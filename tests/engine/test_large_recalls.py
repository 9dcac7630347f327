"""Withdrawing what went to many: exact for each copy, also while it is still being delivered (MSG-9, MSG-4)."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.core import tables, work, work_runner
from chalicelib.core.errors import Busy
from chalicelib.core.work import Work
from chalicelib.messages.actions.sending import Sent
from chalicelib.messages.store import receipts
from chalicelib.subscriptions.long_work import WORK
from tests import crowds, scale, stored
from tests.core.line import Line
from tests.engine.together import at_once
from tests.portal import Answer
from tests.world import Account, World

pytestmark = [pytest.mark.engine, pytest.mark.timeout(scale.size(300, 1_800))]

LARGE = scale.size(100, 1_000)


class Mail:
    """Ada's department writes to a practice of many, among them a few who can sign in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.practice, self.crowd = crowds.practice(world, LARGE)
        self.readers = [world.member(self.practice, f"Reader {number}") for number in range(4)]
        self.browsers = {each.mailbox: world.browser(each) for each in self.readers}
        self.ada = world.browser(world.ada)
        self.mailboxes = [*self.crowd, *self.browsers]

    def send(self, *, delivered: bool = True) -> Sent:
        self.world.time.advance(seconds=1)
        sent = crowds.send(self.world.ada, self.practice)
        assert sent.work_id is not None
        if delivered:
            crowds.carry_on(self.world.ada, sent)
        return sent

    def recall(self, sent: Sent, key: str | None = None) -> Answer:
        path = f"/mailboxes/{self.world.ada.mailbox}/messages/{sent.message_id}/recall"
        return self.ada.post(path, {"thread_id": sent.thread_id}, key)

    def carry_on(self, work_id: str) -> None:
        work_runner.carry_on(self.world.ada.user.id, work_id, WORK, "test", lambda: True)

    def open(self, reader: Account, sent: Sent) -> Answer:
        return self.browsers[reader.mailbox].get(f"/mailboxes/{reader.mailbox}/threads/{sent.thread_id}")

    def put(self, reader: Account, sent: Sent, what: str, **body: object) -> Answer:
        path = f"/mailboxes/{reader.mailbox}/messages/{sent.message_id}/{what}"
        return self.browsers[reader.mailbox].put(path, dict(body))

    def receipts(self, sent: Sent) -> dict[str, dict[str, Any]]:
        path = f"/mailboxes/{self.world.ada.mailbox}/messages/{sent.message_id}/receipts"
        found: dict[str, dict[str, Any]] = {}
        cursor: str | None = ""
        while cursor is not None:
            page = self.ada.get(path, cursor=cursor).json
            found |= {item["party"]["id"]: item for item in page["items"]}
            cursor = page["next_cursor"]
        return found

    def is_whole(self, sent: Sent, recalled: Answer, kept: list[Account]) -> None:
        """Those who had read it have it, marked, and nobody else has; badges fell with the rows."""
        assert crowds.who_has(sent) == Counter(each.mailbox for each in kept)
        assert crowds.unread(self.crowd) == {0: LARGE}
        for reader in self.readers:
            rows = self.browsers[reader.mailbox].get(f"/mailboxes/{reader.mailbox}/inbox").json["items"]
            unread = self.browsers[reader.mailbox].get("/mailboxes").json["items"][0]["unread"]
            assert unread == sum(row["unread"] for row in rows)
            mine = [row["status"] for row in rows if row["message_id"] == sent.message_id]
            assert mine in ([], ["withdrawn"])
        of = self.work(recalled)
        assert (of.state, of.done, of.total) == ("finished", len(self.mailboxes), len(self.mailboxes))
        row = receipts.sent(self.world.ada.mailbox, sent.message_id)
        assert row is not None
        assert row.status == "withdrawn"

    def work(self, recalled: Answer) -> Work:
        found = work.find(self.world.ada.user.id, recalled.json["work_id"])
        assert found is not None
        return found


@pytest.fixture
def mail(world: World) -> Mail:
    return Mail(world)


def test_once_it_is_accepted_nobody_opens_it_who_had_not(mail: Mail) -> None:
    """MSG-9, MSG-7: before the work has come to their rows; the receipts say so at once, and its progress is shown."""
    sent = mail.send()
    opened, marked, filed, late = mail.readers
    assert mail.open(opened, sent).status == 200
    assert mail.put(marked, sent, "read", read=True).status == 200
    assert mail.put(filed, sent, "box", box="archived").status == 200
    mail.world.time.advance(seconds=1)
    recalled = mail.recall(sent, key="the-key-of-a-large-recall")
    assert (recalled.status, recalled.json["withdrawn"], recalled.json["read"]) == (200, 0, [])
    assert mail.recall(sent, key="the-key-of-a-large-recall").text == recalled.text
    assert mail.recall(sent).code == "already_withdrawn"
    view = mail.ada.get(f"/work/{recalled.json['work_id']}").json
    assert (view["kind"], view["state"], view["done"], view["total"]) == ("recall", "waiting", 0, len(mail.mailboxes))
    refused = mail.ada.post(f"/work/{recalled.json['work_id']}/stop", {})
    assert refused.code == "work_must_finish"
    mail.world.time.advance(seconds=1)
    # Its row is there still; saying that it is read opens nothing.
    assert mail.put(late, sent, "read", read=True).status == 200
    assert [mail.open(each, sent).status for each in mail.readers] == [200, 200, 404, 404]

    def told() -> list[tuple[bool, str | None]]:
        found = mail.receipts(sent)
        assert len(found) == len(mail.mailboxes)
        return [(found[each.mailbox]["delivered"], found[each.mailbox]["reason"]) for each in mail.readers]

    before = told()
    assert before == [(True, None), (True, None), (False, "withdrawn"), (False, "withdrawn")]
    mail.carry_on(recalled.json["work_id"])
    assert told() == before
    mail.is_whole(sent, recalled, [opened, marked])
    told_of = [record.after["withdrawn"] for record in stored.records("message.taken_back") if record.after]
    assert sum(len(each) for each in told_of if isinstance(each, list)) == len(mail.mailboxes) - 2


def test_withdrawn_while_it_is_delivered(mail: Mail, line: Line) -> None:
    """MSG-9, MSG-7: nobody gets it any more; a run that comes late does nothing."""
    sent = mail.send(delivered=False)
    line.let_pass(1)
    line.die()
    with pytest.raises(KeyboardInterrupt):
        crowds.carry_on(mail.world.ada, sent)
    assert 0 < crowds.who_has(sent).total() < len(mail.mailboxes)
    recalled = mail.recall(sent)
    assert recalled.status == 200, recalled.text
    delivery = crowds.current(mail.world.ada, sent)
    assert (delivery.state, delivery.reason) == ("stopped", "withdrawn")
    crowds.carry_on(mail.world.ada, sent)
    mail.carry_on(recalled.json["work_id"])
    mail.is_whole(sent, recalled, [])
    assert {(item["delivered"], item["reason"]) for item in mail.receipts(sent).values()} == {(False, "withdrawn")}


def test_withdrawn_while_it_is_delivered_and_read(mail: Mail) -> None:
    """MSG-9: all at the same moment; whoever saw it has it, marked, and nobody else."""
    for number in range(scale.repeats(5, 100)):
        sent = mail.send(delivered=False)
        if number % 2:
            crowds.carry_on(mail.world.ada, sent)
        acts: list[Callable[[], Answer | None]] = [
            lambda sent=sent: _quietly(lambda: crowds.carry_on(mail.world.ada, sent)),  # type: ignore[misc]
            lambda sent=sent: mail.recall(sent),  # type: ignore[misc]
            *(lambda sent=sent, each=each: mail.open(each, sent) for each in mail.readers),
        ]
        _, recalled, *opened = at_once(acts)
        assert recalled is not None
        assert recalled.status == 200, recalled.text
        kept = [each for each, answer in zip(mail.readers, opened, strict=True) if answer and answer.status == 200]
        crowds.carry_on(mail.world.ada, sent)
        mail.carry_on(recalled.json["work_id"])
        mail.is_whole(sent, recalled, kept)


@pytest.mark.parametrize("fault", ["cut", "lose_answers", "die"])
def test_a_fault_at_any_transaction(mail: Mail, line: Line, fault: str) -> None:
    """MSG-9, PLT-3: from asking to the last row; each copy goes once, so that no badge is wrong."""
    happened, passing = True, 0
    while happened:
        sent = mail.send()
        line.let_pass(passing)
        line.die() if fault == "die" else getattr(line, fault)(1)
        recalled = None
        while recalled is None or recalled.status != 200:
            recalled = _quietly(lambda sent=sent, key=f"recall{passing:020}": mail.recall(sent, key))  # type: ignore[misc]
        while mail.work(recalled).is_open:
            _quietly(lambda of=recalled: mail.carry_on(of.json["work_id"]))  # type: ignore[misc]
        happened = line.heal()
        mail.is_whole(sent, recalled, [])
        passing += 1
    assert passing > 2


def _quietly(doing: Callable[[], Answer | None]) -> Answer | None:
    """As a queue or a browser takes it that fails: it comes again."""
    try:
        return doing()
    except (PynamoDBException, Busy, KeyboardInterrupt):
        return None


def test_from_departments_too(world: World) -> None:
    """MSG-6, MSG-9: those that have not read it, with their conversations; the others go on with theirs."""
    practice, _ = crowds.practice(world, 60)
    teams = [world.department(f"Team {number}") for number in range(20)]
    ada, path = world.browser(world.ada), f"/mailboxes/{world.ada.mailbox}"
    groups = [{"kind": "everybody", "organization_id": practice.id}]
    body = {"to": [team.id for team in teams], "subject": "S", "text": "T", "groups": groups}
    sent = ada.post(f"{path}/messages", body).json
    agents = [world.agent(f"Agent {number}", teams[number]) for number in range(2)]
    threads = [f"/mailboxes/{team.id}/threads/{sent['thread_id']}" for team in teams]
    assert world.browser(agents[0]).get(threads[0]).status == 200
    world.time.advance(seconds=1)
    recalled = ada.post(f"{path}/messages/{sent['message_id']}/recall", {"thread_id": sent["thread_id"]}).json
    for each in (sent["work_id"], recalled["work_id"]):
        work_runner.carry_on(world.ada.user.id, each, WORK, "test", lambda: True)
    of = work.find(world.ada.user.id, recalled["work_id"])
    assert of is not None
    assert (of.state, of.done) == ("finished", 80)
    assert [world.browser(agent).get(threads[place]).status for place, agent in enumerate(agents)] == [200, 404]
    conversations = [row for row in stored.items(tables.MailRow) if row["pk"]["S"].startswith("CONVERSATIONS#")]
    assert [row["pk"]["S"] for row in conversations] == [f"CONVERSATIONS#{teams[0].id}"]
