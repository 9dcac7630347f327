"""Getting back in by oneself, as a person goes it (CRD-4)."""

import re

from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import FRONTEND, Portal

_CATALOGUE = (FRONTEND / "src" / "texts" / "credentials.en.json").read_text("utf-8")


def _open_link(page: Page, portal: Portal, email: str) -> None:
    page.goto(portal.address)
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email").fill(email)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    (link,) = re.findall(r"http://\S+/reset#\S+", screens.awaited_mails(portal, email)[0])
    page.goto(link)
    expect(page).to_have_url(f"{portal.address}/reset")
    expect(page.get_by_role("heading", level=1)).to_have_text("Answer two of your questions")


def _answer(page: Page, answers: dict[str, str] | None) -> None:
    """Answer both questions, wrongly without answers, and go on with the keyboard."""
    for label in page.locator("form label").all_inner_texts():
        found = re.search(rf'"question\.(\w+)": "{re.escape(label)}"', _CATALOGUE)
        assert found, label
        page.get_by_label(label).fill(answers[found[1]].upper() if answers else "not this one")
    page.keyboard.press("Enter")


def test_back_in_by_two_questions_with_the_keyboard(quiet: Page, portal: Portal, axe: str) -> None:
    """CRD-4, S-AUTH-02, S-AUTH-10, PLT-1: a wrong pair says how many attempts are left, not which was wrong."""
    page = quiet
    page.set_viewport_size({"width": 320, "height": 640})
    gina = portal.person("Gina Sample")
    _open_link(page, portal, gina["email"])
    _answer(page, None)
    expect(page.get_by_role("alert").first).to_contain_text("You can try 2 more times")
    expect(page.get_by_role("alert").first).to_be_focused()
    screens.check_accessibility(page, axe, "wrong answers")
    screens.check_width(page, "wrong answers")
    _answer(page, gina["answers"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Set a new password")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    long = f"Aé😀 {'x' * 95}!"
    page.get_by_label("New password").fill(long)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your password has changed")
    page.get_by_role("link", name="Go to sign in").click()
    page.get_by_label("Email", exact=True).fill(gina["email"])
    page.get_by_label("Password", exact=True).fill(f"{long[:-1]}?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_be_visible()
    page.get_by_label("Password", exact=True).fill(long)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")


def test_after_three_wrong_attempts_only_the_helpdesk_goes_on(quiet: Page, portal: Portal, axe: str) -> None:
    """CRD-4, S-AUTH-11: with its phone number and hours."""
    page = quiet
    gina = portal.person("Gina Sample")
    _open_link(page, portal, gina["email"])
    for left in ("2 more times", "1 more time"):
        _answer(page, None)
        expect(page.get_by_role("alert").first).to_contain_text(left)
    _answer(page, None)
    expect(page.get_by_role("heading", level=1)).to_have_text("Only the helpdesk can go on from here")
    expect(page.get_by_role("main")).to_contain_text("1-800-555-0100")
    expect(page.get_by_role("main")).to_contain_text("Monday to Friday")
    screens.check_accessibility(page, axe, "closed")
