"""Two of enrollment change a TIN, close a practice, merge it into another one (ORG-9)."""

import json
from datetime import timedelta

import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.store import phones, rosters
from chalicelib.core import work_runner
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.actions import waves
from chalicelib.enrollment.domain.changes import LASTS
from chalicelib.organizations import store
from chalicelib.subscriptions.long_work import WORK
from tests import delivery, later, stored, two_changes, waving
from tests.portal import Browser
from tests.two_changes import confirm, propose, together
from tests.world import PASSWORD, Account, World


@pytest.fixture
def eve(world: World) -> Account:
    return world.agent("Eve Fictional", roles=("enrollment",))


@pytest.fixture
def finn(world: World) -> Account:
    return world.agent("Finn Fictional", roles=("enrollment",))


@pytest.fixture
def first(world: World, eve: Account) -> Browser:
    return world.browser(eve)


@pytest.fixture
def second(world: World, finn: Account) -> Browser:
    return world.browser(finn)


@pytest.fixture
def lola(world: World) -> Account:
    """The administrator of the practice that others merge into."""
    return world.member(world.birch, "Lola Sample", role="local_administrator")


def _sign_in(world: World, account: Account) -> str:
    answer = world.browser().sign_in(account.user.email, PASSWORD)
    return "in" if answer.status == 201 else answer.code


def test_a_tin_changes_by_two(world: World, first: Browser, second: Browser) -> None:
    """ORG-9: nothing before the second person; then the list, the claim and what was verified follow."""
    id_ = world.maple.id
    shown = propose(first, id_, "tin", tin="55-5555555").json
    assert (shown["kind"], shown["tin"], shown["own"], shown["by_name"]) == ("tin", "555555555", True, "Eve Fictional")
    assert store.organization(id_).tin == world.maple.tin
    assert first.get("/organizations", search="555555555").json["items"] == []
    (waiting,) = second.get(f"/organizations/{id_}").json["changes"]
    assert waiting == {**shown, "own": False}
    answer = confirm(second, id_, "tin", tin_matches=True)
    assert answer.status == 204, answer.text
    after = second.get(f"/organizations/{id_}").json
    assert (after["tin"], after["tin_verified"], after["changes"]) == ("555555555", True, [])
    assert [one["id"] for one in first.get("/organizations", search="555555555").json["items"]] == [id_]
    assert first.get("/organizations", search=world.maple.tin).json["items"] == []
    assert (store.organization_id_of("555555555"), store.organization_id_of(world.maple.tin)) == (id_, None)
    again = first.post("/organizations", {"name": "Another", "tin": world.maple.tin})
    assert again.status == 201, "a number that was given up is free"


def test_a_tin_that_was_not_compared_is_not_verified(world: World) -> None:
    """ORG-1, ORG-9: what was recorded of the old number says nothing of the new one."""
    together(world, world.maple.id, "tin", tin="555555555")
    assert store.organization(world.maple.id).tin_verified is False


def test_wrong_proposals_are_named(world: World, first: Browser, lola: Account) -> None:
    """ORG-9."""
    id_ = world.maple.id
    for body, wrong in (
        ({"kind": "tin", "tin": world.maple.tin}, ("/tin", "same_tin")),
        ({"kind": "tin", "tin": world.birch.tin}, ("/tin", "tin_taken")),
        ({"kind": "tin", "tin": "000000000"}, ("/tin", "wrong_form")),
        ({"kind": "tin"}, ("/tin", "required")),
        ({"kind": "merge"}, ("/into", "required")),
        ({"kind": "close", "into": world.birch.id}, ("/into", "not_of_this_kind")),
        ({"kind": "merge", "into": id_}, ("/into", "same_organization")),
        ({"kind": "merge", "into": "org_" + "0" * 26}, ("/into", "unknown_organization")),
        ({"kind": "split"}, ("/kind", "not_one_of_these")),
    ):
        answer = first.post(f"/organizations/{id_}/changes", body)
        assert (answer.status, answer.fields) == (422, {wrong}), body
    later.set_status(lola, "disabled")
    answer = propose(first, id_, "merge", into=world.birch.id)
    assert answer.fields == {("/into", "without_administrator")}


def test_never_the_same_person_twice(world: World, first: Browser, second: Browser) -> None:
    """ORG-9, S-AZ-07: and one who proposed can be another's second."""
    id_ = world.maple.id
    assert propose(first, id_, "close").status == 201
    assert confirm(first, id_, "close").code == "second_person_required"
    assert propose(second, id_, "close").code == "change_proposed"
    assert propose(second, id_, "tin", tin="555555555").status == 201
    assert confirm(second, id_, "tin").code == "second_person_required"
    assert confirm(first, id_, "tin").status == 204
    assert store.organization(id_).closed is False


def test_a_first_one_who_left_is_no_first(
    world: World, eve: Account, finn: Account, first: Browser, second: Browser
) -> None:
    """ORG-9, S-AZ-07: both are of enrollment when it is done; then it is proposed anew."""
    id_ = world.maple.id
    seen = propose(first, id_, "close").json["seen"]
    later.deactivate(eve)
    assert second.get(f"/organizations/{id_}").json["changes"] == []
    path = f"/organizations/{id_}/changes/close/confirm"
    assert second.post(path, {"seen": seen}).code == "changed_meanwhile"
    assert propose(second, id_, "close").status == 201
    third = world.browser(world.agent("Fay Fictional", roles=("enrollment",)))
    assert confirm(third, id_, "close").status == 204


@pytest.mark.parametrize("which", ["maple", "birch"])
def test_nobody_of_either_practice_decides(
    world: World, eve: Account, finn: Account, first: Browser, second: Browser, lola: Account, which: str
) -> None:
    """ORG-9, S-AZ-07: whoever is of one of them neither proposes nor confirms, and is no first since."""
    practice = getattr(world, which)
    third = world.agent("Fay Fictional", roles=("enrollment",))
    world.also_member(third, practice)
    browser = world.browser(third)
    assert propose(browser, world.maple.id, "merge", into=world.birch.id).code == "of_organization"
    assert propose(first, world.maple.id, "merge", into=world.birch.id).status == 201
    assert confirm(browser, world.maple.id, "merge").code == "of_organization"
    world.also_member(eve, practice)
    assert confirm(second, world.maple.id, "merge").code == "of_organization"
    assert store.organization(world.maple.id).closed is False


def test_what_changed_meanwhile_is_proposed_anew(world: World, first: Browser, second: Browser) -> None:
    """ORG-9: both mean the same practice; what nobody was shown doesn't matter."""
    id_ = world.maple.id
    seen = propose(first, id_, "close").json["seen"]
    patch = {"relations_contact": "Somebody"}
    version = first.get(f"/organizations/{id_}").json["version"]
    assert first.send("PATCH", f"/organizations/{id_}", patch, {"If-Match": f'"{version}"'}).status == 200
    assert len(second.get(f"/organizations/{id_}").json["changes"]) == 1
    renamed = first.send("PATCH", f"/organizations/{id_}", {"name": "Other"}, {"If-Match": f'"{version + 1}"'})
    assert renamed.json["changes"] == []
    answer = second.post(f"/organizations/{id_}/changes/close/confirm", {"seen": seen})
    assert (answer.status, answer.code) == (409, "changed_meanwhile")
    assert propose(first, id_, "close").status == 201
    assert second.post(f"/organizations/{id_}/changes/close/confirm", {"seen": seen}).code == "changed_meanwhile"
    assert confirm(second, id_, "close").status == 204


def test_a_proposal_ends_and_can_be_withdrawn(world: World, first: Browser, eve: Account, finn: Account) -> None:
    """ORG-9: by anybody of enrollment; after two weeks it counts no more."""
    id_ = world.maple.id
    seen = propose(first, id_, "close").json["seen"]
    world.time.now += LASTS - timedelta(seconds=1)
    assert len(world.browser(finn).get(f"/organizations/{id_}").json["changes"]) == 1
    world.time.now += timedelta(seconds=1)
    second = world.browser(finn)
    assert second.get(f"/organizations/{id_}").json["changes"] == []
    assert second.post(f"/organizations/{id_}/changes/close/confirm", {"seen": seen}).code == "changed_meanwhile"
    assert propose(second, id_, "close").status == 201
    assert world.browser(eve).delete(f"/organizations/{id_}/changes/close").status == 204
    assert second.delete(f"/organizations/{id_}/changes/close").status == 404
    assert second.post(f"/organizations/{id_}/changes/close/confirm", {"seen": seen}).status == 404


def test_a_tin_that_was_taken_meanwhile(world: World, first: Browser, second: Browser) -> None:
    """ORG-9: the claim decides."""
    propose(first, world.maple.id, "tin", tin="555555555")
    assert first.post("/organizations", {"name": "Faster", "tin": "555555555"}).status == 201
    assert confirm(second, world.maple.id, "tin", tin_matches=True).code == "tin_taken"
    assert store.organization(world.maple.id).tin == world.maple.tin


def test_closing_ends_access_with_the_next_request(world: World, first: Browser, second: Browser) -> None:
    """ORG-9, CRD-8: of sessions that are open, of sign-ins and of whoever administers; no job has run."""
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    # Before she has another one: then it is this one that is open.
    open_ = {one.user.id: world.browser(one) for one in (world.gina, lou)}
    both = world.also_member(world.gina, world.birch)
    assert open_[lou.user.id].get("/members").status == 200
    together(world, world.maple.id, "close")
    assert open_[lou.user.id].get("/members").status == 401
    assert open_[lou.user.id].get("/session").status == 401
    mine = open_[world.gina.user.id]
    assert mine.get("/features").code == "membership_lost"
    assert [one["organization"]["id"] for one in mine.get("/memberships").json["items"]] == [world.birch.id]
    assert mine.put("/session/membership", {"membership_id": world.gina.mailbox}).status == 403
    assert mine.put("/session/membership", {"membership_id": both.mailbox}).status == 200
    assert _sign_in(world, lou) == "no_membership"
    assert _sign_in(world, world.gina) == "in"
    assert rosters.roster(world.maple.id).active == frozenset()
    assert rosters.marked([world.maple.id]) == frozenset()
    assert first.get("/administrator-reviews").json["items"] == []
    with pytest.raises(AssertionError):
        world.write(world.ada, world.gina, organization_id=world.maple.id)


def test_a_closed_practice_stays_as_a_record(world: World, first: Browser, second: Browser) -> None:
    """ORG-9: everybody is removed with an entry in their history; what was there can be read, nothing changes."""
    id_ = world.maple.id
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    later.grant(world.gina, "claims")
    world.browser(world.gina).post("/access-requests", {"access_level": "eligibility"})
    together(world, id_, "close")
    two_changes.finish()
    for one in (lou, world.gina):
        kept = accounts.membership(id_, one.mailbox)
        assert kept is not None
        assert (kept.status, kept.entries) == ("removed", 1)
        assert accounts.is_member(id_, one.user.id) is False
    assert {one.object_id for one in stored.records("member.remove")} == {lou.mailbox, world.gina.mailbox}
    assert not [item for item in stored.everything()["directory"] if "ACCESS_REQUEST" in item["sk"]["S"]]
    assert rosters.marked([id_]) == frozenset()
    shown = first.get(f"/organizations/{id_}").json
    assert (shown["closed_at"] is not None, shown["merged_into"], shown["changes"]) == (True, None, [])
    assert shown["onboarding"]["lacks"] == "closed"
    (row,) = first.get("/organizations", search="maple").json["items"]
    assert (row["id"], row["closed"]) == (id_, True)
    edit = first.send("PATCH", f"/organizations/{id_}", {"name": "Other"}, {"If-Match": f'"{shown["version"]}"'})
    assert edit.code == "organization_closed"
    for kind, more in (("close", {}), ("tin", {"tin": "555555555"}), ("merge", {"into": world.birch.id})):
        assert propose(first, id_, kind, **more).code == "organization_closed"
    assert [item for item in stored.outbox() if item["name"]["S"] == "organization.without_administrator"] == []


def test_it_leaves_its_wave(world: World, eve: Account, first: Browser) -> None:
    """ORG-2, ORG-9: the wave counts it no more."""
    wave = waving.wave(eve, world.time.now)
    waves.move(waving.staff(eve), wave.id, [world.maple.id, world.birch.id], world.time.now)
    together(world, world.maple.id, "close")
    assert first.get(f"/waves/{wave.id}").json["members"] == 1
    assert first.get(f"/organizations/{world.maple.id}").json["wave"] is None


def test_its_number_is_unknown_and_free(world: World, first: Browser) -> None:
    """ORG-9, ACC-1: who registers at it is answered as ever and waits nowhere; the practice may come anew."""
    together(world, world.maple.id, "close")
    body = {"name": "New Sample", "email": "new@people.example", "phone": "555-010-0100", "tin": world.maple.tin}
    assert world.browser().post("/registrations", body).status == 202
    delivery.settle()
    assert len(stored.records("registration.dropped")) == 1
    assert stored.records("member.registered") == []
    again = first.post("/organizations", {"name": "Maple again", "tin": world.maple.tin})
    assert again.status == 201
    assert store.organization_id_of(world.maple.tin) == again.json["id"]


def test_a_merger_invites_to_the_other_one(world: World, lola: Account, first: Browser) -> None:
    """ORG-9: as general users with nothing granted; not who was shut out, and nobody twice."""
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    later.grant(world.gina, "claims")
    people: dict[str, Account] = {
        status: world.member(world.maple, f"Sam {status}", status=status)
        for status in ("inactive", "suspended", "disabled", "removed", "rejected", "verification_pending", "unverified")
    }
    there = world.member(world.maple, "Tess Sample")
    world.also_member(there, world.birch)
    together(world, world.maple.id, "merge", into=world.birch.id)
    two_changes.finish()
    come = [lou, world.gina, *(people[status] for status in ("inactive", "suspended", "unverified"))]
    for one in (lou, world.gina, there, *people.values()):
        found = [each for each in accounts.memberships_of(one.user.id) if each.organization_id == world.birch.id]
        if one is there:
            assert [each.status for each in found] == ["active"]
            continue
        assert len(found) == (one in come), one.user.name
        for each in found:
            assert (each.status, each.role, each.access_levels) == ("unverified", "general_user", frozenset())
            assert each.accepted is False
    invited = [item for item in stored.outbox() if item["name"]["S"] == "member.invited"]
    assert len(invited) == len(come)
    shown = first.get(f"/organizations/{world.maple.id}").json
    assert shown["merged_into"] == {"id": world.birch.id, "name": world.birch.name}
    assert rosters.roster(world.birch.id).active == {lola.mailbox}
    assert _sign_in(world, world.gina) == "in"
    gina = world.browser(world.gina)
    assert gina.get("/session").json["membership"]["organization"]["id"] == world.birch.id


def test_a_chain_of_mergers_leads_to_the_last(world: World, lola: Account, first: Browser, second: Browser) -> None:
    """ORG-9: whoever was to come into one that merged since comes where that went; into one that ended, nobody."""
    cedar, alder = world.organization("000000003", "Cedar Sample"), world.organization("000000004", "Alder Sample")
    world.member(cedar, "Cora Sample", role="local_administrator")
    together(world, world.maple.id, "merge", into=world.birch.id)
    assert propose(first, alder.id, "merge", into=world.maple.id).fields == {("/into", "organization_closed")}
    together(world, world.birch.id, "merge", into=cedar.id)
    two_changes.finish()
    at = {one.organization_id: one.status for one in accounts.memberships_of(world.gina.user.id)}
    assert at == {world.maple.id: "removed", cedar.id: "unverified"}


def test_into_one_that_ended_nobody_is_invited(world: World, lola: Account) -> None:
    """ORG-9: the other one closed before the work came to them."""
    together(world, world.maple.id, "merge", into=world.birch.id)
    together(world, world.birch.id, "close")
    two_changes.finish()
    at = {one.organization_id: one.status for one in accounts.memberships_of(world.gina.user.id)}
    assert at == {world.maple.id: "removed"}


def test_the_other_one_ends_before_the_second_confirms(
    world: World, lola: Account, first: Browser, second: Browser
) -> None:
    """ORG-9: or loses whoever acts there."""
    propose(first, world.maple.id, "merge", into=world.birch.id)
    later.set_status(lola, "inactive")
    assert confirm(second, world.maple.id, "merge").code == "target_without_administrator"
    later.set_status(lola, "active")
    seen = second.get(f"/organizations/{world.maple.id}").json["changes"][0]["seen"]
    together(world, world.birch.id, "close")
    answer = second.post(f"/organizations/{world.maple.id}/changes/merge/confirm", {"seen": seen})
    assert answer.code == "target_closed"
    assert store.organization(world.maple.id).closed is False


def test_an_invitation_of_a_closed_practice_opens_nothing(world: World) -> None:
    """ORG-9, CRD-6: the link that was mailed, and signing in; nobody becomes a member there any more."""
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    new = {"name": "Nora Sample", "email": "nora@people.example", "phone": "555-010-0100"}
    body = {**new, "role": "backup_administrator"}
    assert world.browser(lou).post("/members", body).status == 201
    again = {"name": "Peter Specimen", "email": world.peter.user.email, "phone": "555-010-0101"}
    assert world.browser(lou).post("/members", again).status == 201
    together(world, world.maple.id, "close")
    assert _sign_in(world, world.peter) == "in"
    at = {one.organization_id: one.status for one in accounts.memberships_of(world.peter.user.id)}
    assert at == {world.maple.id: "unverified", world.birch.id: "active"}
    two_changes.finish()
    at = {one.organization_id: one.status for one in accounts.memberships_of(world.peter.user.id)}
    assert at == {world.maple.id: "removed", world.birch.id: "active"}


def test_the_work_is_done_in_parts_and_once(world: World, lola: Account) -> None:
    """ORG-9: whatever becomes of its runs; numbers are counted right."""
    people = [world.member(world.maple, f"Sam Sample {number}") for number in range(60)]
    for one in people:
        later.give_number(one, "555-010-0199")
    together(world, world.maple.id, "merge", into=world.birch.id)
    (begun,) = two_changes.works()
    looked = iter([False])
    work_runner.carry_on(begun.owner, begun.id, WORK, "test", lambda: next(looked))
    (after,) = two_changes.works()
    assert 0 < after.done < 60
    two_changes.finish()
    two_changes.finish()
    (done,) = two_changes.works()
    assert (done.state, done.done, done.must_finish) == ("finished", 61, True)
    assert len(stored.records("member.remove")) == 61
    invited = [item for item in stored.outbox() if item["name"]["S"] == "member.invited"]
    assert len(invited) == 61
    rows = DirectoryRows([phones.key(world.birch.id, "5550100199")])
    assert phones.among(rows, world.birch.id, "555-010-0199") == 60


def test_the_journal_tells_who_without_words(world: World, first: Browser, second: Browser) -> None:
    """AUD-1, AUD-4: both people, the kind, no number and no name."""
    propose(first, world.maple.id, "tin", tin="555555555")
    confirm(second, world.maple.id, "tin", tin_matches=True)
    proposed, confirmed = (
        stored.records("organization.change_proposed")[0],
        stored.records("organization.change_confirmed")[0],
    )
    assert (proposed.after["kind"], confirmed.after["tin_changed"]) == ("tin", True)
    assert confirmed.after["first"] == proposed.actor_id != confirmed.actor_id
    told = json.dumps([proposed.after, confirmed.after])
    assert not any(word in told for word in ("555555555", "Fictional", "Maple"))


def test_both_prove_who_they_are(world: World, eve: Account, finn: Account, first: Browser) -> None:
    """S-SESS-10: proposing and confirming ask for a late proof."""
    second = world.browser(finn)
    world.time.advance(minutes=6)
    assert propose(first, world.maple.id, "close").code == "step_up_required"
    first = world.browser(eve)
    assert propose(first, world.maple.id, "close").status == 201
    assert confirm(second, world.maple.id, "close").code == "step_up_required"
