"""The helpdesk sets somebody up again, in a real browser (CRD-5, S-AUTH-12)."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_REASON = "<b>Lost</b> her telephone"
_NEW_PASSWORD = "Lantern-Orchard-31"


def _open_case(page: Page, portal: Portal, email: str, place: str) -> str:
    """As the helpdesk, from the menu on. Returns the code that is read out."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Helpdesk").click()
    page.get_by_label("Email of the person").fill(email)
    page.get_by_role("button", name="Find the person").click()
    page.get_by_role("button", name=f"Open a case: {place}").click()
    page.get_by_role("button", name="Open a case", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Enter who calls.")
    page.get_by_label("Caller").fill("Somebody who calls")
    page.get_by_label("Reason").fill(_REASON)
    page.get_by_role("button", name="Open a case", exact=True).click()
    expect(page.get_by_text("Read the code to the caller.")).to_be_visible()
    code = page.locator(".p-case__code [aria-hidden]").inner_text()
    assert re.fullmatch(r"\w{4}-\w{4}", code)
    return code


def test_somebody_is_set_up_again_by_the_helpdesk(quiet: Page, portal: Portal, browser: Browser) -> None:
    """CRD-5: a case, an administrator who compares the code, a link to the address on file, and in again."""
    page = quiet
    gina = portal.person("Gina Sample")
    screens.sign_in(page, portal, "Hanna Fictional")
    code = _open_case(page, portal, gina["email"], "Maple Example Clinic")
    expect(page.get_by_role("main")).to_contain_text(_REASON)
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"7[12] h \d+ min left"))

    administrator = browser.new_context().new_page()
    screens.sign_in(administrator, portal, "Lou Placeholder")
    attention = administrator.get_by_role("region", name="Needs your attention")
    attention.get_by_role("link", name="1 sign-in reset waits for confirmation").click()
    administrator.get_by_role("link", name="Gina Sample").click()
    expect(administrator.locator(".p-case__code")).to_contain_text(code)
    expect(administrator.get_by_role("main")).to_contain_text(_REASON)
    administrator.get_by_role("button", name="Confirm", exact=True).click()
    expect(administrator.get_by_text("Your confirmation is saved.")).to_be_visible()
    expect(administrator.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)
    administrator.context.close()

    link = re.search(r"\S+/set-up#\S+", screens.awaited_mails(portal, gina["email"])[0])
    assert link is not None
    user = browser.new_context().new_page()
    user.goto(link[0])
    expect(user.get_by_role("heading", level=1)).to_have_text("Set your account up again")
    user.get_by_label("New password").fill(_NEW_PASSWORD)
    user.get_by_role("button", name="Continue").click()
    for at, (question, answer) in enumerate((("first_pet", "Biscuit"), ("first_dish", "Soup"), ("lost_thing", "Kite"))):
        user.get_by_role("combobox").nth(at).select_option(question)
        user.get_by_role("textbox").nth(at).fill(answer)
    user.get_by_role("button", name="Complete registration").click()
    expect(user.get_by_role("heading", level=1)).to_have_text("Your account is ready")
    user.get_by_role("link", name="Go to sign in").click()
    user.get_by_label("Email", exact=True).fill(gina["email"])
    user.get_by_label("Password", exact=True).fill(_NEW_PASSWORD)
    user.get_by_role("button", name="Sign in", exact=True).click()
    expect(user.get_by_role("heading", level=1)).to_contain_text("Welcome")
    user.context.close()

    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Done")
    expect(page.get_by_role("button", name="Withdraw the case")).to_have_count(0)


def test_a_case_is_declined_or_withdrawn(quiet: Page, portal: Portal, browser: Browser) -> None:
    """CRD-5, S-AUTH-12: about oneself nobody confirms, and is told why; what is declined or withdrawn is over."""
    page = quiet
    lou, hugo = portal.person("Lou Placeholder"), portal.person("Hugo Ejemplo")
    screens.sign_in(page, portal, "Hanna Fictional")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Helpdesk").click()
    page.get_by_label("Email of the person").fill("nobody.at.all@people.example")
    page.get_by_role("button", name="Find the person").click()
    expect(page.get_by_text("Nobody has this email.")).to_be_visible()
    _open_case(page, portal, lou["email"], "Maple Example Clinic")
    _open_case(page, portal, hugo["email"], "Maple Example Clinic")

    administrator = browser.new_context().new_page()
    screens.sign_in(administrator, portal, "Lou Placeholder")
    administrator.get_by_role("button", name="More").click()
    administrator.get_by_role("link", name="Sign-in resets").click()
    administrator.get_by_role("link", name="Lou Placeholder").click()
    expect(administrator.get_by_role("main")).to_contain_text("It is about yourself.")
    expect(administrator.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)
    administrator.get_by_role("link", name="Back to sign-in resets").click()
    administrator.get_by_role("link", name="Hugo Ejemplo").click()
    administrator.get_by_role("button", name="Decline").click()
    administrator.get_by_role("dialog").get_by_role("button", name="Decline").click()
    expect(administrator.get_by_text("The case is declined.")).to_be_visible()
    administrator.context.close()

    page.get_by_role("link", name="Back to the helpdesk").click()
    page.get_by_role("link", name="Lou Placeholder").click()
    page.get_by_role("button", name="Withdraw the case").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw the case").click()
    expect(page.get_by_text("The case is withdrawn.")).to_be_visible()
    page.get_by_role("link", name="Back to the helpdesk").click()
    expect(page.get_by_text("No case is open.")).to_be_visible()


def test_enrollment_calls_where_no_administrator_can_confirm(quiet: Page, portal: Portal, browser: Browser) -> None:
    """CRD-5: the only administrator of a practice; two of enrollment confirm, each after a call, nobody twice."""
    page = quiet
    screens.sign_in(page, portal, "Hanna Fictional")
    _open_case(page, portal, portal.person("Cora Placeholder")["email"], "Cedar Placeholder Therapy")
    expect(page.get_by_role("main")).to_contain_text("Two people of enrollment")

    enrollment = browser.new_context().new_page()
    screens.sign_in(enrollment, portal, "Enzo Fictional")
    expect(enrollment.get_by_text("1 case waits for confirmation")).to_be_visible()
    enrollment.get_by_role("link", name="Open sign-in resets").click()
    enrollment.get_by_role("link", name="Cora Placeholder").click()
    enrollment.get_by_role("button", name="Confirm", exact=True).click()
    expect(enrollment.get_by_role("alert").first).to_contain_text("Call the number first")
    enrollment.get_by_label("I called this number").check()
    enrollment.get_by_role("button", name="Confirm", exact=True).click()
    expect(enrollment.get_by_role("main")).to_contain_text("You have confirmed it already. One more person has to.")
    expect(enrollment.get_by_role("button", name="Confirm", exact=True)).to_have_count(0)
    enrollment.context.close()
