"""Who comes to rights by a detour: switching, enabling, a call after a call (CRD-9, INA-1, REV-1, section 3)."""

from datetime import timedelta

from chalicelib.accounts.store import activities
from tests import inviting, later
from tests.portal import Answer, Browser
from tests.world import PASSWORD, START, Account, World

DAY = timedelta(days=1)


def _enable(browser: Browser, account: Account) -> Answer:
    path = f"/members/{account.mailbox}"
    headers = {"If-Match": f'"{browser.get(path).json["version"]}"'}
    return browser.send("POST", f"{path}/enable", {}, headers)


def test_an_administrator_anywhere_needs_a_second_factor(world: World) -> None:
    """CRD-9: whichever of their places opens first; who becomes one later can't switch there without."""
    later.ask_for_factors()
    tess = world.member(world.maple, "Tess Twofold")
    world.member(world.birch, "Bo Sample", role="local_administrator")
    there = world.also_member(tess, world.birch, role="backup_administrator")
    answer = world.browser().sign_in(tess.user.email, PASSWORD)
    assert (answer.status, answer.json["stage"]) == (201, "enroll")
    gus = world.member(world.maple, "Gus Twofold")
    there = world.also_member(gus, world.birch)
    browser = world.browser(gus)
    later.set_role(there, "backup_administrator")
    refused = browser.put("/session/membership", {"membership_id": there.mailbox})
    assert (refused.status, refused.code) == (403, "enrollment_required")
    assert browser.get("/mailboxes").status == 200


def test_enabled_after_their_review_came_due_they_are_suspended(world: World) -> None:
    """Section 3: an overdue review is not cleared by it, and the answer and the roster say so at once."""
    lola, bea = inviting.administrators(world)
    cole = world.member(world.maple, "Cole Sample", status="disabled", enabled_at=START, verified_at=START)
    world.time.now = START + 100 * DAY
    browser = world.browser(lola)
    enabled = _enable(browser, cole)
    assert (enabled.status, enabled.json["status"], enabled.json["causes"]) == (200, "suspended", ["suspended"])
    assert bea.mailbox


def test_somebody_who_only_waits_starts_no_clock(world: World) -> None:
    """INA-1: a request to register with another one's address, once enabled, prolongs nothing of theirs."""
    lola, _ = inviting.administrators(world)
    peter = world.member(world.birch, "Pia Sample", enabled_at=START)
    waiting = world.also_member(peter, world.maple)
    later.set_status(waiting, "verification_pending")
    world.time.now = START + 80 * DAY
    assert _enable(world.browser(lola), waiting).json["status"] == "unverified"
    assert activities.activity(peter.user.id).enabled_at is None
    world.time.now = START + 90 * DAY
    refused = world.browser().sign_in(peter.user.email, PASSWORD)
    assert (refused.status, refused.code) == (403, "account_inactive")


def test_a_second_call_gives_no_time_back(world: World) -> None:
    """REV-1: neither before the end of the first nor while the job may still have to show what it took."""
    emma = world.agent("Emma Fictional", roles=("enrollment",))

    def call(by: str) -> Answer:
        return world.browser(emma).post(
            "/review-calls", {"organization_ids": None, "by": by}, f"the-key-of-a-call-{by}"
        )

    assert call("2026-03-20").status in (201, 202)
    world.time.advance(days=2)
    refused = call("2026-04-20")
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "called_sooner")
    assert call("2026-03-15").status in (201, 202)
    world.time.advance(days=12)
    assert call("2026-04-20").status == 422
    world.time.advance(days=3)
    assert call("2026-04-20").status in (201, 202)
