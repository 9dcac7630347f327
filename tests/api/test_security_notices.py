"""What people are told when somebody signs in unlike them (CRD-10, ACC-10, S-AUTH-15, S-LIM-02)."""

from datetime import timedelta

import pytest

from chalicelib.core import access
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from tests import delivery, inviting, later, recovering
from tests.deadlines import shared
from tests.ses import Post
from tests.world import PASSWORD, World


def _subjects(post: Post, address: str) -> list[str]:
    delivery.settle()
    delivery.settle(again=True)
    return [mail.subject for mail in inviting.mails_to(post, address)]


def test_a_new_device_and_a_displaced_session_are_told_once_each(world: World, post: Post) -> None:
    """Not of the first sign-in, not of a known device; of a fourth session one notice."""
    for _ in range(3):
        world.time.advance(seconds=1)
        world.browser(world.gina)
    assert _subjects(post, world.gina.user.email) == []
    assert world.browser().sign_in(world.gina.user.email, PASSWORD).json["displaced_another"]
    told = _subjects(post, world.gina.user.email)
    assert sorted(told) == [
        "A session of yours in the Example Valley Health Plan provider portal was ended",
        "New device at your account in the Example Valley Health Plan provider portal",
    ]


def test_a_closed_sign_in_is_told_to_the_person_and_their_administrators(world: World, post: Post) -> None:
    """S-LIM-02; nobody is told of an address that nobody has (S-AUTH-07)."""
    lola, bea = inviting.administrators(world)
    for user_id in (world.gina.user.id, ""):
        planned = Change(access.system("test"), Entry(action="test.blocked"), world.time.now)
        planned.emit("sign_in.blocked", user_id=user_id)
        planned.commit(None)
    delivery.settle()
    assert post.addresses == sorted([world.gina.user.email, lola.user.email, bea.user.email])


def test_a_sign_in_after_more_than_60_days_is_told(world: World, post: Post) -> None:
    """S-AUTH-15: not at 60 days, a second later; not of the first one ever."""
    address = world.gina.user.email
    subject = "A sign-in to your account in the Example Valley Health Plan provider portal after a long time"
    browser = world.browser(world.gina)
    for second, told in ((0, 0), (1, 1), (0, 1)):
        world.time.advance(days=60, seconds=second)
        browser.sign_in(address, PASSWORD)
        assert _subjects(post, address).count(subject) == told


def test_a_case_of_the_helpdesk_is_told_to_the_person(world: World, post: Post) -> None:
    """S-AUTH-15: recovery that somebody else started, before anything is given."""
    _, bea = inviting.administrators(world)
    recovering.case_about(world, bea)
    subject = "The helpdesk was called about your account in the Example Valley Health Plan provider portal"
    assert _subjects(post, bea.user.email).count(subject) == 1


@pytest.mark.parametrize("meanwhile", ["nothing", "ended", "lapsed", "disabled"])
def test_a_shared_sign_in_is_looked_at_anew_when_it_is_told(world: World, post: Post, meanwhile: str) -> None:
    """ACC-10, S-MAIL-05: no word to anybody when note and mark ended, or who it is about acts no more as of now."""
    lola, bea = inviting.administrators(world)
    days = {"lapsed": 95}.get(meanwhile, 0)
    pat = world.member(world.maple, "Pat Sample", enabled_at=world.time.now - timedelta(days=days))
    lasts = timedelta(seconds=1) if meanwhile == "ended" else timedelta(days=30)
    shared(pat, world.time.now, lasts)
    world.time.advance(seconds=1)
    if meanwhile == "disabled":
        later.set_status(pat, "disabled")
    delivery.settle()
    told = sorted([pat.user.email, lola.user.email, bea.user.email]) if meanwhile == "nothing" else []
    assert post.addresses == told
