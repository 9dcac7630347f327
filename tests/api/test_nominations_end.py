"""How nominations end without an approval: withdrawn by hand, or with their practice (ORG-1, ORG-9, S-AZ-07)."""

from typing import Any

import pytest

from tests import nominating, stored
from tests.portal import Browser
from tests.two_changes import together
from tests.world import Account, World


@pytest.fixture
def enid(world: World) -> Account:
    """Somebody of enrollment; Maple's chief executive is on record."""
    nominating.with_executive(world, world.maple)
    return nominating.enrollment(world)


@pytest.fixture
def desk(world: World, enid: Account) -> Browser:
    """Her browser."""
    return world.browser(enid)


def _waits(browser: Browser) -> list[Any]:
    return [one for one in browser.get("/attention").json["items"] if one["kind"] == "nomination_to_verify"]


@pytest.mark.parametrize("who", ["nominee", "executive", "executive_on_record", "member"])
def test_nobody_concerned_withdraws_what_was_signed(world: World, enid: Account, desk: Browser, who: str) -> None:
    """S-AZ-06, S-AZ-07: neither who is nominated, nor the executive, nor anybody of the practice; another one does."""
    insider = nominating.enrollment(world, "Ines Fictional")
    address = insider.user.email
    if who == "executive":
        nominating.edit(world, world.maple, executive_email=address)
    before = nominating.signed(
        world, world.maple, enid, **({"administrator_email": address} if who == "nominee" else {})
    )
    if who == "executive_on_record":
        nominating.edit(world, world.maple, executive_email=address.upper())
    if who == "member":
        world.also_member(insider, world.maple)
    refused = nominating.do(world.browser(insider), world.maple, "withdraw")
    assert (refused.status, refused.code) == (403, "own_account" if who == "nominee" else "of_organization")
    assert nominating.current(world.maple) == before
    assert stored.records("nomination.withdrawn") == []
    assert nominating.do(desk, world.maple, "withdraw").status == 200


def test_a_form_that_is_out_ends_with_its_practice(world: World, desk: Browser) -> None:
    """ORG-9: its link opens nothing any more, and it stands on no list of open ones."""
    id_ = nominating.send(desk, world.maple)
    token = nominating.token(world, world.maple)
    assert nominating.look(world, token).status == 200
    together(world, world.maple.id, "close")
    assert nominating.current(world.maple).state == "withdrawn"
    assert (nominating.look(world, token).status, nominating.sign(world, token).status) == (410, 410)
    assert desk.get("/nominations", state="out").json["items"] == []
    (record,) = stored.records("nomination.withdrawn")
    assert record.object_id == id_
    told = [item for item in stored.outbox() if item["name"]["S"] == "nomination.withdrawn"]
    assert len(told) == 1


def test_what_was_signed_ends_with_its_practice(world: World, enid: Account, desk: Browser) -> None:
    """ORG-9, NOT-5: nobody verifies it any more; it leaves the list and what waits."""
    signed = nominating.signed(world, world.maple, enid)
    assert [one["id"] for one in desk.get("/nominations", state="to_verify").json["items"]] == [signed.id]
    assert len(_waits(desk)) == 1
    together(world, world.maple.id, "close")
    assert nominating.current(world.maple).state == "withdrawn"
    assert desk.get("/nominations", state="to_verify").json["items"] == []
    assert _waits(desk) == []
    assert nominating.verify(desk, world.maple).code == "nomination_withdrawn"
