"""Addresses that mail comes back from: who hears of it, and how they are mended (NOT-4, S-MAIL-07)."""

import random
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.accounts.domain.stopped import Mark, Stop
from chalicelib.accounts.store import stopped
from tests import bouncing, delivery, inviting, stored
from tests.portal import Browser
from tests.ses import Post
from tests.world import Account, World


@pytest.fixture
def lola(world: World) -> Account:
    """The local administrator of Maple, beside a backup."""
    return inviting.administrators(world)[0]


def _bounce(world: World, address: str, result: Any = "bounced") -> None:
    bouncing.tell(address, result, world.time.now)
    world.time.advance(seconds=1)
    _settle()


def _settle() -> None:
    """A stop leads to a mark, a mark to a notice."""
    for _ in range(3):
        delivery.settle()


def _notices(post: Post) -> list[tuple[str, str]]:
    return [(mail.destinations["ToAddresses"][0], mail.subject) for mail in post.mails]


def _shown(browser: Browser, account: Account) -> Any:
    return browser.get(f"/members/{account.mailbox}").json["address_stopped"]


@pytest.mark.parametrize(("result", "reason"), [("bounced", "bounced"), ("complained", "complained")])
def test_no_mail_goes_there_and_the_administrators_hear_of_it(
    world: World, post: Post, lola: Account, result: str, reason: str
) -> None:
    _bounce(world, world.gina.user.email, result)
    told = "Emails from the Example Valley Health Plan provider portal no longer reach a person of your practice"
    assert sorted(_notices(post)) == [("bea.sample@people.example", told), (lola.user.email, told)]
    assert all(word not in "".join(post.calls) for word in ("Gina", "gina", "Maple"))
    browser = world.browser(lola)
    assert _shown(browser, world.gina)["reason"] == reason
    assert _shown(browser, lola) is None
    assert [mark.id for mark in stopped.waiting(world.maple.id, 5)[0]] == [world.gina.mailbox]
    world.write(lola, world.gina)
    browser.post(f"/members/{world.gina.mailbox}/password-reset-email", {})
    _settle()
    assert len(post.mails) == 2, "neither a notice nor a link"
    refused = [row for row in stored.everything()["journal"] if row["action"]["S"] == "notice.stopped"]
    assert len(refused) == 2


def test_transient_bounces_change_nothing_before_the_fifth_day(world: World, post: Post, lola: Account) -> None:
    for _ in range(4):
        for _ in range(3):
            _bounce(world, world.gina.user.email, "bounced_for_now")
        world.time.advance(days=1)
    assert post.mails == []
    world.write(lola, world.gina)
    _settle()
    assert [to for to, _ in _notices(post)] == [world.gina.user.email]
    _bounce(world, world.gina.user.email, "bounced_for_now")
    assert stopped.waiting(world.maple.id, 5)[0] != []


def test_redelivered_and_shuffled_it_is_one_stop_and_one_notice(world: World, post: Post, lola: Account) -> None:
    """T11."""
    results: list[Any] = ["bounced", "bounced_for_now", "bounced"] * 5
    random.Random(7).shuffle(results)
    start = world.time.now
    for place, result in enumerate(results):
        bouncing.tell(world.gina.user.email, result, start - timedelta(seconds=place % 3))
    _settle()
    delivery.settle(again=True)
    assert len(post.mails) == 2


def test_one_mends_ones_own_address_and_what_is_older_changes_nothing(world: World, post: Post, lola: Account) -> None:
    sent = world.time.now
    _bounce(world, world.gina.user.email)
    browser = world.browser(world.gina)
    other = browser.post("/profile/notices/stops/mend", {"address": world.peter.user.email})
    assert (other.status, other.json["errors"][0]["code"]) == (422, "not_own_address")
    assert browser.post("/profile/notices/stops/mend", {"address": world.gina.user.email.upper()}).status == 204
    _settle()
    assert _shown(world.browser(lola), world.gina) is None
    assert stopped.waiting(world.maple.id, 5) == ([], False)
    bouncing.tell(world.gina.user.email, "bounced", sent, world.time.now)
    _settle()
    assert _shown(world.browser(lola), world.gina) is None
    before = len(post.mails)
    world.write(lola, world.gina)
    _settle()
    assert [to for to, _ in _notices(post)[before:]] == [world.gina.user.email]


def test_administrators_mend_three_times_a_day_at_most(world: World, post: Post, lola: Account) -> None:
    browser = world.browser(lola)
    path = f"/members/{world.gina.mailbox}/stops/mend"
    assert browser.post(path, {}).status == 204, "nothing is stopped: nothing happens"
    for _ in range(3):
        _bounce(world, world.gina.user.email)
        assert browser.post(path, {}).status == 204
        assert _shown(browser, world.gina) is None, "at once"
        world.time.advance(minutes=1)
    _bounce(world, world.gina.user.email)
    refused = browser.post(path, {})
    assert (refused.status, refused.json["code"]) == (429, "too_many_attempts")
    assert _shown(browser, world.gina)["reason"] == "bounced"
    # Each stop was told once, to both.
    assert len(post.mails) == 8


def test_a_mark_that_stayed_behind_is_taken_away(world: World, post: Post, lola: Account) -> None:
    """NOT-4: of an address that is no longer stopped, or theirs: nothing else would ever remove it."""
    mark = Mark(world.gina.mailbox, Stop("bounced", world.time.now))
    stopped.row(world.maple.id, mark).save()
    browser = world.browser(lola)
    assert _shown(browser, world.gina)["reason"] == "bounced"
    assert browser.post(f"/members/{world.gina.mailbox}/stops/mend", {}).status == 204
    assert _shown(browser, world.gina) is None
    _settle()
    assert _shown(browser, world.gina) is None


def test_another_address_is_not_stopped(world: World, post: Post, lola: Account) -> None:
    """CRD-10: changing it mends, without anybody's help."""
    _bounce(world, world.gina.user.email)
    gina = world.browser(world.gina)
    assert gina.post("/profile/email", {"email": "gina.elsewhere@people.example"}).status == 202
    _settle()
    token = inviting.token_in(inviting.mails_to(post, "gina.elsewhere@people.example")[-1], "confirm-email")
    assert world.browser().post("/email-confirmations", {"token": token}).status == 204
    _settle()
    assert _shown(world.browser(lola), world.gina) is None


def test_a_new_member_whose_address_was_stopped_before_is_told_of_too(world: World, post: Post, lola: Account) -> None:
    """The link can't be sent, so those who wait for it hear of that."""
    _bounce(world, "nora.newcomer@people.example")
    assert post.mails == []
    browser = world.browser(lola)
    id_ = inviting.create(browser)
    _settle()
    assert browser.get(f"/members/{id_}").json["address_stopped"]["reason"] == "bounced"
    assert {to for to, _ in _notices(post)} == {lola.user.email, "bea.sample@people.example"}


def test_of_staff_the_plan_administrators_hear(world: World, post: Post) -> None:
    paula = world.agent("Paula Fictional", roles=("plan_administrator",))
    _bounce(world, world.ada.user.email)
    assert [to for to, _ in _notices(post)] == [paula.user.email]
    browser = world.browser(paula)
    path = f"/staff/{world.ada.user.id}"
    assert browser.get(path).json["address_stopped"]["reason"] == "bounced"
    assert [mark.id for mark in stopped.waiting(None, 5)[0]] == [world.ada.user.id]
    assert browser.post(f"{path}/stops/mend", {}).status == 204
    assert browser.get(path).json["address_stopped"] is None


def test_of_other_mails_and_of_none_of_ours_nobody_hears(world: World, post: Post, lola: Account) -> None:
    _bounce(world, "stranger@elsewhere.example")
    assert post.mails == []
    assert stopped.waiting(world.maple.id, 5) == ([], False)


def test_an_address_that_is_only_wanted_tells_nothing_of_what_was_before(
    world: World, post: Post, lola: Account
) -> None:
    """S-AUTH-07: whose it is mends it; who asks for it hears of the link to it alone, and mends no more than that."""
    theirs = "somebody.else@people.example"
    bouncing.tell(theirs, "complained", world.time.now)
    world.time.advance(seconds=1)
    browser = world.browser(world.gina)
    assert browser.send("PUT", "/profile/notices/address", {"email": theirs}, {}).status < 300
    assert browser.get("/profile/notices").json["stopped"] == []
    assert browser.post("/profile/notices/stops/mend", {"address": theirs}).status == 422
    other = "nobody.yet@people.example"
    assert browser.send("PUT", "/profile/notices/address", {"email": other}, {}).status < 300
    _settle()
    _bounce(world, other)
    assert [stop["address"] for stop in browser.get("/profile/notices").json["stopped"]] == [other]
    assert browser.post("/profile/notices/stops/mend", {"address": other}).status < 300
    assert browser.get("/profile/notices").json["stopped"] == []
