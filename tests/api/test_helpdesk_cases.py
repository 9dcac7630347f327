"""The helpdesk's cases: who opens, who confirms, what follows, when it ends (CRD-5, S-AUTH-12)."""

from typing import Any

import pytest

from tests import delivery, inviting, later, recovering, stored
from tests.api.desk import REASON, Desk, outcome, refusal, set_up_token
from tests.inviting import NEW_PASSWORD
from tests.portal import Browser
from tests.recovering import confirms, opens
from tests.ses import Post
from tests.world import PASSWORD


def test_from_the_call_to_signing_in_again(desk: Desk, lola: Browser, post: Post) -> None:
    """CRD-5, end to end: opened, confirmed, the link to the address on file, everything anew, sessions end."""
    world = desk.world
    gina = world.browser(world.gina)
    case = desk.open()
    assert (case["state"], case["needs"], case["may_confirm"], case["phone_on_record"]) == (
        "open", "administrator", False, None,
    )  # fmt: skip
    (waiting,) = lola.get("/reset-cases").json["items"]
    assert (waiting["code"], waiting["reason"], waiting["opened_by"]) == (case["code"], REASON, "Hela Fictional")
    assert waiting["may_confirm"]
    confirmed = confirms(lola, case["id"])
    assert (confirmed.json["state"], len(confirmed.json["confirmations"])) == ("confirmed", 1)
    assert lola.get("/reset-cases").json["items"] == []
    token = set_up_token(post, world.gina)
    assert desk.show(case)["state"] == "link_sent"
    looked = world.browser().post("/set-up/look", {"token": token})
    assert looked.json == {"name": "Gina Sample", "email": world.gina.user.email, "factor_required": False}
    done = recovering.sets_up(world, token)
    assert (done.status, done.json) == (200, {"recovery_codes": []})
    assert desk.show(case)["state"] == "done"
    assert desk.helpdesk.get("/helpdesk/cases").json["items"] == []
    assert gina.get("/session").status == 401
    assert world.browser().sign_in(world.gina.user.email, PASSWORD).status == 401
    assert world.browser().sign_in(world.gina.user.email, NEW_PASSWORD).status == 201
    assert refusal(recovering.sets_up(world, token)) == (410, "link_expired")


def test_the_new_questions_and_factor_are_the_ones_that_count(desk: Desk, lola: Browser, post: Post) -> None:
    """CRD-5: all three anew in one transaction; the old factor is gone, recovery codes are shown once."""
    world = desk.world
    recovering.with_questions(world, world.gina)
    old = recovering.with_factor(world, world.gina)
    case = desk.open()
    confirms(lola, case["id"])
    token = set_up_token(post, world.gina)
    offered = world.browser().post("/set-up/factor", {"token": token}).json
    assert world.browser().post("/set-up/factor", {"token": token}).json == offered
    wrong = recovering.sets_up(world, token, code="000000", password="short")
    assert {("/password", "password_too_short"), ("/code", "wrong_code")} <= wrong.fields
    done = recovering.sets_up(world, token, code=recovering.code(world, offered["secret"]))
    assert len(done.json["recovery_codes"]) == 10
    world.time.advance(minutes=2)
    link = recovering.link(world, world.gina)
    asked = recovering.look(world, link).json["questions"]
    new = {one["question"]: one["answer"] for one in recovering.QUESTIONS}
    given = [new[question] for question in asked]
    assert recovering.answers(world, link, recovering.right_answers(world, link)).status == 401
    assert recovering.answers(world, link, given).json["step"] == "factor"
    assert recovering.show_factor(world, link, recovering.code(world, old)).status == 401
    assert recovering.show_factor(world, link, recovering.code(world, offered["secret"])).status == 200


def test_wrong_answers_before_count_no_more(desk: Desk, lola: Browser, post: Post) -> None:
    """CRD-4, CRD-5: whoever used up their attempts has the helpdesk, and begins anew after it."""
    world = desk.world
    recovering.with_questions(world, world.gina)
    for _ in range(2):
        link = recovering.link(world, world.gina)
        for _ in range(3):
            recovering.answers(world, link, ["wrong one", "wrong two"])
    assert recovering.look(world, recovering.link(world, world.gina)).code == "recovery_closed"
    confirms(lola, desk.open()["id"])
    assert recovering.sets_up(world, set_up_token(post, world.gina)).status == 200
    assert recovering.look(world, recovering.link(world, world.gina)).json["attempts_left"] == 3


def test_who_may_confirm(desk: Desk) -> None:
    """S-AUTH-12: the matrix of roles at a case that an administrator of the organization confirms."""
    world = desk.world
    shut = world.member(world.maple, "Shona Sample", role="backup_administrator")
    disabled = world.browser(shut)
    later.set_status(shut, "disabled")
    both = desk.of_plan("Bo Fictional", "helpdesk", "enrollment", "plan_administrator")
    people = {
        "helpdesk": desk.helpdesk,
        "enrollment": desk.of_plan("Eli Fictional", "enrollment"),
        "plan administrator": desk.of_plan("Pia Fictional", "plan_administrator"),
        "auditor": desk.of_plan("Audie Fictional", "auditor"),
        "agent": world.browser(world.ada),
        "everything at the plan": both,
        "general user": desk.of_maple("Cole Sample", "general_user"),
        "subject": world.browser(world.gina),
        "disabled administrator": disabled,
        "administrator elsewhere": world.browser(world.member(world.birch, "Bill Sample", role="local_administrator")),
        "outsider": world.browser(),
        "administrator": desk.of_maple("Lola Sample", "local_administrator"),
    }
    case = desk.open()
    for verb in ("decline", "confirm"):
        told = {}
        for role, browser in people.items():
            if role == "administrator" and verb == "decline":
                continue
            told[role] = outcome(browser.post(f"/reset-cases/{case['id']}/{verb}", {}))
        expected = {
            "helpdesk": "forbidden",
            "enrollment": "not_found",
            "plan administrator": "not_found",
            "auditor": "forbidden",
            "agent": "forbidden",
            "everything at the plan": "not_found",
            "general user": "forbidden",
            "subject": "forbidden",
            "disabled administrator": "signed_out",
            "administrator elsewhere": "not_found",
            "outsider": "signed_out",
        }
        assert told == expected | ({"administrator": "ok"} if verb == "confirm" else {})


def test_nobody_confirms_their_own_case(desk: Desk, lola: Browser) -> None:
    """S-AUTH-12: the user who is an administrator themself, and who opened it, in whatever other role."""
    world = desk.world
    bea = world.member(world.maple, "Bea Sample", role="backup_administrator")
    case = desk.open(bea)
    own = world.browser(bea)
    (shown,) = own.get("/reset-cases").json["items"]
    assert not shown["may_confirm"]
    for verb in ("confirm", "decline"):
        assert refusal(own.post(f"/reset-cases/{case['id']}/{verb}", {})) == (403, "own_case")
    assert confirms(lola, case["id"]).status == 200
    hella = world.agent("Hella Fictional", roles=("helpdesk", "enrollment"))
    world.also_member(hella, world.birch, role="local_administrator")
    birch = opens(world.browser(hella), world.peter).json
    assert birch["needs"] == "two_enrollment"
    assert refusal(confirms(world.browser(hella), birch["id"], called=True)) == (403, "own_case")
    assert opens(world.browser(hella), hella, membership_id=None).code == "own_case"


def test_without_another_administrator_two_of_enrollment_confirm(desk: Desk, post: Post) -> None:
    """CRD-5: two different ones, after calling the phone on record; the first alone is not enough."""
    world = desk.world
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    later.set_phone(lou, "555-010-0177")
    case = desk.open(lou)
    assert (case["needs"], case["phone_on_record"]) == ("two_enrollment", None)
    eli, erin = (desk.of_plan(name, "enrollment") for name in ("Eli Fictional", "Erin Fictional"))
    assert eli.get("/reset-cases").json["items"][0]["phone_on_record"] == "555-010-0177"
    assert world.browser(lou).get("/reset-cases").json["items"][0]["phone_on_record"] is None
    not_called = confirms(eli, case["id"])
    assert (not_called.status, not_called.fields) == (422, {("/called_phone_on_record", "call_required")})
    assert confirms(eli, case["id"], called=True).json["state"] == "open"
    assert refusal(confirms(eli, case["id"], called=True)) == (409, "already_confirmed")
    delivery.settle()
    assert [mail for mail in inviting.mails_to(post, lou.user.email) if "/set-up#" in mail.body] == []
    assert desk.of_plan("Pia Fictional", "plan_administrator").get("/reset-cases").json["items"] == []
    assert confirms(erin, case["id"], called=True).json["state"] == "confirmed"
    assert recovering.sets_up(world, set_up_token(post, lou)).status == 200


def test_an_administrator_who_comes_meanwhile_is_asked_instead(desk: Desk) -> None:
    """CRD-5: who confirms is as it is then; what one of enrollment said is worth nothing then."""
    world = desk.world
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    case = desk.open(lou)
    eli, erin = (desk.of_plan(name, "enrollment") for name in ("Eli Fictional", "Erin Fictional"))
    assert confirms(eli, case["id"], called=True).status == 200
    bea = desk.of_maple("Bea Sample", "backup_administrator")
    assert refusal(confirms(erin, case["id"], called=True)) == (404, "not_found")
    assert desk.show(case)["needs"] == "administrator"
    assert desk.show(case)["confirmations"] == []
    assert confirms(bea, case["id"]).json["state"] == "confirmed"


def test_an_administrator_who_comes_in_that_moment_is_asked_instead(desk: Desk, line: Any) -> None:
    """S-AZ-08: in the same transaction."""
    world = desk.world
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    case = desk.open(lou)
    eli, erin = (desk.of_plan(name, "enrollment") for name in ("Eli Fictional", "Erin Fictional"))
    confirms(eli, case["id"], called=True)

    def come() -> None:
        world.member(world.maple, "Bea Sample", role="backup_administrator")

    line.before_transaction(come)
    assert refusal(confirms(erin, case["id"], called=True)) == (409, "changed_meanwhile")
    assert desk.show(case)["state"] == "open"


def test_staff_are_confirmed_by_a_plan_administrator(desk: Desk, post: Post) -> None:
    """CRD-5: not the user; whatever practices they belong to."""
    world = desk.world
    also = world.also_member(world.ada, world.maple)
    world.member(world.maple, "Lola Sample", role="local_administrator")
    refused = opens(desk.helpdesk, also)
    assert (refused.status, refused.fields) == (422, {("/membership_id", "plan_confirms")})
    case = desk.open(world.ada, membership_id=None)
    assert (case["needs"], case["organization"]) == ("plan_administrator", None)
    pia = desk.of_plan("Pia Fictional", "plan_administrator")
    assert refusal(confirms(desk.of_plan("Eli Fictional", "enrollment"), case["id"])) == (404, "not_found")
    assert confirms(pia, case["id"]).json["state"] == "confirmed"
    assert recovering.sets_up(world, set_up_token(post, world.ada)).status == 200
    paul = world.agent("Paul Fictional", roles=("plan_administrator",))
    own = desk.open(paul, membership_id=None)
    assert refusal(confirms(world.browser(paul), own["id"])) == (403, "own_case")


def test_who_gets_a_place_at_the_plan_meanwhile_is_the_plans(desk: Desk, lola: Browser) -> None:
    """CRD-5: no practice lets anybody into the plan's side."""
    world = desk.world
    case = desk.open()
    later.hire(world.gina)
    assert refusal(confirms(lola, case["id"])) == (409, "changed_meanwhile")


def test_confirming_asks_for_a_fresh_proof(desk: Desk, lola: Browser) -> None:
    """S-SESS-10, S-AUTH-12: at most five minutes old; the sixth minute asks, and the proof lets through."""
    case = desk.open()
    desk.world.time.advance(minutes=5)
    for verb in ("confirm", "decline"):
        assert refusal(lola.post(f"/reset-cases/{case['id']}/{verb}", {})) == (401, "step_up_required")
    assert confirms(recovering.proves(lola), case["id"]).status == 200


def test_what_the_helpdesk_finds(desk: Desk) -> None:
    """S-AUTH-12: by the exact address; nobody's address looks like nothing, and it leaves a record."""
    world = desk.world
    world.also_member(world.gina, world.birch)
    (found,) = desk.helpdesk.post("/helpdesk/people", {"email": "Gina.Sample@people.example"}).json["items"]
    assert (found["user_id"], found["staff"]) == (world.gina.user.id, False)
    assert {one["organization"]["name"] for one in found["memberships"]} == {world.maple.name, world.birch.name}
    for email in ("gina.sample", "gina.sample@people.exampl", "nobody@people.example"):
        assert desk.helpdesk.post("/helpdesk/people", {"email": email}).json["items"] == []
    (ada,) = desk.helpdesk.post("/helpdesk/people", {"email": world.ada.user.email}).json["items"]
    assert (ada["staff"], ada["memberships"]) == (True, [])
    looked_up = {record.object_id for record in stored.records("person.looked_up")}
    assert looked_up == {world.gina.user.id, world.ada.user.id, None}
    assert "gina.sample@" not in str([record.after for record in stored.records("person.looked_up")])


@pytest.mark.parametrize("status", ["unverified", "disabled", "removed", "rejected", "verification_pending"])
def test_only_who_may_sign_in_is_set_up_again(desk: Desk, status: Any) -> None:
    """Section 3: the rest has a remedy of its own."""
    later.set_status(desk.world.gina, status)
    assert refusal(opens(desk.helpdesk, desk.world.gina)) == (409, f"status_{status}")


def test_a_case_is_about_somebodys_own_membership(desk: Desk) -> None:
    world = desk.world
    assert opens(desk.helpdesk, world.gina, membership_id=world.peter.mailbox).code == "not_found"
    assert opens(desk.helpdesk, world.gina, user_id="usr_" + "0" * 26).code == "not_found"
    assert opens(desk.helpdesk, world.gina, membership_id=None).fields == {("/membership_id", "required")}


def test_opening_twice_by_the_same_key_is_one_case(desk: Desk) -> None:
    """S-IO-11."""
    body = {"user_id": desk.world.gina.user.id, "membership_id": desk.world.gina.mailbox, "caller": "G", "reason": "R"}
    first, second = (desk.helpdesk.post("/helpdesk/cases", body, "the-key-of-the-test") for _ in range(2))
    assert (first.status, first.json) == (201, second.json)


def test_the_helpdesk_never_sees_a_link(desk: Desk, lola: Browser, post: Post) -> None:
    """S-AUTH-12, AUD-4: nor anybody else but the mailbox; what was typed stays out of notices and records."""
    world = desk.world
    case = desk.open()
    shown = [desk.helpdesk.get("/helpdesk/cases").text, confirms(lola, case["id"]).text]
    token = set_up_token(post, world.gina)
    shown += [desk.helpdesk.get(f"/helpdesk/cases/{case['id']}").text, desk.helpdesk.get("/helpdesk/cases").text]
    assert [text for text in shown if token in text or "#" in text] == []
    assert token not in stored.dump()
    assert [mail for mail in post.mails if "Zebra" in mail.body + mail.subject or case["code"] in mail.body] == []
    journal = str([(record.before, record.after) for record in stored.records()])
    assert "Zebra" not in journal + str(stored.outbox())
    assert world.gina.user.name not in journal


def test_administrators_are_told_by_mail_and_on_home(desk: Desk, lola: Browser, post: Post) -> None:
    """NOT-5: what waits, for those who may confirm it; the one it is about hears only that it began (S-AUTH-15)."""
    world = desk.world
    bea = world.member(world.maple, "Bea Sample", role="backup_administrator")
    desk.open(bea)
    delivery.settle()
    told = [
        [mail.subject[:22] for mail in inviting.mails_to(post, account)]
        for account in ("lola.sample@people.example", bea.user.email)
    ]
    assert told == [["The helpdesk asks you "], ["The helpdesk was calle"]]

    def waiting(browser: Browser) -> list[tuple[int, list[str]]]:
        items = browser.get("/attention").json["items"]
        return [
            (item["count"], [one["name"] for one in item["first"]]) for item in items if item["kind"] == "reset_case"
        ]

    assert waiting(lola) == [(1, ["Bea Sample"])]
    assert waiting(world.browser(bea)) == []
    desk.open(world.ada, membership_id=None)
    lou = world.member(world.birch, "Lou Specimen", role="local_administrator")
    desk.open(lou)
    assert waiting(desk.of_plan("Pia Fictional", "plan_administrator")) == [(1, ["Ada Fictional"])]
    assert waiting(desk.of_plan("Eli Fictional", "enrollment")) == [(1, ["Lou Specimen"])]
    assert waiting(desk.helpdesk) == []
    world.time.advance(hours=72)
    assert waiting(world.browser(world.member(world.maple, "Lars Sample", role="backup_administrator"))) == []
