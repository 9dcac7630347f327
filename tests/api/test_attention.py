"""What needs an administrator's attention (NOT-5), the roster and handing over the seat (ORG-4, ORG-5)."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.accounts import store
from chalicelib.accounts.actions import administrators
from chalicelib.accounts.domain import Membership
from chalicelib.core import access, ids
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from local import seed
from tests import later, stored
from tests.portal import Browser
from tests.wire import Wire
from tests.world import Account, World


@pytest.fixture
def lou(world: World) -> Account:
    return world.member(world.maple, "Lou Placeholder", role="local_administrator")


@pytest.fixture
def bea(world: World) -> Account:
    return world.member(world.maple, "Bea Placeholder", role="backup_administrator")


def _waiting(browser: Browser) -> dict[str, tuple[int, bool, list[str]]]:
    items = browser.get("/attention").json["items"]
    return {item["kind"]: (item["count"], item["more"], [one["name"] for one in item["first"]]) for item in items}


def _add(world: World, name: str, **facts: Any) -> None:
    email = f"{name.lower().replace(' ', '.')}@people.example"
    made = Membership(
        id=ids.new("mem"), organization_id=world.maple.id, user_id=ids.new("usr"), name=name, email=email, **facts
    )
    seed.add_member(made, world.time.now)


def _invite(browser: Browser, name: str, role: str = "general_user") -> str:
    email = f"{name.lower().replace(' ', '.')}@people.example"
    body = {"name": name, "email": email, "phone": "555-0199", "role": role, "confirmed_person": True}
    answer = browser.post("/members", body)
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def _accept(world: World, membership_id: str) -> None:
    """The person registers by the mailed link; here the change alone."""
    before = store.membership(world.maple.id, membership_id)
    assert before is not None
    person = access.System(id=before.user_id, origin=access.Origin(request_id="test"))
    planned = Change(person, Entry(action="member.registered", object_id=before.id), world.time.now)
    administrators.accept(planned, before, store.user(before.user_id))
    planned.commit(None)


def _handover(browser: Browser, membership_id: str, becomes: str = "general_user") -> Any:
    return browser.post("/roster/handover", {"membership_id": membership_id, "former_becomes": becomes})


def _role(world: World, membership_id: str) -> str:
    found = store.membership(world.maple.id, membership_id)
    assert found is not None
    return found.role


def test_what_waits(world: World, lou: Account, bea: Account) -> None:
    """NOT-5: pending verifications, requests for access, expired invitations, with the first few people."""
    browser = world.browser(lou)
    assert _waiting(browser) == {}
    for number in range(7):
        world.member(world.maple, f"Pat Number{number}", status="verification_pending")
    expired = _invite(browser, "Ivy Placeholder")
    world.time.advance(hours=71)
    browser = world.browser(lou)
    _invite(browser, "Ian Placeholder")
    world.browser(world.gina).post("/access-requests", {"access_level": "claims"})
    assert "invitation_expired" not in _waiting(browser)
    world.time.advance(hours=2)
    browser = world.browser(lou)
    assert _waiting(browser) == {
        "verification_pending": (7, False, [f"Pat Number{number}" for number in range(5)]),
        "access_request": (1, False, ["Gina Sample"]),
        "invitation_expired": (1, False, ["Ivy Placeholder"]),
    }
    listed = next(item for item in browser.get("/attention").json["items"] if item["kind"] == "invitation_expired")
    assert listed["first"][0]["id"] == expired


def test_nothing_of_it_for_anybody_else(world: World, lou: Account) -> None:
    """NOT-5: general users, staff and other practices see none of it."""
    world.member(world.maple, "Pat Placeholder", status="verification_pending")
    lena = world.member(world.birch, "Lena Specimen", role="local_administrator")
    world.member(world.birch, "Bruno Specimen", role="backup_administrator")
    for account in (world.gina, world.peter, world.ada, lena):
        assert world.browser(account).get("/attention").json == {"items": [], "next_cursor": None}
    assert _waiting(world.browser(lou))["verification_pending"] == (1, False, ["Pat Placeholder"])


def test_its_cost_is_bounded(world: World, lou: Account, bea: Account, wire: Wire) -> None:
    """NOT-5: with hundreds that wait it reads a hundred of each and says that there are more."""
    for number in range(130):
        _add(world, f"Pat Number{number:03}", status="verification_pending")
    browser = world.browser(lou)
    wire.forget()
    assert _waiting(browser)["verification_pending"][:2] == (100, True)
    # Cases of the helpdesk, pending, requests for access, expired, about to lapse, late reviews, shared accounts; those
    # whom no mail reaches; who asked by the directory. Besides: the roster, whether there are drafts, and whether they
    # get mail themself.
    assert wire.operations.count("Query") == 9
    assert len(wire.operations) <= 16


def test_expired_invitations_are_found_among_many_that_are_not(
    world: World, lou: Account, bea: Account, wire: Wire
) -> None:
    """NOT-5: only those that have ended are read, to the second, whatever their names."""
    now = world.time.now
    for number in range(110):
        _add(world, f"Ana Number{number:03}", status="unverified", invitation_ends_at=now + timedelta(seconds=1))
    for name, ends in (("Zoe Placeholder", now), ("Zora Placeholder", now - timedelta(days=1)), ("Zelda", None)):
        _add(world, name, status="unverified", invitation_ends_at=ends)
    browser = world.browser(lou)
    wire.forget()
    assert _waiting(browser) == {"invitation_expired": (3, False, ["Zelda", "Zora Placeholder", "Zoe Placeholder"])}
    assert sum(call.items for call in wire.calls) < 20
    world.time.advance(seconds=1)
    assert _waiting(browser)["invitation_expired"][:2] == (100, True)


def test_who_asks_for_access_is_marked_in_the_list(world: World, lou: Account, bea: Account, wire: Wire) -> None:
    """ACC-3, ACC-9: until all they ask for is answered, whatever else is changed; the list reads no requests for it."""
    gina, browser = world.browser(world.gina), world.browser(lou)

    def marked() -> list[str]:
        wire.forget()
        items = browser.get("/members").json["items"]
        # The page, and who is about to lose access.
        assert wire.operations.count("Query") == 2
        found = [item["name"] for item in items if "access_request" in item["attention"]]
        assert [item["name"] for item in browser.get("/members", attention="true").json["items"]] == found
        return found

    assert marked() == []
    for level in ("claims", "eligibility", "health_records"):
        gina.post("/access-requests", {"access_level": level})
    assert marked() == ["Gina Sample"]
    version = {"If-Match": f'"{browser.get(f"/members/{world.gina.mailbox}").json["version"]}"'}
    changed = browser.send("PATCH", f"/members/{world.gina.mailbox}", {"access_levels": ["claims"]}, version)
    assert changed.status == 200
    assert (changed.json["requested_levels"], changed.json["attention"]) == (
        ["eligibility", "health_records"],
        ["access_request"],
    )
    for how, level in (("grant", "eligibility"), ("dismiss", "health_records")):
        assert marked() == ["Gina Sample"]
        body = {"membership_id": world.gina.mailbox, "access_level": level}
        assert browser.post(f"/access-requests/{how}", body).status == 204
    assert marked() == []


@pytest.mark.parametrize(
    ("roles", "warnings"),
    [
        ([], {"one_administrator", "no_backup"}),
        (["backup_administrator"], set()),
    ],
)
def test_warnings_of_the_roster(world: World, lou: Account, roles: list[Any], warnings: set[str]) -> None:
    """ORG-4: on the roster and among what needs attention."""
    for number, role in enumerate(roles):
        world.member(world.maple, f"Bea Number{number}", role=role)
    browser = world.browser(lou)
    roster = browser.get("/roster").json
    assert set(roster["warnings"]) == warnings
    assert set(_waiting(browser)) == warnings
    assert roster["backup_required"] is ("no_backup" in warnings)
    assert roster["seat"] == {
        "id": lou.mailbox,
        "name": "Lou Placeholder",
        "email": lou.user.email,
        "status": "active",
    }


def test_a_vacant_seat(world: World, lou: Account, bea: Account) -> None:
    """ORG-4: a backup may disable the local administrator; nobody is promoted."""
    browser = world.browser(bea)
    version = browser.get(f"/members/{lou.mailbox}").json["version"]
    assert (
        browser.post(f"/members/{lou.mailbox}/disable", {"comment": "Left"}, **{"If-Match": f'"{version}"'}).status
        == 200
    )
    roster = browser.get("/roster").json
    assert (roster["seat"], [one["id"] for one in roster["backups"]]) == (None, [bea.mailbox])
    assert set(roster["warnings"]) == {"one_administrator", "seat_vacant"}
    assert _role(world, bea.mailbox) == "backup_administrator"


@pytest.mark.parametrize("becomes", ["general_user", "backup_administrator"])
def test_handing_over_at_once(world: World, lou: Account, bea: Account, becomes: str) -> None:
    """ORG-5: to a member who is active; the former one becomes what was chosen, with entries in both histories."""
    browser = world.browser(lou)
    answer = _handover(browser, world.gina.mailbox, becomes)
    assert (answer.status, answer.json["seat"]["id"], answer.json["handover"]) == (200, world.gina.mailbox, None)
    assert (_role(world, lou.mailbox), _role(world, world.gina.mailbox)) == (becomes, "local_administrator")
    seated = world.browser(world.gina)
    for id_, roles in (
        (lou.mailbox, ["local_administrator", becomes]),
        (world.gina.mailbox, ["general_user", "local_administrator"]),
    ):
        (entry,) = seated.get(f"/members/{id_}/history").json["items"]
        change = next(change for change in entry["changes"] if change["field"] == "role")
        assert [change["from"], change["to"]] == roles
        assert entry["by"]["name"] == "Lou Placeholder"
    events = [item["ids"]["S"] for item in stored.outbox() if item["name"]["S"] == "administrators.changed"]
    assert len(events) == 1
    assert _handover(browser, bea.mailbox).code in ("forbidden", "seat_required")


def test_a_promised_seat_moves_when_they_register(world: World, lou: Account, bea: Account) -> None:
    """ORG-5: until then the one who promised it keeps it."""
    browser = world.browser(lou)
    invited = _invite(browser, "Nia Placeholder")
    answer = _handover(browser, invited, "backup_administrator").json
    assert answer["seat"]["id"] == lou.mailbox
    assert answer["handover"] == {
        "member": {"id": invited, "name": "Nia Placeholder", "email": "nia.placeholder@people.example"},
        "former_becomes": "backup_administrator",
        "decided_by_plan": False,
    }
    _accept(world, invited)
    roster = browser.get("/roster").json
    assert (roster["seat"]["id"], roster["handover"]) == (invited, None)
    assert {one["id"] for one in roster["backups"]} == {lou.mailbox, bea.mailbox}


def test_a_promise_is_taken_back(world: World, lou: Account, bea: Account) -> None:
    """ORG-5: then they register as what they were invited as."""
    browser = world.browser(lou)
    invited = _invite(browser, "Nia Placeholder")
    _handover(browser, invited)
    assert browser.delete("/roster/handover").json["handover"] is None
    assert browser.delete("/roster/handover").status == 200
    _accept(world, invited)
    assert (_role(world, invited), _role(world, lou.mailbox)) == ("general_user", "local_administrator")


def test_whose_seat_it_is(world: World, lou: Account, bea: Account) -> None:
    """ORG-5, ACC-6: only the one in the seat hands it over, to another of their own practice."""
    backup, browser = world.browser(bea), world.browser(lou)
    assert _handover(backup, world.gina.mailbox).code == "seat_required"
    assert backup.delete("/roster/handover").code == "seat_required"
    assert _handover(world.browser(world.gina), bea.mailbox).code == "forbidden"
    assert _handover(browser, lou.mailbox).code == "own_account"
    assert _handover(browser, world.peter.mailbox).status == 404
    assert _handover(browser, ids.new("mem")).status == 404
    assert _role(world, lou.mailbox) == "local_administrator"


@pytest.mark.parametrize("status", ["disabled", "inactive", "suspended", "removed", "verification_pending"])
def test_nobody_who_cannot_become_active_by_registering(world: World, lou: Account, bea: Account, status: Any) -> None:
    """ORG-5."""
    later.set_status(world.gina, status)
    answer = _handover(world.browser(lou), world.gina.mailbox)
    assert (answer.status, answer.code) == (409, f"status_{status}")


def test_a_promise_ends_with_the_one_it_was_made_to(world: World, lou: Account, bea: Account) -> None:
    """ORG-5: removed before they registered, they get nothing later."""
    browser = world.browser(lou)
    invited = _invite(browser, "Nia Placeholder")
    _handover(browser, invited)
    version = browser.get(f"/members/{invited}").json["version"]
    assert browser.post(f"/members/{invited}/remove", {}, **{"If-Match": f'"{version}"'}).status == 200
    assert browser.get("/roster").json["handover"] is None


def test_a_promise_ends_with_the_seat_of_the_one_who_made_it(world: World, lou: Account, bea: Account) -> None:
    """ORG-4, ORG-5: a vacant seat is for the plan to fill."""
    browser = world.browser(lou)
    invited = _invite(browser, "Nia Placeholder")
    _handover(browser, invited)
    backup = world.browser(bea)
    version = backup.get(f"/members/{lou.mailbox}").json["version"]
    gone = backup.post(f"/members/{lou.mailbox}/disable", {"comment": "Left"}, **{"If-Match": f'"{version}"'})
    assert gone.status == 200, gone.text
    assert backup.get("/roster").json["handover"] is None
    _accept(world, invited)
    assert _role(world, invited) == "general_user"


NIA = {"name": "Nia Placeholder", "email": "nia.placeholder@people.example", "phone": "555-010-0177"}


def _invite_for_the_seat(browser: Browser, **person: Any) -> Any:
    return browser.post("/roster/handover", {"new_person": NIA | person, "former_becomes": "general_user"})


def test_somebody_new_is_invited_for_the_seat(world: World, lou: Account, bea: Account) -> None:
    """ORG-5: in one step; they start with nothing besides, and the seat moves when they register."""
    browser = world.browser(lou)
    answer = _invite_for_the_seat(browser)
    assert answer.status == 200, answer.text
    promised = answer.json["handover"]["member"]
    assert (promised["name"], answer.json["seat"]["id"]) == ("Nia Placeholder", lou.mailbox)
    shown = browser.get(f"/members/{promised['id']}").json
    assert (shown["status"], shown["role"], shown["access_levels"], shown["phone"]) == (
        "unverified",
        "general_user",
        [],
        "555-010-0177",
    )
    invited = [item["ids"]["S"] for item in stored.outbox() if item["name"]["S"] == "member.invited"]
    assert [promised["id"] in ids_ for ids_ in invited] == [True]
    assert [record.object_id for record in stored.records("administrators.handover_planned")] == [promised["id"]]
    assert [record.object_id for record in stored.records("member.created")] == [promised["id"]]
    # Asked again, by a browser that got no answer, nobody is made twice.
    assert _invite_for_the_seat(browser).json == answer.json
    _accept(world, promised["id"])
    roster = world.browser(bea).get("/roster").json
    assert (roster["seat"]["id"], roster["handover"]) == (promised["id"], None)
    assert (_role(world, promised["id"]), _role(world, lou.mailbox)) == ("local_administrator", "general_user")


def test_a_member_or_somebody_new_never_both(world: World, lou: Account, bea: Account) -> None:
    """ORG-5, house rule 5: every wrong field is named where it was typed; nothing is changed."""
    browser = world.browser(lou)
    both = {"membership_id": world.gina.mailbox, "new_person": NIA, "former_becomes": "general_user"}
    for body, fields in (
        ({"former_becomes": "general_user"}, {("/membership_id", "required")}),
        (both, {("/membership_id", "one_of_both")}),
    ):
        answer = browser.post("/roster/handover", body)
        assert (answer.status, answer.fields) == (422, fields)
    answer = _invite_for_the_seat(browser, name="Front Desk", email="front desk")
    assert (answer.status, answer.fields) == (
        422,
        {("/new_person/name", "looks_shared"), ("/new_person/email", "wrong_form")},
    )
    assert _invite_for_the_seat(browser, name="Front Desk", email="").fields == {("/new_person/email", "too_short")}
    assert _invite_for_the_seat(browser, email=world.gina.user.email).code == "already_member"
    assert _invite_for_the_seat(world.browser(bea)).code == "seat_required"
    assert browser.get("/roster").json["handover"] is None
    assert _invite_for_the_seat(browser, name="Front Desk", confirmed_person=True).status == 200


def test_a_backup_comes_before_a_new_holder_of_the_seat(world: World, lou: Account) -> None:
    """ORG-3: nobody but a backup is added before there is one."""
    answer = _invite_for_the_seat(world.browser(lou))
    assert (answer.status, answer.code) == (409, "backup_administrator_required")
