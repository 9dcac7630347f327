"""What registering asks for besides name and password: questions, and a second factor where the role wants one."""

from typing import Any

import pyotp
import pytest

from chalicelib.accounts import store as accounts
from chalicelib.core import aws, config
from chalicelib.credentials import questions
from chalicelib.credentials.store import factors
from chalicelib.credentials.store.questions import questions_of
from tests import inviting, later, stored
from tests.inviting import ANSWERS, NEW_PASSWORD
from tests.proofs import App
from tests.world import World

NORA = "nora.newcomer@people.example"


def _invited(world: World, role: str = "general_user") -> str:
    """The token of somebody's registration link."""
    lola, _ = inviting.administrators(world)
    made = inviting.create(world.browser(lola), role=role)
    membership = accounts.membership(world.maple.id, made)
    assert membership is not None
    subject = {"organization_id": world.maple.id, "membership_id": made}
    return inviting.link(world, membership.user_id, "registration", **subject)


def _user_id(world: World) -> str:
    user_id = accounts.user_id_of(NORA)
    assert user_id is not None
    return user_id


def _with(index: int, **changes: str) -> dict[str, Any]:
    chosen = [dict(one) for one in ANSWERS["questions"]]
    chosen[index] |= changes
    return {"questions": chosen}


def _offered(world: World, token: str) -> App:
    answer = world.browser().post("/registrations/factor", {"token": token})
    assert answer.status == 200, answer.text
    assert pyotp.parse_uri(answer.json["uri"]).secret == answer.json["secret"]
    assert pyotp.parse_uri(answer.json["uri"]).issuer == "Example Valley Health Plan"
    return App(answer.json["secret"], world.time)


def test_the_catalogue(world: World) -> None:
    """S-AUTH-09."""
    answer = world.browser().get("/security-questions")
    assert answer.status == 200
    assert len({item["id"] for item in answer.json["items"]}) >= 20


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"questions": ANSWERS["questions"][:2]}, ("/questions", "too_short")),
        (_with(1, question="first_pet"), ("/questions/1/question", "question_repeated")),
        (_with(2, question="mothers_maiden_name"), ("/questions/2/question", "unknown_question")),
        (_with(1, answer="sir  BARKSALOT"), ("/questions/1/answer", "answer_repeated")),
        (_with(0, answer="Rex"), ("/questions/0/answer", "answer_too_short")),
        (_with(0, answer="nora newcomer"), ("/questions/0/answer", "answer_is_name")),
        (_with(0, answer=NORA), ("/questions/0/answer", "answer_is_email")),
        (_with(0, answer=NEW_PASSWORD), ("/questions/0/answer", "answer_is_password")),
        (_with(0, answer="pet name"), ("/questions/0/answer", "answer_repeats_question")),
        ({"accept_terms": False}, ("/accept_terms", "terms_required")),
        ({"password": "Password-2026"}, ("/password", "too_common")),
        ({"password": "N0ra.Newcomer-7"}, ("/password", "contains_name")),
        ({"code": "123456"}, ("/code", "wrong_code")),
    ],
)
def test_what_is_wrong_is_told_by_its_place(world: World, body: dict[str, Any], told: tuple[str, str]) -> None:
    """CRD-1, CRD-3, S-AUTH-09; the link stays good."""
    token = _invited(world)
    answer = inviting.complete(world, token, **body)
    assert (answer.status, answer.fields) == (422, {told})
    assert inviting.complete(world, token).status == 200


def test_answers_are_set_with_the_account(world: World) -> None:
    """CRD-3: no account without them; nothing of them is stored in clear."""
    token = _invited(world)
    assert world.browser().sign_in(NORA, NEW_PASSWORD).status == 401
    assert inviting.complete(world, token).status == 200
    user_id = _user_id(world)
    assert questions.ids_of(user_id) == ["first_pet", "lost_thing", "best_gift"]
    assert questions.right(questions_of(user_id), ["best_gift", "first_pet"], ["a TRUMPET", "sir barksalot"])
    for one in ANSWERS["questions"]:
        assert one["answer"].casefold() not in stored.dump().casefold()


def test_longer_passwords_where_nothing_goes_with_them(world: World) -> None:
    """D1: the setting; with a second factor, eight do."""
    later.ask_for_long_passwords(15)
    token = _invited(world)
    assert inviting.look(world, token).json["password_shortest"] == 15
    answer = inviting.complete(world, token, password="Sturdy-Lamps-6")
    assert answer.fields == {("/password", "password_too_short")}
    app = _offered(world, token)
    assert inviting.complete(world, token, password="Sturdy-Lamps-6", code=app.code()).status == 200


@pytest.mark.parametrize("role", ["general_user", "backup_administrator"])
def test_who_must_enroll_is_told_beforehand(world: World, role: str) -> None:
    """CRD-9."""
    token = _invited(world, role)
    later.ask_for_factors()
    wanted = role != "general_user"
    assert inviting.look(world, token).json["factor_required"] is wanted
    answer = inviting.complete(world, token)
    assert answer.status == (422 if wanted else 200)
    if wanted:
        assert answer.fields == {("/code", "required")}


def test_a_factor_is_enrolled_with_the_account(world: World) -> None:
    """CRD-9, S-AUTH-14: the seed is the same on reload; recovery codes are shown once; then signing in asks for one."""
    token = _invited(world, "backup_administrator")
    later.ask_for_factors()
    app = _offered(world, token)
    assert _offered(world, token) == app
    wrong = inviting.complete(world, token, code=app.wrong_code())
    assert (wrong.status, wrong.fields) == (422, {("/code", "wrong_code")})
    answer = inviting.complete(world, token, code=app.code())
    codes = answer.json["recovery_codes"]
    assert (answer.status, len(set(codes))) == (200, 10)
    browser = world.browser()
    assert browser.sign_in(NORA, NEW_PASSWORD).json["stage"] == "factor"
    assert browser.give_code(app.code()).status == 401, "used up by enrolling"
    assert browser.give_code(app.fresh_code()).status == 201
    assert browser.get("/session").json["factor"] is True
    other = world.browser()
    other.sign_in(NORA, NEW_PASSWORD)
    assert other.give_code(codes[0]).status == 201
    kept = stored.dump()
    assert not [secret for secret in (app.secret, *codes) if secret in kept]
    factor = factors.factor_of(_user_id(world))
    assert factor is not None
    assert len(factor.recovery) == 9


def test_offers_end_with_the_link(world: World) -> None:
    """S-AUTH-08: nobody gets a seed by a link that was used, ended, or never was."""
    token = _invited(world)
    _offered(world, token)
    assert inviting.complete(world, token).status == 200
    for other in (token, "A" * 43):
        answer = world.browser().post("/registrations/factor", {"token": other})
        assert (answer.status, answer.code) == (410, "link_expired")


def test_a_seed_of_one_link_is_nobody_elses(world: World) -> None:
    """CRD-9: a code of it enrolls by this link alone."""
    app = _offered(world, _invited(world))
    wim = world.member(world.maple, "Wim Sample", status="unverified")
    later.forget_password(wim)
    subject = {"organization_id": world.maple.id, "membership_id": wim.mailbox}
    theirs = inviting.link(world, wim.user.id, "registration", **subject)
    _offered(world, theirs)
    answer = inviting.complete(world, theirs, name="Wim Sample", code=app.code())
    assert answer.fields == {("/code", "wrong_code")}


def test_without_kms_nobody_registers(world: World) -> None:
    """S-IO-09: and the link stays good."""
    token = _invited(world)
    kms, name = aws.kms(), config.current().pepper_key
    (key,) = [alias["TargetKeyId"] for alias in kms.list_aliases()["Aliases"] if alias["AliasName"] == name]
    kms.delete_alias(AliasName=name)
    answer = inviting.complete(world, token)
    assert (answer.status, answer.code) == (503, "busy")
    kms.create_alias(AliasName=name, TargetKeyId=key)
    assert inviting.complete(world, token).status == 200
