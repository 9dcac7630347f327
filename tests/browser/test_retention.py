"""Legal holds by two people, and a conversation taken out for the record (MSG-10)."""

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_REASON = "A letter from <b>counsel</b> of June 3"


def _open(page: Page, name: str) -> None:
    """A page of the menu's end."""
    menu = page.get_by_role("navigation", name="Main")
    menu.get_by_role("button", name="More").click()
    menu.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def _do(page: Page, card: Locator, move: str) -> Locator:
    """Begin a move; the dialog that says what it does."""
    card.get_by_role("button", name=move).click()
    return page.get_by_role("dialog")


def test_a_hold_is_set_and_lifted_by_two(quiet: Page, portal: Portal, browser: Browser) -> None:
    """MSG-10: what one asks for takes the other role to confirm, both ways; who asked can't; reasons are text."""
    page = quiet
    screens.sign_in(page, portal, "Paula Fictional")
    _open(page, "Legal holds")
    page.get_by_role("button", name="Ask for a legal hold").click()
    asking = page.get_by_role("dialog", name="Ask for a legal hold")
    asking.get_by_role("button", name="Ask for it").click()
    expect(asking.get_by_role("alert").first).to_contain_text("Enter the person's sign-in email.")
    asking.get_by_label("Sign-in email of the person").fill("nobody@people.example")
    asking.get_by_label("Reason").fill(_REASON)
    asking.get_by_role("button", name="Ask for it").click()
    expect(asking.get_by_role("alert").first).to_be_visible()
    asking.get_by_label("A practice").check()
    asking.get_by_label("TIN of the practice").fill("00-0000001")
    asking.get_by_role("button", name="Ask for it").click()
    card = page.get_by_role("listitem", name="Maple Example Clinic")
    expect(card).to_contain_text("Waits to be confirmed")
    expect(card).to_contain_text(_REASON)
    expect(card).to_contain_text("It takes somebody else, with the other role")
    expect(card.get_by_role("button", name="Confirm the hold")).to_have_count(0)

    context = browser.new_context()
    other = context.new_page()
    screens.sign_in(other, portal, "Audra Fictional")
    _open(other, "Legal holds")
    theirs = other.get_by_role("listitem", name="Maple Example Clinic")
    dialog = _do(other, theirs, "Confirm the hold")
    expect(dialog).to_contain_text("Keeps all messages of this practice")
    dialog.get_by_role("button", name="Confirm the hold").click()
    expect(other.get_by_text("The legal hold is in force.")).to_be_visible()
    expect(theirs).to_contain_text("Confirmed by")
    dialog = _do(other, theirs, "Ask to lift it")
    dialog.get_by_role("button", name="Ask to lift it").click()
    expect(dialog.get_by_role("alert").first).to_contain_text("Enter a reason.")
    dialog.get_by_label("Reason").fill("Settled")
    dialog.get_by_role("button", name="Ask to lift it").click()
    expect(theirs).to_contain_text("Holds; lifting waits to be confirmed")
    expect(theirs.get_by_role("button", name="Confirm lifting")).to_have_count(0)
    context.close()

    page.reload()
    _do(page, card, "Keep the hold").get_by_role("button", name="Keep the hold").click()
    expect(page.get_by_text("The legal hold stays in force.")).to_be_visible()
    _do(page, card, "Ask to lift it").get_by_role("button", name="Cancel").click()
    expect(card).to_contain_text("Holds")


def test_a_conversation_is_taken_out_for_the_record(quiet: Page, portal: Portal, tmp_path: Path) -> None:
    """MSG-10: by an auditor, with a reason, as a PDF; found by the address of its page."""
    page = quiet
    screens.sign_in(page, portal, "Gina Sample")
    screens.open_messages(page)
    page.get_by_role("link", name="Re-credentialing date").click()
    expect(page.get_by_role("article").first).to_be_visible()
    address = page.url
    screens.sign_out(page)
    screens.sign_in(page, portal, "Audra Fictional")
    _open(page, "Records")
    expect(page.get_by_role("heading", name="Deletion certificates")).to_be_visible()
    page.get_by_role("button", name="Make the PDF").click()
    expect(page.get_by_role("alert").first).to_contain_text("Enter a reason.")
    page.get_by_label("Id of the conversation").fill(address)
    page.get_by_label("Reason").fill(_REASON)
    page.get_by_role("button", name="Make the PDF").click()
    fetch = page.get_by_role("button", name="Download")
    expect(fetch).to_be_visible(timeout=60_000)
    with page.expect_download() as fetched:
        fetch.click()
    file = tmp_path / "record.pdf"
    fetched.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
