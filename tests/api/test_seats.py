"""A vacant seat is filled by enrollment with a backup who acts; a new person is invited for it (ORG-4, ORG-5)."""

from typing import Any

import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import administrators
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Member, Role, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from tests import delivery, inviting, later, nominating, stored, sweeps, vacant_seats
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import PASSWORD, Account, World


@pytest.fixture
def enid(world: World) -> Account:
    return nominating.enrollment(world)


def _seat(browser: Browser, organization_id: str) -> dict[str, Any]:
    answer = browser.get(f"/organizations/{organization_id}/seat")
    assert answer.status == 200, answer.text
    return dict(answer.json)


def _approve(browser: Browser, organization_id: str, backup: Account) -> Answer:
    return browser.post(f"/organizations/{organization_id}/seat", {"membership_id": backup.mailbox})


def _role(account: Account) -> Role:
    (found,) = [one for one in accounts.memberships_of(account.user.id) if one.id == account.mailbox]
    return found.role


def test_a_backup_disables_the_local_administrator_and_is_approved(world: World, enid: Account) -> None:
    """ORG-4: nobody is promoted by it; enrollment fills the seat, and whoever is in it is in the roster and history."""
    lola, bea = inviting.administrators(world)
    hers = world.browser(bea)
    version = hers.get(f"/members/{lola.mailbox}").json["version"]
    answer = hers.post(f"/members/{lola.mailbox}/disable", {"comment": "Left"}, **{"If-Match": f'"{version}"'})
    assert answer.status == 200, answer.text
    assert (_role(bea), rosters.roster(world.maple.id).seat) == ("backup_administrator", None)
    browser = world.browser(enid)
    seat = _seat(browser, world.maple.id)
    assert (seat["state"], seat["holder"], seat["own"]) == ("vacant", None, False)
    assert [one["id"] for one in seat["candidates"]] == [bea.mailbox]
    answer = _approve(browser, world.maple.id, bea)
    assert answer.status == 200, answer.text
    assert (answer.json["state"], answer.json["holder"]["id"], answer.json["candidates"]) == ("taken", bea.mailbox, [])
    roster = rosters.roster(world.maple.id)
    assert (roster.seat, roster.active, bool(roster.backups)) == (bea.mailbox, frozenset({bea.mailbox}), False)
    assert _role(bea) == "local_administrator"
    (entry, *_) = world.browser(bea).get(f"/members/{bea.mailbox}/history").json["items"]
    assert (entry["by"]["name"], entry["changes"][0]["to"]) == ("Enid Fictional", "local_administrator")
    (record,) = stored.records("administrators.seat_approved")
    assert (record.object_id, record.actor_id) == (bea.mailbox, enid.user.id)
    assert (record.before["role"], record.after["role"]) == ("backup_administrator", "local_administrator")
    told = [(one["organization_id"], one["membership_id"]) for one in sweeps.told("administrators.changed")]
    assert sorted(told) == sorted((world.maple.id, each.mailbox) for each in (lola, bea))
    # It is done once.
    assert _approve(browser, world.maple.id, bea).code == "seat_taken"


def test_it_is_told(world: World, enid: Account, post: Post) -> None:
    """S-AZ-06: the other administrators hear of it, and not the one who is seated."""
    practice, bea = vacant_seats.practice(world)
    cleo = world.member(practice, "Cleo Vacant", role="backup_administrator")
    assert _approve(world.browser(enid), practice.id, bea).status == 200
    delivery.settle()
    assert post.addresses == [cleo.user.email]


def test_staff_of_the_practice_are_refused(world: World) -> None:
    """S-AZ-07: whatever they are there, and whoever is the candidate."""
    practice, bea = vacant_seats.practice(world)
    own = nominating.enrollment(world, "Olga Fictional")
    _joins(world, own, practice.id)
    browser = world.browser(own)
    assert _seat(browser, practice.id)["own"] is True
    assert _approve(browser, practice.id, bea).code == "of_organization"
    assert _seat(browser, practice.id)["state"] == "vacant"


def _joins(world: World, account: Account, organization_id: str) -> None:
    """Somebody of the plan is a member of a practice too."""
    planned = Change(system("test"), Entry(action="test.joined"), world.time.now)
    planned.put(
        accounts.MemberClaimRow(*accounts.claim_key(organization_id, account.user.id), membership_id="mem_theirs")
    )
    planned.commit(None)


def test_only_a_backup_who_acts(world: World, enid: Account) -> None:
    """ORG-4: also one whom a clock took that no job has looked at."""
    practice, bea = vacant_seats.practice(world)
    gil = world.member(practice, "Gil Sample")
    ines = world.member(practice, "Ines Sample", role="backup_administrator", enabled_at=world.time.now)
    browser = world.browser(enid)
    assert _approve(browser, practice.id, gil).code == "not_a_backup"
    assert _approve(browser, practice.id, world.gina).code == "not_found"
    world.time.advance(days=89)
    browser = world.browser(enid)
    assert {one["id"] for one in _seat(browser, practice.id)["candidates"]} == {bea.mailbox, ines.mailbox}
    world.time.advance(days=1)
    browser = world.browser(enid)
    assert [one["id"] for one in _seat(browser, practice.id)["candidates"]] == [bea.mailbox]
    assert _approve(browser, practice.id, ines).code == "status_inactive"
    assert _approve(browser, practice.id, bea).status == 200


def test_a_seat_that_somebody_holds_is_taken(world: World, enid: Account) -> None:
    """ORG-4: also by one whom a clock took; two of enrollment bring them back, or a nomination replaces them."""
    world.member(world.maple, "Lola Sample", role="local_administrator", enabled_at=world.time.now)
    bea = world.member(world.maple, "Bea Sample", role="backup_administrator")
    browser = world.browser(enid)
    assert _approve(browser, world.maple.id, bea).code == "seat_taken"
    world.time.advance(days=90)
    browser = world.browser(nominating.enrollment(world, "Eve Fictional"))
    assert _seat(browser, world.maple.id)["holder"]["status"] == "inactive"
    assert _approve(browser, world.maple.id, bea).code == "seat_taken"


def test_a_seat_that_a_nomination_is_about_to_fill(world: World, enid: Account) -> None:
    """ORG-1, ORG-4: whom enrollment approved has not registered yet."""
    practice, bea = vacant_seats.practice(world)
    practice = nominating.with_executive(world, practice)
    eve = nominating.enrollment(world, "Eve Fictional")
    nominating.verified(world, practice, enid)
    browser = world.browser(eve)
    assert nominating.approve(browser, practice).status == 200
    seat = _seat(browser, practice.id)
    assert (seat["state"], seat["holder"]["name"]) == ("promised", "Nora Newcomer")
    assert _approve(browser, practice.id, bea).code == "seat_promised"
    assert _role(bea) == "backup_administrator"


def test_nobody_of_the_plan_is_seated(world: World, enid: Account) -> None:
    """S-AZ-07: neither offered nor approved, as with a nomination; once they have left the plan they are."""
    practice, bea = vacant_seats.practice(world)
    ada = world.also_member(world.ada, practice, role="backup_administrator")
    browser = world.browser(enid)
    assert [one["id"] for one in _seat(browser, practice.id)["candidates"]] == [bea.mailbox]
    answer = _approve(browser, practice.id, ada)
    assert (answer.status, answer.code) == (409, "nominee_is_staff")
    assert rosters.roster(practice.id).seat is None
    later.deactivate(world.ada)
    assert {one["id"] for one in _seat(browser, practice.id)["candidates"]} == {ada.mailbox, bea.mailbox}
    assert _approve(browser, practice.id, ada).status == 200


def test_whoever_is_promised_many_seats_signs_in(world: World) -> None:
    """ORG-5, ACC-8: one sign-in takes as many as one change has room for, the next one the rest."""
    peter = world.peter.user
    new = NewMember(name=peter.name, email=peter.email, phone="555-010-0142")
    practices = []
    for number in range(8):
        practices.append(world.organization(f"{640_000_000 + number}", f"Promised Sample Practice {number}"))
        lou = world.member(practices[-1], f"Lou Sample {number}", role="local_administrator").actor
        assert isinstance(lou, Member)
        world.member(practices[-1], f"Bea Sample {number}", role="backup_administrator")
        administrators.hand_over_to_new(lou, new, "general_user", "en", world.time.now)
    taken = []
    for _ in range(2):
        assert world.browser().sign_in(peter.email, PASSWORD).status == 201
        mine = {one.id for one in accounts.memberships_of(peter.id)}
        taken.append(sum(rosters.roster(one.id).seat in mine for one in practices))
    assert taken[0] in (6, 7)
    assert taken[1] == 8


def test_a_closed_practice_has_no_seat_to_fill(world: World, enid: Account) -> None:
    """ORG-9."""
    practice, bea = vacant_seats.practice(world)
    nominating.edit(world, practice, closed_at=world.time.now)
    browser = world.browser(enid)
    assert _seat(browser, practice.id)["candidates"] == []
    assert _approve(browser, practice.id, bea).code == "organization_closed"


def test_the_plan_and_the_others_hear_of_a_handover_to_somebody_new(world: World, post: Post) -> None:
    """ORG-5: in one step; when they register the seat moves, and everybody who is to know is told."""
    lola, bea = inviting.administrators(world)
    later.set_enrollment_address("enrollment@plan.example")
    new = {"name": "Nora Newcomer", "email": "nora.newcomer@people.example", "phone": "555-0100-7"}
    answer = world.browser(lola).post("/roster/handover", {"new_person": new, "former_becomes": "backup_administrator"})
    assert answer.status == 200, answer.text
    assert answer.json["handover"]["member"]["name"] == "Nora Newcomer"
    token = inviting.token(post)
    assert rosters.roster(world.maple.id).seat == lola.mailbox
    assert inviting.complete(world, token).status == 200
    delivery.settle()
    roster = rosters.roster(world.maple.id)
    nora = nominating.member_of(world.maple, "nora.newcomer@people.example")
    assert (roster.seat, nora.role, _role(lola)) == (nora.id, "local_administrator", "backup_administrator")
    assert {lola.user.email, bea.user.email, "enrollment@plan.example"} <= {*post.addresses}
    assert [one.subject for one in inviting.mails_to(post, new["email"])][1:] == []
