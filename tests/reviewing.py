"""Reviews by their clock: what the job does at an instant, what was told, and what a review decides."""

import json
from datetime import datetime

import msgspec

from chalicelib.access_reviews.actions import clock as review_clock
from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership, statuses
from chalicelib.accounts.store import rosters
from chalicelib.core import tables, timers
from chalicelib.core.access import Member, system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.plan import store as plan
from tests import later, stored
from tests.world import Account


def run(now: datetime) -> timers.Worked:
    """The job at an instant."""
    return timers.work("revalidation_reminders", {"review": review_clock.look}, now, lambda: True)


def told(name: str) -> list[dict[str, str]]:
    """The facts of the events of a name, in order."""
    return [json.loads(item["ids"]["S"]) for item in stored.outbox() if item["name"]["S"] == name]


def reminded(organization_id: str) -> list[str]:
    """The stages that an organization was reminded of, in order."""
    return [fact["days"] for fact in told("review.reminded") if fact["organization_id"] == organization_id]


def waiting() -> list[str]:
    """The timers of reviews."""
    keys = [item["sk"]["S"] for item in stored.items(tables.ShortLivedRow) if item["cls"]["S"] == "timer"]
    return [key for key in keys if "#review#" in key]


def membership(account: Account) -> Membership:
    """How somebody's membership is stored."""
    assert isinstance(account.actor, Member)
    found = accounts.membership(account.actor.organization_id, account.actor.membership_id)
    assert found is not None
    return found


def verify(account: Account, now: datetime) -> None:
    """A review decides to keep somebody."""
    move(account, "verify", now)


def move(account: Account, verb: statuses.Move, now: datetime) -> None:
    """An administrator, or a review, moves somebody's membership."""
    before = membership(account)
    planned = Change(system("test"), Entry(action="test.moved"), now)
    roster = rosters.roster(before.organization_id)
    saving.plan(planned, roster, before, statuses.moved(before, verb, now))
    planned.commit(None)


def set_plan(**changes: object) -> None:
    """The plan chooses other numbers."""
    later._write(plan.settings_row(msgspec.structs.replace(plan.settings(), **changes)))
