"""How far practices are: lists that follow what happens, one practice as it is now, chasing (ORG-1, ORG-2, ORG-3)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.accounts.store import rosters
from chalicelib.core import events, timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.events import OutboxRow
from chalicelib.core.journal import Entry
from chalicelib.enrollment.domain.standing import CHASE_DAYS
from chalicelib.enrollment.store import standing as store
from chalicelib.organizations.domain import Organization
from chalicelib.subscriptions.enrollment import ENROLLMENT
from tests import delivery, inviting, nominating, stored, sweeps
from tests.portal import Browser
from tests.world import START, Account, World

DAY = timedelta(days=1)


@pytest.fixture
def enid(world: World) -> Account:
    return nominating.enrollment(world)


@pytest.fixture
def practice(world: World) -> Organization:
    """A practice whose executive is known, and of which nobody has been told."""
    return nominating.with_executive(world, world.organization("000000007", "Cedar Example Clinic"))


def _rows(browser: Browser, **wanted: str) -> list[dict[str, Any]]:
    """All pages of a list."""
    found: list[dict[str, Any]] = []
    while True:
        answer = browser.get("/onboarding", False, **wanted)
        assert answer.status == 200, answer.text
        found += answer.json["items"]
        if answer.json["next_cursor"] is None:
            return found
        wanted["cursor"] = answer.json["next_cursor"]


def _lacks(browser: Browser, organization: Organization) -> str | None:
    """Where a practice stands on the list of all, once everything has been carried; None when it stands nowhere."""
    delivery.settle()
    found: str | None
    (found,) = [row["lacks"] for row in _rows(browser) if row["organization"]["id"] == organization.id] or [None]
    if found is not None:
        assert organization.id in {row["organization"]["id"] for row in _rows(browser, lacks=found)}
    return found


def _now(browser: Browser, organization: Organization) -> dict[str, Any]:
    """How far a practice is on its own page."""
    answer = browser.get(f"/organizations/{organization.id}")
    assert answer.status == 200, answer.text
    return dict(answer.json["onboarding"])


def _happens(world: World, organization: Organization) -> None:
    """Something happens in a practice of the small world, which was made without telling anybody."""
    planned = Change(system("test"), Entry(action="test.happened"), world.time.now)
    planned.emit("organization.enrolled", organization_id=organization.id)
    planned.commit(None)
    delivery.settle()


def _clock(world: World) -> timers.Worked:
    """The clock of enrollment runs; what it did."""
    worked = timers.work("enrollment", ENROLLMENT, world.time.now, lambda: True)
    assert not worked.failed
    return worked


def _chased(organization: Organization) -> list[tuple[str, str]]:
    """For what a practice was chased, and after how many days, in this order."""
    told = sweeps.told("onboarding.chased")
    return [(one["lack"], one["days"]) for one in told if one["organization_id"] == organization.id]


def test_the_whole_way(world: World, enid: Account, practice: Organization) -> None:
    """ORG-1, ORG-3: each step shows on the practice's page at once, and on the lists within moments."""
    browser = world.browser(enid)
    _happens(world, practice)
    assert (_lacks(browser, practice), _now(browser, practice)["lacks"]) == ("not_sent", "not_sent")
    nominating.send(browser, practice)
    assert _lacks(browser, practice) == "not_reached"
    world.time.advance(days=1)
    browser = world.browser(enid)
    token = nominating.token(world, practice)
    assert nominating.look(world, token).status == 200
    assert nominating.sign(world, token).status == 204
    assert _lacks(browser, practice) == "to_verify"
    seen = _now(browser, practice)
    assert (seen["form_sent_at"][:10], seen["opened_at"][:10], seen["signed_at"][:10]) == (
        "2026-03-02",
        "2026-03-03",
        "2026-03-03",
    )
    assert (seen["verified_at"], seen["invited_at"]) == (None, None)
    nominating.verify(browser, practice)
    assert nominating.approve(browser, practice).status == 200
    assert _lacks(browser, practice) == "not_registered"
    seen = _now(browser, practice)
    assert [seen[name][:10] for name in ("verified_at", "invited_at")] == ["2026-03-03"] * 2
    assert (seen["registered_at"], seen["without_administrator"]) == (None, False)
    (nora,) = seen["administrators"]
    assert (nora["name"], nora["email"], nora["status"]) == (
        "Nora Newcomer",
        "nora.newcomer@people.example",
        "unverified",
    )
    assert nora["invitation_ends_at"] is not None
    user_id = nominating.member_of(practice, "nora.newcomer@people.example").user_id
    link = inviting.link(world, user_id, "registration", organization_id=practice.id, membership_id=nora["id"])
    assert inviting.complete(world, link).status == 200
    assert _lacks(browser, practice) == "no_backup"
    seen = _now(browser, practice)
    assert seen["registered_at"] == world.time.now.isoformat().replace("+00:00", "Z")
    assert (seen["roster_warnings"], seen["first_users"]) == (["one_administrator", "no_backup"], False)


def test_a_form_that_is_withdrawn_is_to_be_sent_again(world: World, enid: Account, practice: Organization) -> None:
    """ORG-1: and one that expired still waits for an answer, as nobody was reached."""
    browser = world.browser(enid)
    nominating.send(browser, practice)
    world.time.advance(days=15)
    browser = world.browser(enid)
    _happens(world, practice)
    assert _lacks(browser, practice) == "not_reached"
    assert nominating.do(browser, practice, "withdraw").status in (200, 204)
    assert _lacks(browser, practice) == "not_sent"


def test_backup_and_first_users(world: World, enid: Account) -> None:
    """ORG-3: a backup's live invitation is enough until it ends; a general user counts from when they come in."""
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    peter = world.birch
    browser, hers = world.browser(enid), world.browser(lola)
    gina = hers.get(f"/members/{world.gina.mailbox}").json
    answer = hers.post(
        f"/members/{world.gina.mailbox}/disable", {"comment": "Left"}, **{"If-Match": f'"{gina["version"]}"'}
    )
    assert answer.status == 200, answer.text
    assert _lacks(browser, world.maple) == "no_backup"
    inviting.create(hers, "Bea Newcomer", role="backup_administrator")
    assert _lacks(browser, world.maple) == "no_users"
    seen = _now(browser, world.maple)
    assert (seen["backup_enrolled"], seen["backup_invited"], seen["first_users"]) == (False, True, False)
    back = hers.post(f"/members/{world.gina.mailbox}/enable", {}, **{"If-Match": f'"{gina["version"] + 1}"'})
    assert back.status == 200, back.text
    assert _lacks(browser, world.maple) == "complete"
    # Nothing happens when the invitation ends; the practice is looked at anyway.
    world.time.advance(hours=72)
    assert _clock(world).done == 1
    browser = world.browser(enid)
    assert _lacks(browser, world.maple) == "no_backup"
    assert _lacks(browser, peter) is None


def test_whom_a_clock_took(world: World, enid: Account) -> None:
    """ORG-4: the practice's page knows to the second; the list once a job has looked, or anything happens there."""
    adam = world.member(world.maple, "Adam Sample", role="local_administrator", enabled_at=START)
    sweeps.ran_until("inactivity_lockout", START)
    _happens(world, world.maple)
    browser = world.browser(enid)
    assert _lacks(browser, world.maple) == "no_backup"
    world.time.now = START + 90 * DAY - timedelta(seconds=1)
    browser = world.browser(enid)
    assert _now(browser, world.maple)["without_administrator"] is False
    world.time.now = START + 90 * DAY
    browser = world.browser(enid)
    seen = _now(browser, world.maple)
    assert (seen["without_administrator"], seen["lacks"]) == (True, "without_administrator")
    assert [(one["id"], one["status"]) for one in seen["administrators"]] == [(adam.mailbox, "inactive")]
    assert _lacks(browser, world.maple) == "no_backup"  # lags
    sweeps.inactivity(world.time.now)
    assert _lacks(browser, world.maple) == "without_administrator"
    assert _rows(browser, lacks="without_administrator")[0]["organization"]["id"] == world.maple.id


def test_whom_a_clock_took_while_no_job_ran(world: World, enid: Account) -> None:
    """ORG-4: whatever is heard of the practice finds how it is; two of enrollment bring them back, and it leaves."""
    adam = world.member(world.maple, "Adam Sample", role="local_administrator", enabled_at=START)
    sweeps.ran_until("inactivity_lockout", START)
    world.time.now = START + 100 * DAY
    _happens(world, world.maple)
    browser = world.browser(enid)
    assert _lacks(browser, world.maple) == "without_administrator"
    assert rosters.roster(world.maple.id).active == {adam.mailbox}
    sweeps.inactivity(world.time.now)
    eve = nominating.enrollment(world, "Eve Fictional")
    for who in (enid, eve):
        two = world.browser(who)
        (item,) = two.get("/administrator-reviews").json["items"]
        body = {"need": "enable", "decision": "keep", "seen": item["card"]["seen"], "reason": "Called them"}
        body["first_at"] = item["confirmed_by"]["at"] if item["confirmed_by"] else None
        answer = two.post(
            f"/administrator-reviews/{world.maple.id}/{adam.mailbox}",
            body,
            **{"If-Match": f'"{item["card"]["version"]}"'},
        )
        assert answer.status == 200, answer.text
    assert _lacks(browser, world.maple) == "no_backup"
    assert _now(browser, world.maple)["without_administrator"] is False


def test_the_last_backup_lapses(world: World, enid: Account) -> None:
    """ORG-3: a job tells of administrators too whom a clock took while others act."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    world.member(world.maple, "Bea Sample", role="backup_administrator", enabled_at=START)
    sweeps.ran_until("inactivity_lockout", START)
    _happens(world, world.maple)
    browser = world.browser(enid)
    assert _lacks(browser, world.maple) == "complete"
    world.time.now = START + 89 * DAY
    world.browser(enid)
    world.time.now = START + 90 * DAY
    browser = world.browser(enid)
    sweeps.inactivity(world.time.now)
    assert _lacks(browser, world.maple) == "no_backup"


def test_pages_by_lack_and_name(world: World, enid: Account) -> None:
    """ORG-2: in this order over all pages; a name that changed moves its place, a closed one leaves."""
    made = [world.organization(f"1{number:08d}", f"Practice {90 - number} Example") for number in range(30)]
    for one in made:
        _happens(world, one)
    lola = world.member(world.maple, "Lola Sample", role="local_administrator")
    _happens(world, world.maple)
    assert lola.mailbox
    browser = world.browser(enid)
    found = _rows(browser)
    assert [row["lacks"] for row in found] == ["not_sent"] * 30 + ["no_backup"]
    names = [row["organization"]["name"] for row in found[:30]]
    assert names == sorted(names)
    assert len(browser.get("/onboarding?lacks=not_sent").json["items"]) == 25
    assert len(_rows(browser, lacks="not_sent")) == 30
    assert [row["organization"]["id"] for row in _rows(browser, lacks="no_backup")] == [world.maple.id]
    nominating.edit(world, made[0], name="Aaron Example")
    _happens(world, made[0])
    nominating.edit(world, made[1], closed_at=world.time.now)
    _happens(world, made[1])
    after = _rows(browser)
    assert after[0]["organization"] == {"id": made[0].id, "name": "Aaron Example", "tin": made[0].tin}
    assert made[1].id not in {row["organization"]["id"] for row in after}
    assert len(after) == 30


def test_a_closed_practice_stays_off_the_lists(world: World, enid: Account, practice: Organization) -> None:
    """ORG-9: whatever is heard of it later."""
    nominating.edit(world, practice, closed_at=world.time.now)
    _happens(world, practice)
    _happens(world, practice)
    browser = world.browser(enid)
    assert _lacks(browser, practice) is None
    assert _now(browser, practice)["lacks"] == "closed"


def test_cursors_are_of_their_list(world: World, enid: Account) -> None:
    """S-IO-08."""
    for number in range(26):
        _happens(world, world.organization(f"1{number:08d}", f"Practice {number} Example"))
    browser = world.browser(enid)
    cursor = browser.get("/onboarding").json["next_cursor"]
    assert browser.get("/onboarding", lacks="not_sent", cursor=cursor).code == "bad_cursor"
    assert world.browser(nominating.enrollment(world, "Eve Fictional")).get("/onboarding", cursor=cursor).code == (
        "bad_cursor"
    )
    assert browser.get("/onboarding", cursor=cursor).status == 200
    assert browser.get("/onboarding?lacks=closed").status in (400, 422)


@pytest.mark.parametrize("roles", [("helpdesk",), ("auditor",), ("plan_administrator",), ("department_agent",)])
def test_it_is_for_enrollment(world: World, roles: Sequence[Any]) -> None:
    browser = world.browser(world.agent("Hela Fictional", roles=tuple(roles)))
    assert browser.get("/onboarding").status == 403


def test_chased_after_7_and_21_days(world: World, enid: Account) -> None:
    """ORG-3: once each, whoever comes how often; for another lack anew."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    _happens(world, world.maple)
    for days in CHASE_DAYS:
        world.time.now = START + days * DAY - timedelta(seconds=1)
        _clock(world)
        assert ("no_backup", str(days)) not in _chased(world.maple)
        world.time.now = START + days * DAY
        for _ in range(2):
            _clock(world)
            _happens(world, world.maple)
        assert _chased(world.maple)[-1] == ("no_backup", str(days))
    assert _chased(world.maple) == [("no_backup", "7"), ("no_backup", "21")]
    browser = world.browser(enid)
    (row,) = _rows(browser, lacks="no_backup")
    assert (row["chased"], row["since"][:10]) == (21, "2026-03-02")
    for _ in range(3):
        world.time.advance(days=30)
        _clock(world)
    assert len(_chased(world.maple)) == 2
    (record, _) = stored.records("onboarding.chased")
    assert record.object_id == world.maple.id


def test_not_chased_once_it_is_there(world: World) -> None:
    """ORG-3: whoever fires the timer looks anew, also when nobody told the lists."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    _happens(world, world.maple)
    world.member(world.maple, "Bea Sample", role="backup_administrator")
    world.time.now = START + 7 * DAY
    _clock(world)
    assert _chased(world.maple) == []
    found = store.standing(world.maple.id)
    assert found is not None
    assert found.lacks == "complete"


def test_a_job_that_was_away_tells_the_last(world: World) -> None:
    """ORG-3: by day."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    _happens(world, world.maple)
    world.time.now = (START + 22 * DAY).replace(hour=4)
    _clock(world)
    assert _chased(world.maple) == []
    world.time.now = (START + 22 * DAY).replace(hour=13)
    _clock(world)
    assert _chased(world.maple) == [("no_backup", "21")]


def test_events_twice_in_any_order_and_weeks_late(world: World, enid: Account, practice: Organization) -> None:
    """ORG-1: whatever an event says, its hearer looks how things are."""
    browser = world.browser(enid)
    nominating.send(browser, practice)
    assert nominating.sign(world, nominating.token(world, practice)).status == 204
    bodies = delivery.heard("enrollment")
    assert len(bodies) >= 2
    world.time.advance(days=12)
    for body in [*reversed(bodies), *bodies]:
        assert delivery.deliver("follow_onboarding", [body]) == []
    assert _lacks(world.browser(enid), practice) == "to_verify"
    assert len([one for one in stored.records("onboarding.listed") if one.object_id == practice.id]) == 1


def test_an_event_that_two_hear_is_closed_by_the_last(world: World) -> None:
    """NOT-3: what one of them lost is carried again to that one alone."""
    world.member(world.maple, "Lola Sample", role="local_administrator")
    hers = world.browser(world.member(world.maple, "Bea Sample", role="backup_administrator"))
    inviting.create(hers, "Nora Newcomer")
    assert delivery.deliver("deliver_notices", delivery.heard("notifications")) == []
    lost = delivery.waiting("enrollment")
    assert [item["name"]["S"] for item in stored.outbox() if "open_at" in item] == ["member.invited"]
    world.time.advance(minutes=15)
    assert delivery.find_lost()["carried_again"] == 1
    assert delivery.waiting("notifications") == []
    assert delivery.waiting("enrollment") == lost
    assert delivery.deliver("follow_onboarding", lost) == []
    assert [item["name"]["S"] for item in stored.outbox() if "open_at" in item] == []
    assert delivery.deliver("follow_onboarding", lost) == []


def test_the_last_of_two_dies_before_it_closes(world: World) -> None:
    """NOT-3: whoever looks for what was lost closes it, and nobody hears it again."""
    hers = world.browser(world.member(world.maple, "Lola Sample", role="local_administrator"))
    inviting.create(hers, "Bea Newcomer", role="backup_administrator")
    delivery.settle()
    (row,) = [row for row in OutboxRow.scan(OutboxRow.cls == OutboxRow) if row.name == "member.invited"]
    assert row.heard == {"notifications", "enrollment"}
    looked_at = events.along(world.time.now + timedelta(minutes=15))
    reopened = [OutboxRow.open_day.set(looked_at["open_day"]), OutboxRow.open_at.set(looked_at["open_at"])]
    row.update(actions=[*reopened, OutboxRow.closed.remove()])
    world.time.advance(minutes=15)
    assert delivery.find_lost()["carried_again"] == 1
    assert (delivery.waiting("notifications"), delivery.waiting("enrollment")) == ([], [])
    assert [item["name"]["S"] for item in stored.outbox() if "open_at" in item] == []
