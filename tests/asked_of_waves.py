"""Waves and imports of organizations (ORG-2), as tests of every route need them."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.core import ids, work_imports
from chalicelib.core.access import Staff, system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict
from chalicelib.core.journal import Entry
from chalicelib.core.work_imports import ImportBody
from chalicelib.enrollment.actions import imports
from chalicelib.enrollment.domain import waves as rules
from chalicelib.enrollment.domain.waves import Wave
from chalicelib.enrollment.store import waves as store
from chalicelib.plan import store as plan_store
from tests import works
from tests.world import START, Account, World

Values = dict[str, dict[str, Any]]
FILE = b"name,tin,npis,executive_name,executive_email\r\nYew Example,900000900,1234567893,,\r\n"
NEW = {"name": "Spring wave", "send_on": "2026-04-01", "end_on": "2026-05-01"}


def planned_wave(world: World) -> Wave:
    """A wave that sends in a week."""
    day = world.time.now.date()
    zone = ZoneInfo(plan_store.settings().time_zone)
    made = rules.new(
        ids.sortable("wav", world.time.now),
        f"Wave {world.number()}",
        day + timedelta(days=7),
        day + timedelta(days=60),
        zone,
    )
    planned = Change(system("test"), Entry(action="test.wave", object_id=made.id), world.time.now)
    store.create(planned, made, Conflict())
    planned.commit(None)
    return made


def announced(account: Account) -> str:
    """Id of a dry run of theirs that waits for its file; nobody's where organizations are not theirs to import."""
    if not isinstance(account.actor, Staff):
        return ids.new("wrk")
    return work_imports.announce(account.actor, imports.KINDS, ImportBody(4, works.SHA256), START).work_id


def good_values(world: World, of_plan: Account) -> Values:
    """Good values for the routes of both, by route."""
    browser = world.browser(of_plan)
    digest = works.digest(FILE)
    checked = works.checked(browser, FILE, "/organization-imports")
    return {
        "POST /waves": dict(NEW),
        "PATCH /waves/{wave_id}": {"wave_id": planned_wave(world).id, "version": 1, "name": "Summer wave"},
        "POST /waves/{wave_id}/organizations": {
            "wave_id": planned_wave(world).id,
            "organization_ids": [world.birch.id],
        },
        "POST /organization-imports": {"size": len(FILE), "sha256": digest},
        "GET /organization-imports/{work_id}/problems": {"work_id": checked},
        "POST /organization-imports/{work_id}/run": {"work_id": checked},
    }
