"""Notices go to another address than the one that signs in (NOT-1, S-MAIL-03, S-MAIL-04, S-MAIL-05)."""

import json
import string

import pytest
from moto.ses.models import Message

from chalicelib.accounts import store as accounts
from chalicelib.core import texts
from chalicelib.notifications.actions import security
from tests import bouncing, delivery, inviting, later, nominating, recovering, stored
from tests.asked_by_directory import FORM
from tests.deadlines import Deadlines, happens
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import PASSWORD, Account, World

NEW = "gina.notices@people.example"
OTHER = "front.desk@people.example"
ADDRESS = "/profile/notices/address"


def ask(browser: Browser, email: str = NEW) -> Answer:
    return browser.put(ADDRESS, {"email": email})


def confirm(world: World, token: str) -> Answer:
    return world.browser().post("/notice-address-confirmations", {"token": token})


def token(post: Post, address: str = NEW) -> str:
    return inviting.token(post, address, "confirm-notice-address")


def confirmed(world: World, post: Post, email: str = NEW) -> Browser:
    """Gina's notices go there from now on."""
    browser = world.browser(world.gina)
    assert ask(browser, email).status == 202
    assert confirm(world, token(post, email)).status == 204
    delivery.settle()
    return browser


def shown(browser: Browser) -> tuple[str, str | None, str | None]:
    """Where one signs in, where notices go instead, what waits."""
    page = browser.get("/profile/notices").json
    waits = page["waiting_address"]
    return page["sign_in_address"], page["notice_address"], waits and waits["address"]


def noticed(world: World, post: Post) -> list[str]:
    """Who is told of the next message to Gina."""
    before = len(post.mails)
    world.write(world.member(world.maple, f"Ivy Sample {world.number()}"), world.gina)
    delivery.settle()
    return [address for mail in post.mails[before:] for address in mail.destinations["ToAddresses"]]


def test_from_the_question_to_the_answer(world: World, post: Post) -> None:
    """S-MAIL-03: unconfirmed it gets nothing but the link; confirmed, the notices; the one before is told."""
    browser, own = world.browser(world.gina), world.gina.user.email
    assert ask(browser).status == 202
    delivery.settle()
    assert post.addresses == [NEW]
    assert shown(browser) == (own, None, NEW)
    assert noticed(world, post) == [own]
    assert confirm(world, token(post)).status == 204
    assert shown(browser) == (own, NEW, None)
    delivery.settle()
    assert noticed(world, post) == [NEW]
    told = inviting.mails_to(post, own)[-1]
    assert told.subject == "Your notices of the Example Valley Health Plan provider portal go to another address now"
    assert "If it was not you" in told.body and "1-800-555-0100" in told.body
    assert not any("notices@" in mail.subject + mail.body for mail in post.mails)


def test_every_change_tells_the_one_before(world: World, post: Post) -> None:
    """S-MAIL-03: from one to another, and back to where one signs in; nobody else is."""
    browser, own = confirmed(world, post), world.gina.user.email
    assert len(inviting.mails_to(post, own)) == 1
    assert ask(browser, OTHER).status == 202
    assert confirm(world, token(post, OTHER)).status == 204
    delivery.settle()
    assert [len(inviting.mails_to(post, to)) for to in (own, NEW, OTHER)] == [1, 2, 1]
    assert browser.delete(ADDRESS).status == 204
    delivery.settle()
    assert [len(inviting.mails_to(post, to)) for to in (own, NEW, OTHER)] == [1, 2, 2]
    assert shown(browser) == (own, None, None)
    assert noticed(world, post) == [own]
    assert browser.delete(ADDRESS).status == 204
    delivery.settle()
    assert len(inviting.mails_to(post, own)) == 2


def test_it_opens_nothing(world: World, post: Post) -> None:
    """S-MAIL-03: it does not sign in, and no link to get back in goes there."""
    confirmed(world, post)
    assert world.browser().sign_in(NEW, PASSWORD).status == 401
    before = len(inviting.mails_to(post, NEW))
    world.time.advance(hours=73)
    for email in (NEW, world.gina.user.email):
        assert world.browser().post("/password-resets", {"email": email}).status == 202
    delivery.settle()
    assert len(inviting.mails_to(post, NEW)) == before
    assert post.mails[-1].destinations["ToAddresses"] == [world.gina.user.email]


# By template: whether it follows the person to where their notices go, or goes to where they sign in.
_FOLLOWS = {
    "access_requested", "address_stopped", "address_stopped_plan", "administrators_changed", "directory_requested",
    "member_registered", "message", "onboarding_backup", "onboarding_users", "organization_closed",
    "reset_case_opened", "review_called", "review_overdue", "review_reminded",
    "sharing_raised", "sign_in_blocked_administrators", "staff_review_reminded", "urgent_message",
}  # fmt: skip
# Several of those in one; tests of bundles have them.
_BUNDLES = {"urgent_waiting", "waiting"}
_SIGN_IN = {
    "device_new", "email_change_requested", "factor_changed", "inactivity_lapsed", "inactivity_warned", "invitation",
    "password_changed", "password_expiring", "password_reset", "questions_changed", "recovery_started", "registration",
    "request_rejected", "session_displaced", "set_up_again", "sharing_noticed", "sign_in_after_absence",
    "sign_in_blocked", "staff_lapsed",
}  # fmt: skip
# Of the plan, of an executive, of a mailbox that waits for its link, or that was left: no rule chooses where these go.
_NAMED = {
    "administrators_changed_plan", "directory_requested_plan", "email_changed", "email_confirmation",
    "message_misdirected", "nomination_approved", "nomination_form", "nomination_reminder", "nomination_requested_plan",
    "nomination_returned", "nomination_signed", "nomination_signed_plan", "notice_address_changed",
    "notice_address_confirmation", "review_overdue_plan", "without_administrator",
}  # fmt: skip


def _templates() -> set[str]:
    return {key.split(".")[1] for key in texts.catalogue("en") if key.endswith(".subject")}


def _template(subject: str) -> str:
    """The template of a mail, by its subject."""
    for key, text in texts.catalogue("en").items():
        if key.startswith("mail.") and key.endswith(".subject"):
            places = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            if text.format(**dict.fromkeys(places, "Example Valley Health Plan")) == subject:
                return key.split(".")[1]
    raise AssertionError(subject)


def test_every_template_has_its_place() -> None:
    """A new mail says here where it goes."""
    assert _templates() == _FOLLOWS | _BUNDLES | _SIGN_IN | _NAMED


def _everything(world: World, lola: Account, bea: Account) -> None:
    """Whatever people are mailed about themselves, each at least once."""
    browser, gina = world.browser(lola), world.gina
    inviting.create(browser, "Peter Specimen", email=world.peter.user.email)
    nora = accounts.membership(world.maple.id, inviting.create(browser))
    assert nora is not None
    later.set_notice_address(nora.user_id, "notices.nora@people.example")
    newcomer = world.member(world.maple, "Newton Sample", status="verification_pending")
    later.set_notice_address(newcomer.user.id, "notices.newton@people.example")
    about = {"organization_id": world.maple.id, "membership_id": newcomer.mailbox}
    happens(world, "member.registered", **about)
    assert world.browser(gina).post("/access-requests", {"access_level": "claims"}).status == 201
    recovering.case_about(world, bea)
    world.write(bea, gina)
    delivery.settle()
    world.time.advance(hours=1)
    later.set_status(newcomer, "rejected")
    happens(world, "member.rejected", **about)
    happens(world, "administrators.changed", **about)
    recovering.confirmed_case_about(world, gina)
    assert world.browser().post("/directory/requests", FORM).status == 202
    world.write(bea, gina, urgent=True)
    assert world.browser(gina).post("/profile/email", {"email": "elsewhere@people.example"}).status == 202
    for name in (*security.TEMPLATES, "password_reset.requested"):
        happens(world, name, user_id=gina.user.id)
    delivery.settle()
    world.time.advance(hours=1)
    for unreachable in (world.member(world.maple, "Una Sample"), world.ada):
        bouncing.stop(unreachable, world.time.now)
    for _ in range(3):
        delivery.settle()
    _coming_aboard(world)
    made = Deadlines(world)
    for person in made.people:
        later.set_notice_address(person.user.id, f"notices.{person.user.email}")
    made.tell()


def _coming_aboard(world: World) -> None:
    """Practices that lack a backup or users, and one that ends (ORG-3, ORG-9)."""
    for number, (lack, backups) in enumerate((("no_backup", 0), ("no_users", 1), ("", 1))):
        practice = world.organization(f"70000001{number}", f"Placeholder Practice {number}")
        seat = world.member(practice, f"Alda Sample{number}", role="local_administrator")
        people = [
            seat,
            *(world.member(practice, f"Alban Sample{number}", role="backup_administrator") for _ in range(backups)),
        ]
        for person in people:
            later.set_notice_address(person.user.id, f"notices.{person.user.email}")
        if lack:
            happens(world, "onboarding.chased", organization_id=practice.id, lack=lack, days="7")
        else:
            nominating.edit(world, practice, closed_at=world.time.now)
            happens(world, "organization.closed", organization_id=practice.id)
    delivery.settle()


def test_links_and_security_go_where_one_signs_in_and_the_rest_to_the_notice_address(world: World, post: Post) -> None:
    """NOT-1: whatever happens to people who all have an address for notices."""
    lola, bea = inviting.administrators(world)
    pia = world.agent("Pia Fictional", roles=("plan_administrator",))
    for person in (world.gina, world.peter, lola, bea, pia):
        later.set_notice_address(person.user.id, f"notices.{person.user.email}")
    _everything(world, lola, bea)
    sent: dict[str, set[bool]] = {}
    for mail in post.mails:
        (address,) = mail.destinations["ToAddresses"]
        sent.setdefault(_template(mail.subject), set()).add(address.startswith("notices."))
    assert sent.keys() - _NAMED == _FOLLOWS | _SIGN_IN
    assert {name: to for name, to in sent.items() if name not in _NAMED} == {
        name: {name in _FOLLOWS} for name in _FOLLOWS | _SIGN_IN
    }


def test_the_link_works_once_and_for_a_day(world: World, post: Post) -> None:
    """S-MAIL-03: to the second; looking at the page spends nothing, as the token is behind the `#`."""
    browser = world.browser(world.gina)
    ask(browser)
    link = token(post)
    world.time.advance(hours=23, minutes=59, seconds=59)
    assert confirm(world, link).status == 204
    assert confirm(world, link).status == 410
    browser = world.browser(world.gina)
    ask(browser, OTHER)
    link = token(post, OTHER)
    world.time.advance(hours=24)
    assert shown(world.browser(world.gina)) == (world.gina.user.email, NEW, None)
    assert confirm(world, link).status == 410


def test_what_was_withdrawn_or_replaced_is_confirmed_no_more(world: World, post: Post) -> None:
    """And sending the link once more ends the one before."""
    browser = world.browser(world.gina)
    ask(browser)
    first = token(post)
    ask(browser)
    assert confirm(world, first).status == 410
    again = inviting.token_in(_last(post, NEW), "confirm-notice-address")
    assert again != first
    ask(browser, OTHER)
    assert confirm(world, again).status == 410
    other = token(post, OTHER)
    assert browser.delete("/profile/notices/waiting-address").status == 204
    assert (confirm(world, other).status, shown(browser)[1:]) == (410, (None, None))
    assert browser.delete("/profile/notices/waiting-address").status == 204
    ask(browser, OTHER)
    other = inviting.token_in(_last(post, OTHER), "confirm-notice-address")
    assert browser.delete(ADDRESS).status == 204
    assert confirm(world, other).status == 410


def _last(post: Post, address: str) -> Message:
    delivery.settle()
    return inviting.mails_to(post, address)[-1]


def test_what_ended_before_the_mail_is_not_mailed(world: World, post: Post) -> None:
    """S-MAIL-05: withdrawn, or asked by somebody who was shut out since."""
    browser = world.browser(world.gina)
    ask(browser)
    browser.delete("/profile/notices/waiting-address")
    delivery.settle()
    ask(browser)
    later.set_status(world.gina, "disabled")
    delivery.settle()
    assert post.mails == []


@pytest.mark.parametrize("status", ["disabled", "removed"])
def test_nobody_who_was_shut_out_confirms(world: World, post: Post, status: str) -> None:
    """S-SESS-04."""
    ask(world.browser(world.gina))
    link = token(post)
    later.set_status(world.gina, status)  # type: ignore[arg-type]  # one of the statuses
    assert confirm(world, link).status == 410


def test_the_address_of_somebody_else_tells_nothing(world: World, post: Post) -> None:
    """S-AUTH-07: the answer, the page and the mail are the same, and it stays theirs to sign in with."""
    browser, theirs = world.browser(world.gina), world.peter.user.email
    free, taken = ask(browser), ask(browser, theirs)
    assert (free.status, free.text) == (taken.status, taken.text) == (202, "")
    assert confirm(world, token(post, theirs)).status == 204
    assert shown(browser) == (world.gina.user.email, theirs, None)
    assert world.browser().sign_in(theirs, PASSWORD).status == 201
    assert world.browser(world.peter).get("/profile").json["id"] == world.peter.user.id
    assert theirs in noticed(world, post)


def test_a_stranger_uses_up_nothing(world: World, post: Post) -> None:
    """S-MAIL-04, S-LIM-03: five links an hour and 20 a day, to nobody's cost; then one is told to wait."""
    theirs = world.peter.user.email
    for _ in range(5):
        assert ask(world.browser(world.gina), theirs).status == 202
        delivery.settle()
    refused = ask(world.browser(world.gina), theirs)
    assert (refused.status, refused.code, refused.headers["retry-after"]) == (429, "too_many_attempts", "3600")
    assert ask(world.browser(world.ada), theirs).status == 202
    delivery.settle()
    assert len(inviting.mails_to(post, theirs)) == 5
    assert world.browser().post("/password-resets", {"email": theirs}).status == 202
    delivery.settle()
    assert "Set a new password" in inviting.mails_to(post, theirs)[-1].subject
    world.time.advance(hours=1)
    assert ask(world.browser(world.gina), theirs).status == 202


def test_it_asks_for_a_late_proof(world: World) -> None:
    """S-SESS-10."""
    browser = world.browser(world.gina)
    world.time.advance(minutes=4, seconds=59)
    assert ask(browser).status == 202
    world.time.advance(seconds=1)
    assert (ask(browser).status, ask(browser).code) == (401, "step_up_required")


@pytest.mark.parametrize(
    ("email", "code"),
    [("GINA.sample@people.EXAMPLE", "own_address"), ("Gina.NOTICES@people.example", "notice_address"),
     ("x", "too_short"), ("Gina <g@people.example>", "wrong_form"), ("a" * 250 + "@b.example", "too_long")],
)  # fmt: skip
def test_what_can_not_be_an_address_for_notices(world: World, email: str, code: str) -> None:
    later.set_notice_address(world.gina.user.id, NEW)
    assert ask(world.browser(world.gina), email).fields == {("/email", code)}


def test_fifty_deliveries_are_one_mail_each(world: World, post: Post) -> None:
    """S-MAIL-06: the link, and the word to the one before."""
    confirmed(world, post)
    before = len(post.mails)
    bodies = delivery.heard("notifications")
    for _ in range(50):
        assert delivery.deliver("deliver_notices", bodies) == []
    assert len(post.mails) == before == 2


def test_of_two_links_at_once_one_counts(world: World, post: Post) -> None:
    """Asked in one tab and in another: the newest; an earlier one confirms nothing."""
    one, other = world.browser(world.gina), world.browser(world.gina)
    ask(one)
    ask(other, OTHER)
    delivery.settle()
    assert post.addresses == [OTHER]
    assert confirm(world, token(post, OTHER)).status == 204
    assert shown(one) == shown(other) == (world.gina.user.email, OTHER, None)


def test_other_links_do_not_open(world: World) -> None:
    """A token that never was, or was for something else."""
    reset = inviting.link(world, world.gina.user.id, "password_reset")
    assert confirm(world, reset).status == confirm(world, "x" * 43).status == 410


def test_no_address_rests_in_an_event_or_record(world: World, post: Post) -> None:
    """AUD-4, S-AUD-02."""
    confirmed(world, post)
    items = stored.everything()
    told = [item for name in items for item in items[name] if item["cls"]["S"] in ("record", "outbox")]
    assert told
    assert "gina.notices" not in json.dumps(told, default=str)


def test_staff_have_it_too(world: World, post: Post) -> None:
    browser = world.browser(world.ada)
    assert ask(browser, "ada.notices@plan.example").status == 202
    assert confirm(world, token(post, "ada.notices@plan.example")).status == 204
    assert shown(browser) == (world.ada.user.email, "ada.notices@plan.example", None)
