"""People who can't get in: their questions and factors, and the way back by link or helpdesk."""

from collections.abc import Callable
from typing import Any

import pyotp

from chalicelib.accounts import store as accounts
from chalicelib.core import access, ids
from chalicelib.credentials.domain.questions import Given
from chalicelib.recovery.actions import cases
from chalicelib.recovery.store import cases as case_store
from local import seed
from tests import inviting, proofs
from tests.portal import Answer, Browser
from tests.world import PASSWORD, Account, World

GIVEN = (
    Given("first_pet", "Biscuit the goat"),
    Given("first_dish", "Plum dumplings"),
    Given("dream_job", "Lighthouse keeper"),
)
ANSWERS = {one.question: one.answer for one in GIVEN}
QUESTIONS = [{"question": one.question, "answer": one.answer + " II"} for one in GIVEN]
"""What somebody sets anew."""


def with_questions(world: World, *accounts: Account) -> None:
    """They have set their three questions."""
    for account in accounts:
        proofs.set_questions(world, account, ANSWERS)


def with_factor(world: World, account: Account, *recovery_codes: str) -> str:
    """They have a second factor; its seed."""
    secret = ids.seed()
    seed.add_factor(account.user.id, secret, recovery_codes, world.time.now)
    return secret


def code(world: World, secret: str) -> str:
    """What an authenticator app shows now."""
    return pyotp.TOTP(secret).at(world.time.now)


def link(world: World, account: Account) -> str:
    """The token of a fresh reset link."""
    return inviting.link(world, account.user.id, "password_reset")


def look(world: World, token: str) -> Answer:
    return world.browser().post("/recovery/look", {"token": token})


def answers(world: World, token: str, given: list[str]) -> Answer:
    return world.browser().post("/recovery/answers", {"token": token, "answers": given})


def right_answers(world: World, token: str) -> list[str]:
    """To the questions that the case asks."""
    return [ANSWERS[question] for question in look(world, token).json["questions"]]


def show_factor(world: World, token: str, code_: str) -> Answer:
    return world.browser().post("/recovery/factor", {"token": token, "code": code_})


def set_password(world: World, token: str, password: str = inviting.NEW_PASSWORD) -> Answer:
    return world.browser().post("/recovery/password", {"token": token, "password": password})


def whole(world: World, token: str, password: str = inviting.NEW_PASSWORD) -> Answer:
    """All the steps of somebody without a second factor; the last answer."""
    answered = answers(world, token, right_answers(world, token))
    assert answered.json["step"] == "password", answered.text
    return set_password(world, token, password)


def opens(browser: Browser, account: Account, reason: str = "Lost the phone", **changes: Any) -> Answer:
    """The helpdesk opens a case about somebody in their practice."""
    body = {"user_id": account.user.id, "membership_id": account.mailbox, "caller": account.user.name, "reason": reason}
    return browser.post("/helpdesk/cases", body | changes)


def confirms(browser: Browser, case_id: str, *, called: bool = False) -> Answer:
    return browser.post(f"/reset-cases/{case_id}/confirm", {"called_phone_on_record": called})


def proves(browser: Browser) -> Browser:
    """The same browser, with a proof that is fresh (S-SESS-10)."""
    answer = browser.prove(PASSWORD)
    assert answer.status == 200, answer.text
    return browser


def sets_up(world: World, token: str, **changes: Any) -> Answer:
    body = {"token": token, "password": inviting.NEW_PASSWORD, "questions": QUESTIONS}
    return world.browser().post("/set-up/complete", body | changes)


def set_up_link(world: World, case_id: str) -> str:
    """The token of the link that follows a confirmed case, as the mail handler mints it."""
    case = case_store.case(case_id)
    assert case is not None
    token = cases.link(case_id, accounts.user(case.user_id), "test", world.time.now)
    assert token is not None
    return token


def case_about(world: World, account: Account) -> str:
    """Id of a case that somebody of the helpdesk opened about a person."""
    hope = access.Staff(
        id=ids.new("usr"), origin=world.origin, name="Hope Fictional", roles=frozenset({"helpdesk"}), guards=()
    )
    membership = account.mailbox if isinstance(account.actor, access.Member) else None
    asked = cases.Asked(user_id=account.user.id, membership_id=membership, caller=account.user.name, reason="Why")
    return cases.open_case(hope, asked, world.time.now).id


def confirmed_case_about(world: World, account: Account) -> str:
    """Id of a case that an administrator of their practice confirmed; there must be one."""
    case_id = case_about(world, account)
    assert isinstance(account.actor, access.Member)
    administrator = access.Member(
        id=ids.new("usr"), origin=world.origin, organization_id=account.actor.organization_id,
        membership_id=ids.new("mem"), name="Adrian Sample", role="local_administrator",
    )  # fmt: skip
    cases.confirm(administrator, case_id, world.time.now, called=False)
    return case_id


def good_values(world: World) -> dict[str, dict[str, Any]]:
    """What is good for the routes behind mailed links, by route: somebody of Maple for each, at the step it is for."""

    def somebody() -> Account:
        account = world.member(world.maple, f"Fay Sample {world.number()}")
        with_questions(world, account)
        return account

    def begun() -> dict[str, Any]:
        return {"token": link(world, somebody())}

    def answered(account: Account) -> dict[str, Any]:
        token = link(world, account)
        assert answers(world, token, right_answers(world, token)).status == 200
        return {"token": token}

    def set_up() -> dict[str, Any]:
        return {"token": set_up_link(world, confirmed_case_about(world, somebody()))}

    asked, with_app = begun(), somebody()
    secret = with_factor(world, with_app)
    return {
        "POST /password-resets": {"email": somebody().user.email},
        "POST /recovery/look": begun(),
        "POST /recovery/answers": asked | {"answers": right_answers(world, asked["token"])},
        "POST /recovery/factor": answered(with_app) | {"code": code(world, secret)},
        "POST /recovery/password": answered(somebody()) | {"password": inviting.NEW_PASSWORD},
        "POST /set-up/look": set_up(),
        "POST /set-up/factor": set_up(),
        "POST /set-up/complete": set_up() | {"password": inviting.NEW_PASSWORD, "questions": QUESTIONS, "code": None},
    }


def good_values_of_helpdesk(world: World) -> dict[str, dict[str, Any]]:
    """What is good for the helpdesk's routes, by route."""

    def somebody() -> Account:
        return world.member(world.maple, f"Flo Sample {world.number()}")

    new = somebody()
    return {
        "POST /helpdesk/people": {"email": new.user.email},
        "POST /helpdesk/cases": {
            "user_id": new.user.id,
            "membership_id": new.mailbox,
            "caller": new.user.name,
            "reason": "Why",
        },
        "GET /helpdesk/cases/{case_id}": {"case_id": case_about(world, somebody())},
        "POST /helpdesk/cases/{case_id}/withdraw": {"case_id": case_about(world, somebody())},
    }


def good_values_of_decider(world: World, somebody: Callable[[], Account]) -> dict[str, dict[str, Any]]:
    """What is good for whoever confirms cases of people like `somebody`, by route."""
    return {
        f"POST /reset-cases/{{case_id}}/{verb}": {"case_id": case_about(world, somebody())}
        for verb in ("confirm", "decline")
    }
