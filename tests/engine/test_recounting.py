"""Counting the unread messages anew (MSG-4): what went astray is found, put right, recorded and told."""

import json
import logging
from collections.abc import Iterator

import pytest

from chalicelib.core import tables
from chalicelib.messages.actions import recounting
from chalicelib.messages.actions.recounting import Recounted
from tests import stored
from tests.core.line import Line
from tests.engine.astray import astray
from tests.portal import Browser
from tests.wire import Wire
from tests.world import Account, World

pytestmark = pytest.mark.engine


def _run(world: World, most: int = 1_000) -> Recounted:
    """One night's run that has time to count so many mailboxes, by 25."""
    times = iter([True] * most)
    return recounting.recount_all(world.time.now, lambda: next(times, False))


def _badges(browser: Browser) -> list[int]:
    return [item["unread"] for item in browser.get("/mailboxes").json["items"]]


@pytest.fixture
def written(world: World) -> World:
    """Two unread messages at a department, one at a member."""
    for readers in ([world.ada], [world.ada, world.member(world.maple, "Cole Sample")]):
        world.write(world.gina, *readers)
    return world


def test_nothing_is_found_where_nothing_is_wrong(written: World) -> None:
    """Every mailbox is counted, members' of all organizations and departments'; nothing is written but the place."""
    before = stored.items(tables.MailRow)
    done = _run(written)
    # Three departments, three members.
    assert done == Recounted(counted=6, corrected=0, finished=True)
    assert stored.items(tables.MailRow) == before
    assert stored.records("unread.corrected") == []


@pytest.mark.parametrize("difference", [3, -2, -40])
def test_what_is_planted_is_found(written: World, difference: int, caplog: pytest.LogCaptureFixture) -> None:
    """MSG-4: put right, with a record for the mailbox and a line that the alarm listens for; ids and numbers only."""
    astray(written.credentialing.id, difference)
    ada = written.browser(written.ada)
    assert _badges(ada) == [2 + difference]
    with caplog.at_level(logging.ERROR):
        assert _run(written) == Recounted(counted=6, corrected=1, finished=True)
    assert _badges(ada) == [2]
    (record,) = stored.records("unread.corrected")
    assert (record.object_id, record.actor_id) == (written.credentialing.id, "reconcile_unread")
    assert (record.before, record.after) == ({"unread": 2 + difference}, {"unread": 2})
    (line,) = [json.loads(one.getMessage()) for one in caplog.records]
    assert line == {"name": "unread_corrected", "job": "reconcile_unread", "count": -difference}


def test_a_record_stands_in_the_organizations_journal(written: World) -> None:
    astray(written.peter.mailbox, 7)
    _run(written)
    (record,) = stored.records("unread.corrected")
    assert (record.pk, record.object_id) == (f"JOURNAL#{written.birch.id}", written.peter.mailbox)
    assert _badges(written.browser(written.peter)) == [0]


def test_a_counter_that_was_lost_is_made_anew(written: World) -> None:
    key = {"pk": {"S": f"BOX#{written.credentialing.id}"}, "sk": {"S": "COUNTER"}}
    tables.connection().client.delete_item(TableName=tables.table_name("mail"), Key=key)
    ada = written.browser(written.ada)
    assert _badges(ada) == [0]
    assert _run(written).corrected == 1
    assert _badges(ada) == [2]
    # And counts on from there.
    written.write(written.gina, written.ada)
    assert _badges(ada) == [3]


def test_one_round_a_day(written: World) -> None:
    """Later runs of a day find it done; the next day begins anew."""
    assert _run(written).finished
    astray(written.gina.mailbox, 1)
    assert _run(written) == Recounted(finished=True)
    written.time.advance(days=1)
    assert _run(written) == Recounted(counted=6, corrected=1, finished=True)


def test_a_run_without_time_leaves_the_rest_to_the_next(written: World) -> None:
    """Every mailbox is counted once in a round, however many runs it takes; also over midnight."""
    counted: list[int] = []
    done = Recounted()
    while not done.finished:
        done = _run(written, 1)
        counted.append(done.counted)
        written.time.advance(hours=5)
    # The departments, then one organization after the other, by name.
    assert counted == [3, 1, 2]


@pytest.fixture
def crowd(world: World) -> Iterator[list[Account]]:
    """More members of an organization than are counted together."""
    yield [world.member(world.maple, f"Member {number}") for number in range(30)]


def test_within_an_organization_too(world: World, crowd: list[Account]) -> None:
    counted: list[int] = []
    done = Recounted()
    while not done.finished:
        done = _run(world, 1)
        counted.append(done.counted)
    assert counted == [3, 1, 25, 6]


def test_what_is_counted_meanwhile_is_not_undone(written: World, line: Line) -> None:
    """Somebody reads while the correction is on its way: it fails, and the mailbox is counted once more."""
    astray(written.credentialing.id, 5)
    ada = written.browser(written.ada)
    path = f"/mailboxes/{written.credentialing.id}"
    message = ada.get(f"{path}/inbox").json["items"][0]["message_id"]

    def read() -> None:
        assert ada.put(f"{path}/messages/{message}/read", {"read": True}).status == 200

    line.before_transaction(read)
    assert recounting.recount(written.credentialing.id, None, written.time.now)
    assert _badges(ada) == [1]
    (record,) = stored.records("unread.corrected")
    assert (record.before, record.after) == ({"unread": 6}, {"unread": 1})


def test_a_right_mailbox_costs_its_inbox_and_little_more(written: World) -> None:
    """Two calls a mailbox at most: its counter, with others', and its inbox."""
    wire = Wire()
    done = _run(written)
    reads = [call for call in wire.calls if call.operation in ("BatchGetItem", "Query", "GetItem")]
    wire.close()
    # The place, the departments, two organizations with their members; three batches of counters.
    assert len(reads) <= done.counted + 3 + 1 + 1 + 2 * 2
