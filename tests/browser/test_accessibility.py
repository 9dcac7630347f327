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


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_of_access_and_staff(quiet: Page, portal: Portal, axe: str, size: str, language: str) -> None:
    """PLT-1: the same for switching organizations, asking for access (ACC-8, ACC-9) and staff accounts (ACC-11)."""
    width, height = _SIZES[size]
    quiet.set_viewport_size({"width": width, "height": height})
    for where in _Tour(quiet, portal, language).access_and_staff():
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
        for catalogue in (FRONTEND / "src" / "texts").glob(f"*{language}.json"):
            self._texts |= json.loads(catalogue.read_text("utf-8"))

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
        self._button("nav.signOut")
        yield from self._user_management()

    def _user_management(self) -> Iterator[str]:
        page = self._page
        person = self._portal.person("Lou Placeholder")
        self._sign_in(person["email"], person["password"])
        expect(page.get_by_role("heading", level=1)).to_contain_text("Lou Placeholder")
        self._go("/users")
        expect(page.get_by_role("row").filter(has_text="Gina Sample")).to_be_visible()
        yield "users"
        self._go("/users/new")
        expect(page.get_by_label(self._texts["users.workEmail"])).to_be_visible()
        self._button("users.create.submit")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "new-user"
        self._go("/users")
        page.get_by_role("link", name="Gina Sample").click()
        expect(page.get_by_text(self._texts["users.history.empty"])).to_be_visible()
        yield "user"
        self._button("users.move.disable")
        expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
        yield "user-disable"
        page.keyboard.press("Escape")
        self._go("/users")
        page.get_by_role("link", name="Lou Placeholder").click()
        expect(page.get_by_text(self._texts["users.update.ownBody"])).to_be_visible()
        yield "user-own"
        self._go("/users/administrators")
        self._button("users.handover")
        expect(page.get_by_role("dialog").get_by_text("Gina Sample")).to_be_visible()
        yield "handover"
        page.keyboard.press("Escape")
        yield "administrators"
        self._go("/users/import")
        page.get_by_text(self._texts["users.import.columns"]).click()
        yield "import"

    def access_and_staff(self) -> Iterator[str]:
        """As `pages`, in accounts of several kinds."""
        self._page.goto(self._portal.address)
        self._switch_language()
        yield from self._access()
        self._button("nav.signOut")
        yield from self._staff()

    def _access(self) -> Iterator[str]:
        """Somebody with two organizations, in the one where they are a general user."""
        page = self._page
        person = self._portal.person("Bea Placeholder")
        self._sign_in(person["email"], person["password"])
        self._button("switch.button")
        yield "organizations"
        page.get_by_role("banner").get_by_text("Birch Sample Pediatrics").click()
        expect(page.get_by_text(self._texts["access.about.claims"])).to_be_visible()
        yield "home-features"
        self._go("/features/claims")
        self._button("access.request")
        expect(page.get_by_text(self._texts["access.requestedBody"])).to_be_visible()
        yield "feature-refused"
        self._go("/features/eligibility")
        expect(page.get_by_text(self._texts["access.comingBody"])).to_be_visible()
        yield "feature"
        self._button("nav.signOut")
        person = self._portal.person("Lena Specimen")
        self._sign_in(person["email"], person["password"])
        expect(page.get_by_role("region", name=self._texts["attention.title"])).to_contain_text("Bea Placeholder")
        yield "home-attention"

    def _staff(self) -> Iterator[str]:
        page = self._page
        person = self._portal.person("Paula Fictional")
        self._sign_in(person["email"], person["password"])
        expect(page.get_by_text(self._texts["staff.home.admin"])).to_be_visible()
        yield "home-staff"
        self._go("/staff")
        expect(page.get_by_role("row").filter(has_text="Ada Fictional")).to_be_visible()
        yield "staff"
        self._go("/staff/new")
        expect(page.get_by_text("BH Care Management")).to_be_visible()
        self._button("staff.submit")
        expect(page.get_by_role("alert").first).to_be_visible()
        yield "new-staff"
        self._go("/staff")
        page.get_by_role("link", name="Ada Fictional").click()
        expect(page.get_by_text(self._texts["users.history.empty"])).to_be_visible()
        yield "staff-account"
        self._button("users.move.disable")
        expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
        yield "staff-disable"
        page.keyboard.press("Escape")

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
