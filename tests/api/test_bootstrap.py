"""The first staff account comes from a command of whoever runs the deployment (CRD-11, S-AUTH-17)."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from app import app
from local import functions
from tests import delivery, inviting, stored
from tests.portal import Browser, in_process
from tests.ses import Post
from tests.world import World

_PLAN = {
    "name": "Example Valley Health Plan",
    "helpdesk_phone": "1-800-555-0100",
    "helpdesk_hours": "Monday to Friday, 7 am to 7 pm",
}
PAT = {"name": "Pat Sample", "email": "pat.sample@plan.example", "phone": "555-010-0100", "plan": _PLAN}


def bootstrap(**changes: Any) -> Any:
    return functions.call(app, "bootstrap", PAT | changes)


def _kinds() -> list[str]:
    return sorted(item["cls"]["S"] for items in stored.everything().values() for item in items)


@pytest.mark.usefixtures("cloud")
def test_a_fresh_deployment_has_no_accounts() -> None:
    """S-AUTH-17: nothing at all is there, and importing the app makes nothing."""
    assert _kinds() == []


def test_the_first_administrator_gets_the_registration_mail(post: Post) -> None:
    """Unverified until they register, like everybody else; and the plan has settings."""
    answer = bootstrap()
    assert answer["done"]
    delivery.settle()
    (mail,) = inviting.mails_to(post, "pat.sample@plan.example")
    token = inviting.token_in(mail)
    browser = Browser(in_process(app))
    seen = browser.post("/registrations/look", {"token": token})
    assert (seen.json["name"], seen.json["email"], seen.json["organization"]) == (PAT["name"], PAT["email"], None)
    assert browser.get("/plan").json["name"] == "Example Valley Health Plan"
    (place,) = [item for item in stored.everything()["directory"] if item["cls"]["S"] == "staff"]
    assert (place["status"], place["roles"]) == ({"S": "unverified"}, {"SS": ["plan_administrator"]})
    (record,) = stored.records("staff.created")
    assert "Pat" not in str(record)


@pytest.mark.usefixtures("cloud")
def test_a_second_time_is_refused_and_changes_nothing() -> None:
    """S-AUTH-17: whatever became of the first account."""
    bootstrap()
    before = stored.everything()
    answer = bootstrap(email="mallory@plan.example")
    assert (answer["done"], answer["reason"]) == (False, "staff_exist")
    assert "Nothing was changed" in answer["text"]
    assert stored.everything() == before


def test_any_staff_account_refuses_it(world: World) -> None:
    """Also one without the role, made in another way."""
    before = stored.everything()
    assert bootstrap()["reason"] == "staff_exist"
    assert stored.everything() == before
    assert world.ada.user.name == "Ada Fictional"


@pytest.mark.usefixtures("cloud")
def test_of_several_at_once_one_makes_an_account() -> None:
    """S-AUTH-17, T2."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: bootstrap(email=f"pat{number}@plan.example"), range(8)))
    assert [answer["done"] for answer in answers].count(True) == 1
    assert {answer["reason"] for answer in answers if not answer["done"]} == {"staff_exist"}
    assert _kinds().count("user") == _kinds().count("staff") == 1


@pytest.mark.usefixtures("cloud")
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"email": "nobody"}, {"/email"}),
        ({"plan": None}, {"/plan"}),
        ({"name": "", "phone": "call"}, {"/name", "/phone"}),
        ({"password": "Secret-1234"}, {"/password"}),
        ({"plan": _PLAN | {"time_zone": "Middle/Earth"}}, {"/plan/time_zone"}),
        ({"plan": _PLAN | {"time_zone": "../../etc/hosts"}}, {"/plan/time_zone"}),
        ({"plan": {"name": "P"}}, {"/plan/helpdesk_phone", "/plan/helpdesk_hours"}),
    ],
)
def test_wrong_fields_are_named_and_nothing_is_made(changes: dict[str, Any], wrong: set[str]) -> None:
    answer = bootstrap(**changes)
    assert (answer["done"], answer["reason"]) == (False, "invalid")
    assert {field["pointer"] for field in answer["fields"]} == wrong
    assert _kinds() == []


def test_no_route_makes_a_first_account() -> None:
    """Only the function, which API Gateway doesn't call."""
    assert not [route for route in app.declared if re.search("bootstrap|setup|set-up-plan", route.path)]
    assert [function.name for function in app.pure_lambda_functions] == ["bootstrap"]
