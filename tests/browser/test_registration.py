"""From asking for an account to signing in, as people go it, mails included (ACC-1, CRD-6)."""

import os
import re
import uuid
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_FOLDER = os.environ.get("PORTICO_SCREENSHOTS")
_PASSWORD = "Sturdy-Lantern-61"
_NORA = "nora.newcomer@people.example"
_NELL = "nell@people.example"
_LOU = "lou.placeholder@maple-example-clinic.example"


def _link(text: str) -> str:
    (found,) = re.findall(r"http://\S+/(?:register|reset)#\S+", text)
    return str(found)


def _ask(page: Page, portal: Portal, **changes: str) -> None:
    page.goto(portal.address)
    page.get_by_role("link", name="Register").click()
    typed = {"Your name": "Nora Newcomer", "Work email": _NORA, "Phone": "555-0100-7", "Tax": "00-0000001"}
    for label, value in (typed | changes).items():
        page.get_by_label(label).fill(value)
    page.get_by_role("button", name="Send the request").click()


def test_from_asking_to_signing_in(quiet: Page, portal: Portal) -> None:
    """ACC-1, section 3, CRD-1, CRD-6, S-MAIL-01, S-MAIL-02."""
    page = quiet
    _ask(page, portal)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    (told,) = screens.awaited_mails(portal, _LOU)
    assert "Nora" not in told

    screens.sign_in(page, portal, "Lou Placeholder")
    page.get_by_role("banner").get_by_role("link", name="User Management").first.click()
    page.get_by_role("link", name="Nora Newcomer").click()
    page.get_by_role("button", name="Enable", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Enable", exact=True).click()
    expect(page.get_by_text("Nora Newcomer is enabled").first).to_be_visible()
    screens.sign_out(page)

    link = _link(screens.awaited_mails(portal, _NORA)[0])
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Complete your registration")
    assert page.url == f"{portal.address}/register"
    expect(page.get_by_text("You have been invited by Maple Example Clinic.")).to_be_visible()
    expect(page.get_by_label("Work email")).to_have_value(_NORA)
    page.get_by_label("Your name").fill("Nora N. Newcomer")
    page.get_by_label("New password").fill("newcomer")
    expect(page.get_by_role("listitem").filter(has_text="8 to 128 characters (done)")).to_be_visible()
    screens.go_on(page)
    screens.answer_questions(page)
    page.get_by_role("button", name="Complete registration").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Accept the terms to go on.")).to_be_visible()
    page.get_by_label("I accept these terms").check()
    page.get_by_role("button", name="Complete registration").click()
    # What the portal refuses at the end leads back to its step, with all that was entered.
    expect(page.get_by_role("alert")).to_contain_text("Leave out your name")
    page.get_by_label("New password").fill(_PASSWORD)
    screens.go_on(page)
    screens.go_on(page)
    page.get_by_role("button", name="Complete registration").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account is ready")

    page.get_by_role("link", name="Go to sign in").click()
    page.get_by_label("Email", exact=True).fill(_NORA)
    page.get_by_label("Password", exact=True).fill(_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nora N. Newcomer")
    screens.sign_out(page)

    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link can't be used any more")


def test_an_administrator_registers_with_a_second_factor(quiet: Page, portal: Portal, axe: str) -> None:
    """CRD-9, S-AUTH-14: by the seed shown as text; recovery codes once; then in by password and code."""
    page = quiet
    page.set_viewport_size({"width": 320, "height": 640})
    _create(page, portal, "Nell Newcomer", "backup_administrator")
    page.context.clear_cookies()
    page.goto(_link(screens.awaited_mails(portal, _NELL)[0]))
    page.get_by_label("New password").fill(_PASSWORD)
    screens.go_on(page)
    screens.answer_questions(page)
    expect(page.get_by_role("img")).to_be_visible()
    app = {"totp_secret": page.locator("code").first.inner_text().replace(" ", "")}
    screens.check_accessibility(page, axe, "registering with a second factor")
    screens.check_width(page, "registering with a second factor")
    page.get_by_label("6-digit code").fill("000000")
    screens.go_on(page)
    page.get_by_label("I accept these terms").check()
    page.get_by_role("button", name="Complete registration").click()
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")
    page.get_by_label("6-digit code").fill(portal.code(app))
    screens.go_on(page)
    page.get_by_role("button", name="Complete registration").click()
    screens.keep_codes(page)
    page.get_by_role("link", name="Go to sign in").click()
    page.get_by_label("Email", exact=True).fill(_NELL)
    page.get_by_label("Password", exact=True).fill(_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    screens.give_code(page, portal, app)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nell Newcomer")


def _create(page: Page, portal: Portal, name: str, role: str) -> None:
    """Lou creates an account, by the API."""
    lou = portal.person("Lou Placeholder")
    headers = {"X-Portal-CSRF": "1", "Origin": portal.address}
    known = {"email": lou["email"], "password": lou["password"]}
    assert page.request.post(f"{portal.address}/api/session", data=known, headers=headers).ok
    coded = {"code": portal.code(lou)}
    assert page.request.post(f"{portal.address}/api/session/factor", data=coded, headers=headers).ok
    made = {"name": name, "email": _NELL, "phone": "555-0100-8", "role": role}
    answer = page.request.post(
        f"{portal.address}/api/members", data=made, headers=headers | {"Idempotency-Key": uuid.uuid4().hex}
    )
    assert answer.ok, answer.text()


def test_an_unknown_tin_gets_the_same_friendly_answer(quiet: Page, portal: Portal) -> None:
    """ACC-1."""
    _ask(quiet, portal, Tax="999999999")
    expect(quiet.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert screens.mails(portal, _LOU) == []


def test_a_reload_asks_for_the_link_again(quiet: Page, portal: Portal) -> None:
    """S-MAIL-02: the token is in this window's memory and nowhere else."""
    quiet.goto(f"{portal.address}/reset#{'A' * 43}")
    expect(quiet.get_by_role("heading", level=1)).to_have_text("This link can't be used any more")
    assert "A" * 43 not in quiet.evaluate(
        "JSON.stringify([history.state, localStorage, sessionStorage, location.href])"
    )
    quiet.reload()
    expect(quiet.get_by_role("heading", level=1)).to_have_text("Open the link again")


@pytest.mark.parametrize("size", [(1280, 900), (320, 640)], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["English", "Español"])
def test_the_pages_are_accessible_and_fit(
    quiet: Page, portal: Portal, axe: str, size: tuple[int, int], language: str
) -> None:
    """PLT-1: WCAG 2.2 AA as far as axe sees, nothing wider than the screen; with what is wrong shown, too."""
    page = quiet
    page.set_viewport_size({"width": size[0], "height": size[1]})
    _ask(page, portal)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    _look_at(page, axe, "register-asked", size, language)
    _create(page, portal, "Nell Newcomer", "general_user")
    page.context.clear_cookies()
    link = _link(screens.awaited_mails(portal, "nell@people.example")[0])
    for where, address in (("register", "/register"), ("complete", link), ("forgot", "/forgot")):
        page.goto("about:blank")
        page.goto(address if address.startswith("http") else portal.address + address)
        submit = page.locator("button[type=submit]")
        expect(submit).to_be_visible()
        if language == "Español":
            page.get_by_role("button", name="Español").click()
            expect(page.locator("html")).to_have_attribute("lang", "es")
        _look_at(page, axe, where, size, language)
        submit.click()
        expect(page.get_by_role("alert").first).to_be_focused()
        _look_at(page, axe, f"{where}-wrong", size, language)


def _look_at(page: Page, axe: str, where: str, size: tuple[int, int], language: str) -> None:
    screens.check_width(page, where)
    screens.check_accessibility(page, axe, where)
    if _FOLDER:
        page.screenshot(path=Path(_FOLDER) / f"{where}-{size[0]}-{language[:2].lower()}.png", full_page=True)
