"""Asking for access, and what needs an administrator's attention, in a real browser (ACC-9, NOT-5)."""

from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal


def test_asking_and_granting(quiet: Page, portal: Portal) -> None:
    """ACC-9: the refusal says so, names the administrators and offers to ask; it reaches them as a task."""
    page = quiet
    screens.sign_in(page, portal, "Bea Placeholder")
    screens.open_organization(page, "Birch Sample Pediatrics")
    page.get_by_role("link", name="How to get access to Claims").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your access does not include Claims")
    for name in ("Lena Specimen", "Bruno Specimen"):
        expect(page.get_by_role("listitem").filter(has_text=name)).to_be_visible()
    page.get_by_role("button", name="Request access").click()
    expect(page.get_by_text("You have requested access.")).to_be_visible()
    expect(page.get_by_role("button", name="Request access")).to_have_count(0)
    page.goto(portal.address)
    expect(page.get_by_role("listitem").filter(has_text="Claims").first).to_contain_text("Requested")
    screens.sign_out(page)

    screens.sign_in(page, portal, "Lena Specimen")
    task = page.get_by_role("region", name="Needs your attention")
    expect(task).to_contain_text("1 person asks for access")
    task.get_by_role("link", name="Bea Placeholder").click()
    page.get_by_role("button", name="Grant", exact=False).first.click()
    expect(page.get_by_role("button", name="Grant", exact=False)).to_have_count(0)
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("region", name="Needs your attention")).not_to_contain_text("Bea Placeholder")
    screens.sign_out(page)

    screens.sign_in(page, portal, "Bea Placeholder")
    screens.open_organization(page, "Birch Sample Pediatrics")
    page.get_by_role("link", name="Open Claims").click()
    expect(page.get_by_text("You have access.")).to_be_visible()
