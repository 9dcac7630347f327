"""Every page by axe, on a wide screen and on one of 320 px, in both languages (PLT-1)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import screens
from tests.browser.conftest import Portal
from tests.browser.tour import Tour

_SIZES = {"wide": (1280, 900), "narrow": (320, 640)}
_WALKS = (Tour.pages, Tour.writing, Tour.access_and_staff, Tour.desk, Tour.waiting, Tour.profile, Tour.cases)
_FOLDER = os.environ.get("PORTICO_SCREENSHOTS")


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("walk", _WALKS, ids=lambda walk: walk.__name__)
def test_every_page_is_accessible_and_fits(
    quiet: Page, portal: Portal, axe: str, size: str, language: str, walk: Callable[[Tour], Iterator[str]]
) -> None:
    """PLT-1: WCAG 2.2 AA as far as axe sees, nothing wider than the screen. PORTICO_SCREENSHOTS keeps pictures.

    Whom staff write to, and drafts (MSG-1, MSG-2); the desk of a department (MSG-6).
    Messages and User Management (ACC-3, ACC-4); several organizations, asking for access, staff accounts (ACC-8, ACC-9,
    ACC-11); what waits for administrators, files, and backup first (ORG-3); one's own
    profile (PLT-4); the helpdesk's cases (CRD-5).
    """
    width, height = _SIZES[size]
    quiet.set_viewport_size({"width": width, "height": height})
    for where in walk(Tour(quiet, portal, language)):
        screens.check_width(quiet, where)
        screens.check_accessibility(quiet, axe, where)
        if _FOLDER:
            quiet.screenshot(path=Path(_FOLDER) / f"{where}-{size}-{language}.png", full_page=True)
