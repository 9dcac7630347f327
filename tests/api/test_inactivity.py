"""Accounts that nobody uses (INA-1..INA-4, S-AUTH-16): closed to the second without a job; what the job tells, once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chalicelib.accounts.store import activities
from chalicelib.core import work
from chalicelib.core.access import Member
from chalicelib.core.timers import Schedule
from tests import delivery, inviting, later, recovering, stored, sweeps, works
from tests.portal import Browser
from tests.ses import Post
from tests.world import PASSWORD, START, Account, World

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
END = START + 90 * DAY
SCHEDULES: tuple[Schedule, ...] = ("inactivity_lockout", "revalidation_reminders")
WARNED, LAPSED = "inactivity.warned", "inactivity.lapsed"
# Before a leap day, and before both changes of the plan's clocks: a day is 24 hours all the same.
STARTS = (
    START,
    datetime(2027, 12, 15, 8, tzinfo=UTC),
    datetime(2027, 2, 1, 1, 30, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC),
    datetime(2026, 10, 31, 23, 59, 59, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC),
)


def _sign_in(world: World, account: Account) -> tuple[int, str]:
    answer = world.browser().sign_in(account.user.email, PASSWORD)
    return answer.status, "" if answer.status == 201 else answer.code


def _membership(account: Account) -> str:
    assert isinstance(account.actor, Member)
    return account.actor.membership_id


def _status(browser: Browser, account: Account) -> tuple[str, list[str]]:
    shown = browser.get(f"/members/{_membership(account)}").json
    return shown["status"], shown["causes"]


def _enable(browser: Browser, account: Account) -> None:
    path = f"/members/{_membership(account)}"
    headers = {"If-Match": f'"{browser.get(path).json["version"]}"'}
    answer = browser.send("POST", f"{path}/enable", {}, headers)
    assert answer.status == 200, answer.text


@pytest.fixture
def lou(world: World) -> Account:
    return world.member(world.maple, "Lou Placeholder", role="local_administrator")


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_access_ends_at_its_second_whatever_the_job_does(world: World, start: datetime) -> None:
    """S-AUTH-16: the job is off. At 89 d 23:59:59 they sign in, at 90 d and later not."""
    world.time.now = start
    early, sharp, late = (world.member(world.maple, f"{name} Sample", enabled_at=start) for name in ("Al", "Bo", "Cy"))
    end = start + 90 * DAY
    found = []
    for account, now in ((early, end - SECOND), (sharp, end), (late, end + SECOND)):
        world.time.now = now
        found.append(_sign_in(world, account))
    assert found == [(201, ""), (403, "account_inactive"), (403, "account_inactive")]
    # The sign-in started the clock anew.
    world.time.now = end - SECOND + 90 * DAY - SECOND
    assert _sign_in(world, early) == (201, "")


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_the_job_tells_each_stage_at_its_second_and_once(world: World, start: datetime) -> None:
    """INA-1, INA-2: nothing a second before; at 76, 83 and 89 days a warning; at 90 the status shows it."""
    world.time.now = start
    dana = world.member(world.maple, "Dana Sample", enabled_at=start)
    sweeps.inactivity(start + DAY)
    expected: list[dict[str, str]] = []
    for before, event in ((14, WARNED), (7, WARNED), (1, WARNED), (0, LAPSED)):
        at = start + (90 - before) * DAY
        sweeps.ran_until("inactivity_lockout", at)
        sweeps.inactivity(at - SECOND)
        assert sweeps.told(WARNED, LAPSED) == expected
        days = {"days": str(before)} if before else {}
        expected.append({"event": event, "user_id": dana.user.id, **days})
        for _ in range(2):
            assert sweeps.inactivity(at).failed == 0
            assert sweeps.told(WARNED, LAPSED) == expected
    (record,) = stored.records("member.lapse")
    assert (record.actor_id, record.object_id) == ("inactivity_lockout", _membership(dana))
    assert (record.before["status"], record.after["status"]) == ("active", "inactive")
    worked = sweeps.inactivity(start + 100 * DAY)
    assert (worked.done, worked.later, sweeps.told(WARNED, LAPSED)) == (0, 0, expected)


@pytest.mark.parametrize(
    ("ran", "expected"), [(60, "14"), (63, "7"), (69, None), (76, None)], ids=["early", "two", "after", "told"]
)
def test_a_job_that_was_off_for_three_weeks_tells_what_is_still_meaningful(
    world: World, ran: int, expected: str | None
) -> None:
    """INA-2: of the warnings that passed meanwhile the last one, none after the end, and nobody is missed."""
    dana = world.member(world.maple, "Dana Sample", enabled_at=START)
    sweeps.inactivity(START + DAY)
    sweeps.ran_until("inactivity_lockout", START + ran * DAY)
    sweeps.inactivity(START + ran * DAY)
    before = sweeps.told(WARNED, LAPSED)
    sweeps.inactivity(START + (ran + 21) * DAY)
    told = {"event": WARNED, "days": expected} if expected else {"event": LAPSED}
    assert sweeps.told(WARNED, LAPSED) == [*before, {**told, "user_id": dana.user.id}]


def test_whoever_signs_in_after_a_warning_is_looked_at_anew(world: World, lou: Account, post: Post) -> None:
    """INA-1, INA-2: the mail says by when, administrators see who is about to lapse, and none of it stays."""
    dana = world.member(world.maple, "Dana Sample", enabled_at=START)
    sweeps.inactivity(START + DAY)
    world.time.now = START + 76 * DAY
    sweeps.ran_until("inactivity_lockout", world.time.now)
    sweeps.inactivity(world.time.now)
    delivery.settle()
    (mail,) = inviting.mails_to(post, dana.user.email)
    assert "May 31" in mail.body
    browser = world.browser(lou)
    shown = browser.get(f"/members/{_membership(dana)}").json
    assert (shown["attention"], shown["inactive_at"]) == (["about_to_lapse"], "2026-05-31T15:00:00Z")
    assert _about_to_lapse(browser) == ["Dana Sample"]
    assert [row["name"] for row in browser.get("/members?attention=true").json["items"]] == ["Dana Sample"]
    world.browser(dana)
    assert browser.get(f"/members/{_membership(dana)}").json["attention"] == []
    assert _about_to_lapse(browser) == []
    assert browser.get("/members?attention=true").json["items"] == []
    world.time.advance(days=14)
    sweeps.inactivity(world.time.now)
    assert [one["days"] for one in sweeps.told(WARNED, LAPSED)] == ["14"]
    assert "LAPSING#" not in stored.dump()
    world.time.now += 62 * DAY
    sweeps.ran_until("inactivity_lockout", world.time.now)
    sweeps.inactivity(world.time.now)
    assert [one["days"] for one in sweeps.told(WARNED, LAPSED)] == ["14", "14"]


def _about_to_lapse(browser: Browser) -> list[str]:
    found = [one for one in browser.get("/attention").json["items"] if one["kind"] == "about_to_lapse"]
    return [task["name"] for one in found for task in one["first"]]


def test_enabling_gives_back_one_organization_alone(world: World, lou: Account) -> None:
    """INA-3: with the job or without it; and the history tells what the clock did."""
    paula = world.member(world.birch, "Paula Placeholder", role="local_administrator")
    dana = world.member(world.maple, "Dana Sample", enabled_at=START)
    also = world.also_member(dana, world.birch, enabled_at=START)
    sweeps.inactivity(START + DAY)
    sweeps.ran_until("inactivity_lockout", START + 76 * DAY)
    world.time.now = END
    maple, birch = world.browser(lou), world.browser(paula)
    assert (_status(maple, dana), _status(birch, also)) == (("inactive", ["inactive"]),) * 2
    _enable(maple, dana)
    assert _sign_in(world, dana) == (201, "")
    assert (_status(maple, dana)[0], _status(birch, also)[0]) == ("active", "inactive")
    browser = world.browser(dana)
    assert [one["status"] for one in browser.get("/memberships").json["items"]] == ["inactive", "active"]
    assert browser.post(f"/memberships/{_membership(also)}/open", None).status in (403, 404)
    for _ in range(2):
        sweeps.inactivity(world.time.now + DAY)
    assert (_status(maple, dana)[0], _status(birch, also)[0]) == ("active", "inactive")
    (entry,) = birch.get(f"/members/{_membership(also)}/history").json["items"][:1]
    assert entry["changes"] == [{"field": "status", "from": "active", "to": "inactive"}]
    assert entry["by"]["name"] == "inactivity_lockout"
    _enable(birch, also)
    assert _status(birch, also)[0] == "active"


def test_both_administrators_lapse(world: World) -> None:
    """ORG-4: flagged and told once, on the same day; nobody is promoted."""
    lou = world.member(world.maple, "Lou Placeholder", role="local_administrator", enabled_at=START)
    bea = world.member(world.maple, "Bea Sample", role="backup_administrator", enabled_at=START + DAY)
    sweeps.inactivity(START + 2 * DAY)
    sweeps.ran_until("inactivity_lockout", START + 76 * DAY)
    sweeps.inactivity(END)
    assert sweeps.told("organization.without_administrator") == []
    for _ in range(2):
        sweeps.inactivity(END + DAY)
    assert sweeps.told("organization.without_administrator") == [
        {"event": "organization.without_administrator", "organization_id": world.maple.id}
    ]
    assert sorted(one["user_id"] for one in sweeps.told(LAPSED)) == sorted([lou.user.id, bea.user.id])
    world.time.now = END + DAY
    assert [_sign_in(world, one) for one in (lou, bea)] == [(403, "account_inactive")] * 2


def test_the_seat_goes_to_nobody_whose_time_is_over(world: World, lou: Account) -> None:
    """ORG-4: an action of a person counts administrators as they are, whatever the job has made of them."""
    bea = world.member(world.maple, "Bea Sample", role="backup_administrator", enabled_at=START)
    world.time.now = END
    body = {"membership_id": _membership(bea), "former_becomes": "general_user"}
    answer = world.browser(lou).post("/roster/handover", body)
    assert (answer.status, answer.code) == (409, "status_inactive")
    world.time.now = END - SECOND
    assert world.browser(lou).post("/roster/handover", body).status == 200


def test_unused_and_unreviewed_at_once(world: World, lou: Account) -> None:
    """Section 3: enabling lifts the one, verifying the other."""
    dana = world.member(world.maple, "Dana Sample", enabled_at=START, verified_at=START)
    sweeps.inactivity(START + DAY)
    sweeps.revalidation(START + DAY)
    world.time.now = END
    for schedule in SCHEDULES:
        sweeps.ran_until(schedule, START + 76 * DAY)
    browser = world.browser(lou)
    before = _status(browser, dana)
    sweeps.inactivity(END)
    sweeps.revalidation(END)
    assert before == _status(browser, dana) == ("suspended", ["inactive", "suspended"])
    _enable(browser, dana)
    assert _status(browser, dana) == ("suspended", ["suspended"])
    assert _sign_in(world, dana) == (403, "account_suspended")


def test_somebody_with_no_use_at_all_has_no_clock(world: World) -> None:
    """INA-1 counts from a sign-in or an enabling."""
    world.time.now = END + 1000 * DAY
    assert activities.activity(world.gina.user.id).last_sign_in is None
    assert _sign_in(world, world.gina) == (201, "")


def test_whoever_counts_people_counts_whose_time_is_not_over(world: World, post: Post) -> None:
    """The job is off. MSG-7: no notice of a message; ACC-9: nor of what waits; CRD-5: the plan confirms a case."""
    dana = world.member(world.maple, "Dana Sample", enabled_at=START, channel="email")
    bea = world.member(world.maple, "Bea Sample", role="local_administrator", enabled_at=START)
    later.choose(bea, "email", "USER_MANAGEMENT")
    hela = world.agent("Hela Fictional", roles=("helpdesk",))
    found = []
    for now, level, about in ((END - SECOND, "claims", dana), (END, "eligibility", world.gina)):
        world.time.now = now
        before = len(post.mails)
        world.write(world.gina, dana)
        world.browser(world.gina).post("/access-requests", {"access_level": level})
        case = recovering.opens(world.browser(hela), about).json
        delivery.settle()
        told = {address for mail in post.mails[before:] for address in mail.destinations["ToAddresses"]}
        found.append((told & {dana.user.email, bea.user.email}, case["needs"]))
    assert found == [({dana.user.email, bea.user.email}, "administrator"), (set(), "two_enrollment")]


def test_a_long_work_ends_with_the_time_of_who_began_it(world: World) -> None:
    """S-AZ-08, REV-1: a second before their review's deadline it goes on, from then on not; the job is off."""
    found = []
    for number, late in enumerate((-SECOND, timedelta())):
        world.time.now = START + number * SECOND
        lou = world.member(
            world.organization(f"60000000{number}", f"Practice {number} Example"),
            f"Lou Placeholder {number}",
            role="local_administrator",
            enabled_at=world.time.now,
            verified_at=(since := world.time.now),
        )
        world.time.now = since + 90 * DAY - SECOND
        work_id = world.browser(lou).post("/members/exports", {}).json["work_id"]
        world.time.now = since + 90 * DAY + late
        works.carry_all()
        kept = work.find(lou.mailbox, work_id)
        assert kept is not None
        found.append((kept.state, kept.reason))
    assert found == [("finished", None), ("stopped", "access_ended")]
