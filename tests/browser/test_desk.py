"""Agents share the inbox of their department; plan administrators keep departments and look into reports (MSG-6)."""

from playwright.sync_api import Browser, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_SUBJECT = "Discharge next week"


def _open(page: Page, department: str) -> None:
    """The conversations of a department."""
    screens.open_messages(page)
    page.get_by_role("main").get_by_role("link", name=department, exact=True).click()
    page.get_by_role("navigation", name="Boxes").get_by_role("link", name="Conversations").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Conversations")


def _ask(page: Page, portal: Portal, name: str, subject: str, department: str) -> None:
    """Somebody writes to a department; the page is theirs no more."""
    screens.sign_in(page, portal, name)
    screens.send(page, department, [subject])
    screens.sign_out(page)


def test_two_agents_share_a_conversation(quiet: Page, portal: Portal, browser: Browser) -> None:
    """MSG-6: claimed by one, seen by the other, noted, answered once, closed, and open again when something comes."""
    page = quiet
    _ask(page, portal, "Gina Sample", _SUBJECT, "dep_iddcare000")
    screens.sign_in(page, portal, "Boris Fictional")
    _open(page, "IDD Care Management")
    waiting = page.get_by_role("row").filter(has_text=_SUBJECT)
    expect(waiting).to_contain_text("Nobody yet")
    # Who waits longest comes first, and this is the newest.
    expect(page.get_by_role("row").last).to_contain_text(_SUBJECT)
    page.get_by_role("link", name=_SUBJECT).click()
    desk = page.get_by_role("region", name="In the department")
    desk.get_by_role("button", name="Claim").click()
    expect(page.get_by_text("You have this conversation now.")).to_be_visible()
    desk.get_by_text("Internal notes").click()
    desk.get_by_label("New note").fill("Asked the hospital <b>twice</b>.")
    desk.get_by_role("button", name="Add note").click()
    expect(desk.get_by_text("Asked the hospital <b>twice</b>.")).to_be_visible()
    screens.answer(page, "Reply")
    page.get_by_label("Message", exact=True).fill("We will send the plan of care on Monday.")

    context = browser.new_context()
    other = context.new_page()
    screens.sign_in(other, portal, "Edith Fictional")
    _open(other, "IDD Care Management")
    expect(other.get_by_role("row").filter(has_text=_SUBJECT)).to_contain_text("Boris Fictional")
    other.get_by_label("Only those I have claimed").check()
    expect(other.get_by_role("row").filter(has_text=_SUBJECT)).to_have_count(0)
    other.get_by_label("Only those I have claimed").uncheck()
    other.get_by_role("link", name=_SUBJECT).click()
    theirs = other.get_by_role("region", name="In the department")
    expect(theirs).to_contain_text("Writing now: Boris Fictional")
    expect(theirs).to_contain_text("Asked the hospital <b>twice</b>.")
    expect(theirs.get_by_role("button", name="Claim")).to_have_count(0)
    screens.answer(other, "Reply")
    other.get_by_label("Message", exact=True).fill("It comes on Tuesday.")

    page.get_by_role("button", name="Send", exact=True).click()
    expect(desk.get_by_text("Answered", exact=True)).to_be_visible()
    other.get_by_role("button", name="Send", exact=True).click()
    expect(other.get_by_role("dialog")).to_contain_text("answered")
    context.close()

    desk.get_by_role("button", name="Close", exact=True).click()
    expect(desk.get_by_role("button", name="Reopen")).to_be_visible()
    thread = page.url
    screens.sign_out(page)
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    page.get_by_role("link", name=_SUBJECT).click()
    expect(page.get_by_text("We will send the plan of care on Monday.")).to_be_visible()
    expect(page.get_by_text("Asked the hospital")).to_have_count(0)
    screens.answer(page, "Reply")
    page.get_by_label("Message", exact=True).fill("Thank you. Who signs it?")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Thank you. Who signs it?")).to_be_visible()
    screens.sign_out(page)
    screens.sign_in(page, portal, "Boris Fictional")
    page.goto(thread)
    expect(desk).to_contain_text("Waiting for")
    expect(desk.get_by_role("button", name="Claim")).to_be_visible()


def test_departments_and_reports(quiet: Page, portal: Portal) -> None:
    """MSG-5, MSG-6: a department is added and retired; a report is closed with what was done."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    page.get_by_role("link", name="Coverage after a move").click()
    page.get_by_role("button", name="This reached me in error").first.click()
    page.get_by_role("dialog").get_by_role("button").filter(has_text="Tell the plan").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    screens.sign_out(page)

    screens.sign_in(page, portal, "Paula Fictional")
    menu = page.get_by_role("navigation", name="Main")
    menu.get_by_role("button", name="More").click()
    menu.get_by_role("link", name="Departments").click()
    page.get_by_role("button", name="Add a department").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").first).to_contain_text("Give the department a name.")
    dialog.get_by_label("Name", exact=True).fill("credentialing TEAM")
    dialog.get_by_label("Category").fill("Network")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").first).to_be_visible()
    dialog.get_by_label("Name", exact=True).fill("Appeals Example Team")
    dialog.get_by_label("Only the plan").check()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    card = page.get_by_role("listitem", name="Appeals Example Team")
    expect(card).to_contain_text("Only the plan")
    card.get_by_role("button", name="Retire").click()
    page.get_by_role("dialog").get_by_role("button", name="Retire").click()
    expect(card).to_contain_text("Retired")

    menu.get_by_role("button", name="More").click()
    menu.get_by_role("link", name="Messages sent in error").click()
    report = page.get_by_role("listitem").filter(has_text="Gina Sample")
    expect(report).to_contain_text("Maple Example Clinic")
    expect(page.get_by_text("Coverage after a move")).to_have_count(0)
    report.get_by_role("button", name="Close").click()
    dialog.get_by_label("What was done").fill("Called the practice.")
    dialog.get_by_role("button", name="Close", exact=True).last.click()
    expect(page.get_by_text("No open reports.")).to_be_visible()
    page.get_by_role("button", name="Closed").click()
    expect(page.get_by_role("main")).to_contain_text("Called the practice.")
