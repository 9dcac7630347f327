"""The review of a practice: cards, one decision each, by somebody else (REV-1..REV-4, S-AZ-09)."""

from datetime import timedelta
from typing import Any

import pytest

from app import app
from tests import later, stored
from tests.portal import Browser
from tests.review_cards import LONG_AGO, Office, card, cards, decide
from tests.wire import Wire
from tests.world import PASSWORD, START, Account, World

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


@pytest.fixture
def lou(office: Office) -> Browser:
    return office.world.browser(office.lou)


@pytest.fixture
def cole(office: Office) -> Account:
    """Somebody due, who signs in."""
    cole = office.employ("Cole Sample", LONG_AGO)
    office.world.browser(cole)
    return cole


def test_the_most_urgent_come_first_with_how_far_the_practice_is(office: Office, lou: Browser) -> None:
    """REV-1, REV-3: late ones, then those due within the first reminder; the rest among everyone."""
    late = office.employ("Lara Sample", START - 95 * DAY)
    office.put(late, status="suspended", causes=frozenset({"suspended"}))
    office.employ("Uma Sample", START - 92 * DAY)  # late, and no job has run
    office.employ("Fay Sample", START - 20 * DAY)
    office.employ("New Sample", START - 2 * DAY)
    page = lou.get("/reviews").json
    names = ["Lara Sample", "Uma Sample", "Bea Placeholder", "Lou Placeholder"]
    assert [one["name"] for one in page["items"]][:2] == names[:2]
    assert {one["name"] for one in page["items"]} == set(names)
    assert page["progress"] == {"open": 4, "late": 2, "done": 1, "everyone": 6}
    assert page["next_due_at"] == "2026-03-12T15:00:00Z"
    assert (page["called"], page["next_cursor"]) == (None, None)
    shown = {one["name"]: (one["status"], one["late"], one["own"]) for one in page["items"]}
    assert shown["Lara Sample"] == shown["Uma Sample"] == ("suspended", True, False)
    assert shown["Lou Placeholder"] == ("active", False, True)
    assert len(cards(lou, "everyone")) == 6


def test_a_card_shows_what_there_is_to_judge(office: Office, lou: Browser, cole: Account) -> None:
    """REV-3: role, levels, providers, last sign-in, flags, and what changed since the last review."""
    shown = card(lou, cole)
    later.grant(cole, "claims")
    lou.prove(PASSWORD)
    changed = lou.send(
        "PATCH",
        f"/members/{cole.mailbox}",
        {"access_levels": ["claims", "eligibility"], "comment": "<b>asked for it</b>"},
        {"If-Match": '"0"'},
    )
    assert changed.status == 200, changed.text
    now = card(lou, cole)
    assert (shown["changes"], shown["flags"], shown["last_sign_in_at"]) == ([], [], "2026-03-02T15:00:00Z")
    assert (now["access_levels"], now["role"], now["providers"]) == (["claims", "eligibility"], "general_user", [])
    (entry,) = now["changes"]
    assert (entry["comment"], entry["by"]["name"]) == ("<b>asked for it</b>", "Lou Placeholder")
    assert entry["changes"] == [{"field": "access_levels", "from": ["claims"], "to": ["claims", "eligibility"]}]
    assert now["seen"] != shown["seen"]
    assert lou.get(f"/members/{cole.mailbox}/history").json["items"][0] == entry


def test_a_card_tells_when_each_level_was_last_used(office: Office, lou: Browser, cole: Account, wire: Wire) -> None:
    """REV-3: by day, with one write a day and level, not one a request; what was refused was not used."""
    later.grant(cole, "claims", "eligibility")
    assert card(lou, cole)["level_use"] is None
    theirs = office.world.browser(cole)
    wire.forget()
    for _ in range(3):
        assert theirs.get("/features/claims").status == 200
    assert theirs.get("/features/assessments").status == 403
    assert wire.operations.count("UpdateItem") == 1
    assert card(lou, cole)["level_use"] == {"claims": "2026-03-02"}
    office.world.time.advance(days=1)
    assert office.world.browser(cole).get("/features/eligibility").status == 200
    shown = card(office.world.browser(office.lou), cole)
    assert shown["level_use"] == {"claims": "2026-03-02", "eligibility": "2026-03-03"}
    kept = decide(office.world.browser(office.lou), shown).json["card"]
    assert kept["level_use"] == shown["level_use"]


@pytest.mark.parametrize(("days", "flags"), [(60 * DAY - SECOND, []), (60 * DAY, ["no_longer_used"])])
def test_accounts_that_nobody_uses_are_flagged(world: World, days: timedelta, flags: list[str]) -> None:
    """REV-3: to the second; somebody who never came as well."""
    office = Office(world, START)
    cole, nell = office.employ("Cole Sample", START), office.employ("Nell Sample", START)
    world.browser(cole)
    world.time.advance(seconds=days.total_seconds())
    browser = world.browser(office.lou)
    assert card(browser, cole)["flags"] == flags
    assert card(browser, nell)["flags"] == ["never_signed_in"]


def test_keep_verifies(office: Office, lou: Browser, cole: Account) -> None:
    """REV-1: due again 90 days later; what they are doing goes on. No late proof is asked for it."""
    theirs = office.world.browser(cole)
    before = office.membership(cole)
    office.world.time.advance(minutes=6)
    answer = decide(lou, card(lou, cole))
    assert answer.status == 200, answer.text
    after = office.membership(cole)
    assert (after.verified_at, after.status, after.epoch) == (office.world.time.now, "active", before.epoch)
    assert answer.json["card"]["due_at"] == "2026-05-31T15:06:00Z"
    assert answer.json["progress"] == {"open": 2, "late": 0, "done": 1, "everyone": 3}
    assert answer.json["card"]["seen"] == card(lou, cole)["seen"]
    assert theirs.get("/session").status == 200
    record = stored.records("review.decided")[-1]
    assert (record.object_id, record.after["decision"]) == (cole.mailbox, "keep")
    assert lou.get(f"/members/{cole.mailbox}").json["review_due_at"] == card(lou, cole)["due_at"]


def test_a_late_one_is_verified_and_active_again(office: Office, lou: Browser) -> None:
    """REV-4, section 3: by keep and by change."""
    for number, decision in enumerate(("keep", "change")):
        late = office.employ(f"Late{number} Sample", START - 91 * DAY)
        office.put(late, status="suspended", causes=frozenset({"suspended"}))
        asked: dict[str, Any] = {"access_levels": ["claims"]} if decision == "change" else {}
        answer = decide(lou, card(lou, late), decision, "works from home", **asked)
        assert answer.status == 200, answer.text
        assert (answer.json["card"]["status"], answer.json["card"]["late"]) == ("active", False)
        assert office.world.browser(late).get("/session").status == 200


def test_unused_and_unreviewed_at_once(world: World) -> None:
    """Section 3: suspended is shown; the review lifts that alone, enabling lifts the other, in either order."""
    office = Office(world, START)
    one, two = office.employ("Una Sample", START), office.employ("Ugo Sample", START)
    world.time.advance(days=89)
    browser = world.browser(office.lou)
    for each in (office.bea,):
        assert decide(browser, card(browser, each), reason="known").status == 200
    world.browser(office.bea)
    browser = world.browser(office.bea)
    assert decide(browser, card(browser, office.lou)).status == 200
    world.time.advance(days=1)
    browser = world.browser(office.lou)
    for each in (one, two):
        shown = card(browser, each)
        assert (shown["status"], shown["flags"]) == ("suspended", ["never_signed_in"])
    kept = decide(browser, card(browser, one), reason="on leave").json["card"]
    assert (kept["status"], kept["late"]) == ("inactive", False)
    enabled = browser.post(f"/members/{one.mailbox}/enable", {}, **{"If-Match": f'"{kept["version"]}"'})
    assert (enabled.status, enabled.json["status"]) == (200, "active")
    enabled = browser.post(f"/members/{two.mailbox}/enable", {}, **{"If-Match": '"0"'})
    assert (enabled.status, enabled.json["status"]) == (200, "suspended")
    kept = decide(browser, card(browser, two), reason="on leave").json["card"]
    assert kept["status"] == "active"


def test_change_gives_what_is_right_and_verifies(office: Office, lou: Browser, cole: Account) -> None:
    """REV-3, ORG-7: within what the organization may use; wrong fields are named, and nothing is written."""
    shown = card(lou, cole)
    wrong = decide(lou, shown, "change", access_levels=["authorizations"], providers=["1111111112"])
    assert wrong.fields == {("/access_levels", "not_entitled"), ("/providers", "not_of_this_organization")}
    assert decide(lou, shown, "change").fields == {("/decision", "nothing_changed")}
    assert decide(lou, shown, "keep", role="backup_administrator").fields == {("/role", "unknown")}
    answer = decide(lou, shown, "change", "moved to billing", access_levels=["claims"], role="backup_administrator")
    assert answer.status == 200, answer.text
    after = office.membership(cole)
    assert (after.role, sorted(after.access_levels), after.verified_at) == ("backup_administrator", ["claims"], START)
    assert after.epoch > 1


def test_remove_is_as_easy_as_keep(office: Office, lou: Browser, cole: Account) -> None:
    """REV-3, T8: final; they are counted no more and lose access at once."""
    theirs = office.world.browser(cole)
    answer = decide(lou, card(lou, cole), "remove")
    assert answer.status == 200, answer.text
    assert answer.json == {"card": None, "progress": {"open": 2, "late": 0, "done": 0, "everyone": 2}}
    assert office.membership(cole).status == "removed"
    assert theirs.get("/session").status == 401
    assert lou.get(f"/reviews/{cole.mailbox}").status == 404


@pytest.mark.parametrize("decision", ["change", "remove"])
def test_change_and_remove_ask_for_a_late_proof(office: Office, lou: Browser, cole: Account, decision: str) -> None:
    """S-SESS-10."""
    shown = card(lou, cole)
    office.world.time.advance(minutes=6)
    asked: dict[str, Any] = {"access_levels": ["claims"]} if decision == "change" else {}
    assert decide(lou, shown, decision, **asked).code == "step_up_required"
    lou.prove(PASSWORD)
    assert decide(lou, shown, decision, **asked).status == 200


@pytest.mark.parametrize("job", [True, False])
def test_keeping_one_who_is_suspended_asks_for_a_late_proof(office: Office, lou: Browser, *, job: bool) -> None:
    """S-SESS-10, REV-4: it gives access back, whether or not the job has run."""
    late = office.employ("Late Sample", START - 91 * DAY)
    if job:
        office.put(late, status="suspended", causes=frozenset({"suspended"}))
    shown = card(lou, late)
    office.world.time.advance(minutes=6)
    assert decide(lou, shown, reason="works from home").code == "step_up_required"
    assert office.membership(late).verified_at == START - 91 * DAY
    lou.prove(PASSWORD)
    assert decide(lou, shown, reason="works from home").status == 200


def test_nobody_reviews_themself(office: Office, lou: Browser) -> None:
    """REV-2, S-AZ-09: the administrators review each other; a sole one is reviewed by the plan."""
    own = card(lou, office.lou)
    assert (own["own"], own["reviewed_by_plan"]) == (True, False)
    for decision in ("keep", "change", "remove"):
        refused = decide(lou, own, decision, "it is me")
        assert (refused.status, refused.code) == (403, "own_account")
    bea = office.world.browser(office.bea)
    assert decide(bea, card(bea, office.lou)).status == 200
    assert decide(lou, card(lou, office.bea)).status == 200


@pytest.mark.parametrize("how", ["gone", "late", "unused"])
def test_a_sole_administrator_is_reviewed_by_the_plan(world: World, how: str) -> None:
    """REV-2, ORG-4: by who is active at this second, whatever the roster says; a late backup can be verified."""
    office = Office(world, START)
    browser = world.browser(office.lou)
    if how == "gone":
        office.put(office.bea, status="removed")
    if how == "late":
        office.put(office.bea, verified_at=START - 90 * DAY)
    if how == "unused":
        office.put(office.bea, enabled_at=START - 90 * DAY)
    own = card(browser, office.lou)
    assert (own["own"], own["reviewed_by_plan"]) == (True, True)
    refused = decide(browser, own)
    assert (refused.status, refused.code) == (403, "reviewed_by_plan")
    if how == "late":
        assert decide(browser, card(browser, office.bea), reason="was away").status == 200
        assert card(browser, office.lou)["reviewed_by_plan"] is False


def test_a_flagged_account_needs_a_reason(office: Office, lou: Browser) -> None:
    """REV-3: for any decision; at most 200 characters as people count them."""
    nell = office.employ("Nell Sample", LONG_AGO)
    shown = card(lou, nell)
    assert shown["flags"] == ["never_signed_in"]
    for decision in ("keep", "remove"):
        assert decide(lou, shown, decision).fields == {("/reason", "needs_reason")}
        assert decide(lou, shown, decision, " \n").fields == {("/reason", "characters_not_allowed")}
    assert decide(lou, shown, reason="👩‍👩‍👧" * 201).fields == {("/reason", "comment_too_long")}
    assert office.membership(nell).verified_at == LONG_AGO
    assert decide(lou, shown, reason="starts <i>next</i> week").status == 200
    assert lou.get(f"/members/{nell.mailbox}/history").json["items"][0]["comment"] == "starts <i>next</i> week"


def test_a_decision_is_about_what_the_card_showed(office: Office, lou: Browser, cole: Account) -> None:
    """REV-3, PLT-3: whoever changed, signed in or was flagged since then is looked at anew."""
    shown = card(lou, cole)
    office.world.time.advance(minutes=1)
    office.world.browser(cole)
    answer = decide(lou, shown)
    assert (answer.status, answer.code) == (409, "changed_meanwhile")
    anew = card(lou, cole)
    assert anew["version"] == shown["version"]
    assert decide(lou, anew).status == 200
    again = decide(lou, anew)
    assert (again.status, again.code) == (412, "stale")
    assert len(lou.get("/review-decisions").json["items"]) == 1


@pytest.mark.parametrize("status", ["verification_pending", "unverified", "disabled", "rejected", "removed"])
def test_only_who_is_in_use_is_reviewed(office: Office, lou: Browser, cole: Account, status: str) -> None:
    """REV-1: nobody is let in or out by a review who has not registered or was shut out."""
    shown = card(lou, cole)
    office.put(cole, status=status)
    assert lou.get(f"/reviews/{cole.mailbox}").status == 404
    answer = decide(lou, shown)
    assert (answer.status, answer.code) == (409, f"status_{status}")
    assert "Cole Sample" not in cards(lou, "everyone")


def test_the_plan_calls_and_everybody_is_open(office: Office, lou: Browser) -> None:
    """REV-1: whoever was verified since the call is done; late from the end of its date on."""
    cole = office.employ("Cole Sample", START - DAY)
    office.world.time.advance(minutes=1)
    office.call(by=office.world.time.now + 10 * DAY)
    page = lou.get("/reviews").json
    assert page["called"] == {"at": "2026-03-02T15:01:00Z", "by": "2026-03-12T15:01:00Z"}
    assert page["progress"] == {"open": 3, "late": 0, "done": 0, "everyone": 3}
    assert card(lou, cole)["due_at"] == "2026-03-12T15:01:00Z"
    decided = decide(lou, card(lou, cole), reason="new").json
    assert decided["progress"] == {"open": 2, "late": 0, "done": 1, "everyone": 3}


def test_pages_of_ten_in_a_bounded_number_of_calls(office: Office, lou: Browser, wire: Wire) -> None:
    """REV-3: however many there are: who asks, the practice, the index, the members, what they did, the marks."""
    people = [office.employ(f"Person {number:02}", START - 85 * DAY + number * SECOND) for number in range(21)]
    wire.forget()
    first = lou.get("/reviews").json
    assert len(wire.calls) <= 7
    assert [one["id"] for one in first["items"]] == [one.mailbox for one in people[:10]]
    second = lou.get(f"/reviews?cursor={first['next_cursor']}").json
    assert [one["id"] for one in second["items"]] == [one.mailbox for one in people[10:20]]
    third = lou.get(f"/reviews?cursor={second['next_cursor']}").json
    assert {one["name"] for one in third["items"]} == {"Person 20", "Bea Placeholder", "Lou Placeholder"}
    assert third["next_cursor"] is None
    assert office.world.browser(office.bea).get(f"/reviews?cursor={first['next_cursor']}").code == "bad_cursor"


def test_there_is_no_way_to_approve_all() -> None:
    """REV-3, S-AZ-09: what a review changes names one membership, and takes one decision."""
    writing = [route for route in app.declared if "review" in route.path and route.method != "GET"]
    of_practices = [
        route.path for route in writing if "administrator" in str(route.who) and "staff" not in str(route.who)
    ]
    assert sorted(of_practices) == ["/review-exports", "/reviews/{membership_id}"]


def test_administrators_are_told_whom_to_review(office: Office, lou: Browser, cole: Account) -> None:
    """NOT-5: those who are open and not themselves; nobody else sees it."""
    (item,) = [one for one in lou.get("/attention").json["items"] if one["kind"] == "review_due"]
    assert (item["count"], {one["name"] for one in item["first"]}) == (2, {"Bea Placeholder", "Cole Sample"})
    kinds = {one["kind"] for one in office.world.browser(cole).get("/attention").json["items"]}
    assert "review_due" not in kinds
    assert decide(lou, card(lou, cole)).status == 200
    (item,) = [one for one in lou.get("/attention").json["items"] if one["kind"] == "review_due"]
    assert item["count"] == 1
