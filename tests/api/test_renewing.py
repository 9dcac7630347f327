"""People renew their password, questions and second factor, and are told of it (CRD-9, CRD-10, S-AUTH-06)."""

from datetime import timedelta

import pytest

from chalicelib.credentials import store as credentials
from tests import delivery, inviting, later, proofs, stored
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import PASSWORD, Account, Time, World

NEW = inviting.NEW_PASSWORD


def change(browser: Browser, password: str = NEW, current: str = PASSWORD, code: str | None = None) -> Answer:
    body = {"current": current, "password": password, "code": code}
    return browser.keep(browser.put("/profile/password", body))


def _told(post: Post, account: Account) -> list[str]:
    """Subjects of the mails to somebody, since the last time; only what changed."""
    delivery.settle()
    sent = [mail.subject for mail in inviting.mails_to(post, account.user.email)]
    return [subject for subject in sent if "device" not in subject]


def _app(offer: Answer, time: Time) -> proofs.App:
    assert offer.status == 200, offer.text
    assert offer.json["secret"] in offer.json["uri"]
    return proofs.App(offer.json["secret"], time)


def test_a_new_password_ends_every_other_session(world: World, post: Post) -> None:
    """S-AUTH-06: this one goes on under a new token, the old token is worth nothing; one notice."""
    here, elsewhere = world.browser(world.gina), world.browser(world.gina)
    old = here.cookie
    changed = change(here)
    assert (changed.status, changed.json["membership"]["organization"]["name"]) == (200, "Maple Example Clinic")
    assert here.cookie != old
    assert (here.get("/session").status, elsewhere.get("/session").status) == (200, 401)
    here.cookie, kept = old, here.cookie
    assert here.get("/session").status == 401
    here.cookie = kept
    assert (world.browser().sign_in(world.gina.user.email, PASSWORD).status) == 401
    assert (world.browser().sign_in(world.gina.user.email, NEW).status) == 201
    assert _told(post, world.gina) == ["Your password for the Example Valley Health Plan provider portal has changed"]


def test_the_present_password_is_asked_for_and_guesses_are_counted(world: World) -> None:
    """S-AUTH-06, CRD-7: five, then a pause; a right one forgets them."""
    browser = world.browser(world.gina)
    told = [change(browser, current="Wrong-Guess-1") for _ in range(6)]
    assert [answer.status for answer in told] == [422] * 5 + [429]
    assert told[0].fields == {("/current", "wrong_password")}
    assert change(browser).status == 429
    world.time.advance(minutes=1)
    assert change(browser).status == 200


def test_the_rule_of_passwords_holds(world: World) -> None:
    """CRD-1: and whoever tries several new ones need not wait."""
    browser = world.browser(world.gina)
    assert change(browser, "short").fields >= {("/password", "needs_upper_case")}
    assert change(browser, PASSWORD).fields == {("/password", "password_used_before")}
    for _ in range(6):
        assert change(browser, "Gina-Sample-123").fields == {("/password", "contains_name")}
    assert change(browser).status == 200


def test_with_a_factor_a_code_goes_with_it(world: World) -> None:
    """S-AUTH-06, CRD-9: and each works once."""
    browser = world.browser(world.gina)
    app = proofs.enroll(world, world.gina)
    assert change(browser).fields == {("/code", "required")}
    assert change(browser, code=app.wrong_code()).fields == {("/code", "wrong_code")}
    assert change(browser, code=app.code()).status == 200
    assert change(browser, "Another-Lamp-77", NEW, app.code()).fields == {("/code", "wrong_code")}


def test_codes_can_not_be_guessed_between_bad_passwords(world: World) -> None:
    """CRD-7: a refused new password doesn't forget the codes that were tried."""
    browser = world.browser(world.gina)
    app = proofs.enroll(world, world.gina)
    told = []
    for _ in range(4):
        told.append(change(browser, code=app.wrong_code()).status)
        told.append(change(browser, "short", code=app.wrong_code()).status)
    assert told == [422] * 5 + [429] * 3


def test_an_expired_password_is_changed_on_the_way_in(world: World) -> None:
    """CRD-2, S-AUTH-05: the session goes on into the portal, under a new token."""
    world.time.advance(days=365)
    browser = world.browser()
    assert browser.sign_in(world.gina.user.email, PASSWORD).json["stage"] == "password"
    old = browser.cookie
    inside = change(browser)
    assert (inside.status, inside.json["stage"], inside.json["membership"]["id"]) == (200, None, world.gina.mailbox)
    assert browser.cookie != old
    assert browser.get("/mailboxes").status == 200


def test_who_gave_a_code_on_the_way_in_is_not_asked_again(world: World) -> None:
    """CRD-2, CRD-9: the code that was given is used up."""
    app = proofs.enroll(world, world.gina)
    world.time.advance(days=365)
    browser = world.browser()
    browser.sign_in(world.gina.user.email, PASSWORD)
    assert browser.keep(browser.post("/session/factor", {"code": app.code()})).json["stage"] == "password"
    assert change(browser).json["stage"] is None


def test_other_questions(world: World, post: Post) -> None:
    """CRD-3, CRD-10."""
    browser = world.browser(world.gina)
    assert browser.put("/profile/questions", inviting.ANSWERS).status == 204
    assert browser.get("/profile").json["questions_set_at"] == "2026-03-02T15:00:00Z"
    assert _told(post, world.gina) == [
        "Your security questions for the Example Valley Health Plan provider portal have changed"
    ]


def test_answers_do_not_tell_what_the_password_is(world: World) -> None:
    """S-AUTH-09, CRD-7: "this is your password" is a judgement of a guess, and counted like one."""
    browser = world.browser(world.gina)
    wrong = {"questions": [*inviting.ANSWERS["questions"][:2], {"question": "best_gift", "answer": PASSWORD}]}
    told = [browser.put("/profile/questions", wrong) for _ in range(6)]
    assert [answer.status for answer in told] == [422] * 5 + [429]
    assert told[0].fields == {("/questions/2/answer", "answer_is_password")}


def test_a_factor_from_the_offer_to_signing_in(world: World, post: Post) -> None:
    """CRD-9, S-AUTH-14: the same offer for a while; it counts once a code was given."""
    browser = world.browser(world.gina)
    offer = browser.post("/profile/factor", {})
    assert browser.post("/profile/factor", {}).json == offer.json
    app = _app(offer, world.time)
    old = browser.cookie
    assert browser.post("/profile/factor/confirmation", {"code": app.wrong_code()}).fields == {("/code", "wrong_code")}
    assert browser.get("/profile").json["factor"] is None
    confirmed = browser.keep(browser.post("/profile/factor/confirmation", {"code": app.code()}))
    assert (confirmed.status, len(set(confirmed.json["recovery_codes"]))) == (200, 10)
    assert browser.cookie != old
    shown = browser.get("/profile").json["factor"]
    assert shown == {"enrolled_at": "2026-03-02T15:00:00Z", "recovery_codes_left": 10}
    other = world.browser()
    assert other.sign_in(world.gina.user.email, PASSWORD).json["stage"] == "factor"
    code = confirmed.json["recovery_codes"][0]
    assert other.keep(other.post("/session/factor", {"code": code})).json["stage"] is None
    assert other.get("/profile").json["factor"]["recovery_codes_left"] == 9
    assert len(_told(post, world.gina)) == 1


def test_administrators_enroll_on_the_way_in(world: World) -> None:
    """CRD-9: the session goes on into the portal; however long they took, up to its quarter of an hour."""
    chief = world.member(world.maple, "Lou Sample", role="local_administrator")
    later.ask_for_factors()
    browser = world.browser()
    assert browser.sign_in(chief.user.email, PASSWORD).json["stage"] == "enroll"
    world.time.advance(minutes=6)
    app = _app(browser.post("/profile/factor", {}), world.time)
    assert browser.keep(browser.post("/profile/factor/confirmation", {"code": app.code()})).status == 200
    assert browser.get("/session").json["membership"]["role"] == "local_administrator"
    assert browser.get("/profile").json["factor_required"]


def test_going_without_a_factor(world: World, post: Post) -> None:
    """CRD-9, CRD-10: on a code of it; guesses are counted."""
    browser = world.browser(world.gina)
    app = proofs.enroll(world, world.gina)
    told = [browser.send("DELETE", "/profile/factor", {"code": app.wrong_code()}).status for _ in range(6)]
    assert told == [422] * 5 + [429]
    world.time.advance(minutes=1)
    assert browser.send("DELETE", "/profile/factor", {"code": app.code()}).status == 204
    assert browser.get("/profile").json["factor"] is None
    assert browser.send("DELETE", "/profile/factor", {"code": app.code()}).code == "no_factor"
    assert browser.post("/profile/recovery-codes", {}).code == "no_factor"
    assert len(_told(post, world.gina)) == 1


def test_nobody_whose_role_asks_for_one_goes_without(world: World) -> None:
    """CRD-9: also while another of their organizations is open."""
    lola = world.member(world.birch, "Lola Sample", role="local_administrator")
    also = world.also_member(lola, world.maple)
    browser = world.browser(lola)
    app = proofs.enroll(world, lola)
    later.ask_for_factors()
    for membership in (lola.mailbox, also.mailbox):
        assert browser.put("/session/membership", {"membership_id": membership}).status == 200
        assert browser.send("DELETE", "/profile/factor", {"code": app.code()}).code == "factor_required_by_plan"


def test_fresh_recovery_codes_replace_those_before(world: World, post: Post) -> None:
    """S-AUTH-14, CRD-10."""
    browser = world.browser(world.gina)
    proofs.enroll(world, world.gina)
    fresh = browser.post("/profile/recovery-codes", {}).json["recovery_codes"]
    assert len(set(fresh)) == 10
    other = world.browser()
    other.sign_in(world.gina.user.email, PASSWORD)
    assert other.post("/session/factor", {"code": proofs.RECOVERY_CODES[0]}).code == "factor_failed"
    assert other.keep(other.post("/session/factor", {"code": fresh[0]})).status == 201
    assert len(_told(post, world.gina)) == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/profile/questions", inviting.ANSWERS),
        ("POST", "/profile/factor", {}),
        ("POST", "/profile/factor/confirmation", {"code": "000000"}),
        ("DELETE", "/profile/factor", {"code": "000000"}),
        ("POST", "/profile/recovery-codes", {}),
    ],
)
def test_each_asks_for_a_late_proof(world: World, method: str, path: str, body: object) -> None:
    """S-SESS-10: to the second."""
    browser = world.browser(world.gina)
    world.time.now += timedelta(minutes=5)
    assert browser.send(method, path, body).code == "step_up_required"


def test_nothing_of_it_rests_in_clear(world: World) -> None:
    """AUD-4, S-AUTH-04: no password, answer, seed or code in any table."""
    browser = world.browser(world.gina)
    assert change(browser).status == 200
    assert browser.put("/profile/questions", inviting.ANSWERS).status == 204
    app = _app(browser.post("/profile/factor", {}), world.time)
    codes = browser.keep(browser.post("/profile/factor/confirmation", {"code": app.code()})).json["recovery_codes"]
    everything = str(stored.everything())
    assert not [secret for secret in (PASSWORD, NEW, "Barksalot", app.secret, *codes) if secret in everything]
    row = credentials.password_of(world.gina.user.id)
    assert row is not None
    assert row.encoded.startswith("$argon2id$")
