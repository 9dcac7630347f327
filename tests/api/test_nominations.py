"""Nominations over HTTP: sent, signed, verified, returned, approved, withdrawn (ORG-1, ORG-4, S-AZ-06, S-AZ-07)."""

from datetime import timedelta

import pytest

from chalicelib.accounts.store import rosters
from chalicelib.organizations import store as organizations
from tests import nominating, stored
from tests.nominating import EXECUTIVE
from tests.portal import Browser
from tests.world import Account, World

NORA = "nora.newcomer@people.example"


@pytest.fixture
def enid(world: World) -> Account:
    """Somebody of enrollment; Maple's chief executive is on record."""
    nominating.with_executive(world, world.maple)
    return nominating.enrollment(world)


@pytest.fixture
def desk(world: World, enid: Account) -> Browser:
    """Her browser."""
    return world.browser(enid)


def test_the_whole_way_of_a_first_administrator(world: World, enid: Account, desk: Browser) -> None:
    """ORG-1, ORG-7: sent, opened, signed, verified, approved; the administrator is invited with the levels granted."""
    nominating.edit(world, world.maple, tin_verified=False)
    id_ = nominating.send(desk, world.maple)
    (listed,) = desk.get("/nominations", state="out").json["items"]
    assert (listed["id"], listed["state"], listed["successor"]) == (id_, "sent", False)
    token = nominating.token(world, world.maple)
    assert nominating.look(world, token).status == 200
    assert desk.get(nominating.path(world.maple, id_)).json["state"] == "opened"
    assert nominating.sign(world, token).status == 204
    assert [one["id"] for one in desk.get("/nominations", state="to_verify").json["items"]] == [id_]
    assert nominating.verify(desk, world.maple).status == 200
    answer = nominating.approve(desk, world.maple, "claims", "eligibility")
    assert answer.status == 200, answer.text
    assert (answer.json["state"], answer.json["decided_by"]["id"]) == ("approved", enid.user.id)
    nora = nominating.member_of(world.maple, NORA)
    assert (nora.id, nora.status, nora.role) == (answer.json["membership_id"], "unverified", "local_administrator")
    assert nora.access_levels == {"claims", "eligibility"}
    assert (nora.name, nora.phone, nora.invitation_ends_at) == (
        "Nora Newcomer",
        "555-0100-7",
        world.time.now + timedelta(hours=72),
    )
    assert rosters.roster(world.maple.id).seat == nora.id
    assert organizations.organization(world.maple.id).tin_verified
    assert [one["id"] for one in desk.get("/nominations", state="ended").json["items"]] == [id_]
    assert "member.invited" in [event["name"]["S"] for event in stored.outbox()]


def test_what_was_signed_stands_as_it_was_typed(world: World, desk: Browser) -> None:
    """ORG-1: the words, their version and language, the time, the address; and the digest of it in the record."""
    id_ = nominating.send(desk, world.maple)
    answer = nominating.sign(world, nominating.token(world, world.maple), signature="x", consent_version="1-es")
    assert answer.status == 204
    shown = desk.get(nominating.path(world.maple, id_)).json
    form = shown["form"]
    assert form["signature"] == "x"
    assert (form["consent_version"], form["language"]) == ("1", "es")
    assert form["consent_text"].startswith("Firmo este formulario")
    assert (form["tin"], form["npis"]) == ("000000001", ["1234567893"])
    assert (form["executive_name"], form["executive_email"]) == ("Cleo Fictional", EXECUTIVE)
    assert form["address"]
    assert shown["form_intact"]
    (record,) = stored.records("nomination.signed")
    assert record.after["form_sha256"] == shown["form_sha256"]
    assert "Nora" not in str([record.attribute_values for record in stored.records()])
