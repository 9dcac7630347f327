"""The one journey through every part of the house, in a real browser."""

import hashlib
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal
from tests.files import pdf


def test_a_message_with_a_file_goes_to_a_department_and_back(quiet: Page, portal: Portal, tmp_path: Path) -> None:
    """MSG-1, MSG-2, MSG-3, MSG-4, MSG-5, MSG-8, NOT-2, NOT-3, PLT-4."""
    page = quiet
    file = tmp_path / "re-credentialing form.pdf"
    file.write_bytes(pdf())

    screens.sign_in(page, portal, "Gina Sample")
    screens.badge(page, 1)
    screens.open_messages(page)
    expect(screens.row(page, "Coverage after a move")).to_contain_text("Unread")
    screens.row(page, "Coverage after a move").get_by_role("link").first.click()
    expect(page.get_by_text("The first day of the month after the move counts.")).to_be_visible()
    screens.badge(page, 0)

    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    screens.add_recipient(page, "Credentialing Team")
    page.get_by_label("Subject").fill("Form for Dr. Example")
    page.get_by_label("Mark as urgent").check()
    page.get_by_label("Message", exact=True).fill("Please see the form.\nThank you.")
    screens.attach(page, file)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Message sent")).to_be_visible()
    screens.sign_out(page)

    screens.sign_in(page, portal, "Ada Fictional")
    screens.open_messages(page)
    arrived = screens.row(page, "Form for Dr. Example")
    expect(arrived).to_contain_text("Unread")
    expect(arrived).to_contain_text("Urgent")
    expect(arrived).to_contain_text("Has attachment")
    arrived.get_by_role("link").first.click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name=f"Download {file.name}").click()
    downloaded = downloading.value
    assert downloaded.suggested_filename == file.name
    assert _digest(downloaded.path()) == _digest(file)
    screens.answer(page, "Reply")
    page.get_by_label("Message", exact=True).fill("Received, thank you. <script>alert(1)</script>")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Message sent")).to_be_visible()
    screens.sign_out(page)

    portal.console("POST", "settle")
    notice = portal.console("GET", "mail")["mails"][0]
    assert notice["to"] == [portal.person("Gina Sample")["email"]]
    for secret in ("Form for", "Ada", "Credentialing", "Received", "Maple"):
        assert secret not in notice["subject"] + notice["text"]

    screens.sign_in(page, portal, "Gina Sample")
    screens.badge(page, 1)
    screens.open_messages(page)
    screens.row(page, "Form for Dr. Example").get_by_role("link").first.click()
    expect(page.get_by_text("Received, thank you. <script>alert(1)</script>")).to_be_visible()
    expect(page.get_by_text("Please see the form.")).to_be_visible()
    thread = page.url
    screens.sign_out(page)

    screens.sign_in(page, portal, "Peter Specimen")
    page.goto(thread)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_text("Please see the form.")).to_be_hidden()


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
