"""The access review as the administrators of a practice meet it (REV-1 to REV-5)."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal


@pytest.fixture
def due(portal: Portal) -> Portal:
    """Ten days before the people of the demo are to be reviewed."""
    portal.console("POST", "clock", {"advance_seconds": 80 * 24 * 60 * 60})
    return portal


def test_decisions_are_kept_as_they_are_made(quiet: Page, due: Portal) -> None:
    """REV-2, REV-3: one decision each; a flagged one needs a reason; what was decided outlives a reload."""
    page = quiet
    _open_review(page, due, "Wanda Specimen")
    names = page.get_by_role("heading", level=3).all_inner_texts()
    assert names[0] == "Ivan Sample"  # suspended ones stand on top
    own = _card(page, "Wanda Specimen")
    expect(own).to_contain_text("Nobody reviews themself: Wes Specimen can review you.")
    expect(own.get_by_role("button")).to_have_count(0)

    omar = _card(page, "Omar Sample")
    expect(omar).to_contain_text("Never signed in")
    omar.get_by_role("button", name="Keep as is").click()
    expect(omar.get_by_role("alert")).to_be_focused()
    expect(omar.get_by_role("alert")).to_contain_text("Write a reason")
    omar.get_by_label("Reason (required)").fill("On leave until spring")
    omar.get_by_role("button", name="Keep as is").click()
    expect(page.get_by_role("heading", name="Omar Sample: Kept")).to_be_visible()
    # Those of one instant stand in no certain order; who was passed over comes again.
    after = [*names[names.index("Omar Sample") + 1 :], *names]
    following = next(name for name in after if name != "Wanda Specimen")
    expect(page.get_by_role("heading", name=following, exact=True)).to_be_focused()
    expect(page.get_by_text("1 of 4 people reviewed.")).to_be_visible()

    wes = _card(page, "Wes Specimen")
    wes.get_by_role("button", name="Change").click()
    expect(wes.get_by_role("heading", name="Change the access of Wes Specimen")).to_be_focused()
    wes.get_by_label("Claims").uncheck()
    wes.get_by_label("Reason (required)").fill("No longer does claims")
    wes.get_by_role("button", name="Save changes and verify").click()
    expect(page.get_by_role("heading", name="Wes Specimen: Changed")).to_be_visible()

    page.reload()
    expect(page.get_by_role("heading", level=3)).to_have_text(["Ivan Sample", "Wanda Specimen"])
    expect(page.get_by_text("2 of 4 people reviewed.")).to_be_visible()
    ivan = _card(page, "Ivan Sample")
    ivan.get_by_role("button", name="Remove").click()
    ivan.get_by_label("Reason (required)").fill("Left the practice")
    ivan.get_by_role("button", name="Remove").click()
    expect(page.get_by_role("heading", name="Ivan Sample: Removed")).to_be_visible()
    expect(page.get_by_role("heading", name="Nothing more for you to decide here")).to_be_focused()


def test_two_administrators_review_at_once(quiet: Page, due: Portal, browser: Browser) -> None:
    """REV-3: whoever comes second is told by whom it was decided; a card that changed is shown anew first."""
    _open_review(quiet, due, "Lou Placeholder")
    with browser.new_context(locale="en-US") as apart:
        other = apart.new_page()
        _open_review(other, due, "Bea Placeholder")
        _keep(other, "Hugo Ejemplo")
        expect(other.get_by_role("heading", name="Hugo Ejemplo: Kept")).to_be_visible()
        other.get_by_role("link", name="Decisions made").click()
        expect(other.get_by_role("heading", name="Hugo Ejemplo: Kept")).to_be_visible()
        other.get_by_role("link", name="Review", exact=True).click()
        gina = _card(other, "Gina Sample")
        gina.get_by_role("button", name="Change").click()
        gina.get_by_label("Reason (required)").fill("Never used")
        gina.get_by_label("Claims").uncheck()
        gina.get_by_role("button", name="Save changes and verify").click()
        expect(other.get_by_role("heading", name="Gina Sample: Changed")).to_be_visible()
    for name, decided in (("Hugo Ejemplo", "Kept"), ("Gina Sample", "Changed")):
        _keep(quiet, name)
        told = quiet.get_by_role("heading", name=re.compile(f"{name}: {decided} by Bea Placeholder"))
        expect(told).to_be_focused()
    expect(quiet.get_by_text("2 of 4 people reviewed.")).to_be_visible()
    expect(_card(quiet, "Gina Sample")).to_contain_text("Nothing of yours was saved")


def test_the_decisions_show_what_was_seen(quiet: Page, due: Portal) -> None:
    """REV-5: on the screen, in print and as a file; what was typed is text."""
    page = quiet
    markup = "<b>Here</b> =1+1"
    _open_review(page, due, "Lou Placeholder")
    hugo = _card(page, "Hugo Ejemplo")
    hugo.get_by_label("Reason (required)").fill(markup)
    hugo.get_by_role("button", name="Keep as is").click()
    expect(page.get_by_role("heading", name="Hugo Ejemplo: Kept")).to_be_visible()
    page.get_by_role("link", name="Decisions made").click()
    made = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Hugo Ejemplo: Kept"))
    expect(made).to_contain_text("By Lou Placeholder")
    expect(made.get_by_text(markup)).to_be_visible()
    seen = made.get_by_role("heading", name="What the reviewer saw")
    expect(seen).to_be_hidden()
    page.emulate_media(media="print")
    expect(seen).to_be_visible()
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    page.emulate_media(media="screen")
    made.get_by_role("button", name="Show what was seen").click()
    expect(seen).to_be_visible()
    expect(made.get_by_text("Never signed in")).to_be_visible()

    page.get_by_role("button", name="Export CSV").click()
    ready = page.get_by_role("button", name="Download")
    expect(ready).to_be_visible(timeout=60_000)
    with page.expect_download() as downloading:
        ready.click()
    file = downloading.value.path().read_text("utf-8-sig")
    assert "hugo.ejemplo@maple-example-clinic.example" in file
    assert markup in file


def test_the_keyboard_alone_is_enough(quiet: Page, due: Portal) -> None:
    """PLT-1: from the menu through a card that was opened and closed again to a decision; the focus is never lost."""
    page = quiet
    screens.sign_in(page, due, "Lou Placeholder")
    screens.press_on(page, page.get_by_role("button", name="More"), "Enter")
    screens.press_on(page, page.get_by_role("link", name="Access review"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    hugo = _card(page, "Hugo Ejemplo")
    screens.press_on(page, hugo.get_by_role("button", name="Remove"), "Enter")
    expect(hugo.get_by_role("heading", name="Remove Hugo Ejemplo?")).to_be_focused()
    screens.press_on(page, hugo.get_by_role("button", name="Cancel"), "Enter")
    expect(hugo.get_by_role("button", name="Remove")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(hugo.get_by_label("Reason (required)")).to_be_focused()
    page.keyboard.type("Works here")
    screens.press_on(page, hugo.get_by_role("button", name="Keep as is"), "Enter")
    expect(page.get_by_role("heading", name="Hugo Ejemplo: Kept")).to_be_visible()
    expect(page.locator(":focus")).to_have_role("heading")


def test_an_unused_account_is_reviewed_and_enabled_again(quiet: Page, due: Portal) -> None:
    """INA-2, INA-3, REV-4: a review lifts the suspension alone; the account page says what is due, and enables."""
    page = quiet
    _open_review(page, due, "Wanda Specimen")
    ivan = _card(page, "Ivan Sample")
    ivan.get_by_label("Reason (required)").fill("Comes back in spring")
    ivan.get_by_role("button", name="Keep as is").click()
    expect(_card(page, "Ivan Sample: Kept")).to_contain_text("Inactive")
    page.get_by_role("link", name="User Management").click()
    page.get_by_role("link", name="Ivan Sample").click()
    facts = page.get_by_role("region", name="User information")
    expect(facts).to_contain_text("Review due by")
    page.get_by_role("button", name="Enable").click()
    page.get_by_role("dialog").get_by_role("button", name="Enable").click()
    expect(page.get_by_text("Ivan Sample is enabled")).to_be_visible()
    expect(facts).to_contain_text(re.compile(r"Access closes.*unless they sign in before"))


def _open_review(page: Page, portal: Portal, name: str) -> None:
    screens.sign_in(page, portal, name)
    page.goto(f"{portal.address}/reviews")
    expect(page.get_by_role("heading", level=3).first).to_be_visible()


def _keep(page: Page, name: str) -> None:
    card = _card(page, name)
    card.get_by_label("Reason (required)").fill("Works here")
    card.get_by_role("button", name="Keep as is").click()


def _card(page: Page, name: str) -> Locator:
    return page.locator("li.p-review").filter(has=page.get_by_role("heading", name=re.compile(f"^{name}"), level=3))
