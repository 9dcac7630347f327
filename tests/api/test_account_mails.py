"""Mails about accounts: what they say, to whom, once, and only what still holds (NOT-1..NOT-3, S-MAIL-*)."""

import random
import re
from typing import Any

import msgspec
import pytest

from chalicelib.core import texts
from tests import delivery, inviting, later, recovering, stored
from tests.portal import Browser
from tests.ses import Post
from tests.world import Account, World

NORA = "nora.newcomer@people.example"


@pytest.fixture
def lola(world: World) -> Account:
    """The local administrator of Maple, beside a backup."""
    return inviting.administrators(world)[0]


def _reset(world: World, administrator: Account, member: Account) -> None:
    path = f"/members/{member.mailbox}/password-reset-email"
    assert world.browser(administrator).post(path, {}).status == 202


def test_the_registration_mail(world: World, post: Post, lola: Account) -> None:
    """NOT-2, CRD-6: fixed words and the link, behind a #."""
    inviting.create(world.browser(lola))
    token = inviting.token(post)
    (mail,) = inviting.mails_to(post, NORA)
    assert mail.subject == "Your account in the Example Valley Health Plan provider portal"
    assert mail.body == (
        "You have been invited to the Example Valley Health Plan provider portal.\n\n"
        f"Open this link to complete your registration: http://localhost:8000/register#{token}\n\n"
        "The link works once, for at most 72 hours. It is for you alone: do not pass it on. If it has ended, ask your "
        "administrator for a new one. Please do not reply to this email.\n"
    )


def test_the_reset_mail_in_ones_own_language(world: World, post: Post, lola: Account) -> None:
    """PLT-1, CRD-6: to the sign-in address."""
    hugo = world.member(world.maple, "Hugo Ejemplo", language="es")
    _reset(world, lola, hugo)
    token = inviting.token(post, hugo.user.email, "reset")
    (mail,) = inviting.mails_to(post, hugo.user.email)
    assert mail.subject == "Elija una contraseña nueva para el portal de proveedores de Example Valley Health Plan"
    assert f"http://localhost:8000/reset#{token}\n" in mail.body


def test_only_mails_that_open_something_hold_a_token() -> None:
    """S-MAIL-02: and each of them in the fragment."""
    for language in texts.LANGUAGES:
        catalogue = texts.catalogue(language)
        holding = {key for key, text in catalogue.items() if "{token}" in text}
        opening = (
            "registration", "password_reset", "email_confirmation", "set_up_again", "notice_address_confirmation",
            "nomination_form", "nomination_reminder", "nomination_returned",
        )  # fmt: skip
        assert holding == {f"mail.{mail}.text" for mail in opening}
        assert all(
            re.search(
                r"{portal}/(register|reset|confirm-email|set-up|confirm-notice-address|nominate)#{token}\n",
                catalogue[key],
            )
            for key in holding
        )


# What texts have places for: the portal's own words, numbers and instants, and nothing else.
_PLACES = {"plan", "portal", "token", "helpdesk", "number", "deadline"}
_OF_PARTS = {
    # The portal's, as the words of a link name it.
    "mail.link.": {"host"},
    "mail.date.": {"day", "month", "year"},
}


def test_mails_have_no_place_for_what_people_type() -> None:
    """S-MAIL-01: the plan's name and number, the portal's address, a link, a deadline, how many of something wait."""
    for language in texts.LANGUAGES:
        for key, text in texts.catalogue(language).items():
            if key.startswith("mail."):
                allowed = next((places for part, places in _OF_PARTS.items() if key.startswith(part)), _PLACES)
                assert set(re.findall(r"{(\w*)}", text)) <= allowed, key


def test_fifty_deliveries_are_one_mail(world: World, post: Post, lola: Account) -> None:
    """S-MAIL-06, T11: an invitation and a reset, shuffled, in batches, and again 13 days later; the links hold."""
    inviting.create(world.browser(lola))
    _reset(world, lola, world.gina)
    records = delivery.stream_records() * 25
    random.Random(4).shuffle(records)
    assert delivery.publish(records) == []
    bodies = delivery.waiting("notifications")
    assert len(bodies) == 50
    while bodies:
        assert delivery.deliver("deliver_notices", bodies[:10]) == []
        bodies = bodies[10:]
    token = inviting.token_in(inviting.mails_to(post, NORA)[-1])
    assert inviting.look(world, token).status == 200
    world.time.advance(days=13)
    delivery.settle()
    assert post.addresses == sorted([NORA, world.gina.user.email])


def test_after_a_crash_a_fresh_link_goes_out_and_the_other_is_void(world: World, post: Post, lola: Account) -> None:
    """S-AUTH-08, S-MAIL-06: the link was minted, then nothing came of the mail, or of noting it."""
    inviting.create(world.browser(lola))
    bodies = delivery.heard("notifications")
    post.refuse(NORA)
    assert delivery.deliver("deliver_notices", bodies) == [0]
    assert [item["cls"]["S"] for item in stored.everything()["shortlived"]].count("link") == 1
    post.accept()
    post.lose_answers(1)
    assert delivery.deliver("deliver_notices", bodies) == [0]
    assert delivery.deliver("deliver_notices", bodies) == [0]
    first = inviting.token_in(inviting.mails_to(post, NORA)[0])
    world.time.advance(minutes=4)
    assert delivery.deliver("deliver_notices", bodies) == []
    first_mail, second_mail = inviting.mails_to(post, NORA)
    assert inviting.look(world, first).status == 410
    assert inviting.complete(world, inviting.token_in(second_mail)).status == 200
    assert first_mail.subject == second_mail.subject


@pytest.mark.parametrize("status", ["disabled", "removed", "active"])
def test_an_invitation_that_no_longer_holds_is_not_mailed(world: World, post: Post, lola: Account, status: Any) -> None:
    """S-MAIL-05: disabled, removed or let in between the event and its delivery."""
    made = inviting.create(world.browser(lola))
    bodies = delivery.heard("notifications")
    later.set_status(Account(world.gina.user, _as_member(world, made), made), status)
    assert delivery.deliver("deliver_notices", bodies) == []
    assert inviting.mails_to(post, NORA) == []


def _as_member(world: World, membership_id: str) -> Any:
    return msgspec.structs.replace(world.gina.actor, membership_id=membership_id)


def test_an_invitation_that_has_ended_is_not_mailed(world: World, post: Post, lola: Account) -> None:
    """CRD-6: the link would be of no use."""
    inviting.create(world.browser(lola))
    bodies = delivery.heard("notifications")
    world.time.advance(hours=72)
    assert delivery.deliver("deliver_notices", bodies) == []
    assert inviting.mails_to(post, NORA) == []


@pytest.mark.parametrize("status", ["disabled", "removed"])
def test_no_reset_for_somebody_shut_out_meanwhile(world: World, post: Post, lola: Account, status: Any) -> None:
    """S-MAIL-05."""
    _reset(world, lola, world.gina)
    bodies = delivery.heard("notifications")
    later.set_status(world.gina, status)
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.mails == []


def test_administrators_who_chose_online_only_get_none(world: World, post: Post, lola: Account) -> None:
    """NOT-1: USER_MANAGEMENT starts as email; Online only is kept to."""
    later.choose(lola, "online", "USER_MANAGEMENT")
    inviting.ask(world)
    delivery.settle()
    assert post.addresses == ["bea.sample@people.example"]


def test_a_request_dealt_with_meanwhile_needs_no_mail(world: World, post: Post, lola: Account) -> None:
    """S-MAIL-05."""
    inviting.ask(world)
    delivery.deliver("receive_registrations", delivery.heard("accounts"))
    bodies = delivery.heard("notifications")
    browser = world.browser(lola)
    (row,) = browser.get("/members", status="verification_pending").json["items"]
    _move(browser, row["id"], "remove")
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.mails == []


def _move(browser: Browser, id_: str, verb: str) -> None:
    version = browser.get(f"/members/{id_}").json["version"]
    answer = browser.send("POST", f"/members/{id_}/{verb}", {"comment": "why"}, {"If-Match": f'"{version}"'})
    assert answer.status == 200, answer.text


def test_others_and_enrollment_are_told_of_changed_administrators(world: World, post: Post, lola: Account) -> None:
    """ORG-5: not the one it is about; without names."""
    later.set_enrollment_address("enrollment@plan.example")
    member = world.member(world.maple, "Mona Sample")
    browser = world.browser(lola)
    shown = browser.get(f"/members/{member.mailbox}").json
    answer = browser.send(
        "PATCH", f"/members/{member.mailbox}", {"role": "backup_administrator"}, {"If-Match": f'"{shown["version"]}"'}
    )
    assert answer.status == 200, answer.text
    delivery.settle()
    assert post.addresses == ["bea.sample@people.example", "enrollment@plan.example", "lola.sample@people.example"]
    assert all("Mona" not in mail.body + mail.subject for mail in post.mails)


def test_a_request_for_access_reaches_the_administrators(world: World, post: Post, lola: Account) -> None:
    """ACC-9."""
    answer = world.browser(world.gina).post("/access-requests", {"access_level": "claims"})
    assert answer.status == 201, answer.text
    delivery.settle()
    assert post.addresses == ["bea.sample@people.example", lola.user.email]
    assert "claims" not in "".join(mail.body for mail in post.mails)


def test_nobody_is_flooded(world: World, post: Post, lola: Account) -> None:
    """S-MAIL-04: five mails an hour and twenty a day to one address; a link that is not mailed voids none."""
    made = inviting.create(world.browser(lola))
    for hour in range(6):
        browser = world.browser(lola)
        for _ in range(7):
            assert browser.post(f"/members/{made}/registration-email", {}).status == 202
        delivery.settle()
        sent = inviting.mails_to(post, NORA)
        assert len(sent) == min(5 * (hour + 1), 20)
        assert inviting.look(world, inviting.token_in(sent[-1])).status == 200
        world.time.advance(hours=1)
    assert stored.records("notice.held_back")


def test_requests_of_strangers_hold_back_no_link(world: World, post: Post, lola: Account) -> None:
    """S-LIM-03, S-MAIL-04: whoever floods an administrator with requests keeps no mail about their own account."""
    for number in range(6):
        inviting.ask(world, email=f"nobody.{number}@people.example")
    delivery.settle()
    assert len(inviting.mails_to(post, lola.user.email)) == 5
    bea = world.member(world.maple, "Bella Sample", role="backup_administrator")
    for _ in range(6):
        world.browser(bea).post(f"/members/{lola.mailbox}/password-reset-email", {})
    token = inviting.token(post, lola.user.email, "reset")
    assert len(inviting.mails_to(post, lola.user.email)) == 10
    # However many mails there were: of a change of the password they are told (CRD-10).
    recovering.with_questions(world, lola)
    assert recovering.whole(world, token).status == 204
    delivery.settle()
    assert len(inviting.mails_to(post, lola.user.email)) == 11
