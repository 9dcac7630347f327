"""Invitations and requests that nobody answers end after 90 days (section 3), to the second, job or no job."""

from datetime import timedelta

import pytest

from chalicelib.accounts.domain.statuses import ANSWERED_WITHIN
from chalicelib.accounts.store import rosters
from chalicelib.core import clock, timers
from chalicelib.subscriptions.housekeeping import HOUSEKEEPING
from tests import nominating, vacant_seats
from tests.world import Account, World

NEW = {"name": "Nia Sample", "email": "nia@maple.example", "phone": "555-010-0100", "role": "backup_administrator"}


@pytest.fixture
def lou(world: World) -> Account:
    return world.member(world.maple, "Lou Placeholder", role="local_administrator")


def _housekeeping() -> timers.Worked:
    return timers.work("housekeeping", HOUSEKEEPING, clock.now(), lambda: True)


def test_an_invitation_ends(world: World, lou: Account) -> None:
    id_ = world.browser(lou).post("/members", NEW).json["id"]
    world.time.advance(seconds=ANSWERED_WITHIN.total_seconds() - 1)
    browser = world.browser(lou)
    assert browser.get(f"/members/{id_}").json["status"] == "unverified"
    _housekeeping()
    assert browser.get(f"/members/{id_}/history").json["items"][0]["number"] == 1
    world.time.advance(seconds=1)
    # The rule holds before the job has run.
    shown = browser.get(f"/members/{id_}").json
    assert (shown["status"], shown["moves"], shown["emails"]) == ("removed", [], [])
    again = browser.post(f"/members/{id_}/registration-email", None)
    assert (again.status, again.code) == (409, "status_removed")
    for _ in range(2):
        _housekeeping()
    entries = browser.get(f"/members/{id_}/history").json["items"]
    assert [entry["number"] for entry in entries] == [2, 1]
    assert entries[0]["changes"] == [{"field": "status", "from": "unverified", "to": "removed"}]
    # Somebody who comes back starts with nothing granted.
    assert browser.post("/members", NEW).status == 201


def test_an_email_sent_again_waits_again(world: World, lou: Account) -> None:
    id_ = world.browser(lou).post("/members", NEW).json["id"]
    world.time.advance(days=60)
    assert world.browser(lou).post(f"/members/{id_}/registration-email", None).status == 202
    world.time.advance(days=89)
    _housekeeping()
    assert world.browser(lou).get(f"/members/{id_}").json["status"] == "unverified"
    world.time.now += timedelta(days=1)
    _housekeeping()
    assert world.browser(lou).get(f"/members/{id_}").json["status"] == "removed"


def test_a_job_that_was_off_for_three_weeks_misses_nobody(world: World, lou: Account) -> None:
    """PLT-3: late, and once."""
    id_ = world.browser(lou).post("/members", NEW).json["id"]
    _housekeeping()
    _pass(world, lou, days=90 + 21)
    assert _housekeeping().failed == 0
    assert len(world.browser(lou).get(f"/members/{id_}/history").json["items"]) == 2


def test_one_who_was_disabled_meanwhile_waits_from_the_enabling(world: World, lou: Account) -> None:
    """Section 3: enabled after the 90 days they are `unverified`, and not gone at once with their place kept taken."""
    id_ = world.browser(lou).post("/members", NEW).json["id"]
    assert _move(world, lou, id_, "disable")["status"] == "disabled"
    _pass(world, lou, days=91)
    _housekeeping()
    assert _move(world, lou, id_, "enable")["status"] == "unverified"
    _pass(world, lou, days=90)
    assert world.browser(lou).get(f"/members/{id_}").json["status"] == "removed"
    _housekeeping()
    assert world.browser(lou).post("/members", NEW).status == 201


def test_the_seat_is_not_promised_to_one_whose_time_is_over(world: World, lou: Account) -> None:
    """ORG-5."""
    id_ = world.browser(lou).post("/members", NEW).json["id"]
    _pass(world, lou, days=90)
    body = {"membership_id": id_, "former_becomes": "general_user"}
    answer = world.browser(lou).post("/roster/handover", body)
    assert (answer.status, answer.code) == (409, "status_removed")


@pytest.mark.parametrize("job_ran", [False, True])
def test_an_administrator_who_never_answers_leaves_the_seat(world: World, job_ran: bool) -> None:
    """Section 3, ORG-4: enrollment fills it with a backup from then on, also before the job has run."""
    practice, bea = vacant_seats.practice(world)
    practice = nominating.with_executive(world, practice)
    enid, eve = (nominating.enrollment(world, name) for name in ("Enid Fictional", "Eve Fictional"))
    nominating.verified(world, practice, enid)
    assert nominating.approve(world.browser(eve), practice).status == 200
    invited = rosters.roster(practice.id).seat
    assert invited is not None
    path = f"/organizations/{practice.id}/seat"
    world.time.advance(seconds=ANSWERED_WITHIN.total_seconds() - 1)
    assert world.browser(enid).get(path).json["state"] == "promised"
    world.time.advance(seconds=1)
    if job_ran:
        _housekeeping()
        assert rosters.roster(practice.id).seat is None
    browser = world.browser(enid)
    seat = browser.get(path).json
    assert (seat["state"], [one["id"] for one in seat["candidates"]]) == ("vacant", [bea.mailbox])
    assert browser.post(path, {"membership_id": bea.mailbox}).status == 200
    assert _housekeeping().failed == 0
    roster = rosters.roster(practice.id)
    assert (roster.seat, roster.active) == (bea.mailbox, frozenset({bea.mailbox}))
    gone = nominating.member(practice, invited)
    assert (gone.status, gone.role) == ("removed", "general_user")


def _pass(world: World, by: Account, days: int) -> None:
    """So many days, in which the administrator was there (INA-1)."""
    world.time.advance(days=days - 30)
    world.browser(by)
    world.time.advance(days=30)


def _move(world: World, by: Account, id_: str, verb: str) -> dict[str, object]:
    browser = world.browser(by)
    version = browser.get(f"/members/{id_}").json["version"]
    answer = browser.post(f"/members/{id_}/{verb}", {"comment": "Asked to"}, **{"If-Match": f'"{version}"'})
    assert answer.status == 200, answer.text
    return dict(answer.json)
