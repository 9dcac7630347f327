"""An administrator who invites somebody learns nothing of what they are elsewhere (ACC-8, S-AUTH-07)."""

import pytest

from chalicelib.accounts import store
from tests import delivery, inviting
from tests.portal import Browser
from tests.ses import Post
from tests.world import PASSWORD, Account, World

TYPED = "PETER.Specimen@People.example"


@pytest.fixture
def lola(world: World) -> Account:
    return inviting.administrators(world)[0]


def _created(world: World, lola: Account) -> tuple[Browser, str]:
    world.browser(world.peter)
    browser = world.browser(lola)
    return browser, inviting.create(browser, "Pete Other", email=TYPED)


def test_until_they_accept_they_look_like_anybody(world: World, lola: Account) -> None:
    browser, id_ = _created(world, lola)
    shown = browser.get(f"/members/{id_}").json
    assert (shown["name"], shown["email"], shown["last_sign_in_at"]) == ("Pete Other", TYPED, None)
    # Who accepts is known by their own name and address.
    assert world.browser().sign_in(TYPED, PASSWORD).status == 201
    shown = browser.get(f"/members/{id_}").json
    assert (shown["name"], shown["email"]) == (world.peter.user.name, world.peter.user.email)
    assert shown["last_sign_in_at"]


def test_once_they_are_gone_nothing_more_is_seen_of_them(world: World, lola: Account) -> None:
    browser, id_ = _created(world, lola)
    world.browser(world.peter)
    version = browser.get(f"/members/{id_}").json["version"]
    removed = browser.post(f"/members/{id_}/remove", {}, **{"If-Match": f'"{version}"'})
    assert (removed.status, removed.json["last_sign_in_at"]) == (200, None)


def test_a_request_is_shown_as_it_was_typed(world: World, lola: Account) -> None:
    """ACC-1."""
    inviting.ask(world, email=TYPED)
    delivery.settle()
    (asked,) = world.browser(lola).get("/members", status="verification_pending").json["items"]
    assert asked["email"] == TYPED


def test_whoever_claimed_an_address_first_gives_no_number(world: World, lola: Account, post: Post) -> None:
    """CRD-5 calls the phone on record: it is the one an administrator entered, not one a stranger typed."""
    inviting.ask(world, name="Nobody Known", phone="555-0100-666")
    delivery.settle()
    lou = world.member(world.birch, "Lou Sample", role="local_administrator")
    inviting.create(world.browser(lou), "Nora Newcomer", role="backup_administrator", phone="555-0100-8")
    assert inviting.complete(world, inviting.token(post)).status == 200
    user = store.user(store.user_id_of("nora.newcomer@people.example") or "")
    assert (user.name, user.phone) == ("Nora Newcomer", "555-0100-8")


def test_an_invitation_of_another_practice_ends_no_link(world: World, lola: Account, post: Post) -> None:
    """S-AUTH-08: each invitation has its own newest link; the first that is used makes the sign-in."""
    inviting.create(world.browser(lola))
    of_maple = inviting.token(post)
    lou = world.member(world.birch, "Lou Sample", role="local_administrator")
    inviting.create(world.browser(lou), role="backup_administrator")
    of_birch = inviting.token(post)
    assert inviting.look(world, of_maple).json["organization"] == world.maple.name
    assert inviting.look(world, of_birch).json["organization"] == world.birch.name
    assert inviting.complete(world, of_maple).status == 200
    assert inviting.look(world, of_birch).json["signs_in_instead"]
    assert inviting.complete(world, of_birch, password="Other-Lantern-62").status == 410
