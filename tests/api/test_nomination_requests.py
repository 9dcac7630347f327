"""A practice asks for a nomination form from the public page; enrollment settles it (ORG-1, S-AUTH-07, S-MAIL-04)."""

from datetime import timedelta

import pytest

from tests import nominating, stored
from tests.nominating import REQUESTED
from tests.portal import Answer, Browser
from tests.wire import Wire
from tests.world import START, Account, World


@pytest.fixture
def enid(world: World) -> Account:
    """Somebody of enrollment."""
    return nominating.enrollment(world)


@pytest.fixture
def desk(world: World, enid: Account) -> Browser:
    """Her browser."""
    return world.browser(enid)


def _ask(world: World, **changes: object) -> Answer:
    return world.browser().post("/nomination-requests", {**REQUESTED, **changes})


def test_what_was_typed_waits_for_enrollment(world: World, desk: Browser) -> None:
    """ORG-1: verbatim, with the practice that has this TIN already; the oldest first."""
    assert _ask(world).status == 202
    world.time.advance(seconds=1)
    assert _ask(world, practice_name="=Maple <b>", tin="000000001", npis=[], note="").status == 202
    first, second = desk.get("/nomination-requests").json["items"]
    assert first.pop("id").startswith("nrq_")
    assert first == {
        **REQUESTED,
        "tin": "000000009",
        "requested_at": "2026-03-02T15:00:00Z",
        "organization": None,
    }
    assert second["practice_name"] == "=Maple <b>"
    assert second["organization"] == {"id": world.maple.id, "name": "Maple Example Clinic"}
    assert [event["name"]["S"] for event in stored.outbox()] == ["nomination.requested"] * 2
    for record in stored.records("nomination.requested"):
        assert "Cedar" not in str(record.attribute_values)


def test_whoever_asks_learns_nothing(world: World, wire: Wire) -> None:
    """S-AUTH-07: the same bytes and the same calls, whether TIN and address are known or not."""
    nominating.with_executive(world, world.maple)
    told, calls = [], []
    for changes in ({}, {"tin": "000000001"}, {"tin": "000000001", "executive_email": world.gina.user.email}):
        wire.forget()
        answer = _ask(world, **changes)
        told.append((answer.status, answer.text, sorted(answer.headers)))
        calls.append(wire.operations)
    assert told == [told[0]] * 3
    assert calls == [calls[0]] * 3


def test_every_wrong_field_is_named(world: World, desk: Browser) -> None:
    """House rule 5: in the form and by the rules."""
    answer = _ask(world, tin="000000000", npis=["1234567893", "123", "1234567893"], executive_email="chief")
    assert (answer.status, answer.fields) == (
        422,
        {
            ("/tin", "wrong_form"),
            ("/npis/1", "not_an_npi"),
            ("/npis/2", "repeated"),
            ("/executive_email", "wrong_form"),
        },
    )
    answer = _ask(world, tin="1234567", phone="x", practice_name="a\nb", executive_name="", note="n" * 1001)
    assert {pointer for pointer, _ in answer.fields} == {
        "/tin",
        "/phone",
        "/practice_name",
        "/executive_name",
        "/note",
    }
    assert desk.get("/nomination-requests").json["items"] == []


def test_requests_from_one_address_are_counted(world: World) -> None:
    """S-MAIL-04: twenty in ten minutes."""
    assert {_ask(world).status for _ in range(20)} == {202}
    assert _ask(world).code == "too_many_attempts"
    world.time.advance(minutes=10)
    assert _ask(world).status == 202


@pytest.mark.parametrize("found", [True, False])
def test_a_request_is_settled_once(world: World, enid: Account, desk: Browser, found: bool) -> None:
    """ORG-1: with the practice that was made for it, or without; it is gone from the list then."""
    _ask(world)
    (one,) = desk.get("/nomination-requests").json["items"]
    path = f"/nomination-requests/{one['id']}/settle"
    body = {"organization_id": world.maple.id if found else None}
    assert desk.post(path, {"organization_id": "org_00000000000000000000000000"}).fields == {
        ("/organization_id", "unknown_organization")
    }
    assert desk.post(path, body).status == 204
    assert desk.get("/nomination-requests").json["items"] == []
    assert desk.post(path, body).status == 404
    (record,) = stored.records("nomination_request.settled")
    assert (record.actor_id, record.object_id) == (enid.user.id, one["id"])


@pytest.mark.parametrize(("before_end", "waits"), [(timedelta(seconds=1), True), (timedelta(0), False)])
def test_a_request_is_kept_for_ninety_days_to_the_second(world: World, before_end: timedelta, waits: bool) -> None:
    """ORG-1, house rule 4: whether or not what collects it has come."""
    _ask(world)
    world.time.now = START + timedelta(days=90) - before_end
    desk = world.browser(nominating.enrollment(world))
    items = desk.get("/nomination-requests").json["items"]
    assert bool(items) is waits
    (row,) = [item for item in stored.everything()["shortlived"] if item["cls"]["S"] == "nomination_request"]
    path = f"/nomination-requests/{row['sk']['S']}/settle"
    assert int(row["expires_at"]["N"]) == int((START + timedelta(days=90)).timestamp())
    assert desk.post(path, {}).status == (204 if waits else 404)


def test_more_than_a_page(world: World, desk: Browser) -> None:
    """PLT-3: pages of 25, each once."""
    for place in range(30):
        if place == 20:
            world.time.advance(minutes=10)
        assert _ask(world, practice_name=f"Practice {place:02}").status == 202
    first = desk.get("/nomination-requests").json
    second = desk.get("/nomination-requests", cursor=first["next_cursor"]).json
    names = {one["practice_name"] for one in (*first["items"], *second["items"])}
    assert (len(first["items"]), len(second["items"]), len(names)) == (25, 5, 30)
    assert second["next_cursor"] is None
