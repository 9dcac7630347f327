"""A walk through the pages of the portal, in either language, for what is asked of every page."""

import json

from playwright.sync_api import Page, expect

from tests.browser.conftest import FRONTEND, Portal


class Tour:
    """Somebody at a browser in one language, by the words of its catalogue."""

    def __init__(self, page: Page, portal: Portal, language: str) -> None:
        self.page = page
        self.portal = portal
        self.language = language
        self.texts: dict[str, str] = {}
        for catalogue in (FRONTEND / "src" / "texts").glob(f"*{language}.json"):
            self.texts |= json.loads(catalogue.read_text("utf-8"))

    def open(self, name: str) -> None:
        """A member from the list."""
        self.go("/users")
        self.page.get_by_role("link", name=name).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)
        expect(self.page.get_by_text(self.texts["users.history"])).to_be_visible()

    def sign_in_as(self, name: str) -> None:
        person = self.portal.person(name)
        self.sign_in(person["email"], person["password"])
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)

    def sign_in(self, email: str, password: str) -> None:
        self.page.get_by_label(self.texts["signIn.email"], exact=True).fill(email)
        self.page.get_by_label(self.texts["signIn.password"], exact=True).fill(password)
        self.button("signIn.submit")
        person = next((one for one in self.portal.people() if one["email"] == email), None)
        if person is not None and person["totp_secret"]:
            self.page.get_by_label(self.texts["code.label"]).fill(self.portal.code(person))
            self.button("stage.goOn")

    def switch_language(self) -> None:
        root = self.page.locator("html")
        if root.get_attribute("lang") != self.language:
            self.page.get_by_role("button", name="Español" if self.language == "es" else "English").click()
        expect(root).to_have_attribute("lang", self.language)

    def button(self, key: str) -> None:
        self.page.get_by_role("button", name=self.texts[key], exact=True).click()

    def mailbox(self) -> str:
        listed = self.page.evaluate("fetch('/api/mailboxes').then(answer => answer.json())")
        return str(listed["items"][0]["id"])

    def go(self, path: str) -> None:
        # Within the app: loading anew would lose the language that was chosen.
        self.page.evaluate("path => history.pushState({}, '', path)", path)
