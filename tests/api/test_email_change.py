"""A person changes the address they sign in with (CRD-10, S-AUTH-01, S-AUTH-08, S-AUTH-13)."""

import pytest

from tests import delivery, inviting, later, stored
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import PASSWORD, World

NEW = "gina.elsewhere@people.example"


def ask(browser: Browser, email: str = NEW) -> Answer:
    return browser.post("/profile/email", {"email": email})


def confirm(world: World, token: str) -> Answer:
    return world.browser().post("/email-confirmations", {"token": token})


def token(post: Post, address: str = NEW) -> str:
    return inviting.token(post, address, "confirm-email")


def changed(world: World, post: Post, email: str = NEW) -> None:
    """Gina signs in with another address from now on."""
    assert ask(world.browser(world.gina), email).status == 202
    assert confirm(world, token(post, email)).status == 204


def signs_in(world: World, email: str) -> int:
    return world.browser().sign_in(email, PASSWORD).status


def test_from_the_question_to_the_answer(world: World, post: Post) -> None:
    """Until the link is used nothing changes; then all of it does."""
    browser = world.browser(world.gina)
    assert ask(browser).status == 202
    shown = browser.get("/profile").json
    assert (shown["email"], shown["pending_email"]) == (world.gina.user.email, NEW)
    assert (signs_in(world, world.gina.user.email), signs_in(world, NEW)) == (201, 401)
    assert confirm(world, token(post)).status == 204
    assert (signs_in(world, world.gina.user.email), signs_in(world, NEW)) == (401, 201)
    shown = browser.get("/profile").json
    assert (shown["email"], shown["pending_email"], shown["version"]) == (NEW, None, 1)


def test_the_three_mails(world: World, post: Post) -> None:
    """S-AUTH-13: a link to the new address; to the old one what to do if it was not them, before and after."""
    changed(world, post)
    delivery.settle()
    old, new = inviting.mails_to(post, world.gina.user.email), inviting.mails_to(post, NEW)
    assert [mail.subject for mail in old] == [
        "A new address was asked for your account in the Example Valley Health Plan provider portal",
        "Your address for the Example Valley Health Plan provider portal has changed",
    ]
    assert all("If it was not you" in mail.body and "1-800-555-0100" in mail.body for mail in old)
    assert len(new) == 1
    assert not any("elsewhere" in mail.subject + mail.body for mail in [*old, *new])


def test_lists_show_the_new_address(world: World, post: Post) -> None:
    """Of members, and the history tells of it; of the plan's staff too."""
    lola, _ = inviting.administrators(world)
    changed(world, post)
    administrator = world.browser(lola)
    (row,) = administrator.get("/members", search="elsewhere").json["items"]
    assert (row["id"], row["email"]) == (world.gina.mailbox, NEW)
    (entry, *_) = administrator.get(f"/members/{world.gina.mailbox}/history").json["items"]
    assert entry["changes"] == [{"field": "email", "from": world.gina.user.email, "to": NEW}]
    boss = world.agent("Pat Fictional", roles=("plan_administrator",))
    assert ask(world.browser(world.ada), "ada.elsewhere@plan.example").status == 202
    assert confirm(world, token(post, "ada.elsewhere@plan.example")).status == 204
    assert world.browser(boss).get(f"/staff/{world.ada.user.id}").json["email"] == "ada.elsewhere@plan.example"


def test_the_answer_is_the_same_for_a_taken_address(world: World, post: Post) -> None:
    """S-AUTH-07: and whose it is gets no mail, so that nobody learns of it."""
    browser = world.browser(world.gina)
    free, taken = ask(browser), ask(browser, "Peter.Specimen@PEOPLE.example")
    assert (free.status, free.text) == (taken.status, taken.text) == (202, "")
    assert browser.get("/profile").json["pending_email"] == "Peter.Specimen@PEOPLE.example"
    delivery.settle()
    # One for each question, to the address one has; the first one was replaced before anything was mailed.
    assert post.addresses == [world.gina.user.email]


def test_an_address_that_was_taken_meanwhile_is_not_given(world: World, post: Post) -> None:
    """S-AUTH-01: the claim decides, when the link is used."""
    lola, _ = inviting.administrators(world)
    ask(world.browser(world.gina))
    link = token(post)
    inviting.create(world.browser(lola), "Gina Elsewhere")
    assert confirm(world, link).code == "link_expired"
    assert signs_in(world, world.gina.user.email) == 201


def test_an_address_that_was_left_stays_theirs(world: World, post: Post) -> None:
    """S-AUTH-01: nobody else gets it; they may come back to it."""
    lola, _ = inviting.administrators(world)
    changed(world, post)
    delivery.settle()
    new = {"name": "Other Gina", "email": world.gina.user.email, "phone": "555-010-0100"}
    assert world.browser(lola).post("/members", new).code == "already_member"
    assert ask(world.browser(world.peter), world.gina.user.email).status == 202
    delivery.settle()
    assert len(inviting.mails_to(post, world.gina.user.email)) == 2
    browser = world.browser()
    browser.sign_in(NEW, PASSWORD)
    assert ask(browser, world.gina.user.email).status == 202
    assert confirm(world, token(post, world.gina.user.email)).status == 204
    assert signs_in(world, world.gina.user.email) == 201


def test_links_to_the_old_address_end(world: World, post: Post) -> None:
    """S-AUTH-08: whoever reads that mailbox opens nothing any more."""
    invited = world.also_member(world.gina, world.birch)
    later.set_status(invited, "unverified")
    subject = {"organization_id": world.birch.id, "membership_id": invited.mailbox}
    link = inviting.link(world, world.gina.user.id, "registration", **subject)
    assert inviting.look(world, link).status == 200
    changed(world, post)
    assert inviting.look(world, link).status == 410


def test_the_link_works_once_and_for_a_day(world: World, post: Post) -> None:
    ask(world.browser(world.gina))
    link = token(post)
    world.time.advance(hours=23, minutes=59, seconds=59)
    assert confirm(world, link).status == 204
    assert confirm(world, link).status == 410
    browser = world.browser()
    browser.sign_in(NEW, PASSWORD)
    ask(browser, "third@people.example")
    link = token(post, "third@people.example")
    world.time.advance(hours=24)
    assert confirm(world, link).status == 410


def test_what_was_withdrawn_or_replaced_is_confirmed_no_more(world: World, post: Post) -> None:
    browser = world.browser(world.gina)
    ask(browser)
    first = token(post)
    ask(browser, "second@people.example")
    assert confirm(world, first).status == 410
    second = token(post, "second@people.example")
    assert confirm(world, first).status == 410
    assert browser.delete("/profile/email").status == 204
    assert browser.get("/profile").json["pending_email"] is None
    assert confirm(world, second).status == 410
    assert browser.delete("/profile/email").status == 204


def test_what_was_withdrawn_before_the_mail_is_not_mailed(world: World, post: Post) -> None:
    """S-MAIL-05."""
    browser = world.browser(world.gina)
    ask(browser)
    browser.delete("/profile/email")
    delivery.settle()
    assert post.mails == []


@pytest.mark.parametrize("status", ["disabled", "removed"])
def test_nobody_who_was_shut_out_confirms(world: World, post: Post, status: str) -> None:
    """S-SESS-04: what somebody began before they were disabled ends with it."""
    ask(world.browser(world.gina))
    link = token(post)
    later.set_status(world.gina, status)  # type: ignore[arg-type]  # one of the statuses
    assert confirm(world, link).status == 410


def test_it_asks_for_a_late_proof(world: World) -> None:
    """S-SESS-10, S-AUTH-13."""
    browser = world.browser(world.gina)
    world.time.advance(minutes=4, seconds=59)
    assert ask(browser).status == 202
    world.time.advance(seconds=1)
    assert (ask(browser).status, ask(browser).code) == (401, "step_up_required")


@pytest.mark.parametrize(
    ("email", "code"),
    [("gina.sample@people.example", "own_address"), ("GINA.sample@people.EXAMPLE", "own_address"), ("x", "too_short"),
     ("Gina <g@people.example>", "wrong_form")],
)  # fmt: skip
def test_what_can_not_be_a_new_address(world: World, email: str, code: str) -> None:
    assert ask(world.browser(world.gina), email).fields == {("/email", code)}


def test_fifty_deliveries_are_one_mail_each(world: World, post: Post) -> None:
    """S-MAIL-06, S-AUTH-15."""
    changed(world, post)
    bodies = delivery.heard("notifications")
    assert len(bodies) == 2
    for _ in range(50):
        assert delivery.deliver("deliver_notices", bodies) == []
    assert len(inviting.mails_to(post, world.gina.user.email)) == 2


def test_notices_to_the_old_address_are_never_held_back(world: World, post: Post) -> None:
    """CRD-10: however many there are; links to others' addresses are (S-MAIL-04)."""
    browser = world.browser(world.gina)
    for _ in range(8):
        ask(browser)
        delivery.settle()
    assert len(inviting.mails_to(post, world.gina.user.email)) == 8
    assert len(inviting.mails_to(post, NEW)) == 5


def test_no_address_rests_in_an_event_or_record(world: World, post: Post) -> None:
    """AUD-4, S-AUD-02."""
    changed(world, post)
    items = stored.everything()
    told = [
        item for name in ("journal", "shortlived") for item in items[name] if item["cls"]["S"] in ("record", "outbox")
    ]
    assert told
    assert not any("elsewhere" in str(item) for item in told)


def test_other_places_do_not_open(world: World) -> None:
    """A token that never was, or was for something else."""
    reset = inviting.link(world, world.gina.user.id, "password_reset")
    assert confirm(world, reset).status == confirm(world, "x" * 43).status == 410
