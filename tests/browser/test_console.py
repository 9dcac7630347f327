"""The console's page in a real browser: its buttons, and mails as a program for mail shows them."""

from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal


def test_a_mail_is_read_followed_and_comes_back(quiet: Page, portal: Portal, axe: str) -> None:
    """PLT-8, NOT-4: in a frame that runs nothing; its link opens the portal; administrators hear that it came back."""
    portal.console("POST", "settle")
    gina = portal.person("Gina Sample")["email"]
    quiet.goto(f"{portal.address}/_local")
    mail = quiet.locator("article").filter(has_text=gina).first
    mail.get_by_text("What became of it").click()
    mail.get_by_role("button", name="It came back for good").click()
    expect(quiet.get_by_role("heading", name="People")).to_be_visible()
    portal.console("POST", "settle")
    told = [found["to"] for found in portal.mails() if "no longer reach a person" in found["subject"]]
    assert len(told) == 2
    # Not in its frame, where nothing runs, axe neither.
    quiet.goto("about:blank")
    quiet.set_content(portal.mails()[0]["html"])
    screens.check_accessibility(quiet, axe, "mail")
    quiet.goto(f"{portal.address}/_local")
    quiet.frame_locator("iframe").first.get_by_role("link").click()
    expect(quiet.get_by_role("button", name="Sign in")).to_be_visible()
