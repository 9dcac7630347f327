"""Events come again, in any order, and anything on the way may fail: each notice goes out once (NOT-3, S-MAIL-06)."""

import json
import random

import pytest

from tests import delivery, stored
from tests.core.line import Line
from tests.ses import Post
from tests.world import Account, World


def test_the_same_event_fifty_times(world: World, cole: Account, post: Post) -> None:
    """S-MAIL-06, T11: shuffled with another one, in batches of any size, and again 13 days later: one mail each."""
    for _ in range(2):
        world.write(cole, world.gina)
    records = delivery.stream_records() * 25
    random.Random(1).shuffle(records)
    assert delivery.publish(records) == []
    bodies = delivery.waiting("notifications")
    assert len(bodies) == 50
    while bodies:
        assert delivery.deliver("deliver_notices", bodies[:7]) == []
        bodies = bodies[7:]
    assert post.addresses == [world.gina.user.email] * 2
    world.time.advance(days=13)
    delivery.settle()
    assert len(post.mails) == 2
    assert len(stored.records("notice.sent")) == 2


def test_one_refused_address_keeps_no_other_from_their_notice(world: World, cole: Account, post: Post) -> None:
    """NOT-3: the others get theirs; the refused one on the next try, without repeating theirs."""
    readers = [world.member(world.maple, f"Reader {number}", channel="email") for number in range(3)]
    post.refuse(readers[1].user.email)
    world.write(cole, *readers)
    bodies = delivery.heard("notifications")
    assert delivery.deliver("deliver_notices", bodies) == [0]
    assert post.addresses == [readers[0].user.email, readers[2].user.email]
    assert delivery.deliver("deliver_notices", bodies) == [0]
    post.accept()
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.addresses == sorted(reader.user.email for reader in readers)


def test_a_crash_after_sending_repeats_at_most_once(world: World, cole: Account, post: Post, line: Line) -> None:
    """S-MAIL-06: while somebody may still be sending nobody else does; after two minutes one takes over."""
    world.write(cole, world.gina)
    bodies = delivery.heard("notifications")
    line.refuse("AccessDeniedException", 1)
    assert delivery.deliver("deliver_notices", bodies) == [0]
    for _ in range(3):
        assert delivery.deliver("deliver_notices", bodies) == [0]
    assert len(post.mails) == 1
    world.time.advance(minutes=4)
    assert delivery.deliver("deliver_notices", bodies) == []
    world.time.advance(minutes=4)
    assert delivery.deliver("deliver_notices", bodies) == []
    assert len(post.mails) == 2
    (record,) = stored.records("notice.sent")
    assert (record.after or {})["repeated"] == "true"


def test_a_crash_before_sending_sends_once(world: World, cole: Account, post: Post, line: Line) -> None:
    """S-MAIL-06: that it had not gone can't be known, so it is on record as a possible repeat."""
    world.write(cole, world.gina)
    bodies = delivery.heard("notifications")
    # The claim is written; the process dies as it counts what its receiver had.
    line.let_pass(1)
    line.die("UpdateItem")
    with pytest.raises(KeyboardInterrupt):
        delivery.deliver("deliver_notices", bodies)
    assert post.mails == []
    assert delivery.deliver("deliver_notices", bodies) == [0]
    world.time.advance(minutes=4)
    for _ in range(2):
        assert delivery.deliver("deliver_notices", bodies) == []
    assert post.addresses == [world.gina.user.email]
    (record,) = stored.records("notice.sent")
    assert (record.after or {})["repeated"] == "true"


def test_what_ses_throttles_is_no_failure(world: World, cole: Account, post: Post) -> None:
    """NOT-3: it comes again a little later, with links too; no try is counted."""
    world.write(cole, world.gina)
    world.browser().post("/password-resets", {"email": cole.user.email})
    bodies = delivery.heard("notifications")
    post.throttle(2)
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.mails == []
    world.time.advance(minutes=15)
    assert delivery.find_lost()["carried_again"] == 2
    assert delivery.deliver("deliver_notices", delivery.waiting("notifications")) == []
    assert post.addresses == sorted([world.gina.user.email, cole.user.email])
    assert all("repeated" not in (record.after or {}) for record in stored.records("notice.sent"))


def test_a_link_that_ses_throttles_again_and_again_is_counted_once(world: World, cole: Account, post: Post) -> None:
    """S-MAIL-04: refused eight times, it is one of the five that its address gets in an hour, and goes."""
    world.browser().post("/password-resets", {"email": cole.user.email})
    bodies = delivery.heard("notifications")
    post.throttle(8)
    for _ in range(8):
        assert delivery.deliver("deliver_notices", bodies) == []
    assert post.mails == []
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.addresses == [cole.user.email]


def test_an_answer_of_ses_that_got_lost_is_no_refusal(world: World, cole: Account, post: Post) -> None:
    """S-MAIL-06: the mail may have gone out, so it is not sent again at once."""
    world.write(cole, world.gina)
    bodies = delivery.heard("notifications")
    post.lose_answers(1)
    assert delivery.deliver("deliver_notices", bodies) == [0]
    assert delivery.deliver("deliver_notices", bodies) == [0]
    assert len(post.mails) == 1


def test_events_that_nobody_knows_go_back_alone(world: World, cole: Account, post: Post) -> None:
    """S-MAIL-06: another name, version or shape ends with the dead letters; its neighbours are worked."""
    world.write(cole, world.gina)
    (good,) = delivery.heard("notifications")
    known = json.loads(good)
    bad = [
        json.dumps(known | {"name": "message.burnt"}),
        json.dumps(known | {"version": 2}),
        json.dumps(known | {"ids": {}}),
        json.dumps({"Message": "not ours"}),
        "no json",
        "",
    ]
    assert delivery.deliver("deliver_notices", [*bad[:3], good, *bad[3:]]) == [0, 1, 2, 4, 5, 6]
    assert post.addresses == [world.gina.user.email]


def test_an_event_of_a_message_that_is_not_there(world: World, cole: Account, post: Post) -> None:
    world.write(cole, world.gina)
    (good,) = delivery.heard("notifications")
    event = json.loads(good)
    event["ids"]["message_id"] = "msg_00000000000000000000000000"
    assert delivery.deliver("deliver_notices", [json.dumps(event)]) == []
    assert post.mails == []


def test_a_stream_record_that_fails_is_offered_again_with_all_after_it(world: World, cole: Account) -> None:
    """NOT-3: the stream keeps its order; what was carried before stays carried."""
    for _ in range(3):
        world.write(cole, world.gina)
    records = delivery.stream_records()
    broken = json.loads(json.dumps(records[1]))
    broken["dynamodb"]["NewImage"]["name"] = {"S": "nobody.hears"}
    assert delivery.publish([records[0], broken, records[2]]) == ["2"]
    assert len(delivery.waiting("notifications")) == 1


def test_other_rows_of_the_stream_are_nothing_to_carry(world: World) -> None:
    record = {"eventName": "REMOVE", "dynamodb": {"SequenceNumber": "1", "OldImage": {}}}
    session = next(item for item in stored.everything()["shortlived"] if item["cls"]["S"] == "operation")
    other = {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "2", "NewImage": session}}
    modified = {"eventName": "MODIFY", "dynamodb": {"SequenceNumber": "3", "NewImage": {"cls": {"S": "outbox"}}}}
    assert delivery.publish([record, other, modified]) == []
    assert delivery.waiting("notifications") == []
