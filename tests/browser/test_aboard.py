"""The whole way aboard, in a real browser: from a file of practices to a first message (ORG-1, ORG-2, ORG-3)."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_DAY = 86_400
_PASSWORD = "Sturdy-Lantern-61"
_WAVE = "First sample wave"
_COLUMNS = "name,tin,npis,executive_name,executive_email,relations_contact,entitlements,wave"
_ROWS = (
    f"Juniper Example Urology,000000021,1679576722,Juno Specimen,juno@juniper.example,,claims;eligibility,{_WAVE}",
    f"Laurel Sample Dental,000000022,1245319599,Laura Specimen,laura@laurel.example,,claims,{_WAVE}",
    f"Poplar Placeholder Eyecare,000000023,,Pola Specimen,pola@poplar.example,,,{_WAVE}",
)
_JUNO = "juno@juniper.example"


def test_from_a_file_of_practices_to_the_first_message(
    quiet: Page, portal: Portal, browser: Browser, tmp_path: Path
) -> None:
    """ORG-1, ORG-2, ORG-3, S-MAIL-02, CRD-9: nobody is skipped, and everybody has only what was mailed to them."""
    staff = quiet
    screens.sign_in(staff, portal, "Enzo Fictional")
    _plan_wave(staff, portal)
    _import(staff, portal, tmp_path)
    assert screens.mails(portal, _JUNO) == [], "importing tells nobody"

    _next_morning(portal)
    _sign(browser, portal, _link(portal, _JUNO, "nominate"))

    staff.context.clear_cookies()
    screens.sign_in(staff, portal, "Enzo Fictional")
    _see_who_is_not_reached(staff, portal)
    _verify_and_approve(staff, portal)

    joan = _register(browser, portal, "Joan Newcomer", "joan@juniper.example", factor=True)
    _enroll_backup(joan)
    _register(browser, portal, "Bill Newcomer", "bill@juniper.example", factor=True)
    _create_user(joan, portal)
    wendy = _register(browser, portal, "Wendy Newcomer", "wendy@juniper.example", factor=False)
    _write(wendy)
    _see_it_complete(staff, portal)


def _plan_wave(page: Page, portal: Portal) -> None:
    """For tomorrow, as the plan's calendar has it."""
    plan: dict[str, Any] = page.evaluate("fetch('/api/plan').then(answer => answer.json())")
    now = portal.console("GET", "clock")["now"]
    today = datetime.fromisoformat(now).astimezone(ZoneInfo(plan["time_zone"])).date()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practices").click()
    page.get_by_role("link", name="Waves").click()
    page.get_by_role("button", name="Plan a wave").click()
    dialog = page.get_by_role("dialog", name="Plan a wave")
    dialog.get_by_label("Wave name").fill(_WAVE)
    dialog.get_by_label("Send on").fill((today + timedelta(days=1)).isoformat())
    dialog.get_by_label("Ends on").fill((today + timedelta(days=29)).isoformat())
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(_WAVE)


def _import(page: Page, portal: Portal, folder: Path) -> None:
    """A row whose TIN a spreadsheet has spoilt is named and left out; corrected, the file brings in the rest."""
    file = folder / "practices.csv"
    file.write_text("\n".join([_COLUMNS, *_ROWS[:2], _ROWS[2].replace("000000023", "23")]), "utf-8")
    page.goto(f"{portal.address}/organizations/import")
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    problems = page.get_by_role("table", name="Rows with problems")
    expect(problems.get_by_role("row").filter(has_text="tin")).to_contain_text("4")
    file.write_text("\n".join([_COLUMNS, *_ROWS]), "utf-8")
    page.get_by_role("button", name="Choose another file").click()
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("button", name="Import 3 practices").click()
    expect(page.get_by_text("3 practices are in the portal")).to_be_visible(timeout=60_000)


def _next_morning(portal: Portal) -> None:
    """The job of enrollment goes through the wave, then through its practices; a third run has nothing left."""
    portal.console("POST", "settle")
    portal.console("POST", "clock", {"advance_seconds": _DAY})
    for _ in range(3):
        portal.console("POST", "jobs/enrollment_clock")
        portal.console("POST", "settle")
    for row in _ROWS:
        address = row.split(",")[4]
        assert len(screens.awaited_mails(portal, address)) == 1, "one form each"


def _link(portal: Portal, address: str, page: str) -> str:
    """The link in the newest mail to an address that has one."""
    for text in screens.awaited_mails(portal, address):
        for found in re.findall(rf"http://\S+/{page}#\S+", text):
            return str(found)
    raise AssertionError(f"no link to {page}")


def _sign(browser: Browser, portal: Portal, link: str) -> None:
    """The executive, who never signs in to anything."""
    page = browser.new_context().new_page()
    page.goto(link)
    expect(page.get_by_label("Practice name")).to_have_value("Juniper Example Urology")
    typed = {
        "Administrator's name": "Joan Newcomer",
        "Administrator's work email": "joan@juniper.example",
        "Administrator's phone": "555-010-0151",
        "In which capacity do you sign?": "Owner",
        "Your signature": "Juno Specimen",
    }
    for label, value in typed.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("I have read this and I agree").check()
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your form is signed")
    (confirmed, _) = screens.awaited_mails(portal, _JUNO)
    assert "Joan" not in confirmed
    page.context.close()


def _see_who_is_not_reached(page: Page, portal: Portal) -> None:
    """ORG-2: by what they lack."""
    page.goto(f"{portal.address}/onboarding?lacks=not_reached")
    for name in ("Laurel Sample Dental", "Poplar Placeholder Eyecare"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_role("link", name="Juniper Example Urology")).to_have_count(0)


def _verify_and_approve(page: Page, portal: Portal) -> None:
    page.goto(portal.address)
    page.get_by_role("link", name=re.compile("signed nominations? waits? to be verified")).click()
    page.get_by_role("table", name="Nominations").get_by_role("link", name="Juniper Example Urology").click()
    page.get_by_label(re.compile(r"^The TIN 000000021 is that of this practice")).check()
    page.get_by_label(re.compile("^The NPIs are those of this practice")).check()
    page.get_by_role("button", name="Save what I found").click()
    expect(page.get_by_text("What you found is saved.").first).to_be_visible()
    page.get_by_role("button", name="Approve", exact=True).click()
    dialog = page.get_by_role("dialog", name=re.compile("as local administrator"))
    dialog.get_by_label("Claims").check()
    dialog.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Approved. Joan Newcomer is invited.").first).to_be_visible()


def _register(browser: Browser, portal: Portal, name: str, email: str, *, factor: bool) -> Page:
    """Somebody registers by their mail's link, and signs in, in a browser of their own."""
    page = browser.new_context().new_page()
    page.goto(_link(portal, email, "register"))
    expect(page.get_by_text("You have been invited by Juniper Example Urology.")).to_be_visible()
    page.get_by_label("New password").fill(_PASSWORD)
    screens.go_on(page)
    screens.answer_questions(page)
    app: dict[str, Any] = {}
    if factor:
        app["totp_secret"] = page.locator("code").first.inner_text().replace(" ", "")
        page.get_by_label("6-digit code").fill(portal.code(app))
        screens.go_on(page)
    page.get_by_label("I accept these terms").check()
    page.get_by_role("button", name="Complete registration").click()
    if factor:
        screens.keep_codes(page)
    page.get_by_role("link", name="Go to sign in").click()
    page.get_by_label("Email", exact=True).fill(email)
    page.get_by_label("Password", exact=True).fill(_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    if factor:
        screens.give_code(page, portal, app)
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return page


def _enroll_backup(page: Page) -> None:
    """ORG-3: nobody else comes first, and the portal leads to it."""
    page.get_by_role("link", name="Your practice has no backup administrator").click()
    page.get_by_role("link", name="Enroll a backup administrator").first.click()
    expect(page.get_by_role("radio", name="Backup administrator")).to_be_checked()
    _fill_person(page, "Bill Newcomer", "bill@juniper.example", "555-010-0152")
    page.get_by_role("button", name="Create user").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Update user: Bill Newcomer")


def _create_user(page: Page, portal: Portal) -> None:
    page.goto(f"{portal.address}/users/new")
    _fill_person(page, "Wendy Newcomer", "wendy@juniper.example", "555-010-0153")
    page.get_by_label("Claims").check()
    page.get_by_role("button", name="Create user").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Update user: Wendy Newcomer")


def _fill_person(page: Page, name: str, email: str, phone: str) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Work email").fill(email)
    page.get_by_label("Telephone").fill(phone)


def _write(page: Page) -> None:
    screens.open_messages(page)
    page.get_by_role("link", name="New message").click()
    screens.add_recipient(page, "Credentialing Team")
    page.get_by_label("Subject").fill("Good morning")
    page.get_by_label("Message", exact=True).fill("We are new here.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Message sent")).to_be_visible()


def _see_it_complete(page: Page, portal: Portal) -> None:
    """Staff follow it to the end (ORG-1)."""
    portal.console("POST", "settle")
    page.goto(f"{portal.address}/onboarding?lacks=complete")
    page.get_by_role("link", name="Juniper Example Urology").click()
    expect(page.get_by_role("region", name=re.compile("^Onboarding"))).to_contain_text("Joan Newcomer")
