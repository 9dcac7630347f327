"""Communication Preferences: how one is told about what (NOT-1, PLT-3)."""

from typing import Any

import pytest

from tests import bouncing, delivery
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import World

PATH = "/profile/notices"


def save(browser: Browser, version: int = 0, **channels: Any) -> Answer:
    return browser.send("PUT", PATH, {"channels": channels}, {"If-Match": f'"{version}"'})


def channels(page: dict[str, Any]) -> dict[str, str]:
    return {one["category"]: one["channel"] for one in page["categories"]}


def test_who_never_chose(world: World) -> None:
    """NOT-1: for members and staff alike."""
    page = world.browser(world.ada).get(PATH).json
    assert page == {
        "version": 0,
        "categories": [
            {"category": "SECURE_MESSAGING", "channel": "online", "fixed": False},
            {"category": "AUTHORIZATION_DRAFTS", "channel": "email", "fixed": False},
            {"category": "USER_MANAGEMENT", "channel": "email", "fixed": False},
            {"category": "ACCOUNT_SECURITY", "channel": "email", "fixed": True},
            {"category": "ACCESS_REVIEW", "channel": "email", "fixed": True},
        ],
        "sign_in_address": world.ada.user.email,
        "notice_address": None,
        "waiting_address": None,
        "stopped": [],
    }


def test_a_choice_counts_from_the_next_mail_on(world: World, post: Post) -> None:
    """NOT-1, S-MAIL-05: also for what was sent before and not mailed yet."""
    browser, ivy = world.browser(world.gina), world.member(world.maple, "Ivy Sample")
    world.write(ivy, world.gina)
    saved = save(browser, SECURE_MESSAGING="online", USER_MANAGEMENT="online")
    assert (saved.status, saved.json["version"]) == (200, 1)
    assert saved.json == browser.get(PATH).json
    assert channels(saved.json)["USER_MANAGEMENT"] == "online"
    delivery.settle()
    assert post.mails == []
    again = save(browser, 1, SECURE_MESSAGING="email").json
    assert (channels(again)["SECURE_MESSAGING"], channels(again)["USER_MANAGEMENT"]) == ("email", "online")
    world.write(ivy, world.gina)
    delivery.settle()
    assert post.addresses == [world.gina.user.email]


def test_two_tabs_at_once(world: World) -> None:
    """PLT-3: the second is told, and changes nothing; saving what is there already makes no new version."""
    one, other = world.browser(world.gina), world.browser(world.gina)
    assert save(one, USER_MANAGEMENT="online").json["version"] == 1
    late = save(other, USER_MANAGEMENT="email")
    assert (late.status, late.code) == (412, "stale")
    assert channels(other.get(PATH).json)["USER_MANAGEMENT"] == "online"
    assert save(other, 1, USER_MANAGEMENT="online").json["version"] == 1
    unversioned = other.put(PATH, {"channels": {}})
    assert (unversioned.status, unversioned.code) == (428, "version_missing")


def test_what_always_mails_has_no_choice(world: World) -> None:
    """NOT-1: every field is named; to say what is so anyway is no mistake."""
    browser = world.browser(world.gina)
    refused = save(browser, ACCOUNT_SECURITY="online", ACCESS_REVIEW="online", USER_MANAGEMENT="online")
    assert refused.fields == {
        ("/channels/ACCOUNT_SECURITY", "always_mailed"),
        ("/channels/ACCESS_REVIEW", "always_mailed"),
    }
    assert channels(browser.get(PATH).json)["USER_MANAGEMENT"] == "email"
    assert save(browser, ACCOUNT_SECURITY="email").status == 200


def test_an_address_that_gets_no_mail_is_said(world: World) -> None:
    """NOT-4: with the reason."""
    bouncing.stop(world.gina, world.time.now)
    (stopped,) = world.browser(world.gina).get(PATH).json["stopped"]
    assert (stopped["address"], stopped["reason"]) == (world.gina.user.email, "bounced")


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {("/channels", "required")}),
        ({"channels": []}, {("/channels", "wrong_type")}),
        (
            {"channels": {"SECURE_MESSAGING": "fax", "USER_MANAGEMENT": 1, "NEWS": "email"}, "other": 1},
            {
                ("/channels/SECURE_MESSAGING", "not_one_of_these"),
                ("/channels/USER_MANAGEMENT", "wrong_type"),
                ("/channels/NEWS", "unknown"),
                ("/other", "unknown"),
            },
        ),
    ],
)
def test_bad_input_names_every_field(world: World, body: dict[str, Any], fields: set[tuple[str, str]]) -> None:
    """House rule 5."""
    answer = world.browser(world.gina).send("PUT", PATH, body, {"If-Match": '"0"'})
    assert (answer.status, answer.fields) == (422, fields)
