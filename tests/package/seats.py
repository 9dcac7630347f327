"""Enrollment fills a vacant seat, and follows practices until they end."""

from collections.abc import Callable
from typing import Any

from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.organizations.domain import Organization
from tests import nominating, vacant_seats
from tests.world import World


def fill(world: World, ask: Callable[..., Any], publish: Callable[[], None]) -> None:
    """A backup gets the seat, which puts the practice on the lists; it leaves them when it is closed."""
    browser = world.browser(nominating.enrollment(world, "Elsa Fictional"))
    practice, backup = vacant_seats.practice(world)
    path = f"/organizations/{practice.id}/seat"
    ask(browser, "GET", path)
    ask(browser, "POST", path, {"membership_id": backup.mailbox})
    invited = vacant_seats.good_invitation(world)
    ask(browser, "POST", "/organizations/{organization_id}/invitations/{membership_id}".format(**invited), {})
    publish()
    assert practice.id in {one["organization"]["id"] for one in ask(browser, "GET", "/onboarding")["items"]}
    nominating.edit(world, practice, closed_at=world.time.now)
    happens(world, practice)
    publish()
    assert ask(browser, "GET", "/onboarding?lacks=no_backup")["items"] == []


def happens(world: World, organization: Organization) -> None:
    """Something that enrollment follows."""
    told = Change(system("set-up"), Entry(action="test.happened"), world.time.now)
    told.emit("organization.enrolled", organization_id=organization.id)
    told.commit(None)
