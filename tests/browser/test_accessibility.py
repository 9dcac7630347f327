"""Every page by axe, on a wide screen and on one of 320 px, in both languages (PLT-1)."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import FRONTEND, Portal

_SIZES = {"wide": (1280, 900), "narrow": (320, 640)}
_FOLDER = os.environ.get("PORTICO_SCREENSHOTS")


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_accessible_and_fits(quiet: Page, portal: Portal, axe: str, size: str, language: str) -> None:
    """PLT-1: WCAG 2.2 AA as far as axe sees, nothing wider than the screen. PORTICO_SCREENSHOTS keeps pictures."""
    width, height = _SIZES[size]
    quiet.set_viewport_size({"width": width, "height": height})
    for where in _Tour(quiet, portal, language).pages():
        screens.check_width(quiet, where)
        screens.check_accessibility(quiet, axe, where)
        if _FOLDER:
            quiet.screenshot(path=Path(_FOLDER) / f"{where}-{size}-{language}.png", full_page=True)


class _Tour:
    """A walk through all pages in one language, by the words of its catalogue."""

    def __init__(self, page: Page, portal: Portal, language: str) -> None:
        self._page = page
        self._portal = portal
        self._language = language
        self._texts: dict[str, str] = {}
        for catalogue in (f"{language}.json", f"work.{language}.json"):
            self._texts |= json.loads((FRONTEND / "src" / "texts" / catalogue).read_text("utf-8"))

    def pages(self) -> Iterator[str]:
        """Yields the name of each page while it is shown."""
        page = self._page
        page.goto(self._portal.address)
        self._switch_language()
        self._sign_in("nobody@people.example", "Wrong-Password-1")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "sign-in"
        person = self._portal.person("Gina Sample")
        self._sign_in(person["email"], person["password"])
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gina Sample")
        self._switch_language()
        yield "home"
        for box in ("sent", "archived", "inbox"):
            self._go(f"/messages/{self._mailbox()}/{box}")
            expect(page.get_by_role("heading", level=1)).to_have_text(self._texts[f"messages.{box}"])
            yield box
        screens.row(page, "Re-credentialing date").get_by_role("link").first.click()
        expect(page.get_by_text("The application is due at the end of next month.")).to_be_visible()
        yield "thread"
        self._button("thread.reply")
        expect(page.locator("textarea")).to_be_visible()
        yield "reply"
        self._go(f"/messages/{self._mailbox()}/new")
        expect(page.locator("textarea")).to_be_visible()
        yield "compose"
        self._button("compose.addTo")
        expect(page.get_by_role("dialog")).to_contain_text("BH Care Management")
        yield "picker"
        page.keyboard.press("Escape")
        self._go("/help")
        expect(page.get_by_role("heading", level=1)).to_have_text(self._texts["help.title"])
        yield "help"
        self._go("/work")
        expect(page.get_by_role("heading", level=1)).to_have_text(self._texts["work.title"])
        expect(page.get_by_text(self._texts["work.none"])).to_be_visible()
        yield "work"

    def _sign_in(self, email: str, password: str) -> None:
        self._page.get_by_label(self._texts["signIn.email"], exact=True).fill(email)
        self._page.get_by_label(self._texts["signIn.password"], exact=True).fill(password)
        self._button("signIn.submit")

    def _switch_language(self) -> None:
        root = self._page.locator("html")
        if root.get_attribute("lang") != self._language:
            self._page.get_by_role("button", name="Español" if self._language == "es" else "English").click()
        expect(root).to_have_attribute("lang", self._language)

    def _button(self, key: str) -> None:
        self._page.get_by_role("button", name=self._texts[key], exact=True).click()

    def _mailbox(self) -> str:
        listed = self._page.evaluate("fetch('/api/mailboxes').then(answer => answer.json())")
        return str(listed["items"][0]["id"])

    def _go(self, path: str) -> None:
        # Within the app: loading anew would lose the language that was chosen.
        self._page.evaluate("path => history.pushState({}, '', path)", path)
