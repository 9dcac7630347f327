"""A plan administrator runs the staff accounts, in a real browser (ACC-11)."""

from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_COMMENT = "<script>alert(1)</script> moves to appeals"


def test_a_plan_administrator_runs_staff_accounts(quiet: Page, portal: Portal) -> None:
    """ACC-11: list, create, change, disable with a comment, history; never one's own."""
    page = quiet
    screens.sign_in(page, portal, "Paula Fictional")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Staff accounts").click()
    table = page.get_by_role("table")
    expect(table).to_contain_text("Ada Fictional")
    page.get_by_label("Search staff by name or email").fill("BORIS")
    expect(table.get_by_role("row")).to_have_count(2)
    page.get_by_label("Search staff by name or email").fill("")
    expect(table).to_contain_text("Ada Fictional")

    page.get_by_role("link", name="Create staff account").click()
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("alert").first).to_contain_text("Choose at least one role.")
    page.get_by_label("Name", exact=False).first.fill("Nora Fictional")
    page.get_by_label("Work email").fill("nora.fictional@plan.example")
    page.get_by_label("Telephone").fill("555-0100")
    page.get_by_label("Helpdesk").check()
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_text("Account created.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nora Fictional")
    page.get_by_role("button", name="Send registration email").click()
    expect(page.get_by_text("Registration email sent to nora.fictional@plan.example")).to_be_visible()

    page.get_by_role("link", name="Back to staff accounts").click()
    page.get_by_role("link", name="Boris Fictional").click()
    page.get_by_label("Auditor").check()
    page.get_by_label("BH Care Management").uncheck()
    page.get_by_label("Comment (optional)").fill(_COMMENT)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Changes saved")).to_be_visible()
    history = page.get_by_role("region", name="Comments history")
    expect(history).to_contain_text(_COMMENT)
    expect(history).to_contain_text("from Department agent to Auditor, Department agent")
    page.get_by_role("button", name="Disable", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Comment (required)").fill("Left the plan")
    dialog.get_by_role("button", name="Disable", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("Disabled", exact=True).first).to_be_visible()

    page.get_by_role("link", name="Back to staff accounts").click()
    page.get_by_role("link", name="Paula Fictional").click()
    expect(page.get_by_text("This is your own account")).to_be_visible()
    expect(page.get_by_role("button", name="Save")).to_have_count(0)
    expect(page.get_by_role("button", name="Disable")).to_have_count(0)


def test_several_roles_see_what_each_allows(quiet: Page, portal: Portal) -> None:
    """ACC-11, S-AZ-13: an agent of the helpdesk has an inbox; neither runs accounts."""
    page = quiet
    screens.sign_in(page, portal, "Hanna Fictional")
    expect(page.get_by_role("heading", name="Secure messages")).to_be_visible()
    expect(page.get_by_role("heading", name="Helpdesk")).to_be_visible()
    expect(page.get_by_role("link", name="Staff accounts")).to_have_count(0)
    page.goto(f"{portal.address}/staff")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
