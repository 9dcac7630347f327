"""Waves, and many practices from a CSV, in a real browser."""

from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_HEADER = "name,tin,npis,executive_name,executive_email,wave"


def _day(portal: Portal, ahead: int) -> str:
    now = datetime.fromisoformat(portal.console("GET", "clock")["now"])
    return (now + timedelta(days=ahead)).date().isoformat()


def _open_waves(page: Page, portal: Portal, name: str) -> None:
    screens.sign_in(page, portal, name)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practices").click()
    page.get_by_role("navigation", name="Parts of enrollment").get_by_role("link", name="Waves").click()
    expect(page.get_by_role("table", name="Waves")).to_be_visible()


def _plan(page: Page, portal: Portal, name: str) -> None:
    page.get_by_role("button", name="Plan a wave").click()
    dialog = page.get_by_role("dialog", name="Plan a wave")
    dialog.get_by_label("Wave name").fill(name)
    dialog.get_by_label("Send on").fill(_day(portal, 4))
    dialog.get_by_label("Ends on").fill(_day(portal, 32))
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_wave_is_planned_filled_and_followed(quiet: Page, portal: Portal) -> None:
    """ORG-2: wrong dates are told at their fields; practices are moved in; listed by what they lack."""
    page = quiet
    portal.console("POST", "settle")
    _open_waves(page, portal, "Enzo Fictional")
    page.get_by_role("button", name="Plan a wave").click()
    dialog = page.get_by_role("dialog", name="Plan a wave")
    dialog.get_by_label("Send on").fill(_day(portal, 9))
    dialog.get_by_label("Ends on").fill(_day(portal, 8))
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").first.get_by_role("listitem")).to_have_count(2)
    dialog.get_by_label("Wave name").fill("Week <b>one</b>")
    dialog.get_by_label("Send on").fill(_day(portal, -3))
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").first).to_be_focused()
    dialog.get_by_label("Send on").fill(_day(portal, 4))
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Week <b>one</b>")
    expect(page.get_by_role("region", name="About this wave")).to_contain_text("Planned")

    page.get_by_role("button", name="Add practices").click()
    dialog = page.get_by_role("dialog", name="Add practices")
    dialog.get_by_role("button", name="Add 0 practices").click()
    expect(dialog.get_by_role("alert").first).to_contain_text("Choose at least one practice.")
    dialog.get_by_label("Search practices by name or TIN").fill("hazel")
    dialog.get_by_label("Hazel Example Cardiology").check()
    dialog.get_by_label("Search practices by name or TIN").fill("alder")
    dialog.get_by_label("Alder Placeholder Optometry").check()
    dialog.get_by_role("button", name="Add 2 practices").click()
    expect(page.get_by_text("2 practices are in this wave now.")).to_be_visible()
    portal.console("POST", "settle")
    page.reload()
    table = page.get_by_role("table", name="Practices in this wave")
    expect(table.get_by_role("row")).to_have_count(3)
    page.get_by_label("Show", exact=True).select_option(label="Not reached")
    expect(table.get_by_role("row")).to_have_count(2)
    expect(table).to_contain_text("Hazel Example Cardiology")


def test_two_edit_a_wave_at_once(quiet: Page, portal: Portal, browser: Browser) -> None:
    """PLT-3, ORG-2: the slower one is told that somebody else changed it, and has it loaded anew."""
    page = quiet
    _open_waves(page, portal, "Enzo Fictional")
    page.get_by_role("link", name="Sample wave of spring").click()
    page.get_by_role("button", name="Edit wave").click()
    dialog = page.get_by_role("dialog", name="Edit wave")
    dialog.get_by_label("Wave name").fill("Mine")
    context = browser.new_context()
    other = context.new_page()
    _open_waves(other, portal, "Emil Fictional")
    other.get_by_role("link", name="Sample wave of spring").click()
    other.get_by_role("button", name="Edit wave").click()
    other.get_by_role("dialog").get_by_label("Wave name").fill("Theirs")
    other.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Theirs")
    context.close()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert").first).to_be_focused()
    dialog.get_by_role("button", name="Load the current details").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Theirs")
    page.get_by_role("button", name="Edit wave").click()
    page.get_by_role("dialog").get_by_label("Wave name").fill("Mine")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine")


def test_practices_are_imported_after_a_dry_run(quiet: Page, portal: Portal, tmp_path: Path) -> None:
    """ORG-2: each wrong cell by row and column; corrected, all come in; imported again, nothing is made twice."""
    page = quiet
    _open_waves(page, portal, "Enzo Fictional")
    _plan(page, portal, "Autumn")
    good = [
        "Birch Sample Allergy,000000091,1245319599,Berta Specimen,berta@birch.example,Autumn",
        "Fir Sample Urology,000000092,,Fred Specimen,fred@fir.example,",
    ]
    wrong = [
        "Larch Sample Surgery,123456,1245319590,Lars Specimen,nowhere,Winter",
        "Pine Sample Pathology,1.2E+08,,Pia Specimen,pia@pine.example,",
        "Other Name,000000006,,Somebody Else,else@hazel.example,",
    ]
    file = tmp_path / "practices.csv"
    file.write_text("\n".join([_HEADER, *good, *wrong]), "utf-8")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practices").click()
    page.get_by_role("link", name="Import CSV").click()
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download a template").click()
    assert downloading.value.path().read_text("utf-8-sig").startswith("name,tin,npis,executive_name")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    run = page.get_by_role("button", name="Import 2 practices")
    expect(run).to_be_visible(timeout=60_000)
    problems = page.get_by_role("table", name="Rows with problems").get_by_role("row")
    for column in ("tin", "npis", "executive_email", "wave"):
        expect(problems.filter(has_text="4").filter(has_text=column)).to_have_count(1)
    expect(problems.filter(has_text="5").filter(has_text="tin")).to_have_count(1)
    expect(problems.filter(has_text="6").filter(has_text="name").first).to_be_visible()
    run.click()
    expect(page.get_by_text("2 practices are in the portal")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Back to practices").first.click()
    page.get_by_label("Search practices by name or TIN").fill("birch")
    page.get_by_role("link", name="Birch Sample Allergy").click()
    expect(page.get_by_role("region", name="What the plan knows").get_by_role("link", name="Autumn")).to_be_visible()

    file.write_text("\n".join([_HEADER, *good]), "utf-8")
    page.goto(f"{portal.address}/organizations/import")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("button", name="Import 2 practices").click(timeout=60_000)
    expect(page.get_by_text("2 practices are in the portal")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Back to practices").first.click()
    page.get_by_label("Search practices by name or TIN").fill("000000092")
    expect(page.get_by_role("table", name="Practices").get_by_role("row")).to_have_count(2)
