"""Enrollment keeps what the plan knows of its practices (ORG-1, ORG-2, ORG-7)."""

import json
from typing import Any

import pytest

from chalicelib.organizations import store
from tests import later, stored
from tests.portal import Answer, Browser
from tests.world import Account, World

GOOD: dict[str, Any] = {
    "name": "Cedar Example Family Care",
    "tin": "98-7654321",
    "npis": ["1234567893"],
    "executive_name": "Carla Sample",
    "executive_email": "carla@cedar.example",
    "relations_contact": "Rita at the plan",
    "entitlements": ["claims", "eligibility"],
}


@pytest.fixture
def eve(world: World) -> Account:
    return world.agent("Eve Fictional", roles=("enrollment",))


@pytest.fixture
def office(world: World, eve: Account) -> Browser:
    return world.browser(eve)


def _created(office: Browser, **changes: Any) -> str:
    answer = office.post("/organizations", {**GOOD, **changes})
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def _patch(office: Browser, organization_id: str, body: dict[str, Any], version: int | None = None) -> Answer:
    if version is None:
        version = office.get(f"/organizations/{organization_id}").json["version"]
    return office.send("PATCH", f"/organizations/{organization_id}", body, {"If-Match": f'"{version}"'})


def test_a_practice_is_created_and_found(office: Browser) -> None:
    """ORG-1: its TIN as people write it; what two numbers match is not recorded yet."""
    id_ = _created(office)
    shown = office.get(f"/organizations/{id_}").json
    assert {name: shown[name] for name in GOOD if name != "tin"} == {k: v for k, v in GOOD.items() if k != "tin"}
    assert (shown["tin"], shown["tin_verified"], shown["closed_at"]) == ("987654321", False, None)
    assert (shown["nomination"], shown["changes"], shown["onboarding"]["lacks"]) == (None, [], "not_sent")
    for search in ("cedar", "98-7654321", "765"):
        (row,) = office.get("/organizations", search=search).json["items"]
        assert row == {"id": id_, "name": GOOD["name"], "tin": "987654321", "closed": False}
    assert store.organization_id_of("987654321") == id_
    enrolled = [item for item in stored.outbox() if item["name"]["S"] == "organization.enrolled"]
    assert len(enrolled) == 1


def test_every_wrong_field_is_named(office: Browser) -> None:
    """ORG-1: numbers with their check digits, addresses that mail can go to, a TIN that nobody has."""
    wrong = {
        "tin": "000000001",
        "npis": ["1234567893", "1234567890", "1234567893", "x"],
        "executive_email": "Carla <carla@cedar.example>",
        "entitlements": ["claims", "manage_account"],
        "wave_id": "wav_0000000000000000000000000",
    }
    answer = office.post("/organizations", {**GOOD, **wrong})
    assert answer.status == 422
    assert answer.fields == {
        ("/tin", "tin_taken"),
        ("/npis/1", "not_an_npi"),
        ("/npis/2", "repeated"),
        ("/npis/3", "not_an_npi"),
        ("/executive_email", "wrong_form"),
        ("/entitlements", "follows_role"),
        ("/wave_id", "unknown_wave"),
    }
    for tin in ("000-00-0000", "12345678", "1.2E+08", ""):
        assert office.post("/organizations", {**GOOD, "tin": tin}).fields == {("/tin", "wrong_form")}
    assert office.post("/organizations", {**GOOD, "tin": "00-0000000"}).fields == {("/tin", "wrong_form")}
    assert office.get("/organizations", search="cedar").json["items"] == []


def test_little_need_be_known(office: Browser) -> None:
    """ORG-1: a name and a TIN; the chief executive may be found later."""
    answer = office.post("/organizations", {"name": "Cedar Example", "tin": "987654321"})
    shown = office.get(f"/organizations/{answer.json['id']}").json
    assert (shown["executive_name"], shown["executive_email"], shown["npis"]) == ("", "", [])


def test_the_same_request_twice_makes_one(office: Browser) -> None:
    """PLT-3: by its key; without it the TIN is taken."""
    first = office.post("/organizations", GOOD, key="once-and-only-once")
    assert office.post("/organizations", GOOD, key="once-and-only-once").json == first.json
    assert office.post("/organizations", GOOD).fields == {("/tin", "tin_taken")}


def test_facts_change_and_the_list_follows(office: Browser) -> None:
    """ORG-1: by one of enrollment, of the version that they saw; not the TIN."""
    id_ = _created(office)
    answer = _patch(office, id_, {"name": "Alder Example", "executive_email": "", "npis": []}, version=1)
    assert (answer.status, answer.json["name"], answer.json["executive_email"]) == (200, "Alder Example", "")
    assert answer.json["version"] == 2
    assert office.get("/organizations", search="cedar").json["items"] == []
    assert [one["id"] for one in office.get("/organizations", search="alder").json["items"]] == [id_]
    assert _patch(office, id_, {"name": "Again"}, version=1).code == "stale"
    assert _patch(office, id_, {"tin": "555555555"}).fields == {("/tin", "unknown")}
    wrong = _patch(office, id_, {"npis": ["1"], "executive_email": "nobody", "entitlements": ["manage_account"]})
    assert {pointer for pointer, _ in wrong.fields} == {"/npis/0", "/executive_email", "/entitlements"}


def test_new_numbers_are_verified_anew(world: World, office: Browser) -> None:
    """ORG-1: that TIN and NPIs match was recorded of the numbers as they were."""
    npis = ["1234567893"]
    assert _patch(office, world.maple.id, {"npis": npis, "name": "Maple"}).json["tin_verified"] is True
    assert _patch(office, world.maple.id, {"npis": []}).json["tin_verified"] is True
    assert _patch(office, world.maple.id, {"npis": npis}).json["tin_verified"] is False


def test_nobody_changes_a_practice_that_they_are_of(world: World, eve: Account, office: Browser) -> None:
    """S-AZ-06: whoever is of the practice gives it nothing for the plan."""
    world.also_member(eve, world.maple)
    answer = _patch(office, world.maple.id, {"entitlements": ["claims", "assessments"]})
    assert (answer.status, answer.code) == (403, "of_organization")
    assert _patch(office, world.birch.id, {"entitlements": ["claims"]}).status == 200


def test_what_a_practice_loses_opens_nothing(world: World, office: Browser) -> None:
    """ORG-7, ACC-6: with the next request, though it stays granted; it opens again when the practice may again."""
    later.grant(world.gina, "claims", "health_records")
    gina = world.browser(world.gina)
    assert _held(gina) == {"claims", "health_records"}
    _patch(office, world.maple.id, {"entitlements": ["claims"]})
    assert _held(gina) == {"claims"}
    assert gina.get("/features/health_records").code == "access_level_required"
    assert gina.post("/access-requests", {"access_level": "health_records"}).fields == {
        ("/access_level", "not_entitled")
    }
    assert set(world.browser(world.gina).get("/session").json["membership"]["access_levels"]) == {"claims"}
    lola = world.browser(world.member(world.maple, "Lola Sample", role="local_administrator"))
    member = lola.get(f"/members/{world.gina.mailbox}").json
    assert set(member["access_levels"]) == {"claims", "health_records"}
    _patch(office, world.maple.id, {"entitlements": ["claims", "health_records"]})
    assert _held(gina) == {"claims", "health_records"}


def test_the_journal_holds_ids_and_numbers(office: Browser) -> None:
    """AUD-4: what changed, and no text that somebody typed."""
    id_ = _created(office)
    _patch(office, id_, {"name": "Alder Example", "executive_name": "Clara Specimen", "entitlements": ["claims"]})
    found = {one.action: one for one in stored.records() if one.object_id == id_}
    created, changed = found["organization.created"], found["organization.changed"]
    assert (created.object_id, created.after["npis"], created.pk) == (id_, ["1234567893"], f"JOURNAL#{id_}")
    assert changed.before["entitlements"] == ["claims", "eligibility"]
    assert (changed.after["entitlements"], changed.after["name_changed"]) == (["claims"], True)
    told = json.dumps([[one.before, one.after] for one in (created, changed)])
    assert not any(word in told for word in ("Cedar", "Alder", "Carla", "Clara", "Rita", "987654321", "@"))


def test_an_unknown_practice_is_not_there(office: Browser) -> None:
    """The same for one that never was."""
    nobody = "org_" + "0" * 26
    assert office.get(f"/organizations/{nobody}").status == 404
    assert _patch(office, nobody, {"name": "A"}, version=1).status == 404


def test_the_list_pages_by_name(world: World, office: Browser) -> None:
    """PLT-3."""
    for number in range(30):
        world.organization(f"{500_000_000 + number}", f"Practice {number:02}")
    first = office.get("/organizations").json
    second = office.get("/organizations", cursor=first["next_cursor"]).json
    names = [one["name"] for one in first["items"] + second["items"]]
    assert (len(first["items"]), len(names), second["next_cursor"]) == (25, 32, None)
    assert names == sorted(names)


def _held(office: Browser) -> set[str]:
    items = office.get("/features").json["items"]
    return {one["access_level"] for one in items if one["held"]}
