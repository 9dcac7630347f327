"""When a case of the helpdesk and its link end: by time, by hand (CRD-5, CRD-6)."""

import pytest

from chalicelib.core import timers
from chalicelib.subscriptions.housekeeping import HOUSEKEEPING
from tests import delivery, inviting, later, recovering, stored
from tests.api.desk import Desk, outcome, refusal, set_up_token
from tests.portal import Browser
from tests.recovering import confirms, opens
from tests.ses import Post
from tests.world import PASSWORD, World


@pytest.mark.parametrize(("seconds", "code"), [(-1, "ok"), (0, "case_expired")])
def test_cases_end_after_72_hours(world: World, seconds: int, code: str) -> None:
    """CRD-5: to the second, before any job has run."""
    desk = Desk(world)
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    case = desk.open()
    world.time.advance(hours=72, seconds=seconds)
    helpdesk, admin = desk.of_plan("Hugo Fictional", "helpdesk"), world.browser(lola)
    shown = helpdesk.get(f"/helpdesk/cases/{case['id']}").json["state"]
    assert shown == ("open" if code == "ok" else "expired")
    assert len(helpdesk.get("/helpdesk/cases").json["items"]) == (code == "ok")
    assert len(admin.get("/reset-cases").json["items"]) == (code == "ok")
    assert outcome(confirms(admin, case["id"])) == code


def test_the_end_becomes_visible_and_frees_the_user(desk: Desk, lola: Browser) -> None:
    """CRD-5: housekeeping; there is one case of a user at a time."""
    world = desk.world
    case = desk.open()
    assert opens(desk.helpdesk, world.gina).code == "case_open"
    world.time.advance(hours=72)
    timers.work("housekeeping", HOUSEKEEPING, world.time.now, lambda: True)
    assert len(stored.records("reset_case.expired")) == 1
    helpdesk = desk.of_plan("Hugo Fictional", "helpdesk")
    assert helpdesk.get(f"/helpdesk/cases/{case['id']}").json["state"] == "expired"
    assert not [item for item in stored.everything()["directory"] if item["cls"]["S"] == "open_reset_case"]
    assert opens(helpdesk, world.gina).status == 201


def test_another_case_needs_no_job_to_have_run(desk: Desk) -> None:
    """House rule 4."""
    desk.open()
    desk.world.time.advance(hours=72)
    helpdesk = desk.of_plan("Hugo Fictional", "helpdesk")
    assert opens(helpdesk, desk.world.gina).status == 201


@pytest.mark.parametrize(("seconds", "works"), [(-1, True), (0, False)])
def test_the_link_lives_thirty_minutes(desk: Desk, lola: Browser, post: Post, seconds: int, works: bool) -> None:
    """CRD-5, CRD-6."""
    confirms(lola, desk.open()["id"])
    token = set_up_token(post, desk.world.gina)
    desk.world.time.advance(minutes=30, seconds=seconds)
    assert (recovering.sets_up(desk.world, token).status == 200) == works


@pytest.mark.parametrize(("seconds", "works"), [(-1, True), (0, False)])
def test_the_link_ends_with_the_case(world: World, post: Post, seconds: int, works: bool) -> None:
    """CRD-5: 72 hours, whenever it was confirmed."""
    desk = Desk(world)
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    case = desk.open()
    world.time.advance(hours=71, minutes=50)
    assert confirms(world.browser(lola), case["id"]).status == 200
    token = set_up_token(post, world.gina)
    world.time.advance(minutes=10, seconds=seconds)
    assert (recovering.sets_up(world, token).status == 200) == works


def test_withdrawing_ends_a_link_that_was_mailed(desk: Desk, lola: Browser, post: Post) -> None:
    """S-AUTH-12: any of the helpdesk, until it is done; later nothing moves it."""
    world = desk.world
    case = desk.open()
    confirms(lola, case["id"])
    token = set_up_token(post, world.gina)
    hugo = desk.of_plan("Hugo Fictional", "helpdesk")
    path = f"/helpdesk/cases/{case['id']}/withdraw"
    assert hugo.post(path, {}).json["state"] == "withdrawn"
    assert refusal(recovering.sets_up(world, token)) == (410, "link_expired")
    assert refusal(hugo.post(path, {})) == (409, "case_withdrawn")
    assert refusal(confirms(lola, case["id"])) == (409, "case_withdrawn")
    assert world.browser().sign_in(world.gina.user.email, PASSWORD).status == 201


def test_declining_ends_it(desk: Desk, lola: Browser, post: Post) -> None:
    """CRD-5: nobody is mailed a link."""
    case = desk.open()
    assert lola.post(f"/reset-cases/{case['id']}/decline", {}).json["state"] == "declined"
    assert refusal(confirms(lola, case["id"])) == (409, "case_declined")
    delivery.settle()
    assert [mail for mail in inviting.mails_to(post, desk.world.gina.user.email) if "/set-up#" in mail.body] == []
    assert opens(desk.helpdesk, desk.world.gina).status == 201


def test_the_link_goes_to_the_address_on_file_when_it_is_sent(desk: Desk, lola: Browser, post: Post) -> None:
    """S-AUTH-12: nothing that the helpdesk enters says where."""
    case = desk.open(caller="somebody@elsewhere.example")
    later.change_address(desk.world.gina, "gina.new@people.example")
    confirms(lola, case["id"])
    delivery.settle()
    assert [mail.destinations["ToAddresses"] for mail in post.mails if "/set-up#" in mail.body] == [
        ["gina.new@people.example"]
    ]


def test_a_mail_that_is_sent_again_has_a_fresh_link(desk: Desk, lola: Browser, post: Post) -> None:
    """S-MAIL-06, S-AUTH-08: the event is delivered again; one mail, one live link."""
    confirms(lola, desk.open()["id"])
    delivery.publish(delivery.stream_records())
    bodies = delivery.waiting("notifications")
    for _ in range(3):
        delivery.deliver("deliver_notices", bodies)
    links = [mail for mail in post.mails if "/set-up#" in mail.body]
    assert len(links) == 1
    assert recovering.sets_up(desk.world, inviting.token_in(links[0], "set-up")).status == 200
