"""Signing in, in every state a person can be in (CRD-2, CRD-7, CRD-9, CRD-10, ACC-10)."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_PASSWORD = "Sturdy-Lantern-61"
_DAY = 24 * 60 * 60


def _give(page: Page, person: dict[str, Any], password: str | None = None) -> None:
    page.get_by_label("Email", exact=True).fill(person["email"])
    page.get_by_label("Password", exact=True).fill(password or person["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()


def _heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def test_wrong_passwords_lead_to_a_wait_in_words(quiet: Page, portal: Portal, axe: str) -> None:
    """CRD-7, S-LIM-01, PLT-1: what to do next is said each time, and the message takes the focus."""
    page = quiet
    page.set_viewport_size({"width": 320, "height": 640})
    gina = portal.person("Gina Sample")
    page.goto(portal.address)
    _give(page, gina, "Wrong-Password-1")
    expect(page.get_by_role("alert").first).to_be_focused()
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    for _ in range(5):
        _give(page, gina, "Wrong-Password-1")
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_role("alert").first).to_contain_text("You can try again in")
    screens.check_accessibility(page, axe, "throttled")
    screens.check_width(page, "throttled")


def test_the_password_field_lets_people_and_their_managers_work(quiet: Page, portal: Portal) -> None:
    """S-AUTH-18: paste, hints for password managers, showing."""
    page = quiet
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    gina = portal.person("Gina Sample")
    page.goto(portal.address)
    email, field = page.get_by_label("Email", exact=True), page.get_by_label("Password", exact=True)
    expect(email).to_have_attribute("autocomplete", "username")
    expect(field).to_have_attribute("autocomplete", "current-password")
    expect(field).to_have_attribute("type", "password")
    email.fill(gina["email"])
    page.evaluate("text => navigator.clipboard.writeText(text)", gina["password"])
    field.focus()
    page.keyboard.press("Control+V")
    page.get_by_label("Show password").check()
    expect(field).to_have_attribute("type", "text")
    expect(field).to_have_value(gina["password"])
    page.get_by_role("button", name="Sign in", exact=True).click()
    _heading(page, "Welcome")


def test_the_second_factor_survives_a_reload(quiet: Page, portal: Portal, axe: str) -> None:
    """CRD-9, S-AUTH-14, S-AUTH-18, PLT-1: with the keyboard alone; a wrong code says what to enter instead."""
    page = quiet
    page.set_viewport_size({"width": 320, "height": 640})
    lou = portal.person("Lou Placeholder")
    page.goto(portal.address)
    _give(page, lou)
    _heading(page, "Enter your code")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.reload()
    _heading(page, "Enter your code")
    code = page.get_by_label("6-digit code")
    expect(code).to_have_attribute("autocomplete", "one-time-code")
    expect(code).to_have_attribute("inputmode", "numeric")
    code.fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").first).to_be_focused()
    screens.check_accessibility(page, axe, "wrong code")
    screens.check_width(page, "wrong code")
    right = portal.code(lou)
    code.fill(f"{right[:3]} {right[3:]}")
    page.keyboard.press("Enter")
    _heading(page, "Welcome")


def test_giving_up_at_the_code_leads_back_to_the_sign_in_page(quiet: Page, portal: Portal) -> None:
    """CRD-9: nothing is open before the code, and somebody else may sign in."""
    page = quiet
    page.goto(portal.address)
    _give(page, portal.person("Lou Placeholder"))
    page.get_by_role("button", name="Not you?").click()
    _heading(page, "Sign in")
    page.reload()
    _heading(page, "Sign in")
    _give(page, portal.person("Gina Sample"))
    _heading(page, "Welcome")


def test_an_expired_password_opens_only_the_page_to_change_it(quiet: Page, portal: Portal, axe: str) -> None:
    """CRD-2, S-AUTH-05: after 365 days; refusals of the portal are shown, and the new one leads in."""
    page = quiet
    # Staff of the demo are looked at by no other clock; a member would be inactive and unreviewed by then.
    ada = portal.person("Ada Fictional")
    portal.console("POST", "clock", {"advance_seconds": 364 * _DAY})
    screens.sign_in(page, portal, "Ada Fictional")
    screens.sign_out(page)
    portal.console("POST", "clock", {"advance_seconds": 2 * _DAY})
    page.goto(portal.address)
    _give(page, ada)
    screens.give_code(page, portal, ada)
    _heading(page, "Choose a new password")
    page.goto(f"{portal.address}/messages")
    _heading(page, "Choose a new password")
    page.get_by_label("Current password").fill(ada["password"])
    page.get_by_label("New password").fill(ada["password"])
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    screens.check_accessibility(page, axe, "expired password")
    page.get_by_label("New password").fill(_PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    _heading(page, "Inbox")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_disabled_account_says_who_can_open_it(quiet: Page, portal: Portal, axe: str, width: int) -> None:
    """ACC-4, S-AUTH-07, PLT-1: told after the right password only."""
    page = quiet
    page.set_viewport_size({"width": width, "height": 700})
    gina = portal.person("Gina Sample")
    screens.sign_in(page, portal, "Lou Placeholder")
    page.goto(f"{portal.address}/users")
    page.get_by_role("link", name="Gina Sample").click()
    page.get_by_role("button", name="Disable").click()
    page.get_by_role("dialog").get_by_label("Comment (required)").fill("Left")
    page.get_by_role("dialog").get_by_role("button", name="Disable").click()
    expect(page.get_by_text("Gina Sample is disabled")).to_be_visible()
    screens.sign_out(page)
    _give(page, gina, "Wrong-Password-1")
    expect(page.get_by_role("alert").first).not_to_contain_text("disabled")
    _give(page, gina)
    _heading(page, "Your account is disabled")
    expect(page.get_by_role("main")).to_contain_text("Ask your local administrator")
    screens.check_accessibility(page, axe, "disabled")
    screens.check_width(page, "disabled")
    page.get_by_role("button", name="Back to sign in").click()
    _heading(page, "Sign in")


def test_a_fourth_browser_ends_the_first_and_both_say_so(quiet: Page, portal: Portal, browser: Browser) -> None:
    """ACC-10, S-SESS-08."""
    first = quiet
    screens.sign_in(first, portal, "Gina Sample")
    contexts = []
    for _ in range(3):
        portal.console("POST", "clock", {"advance_seconds": 5})
        contexts.append(browser.new_context())
        last = contexts[-1].new_page()
        screens.sign_in(last, portal, "Gina Sample")
    expect(last.get_by_text("Another session of yours has ended")).to_be_visible()
    last.get_by_role("button", name="I understand").click()
    expect(last.get_by_text("Another session of yours has ended")).to_be_hidden()
    first.goto(f"{portal.address}/messages")
    expect(first.get_by_text("You were signed out here")).to_be_visible()
    for context in contexts:
        context.close()


def test_a_sensitive_change_asks_again_and_goes_on_where_it_was(quiet: Page, portal: Portal, axe: str) -> None:
    """CRD-10, S-SESS-10: the very same request after the proof; cancelling changes nothing."""
    page = quiet
    page.set_viewport_size({"width": 320, "height": 640})
    screens.sign_in(page, portal, "Lou Placeholder")
    lou = portal.person("Lou Placeholder")
    portal.console("POST", "clock", {"advance_seconds": 6 * 60})
    page.goto(f"{portal.address}/profile")
    page.get_by_role("button", name="Change email").click()
    page.get_by_label("New email").fill("lou.new@people.example")
    asked: list[str | None] = []
    page.on(
        "request",
        lambda request: asked.append(request.post_data) if request.url.endswith("/api/profile/email") else None,
    )
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Confirm that it is you")
    expect(dialog).to_be_visible()
    screens.check_accessibility(page, axe, "proof")
    screens.check_width(page, "proof")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_label("New email")).to_have_value("lou.new@people.example")
    page.get_by_label("New email").focus()
    page.keyboard.press("Enter")
    for password in ("Wrong-Password-1", lou["password"]):
        dialog.get_by_label("Password", exact=True).fill(password)
        dialog.get_by_label("6-digit code").fill(portal.code(lou))
        dialog.get_by_role("button", name="Confirm").click()
        if password != lou["password"]:
            expect(dialog.get_by_role("alert").first).to_be_visible()
    expect(dialog).to_be_hidden()
    expect(page.get_by_text("A new email waits to be confirmed")).to_be_visible()
    assert len(asked) == 3
    assert asked[1] == asked[2]


def test_who_was_not_reviewed_in_time_is_told_what_to_do(quiet: Page, portal: Portal, axe: str) -> None:
    """CRD-7, section 3: the strongest of several causes, and whom to ask."""
    page = quiet
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(portal.address)
    # Who can't sign in is not on the list of those who can; all demo people have one password.
    ivan = {"email": "ivan.sample@willow-example-dental.example"}
    _give(page, ivan, portal.person("Gina Sample")["password"])
    _heading(page, "Your account is suspended")
    expect(page.get_by_role("main")).to_contain_text("Ask your local administrator to review it")
    screens.check_accessibility(page, axe, "suspended")
    screens.check_width(page, "suspended")
