"""The public directory and the requests that come by it, as people use them (ORG-6)."""

import os
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_FOLDER = os.environ.get("PORTICO_SCREENSHOTS")
_LOU = "lou.placeholder@maple-example-clinic.example"
_PHONE: ViewportSize = {"width": 320, "height": 640}


def _seen(page: Page, axe: str, name: str) -> None:
    """Looked at by axe, at its width, and by whoever looks at pictures."""
    screens.check_accessibility(page, axe, name)
    screens.check_width(page, name)
    if _FOLDER:
        page.screenshot(path=Path(_FOLDER) / f"{name}.png", full_page=True)


def _look(page: Page, tin: str) -> None:
    page.get_by_label("Tax identification number").fill(tin)
    page.get_by_role("button", name="Look up", exact=True).click()


def _ask(page: Page, name: str) -> None:
    for label, value in (("Your name", name), ("Your email", "ann@people.example"), ("Your phone", "555-010-0199")):
        page.get_by_label(label).fill(value)
    page.get_by_label("What it is about").fill("We <b>share</b>\nsome paper.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your request was sent")


def test_a_request_reaches_an_administrator_and_is_settled(quiet: Page, portal: Portal, axe: str) -> None:
    """ORG-6: from the sign-in page; no name is shown; the TIN is in no URL; told by mail without content."""
    page = quiet
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(portal.address)
    page.get_by_role("main").get_by_role("link", name="Find a practice's administrator").click()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    _seen(page, axe, "directory")
    page.get_by_role("button", name="Look up", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Enter the TIN of the practice.")
    _look(page, "00-0000001")
    expect(page.get_by_role("heading", name="This practice has an administrator")).to_be_focused()
    for name in ("Lou", "Bea", "Maple"):
        expect(page.get_by_text(name)).to_have_count(0)
    _seen(page, axe, "directory-yes")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("Enter your name.").first).to_be_visible()
    _ask(page, "Ann Asker")
    _seen(page, axe, "directory-sent")
    assert [url for url in asked if "0000001" in url] == []
    (told, *_) = screens.awaited_mails(portal, _LOU)
    assert "Ann" not in told and "paper" not in told

    screens.sign_in(page, portal, "Lou Placeholder")
    task = page.get_by_role("region", name="Needs your attention")
    task.get_by_role("link", name="1 request from the directory").click()
    card = page.get_by_role("listitem", name="Ann Asker")
    expect(card).to_contain_text("We <b>share</b>")
    _seen(page, axe, "directory-requests")
    card.get_by_role("button", name="Settle").click()
    page.get_by_role("dialog").get_by_role("button", name="Settle").click()
    expect(page.get_by_text("Nobody waits for an answer.")).to_be_visible()
    expect(page.get_by_text("The request of Ann Asker is settled.").first).to_be_visible()


def test_without_an_administrator_it_says_how_to_name_one(quiet: Page, portal: Portal, axe: str) -> None:
    """ORG-6, ORG-1: the form that the plan sends; a request goes to enrollment. By the help at the end of the page."""
    page = quiet
    page.goto(portal.address)
    page.get_by_role("contentinfo").get_by_role("link", name="Find a practice's administrator").click()
    _look(page, "99-9999999")
    expect(page.get_by_role("heading", name="No administrator is known for this TIN")).to_be_focused()
    _seen(page, axe, "directory-no")
    _ask(page, "Abe Asker")
    page.get_by_role("button", name="Look up another TIN").click()
    _look(page, "12")
    expect(page.get_by_role("alert")).to_be_visible()
    _look(page, "99-9999999")
    page.get_by_role("link", name="Ask for the form").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/nominate/request")

    screens.sign_in(page, portal, "Enzo Fictional")
    page.goto(f"{portal.address}/directory-requests")
    card = page.get_by_role("listitem", name="Abe Asker")
    expect(card).to_contain_text("999999999")
    expect(card).to_contain_text("Not known with this TIN")


def test_on_a_small_screen_in_spanish(quiet: Page, portal: Portal, axe: str) -> None:
    """PLT-1: 320 px, es."""
    page = quiet
    page.set_viewport_size(_PHONE)
    page.goto(f"{portal.address}/directory")
    page.get_by_role("button", name="Español").click()
    page.get_by_label("Número de identificación fiscal").fill("00-0000001")
    page.get_by_role("button", name="Buscar", exact=True).click()
    expect(page.get_by_role("heading", name="Este consultorio tiene un administrador")).to_be_focused()
    _seen(page, axe, "directory-small-es")
