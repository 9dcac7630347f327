"""The plan switches features on in phases: for all, for a wave, for an organization (ORG-8)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.accounts import features
from chalicelib.core.access import Member
from chalicelib.core.errors import Forbidden
from tests import later, stored
from tests.portal import Answer, Browser
from tests.wire import Wire
from tests.world import World

KEY = "the-key-of-the-test"
NOON = "2026-04-01"
BEGINS = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)
"""The first second of that day in the plan's zone."""


@pytest.fixture
def paula(world: World) -> Browser:
    return world.browser(world.agent("Paula Fictional", roles=("plan_administrator",)))


@pytest.fixture
def gina(world: World) -> Browser:
    later.grant(world.gina, "claims")
    return world.browser(world.gina)


def _scope(paula: Browser, scope: str = "plan") -> dict[str, Any]:
    answer = paula.get(f"/phases/{scope}")
    assert answer.status == 200, answer.text
    return dict(answer.json)


def _line(paula: Browser, scope: str = "plan", feature: str = "claims") -> dict[str, Any]:
    return next(line for line in _scope(paula, scope)["items"] if line["feature"] == feature)


def _keep(paula: Browser, scope: str, feature: str = "claims", version: int | None = None, **phase: object) -> Answer:
    number = _scope(paula, scope)["version"] if version is None else version
    body = {"on_date": None, **phase}
    return paula.send("PUT", f"/phases/{scope}/{feature}", body, {"If-Match": f'"{number}"'})


def _wave(world: World, *, name: str = "April") -> str:
    """A wave with Maple in it."""
    enzo = world.browser(world.agent(f"Enzo Fictional {world.number()}", roles=("enrollment",)))
    body = {"name": name, "send_on": "2026-03-20", "end_on": "2026-05-20"}
    made = enzo.post("/waves", body, f"{KEY}-{name}")
    assert made.status == 201, made.text
    wave = str(made.json["id"])
    moved = enzo.post(f"/waves/{wave}/organizations", {"organization_ids": [world.maple.id]})
    assert moved.status < 300, moved.text
    return wave


def _shown(browser: Browser, level: str = "claims", feature: str = "claims") -> dict[str, Any]:
    part = next(one for one in browser.get("/features").json["items"] if one["access_level"] == level)
    return {**next(one for one in part["features"] if one["feature"] == feature), "part": part["state"]}


def test_a_feature_comes_on_its_day(world: World, paula: Browser, gina: Browser) -> None:
    """ORG-8: before, the card shows the date and the note; the level was granted ahead, and opens from then on."""
    for feature in ("claims", "eobs"):
        assert _keep(paula, "plan", feature, on_date=NOON, note="First <b>claims</b>\nthen more").status == 200
    shown = _shown(gina)
    assert shown == {
        "feature": "claims",
        "state": "coming",
        "on_date": NOON,
        "last_day": None,
        "note": "First <b>claims</b>\nthen more",
        "part": "coming",
    }
    world.time.now = BEGINS - timedelta(seconds=1)
    gina = world.browser(world.gina)
    refused = gina.get("/features/claims")
    assert (refused.status, refused.code, refused.json["access_level"]) == (403, "feature_coming", "claims")
    world.time.advance(seconds=1)
    assert gina.get("/features/claims").status == 200
    assert _shown(gina)["state"] == "on"


def test_without_the_access_level_it_is_refused_for_that(world: World, paula: Browser) -> None:
    """ACC-9, ORG-8: whether it is on or not; nobody learns by asking."""
    browser = world.browser(world.gina)
    told = {browser.get("/features/claims").code}
    _keep(paula, "plan", on_date=None)
    told.add(browser.get("/features/claims").code)
    assert told == {"access_level_required"}


def test_the_gate_stands_before_each_feature_by_itself(world: World, paula: Browser, gina: Browser) -> None:
    """ORG-8: one level, two features: the part is open while one of them is on, the other one stays shut."""
    _keep(paula, "plan", "eobs", on_date=NOON)
    assert gina.get("/features/claims").status == 200
    assert _shown(gina, feature="eobs")["state"] == "coming"
    actor = world.gina.actor
    assert isinstance(actor, Member)
    with pytest.raises(Forbidden) as refused:
        features.require(actor, "claims", world.time.now)
    assert refused.value.code == "access_level_required", "as she was when the world was made"
    holder = msgspec.structs.replace(actor, access_levels=frozenset({"claims"}))
    assert features.require(holder, "claims", world.time.now).state == "on"
    with pytest.raises(Forbidden) as refused:
        features.require(holder, "eobs", world.time.now)
    assert refused.value.code == "feature_coming"


def test_what_was_refused_is_not_remembered_as_use(world: World, paula: Browser, gina: Browser) -> None:
    """REV-3: reviews see what somebody used; a feature that is coming is used by nobody."""
    for feature in ("claims", "eobs"):
        _keep(paula, "plan", feature)
    before = stored.business()
    assert gina.get("/features/claims").code == "feature_coming"
    assert stored.business() == before


def test_switched_off_with_grace(world: World, paula: Browser, gina: Browser) -> None:
    """ORG-8: it says the last day, and ends with the first second after it."""
    for feature in ("claims", "eobs"):
        _keep(paula, "plan", feature, on_date="2026-01-01", off_date="2026-03-25", grace_days=7)
    assert (_shown(gina)["state"], _shown(gina)["last_day"]) == ("ending", "2026-03-31")
    world.time.now = BEGINS - timedelta(seconds=1)
    gina = world.browser(world.gina)
    assert gina.get("/features/claims").status == 200
    world.time.advance(seconds=1)
    assert gina.get("/features/claims").code == "feature_coming"
    assert _shown(gina)["on_date"] is None


def test_the_most_specific_scope_decides(world: World, paula: Browser, gina: Browser) -> None:
    """ORG-8: organization, then wave, then plan; taking one away lets the broader one hold again."""
    wave = _wave(world)
    _keep(paula, "plan", on_date=None, note="plan")
    assert _shown(gina)["note"] == "plan"
    _keep(paula, wave, on_date=NOON, note="wave")
    assert _shown(gina)["note"] == "wave"
    _keep(paula, world.maple.id, on_date="2026-03-01", note="organization")
    assert (_shown(gina)["note"], _shown(gina)["state"]) == ("organization", "on")
    line = _line(paula, world.maple.id)
    assert (line["decided_by"], line["own"]["note"]) == ("organization", "organization")
    assert _line(paula, world.birch.id)["decided_by"] == "plan"
    assert _scope(paula, world.maple.id)["wave"] == {"id": wave, "name": "April"}
    for scope, then in ((world.maple.id, "wave"), (wave, "plan"), ("plan", "")):
        version = {"If-Match": f'"{_scope(paula, scope)["version"]}"'}
        assert paula.send("DELETE", f"/phases/{scope}/claims", None, version).status == 200
        assert _shown(gina)["note"] == then
    assert _shown(gina)["state"] == "coming"


def test_exceptions_are_listed_by_name_and_paged(world: World, paula: Browser) -> None:
    """ORG-8, PLT-3: 25 on a page; a scope whose last phase was taken away is no exception any more."""
    practices = [world.organization(f"1{number:08}", f"Practice {number:02}") for number in range(27)]
    for each in practices:
        assert _keep(paula, each.id, version=0, on_date=NOON).status == 200
    gone = {"If-Match": '"1"'}
    assert paula.send("DELETE", f"/phases/{practices[3].id}/claims", None, gone).status == 200
    first = paula.get("/phases", scope="organization").json
    assert len(first["items"]) == 25
    rest = paula.get("/phases", scope="organization", cursor=first["next_cursor"]).json
    assert rest["next_cursor"] is None
    found = [*first["items"], *rest["items"]]
    assert {one["name"] for one in found} == {one.name for one in practices} - {"Practice 03"}
    assert found[0]["features"] == ["claims"]
    wave = _wave(world)
    _keep(paula, wave, on_date=NOON)
    assert [one["name"] for one in paula.get("/phases", scope="wave").json["items"]] == ["April"]


def test_any_organization_and_wave_can_be_chosen(world: World, paula: Browser) -> None:
    """ORG-8: not only the first 25: by name or TIN, page by page."""
    for number in range(27):
        world.organization(f"1{number:08}", f"Practice {number:02}")
    first = paula.get("/phases/organizations").json
    rest = paula.get("/phases/organizations", cursor=first["next_cursor"]).json
    assert (len(first["items"]), len(rest["items"])) == (25, 4)
    (one,) = paula.get("/phases/organizations", search="10-0000026").json["items"]
    assert one["name"] == "Practice 26"
    wave = _wave(world)
    assert paula.get("/phases/waves").json["items"] == [{"id": wave, "name": "April", "send_on": "2026-03-20"}]


def test_of_two_who_change_the_same_one_is_told(world: World, paula: Browser) -> None:
    """PLT-3: If-Match; also the version of a scope that was emptied in between is another one."""
    assert _keep(paula, world.maple.id, version=0, on_date=NOON).json["version"] == 1
    assert _keep(paula, world.maple.id, version=0, on_date=None).code == "stale"
    assert _keep(paula, world.maple.id, version=1, on_date=NOON).json["version"] == 1, "nothing new"
    paula.send("DELETE", f"/phases/{world.maple.id}/claims", None, {"If-Match": '"1"'})
    assert _keep(paula, world.maple.id, version=0, on_date=NOON).code == "stale"
    assert paula.send("PUT", "/phases/plan/claims", {"on_date": None}).status == 428


def test_what_is_wrong_is_named(world: World, paula: Browser) -> None:
    """House rule 5: every wrong field; nothing changes."""
    before = stored.business()
    wrong = _keep(paula, "plan", on_date="2026-04-01", off_date="2026-04-01")
    assert wrong.fields == {("/off_date", "not_after_on_date")}
    wrong = _keep(paula, "plan", on_date=None, off_date="2026-04-01", grace_days=3)
    assert wrong.fields == {("/off_date", "not_after_on_date")}
    assert _keep(paula, "plan", on_date=None, grace_days=3).fields == {("/grace_days", "without_off_date")}
    assert _keep(paula, "plan", note="x" * 501).status == 422
    assert _keep(paula, "plan", grace_days=366).status == 422
    assert _keep(paula, "plan", on_date="2026-02-30").status == 422
    for scope in ("org_0000000000", "wav_0000000000", "nowhere", "dep_0000000000"):
        assert _keep(paula, scope, version=0).code == "not_found"
    assert _keep(paula, "plan", "manage_account").code == "not_found"
    assert stored.business() == before


def test_the_record_tells_what_changed_but_not_the_note(world: World, paula: Browser) -> None:
    """AUD-1, AUD-4: in the practice's journal where it is about one."""
    _keep(paula, world.maple.id, on_date=NOON, note="Canary of the note")
    (record,) = stored.records("phase.kept")
    assert record.pk == f"JOURNAL#{world.maple.id}"
    assert record.after == {"feature": "claims", "on_date": NOON, "off_date": None, "grace_days": 0}
    assert record.before == {"feature": "claims"}
    assert "Canary" not in str(record.attribute_values)


def test_the_cards_stay_cheap(world: World, gina: Browser, wire: Wire) -> None:
    """Phases of all scopes come in one small batch, with one more item where the practice is in a wave."""
    wire.forget()
    gina.get("/features")
    without = len(wire.operations)
    _wave(world)
    wire.forget()
    gina.get("/features")
    assert (without, len(wire.operations)) == (4, 5)
