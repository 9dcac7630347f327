"""What a stream or a queue failed to carry is found by `notification_fanout`, and nothing else comes twice (NOT-3)."""

from datetime import timedelta

import pytest

from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.events import KEPT
from chalicelib.core.journal import Entry
from tests import delivery, later, stored
from tests.ses import Post
from tests.world import Account, World


def _open() -> list[str]:
    """Names of the events that nobody has handled."""
    return [item["name"]["S"] for item in stored.outbox() if "open_at" in item]


def _work() -> None:
    assert delivery.deliver("receive_registrations", delivery.waiting("accounts")) == []
    assert delivery.deliver("deliver_notices", delivery.waiting("notifications")) == []


@pytest.mark.parametrize("lost_in", ["stream", "queue"])
def test_a_lost_one_is_found(world: World, cole: Account, post: Post, lost_in: str) -> None:
    """NOT-3: not before it is missed, and once."""
    world.write(cole, world.gina)
    if lost_in == "queue":
        assert len(delivery.heard("notifications")) == 1
    world.time.advance(minutes=14, seconds=59)
    assert delivery.find_lost()["carried_again"] == 0
    world.time.advance(seconds=1)
    assert delivery.find_lost()["carried_again"] == 1
    _work()
    assert post.addresses == [world.gina.user.email]
    assert _open() == []
    world.time.advance(days=1)
    assert delivery.find_lost()["carried_again"] == 0


def test_what_is_handled_stands_along_no_index(world: World, cole: Account, post: Post) -> None:
    """NOT-3: also where nobody was to be told. What has a net of its own never stands there."""
    world.write(cole, world.member(world.maple, "Nina Sample"))
    world.browser().post("/password-resets", {"email": "nobody@people.example"})
    delivery.settle()
    assert post.mails == []
    assert _open() == []
    assert stored.outbox() != []


def test_a_handled_one_is_not_handled_again(world: World, cole: Account, post: Post) -> None:
    """T11: redelivered when its reader has come to want mail, it still is old news."""
    nina = world.member(world.maple, "Nina Sample")
    world.write(cole, nina)
    delivery.settle()
    world.write(cole, world.gina)
    later.choose(nina, "email")
    world.time.advance(days=13)
    delivery.settle(again=True)
    assert post.addresses == [world.gina.user.email]


def test_dead_letters_do_not_multiply(world: World, cole: Account, post: Post) -> None:
    """NOT-3: what always fails is carried again less and less often, until its row ends."""
    post.refuse(world.gina.user.email)
    world.write(cole, world.gina, urgent=True)
    began, carried = world.time.now, 0
    wait = timedelta(minutes=15)
    while world.time.now + wait < began + KEPT:
        world.time.now += wait - timedelta(seconds=1)
        assert delivery.find_lost()["carried_again"] == 0
        world.time.advance(seconds=1)
        assert delivery.find_lost()["carried_again"] == 1
        assert delivery.deliver("deliver_notices", delivery.waiting("notifications")) == [0]
        carried, wait = carried + 1, 2 * wait
    assert carried == 10
    world.time.now = began + KEPT
    assert delivery.find_lost()["carried_again"] == 0


def test_one_bad_event_holds_up_no_other(world: World, cole: Account, post: Post) -> None:
    """NOT-3."""
    world.write(cole, world.gina)
    planned = Change(system("test"), Entry(action="test.bad"), world.time.now)
    planned.emit("nobody.hears")
    planned.commit(None)
    world.time.advance(minutes=15)
    found = delivery.find_lost()
    assert (found["carried_again"], found["failed"]) == (1, 1)
    _work()
    assert post.addresses == [world.gina.user.email]
    assert _open() == ["nobody.hears"]
