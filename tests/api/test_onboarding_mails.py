"""What administrators are mailed while a practice comes aboard or ends, and tasks of enrollment (ORG-3, ORG-9)."""

import json
from datetime import timedelta

import msgspec
import pytest

from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import statuses
from chalicelib.accounts.store import rosters
from chalicelib.core import access
from chalicelib.core.access import Member, Staff, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.enrollment.actions import changes, requests
from chalicelib.enrollment.actions.requests import Asked
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from tests import delivery, inviting, later
from tests.api.test_enrollment_mails import ENROLLMENT, EXECUTIVE, edit, send, sign
from tests.deadlines import happens
from tests.portal import Browser
from tests.ses import Post
from tests.world import Account, World

BACKUP = "Your practice has no backup administrator in the Example Valley Health Plan provider portal"
USERS = "Your practice has no users yet in the Example Valley Health Plan provider portal"
CLOSED = "A practice you administered has left the Example Valley Health Plan provider portal"


@pytest.fixture
def practice(world: World) -> tuple[Account, Account]:
    """The two administrators of a practice that has nobody else."""
    alder = world.organization("100000001", "Alder Placeholder Optometry")
    return (
        world.member(alder, "Alda Sample", role="local_administrator"),
        world.member(alder, "Alban Sample", role="backup_administrator"),
    )


def _id(account: Account) -> str:
    assert isinstance(account.actor, Member)
    return account.actor.organization_id


def _chased(world: World, organization_id: str, lack: str, days: int = 7) -> None:
    happens(world, "onboarding.chased", organization_id=organization_id, lack=lack, days=str(days))
    delivery.settle()


def _told(post: Post) -> list[tuple[str, str]]:
    return sorted((mail.destinations["ToAddresses"][0], mail.subject) for mail in post.mails)


def test_both_administrators_are_told_that_nobody_else_is_there(
    world: World, post: Post, practice: tuple[Account, Account]
) -> None:
    """ORG-3, NOT-2: once each, and nothing that says which practice."""
    alda, alban = practice
    _chased(world, _id(alda), "no_users")
    assert _told(post) == [(alban.user.email, USERS), (alda.user.email, USERS)]
    assert all(word not in "".join(post.calls) for word in ("Alder", "Alda Sample", "100000001"))
    delivery.settle(again=True)
    assert len(post.mails) == 2


def test_a_sole_administrator_is_told_of_the_missing_backup(world: World, post: Post) -> None:
    """ORG-3."""
    cedar = world.organization("100000002", "Cedar Placeholder Therapy")
    cora = world.member(cedar, "Cora Placeholder", role="local_administrator")
    _chased(world, cedar.id, "no_backup")
    assert _told(post) == [(cora.user.email, BACKUP)]


def test_what_they_have_by_now_is_not_asked_for(world: World, post: Post, practice: tuple[Account, Account]) -> None:
    """S-MAIL-05: the backup registered, a user came, or the practice was closed, before the mail went."""
    alda, _ = practice
    _chased(world, _id(alda), "no_backup")
    world.member(world.maple, "Lola Sample", role="local_administrator")
    edit(world, world.maple, closed_at=world.time.now)
    _chased(world, world.maple.id, "no_backup")
    happens(world, "onboarding.chased", organization_id=_id(alda), lack="no_users", days="7")
    bodies = delivery.heard("notifications")
    world.member(_organization(alda), "Ugo Sample")
    assert delivery.deliver("deliver_notices", bodies) == []
    assert post.mails == []


def _organization(account: Account) -> Organization:
    return organizations.organization(_id(account))


def test_who_does_not_act_or_wants_no_mail_is_not_chased(
    world: World, post: Post, practice: tuple[Account, Account]
) -> None:
    """ORG-4, NOT-1: somebody disabled between, and somebody who reads online only."""
    alda, alban = practice
    later.choose(alban, "online", "USER_MANAGEMENT")
    _chased(world, _id(alda), "no_users")
    assert _told(post) == [(alda.user.email, USERS)]


def test_who_administered_a_closed_practice_is_told_though_their_membership_is_gone(
    world: World, post: Post, practice: tuple[Account, Account]
) -> None:
    """ORG-9: also who is removed before the mail goes; who was gone before is not, nor is a general user."""
    alda, alban = practice
    organization = _organization(alda)
    gone = world.member(organization, "Gone Sample", role="backup_administrator")
    world.member(organization, "Ugo Sample")
    _remove(world, gone)
    world.time.advance(hours=1)
    edit(world, organization, closed_at=world.time.now)
    happens(world, "organization.closed", organization_id=_id(alda))
    _remove(world, alban)
    delivery.settle()
    assert _told(post) == [(alban.user.email, CLOSED), (alda.user.email, CLOSED)]
    assert "Alder" not in "".join(post.calls)
    delivery.settle(again=True)
    assert len(post.mails) == 2


def _remove(world: World, account: Account) -> None:
    """A step of the work that ends memberships: with an entry in the history."""
    before = accounts.membership(_id(account), account.mailbox)
    assert before is not None
    after = statuses.moved(before, "remove", world.time.now)
    planned = Change(system("closing"), Entry(action="test.removed", object_id=before.id), world.time.now)
    saving.plan_row(planned, before, after)
    roster = rosters.roster(before.organization_id)
    left = msgspec.structs.replace(roster, active=roster.active - {before.id}, backups=roster.backups - {before.id})
    saving.plan_roster(planned, roster, left)
    planned.commit(None)


def test_a_request_from_the_public_page_is_told_to_enrollment(world: World, post: Post) -> None:
    """ORG-1, S-MAIL-01: none of what was typed."""
    later.set_enrollment_address(ENROLLMENT)
    _ask(world, "Spruce Example Pulmonology")
    delivery.settle()
    assert post.addresses == [ENROLLMENT]
    said = json.dumps(post.calls)
    assert all(word not in said for word in ("Spruce", "Silas", "100000009", "555-010-0131", "a note"))


def _ask(world: World, name: str) -> None:
    asked = Asked(
        practice_name=name,
        tin="100000009",
        npis=[],
        executive_name="Silas Specimen",
        executive_email="silas@spruce.example",
        phone="555-010-0131",
        note="a note",
    )
    requests.ask(asked, access.Origin(request_id="test", address="192.0.2.9"), world.time.now)


def test_many_requests_are_one_mail_in_the_end(world: World, post: Post) -> None:
    """S-MAIL-04, NOT-3: five an hour, then one about all the others."""
    later.set_enrollment_address(ENROLLMENT)
    for number in range(9):
        _ask(world, f"Spruce Example {number}")
        delivery.settle()
    assert len(post.mails) == 5
    world.time.advance(hours=1)
    delivery.find_lost()
    delivery.settle()
    assert len(post.mails) == 6


def _tasks(browser: Browser) -> dict[str, tuple[int, list[str]]]:
    items = browser.get("/attention").json["items"]
    return {one["kind"]: (one["count"], [first["name"] for first in one["first"]]) for one in items}


def test_what_waits_for_enrollment(world: World) -> None:
    """NOT-5, ORG-1, ORG-9: requests; what somebody else proposed, until its time is over."""
    enid = world.agent("Enid Fictional", roles=("enrollment",))
    emil = world.agent("Emil Fictional", roles=("enrollment",))
    _ask(world, "Spruce Example Pulmonology")
    assert isinstance(emil.actor, Staff)
    changes.propose(emil.actor, world.birch.id, "close", "", None, world.time.now)
    assert _tasks(world.browser(enid)) == {
        "nomination_request": (1, ["Spruce Example Pulmonology"]),
        "organization_change": (1, ["Birch Sample Pediatrics"]),
    }
    assert "organization_change" not in _tasks(world.browser(emil)), "one's own waits for somebody else"
    assert _tasks(world.browser(world.ada)) == {}, "who is not of enrollment has none of it"
    world.time.advance(days=14)
    assert "organization_change" not in _tasks(world.browser(enid))
    world.time.now += timedelta(days=76)
    assert "nomination_request" not in _tasks(world.browser(world.agent("Eva Fictional", roles=("enrollment",))))


def test_signed_forms_wait_for_enrollment(world: World, post: Post) -> None:
    """NOT-5, ORG-1: by the practice's name, since it was signed."""
    enid = world.agent("Enid Fictional", roles=("enrollment",))
    edit(world, world.maple, executive_name="Cleo Fictional", executive_email=EXECUTIVE)
    send(world, enid)
    assert _tasks(world.browser(enid)) == {}
    sign(world, inviting.token(post, EXECUTIVE, "nominate"))
    assert _tasks(world.browser(enid)) == {"nomination_to_verify": (1, ["Maple Example Clinic"])}
