"""Ten years later: what is deleted, what is held, and by whom, for the tests of retention (MSG-10)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from chalicelib.core import timers
from chalicelib.core.access import StaffRole
from chalicelib.retention import domain
from chalicelib.retention.actions import job
from chalicelib.retention.actions.job import Worked
from chalicelib.subscriptions.housekeeping import HOUSEKEEPING
from tests.portal import Answer, Browser
from tests.world import START, Account, World

YEARS = 10
SECOND = timedelta(seconds=1)


class Deciders:
    """A plan administrator and an auditor of the plan, and who is both."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.paula = self._person("Paula Fictional", "plan_administrator")
        self.audra = self._person("Audra Fictional", "auditor")
        self.bodo = self._person("Bodo Fictional", "plan_administrator", "auditor")

    def _person(self, name: str, *roles: StaffRole) -> Account:
        return self.world.agent(f"{name} {self.world.number()}", roles=roles)

    def browser(self, account: Account) -> Browser:
        """They sign in anew, which proves who they are."""
        return self.world.browser(account)

    def ask(self, account: Account, kind: str, id_: str) -> Answer:
        """Somebody asks that something be held."""
        self.world.time.advance(seconds=1)
        body = {"subject": {"kind": kind, "id": id_}, "reason": "Matter 7 of the example court"}
        return self.browser(account).post("/legal-holds", body)

    def move(self, account: Account, hold: Any, move: str, **more: str) -> Answer:
        """Somebody does something with a hold as they have it."""
        self.world.time.advance(seconds=1)
        headers = {"If-Match": f'"{hold["version"]}"'}
        return self.browser(account).send("POST", f"/legal-holds/{hold['id']}/moves", {"move": move, **more}, headers)

    def hold(self, kind: str, id_: str) -> Any:
        """Both set a hold."""
        asked = self.ask(self.paula, kind, id_)
        assert asked.status == 201, asked.text
        confirmed = self.move(self.audra, asked.json, "confirm")
        assert confirmed.status == 200, confirmed.text
        return confirmed.json

    def lift(self, hold: Any) -> Any:
        """Both lift it."""
        asked = self.move(self.audra, hold, "ask_to_lift", reason="The matter is closed")
        assert asked.status == 200, asked.text
        lifted = self.move(self.paula, asked.json, "confirm_lift")
        assert lifted.status == 200, lifted.text
        return lifted.json


def over(sent_at: datetime = START) -> datetime:
    """The instant from which on something is due."""
    return domain.ends_at(sent_at, YEARS)


def run(now: datetime, times: Iterator[bool] | None = None) -> Worked:
    """A run of the job at that moment, with time for as much as is said."""
    return job.delete_due(now, lambda: True if times is None else next(times, False))


def sweep(now: datetime) -> Worked:
    """A run of the job, then of the housekeeping, which removes the files."""
    worked = run(now)
    assert timers.work("housekeeping", HOUSEKEEPING, now, lambda: True).failed == 0
    return worked
