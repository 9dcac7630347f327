"""Access reviews as the plan sees them, and what the clocks do to its own staff, in a real browser."""

from datetime import datetime, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_DAY = 86_400
_REASON = "Called her on <b>the phone</b> on record"


def _pass(portal: Portal, days: int) -> None:
    """Days go by, with the job of the first and of the last one."""
    for ahead in (1, days - 1):
        portal.console("POST", "clock", {"advance_seconds": ahead * _DAY})
        portal.console("POST", "settle")
        portal.console("POST", "jobs/revalidation_reminders")


def _open(page: Page) -> None:
    menu = page.get_by_role("navigation", name="Main")
    menu.get_by_role("button", name="More").click()
    menu.get_by_role("link", name="Access reviews").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Access reviews")


def test_enrollment_sees_who_is_late_and_calls_a_review(quiet: Page, portal: Portal) -> None:
    """REV-1, REV-4: practices by how far they are, who is open, a call of the chosen ones by a date."""
    page = quiet
    screens.sign_in(page, portal, "Enzo Fictional")
    _open(page)
    page.get_by_label("Show", exact=True).select_option(label="Without administrator")
    expect(page.get_by_text("No practice fits.")).to_be_visible()
    page.get_by_label("Show", exact=True).select_option(label="All")
    page.get_by_label("Search practices by name or TIN").fill("willow")
    table = page.get_by_role("table", name="Access reviews")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table).to_contain_text("1 late")
    page.get_by_role("button", name="Show who is open at Willow Example Dental").click()
    who = page.get_by_role("dialog", name="Willow Example Dental")
    expect(who).to_contain_text("Ivan Sample")
    expect(who).to_contain_text("Late: was due")
    page.keyboard.press("Escape")

    screens.press_on(page, page.get_by_role("checkbox", name="Choose Willow Example Dental"), "Space")
    page.get_by_role("button", name="Call a review of 1 practice").click()
    dialog = page.get_by_role("dialog", name="Call a review")
    dialog.get_by_role("button", name="Call a review").click()
    expect(dialog.get_by_role("alert").first).to_contain_text("Choose a date.")
    now = datetime.fromisoformat(portal.console("GET", "clock")["now"])
    dialog.get_by_label("Review by").fill((now + timedelta(days=20)).date().isoformat())
    dialog.get_by_role("button", name="Call a review").click()
    expect(page.get_by_text("The review is called.")).to_be_visible()
    called = page.get_by_role("region", name="Reviews called by the plan")
    expect(called).to_contain_text("Willow Example Dental")
    expect(called).to_contain_text("called by Enzo Fictional")
    # Everybody there was verified before the call.
    expect(table).to_contain_text("4 open")
    page.get_by_role("link", name="Fast reviews").click()
    expect(page.get_by_text("No review was suspiciously fast.")).to_be_visible()


def test_two_of_enrollment_review_the_only_administrator(quiet: Page, portal: Portal, browser: Browser) -> None:
    """REV-2, ORG-4: one decides with a reason for what is flagged, another confirms; the first one can't."""
    page = quiet
    _pass(portal, 85)
    screens.sign_in(page, portal, "Enzo Fictional")
    page.get_by_role("link", name="1 administrator waits for two people of enrollment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Only administrators")
    # Practices without any administrator come first.
    page.get_by_role("button", name="Next").click()
    card = page.get_by_role("listitem", name="Cora Placeholder, Cedar Placeholder Therapy")
    expect(card.get_by_role("button", name="Remove")).to_have_count(0)
    card.get_by_role("button", name="Keep").click()
    dialog = page.get_by_role("dialog", name="Decide about Cora Placeholder")
    dialog.get_by_role("button", name="Decide").click()
    expect(dialog.get_by_role("alert").first).to_be_visible()
    dialog.get_by_label("Reason (required)").fill(_REASON)
    dialog.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided. A second person of enrollment has to confirm it.")).to_be_visible()
    expect(card).to_contain_text("Enzo Fictional decided: keep.")
    expect(card).to_contain_text(_REASON)
    expect(card.get_by_role("button", name="Confirm")).to_have_count(0)
    card.get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(card).to_contain_text("Nobody has decided yet.")
    card.get_by_role("button", name="Keep").click()
    dialog.get_by_label("Reason (required)").fill(_REASON)
    dialog.get_by_role("button", name="Decide").click()
    expect(card).to_contain_text("It waits for a second person")

    context = browser.new_context()
    other = context.new_page()
    screens.sign_in(other, portal, "Emil Fictional")
    other.goto(f"{portal.address}/review-overview/administrators")
    other.get_by_role("button", name="Next").click()
    theirs = other.get_by_role("listitem", name="Cora Placeholder, Cedar Placeholder Therapy")
    expect(theirs).to_contain_text(_REASON)
    theirs.get_by_role("button", name="Confirm").click()
    other.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    expect(other.get_by_text("Done: Cora Placeholder stays.")).to_be_visible()
    expect(theirs).to_have_count(0)
    context.close()


def test_a_plan_administrator_reviews_staff(quiet: Page, portal: Portal) -> None:
    """ACC-11: another one's account is kept or disabled, with a reason for the latter; never one's own."""
    page = quiet
    screens.sign_in(page, portal, "Paula Fictional")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Staff accounts").click()
    page.get_by_role("link", name="Boris Fictional").click()
    page.get_by_role("button", name="Reviewed: keep").click()
    page.get_by_role("dialog").get_by_role("button", name="Reviewed: keep").click()
    expect(page.get_by_text("Reviewed: Boris Fictional stays.")).to_be_visible()
    facts = page.get_by_role("region", name="User information")
    expect(facts).to_contain_text("Last reviewed")
    expect(facts).to_contain_text("Review due by")
    page.get_by_role("button", name="Reviewed: disable").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Reviewed: disable").click()
    expect(dialog.get_by_role("alert").first).to_be_visible()
    dialog.get_by_label("Reason (required)").fill("Left the plan")
    dialog.get_by_role("button", name="Reviewed: disable").click()
    expect(page.get_by_text("Reviewed: Boris Fictional is disabled.")).to_be_visible()
    expect(facts).to_contain_text("Disabled")
    page.get_by_role("link", name="Back to staff accounts").click()
    page.get_by_role("link", name="Paula Fictional").click()
    expect(page.get_by_text("This is your own account")).to_be_visible()
    expect(page.get_by_role("button", name="Reviewed: keep")).to_have_count(0)
