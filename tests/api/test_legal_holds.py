"""Legal holds: set and lifted by two people, told and recorded (MSG-10)."""

from typing import Any

import pytest

from tests import later, stored
from tests.keeping import Deciders
from tests.portal import Answer
from tests.world import World

Hold = dict[str, Any]


@pytest.fixture
def deciders(world: World) -> Deciders:
    return Deciders(world)


def _state(deciders: Deciders, hold: Hold) -> str:
    return str(deciders.browser(deciders.paula).get(f"/legal-holds/{hold['id']}").json["state"])


def _told(answer: Answer) -> tuple[int, str]:
    return answer.status, str(answer.json.get("code", ""))


def test_set_and_lifted_by_two(world: World, deciders: Deciders) -> None:
    """MSG-10: whichever role asks, the other confirms; until the lift is confirmed, it holds."""
    asked = deciders.ask(deciders.paula, "organization", world.maple.id).json
    assert (asked["state"], asked["subject"]["name"], asked["moves"]) == ("asked", "Maple Example Clinic", ["refuse"])
    seen = deciders.browser(deciders.audra).get("/legal-holds").json["items"]
    assert [(one["id"], one["moves"]) for one in seen] == [(asked["id"], ["confirm", "refuse"])]
    active = deciders.move(deciders.audra, asked, "confirm").json
    assert (active["state"], active["confirmed_by"]["id"]) == ("active", deciders.audra.user.id)
    lifting = deciders.move(deciders.audra, active, "ask_to_lift", reason="Closed").json
    assert (lifting["state"], lifting["lift_reason"], lifting["moves"]) == ("lift_asked", "Closed", ["keep"])
    kept = deciders.move(deciders.paula, lifting, "keep").json
    assert (kept["state"], kept["lift_reason"], kept["lift_asked_by"]) == ("active", "", None)
    lifting = deciders.move(deciders.paula, kept, "ask_to_lift", reason="Closed").json
    lifted = deciders.move(deciders.audra, lifting, "confirm_lift").json
    assert (lifted["state"], lifted["ended_by"]["id"], lifted["moves"]) == ("lifted", deciders.audra.user.id, [])
    assert _told(deciders.move(deciders.audra, lifted, "ask_to_lift", reason="Again")) == (409, "hold_lifted")


@pytest.mark.parametrize("first", ["paula", "audra", "bodo"])
@pytest.mark.parametrize("second", ["paula", "audra", "bodo"])
def test_nobody_decides_alone(world: World, deciders: Deciders, first: str, second: str) -> None:
    """MSG-10: two people, one as plan administrator and one as auditor; who is both counts as either, never as both."""
    one, other = getattr(deciders, first), getattr(deciders, second)
    may = one is not other
    asked = deciders.ask(one, "user", world.gina.user.id).json
    answer = deciders.move(other, asked, "confirm")
    assert _told(answer) == ((200, "") if may else (403, "second_person"))
    assert _state(deciders, asked) == ("active" if may else "asked")
    if not may:
        helper = deciders.paula if one is not deciders.paula else deciders.audra
        answer = deciders.move(helper, asked, "confirm")
    lifting = deciders.move(one, answer.json, "ask_to_lift", reason="Closed").json
    assert _told(deciders.move(other, lifting, "confirm_lift")) == ((200, "") if may else (403, "second_person"))
    assert _state(deciders, asked) == ("lifted" if may else "lift_asked")


def test_people_and_practices_are_named_as_people_know_them(world: World, deciders: Deciders) -> None:
    """MSG-10: by sign-in address and TIN too, as no screen has their ids; an address that nobody has is refused."""
    by_address = deciders.ask(deciders.paula, "user", world.gina.user.email.upper()).json
    assert by_address["subject"]["id"] == world.gina.user.id
    by_tin = deciders.ask(deciders.paula, "organization", world.maple.tin).json
    assert by_tin["subject"]["id"] == world.maple.id
    for kind, name in (("user", "nobody@people.example"), ("organization", "999999999"), ("thread", "nothing")):
        refused = deciders.ask(deciders.paula, kind, name)
        assert refused.status == 422
        assert [error["pointer"] for error in refused.json["errors"]] == ["/subject/id"]


def test_two_of_the_same_role_are_not_enough(world: World, deciders: Deciders) -> None:
    """MSG-10."""
    pia = world.agent("Pia Fictional", roles=("plan_administrator",))
    asked = deciders.ask(deciders.paula, "user", world.gina.user.id).json
    assert _told(deciders.move(pia, asked, "confirm")) == (403, "second_person")
    active = deciders.move(deciders.audra, asked, "confirm").json
    lifting = deciders.move(pia, active, "ask_to_lift", reason="Closed").json
    assert _told(deciders.move(deciders.paula, lifting, "confirm_lift")) == (403, "second_person")
    assert _state(deciders, asked) == "lift_asked"


def test_whoever_asked_must_still_be_of_the_plan(world: World, deciders: Deciders) -> None:
    """MSG-10, S-AZ-08: what somebody asked for who left since is no word of a second person."""
    asked = deciders.ask(deciders.paula, "user", world.gina.user.id).json
    later.deactivate(deciders.paula)
    assert _told(deciders.move(deciders.audra, asked, "confirm")) == (409, "asker_gone")
    assert _told(deciders.move(deciders.audra, asked, "refuse")) == (200, "")
    assert _told(deciders.move(deciders.audra, asked, "confirm")) == (412, "stale")


def test_what_is_not_there_is_not_held(world: World, deciders: Deciders) -> None:
    """MSG-10: and an id of one kind is none of another."""
    sent = world.write(world.gina, world.ada)
    for kind, id_ in (("user", world.maple.id), ("organization", world.gina.user.id), ("thread", sent["message_id"])):
        answer = deciders.ask(deciders.paula, kind, id_)
        assert (answer.status, [each["pointer"] for each in answer.json["errors"]]) == (422, ["/subject/id"])
    assert deciders.ask(deciders.paula, "thread", sent["thread_id"]).json["subject"]["name"] == ""


def test_a_reason_goes_with_asking_to_lift_alone(world: World, deciders: Deciders) -> None:
    """MSG-10."""
    hold = deciders.hold("user", world.gina.user.id)
    assert deciders.move(deciders.audra, hold, "ask_to_lift").status == 422
    lifting = deciders.move(deciders.audra, hold, "ask_to_lift", reason="Closed").json
    assert deciders.move(deciders.paula, lifting, "confirm_lift", reason="Closed").status == 422
    assert _state(deciders, hold) == "lift_asked"


def test_every_step_leaves_a_record_without_its_reason(world: World, deciders: Deciders) -> None:
    """AUD-1, AUD-4: who did what to which hold."""
    hold = deciders.lift(deciders.hold("organization", world.maple.id))
    asked = deciders.ask(deciders.audra, "user", world.gina.user.id).json
    deciders.move(deciders.audra, asked, "refuse")
    steps = ("asked", "confirmed", "lift_asked", "lifted", "refused")
    found = stored.records(*(f"legal_hold.{step}" for step in steps))
    assert [(record.action.partition(".")[2], record.actor_id) for record in found] == [
        ("asked", deciders.paula.user.id),
        ("confirmed", deciders.audra.user.id),
        ("lift_asked", deciders.audra.user.id),
        ("lifted", deciders.paula.user.id),
        ("asked", deciders.audra.user.id),
        ("refused", deciders.audra.user.id),
    ]
    assert {record.object_id for record in found} == {hold["id"], asked["id"]}
    assert "example court" not in str([record.attribute_values for record in found])
