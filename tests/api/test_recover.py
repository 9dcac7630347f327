"""A forgotten password: the steps behind the mailed link, in their order, and how often one may try (CRD-4)."""

from typing import Any

import pytest

from tests import delivery, inviting, later, recovering, stored
from tests.inviting import NEW_PASSWORD
from tests.portal import Answer
from tests.recovering import ANSWERS, answers, look, right_answers, set_password, show_factor
from tests.ses import Post
from tests.world import PASSWORD, Account, World

WRONG = ["wrong answer", "wrong again"]


@pytest.fixture
def gina(world: World) -> Account:
    recovering.with_questions(world, world.gina)
    return world.gina


@pytest.fixture
def token(world: World, gina: Account) -> str:
    return recovering.link(world, gina)


def _refusal(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.code


def _ask(world: World, email: str, **headers: str) -> Answer:
    return world.browser().post("/password-resets", {"email": email}, **headers)


def test_from_the_request_to_the_new_password(world: World, gina: Account, post: Post) -> None:
    """CRD-4, CRD-10: the mail goes to the sign-in address; every session ends; the change is told by mail."""
    browser = world.browser(gina)
    assert _ask(world, "  GINA.sample@people.example ").status == 202
    token = inviting.token(post, gina.user.email, "reset")
    shown = look(world, token).json
    assert (shown["step"], len(shown["questions"]), shown["attempts_left"]) == ("questions", 2, 3)
    assert answers(world, token, right_answers(world, token)).json == {
        "step": "password",
        "questions": [],
        "attempts_left": 3,
    }
    done = set_password(world, token)
    assert (done.status, done.text) == (204, "")
    assert browser.get("/session").status == 401
    delivery.settle()
    assert [mail.subject for mail in inviting.mails_to(post, gina.user.email)][-1].startswith("Your password")
    assert world.browser().sign_in(gina.user.email, PASSWORD).status == 401
    assert world.browser().sign_in(gina.user.email, NEW_PASSWORD).status == 201


def test_the_factor_comes_between(world: World, gina: Account, token: str) -> None:
    """S-AUTH-10: who has one shows it, and no code works twice."""
    secret = recovering.with_factor(world, gina, "abcd-efgh-jkmn-pqrs")
    assert answers(world, token, right_answers(world, token)).json["step"] == "factor"
    assert _refusal(set_password(world, token)) == (409, "recovery_step")
    assert _refusal(show_factor(world, token, "000000")) == (401, "recovery_failed")
    shown = show_factor(world, token, recovering.code(world, secret))
    assert shown.json == {"step": "password", "questions": [], "attempts_left": 2}
    assert _refusal(show_factor(world, token, recovering.code(world, secret))) == (409, "recovery_step")
    assert set_password(world, token).status == 204
    second = recovering.link(world, gina)
    assert answers(world, second, right_answers(world, second)).status == 200
    assert _refusal(show_factor(world, second, recovering.code(world, secret))) == (401, "recovery_failed")
    assert show_factor(world, second, "ABCD-EFGH-JKMN-PQRS").json["step"] == "password"


def test_a_factor_that_is_enrolled_meanwhile_is_asked_for(world: World, gina: Account, token: str) -> None:
    """S-AUTH-10: what was shown is another one."""
    answers(world, token, right_answers(world, token))
    recovering.with_factor(world, gina)
    assert _refusal(set_password(world, token)) == (409, "recovery_step")


def test_no_step_can_be_skipped_or_repeated(world: World, token: str) -> None:
    """S-AUTH-10."""
    assert _refusal(set_password(world, token)) == (409, "recovery_step")
    assert _refusal(show_factor(world, token, "123456")) == (409, "recovery_step")
    assert answers(world, token, right_answers(world, token)).status == 200
    assert _refusal(answers(world, token, WRONG)) == (409, "recovery_step")
    assert _refusal(show_factor(world, token, "123456")) == (409, "recovery_step")
    assert look(world, token).json["attempts_left"] == 3
    assert set_password(world, token).status == 204
    for again in (look(world, token), answers(world, token, WRONG), set_password(world, token)):
        assert _refusal(again) == (410, "link_expired")


def test_loading_the_page_again_shows_the_same_pair(world: World, gina: Account, token: str) -> None:
    """S-AUTH-10: 50 times, and after a wrong answer; another link may ask others."""
    pairs = {tuple(look(world, token).json["questions"]) for _ in range(50)}
    answers(world, token, WRONG)
    pairs.add(tuple(look(world, token).json["questions"]))
    assert len(pairs) == 1
    assert set(*pairs) < ANSWERS.keys()
    others = {tuple(look(world, recovering.link(world, gina)).json["questions"]) for _ in range(40)}
    assert len(others) == 3


def test_looking_spends_nothing(world: World, token: str) -> None:
    """S-MAIL-02, S-LIM-03: nothing is written, whoever looks."""
    before = stored.everything()
    for _ in range(10):
        look(world, token)
        look(world, "A" * 43)
        world.browser().get("/recovery/look", token=token)
    after = stored.everything()
    assert all(len(after[table]) == len(before[table]) for table in before)
    assert all(item in before[table] for table in after for item in after[table])


@pytest.mark.parametrize("place", [0, 1])
def test_one_wrong_answer_fails_both_without_saying_which(world: World, token: str, place: int) -> None:
    """S-AUTH-10."""
    given = right_answers(world, token)
    given[place] = "something else"
    told = answers(world, token, given)
    assert _refusal(told) == (401, "recovery_failed")
    assert "errors" not in told.json
    assert look(world, token).json["attempts_left"] == 2


def test_answers_are_compared_without_case_and_spaces(world: World, token: str) -> None:
    """CRD-3."""
    given = [f"  {answer.upper().replace(' ', '   ')} " for answer in right_answers(world, token)]
    assert answers(world, token, given).status == 200


def test_three_wrong_attempts_close_the_case(world: World, gina: Account, token: str) -> None:
    """CRD-4, S-AUTH-11: then right answers do no more; a new link begins anew."""
    right = right_answers(world, token)
    for left in (2, 1):
        assert _refusal(answers(world, token, WRONG)) == (401, "recovery_failed")
        assert look(world, token).json["attempts_left"] == left
    assert _refusal(answers(world, token, WRONG)) == (401, "recovery_failed")
    for closed in (look(world, token), answers(world, token, right), set_password(world, token)):
        assert _refusal(closed) == (403, "recovery_closed")
    assert recovering.whole(world, recovering.link(world, gina)).status == 204


def test_six_wrong_attempts_a_day_close_every_case(world: World, gina: Account) -> None:
    """S-AUTH-11: a new link does not reset the account's count; the sixth second decides when it ends."""
    for _ in range(2):
        token = recovering.link(world, gina)
        for _ in range(3):
            assert _refusal(answers(world, token, WRONG)) == (401, "recovery_failed")
            world.time.advance(seconds=1)
    assert _refusal(look(world, recovering.link(world, gina))) == (403, "recovery_closed")
    world.time.advance(hours=23, minutes=59, seconds=53)
    token = recovering.link(world, gina)
    assert _refusal(look(world, token)) == (403, "recovery_closed")
    world.time.advance(seconds=1)
    assert look(world, token).json["attempts_left"] == 1
    assert _refusal(answers(world, token, WRONG)) == (401, "recovery_failed")
    assert _refusal(look(world, token)) == (403, "recovery_closed")
    world.time.advance(seconds=1)
    assert recovering.whole(world, token).status == 204


def test_wrong_codes_count_with_wrong_answers(world: World, gina: Account, token: str) -> None:
    """S-AUTH-11: one count for the case."""
    secret = recovering.with_factor(world, gina)
    answers(world, token, WRONG)
    answers(world, token, right_answers(world, token))
    for _ in range(2):
        assert _refusal(show_factor(world, token, "000000")) == (401, "recovery_failed")
    assert _refusal(show_factor(world, token, recovering.code(world, secret))) == (403, "recovery_closed")


def test_right_attempts_count_for_nothing(world: World, gina: Account) -> None:
    """CRD-4: wrong attempts are what is limited."""
    for number in range(8):
        assert recovering.whole(world, recovering.link(world, gina), f"Sturdy-Lantern-{number}").status == 204


def test_the_link_ends_after_thirty_minutes(world: World, token: str) -> None:
    """CRD-4: one second before and after."""
    world.time.advance(minutes=29, seconds=59)
    assert answers(world, token, right_answers(world, token)).status == 200
    world.time.advance(seconds=1)
    for ended in (look(world, token), set_password(world, token)):
        assert _refusal(ended) == (410, "link_expired")


def test_a_mailed_link_lives_thirty_minutes(world: World, gina: Account, post: Post) -> None:
    """CRD-6: as it is minted."""
    _ask(world, gina.user.email)
    token = inviting.token(post, gina.user.email, "reset")
    world.time.advance(minutes=29, seconds=59)
    assert look(world, token).status == 200
    world.time.advance(seconds=1)
    assert _refusal(look(world, token)) == (410, "link_expired")


def test_a_new_link_voids_the_one_before_and_its_steps(world: World, gina: Account, token: str) -> None:
    """S-AUTH-08: nothing done by the older one helps the newer one."""
    assert answers(world, token, right_answers(world, token)).status == 200
    second = recovering.link(world, gina)
    assert _refusal(set_password(world, token)) == (410, "link_expired")
    assert look(world, second).json["step"] == "questions"
    assert _refusal(set_password(world, second)) == (409, "recovery_step")


def test_who_set_no_questions_calls_the_helpdesk(world: World) -> None:
    """CRD-5: set up before there were questions."""
    assert _refusal(look(world, recovering.link(world, world.peter))) == (403, "recovery_closed")


def test_after_a_change_of_contacts_only_the_helpdesk_is_left(world: World, gina: Account, token: str) -> None:
    """S-AUTH-13: for 72 hours, also in the middle of a case."""
    answers(world, token, right_answers(world, token))
    later.change_contacts(gina)
    assert _refusal(look(world, token)) == (403, "recovery_closed")
    assert _refusal(set_password(world, token)) == (403, "recovery_closed")
    world.time.advance(hours=72)
    assert recovering.whole(world, recovering.link(world, gina)).status == 204


def test_wrong_passwords_are_told_and_the_steps_stay_done(world: World, token: str) -> None:
    """CRD-1."""
    answers(world, token, right_answers(world, token))
    told = set_password(world, token, "gina-sample")
    assert told.status == 422
    assert {("/password", "needs_upper_case"), ("/password", "contains_name")} <= told.fields
    assert set_password(world, token).status == 204


def test_a_changed_address_voids_the_link(world: World, gina: Account, token: str) -> None:
    """S-AUTH-08."""
    answers(world, token, right_answers(world, token))
    later.change_address(gina, "gina.elsewhere@people.example")
    assert _refusal(look(world, token)) == (410, "link_expired")
    assert _refusal(set_password(world, token)) == (410, "link_expired")


def test_known_and_unknown_addresses_get_the_same_answer(world: World, gina: Account) -> None:
    """S-AUTH-07: byte for byte but for the request id."""
    shut = world.member(world.maple, "Dee Sample")
    later.set_status(shut, "disabled")
    fresh = world.member(world.maple, "Newt Sample", status="unverified")
    later.forget_password(fresh)
    told = set()
    for email in (gina.user.email, shut.user.email, fresh.user.email, "nobody@people.example", "no address", "a@b"):
        answer = _ask(world, email)
        headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
        told.add((answer.status, tuple(sorted(headers.items())), answer.text, tuple(answer.cookies)))
    assert len(told) == 1


def test_known_and_unknown_addresses_cost_the_same(world: World, gina: Account, wire: Any) -> None:
    """S-AUTH-07: the same calls and the same number of rows."""
    done = set()
    for email in (gina.user.email, "nobody@people.example"):
        wire.forget()
        assert _ask(world, email).status == 202
        rows = [len(body["TransactItems"]) for name, body in wire.sent if name == "TransactWriteItems"]
        done.add((tuple(wire.operations), tuple(rows)))
    assert len(done) == 1


def test_only_who_may_sign_in_gets_a_mail(world: World, gina: Account, post: Post) -> None:
    """S-MAIL-05: nobody, somebody shut out, somebody who never registered: none."""
    shut = world.member(world.maple, "Dee Sample")
    later.set_status(shut, "disabled")
    fresh = world.member(world.maple, "Newt Sample", status="unverified")
    later.forget_password(fresh)
    for email in (shut.user.email, fresh.user.email, "nobody@people.example", gina.user.email):
        _ask(world, email)
    delivery.settle()
    assert [mail.destinations["ToAddresses"] for mail in post.mails] == [[gina.user.email]]


def test_an_address_gets_five_links_an_hour(world: World, gina: Account, post: Post) -> None:
    """S-LIM-03, S-MAIL-04: so a live link is voided no more often."""
    for _ in range(12):
        _ask(world, gina.user.email)
    delivery.settle()
    assert len(inviting.mails_to(post, gina.user.email)) == 5
    token = inviting.token_in(inviting.mails_to(post, gina.user.email)[-1], "reset")
    assert look(world, token).status == 200


def test_a_source_asks_twenty_times_in_ten_minutes(world: World) -> None:
    """S-LIM-03, S-MAIL-04."""
    told = [_ask(world, f"somebody{number}@people.example").status for number in range(21)]
    assert told == [202] * 20 + [429]
    world.time.advance(minutes=10)
    assert _ask(world, "somebody@people.example").status == 202


def test_an_outsider_spends_nothing(world: World, gina: Account, token: str) -> None:
    """S-LIM-03: without the mailed token nothing counts for the account, and the link stays."""
    for number in range(30):
        unknown = f"{number:043d}"
        for told in (look(world, unknown), answers(world, unknown, WRONG), show_factor(world, unknown, "123456")):
            assert _refusal(told) == (410, "link_expired")
        assert _refusal(set_password(world, unknown)) == (410, "link_expired")
    assert look(world, token).json["attempts_left"] == 3
    assert recovering.whole(world, token).status == 204


def test_recovery_ends_what_wrong_passwords_brought_about(world: World, gina: Account, token: str) -> None:
    """CRD-7, S-LIM-02: blocked from unknown devices until then."""
    for _ in range(5):
        assert world.browser().sign_in(gina.user.email, "Wrong-password-1").status == 401
    assert world.browser().sign_in(gina.user.email, PASSWORD).status == 429
    assert recovering.whole(world, token).status == 204
    assert world.browser().sign_in(gina.user.email, NEW_PASSWORD).status == 201


def test_no_secret_is_stored_or_recorded(world: World, gina: Account, token: str) -> None:
    """AUD-4, S-AUTH-09: no answer, token, password; every step leaves a record."""
    secrets = [*right_answers(world, token), *WRONG, token, NEW_PASSWORD]
    answers(world, token, WRONG)
    recovering.whole(world, token)
    assert [secret for secret in secrets if secret in stored.dump()] == []
    for action in ("recovery.refused", "recovery.questions_passed", "recovery.completed"):
        (record,) = stored.records(action)
        assert (record.actor_kind, record.actor_id, record.object_id) == ("linkholder", gina.user.id, gina.user.id)
