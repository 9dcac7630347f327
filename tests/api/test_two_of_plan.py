"""Two of enrollment review a practice's only administrator, and bring back one whom a clock took (REV-2, ORG-4)."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.access_reviews import left_to_plan
from chalicelib.access_reviews.domain import cards
from chalicelib.access_reviews.store import state as states
from chalicelib.accounts import store as accounts
from chalicelib.accounts.store import rosters
from chalicelib.core import clock, timers
from chalicelib.core.access import Staff
from chalicelib.subscriptions.clocks import INACTIVITY, REVALIDATION
from tests import stored, two_of_plan
from tests.portal import Answer, Browser
from tests.world import PASSWORD, START, Account, World

DAY = timedelta(days=1)


@pytest.fixture
def lou(world: World) -> Account:
    """The only administrator."""
    made = world.member(world.maple, "Lou Placeholder", role="local_administrator", enabled_at=START, verified_at=START)
    _run()
    return made


@pytest.fixture
def eve(world: World) -> Account:
    return world.agent("Eve Fictional", roles=("enrollment",))


@pytest.fixture
def finn(world: World) -> Account:
    return world.agent("Finn Fictional", roles=("enrollment",))


def _run() -> None:
    for schedule, kinds in (("inactivity_lockout", INACTIVITY), ("revalidation_reminders", REVALIDATION)):
        worked = timers.work(schedule, kinds, clock.now(), lambda: True)  # type: ignore[arg-type]
        assert worked.finished
        assert not worked.failed


def _items(browser: Browser) -> list[dict[str, Any]]:
    """All pages: those without an administrator, and those with one alone."""
    found, cursor = [], None
    while True:
        page = browser.get("/administrator-reviews", **({"cursor": cursor} if cursor else {})).json
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


def _decide(browser: Browser, item: dict[str, Any], **changes: Any) -> Answer:
    body = {"need": item["need"], "decision": "keep", "seen": item["card"]["seen"], "reason": "Called them"}
    body |= {"first_at": _first_at(item), **changes}
    path = f"/administrator-reviews/{item['organization']['id']}/{item['card']['id']}"
    return browser.post(path, body, **{"If-Match": f'"{item["card"]["version"]}"'})


def _first_at(item: dict[str, Any]) -> str | None:
    """When the first of two decided, as it is kept by now, whatever the item shows."""
    at = two_of_plan.first_at(item["organization"]["id"], item["card"]["id"], item["need"])
    return None if at is None else at.isoformat()


def _both(world: World, item: dict[str, Any], *people: Account) -> None:
    for person, state in zip(people, ("waiting", "done"), strict=True):
        answer = _decide(world.browser(person), item)
        assert (answer.status, answer.json["state"]) == (200, state), answer.text


def _sign_in(world: World, account: Account) -> str:
    answer = world.browser().sign_in(account.user.email, PASSWORD)
    return "in" if answer.status == 201 else answer.code


def test_the_only_administrator_is_reviewed_by_two(world: World, lou: Account, eve: Account, finn: Account) -> None:
    """REV-2, REV-5: on the list with the first reminder; one person is not enough; kept with both of them."""
    world.time.now = START + 75 * DAY
    _run()
    browser = world.browser(eve)
    assert _items(browser) == []
    world.time.now = START + 76 * DAY
    _run()
    browser = world.browser(eve)
    assert "administrator_review" in {one["kind"] for one in browser.get("/attention").json["items"]}
    (item,) = _items(browser)
    assert (item["card"]["name"], item["need"], item["card"]["late"]) == ("Lou Placeholder", "review", False)
    assert (item["own"], item["confirmed_by"], item["organization"]["id"]) == (False, None, world.maple.id)
    assert _decide(browser, item).json == {"state": "waiting"}
    (waiting,) = _items(browser)
    first = waiting["confirmed_by"]
    assert (first["name"], first["own"], first["decision"]) == ("Eve Fictional", True, "keep")
    assert _decide(browser, item).code == "already_confirmed"
    other = world.browser(finn)
    assert _items(other)[0]["confirmed_by"]["own"] is False
    assert _decide(other, item, decision="remove").code == "last_administrator"
    assert _decide(other, item, seen="0" * 64).code == "changed_meanwhile"
    assert _decide(other, item).json == {"state": "done"}
    assert _items(other) == []
    (kept,) = other.get(f"/organizations/{world.maple.id}/review-decisions").json["items"]
    assert (kept["reviewer"]["name"], kept["confirmed_by"]["name"]) == ("Eve Fictional", "Finn Fictional")
    assert (kept["decision"], kept["reason"], kept["seen"]["name"]) == ("keep", "Called them", "Lou Placeholder")


def test_a_late_one_comes_back_by_two(world: World, lou: Account, eve: Account, finn: Account) -> None:
    """ORG-4, REV-4: from the second on which they are suspended, whether or not the job has run; they stay what they
    were, and nobody else is promoted."""
    world.member(world.maple, "Gus Sample", enabled_at=START, verified_at=START + 80 * DAY)
    world.time.now = START + 77 * DAY
    _run()
    world.browser(lou)
    world.time.now = START + 90 * DAY
    assert _sign_in(world, lou) == "account_suspended"
    (item,) = _items(world.browser(eve))
    assert (item["need"], item["card"]["status"], item["card"]["late"]) == ("review", "suspended", True)
    _run()
    assert rosters.roster(world.maple.id).active == frozenset()
    (item,) = _items(world.browser(eve))
    _both(world, item, eve, finn)
    assert _items(world.browser(eve)) == []
    assert rosters.roster(world.maple.id).active == {lou.mailbox}
    browser = world.browser(lou)
    assert browser.get(f"/members/{lou.mailbox}").json["role"] == "local_administrator"
    names = {one["name"]: one["role"] for one in browser.get("/members").json["items"]}
    assert names["Gus Sample"] == "general_user"


@pytest.mark.parametrize(("order", "job"), [(("review", "enable"), True), (("enable", "review"), False)])
def test_both_administrators_lapse_by_both_clocks(
    world: World, lou: Account, eve: Account, finn: Account, order: tuple[str, str], *, job: bool
) -> None:
    """ORG-4, section 3: unused and unreviewed, each lifted by itself, job or no job; nobody is promoted."""
    bea = world.member(world.maple, "Bea Placeholder", role="backup_administrator", enabled_at=START, verified_at=START)
    world.time.now = START + 90 * DAY
    if job:
        _run()
        assert [item["name"]["S"] for item in stored.outbox()].count("organization.without_administrator") == 1
        shown = {(item["card"]["name"], item["need"]) for item in _items(world.browser(eve))}
        names = ("Lou Placeholder", "Bea Placeholder")
        assert shown == {(name, need) for name in names for need in ("review", "enable")}
    people = world.browser(eve), world.browser(finn)
    for need in order:
        item = _left(world, eve, bea, need)
        assert [_decide(each, item).json["state"] for each in people] == ["waiting", "done"]
    assert _sign_in(world, bea) == "in"
    assert _sign_in(world, lou) == "account_suspended"
    roster = rosters.roster(world.maple.id)
    assert roster.seat == lou.mailbox
    assert roster.backups == {bea.mailbox}
    # From here on it is the practice's again: the other one is theirs to bring back.
    other = accounts.membership(world.maple.id, lou.mailbox)
    assert other is not None
    item["card"] |= {"id": other.id, "version": other.entries}
    assert _decide(people[0], item).code == "another_administrator"


def _left(world: World, actor: Account, account: Account, need: str) -> dict[str, Any]:
    """What the list shows of somebody, whether or not a job has put the practice there yet."""
    assert isinstance(actor.actor, Staff)
    found = left_to_plan.of_practice(actor.actor, world.maple.id, world.time.now)
    (one,) = [one for one in found if one.seen.card.id == account.mailbox and one.need == need]
    card = {"id": account.mailbox, "seen": cards.digest(one.seen.card), "version": one.seen.card.version}
    return {"organization": {"id": world.maple.id}, "need": need, "card": card}


def test_never_somebody_of_the_practice(world: World, lou: Account, eve: Account) -> None:
    """REV-2: neither as first nor as second, nor to take back what others decided."""
    insider = world.agent("Ines Fictional", roles=("enrollment",))
    world.also_member(insider, world.maple)
    world.time.now = START + 80 * DAY
    _run()
    browser = world.browser(insider)
    (item,) = _items(browser)
    assert item["own"] is True
    assert (_decide(browser, item).status, _decide(browser, item).code) == (403, "of_organization")
    assert _decide(world.browser(eve), item).json == {"state": "waiting"}
    assert _decide(browser, item).code == "of_organization"
    path = f"/administrator-reviews/{world.maple.id}/{lou.mailbox}/withdraw"
    assert browser.post(path, {"need": "review", "first_at": _first_at(item)}).code == "of_organization"


def test_a_first_decision_that_counts_no_more(world: World, lou: Account, eve: Account, finn: Account) -> None:
    """REV-2: withdrawn, over after 72 hours, by somebody who left, or about a card that has changed."""
    world.time.now = START + 80 * DAY
    _run()
    browser, path = world.browser(eve), f"/administrator-reviews/{world.maple.id}/{lou.mailbox}/withdraw"
    (item,) = _items(browser)
    assert _decide(browser, item).json == {"state": "waiting"}
    withdrawn = {"need": "review", "first_at": _first_at(item)}
    assert browser.post(path, withdrawn).status == 204
    assert browser.post(path, withdrawn).status == 404
    assert _decide(browser, item).json == {"state": "waiting"}
    world.time.advance(hours=72)
    assert _items(world.browser(finn))[0]["confirmed_by"] is None
    assert _decide(world.browser(finn), item, first_at=None).json == {"state": "waiting"}
    # What they do by being there changes the card, and not what the first of two decided about.
    world.browser(lou)
    (item,) = _items(world.browser(eve))
    assert item["confirmed_by"] is not None
    assert world.browser(eve).post(path, {"need": "review", "first_at": _first_at(item)}).status == 204
    (item,) = _items(world.browser(eve))
    assert _decide(world.browser(eve), item).json == {"state": "waiting"}
    paula = world.browser(world.agent("Paula Fictional", roles=("plan_administrator",)))
    answer = paula.post(f"/staff/{eve.user.id}/disable", {"comment": "Left"}, **{"If-Match": '"0"'})
    assert answer.status == 200
    assert _decide(world.browser(finn), item).json == {"state": "waiting"}


def test_nobody_confirms_what_they_have_not_seen(world: World, lou: Account, eve: Account, finn: Account) -> None:
    """REV-2, PLT-3: a first decision that came, went or was made anew since then is shown first."""
    world.time.now = START + 80 * DAY
    _run()
    browser, other = world.browser(eve), world.browser(finn)
    path = f"/administrator-reviews/{world.maple.id}/{lou.mailbox}/withdraw"
    (item,) = _items(other)
    assert _decide(browser, item).json == {"state": "waiting"}
    assert _decide(other, item, first_at=None).code == "changed_meanwhile"
    seen = _items(other)[0]["confirmed_by"]["at"]
    world.time.advance(seconds=1)
    assert browser.post(path, {"need": "review", "first_at": seen}).status == 204
    assert _decide(other, item, first_at=seen).code == "changed_meanwhile"
    assert _decide(browser, item, reason="Met them").json == {"state": "waiting"}
    assert _decide(other, item, first_at=seen).code == "changed_meanwhile"
    assert other.post(path, {"need": "review", "first_at": seen}).code == "changed_meanwhile"
    assert _decide(other, item, first_at=_items(other)[0]["confirmed_by"]["at"]).json == {"state": "done"}


def test_who_is_on_both_lists_is_shown_once(world: World, lou: Account, eve: Account) -> None:
    """REV-2, ORG-4: the one job has found that nobody acts there any more, the other hasn't looked since."""
    world.time.now = START + 80 * DAY
    _run()
    world.time.now = START + 90 * DAY
    assert timers.work("inactivity_lockout", INACTIVITY, clock.now(), lambda: True).finished
    assert (states.sole(None, 9), rosters.without_administrator(None, 9)) == ([world.maple.id], [world.maple.id])
    assert sorted(item["need"] for item in _items(world.browser(eve))) == ["enable", "review"]


def test_removing_one_who_lapsed(world: World, lou: Account, eve: Account, finn: Account) -> None:
    """REV-3, ORG-4: two may also let somebody go who lapsed; the practice has none then, and a successor is found."""
    world.time.now = START + 80 * DAY
    _run()
    world.time.now = START + 90 * DAY
    (item, *_) = _items(world.browser(eve))
    for person, state in ((eve, "waiting"), (finn, "done")):
        assert _decide(world.browser(person), item, decision="remove").json == {"state": state}
    roster = rosters.roster(world.maple.id)
    assert (roster.seat, roster.active) == (None, frozenset())
    assert _items(world.browser(eve)) == []
    assert _sign_in(world, lou) == "no_membership"


def test_a_flagged_one_needs_a_reason(world: World, lou: Account, eve: Account) -> None:
    """REV-3: never signed in, and the first of the two says why they are kept."""
    world.time.now = START + 80 * DAY
    _run()
    browser = world.browser(eve)
    (item,) = _items(browser)
    assert item["card"]["flags"] == ["never_signed_in"]
    assert _decide(browser, item, reason="").fields == {("/reason", "needs_reason")}


def test_others_have_no_business_there(world: World, lou: Account, eve: Account) -> None:
    """S-AZ-13: neither other roles, nor members who aren't administrators."""
    world.time.now = START + 80 * DAY
    _run()
    (item,) = _items(world.browser(eve))
    helpdesk = world.browser(world.agent("Otto Fictional", roles=("helpdesk",)))
    assert helpdesk.get("/administrator-reviews").status == 403
    assert _decide(helpdesk, item).status == 403
    general = {**item, "card": {**item["card"], "id": world.gina.mailbox}}
    general["card"]["version"] = 0
    # Whoever is no administrator is theirs to decide about.
    assert _decide(world.browser(eve), general).code == "another_administrator"
