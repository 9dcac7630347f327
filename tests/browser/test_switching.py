"""A person with two organizations, in a real browser (ACC-8)."""

from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal


def test_switching_and_losing_one(quiet: Page, portal: Portal) -> None:
    """ACC-8: every page shows which one is open; nothing of the other is left; losing one leaves the other."""
    page = quiet
    screens.sign_in(page, portal, "Bea Placeholder")
    expect(page.get_by_role("banner")).to_contain_text("Organization: Maple Example Clinic")
    page.get_by_role("link", name="User Management", exact=False).first.click()
    expect(page.get_by_role("link", name="Gina Sample")).to_be_visible()

    screens.open_organization(page, "Birch Sample Pediatrics")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome, Bea Placeholder")
    expect(page.get_by_text("Gina Sample")).to_have_count(0)
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="User Management")).to_have_count(0)
    expect(page.get_by_role("region", name="Needs your attention")).to_contain_text("Nothing waits for you.")
    page.goto(f"{portal.address}/users")
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("User Management")
    expect(page.get_by_role("banner")).to_contain_text("Organization: Birch Sample Pediatrics")

    # Another tab of the same browser stays with what is open: it follows.
    other = page.context.new_page()
    other.goto(portal.address)
    expect(other.get_by_role("banner")).to_contain_text("Organization: Birch Sample Pediatrics")
    screens.open_organization(other, "Maple Example Clinic")
    expect(page.get_by_role("banner")).to_contain_text("Organization: Maple Example Clinic")
    screens.open_organization(page, "Birch Sample Pediatrics")
    expect(other.get_by_role("banner")).to_contain_text("Organization: Birch Sample Pediatrics")
    other.close()

    _disable(page, portal, "Lena Specimen", "Bea Placeholder")
    page.get_by_role("banner").get_by_role("link", name="Messages").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your access to this organization has changed")
    page.get_by_role("button", name="Open Maple Example Clinic").click()
    expect(page.get_by_role("banner")).to_contain_text("Organization: Maple Example Clinic")
    expect(page.get_by_role("button", name="Switch organization")).to_have_count(0)


def test_switching_by_keyboard(quiet: Page, portal: Portal, axe: str) -> None:
    """PLT-1: the menu opens, closes and switches by keys alone, and fits a narrow screen."""
    page = quiet
    page.set_viewport_size({"width": 320, "height": 640})
    screens.sign_in(page, portal, "Bea Placeholder")
    button = page.get_by_role("button", name="Switch organization")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    screens.check_width(page, "switch")
    screens.check_accessibility(page, axe, "switch")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("banner")).to_contain_text("Organization: Birch Sample Pediatrics")


def _disable(page: Page, portal: Portal, administrator: str, person: str) -> None:
    """Another person's browser, elsewhere."""
    assert page.context.browser is not None
    context = page.context.browser.new_context()
    elsewhere = context.new_page()
    screens.sign_in(elsewhere, portal, administrator)
    elsewhere.goto(f"{portal.address}/users")
    elsewhere.get_by_role("link", name=person).click()
    elsewhere.get_by_role("button", name="Disable", exact=True).click()
    dialog = elsewhere.get_by_role("dialog")
    dialog.get_by_label("Comment (required)").fill("Left the practice")
    dialog.get_by_role("button", name="Disable", exact=True).click()
    expect(dialog).to_be_hidden()
    context.close()
