"""The second factor on the screens: what an authenticator app shows, and setting one up at sign-in (CRD-9)."""

from datetime import datetime, timedelta

import pyotp
from playwright.sync_api import Page, expect

from tests.browser.conftest import Portal

_WELCOME = "Welcome"
_ENROLL = "Set up a second step"
_CODE = "Enter your code"


class App:
    """An authenticator app at the portal's time; each code it shows is a later one, as none works twice."""

    def __init__(self, portal: Portal, seed: str) -> None:
        self._portal = portal
        self._totp = pyotp.TOTP(seed.replace(" ", ""))
        self._last: datetime | None = None

    def code(self) -> str:
        """The code of now, of the next half minute after that, and so on."""
        now = datetime.fromisoformat(self._portal.console("GET", "clock")["now"])
        step = now if self._last is None else max(now, self._last + timedelta(seconds=30))
        self._last = step
        return self._totp.at(step)


def sign_in(page: Page, portal: Portal, name: str, password: str | None = None) -> App | None:
    """Sign in as a demo person; who has to sets up a second factor first. Returns their app then."""
    person = portal.person(name)
    page.goto(portal.address)
    page.get_by_label("Email", exact=True).fill(person["email"])
    page.get_by_label("Password", exact=True).fill(password or person["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading = page.get_by_role("heading", level=1)
    expect(
        heading.filter(has_text=_WELCOME).or_(heading.filter(has_text=_ENROLL)).or_(heading.filter(has_text=_CODE))
    ).to_be_visible()
    told = heading.inner_text()
    app = None
    if _ENROLL in told:
        app = enroll(page, portal)
    elif _CODE in told:
        app = App(portal, person["totp_secret"])
        page.get_by_role("textbox", name="Code").fill(app.code())
        page.get_by_role("button", name="Continue").click()
    expect(heading).to_contain_text(_WELCOME)
    return app


def enroll(page: Page, portal: Portal) -> App:
    """Go through the picture and the key, a first code and the recovery codes."""
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    app = App(portal, page.locator("code").first.inner_text())
    page.get_by_role("textbox", name="Code").fill(app.code())
    page.get_by_role("button", name="Continue").click()
    keep_codes(page)
    return app


def keep_codes(page: Page) -> list[str]:
    """Say that the recovery codes are kept. Returns them."""
    shown = page.get_by_role("list", name="Recovery codes")
    expect(shown.get_by_role("listitem")).to_have_count(10)
    codes = shown.get_by_role("listitem").all_inner_texts()
    page.get_by_label("I have kept these codes").check()
    page.get_by_role("button", name="Continue").click()
    return codes
