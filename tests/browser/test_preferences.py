"""People choose how they are told about what, and where, in a real browser (NOT-1, S-MAIL-03)."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_ADDRESS = "gina.notices@people.example"
_NARROW = {"width": 320, "height": 640}


def _open(page: Page, portal: Portal, name: str) -> None:
    screens.sign_in(page, portal, name)
    page.get_by_role("navigation", name="Main").get_by_role("button", name="More").click()
    page.get_by_role("link", name="Communication Preferences").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Communication Preferences")


def _section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def _link(portal: Portal) -> str:
    found = re.search(r"\S+/confirm-notice-address#\S+", screens.awaited_mails(portal, _ADDRESS)[0])
    assert found is not None
    return found[0]


def test_channels_are_chosen_by_keyboard_and_kept_until_saved(quiet: Page, portal: Portal, axe: str) -> None:
    """NOT-1, PLT-1: Email or Online only; what always mails says why; leaving asks; two tabs don't overwrite."""
    page = quiet
    page.set_viewport_size(_NARROW)  # type: ignore[arg-type]  # a size
    _open(page, portal, "Gina Sample")
    channels = _section(page, "What you are told by email")
    messages = channels.get_by_role("group", name="Messages")
    expect(messages.get_by_label("Email", exact=True)).to_be_checked()
    fixed = channels.get_by_role("group", name="Security of your account")
    expect(fixed.get_by_role("radio")).to_be_disabled()
    expect(fixed).to_contain_text("You can't turn this off")
    other = page.context.new_page()
    other.goto(page.url)
    screens.press_on(page, messages.get_by_label("Email", exact=True), "ArrowDown")
    expect(messages.get_by_label("Online only")).to_be_checked()
    page.get_by_role("link", name="Home").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Leave without saving?")
    dialog.get_by_role("button", name="Keep editing").click()
    screens.press_on(page, channels.get_by_role("button", name="Save"), "Enter")
    expect(page.get_by_text("Your preferences are saved.")).to_be_visible()
    expect(page.get_by_role("heading", name="What you are told by email")).to_be_focused()
    screens.check_accessibility(page, axe, "preferences")
    screens.check_width(page, "preferences")
    late = _section(other, "What you are told by email")
    late.get_by_role("group", name="User management").get_by_label("Online only").check()
    late.get_by_role("button", name="Save").click()
    late.get_by_role("button", name="Load the preferences anew and keep what I chose").click()
    expect(late.get_by_role("group", name="Messages").get_by_label("Online only")).to_be_checked()
    late.get_by_role("button", name="Save").click()
    expect(other.get_by_text("Your preferences are saved.")).to_be_visible()
    page.reload()
    for group in ("Messages", "User management"):
        expect(channels.get_by_role("group", name=group).get_by_label("Online only")).to_be_checked()
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welcome")


def test_an_address_for_notices_counts_once_its_mailbox_confirms_it(
    quiet: Page, portal: Portal, browser: Browser, axe: str
) -> None:
    """S-MAIL-03: waiting, sent again, withdrawn; fetching the link spends nothing; the one before is told; and back."""
    page, own = quiet, portal.person("Gina Sample")["email"]
    _open(page, portal, "Gina Sample")
    address = _section(page, "Address for notices")
    expect(address).to_contain_text(f"Notices go to {own}.")
    for typed, told in (("", "Enter the address for notices."), (own, "You sign in with this address already.")):
        address.get_by_role("button", name="Use another address").click()
        address.get_by_label("New address for notices").fill(typed)
        address.get_by_role("button", name="Send the link", exact=True).click()
        expect(address.get_by_role("alert")).to_contain_text(told)
        address.get_by_role("button", name="Cancel").click()
    for _ in range(2):
        address.get_by_role("button", name="Use another address").click()
        address.get_by_label("New address for notices").fill(_ADDRESS)
        address.get_by_role("button", name="Send the link", exact=True).click()
        expect(address).to_contain_text(f"Open the link that we sent to {_ADDRESS}")
        if not _:
            address.get_by_role("button", name="Withdraw this address").click()
            expect(address).to_contain_text("Its link opens nothing any more.")
            expect(address.get_by_text("Open the link that we sent")).to_have_count(0)
    first = _link(portal)
    address.get_by_role("button", name="Send the link again").click()
    expect(address).to_contain_text("a link is on its way to it")
    page.set_viewport_size(_NARROW)  # type: ignore[arg-type]  # a size
    screens.check_accessibility(page, axe, "an address waits")
    screens.check_width(page, "an address waits")
    link = _link(portal)
    assert link != first
    other = browser.new_page(viewport=_NARROW)  # type: ignore[arg-type]  # a size
    for opened in (first, link, link):
        # Whoever only fetches it spends nothing: it is opened, and opened again.
        other.goto("about:blank")
        other.goto(opened)
        expect(other.get_by_role("heading", level=1)).to_have_text("Confirm an address for notices")
        if opened == first:
            other.get_by_role("button", name="Confirm").click()
            expect(other.get_by_role("heading", level=1)).to_have_text("This link can't be used any more")
    screens.check_accessibility(other, axe, "confirming an address")
    screens.check_width(other, "confirming an address")
    other.get_by_role("button", name="Confirm").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("The address is confirmed")
    other.close()
    assert any("go to another one from now on" in text for text in screens.awaited_mails(portal, own))
    page.reload()
    expect(address).to_contain_text(f"Notices go to {_ADDRESS}.")
    address.get_by_role("button", name="Use the address I sign in with").click()
    expect(address).to_contain_text(f"Notices go to {own}.")
    assert any("go to another one from now on" in text for text in screens.awaited_mails(portal, _ADDRESS))


@pytest.mark.parametrize(("name", "address"), [("Bruno Specimen", "front-desk@birch-sample.example")])
def test_staff_and_administrators_find_it_from_their_profile(
    quiet: Page, portal: Portal, axe: str, name: str, address: str
) -> None:
    """PLT-4, PLT-8: also in Spanish; one of the demo has an address for notices."""
    page = quiet
    screens.sign_in(page, portal, name)
    page.get_by_role("banner").get_by_role("link", name="Profile").click()
    page.get_by_role("link", name="Open Communication Preferences").click()
    expect(_section(page, "Address for notices")).to_contain_text(f"Notices go to {address}.")
    screens.check_accessibility(page, axe, "preferences of an administrator")
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Preferencias de comunicación")
    expect(_section(page, "Dirección para avisos")).to_contain_text(address)
    page.set_viewport_size(_NARROW)  # type: ignore[arg-type]  # a size
    screens.check_width(page, "preferences in Spanish")
    screens.check_accessibility(page, axe, "preferences in Spanish")
