"""Notices that wait: for the morning, and for one mail about all of a burst (NOT-3, S-MAIL-04)."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.accounts.domain import Status
from tests import delivery, later, stored
from tests.core.line import Line
from tests.ses import Post
from tests.world import Account, World

_MIDNIGHT = datetime(2026, 3, 3, 5, 0, tzinfo=UTC)
"""In New York, where the plan is."""
_SEVEN = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
_ONE = "New message in the Example Valley Health Plan provider portal"
_MANY = "Notices wait for you in the Example Valley Health Plan provider portal"


def _write(world: World, writer: Account, reader: Account, number: int, *, urgent: bool = False) -> None:
    """So many messages, out of one session."""
    browser = world.browser(writer)
    body = {"to": [reader.mailbox], "subject": "S", "text": "T", "urgent": urgent}
    for _ in range(number):
        assert browser.post(f"/mailboxes/{writer.mailbox}/messages", body).status == 201


def _subjects(post: Post, account: Account) -> list[str]:
    """Of the mails to somebody, in order."""
    return [mail.subject for mail in post.mails if mail.destinations["ToAddresses"] == [account.user.email]]


def _look() -> None:
    """The schedule runs, and what it calls for is done."""
    delivery.find_lost()
    assert delivery.deliver("deliver_notices", delivery.waiting("notifications")) == []


def test_at_night_it_waits_for_seven_o_clock(world: World, cole: Account, post: Post) -> None:
    """NOT-3: not a minute earlier, once, however often the event comes meanwhile."""
    world.time.now = _MIDNIGHT
    world.write(cole, world.gina)
    delivery.settle()
    delivery.settle(again=True)
    world.time.now = _SEVEN - timedelta(seconds=1)
    _look()
    assert post.mails == []
    world.time.now = _SEVEN
    for _ in range(3):
        _look()
        world.time.advance(minutes=15)
    assert [mail.subject for mail in post.mails] == [_ONE]
    (put_off,) = stored.records("notice.put_off")
    assert (put_off.after or {})["until"] == _SEVEN.isoformat()
    assert len(stored.records("notice.sent")) == 1
    assert not [item for item in stored.everything()["shortlived"] if item["pk"]["S"].startswith("PENDING")]


def test_urgent_and_security_pass_at_once(world: World, cole: Account, post: Post) -> None:
    """NOT-3: in the middle of the night."""
    world.time.now = _MIDNIGHT
    world.write(cole, world.gina, urgent=True)
    delivery.settle()
    assert [mail.subject for mail in post.mails] == [f"Urgent: {_ONE[0].lower()}{_ONE[1:]}"]
    asked = world.browser().post("/password-resets", {"email": world.gina.user.email})
    assert asked.status == 202
    delivery.settle()
    assert len(post.mails) == 2


@pytest.mark.parametrize("status", ["disabled", "suspended"])
def test_who_is_kept_out_before_the_morning(world: World, cole: Account, post: Post, status: Status) -> None:
    """S-MAIL-05: looked at anew when it is due; and never again after that."""
    world.time.now = _MIDNIGHT
    world.write(cole, world.gina)
    delivery.settle()
    later.set_status(world.gina, status)
    world.time.now = _SEVEN
    _look()
    later.set_status(world.gina, "active")
    world.time.advance(days=13)
    delivery.settle(again=True)
    _look()
    assert post.mails == []
    assert len(stored.records("notice.dropped")) == 1


def test_what_is_read_or_chosen_before_the_morning(world: World, cole: Account, post: Post) -> None:
    """S-MAIL-05, NOT-1."""
    world.time.now = _MIDNIGHT
    sent = world.write(cole, world.gina)
    nina = world.member(world.maple, "Nina Sample", channel="email")
    world.write(cole, nina)
    delivery.settle()
    gina = world.browser(world.gina)
    assert gina.put(f"/mailboxes/{world.gina.mailbox}/messages/{sent['message_id']}/read", {"read": True}).status == 200
    later.choose(nina, "online")
    world.time.now = _SEVEN
    _look()
    assert post.mails == []


def test_a_burst_is_five_mails_and_then_one(world: World, cole: Account, post: Post) -> None:
    """S-MAIL-04: a hundred messages are five mails in the hour; after it, one that says how many kinds wait."""
    _write(world, cole, world.gina, 12)
    delivery.settle()
    assert _subjects(post, world.gina) == [_ONE] * 5
    world.time.advance(minutes=59, seconds=59)
    _look()
    assert len(_subjects(post, world.gina)) == 5
    world.time.advance(seconds=1)
    for _ in range(2):
        _look()
        world.time.advance(minutes=15)
    assert _subjects(post, world.gina) == [_ONE] * 5 + [_MANY]
    assert "kinds: 1." in post.mails[-1].body
    assert len(stored.records("notice.sent")) == 12


def test_a_bundle_says_how_many_kinds_and_nothing_else(world: World, cole: Account, post: Post) -> None:
    """NOT-2, NOT-3: messages, and somebody who asks for access; an urgent one among them is told as that."""
    lola = world.member(world.maple, "Lola Sample", "local_administrator", channel="email")
    world.time.now = _MIDNIGHT
    world.write(cole, lola)
    asked = world.browser(cole).post("/access-requests", {"access_level": "claims"})
    assert asked.status == 201, asked.text
    delivery.settle()
    assert post.mails == []
    world.time.now = _SEVEN
    _look()
    (mail,) = post.mails
    assert mail.destinations["ToAddresses"] == [lola.user.email]
    assert (mail.subject, "kinds: 2." in mail.body) == (_MANY, True)


def test_urgent_beyond_the_burst_waits_for_no_morning(world: World, cole: Account, post: Post) -> None:
    """NOT-3: its hour's bound holds, quiet hours don't; what isn't urgent stays until seven."""
    world.time.now = _MIDNIGHT
    _write(world, cole, world.gina, 1)
    _write(world, cole, world.gina, 7, urgent=True)
    delivery.settle()
    assert len(_subjects(post, world.gina)) == 5
    world.time.advance(hours=1)
    _look()
    assert _subjects(post, world.gina)[5:] == [f"Urgent: {_MANY[0].lower()}{_MANY[1:]}"]
    world.time.now = _SEVEN
    _look()
    assert _subjects(post, world.gina)[6:] == [_ONE]


@pytest.mark.parametrize("passing", [0, 1])
def test_a_crash_around_a_bundle_repeats_it_at_most_once(
    world: World, cole: Account, post: Post, line: Line, passing: int
) -> None:
    """S-MAIL-06: once more after it went, which is on record; not even so when its going was on record already."""
    _write(world, cole, world.gina, 40)
    delivery.settle()
    world.time.advance(hours=1)
    delivery.find_lost()
    bodies = delivery.waiting("notifications")
    line.let_pass(passing)
    line.refuse("AccessDeniedException", 1)
    assert delivery.deliver("deliver_notices", bodies) == [0]
    assert len(_subjects(post, world.gina)) == 6
    for _ in range(3):
        world.time.advance(minutes=15)
        _look()
    assert len(_subjects(post, world.gina)) == 7 - passing
    repeated = [record for record in stored.records("notice.sent") if "repeated" in (record.after or {})]
    assert bool(repeated) is (passing == 0)
    assert len(stored.records("notice.sent")) == 40
