"""Practices come aboard in waves: a file of them, a wave that is sent and reminded of, practices that are chased."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import requests

from chalicelib.core import clock
from local.schedules import scheduled_event
from tests import nominating, sweeps, works
from tests.asked_of_waves import FILE
from tests.portal import Browser
from tests.world import World

Ask = Callable[..., Any]
Call = Callable[[str, Mapping[str, Any]], Any]
_JOB = "enrollment_clock"
_DAY = timedelta(days=1)


def come_aboard(world: World, ask: Ask, call: Call, publish: Callable[[], None]) -> None:
    """Three practices of a wave; one without a backup administrator, which ends before it is chased again."""
    enid = world.agent("Enid Fictional", roles=("enrollment",))
    alone = world.organization("700000078", "Aspen Example Practice")
    joins = nominating.with_executive(world, world.organization("700000079", "Larch Example Practice"))
    world.member(alone, "Ava Placeholder", role="local_administrator")
    browser, day = world.browser(enid), world.time.now.date()
    wave = ask(
        browser, "POST", "/waves", {"name": "Wave", "send_on": str(day + _DAY), "end_on": str(day + 60 * _DAY)}, 201
    )
    path = f"/waves/{wave['id']}"
    _import(ask, browser, publish)
    edit = {"name": "First wave"}
    ask(browser, "PATCH", path, edit, version=ask(browser, "GET", path)["version"])
    for _ in range(2):
        ask(browser, "POST", f"{path}/organizations", {"organization_ids": [alone.id, joins.id]})
    publish()
    ask(browser, "GET", "/waves")
    ask(browser, "GET", f"{path}/organizations")
    sweeps.ran_until("enrollment", world.time.now)
    # In the night the wave can't begin, and what is due waits for the day.
    sends = datetime.fromisoformat(wave["send_at"])
    _run(world, call, sends - timedelta(hours=5), 0)
    _run(world, call, sends, 1)
    publish()
    _run(world, call, sends + 8 * _DAY, 1)
    publish()
    nominating.edit(world, alone, closed_at=world.time.now)
    _run(world, call, sends + 30 * _DAY, 1)
    publish()


def _run(world: World, call: Call, at: datetime, least: int) -> None:
    world.time.now = at
    worked = call(_JOB, scheduled_event(_JOB, clock.now()))
    assert (worked["failed"], worked["finished"]) == (0, 1), worked
    assert worked["done"] >= least, worked


def _import(ask: Ask, browser: Browser, publish: Callable[[], None]) -> None:
    imports = "/organization-imports"
    announced = ask(browser, "POST", imports, {"size": len(FILE), "sha256": works.digest(FILE)}, 201)
    sent = requests.post(announced["url"], data=announced["fields"], files={"file": FILE}, timeout=5)
    assert sent.status_code == 204, sent.text
    ask(browser, "POST", f"/work/{announced['work_id']}/begin", {})
    publish()
    ask(browser, "GET", f"{imports}/{announced['work_id']}/problems")
    ask(browser, "POST", f"{imports}/{announced['work_id']}/run", {}, 202)
    publish()
