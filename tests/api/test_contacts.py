"""Whom to ask about what: the plan's contacts by topic, on every page's help (PLT-6)."""

from typing import Any

import pytest

from tests import stored
from tests.portal import Answer, Browser
from tests.world import World

NETWORK = {"topic": "network", "phone": "1-800-555-0103", "email": "network@plan.example"}
HELPDESK = {"topic": "helpdesk", "phone": "1-800-555-0100", "email": None}


@pytest.fixture
def paula(world: World) -> Browser:
    return world.browser(world.agent("Paula Fictional", roles=("plan_administrator",)))


def _put(paula: Browser, *contacts: dict[str, Any], version: int | None = None) -> Answer:
    number = paula.get("/plan/contacts").json["version"] if version is None else version
    return paula.send("PUT", "/plan/contacts", {"contacts": list(contacts)}, {"If-Match": f'"{number}"'})


def test_they_show_on_every_page(world: World, paula: Browser) -> None:
    """PLT-6: to everybody, in the order of topics, from the next request on."""
    answer = _put(paula, NETWORK, HELPDESK)
    kept = [{**HELPDESK, "email": ""}, NETWORK]
    assert (answer.status, answer.json["contacts"]) == (200, kept)
    assert world.browser().get("/plan").json["contacts"] == kept
    assert paula.get("/plan/contacts").json == answer.json
    _put(paula)
    assert world.browser().get("/plan").json["contacts"] == []


def test_every_wrong_field_is_named(paula: Browser) -> None:
    """House rule 5: a topic once, a phone or an email, each of the right form."""
    before = stored.business()
    wrong = _put(paula, NETWORK, {"topic": "portal"}, {**NETWORK, "email": "nowhere"})
    assert wrong.fields == {
        ("/contacts/1/phone", "phone_or_email"),
        ("/contacts/2/topic", "topic_twice"),
        ("/contacts/2/email", "wrong_form"),
    }
    for bad in (
        {**NETWORK, "topic": "billing"},
        {**NETWORK, "phone": "call us"},
        {**NETWORK, "email": "a\nb@c.example"},
    ):
        assert _put(paula, bad).status == 422
    assert _put(paula, *[NETWORK] * 6).status == 422
    assert stored.business() == before


def test_of_two_who_change_them_one_is_told(paula: Browser) -> None:
    """PLT-3: by the version of the settings."""
    version = paula.get("/plan/contacts").json["version"]
    assert _put(paula, NETWORK, version=version).json["version"] == version + 1
    assert _put(paula, HELPDESK, version=version).code == "stale"
    assert _put(paula, NETWORK, version=version + 1).json["version"] == version + 1, "nothing new"
    assert paula.send("PUT", "/plan/contacts", {"contacts": []}).status == 428


def test_the_record_names_topics(world: World, paula: Browser) -> None:
    """AUD-1: which topics changed."""
    _put(paula, NETWORK, HELPDESK)
    world.time.advance(seconds=1)
    _put(paula, {**NETWORK, "phone": "1-800-555-0199"}, HELPDESK)
    first, second = stored.records("plan.contacts_changed")
    assert (first.pk, first.after["topics"]) == ("JOURNAL#plan", ["helpdesk", "network"])
    assert second.after["topics"] == ["network"]


def test_other_settings_stay(world: World, paula: Browser) -> None:
    """PLT-5: one document; only the contacts of it change."""
    before = world.browser().get("/plan").json
    _put(paula, NETWORK)
    assert world.browser().get("/plan").json == {**before, "contacts": [NETWORK]}
