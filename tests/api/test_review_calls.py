"""The plan's side of access reviews: calls, the overview, what was decided too fast, tasks (REV-1, REV-4, ORG-4)."""

import contextlib
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.access_reviews.actions import calling
from chalicelib.access_reviews.store import state as states
from chalicelib.accounts.domain import clocks
from chalicelib.core import work, work_runner
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan
from tests import belongings, later, reviewing, stored, works
from tests.core import line as lines
from tests.portal import Browser
from tests.world import PASSWORD, START, Account, World

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
BY = "2026-03-20"
ENDS = datetime(2026, 3, 21, 4, tzinfo=UTC)
"""The end of that day in New York, which puts its clocks forward in between."""


@pytest.fixture
def enid(world: World) -> Browser:
    return world.browser(world.agent("Enid Fictional", roles=("enrollment",)))


@pytest.fixture
def cole(world: World) -> Account:
    """Verified yesterday, so that nothing is due for long."""
    return world.member(world.maple, "Cole Sample", verified_at=START - DAY)


def _call(browser: Browser, organization_ids: list[str] | None = None, by: str = BY) -> dict[str, Any]:
    answer = browser.post("/review-calls", {"organization_ids": organization_ids, "by": by})
    assert answer.status == 201, answer.text
    works.carry_all()
    found: dict[str, Any] = answer.json
    return found


def _overview(browser: Browser, state: str = "all", **more: str) -> dict[str, dict[str, Any]]:
    """Practices by name."""
    query = "".join(f"&{name}={value}" for name, value in more.items())
    answer = browser.get(f"/review-overview?state={state}{query}")
    assert answer.status == 200, answer.text
    return {one["organization"]["name"]: one for one in answer.json["items"]}


def _due_at(account: Account) -> datetime | None:
    membership = reviewing.membership(account)
    organization = organizations.find(membership.organization_id)
    return clocks.review_due_at(membership.verified_at, plan.settings(), organization)


def test_a_call_of_everybody(world: World, enid: Browser, cole: Account) -> None:
    """REV-1: by the end of the day in the plan's zone; each practice hears of it once."""
    dora = world.member(world.birch, "Dora Specimen", verified_at=START - DAY)
    made = _call(enid)
    assert (made["until"], made["ends_at"], made["by_name"]) == (BY, "2026-03-21T04:00:00Z", "Enid Fictional")
    assert made["organizations"] is None
    assert [_due_at(one) for one in (cole, dora)] == [ENDS, ENDS]
    heard = [fact["organization_id"] for fact in reviewing.told("review.called")]
    assert sorted(heard) == sorted([world.maple.id, world.birch.id])
    world.time.advance(days=1)
    reviewing.verify(dora, world.time.now)
    assert _due_at(dora) == world.time.now + 90 * DAY
    assert enid.get("/review-calls").status == 401  # her session is over by now
    assert [
        one["id"] for one in world.browser(world.agent("Ava F", roles=("auditor",))).get("/review-calls").json["items"]
    ] == [made["id"]]


def test_who_was_not_verified_by_then_is_suspended(world: World, enid: Browser, cole: Account) -> None:
    """REV-1, REV-4: to the second, with the job or without; the call stands for the first reminder."""
    _call(enid, by="2026-03-13")
    ends = datetime(2026, 3, 14, 4, tzinfo=UTC)
    world.time.now = ends - SECOND
    assert world.browser().sign_in(cole.user.email, PASSWORD).status == 201
    world.time.now = ends
    assert world.browser().sign_in(cole.user.email, PASSWORD).json["code"] == "account_suspended"
    for day in range(13):
        reviewing.run(min(START + day * DAY, ends - SECOND))
    assert reviewing.reminded(world.maple.id) == ["7", "3", "1"]
    assert reviewing.membership(cole).status == "active"
    reviewing.run(ends)
    assert reviewing.membership(cole).status == "suspended"


def test_a_call_of_some_practices(world: World, enid: Browser, cole: Account) -> None:
    """REV-1: the others have their own deadlines, and hear nothing."""
    dora = world.member(world.birch, "Dora Specimen", verified_at=START - DAY)
    made = _call(enid, [world.maple.id, world.maple.id])
    assert made["organizations"] == [{"id": world.maple.id, "name": world.maple.name}]
    assert (_due_at(cole), _due_at(dora)) == (ENDS, START + 89 * DAY)
    assert [fact["organization_id"] for fact in reviewing.told("review.called")] == [world.maple.id]


@pytest.mark.parametrize(
    ("by", "code"), [("2026-03-04", "too_soon"), ("2020-01-01", "too_soon"), ("2026-06-02", "too_far")]
)
def test_a_day_that_is_no_good(enid: Browser, by: str, code: str) -> None:
    """REV-1: nobody is called overnight; nothing is kept of it."""
    answer = enid.post("/review-calls", {"organization_ids": None, "by": by})
    assert (answer.status, [(one["pointer"], one["code"]) for one in answer.json["errors"]]) == (422, [("/by", code)])
    assert enid.get("/review-calls").json["items"] == []
    assert plan.settings().review_called_at is None


def test_practices_that_nobody_knows_are_named(world: World, enid: Browser) -> None:
    """PLT-3: each by its place."""
    unknown = "org_" + "0" * 26
    body = {"organization_ids": [world.maple.id, unknown], "by": "2026-03-03"}
    errors = enid.post("/review-calls", body).json["errors"]
    assert [(one["pointer"], one["code"]) for one in errors] == [
        ("/by", "too_soon"),
        ("/organization_ids/1", "unknown_organization"),
    ]
    assert enid.post("/review-calls", {"organization_ids": [], "by": BY}).status == 422


def test_a_call_whose_work_dies_at_any_transaction(world: World, enid: Browser) -> None:
    """REV-1, PLT-3: each practice hears of it once."""
    for number in range(14):
        world.organization(f"2000000{number:02}", f"Practice {number:02}")
    answer = enid.post("/review-calls", {"organization_ids": None, "by": BY})
    assert answer.status == 201
    (of,) = [item for item in stored.items(work.WorkRow) if item.get("kind", {}).get("S") == calling.KIND]
    owner, work_id = of["pk"]["S"].removeprefix("WORK#"), of["sk"]["S"]
    for passing in range(8):
        with lines.opened() as line:
            line.let_pass(passing % 2)
            line.die()
            with contextlib.suppress(KeyboardInterrupt):
                work_runner.carry_on(owner, work_id, {calling.KIND: calling.step}, "test", lambda: True)
            if not line.heal():
                break
    heard = [fact["organization_id"] for fact in reviewing.told("review.called")]
    assert len(heard) == len(set(heard)) == 16


def test_the_overview(world: World, enid: Browser, cole: Account) -> None:
    """REV-4: open and late as they are in the moment of looking, the days ahead, and where nobody administers."""
    lou = world.member(world.birch, "Lou Specimen", role="local_administrator", verified_at=START - 80 * DAY)
    world.member(world.birch, "Dora Specimen", verified_at=START - 80 * DAY)
    found = _overview(enid)
    assert {name: (one["open"], one["late"]) for name, one in found.items()} == {
        world.birch.name: (2, 0),
        world.maple.name: (0, 0),
    }
    assert found[world.birch.name]["waves"] == [{"day": "2026-03-12", "people": 2}]
    assert found[world.birch.name]["next_due_at"] == "2026-03-12T15:00:00Z"
    assert found[world.maple.name]["next_due_at"] == "2026-05-30T15:00:00Z"
    assert found[world.maple.name]["without_administrator"]
    assert not found[world.birch.name]["without_administrator"]
    # The lists are the job's.
    assert _overview(enid, "open") == {}
    reviewing.run(START + DAY)
    assert list(_overview(enid, "open")) == [world.birch.name]
    assert _overview(enid, "late") == {}
    world.time.now = START + 10 * DAY
    reviewing.run(world.time.now)
    enid = world.browser(world.agent("Eda Fictional", roles=("enrollment",)))
    for state in ("late", "open", "without_administrator", "all"):
        birch = _overview(enid, state)[world.birch.name]
        assert (birch["open"], birch["late"], birch["without_administrator"]) == (2, 2, True)
    assert _overview(enid, "late", search="maple") == {}
    people = enid.get(f"/review-overview/{world.birch.id}").json["items"]
    assert sorted((one["name"], one["late"]) for one in people) == [("Dora Specimen", True), ("Lou Specimen", True)]
    tasks = {one["kind"]: one for one in enid.get("/attention").json["items"]}
    for kind in ("late_organization", "organization_without_administrator"):
        assert [one["name"] for one in tasks[kind]["first"]] == [world.birch.name]
    reviewing.verify(lou, world.time.now)
    assert _overview(enid, "without_administrator") == {}


def test_the_pages_of_the_overview(world: World, enid: Browser) -> None:
    """REV-4, PLT-3: 10 on a page, each once, in every list."""
    for number in range(12):
        made = world.organization(f"3000000{number:02}", f"Practice {number:02}")
        world.member(made, f"Pat Sample {number}", verified_at=START - 85 * DAY)
    reviewing.run(START + DAY)
    for state, expected in (("all", 14), ("open", 12)):
        names, cursor, sizes = [], "", []
        while True:
            page = enid.get(f"/review-overview?state={state}{cursor}").json
            sizes.append(len(page["items"]))
            names += [one["organization"]["name"] for one in page["items"]]
            if page["next_cursor"] is None:
                break
            cursor = f"&cursor={page['next_cursor']}"
        assert (len(names), len(set(names)), sizes[0]) == (expected, expected, 10)


def test_what_was_decided_too_fast_is_settled_once(world: World, enid: Browser) -> None:
    """S-AZ-09, NOT-5: listed until somebody says what came of it; then kept with it behind the others."""
    first = belongings.suspected(world, world.gina)
    world.time.advance(seconds=1)
    second = belongings.suspected(world, world.peter)
    assert [one["id"] for one in enid.get("/suspect-reviews").json["items"]] == [first, second]
    assert _overview(enid)[world.maple.name]["suspect"]
    assert any(one["kind"] == "suspect_review" and one["count"] == 2 for one in enid.get("/attention").json["items"])
    settled = enid.post(f"/suspect-reviews/{first}/settle", {"finding": "All were known to her."})
    assert settled.json["settled"]["finding"] == "All were known to her."
    assert enid.post(f"/suspect-reviews/{first}/settle", {"finding": "Again"}).code == "review_settled"
    assert [one["id"] for one in enid.get("/suspect-reviews").json["items"]] == [second, first]
    assert not _overview(enid)[world.maple.name]["suspect"]
    for wrong in ("x" * 201, " \n"):
        assert enid.post(f"/suspect-reviews/{second}/settle", {"finding": wrong}).status == 422
    assert date.fromisoformat(settled.json["settled"]["at"][:10]) == START.date()


def test_nobody_settles_their_own(world: World) -> None:
    """S-AZ-09, REV-2: neither what they decided themself nor what was decided in a practice they belong to."""
    insider, reviewer = (world.agent(f"{name} Fictional", roles=("enrollment",)) for name in ("Ines", "Rita"))
    world.also_member(insider, world.maple)
    theirs = belongings.suspected(world, world.gina)
    world.time.advance(seconds=1)
    hers = belongings.suspected(world, reviewer)
    for account, own in ((insider, [True, True]), (reviewer, [False, True])):
        browser = world.browser(account)
        assert [one["own"] for one in browser.get("/suspect-reviews").json["items"]] == own
        answer = browser.post(f"/suspect-reviews/{hers}/settle", {"finding": "Fine"})
        assert (answer.status, answer.code) == (403, "of_organization")
    assert world.browser(insider).post(f"/suspect-reviews/{theirs}/settle", {"finding": "Fine"}).status == 403
    settled = world.browser(reviewer).post(f"/suspect-reviews/{theirs}/settle", {"finding": "Fine"})
    assert (settled.status, settled.json["own"]) == (200, False)


def test_a_practice_under_both_keys_is_shown_once(world: World, enid: Browser) -> None:
    """REV-4: while it moves between open and late."""
    world.member(world.birch, "Dora Specimen", verified_at=START - 95 * DAY)
    for key in ("late", "open"):
        later._write(states.OpenReviewRow("OPEN_REVIEWS", f"{key}#{world.birch.id}"))
    items = enid.get("/review-overview?state=open").json["items"]
    assert [one["organization"]["name"] for one in items] == [world.birch.name]
