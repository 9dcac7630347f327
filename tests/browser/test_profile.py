"""People look after their own account, in a real browser (PLT-4, CRD-10)."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_NEW_PASSWORD = "Lantern-Orchard-31"
_NEW_ADDRESS = "gina.elsewhere@people.example"


def _open_profile(page: Page, portal: Portal, name: str) -> None:
    screens.sign_in(page, portal, name)
    page.get_by_role("banner").get_by_role("link", name="Profile").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Profile")


def _section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def test_name_phone_and_language_are_saved_together(quiet: Page, portal: Portal) -> None:
    """PLT-4: the header greets by the new name, the page speaks the new language; leaving unsaved asks first."""
    page = quiet
    _open_profile(page, portal, "Gina Sample")
    about = _section(page, "About you")
    about.get_by_label("Name").fill("  ")
    about.get_by_role("button", name="Save").click()
    expect(about.get_by_role("alert")).to_contain_text("Enter your name.")
    about.get_by_label("Phone").fill("555-010-0199")
    about.get_by_label("Name").fill("Gina <b>Sample</b>")
    page.get_by_role("link", name="Home").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Leave without saving?")
    dialog.get_by_role("button", name="Keep editing").click()
    about.get_by_label("Español").check()
    about.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Sus datos se guardaron.")).to_be_visible()
    expect(page.get_by_role("heading", name="Sobre usted")).to_be_focused()
    expect(page.get_by_role("banner")).to_contain_text("Bienvenido(a), Gina <b>Sample</b>")
    page.reload()
    expect(page.get_by_label("Teléfono")).to_have_value("555-010-0199")
    page.get_by_role("link", name="Inicio").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gina <b>Sample</b>")


def test_another_address_counts_once_its_own_mailbox_confirms_it(quiet: Page, portal: Portal, browser: Browser) -> None:
    """CRD-10, S-AUTH-13: pending and withdrawn; asked again; the link changes it, and the old address hears of it."""
    page = quiet
    old = portal.person("Gina Sample")
    _open_profile(page, portal, "Gina Sample")
    email = _section(page, "Email")
    for _ in range(2):
        email.get_by_role("button", name="Change email").click()
        email.get_by_label("New email").fill(_NEW_ADDRESS)
        email.get_by_role("button", name="Send the link").click()
        expect(email).to_contain_text(f"Open the link that we sent to {_NEW_ADDRESS}.")
        if _ == 0:
            email.get_by_role("button", name="Withdraw this change").click()
            expect(page.get_by_text("The change of your email is withdrawn.")).to_be_visible()
            expect(email.get_by_text("Open the link")).to_have_count(0)
    link = re.search(r"\S+/confirm-email#\S+", screens.awaited_mails(portal, _NEW_ADDRESS)[0])
    assert link is not None
    assert any("address" in text or "email" in text for text in screens.awaited_mails(portal, old["email"]))
    other = browser.new_page()
    other.goto(link[0])
    other.get_by_role("button", name="Confirm").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Your email has changed")
    other.close()


def test_a_new_password_ends_the_other_sessions(quiet: Page, portal: Portal, browser: Browser) -> None:
    """CRD-1, CRD-8: the current one is asked for; the rules show as one types; elsewhere one is signed out."""
    page = quiet
    elsewhere = browser.new_page()
    screens.sign_in(elsewhere, portal, "Gina Sample")
    _open_profile(page, portal, "Gina Sample")
    sessions = _section(page, "Where you are signed in")
    expect(sessions.get_by_role("listitem")).to_have_count(2)
    password = _section(page, "Password")
    password.get_by_role("button", name="Change password").click()
    expect(password.get_by_label("Current password")).to_be_focused()
    password.get_by_label("Current password").fill("Wrong-Password-1")
    password.get_by_label("New password").fill(_NEW_PASSWORD)
    expect(password.get_by_text("The password has all it needs.")).to_be_attached()
    password.get_by_role("button", name="Change the password").click()
    expect(password.get_by_role("alert")).to_be_visible()
    password.get_by_label("Current password").fill(portal.person("Gina Sample")["password"])
    password.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password has changed.")).to_be_visible()
    expect(sessions.get_by_role("listitem")).to_have_count(1)
    elsewhere.reload()
    expect(elsewhere.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    elsewhere.close()


def test_sessions_are_listed_and_ended(quiet: Page, portal: Portal, browser: Browser) -> None:
    """CRD-8: this one is marked and ends by signing out; the others end one by one or together."""
    page = quiet
    others = [browser.new_context().new_page() for _ in range(2)]
    for other in others:
        screens.sign_in(other, portal, "Gina Sample")
    _open_profile(page, portal, "Gina Sample")
    sessions = _section(page, "Where you are signed in")
    rows = sessions.get_by_role("listitem")
    expect(rows).to_have_count(3)
    this = rows.filter(has=page.get_by_text("This session", exact=True))
    expect(this).to_have_count(1)
    expect(this).to_contain_text("Chrome")
    expect(this.get_by_role("button")).to_have_count(0)
    sessions.get_by_role("button", name="End this session").first.click()
    expect(rows).to_have_count(2)
    sessions.get_by_role("button", name="End all other sessions").click()
    expect(rows).to_have_count(1)
    expect(sessions.get_by_role("button")).to_have_count(0)
    for other in others:
        other.reload()
        expect(other.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
        other.context.close()


def test_security_questions_are_three_different_ones(quiet: Page, portal: Portal) -> None:
    """CRD-3, S-AUTH-09: what is chosen once is offered nowhere else; what is wrong shows at its field."""
    page = quiet
    _open_profile(page, portal, "Gina Sample")
    questions = _section(page, "Security questions")
    questions.get_by_role("button", name="Set new questions").click()
    chosen = ("first_pet", "first_dish", "lost_thing")
    for at, question in enumerate(chosen):
        questions.get_by_role("combobox").nth(at).select_option(question)
        questions.get_by_role("textbox").nth(at).fill("Same answer")
    expect(questions.get_by_role("combobox").nth(2).locator("option[value=first_pet]")).to_have_count(0)
    questions.get_by_role("button", name="Save the questions").click()
    expect(questions.get_by_role("alert")).to_be_visible()
    for at, answer in enumerate(("Biscuit", "Lentil soup", "A blue kite")):
        questions.get_by_role("textbox").nth(at).fill(answer)
    questions.get_by_role("button", name="Save the questions").click()
    expect(page.get_by_text("Your security questions are saved.")).to_be_visible()
    expect(questions.get_by_role("textbox")).to_have_count(0)


def test_a_second_factor_is_set_up_renewed_and_removed(quiet: Page, portal: Portal) -> None:
    """CRD-9, S-AUTH-14: a wrong code sets up nothing; recovery codes show once; removal asks for a code."""
    page = quiet
    _open_profile(page, portal, "Gina Sample")
    factor = _section(page, "Second factor")
    factor.get_by_role("button", name="Set up a second factor").click()
    expect(factor.get_by_role("img")).to_be_visible()
    app = {"totp_secret": factor.locator("code").first.inner_text().replace(" ", "")}
    factor.get_by_label("6-digit code").fill("000000")
    factor.get_by_role("button", name="Confirm the code").click()
    expect(factor.get_by_role("alert")).to_be_visible()
    factor.get_by_label("6-digit code").fill(portal.code(app))
    factor.get_by_role("button", name="Confirm the code").click()
    expect(factor.get_by_role("heading", level=3)).to_be_focused()
    codes = screens.keep_codes(page)
    assert len(set(codes)) == 10
    expect(factor).to_contain_text("10 recovery codes left.")
    factor.get_by_role("button", name="Make new recovery codes").click()
    expect(factor.get_by_text("The codes you had before no longer work.")).to_be_visible()
    renewed = screens.keep_codes(page)
    assert not set(renewed) & set(codes)
    factor.get_by_role("button", name="Remove the second factor").click()
    factor.get_by_role("button", name="Use a recovery code").click()
    factor.get_by_role("textbox").fill(renewed[0])
    factor.get_by_role("button", name="Remove the second factor").click()
    expect(page.get_by_text("Your second factor is removed.")).to_be_visible()
    expect(factor).to_contain_text("Not in use.")


def test_sensitive_changes_ask_for_the_password_again(quiet: Page, portal: Portal) -> None:
    """CRD-10, S-SESS-10: five minutes after the last proof; without it nothing changes and what was typed stays."""
    page = quiet
    _open_profile(page, portal, "Gina Sample")
    portal.console("POST", "clock", {"advance_seconds": 301})
    email = _section(page, "Email")
    email.get_by_role("button", name="Change email").click()
    email.get_by_label("New email").fill(_NEW_ADDRESS)
    email.get_by_role("button", name="Send the link").click()
    dialog = page.get_by_role("dialog", name="Confirm that it is you")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(email.get_by_role("alert").first).to_contain_text("you did not confirm that it is you")
    expect(email.get_by_label("New email")).to_have_value(_NEW_ADDRESS)
    email.get_by_role("button", name="Send the link").click()
    dialog.get_by_label("Password", exact=True).fill(portal.person("Gina Sample")["password"])
    page.keyboard.press("Enter")
    expect(email).to_contain_text(f"Open the link that we sent to {_NEW_ADDRESS}.")
