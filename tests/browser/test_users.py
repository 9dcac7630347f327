"""User Management as administrators meet it (ACC-2..ACC-4, ORG-5)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_MARKUP = "</xmp><script>alert(1)</script> ;alert(1)// 👩‍👩‍👧‍👦 é مرحبا"
_CHARACTERS = 53  # as a person counts them: the family is one


@pytest.fixture
def guarded(quiet: Page) -> Page:
    """A page in which no dialog of the browser may open: a comment that runs would open one."""
    quiet.on("dialog", lambda dialog: pytest.fail(f"a dialog opened: {dialog.message}"))
    return quiet


def test_a_user_is_created_edited_and_disabled(guarded: Page, portal: Portal) -> None:
    """ACC-2, ACC-3, ACC-4: comments are text on the page and in print, whatever they hold."""
    page = guarded
    _open_users(page, portal, "Lou Placeholder")
    page.get_by_role("link", name="Create user").click()
    for level in ("Claims", "Eligibility", "Health records"):
        expect(page.get_by_label(level)).not_to_be_checked()
    page.get_by_label("Name", exact=True).fill("Nguyen Thi Anh")
    page.get_by_label("Work email").fill("frontdesk@maple-example-clinic.example")
    page.get_by_label("Telephone").fill("555-010-0177")
    page.get_by_role("button", name="Create user").click()
    page.get_by_role("dialog", name="This looks like a shared account").get_by_role(
        "button", name="No, go back"
    ).click()
    page.get_by_label("Work email").fill("thi.anh@maple-example-clinic.example")
    page.get_by_role("button", name="Create user").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Update user: Nguyen Thi Anh")

    page.get_by_label("Claims").check()
    page.get_by_label("Comment (optional)").fill(_MARKUP)
    expect(page.get_by_text(f"{200 - _CHARACTERS} characters left").first).to_be_visible()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Changes saved")).to_be_visible()
    entry = _entry(page, 2)
    expect(entry).to_contain_text("Access levels: from None to Claims")
    expect(entry).to_contain_text("Lou Placeholder (lou.placeholder@maple-example-clinic.example)")
    expect(entry.get_by_text(_MARKUP)).to_be_visible()
    assert page.locator("main script").count() == 0

    page.get_by_role("button", name="Disable").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Disable").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Write a comment")
    dialog.get_by_label("Comment (required)").fill("Has left the practice")
    dialog.get_by_role("button", name="Disable").click()
    expect(page.get_by_text("Nguyen Thi Anh is disabled")).to_be_visible()
    expect(_entry(page, 3)).to_contain_text("Status: from Unverified to Disabled")

    page.emulate_media(media="print")
    expect(_entry(page, 2).get_by_text(_MARKUP)).to_be_visible()
    expect(page.get_by_role("button", name="Save changes")).to_be_hidden()


def test_the_list_is_searched_filtered_and_sorted(quiet: Page, portal: Portal) -> None:
    """ACC-3: filters live in the address, the search never; the way back leads to the list as it was."""
    page = quiet
    _open_users(page, portal, "Lou Placeholder")
    page.get_by_label("Search by name or email").fill("JEMP")
    expect(_rows(page)).to_have_count(1)
    page.get_by_label("Role").select_option("general_user")
    expect(page).to_have_url(re.compile(r"/users\?role=general_user$"))
    page.get_by_role("link", name="Hugo Ejemplo").click()
    expect(page.get_by_role("heading", name="User information")).to_be_visible()
    page.get_by_role("link", name="Back to users").click()
    expect(page).to_have_url(re.compile(r"/users\?role=general_user$"))
    expect(page.get_by_label("Search by name or email")).to_have_value("JEMP")
    expect(_rows(page)).to_have_count(1)
    assert "JEMP" not in page.evaluate("JSON.stringify(history.state) + location.href")
    page.get_by_role("button", name="Clear search and filters").click()
    expect(_rows(page)).to_have_count(4)

    heading = page.get_by_role("columnheader", name="Name")
    page.get_by_role("button", name="Name", exact=True).click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(_rows(page).first).to_contain_text("Bea Placeholder")
    page.get_by_role("button", name="Name", exact=True).click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(_rows(page).first).to_contain_text("Lou Placeholder")


def test_two_administrators_do_not_overwrite_each_other(quiet: Page, portal: Portal, browser: Browser) -> None:
    """PLT-3, ACC-4: the second one is told, and what they typed is kept over what is there now."""
    with browser.new_context(locale="en-US") as apart:
        other = apart.new_page()
        for page, name in ((quiet, "Lou Placeholder"), (other, "Bea Placeholder")):
            _open_users(page, portal, name)
            page.get_by_role("link", name="Hugo Ejemplo").click()
        other.get_by_label("Eligibility").check()
        other.get_by_role("button", name="Save changes").click()
        expect(other.get_by_text("Changes saved")).to_be_visible()
    quiet.get_by_label("Assessments").check()
    quiet.get_by_label("Comment (optional)").fill("Joins the nurses")
    quiet.get_by_role("button", name="Save changes").click()
    expect(quiet.get_by_role("alert")).to_be_focused()
    quiet.get_by_role("button", name="Load the current details").click()
    expect(quiet.get_by_label("Eligibility")).to_be_checked()
    expect(quiet.get_by_label("Assessments")).to_be_checked()
    expect(quiet.get_by_label("Comment (optional)")).to_have_value("Joins the nurses")
    quiet.get_by_role("button", name="Save changes").click()
    expect(_entry(quiet, 2)).to_contain_text("from Claims, Eligibility to Claims, Eligibility, Assessments")


def test_leaving_with_unsaved_changes_asks_first(quiet: Page, portal: Portal) -> None:
    """ACC-4."""
    page = quiet
    _open_users(page, portal, "Lou Placeholder")
    page.get_by_role("link", name="Hugo Ejemplo").click()
    page.get_by_label("Eligibility").check()
    page.get_by_role("link", name="Back to users").click()
    dialog = page.get_by_role("dialog", name="Leave without saving?")
    dialog.get_by_role("button", name="Keep editing").click()
    expect(page.get_by_label("Eligibility")).to_be_checked()
    page.get_by_label("Eligibility").uncheck()
    page.get_by_role("link", name="Back to users").click()
    expect(page.get_by_role("table", name="Users")).to_be_visible()


def test_the_keyboard_alone_is_enough(quiet: Page, portal: Portal) -> None:
    """PLT-1: from the list to a disabled account without a pointer; the focus is never lost."""
    page = quiet
    _open_users(page, portal, "Lou Placeholder")
    screens.press_on(page, page.get_by_role("link", name="Hugo Ejemplo"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    screens.press_on(page, page.get_by_label("Eligibility"), "Space")
    screens.press_on(page, page.get_by_role("button", name="Save changes"), "Enter")
    expect(page.get_by_text("Changes saved")).to_be_visible()
    screens.press_on(page, page.get_by_role("button", name="Disable"), "Enter")
    dialog = page.get_by_role("dialog")
    screens.press_on(page, dialog.get_by_label("Comment (required)"), None)
    page.keyboard.type("Left")
    screens.press_on(page, dialog.get_by_role("button", name="Disable"), "Enter")
    expect(page.get_by_text("Hugo Ejemplo is disabled")).to_be_visible()
    expect(page.get_by_role("heading", name="Account", exact=True)).to_be_focused()


def test_the_seat_is_handed_over(quiet: Page, portal: Portal) -> None:
    """ORG-5: in one step; the former one is a general user then and has no User Management any more."""
    page = quiet
    _open_users(page, portal, "Lou Placeholder")
    page.get_by_role("link", name="Administrators", exact=True).click()
    page.get_by_role("button", name="Hand over the seat").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Gina Sample").check()
    dialog.get_by_label("General user").check()
    dialog.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_text("The seat was handed over to Gina Sample")).to_be_visible()
    expect(_main(page).get_by_role("link", name="User Management")).to_be_hidden()
    page.goto(f"{portal.address}/users")
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")


def test_somebody_new_is_invited_for_the_seat(quiet: Page, portal: Portal) -> None:
    """ORG-5, ACC-2: in the same dialog; what is missing or looks shared is told at its field."""
    page = quiet
    _open_users(page, portal, "Lou Placeholder")
    page.get_by_role("link", name="Administrators", exact=True).click()
    page.get_by_role("button", name="Hand over the seat").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Invite a new person").click()
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    dialog.get_by_role("button", name="Hand over", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("Enter the work email.")
    dialog.get_by_label("Name", exact=True).fill("Office")
    dialog.get_by_label("Work email").fill("nia.office@maple-example-clinic.example")
    dialog.get_by_label("Telephone").fill("555-010-0178")
    dialog.get_by_role("button", name="Hand over", exact=True).click()
    dialog.get_by_label("This is one named person").check()
    dialog.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_text("Handover to Office waits until they are active")).to_be_visible()
    expect(page.get_by_role("region", name="Handover pending")).to_contain_text("nia.office@")


def test_users_are_imported_after_a_dry_run_and_exported(quiet: Page, portal: Portal, tmp_path: Path) -> None:
    """ACC-2, ACC-3: row, column and reason of what is wrong; the rest comes in; the export holds them."""
    page = quiet
    file = tmp_path / "users.csv"
    rows = [f"Person {name},{name}@maple-example-clinic.example,555-010-01{n},,claims," for n, name in _new_people()]
    wrong = ["Somebody,nowhere,555-010-0199,,flying,"]
    file.write_text("\n".join(["name,email,phone,role,access_levels,providers", *rows, *wrong]), "utf-8")
    _open_users(page, portal, "Lou Placeholder")
    page.get_by_role("link", name="Import CSV").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download a template").click()
    assert downloading.value.path().read_text("utf-8-sig").startswith("name,email,phone")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    run = page.get_by_role("button", name="Import 2 users")
    expect(run).to_be_visible(timeout=60_000)
    problems = page.get_by_role("table", name="Rows with problems")
    expect(problems.get_by_role("row").filter(has_text="access_levels")).to_contain_text("4")
    run.click()
    expect(page.get_by_text("2 users added")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Back to users").first.click()
    expect(_rows(page)).to_have_count(6)

    page.get_by_role("button", name="Export CSV").click()
    ready = page.get_by_role("button", name="Download")
    expect(ready).to_be_visible(timeout=60_000)
    with page.expect_download() as downloading:
        ready.click()
    assert "ola@maple-example-clinic.example" in downloading.value.path().read_text("utf-8-sig")


def _new_people() -> list[tuple[int, str]]:
    return [(31, "ola"), (32, "ida")]


def _open_users(page: Page, portal: Portal, name: str) -> None:
    screens.sign_in(page, portal, name)
    _main(page).get_by_role("link", name="User Management").click()
    expect(_rows(page).first).to_be_visible()


def _main(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Main")


def _rows(page: Page) -> Locator:
    """The people in the list, without its heading."""
    return page.get_by_role("table", name="Users").locator("tbody").get_by_role("row")


def _entry(page: Page, number: int) -> Locator:
    """One entry of the comments history."""
    return page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=f"Entry {number}", exact=True))
