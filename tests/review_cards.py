"""A practice that reviews its people, in tests."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from chalicelib.access_reviews import dossiers
from chalicelib.access_reviews.domain import cards as domain
from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership
from chalicelib.accounts.domain import roster as roster_rules
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Role, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.plan import store as plan
from tests.portal import Answer, Browser
from tests.world import START, Account, World

LONG_AGO = START - timedelta(days=80)
"""Due within the first reminder at START."""


class Office:
    """A practice with both administrators, whose people were verified at given instants."""

    def __init__(self, world: World, verified_at: datetime = LONG_AGO) -> None:
        self.world = world
        self.lou = self.employ("Lou Placeholder", verified_at, role="local_administrator")
        self.bea = self.employ("Bea Placeholder", verified_at, role="backup_administrator")

    def employ(self, name: str, verified_at: datetime | None, role: Role = "general_user") -> Account:
        """Somebody of the practice, who is in use since they were verified."""
        return self.world.member(
            self.world.maple, name, role=role, verified_at=verified_at, enabled_at=self.world.time.now
        )

    def put(self, account: Account, **changes: object) -> None:
        """Somebody is stored otherwise, and the roster sees it."""
        before = self.membership(account)
        after = msgspec.structs.replace(before, **changes)
        change = Change(system("test"), Entry(action="test.put"), self.world.time.now)
        change.put(accounts.membership_row(after))
        roster = rosters.roster(self.world.maple.id)
        saving.plan_roster(change, roster, roster_rules.lapsed(roster, after))
        change.commit(None)

    def call(self, by: datetime) -> None:
        """The plan calls a review of everybody."""
        settings = msgspec.structs.replace(plan.settings(), review_called_at=self.world.time.now, review_by=by)
        change = Change(system("test"), Entry(action="test.call"), self.world.time.now)
        change.put(plan.settings_row(settings))
        change.commit(None)

    def membership(self, account: Account) -> Membership:
        """Somebody as they are stored."""
        found = accounts.membership(self.world.maple.id, account.mailbox)
        assert found is not None
        return found


def good_decision(world: World) -> dict[str, Any]:
    """About somebody who is due and was never there, with a reason."""
    due = world.member(world.maple, f"Rae Sample {world.number()}", verified_at=LONG_AGO)
    found = accounts.membership(world.maple.id, due.mailbox)
    assert found is not None
    rows = DirectoryRows(dossiers.practice_keys(world.maple.id))
    shown = dossiers.seen(dossiers.practice_among(rows, world.maple.id), [found], world.time.now)[found.id].card
    return {"membership_id": found.id, "decision": "keep", "seen": domain.digest(shown), "reason": "Why"}


def cards(browser: Browser, who: str = "open") -> dict[str, dict[str, Any]]:
    """Every card of a review by name, over all its pages."""
    found: dict[str, dict[str, Any]] = {}
    cursor = ""
    while True:
        page = browser.get(f"/reviews?who={who}{cursor}").json
        found |= {card["name"]: card for card in page["items"]}
        if page["next_cursor"] is None:
            return found
        cursor = f"&cursor={page['next_cursor']}"


def card(browser: Browser, account: Account) -> dict[str, Any]:
    """Somebody's card as it is now."""
    answer = browser.get(f"/reviews/{account.mailbox}")
    assert answer.status == 200, answer.text
    return dict(answer.json)


def decide(browser: Browser, shown: dict[str, Any], decision: str = "keep", reason: str = "", **asked: Any) -> Answer:
    """A decision about what a card shows."""
    body = {"decision": decision, "seen": shown["seen"], "reason": reason, **asked}
    return browser.post(f"/reviews/{shown['id']}", body, **{"If-Match": f'"{shown["version"]}"'})
