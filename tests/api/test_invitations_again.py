"""Enrollment sends the registration email again to administrators who have not registered (ORG-1, ORG-3)."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import Membership, Status
from chalicelib.accounts.store import rosters
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from tests import delivery, inviting, later, nominating, stored, vacant_seats
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import Account, World

KEY = "the-key-of-the-test"


@pytest.fixture
def enid(world: World) -> Account:
    return nominating.enrollment(world)


@pytest.fixture
def desk(world: World, enid: Account) -> Browser:
    return world.browser(enid)


def _again(browser: Browser, organization_id: str, membership_id: str, key: str | None = None) -> Answer:
    path = f"/organizations/{organization_id}/invitations/{membership_id}"
    return browser.post(path, {}, key) if key else browser.post(path, {})


def _member(organization_id: str, membership_id: str) -> Membership:
    found = accounts.membership(organization_id, membership_id)
    assert found is not None
    return found


def _approved(world: World, enid: Account) -> Membership:
    """A nomination is approved, and nobody has registered."""
    nominating.with_executive(world, world.maple)
    other = nominating.enrollment(world, "Eve Fictional")
    nominating.verified(world, world.maple, other)
    answer = nominating.approve(world.browser(enid), world.maple)
    assert answer.status == 200, answer.text
    return nominating.member_of(world.maple, "nora.newcomer@people.example")


def _shown(browser: Browser, organization_id: str, membership_id: str) -> dict[str, Any]:
    people = browser.get(f"/organizations/{organization_id}").json["onboarding"]["administrators"]
    (found,) = [one for one in people if one["id"] == membership_id]
    return dict(found)


def test_whose_link_has_ended_registers_with_the_next(world: World, enid: Account, post: Post) -> None:
    """ORG-1, S-AUTH-08: 72 hours from now; the earlier link is dead; history and audit record name who sent it."""
    nora = _approved(world, enid)
    first = inviting.token(post)
    world.time.advance(hours=80)
    assert inviting.complete(world, first).status >= 400
    desk = world.browser(enid)
    answer = _again(desk, world.maple.id, nora.id)
    assert answer.status == 200, answer.text
    ends_at = world.time.now + timedelta(hours=72)
    assert _member(world.maple.id, nora.id).invitation_ends_at == ends_at
    assert answer.json["ends_at"] == _shown(desk, world.maple.id, nora.id)["invitation_ends_at"]
    second = inviting.token(post)
    assert second != first
    assert inviting.complete(world, second).status == 200
    (record,) = stored.records("member.invited_again")
    assert (record.object_id, record.actor_id) == (nora.id, enid.user.id)
    assert record.pk == f"JOURNAL#{world.maple.id}"
    bea = world.browser(world.member(world.maple, "Bea Sample", role="backup_administrator"))
    history = bea.get(f"/members/{nora.id}/history").json["items"]
    told = [(one["by"]["name"], one["changes"]) for one in history]
    assert ("Enid Fictional", [{"field": "invitation", "from": None, "to": "sent"}]) in told


def test_a_double_click_is_one_mail(world: World, desk: Browser, post: Post) -> None:
    """D16: with one key nothing happens twice, and both are answered alike; a new key sends anew."""
    invited = vacant_seats.good_invitation(world)
    place = (invited["organization_id"], invited["membership_id"])
    one, two = (_again(desk, *place, KEY) for _ in range(2))
    assert (one.status, two.status, one.json) == (200, 200, two.json)
    assert len(stored.records("member.invited_again")) == 1
    delivery.settle()
    address = _member(*place).email
    assert len(inviting.mails_to(post, address)) == 1
    world.time.advance(minutes=1)
    assert _again(desk, *place).status == 200
    delivery.settle()
    assert len(inviting.mails_to(post, address)) == 2


def test_a_backups_invitation_counts_again(world: World, desk: Browser) -> None:
    """ORG-3: with the new link the practice has a backup again, to the second."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    bea = inviting.create(world.browser(lola), "Bea Newcomer", role="backup_administrator")
    world.time.advance(hours=73)
    desk = world.browser(nominating.enrollment(world, "Eve Fictional"))
    before = desk.get(f"/organizations/{world.maple.id}").json["onboarding"]
    assert (before["backup_invited"], "no_backup" in before["roster_warnings"]) == (False, True)
    assert _again(desk, world.maple.id, bea).status == 200
    ends_at = world.time.now + timedelta(hours=72)
    assert rosters.roster(world.maple.id).invited_backups == {bea: ends_at}
    after = desk.get(f"/organizations/{world.maple.id}").json["onboarding"]
    assert (after["backup_invited"], "no_backup" in after["roster_warnings"]) == (True, False)
    inviting.create(world.browser(lola), "Gil Newcomer")


def test_whom_the_seat_is_promised_to(world: World, enid: Account, desk: Browser) -> None:
    """ORG-4, ORG-5: a general user until they register; the promise stays as it was."""
    lola, _ = inviting.administrators(world)
    nora = _approved(world, enid)
    before = rosters.roster(world.maple.id)
    assert nora.role == "general_user"
    assert before.handover is not None
    assert _again(desk, world.maple.id, nora.id).status == 200
    after = rosters.roster(world.maple.id)
    assert (after.handover, after.seat) == (before.handover, lola.mailbox)
    # An invited general user is for the practice's own administrators.
    gil = inviting.create(world.browser(lola), "Gil Newcomer")
    assert _again(desk, world.maple.id, gil).code == "not_found"


@pytest.mark.parametrize("status", ["active", "disabled", "inactive", "suspended", "verification_pending", "removed"])
def test_only_who_is_invited(world: World, desk: Browser, status: Status, post: Post) -> None:
    """Section 3: the status says why not, and nothing is sent."""
    _, bea = inviting.administrators(world)
    later.set_status(bea, status)
    answer = _again(desk, world.maple.id, bea.mailbox)
    assert (answer.status, answer.code) == (409, f"status_{status}")
    delivery.settle()
    assert post.mails == []


def test_who_never_answered_is_gone_to_the_second(world: World, enid: Account) -> None:
    """Section 3: 90 days after the last invitation, whatever a job has made of it; each new one counts anew."""
    nora = _approved(world, enid)
    for number, (days, status) in enumerate([(89, 200), (89, 200), (90, 409)]):
        world.time.advance(days=days)
        desk = world.browser(nominating.enrollment(world, f"Ella Fictional {number}"))
        answer = _again(desk, world.maple.id, nora.id)
        assert answer.status == status
    assert answer.code == "status_removed"


def test_what_is_not_there_and_not_of_that_practice(world: World, desk: Browser) -> None:
    """S-AZ-03: the same answer for all of them."""
    invited = vacant_seats.good_invitation(world)
    other = vacant_seats.good_invitation(world)
    for place in (
        (invited["organization_id"], other["membership_id"]),
        (world.birch.id, invited["membership_id"]),
        (invited["organization_id"], "mem_" + "0" * 26),
        ("org_" + "0" * 26, invited["membership_id"]),
        (world.maple.id, world.gina.mailbox),
    ):
        answer = _again(desk, *place)
        assert (answer.status, answer.code) == (404, "not_found")


def test_a_closed_practice_invites_nobody(world: World, desk: Browser, post: Post) -> None:
    """ORG-9."""
    practice, _ = vacant_seats.practice(world)
    nell = world.member(practice, "Nell Sample", role="local_administrator", status="unverified")
    nominating.edit(world, practice, closed_at=world.time.now)
    assert _again(desk, practice.id, nell.mailbox).code == "organization_closed"
    delivery.settle()
    assert post.mails == []


def test_staff_of_the_practice_are_refused(world: World, enid: Account, desk: Browser) -> None:
    """S-AZ-07: what becomes of a practice is for others than its own people."""
    invited = vacant_seats.good_invitation(world)
    place = (invited["organization_id"], invited["membership_id"])
    planned = Change(system("test"), Entry(action="test.joined"), world.time.now)
    claim = accounts.MemberClaimRow(*accounts.claim_key(place[0], enid.user.id), membership_id="mem_theirs")
    planned.put(claim)
    planned.commit(None)
    before = _member(*place)
    assert _again(desk, *place).code == "of_organization"
    assert _member(*place) == before
