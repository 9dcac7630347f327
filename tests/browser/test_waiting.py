"""What waits for administrators, and what they decide, in a real browser (ACC-3, ACC-4, NOT-5, ORG-3, section 3)."""

from playwright.sync_api import Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_NOEL = "noel.newcomer@willow-example-dental.example"


def test_who_is_pending_comes_first_and_is_rejected_by_keyboard(quiet: Page, portal: Portal) -> None:
    """ACC-3, PLT-1, section 3: with a comment, for good; the person is told without it, and the badge follows."""
    page = quiet
    screens.sign_in(page, portal, "Wanda Specimen")
    task = page.get_by_role("region", name="Needs your attention")
    expect(task).to_contain_text("1 person waits for verification")
    # Also a request for access, and a review that is late.
    expect(_badge(page, 3)).to_be_visible()
    screens.press_on(page, task.get_by_role("link", name="1 person waits for verification"), "Enter")
    expect(page.get_by_label("Status")).to_have_value("verification_pending")
    expect(_rows(page)).to_have_count(1)
    screens.press_on(page, page.get_by_role("button", name="Clear search and filters"), "Enter")
    expect(_rows(page).nth(1)).to_be_visible()
    expect(_rows(page).first).to_contain_text("Verification pending")
    screens.press_on(page, _rows(page).first.get_by_role("link", name="Noel Newcomer"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()

    screens.press_on(page, page.get_by_role("button", name="Reject"), "Enter")
    dialog = page.get_by_role("dialog", name="Reject Noel Newcomer?")
    screens.press_on(page, dialog.get_by_role("button", name="Reject"), "Enter")
    expect(dialog.get_by_role("alert")).to_be_focused()
    screens.press_on(page, dialog.get_by_role("link", name="Write a comment that says why."), "Enter")
    expect(dialog.get_by_label("Comment (required)")).to_be_focused()
    page.keyboard.type("Not one of ours")
    screens.press_on(page, dialog.get_by_role("button", name="Reject"), "Enter")
    expect(page.get_by_text("Noel Newcomer is rejected")).to_be_visible()
    expect(page.get_by_text("The registration was rejected. This is final.")).to_be_visible()
    expect(page.get_by_role("button", name="Enable")).to_have_count(0)
    # The buttons are gone, and with them the section that had them: the focus is on the page all the same.
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("region", name="Comments history")).to_contain_text("Not one of ours")
    expect(_badge(page, 2)).to_be_visible()
    told = screens.awaited_mails(portal, _NOEL)
    assert "was not accepted" in told[0]
    assert "ours" not in told[0]


def test_each_cause_is_lifted_by_its_own_remedy(quiet: Page, portal: Portal) -> None:
    """Section 3: enabling clears no overdue review, and the page says so; removed is for good."""
    page = quiet
    _open(page, portal, "Wanda Specimen", "Ivan Sample")
    expect(page.get_by_text("Also: Inactive")).to_be_visible()
    dialog = _asked(page, "Enable")
    expect(dialog).to_contain_text("the account stays Suspended until its review is completed")
    dialog.get_by_label("Comment (optional)").fill("Is back")
    dialog.get_by_role("button", name="Enable").click()
    expect(page.get_by_text("Ivan Sample still has no access. Status: Suspended")).to_be_visible()
    expect(page.get_by_text("Also: Inactive")).to_have_count(0)
    expect(page.get_by_role("button", name="Enable")).to_have_count(0)

    page.get_by_role("link", name="Back to users").click()
    page.get_by_role("link", name="Dora Sample").click()
    expect(page.get_by_role("region", name="Comments history")).to_contain_text("On leave until spring")
    _asked(page, "Enable").get_by_role("button", name="Enable").click()
    expect(page.get_by_text("Dora Sample is enabled")).to_be_visible()
    expect(page.get_by_text("This person can use the portal.")).to_be_visible()
    dialog = _asked(page, "Remove")
    dialog.get_by_label("Comment (optional)").fill("Moved away")
    dialog.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Dora Sample is removed")).to_be_visible()
    history = page.get_by_role("region", name="Comments history")
    expect(history).to_contain_text("Status: from Active to Removed")
    expect(history).to_contain_text("Moved away")
    expect(page.get_by_role("button", name="Save changes")).to_have_count(0)


def test_a_backup_comes_first(quiet: Page, portal: Portal) -> None:
    """ORG-3, ORG-4: nobody else is added until a backup is invited; the pages say so and lead there."""
    page = quiet
    screens.sign_in(page, portal, "Cora Placeholder")
    task = page.get_by_role("region", name="Needs your attention")
    expect(task).to_contain_text("Your practice has only one active administrator")
    task.get_by_role("link", name="Your practice has no backup administrator").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Administrators")
    page.get_by_role("link", name="Users", exact=True).click()
    page.get_by_role("link", name="Create user").click()
    expect(page.get_by_role("region", name="Enroll a backup administrator first")).to_be_visible()
    _fill_in(page, "Toni Example", "toni.example@cedar-placeholder-therapy.example")
    page.get_by_role("button", name="Create user").click()
    expect(page.get_by_role("alert")).to_contain_text("Enroll a backup administrator before you add anyone else.")
    page.get_by_role("radio", name="Backup administrator").check()
    page.get_by_role("button", name="Create user").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Update user: Toni Example")

    page.get_by_role("link", name="Back to users").click()
    page.get_by_role("link", name="Create user").click()
    expect(page.get_by_role("region", name="Your practice's administrators")).to_contain_text("Only one administrator")
    _fill_in(page, "Gus Example", "gus.example@cedar-placeholder-therapy.example")
    page.get_by_role("button", name="Create user").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Update user: Gus Example")


def _fill_in(page: Page, name: str, email: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Work email").fill(email)
    page.get_by_label("Telephone").fill("555-010-0141")


def _open(page: Page, portal: Portal, administrator: str, member: str) -> None:
    screens.sign_in(page, portal, administrator)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="User Management").click()
    page.get_by_role("link", name=member).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Update user: {member}")


def _asked(page: Page, move: str) -> Locator:
    """The dialog of a move."""
    page.get_by_role("button", name=move, exact=True).click()
    return page.get_by_role("dialog")


def _badge(page: Page, count: int) -> Locator:
    needs = "needs" if count == 1 else "need"
    name = f"User Management, {count} {needs} attention"
    return page.get_by_role("navigation", name="Main").get_by_role("link", name=name)


def _rows(page: Page) -> Locator:
    """The people in the list, without its heading."""
    return page.get_by_role("table", name="Users").locator("tbody").get_by_role("row")
