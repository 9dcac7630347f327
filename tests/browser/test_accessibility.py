"""Every page by axe, on a wide screen and on one of 320 px, in both languages (PLT-1)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser import screens
from tests.browser.conftest import Portal
from tests.browser.tour import Tour, aboard, messages, nominations, overview, people, records, reviews, stops, waiting

_SIZES: dict[str, ViewportSize] = {"wide": {"width": 1280, "height": 900}, "narrow": {"width": 320, "height": 640}}
# The long ones first: two processes share them.
_WALKS = (
    waiting.waiting,
    messages.member,
    people.access_and_staff,
    messages.writing,
    people.users,
    people.cases,
    messages.desk,
    people.profile,
    records.records,
    stops.stops,
    aboard.aboard,
    overview.overview,
    reviews.reviews,
    nominations.nominations,
)
_FOLDER = os.environ.get("PORTICO_SCREENSHOTS")


# Each size is walked in one language, and every page looked at in both: how wide the screen is, only styles ask.
@pytest.mark.parametrize(("language", "walked"), [("en", "wide"), ("es", "narrow")])
@pytest.mark.parametrize("walk", _WALKS, ids=lambda walk: walk.__name__)
def test_every_page_is_accessible_and_fits(
    quiet: Page, portal: Portal, axe: str, language: str, walked: str, walk: Callable[[Tour], Iterator[str]]
) -> None:
    """PLT-1: WCAG 2.2 AA as far as axe sees, nothing wider than the screen. PORTICO_SCREENSHOTS keeps pictures.

    Whom staff write to, and drafts (MSG-1, MSG-2); the desk of a department (MSG-6).
    Messages and User Management (ACC-3, ACC-4); several organizations, asking for access, staff accounts (ACC-8, ACC-9,
    ACC-11); what waits for administrators, files, and backup first (ORG-3); one's own
    profile (PLT-4); the helpdesk's cases (CRD-5); legal holds and records (MSG-10);
    addresses that mail comes back from (NOT-4); the access review (REV-3, REV-5); nominations (ORG-1);
    practices, waves and what two of enrollment change (ORG-2, ORG-9).
    """
    quiet.set_viewport_size(_SIZES[walked])
    others = [size for size in _SIZES if size != walked]
    for where in walk(Tour(quiet, portal, language)):
        _check(quiet, axe, f"{where}-{walked}-{language}")
        for size in others:
            quiet.set_viewport_size(_SIZES[size])
            _check(quiet, axe, f"{where}-{size}-{language}")
        quiet.set_viewport_size(_SIZES[walked])


def _check(page: Page, axe: str, where: str) -> None:
    screens.check_width(page, where)
    screens.check_accessibility(page, axe, where)
    if _FOLDER:
        page.screenshot(path=Path(_FOLDER) / f"{where}.png", full_page=True)
