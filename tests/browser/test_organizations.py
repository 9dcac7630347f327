"""Practices as enrollment keeps them, and what two change together, in a real browser."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_NPIS = "1679576722, 1245319599"


def _open_practices(page: Page, portal: Portal, name: str) -> None:
    screens.sign_in(page, portal, name)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practices").click()
    expect(page.get_by_role("table", name="Practices")).to_be_visible()


def _open(page: Page, practice: str) -> None:
    """A practice, by a search of the list."""
    page.get_by_label("Search practices by name or TIN").fill(practice)
    page.get_by_role("table", name="Practices").get_by_role("link", name=practice).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(practice)


def _beside(browser: Browser, portal: Portal, name: str) -> Page:
    """Somebody else of enrollment, in a browser of their own."""
    page = browser.new_context().new_page()
    _open_practices(page, portal, name)
    return page


def _facts(page: Page) -> Locator:
    return page.get_by_role("region", name="What the plan knows")


def _changes(page: Page) -> Locator:
    return page.get_by_role("region", name="Changes by two people")


def _propose(page: Page, what: str) -> Locator:
    """The dialog in which a change is proposed."""
    _changes(page).get_by_role("button", name=what).click()
    return page.get_by_role("dialog", name=what)


def test_a_practice_is_created(quiet: Page, portal: Portal) -> None:
    """ORG-1, ORG-7: every wrong field is told at once, before and after it is sent; the page shows how far it is."""
    page = quiet
    _open_practices(page, portal, "Enzo Fictional")
    page.get_by_role("link", name="Create practice").click()
    page.get_by_label("TIN", exact=True).fill("1234567")
    page.get_by_label("NPIs of its providers").fill("1234567890")
    page.get_by_role("button", name="Create practice").click()
    summary = page.get_by_role("alert").first
    expect(summary).to_be_focused()
    expect(summary.get_by_role("listitem")).to_have_count(3)
    summary.get_by_role("link", name="Not an NPI: 1234567890. Compare each digit.").click()
    expect(page.get_by_label("NPIs of its providers")).to_be_focused()
    page.get_by_label("Practice name").fill("Juniper <b>Example</b> Urology")
    page.get_by_label("TIN", exact=True).fill("00-0000001")
    page.get_by_label("NPIs of its providers").fill(_NPIS)
    page.get_by_label("Chief executive's name").fill("Juno Specimen")
    page.get_by_label("Chief executive's email").fill("no address")
    page.get_by_label("Claims").check()
    page.get_by_role("button", name="Create practice").click()
    expect(page.get_by_role("alert").first.get_by_role("listitem")).to_have_count(2)
    # What is typed is not lost by going elsewhere, or only when one says so.
    page.get_by_role("link", name="Back to practices").click()
    page.get_by_role("dialog").get_by_role("button", name="Keep editing").click()
    page.get_by_label("TIN", exact=True).fill("00-0000055")
    page.get_by_label("Chief executive's email").fill("juno.specimen@juniper.example")
    page.get_by_role("button", name="Create practice").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Juniper <b>Example</b> Urology")
    expect(page.get_by_text("Practice created.")).to_be_visible()
    expect(_facts(page)).to_contain_text("000000055")
    expect(_facts(page)).to_contain_text("1245319599, 1679576722")
    expect(_facts(page)).to_contain_text("Claims")
    onboarding = page.get_by_role("region", name="Onboarding No form sent")
    expect(onboarding.get_by_role("listitem").filter(has_text="Form sent")).to_contain_text("Open")
    expect(onboarding).to_contain_text("None yet.")
    page.get_by_role("button", name="Send the form").click()
    expect(page.get_by_role("region", name="Onboarding Not reached")).to_be_visible()
    assert "juniper" not in page.url.lower()


def test_two_edit_a_practice_at_once(quiet: Page, portal: Portal, browser: Browser) -> None:
    """PLT-3, ORG-7: the slower one is told, loads anew and keeps what was typed; nothing of either is lost."""
    page = quiet
    _open_practices(page, portal, "Enzo Fictional")
    _open(page, "Hazel Example Cardiology")
    page.get_by_role("link", name="Edit practice").click()
    page.get_by_label("Contact in provider relations").fill("Rita of network")
    other = _beside(browser, portal, "Emil Fictional")
    _open(other, "Hazel Example Cardiology")
    other.get_by_role("link", name="Edit practice").click()
    other.get_by_label("Chief executive's name").fill("Helga Specimen")
    other.get_by_label("Eligibility").uncheck()
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("Changes saved.")).to_be_visible()
    expect(_facts(other)).to_contain_text("Helga Specimen")
    other.context.close()

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    page.get_by_role("button", name="Load the current details").click()
    expect(page.get_by_label("Chief executive's name")).to_have_value("Helga Specimen")
    expect(page.get_by_label("Contact in provider relations")).to_have_value("Rita of network")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Changes saved.")).to_be_visible()
    expect(_facts(page)).to_contain_text("Rita of network")
    expect(_facts(page)).to_contain_text("Helga Specimen")
    expect(_facts(page)).not_to_contain_text("Eligibility")


def test_two_change_a_tin(quiet: Page, portal: Portal, browser: Browser) -> None:
    """ORG-9: one proposes and can't confirm; another one sees what they confirm, and proves who they are."""
    page = quiet
    _open_practices(page, portal, "Enzo Fictional")
    _open(page, "Hazel Example Cardiology")
    dialog = _propose(page, "Change the TIN")
    dialog.get_by_label("New TIN").fill("12345")
    dialog.get_by_role("button", name="Propose").click()
    expect(dialog.get_by_role("alert").first).to_be_focused()
    dialog.get_by_label("New TIN").fill("00-0000077")
    dialog.get_by_role("button", name="Propose").click()
    expect(page.get_by_text("Proposed. A second person of enrollment has to confirm it.").first).to_be_visible()
    waiting = _changes(page).get_by_role("listitem", name="Change the TIN")
    expect(waiting).to_contain_text("It waits for a second person")
    expect(waiting.get_by_role("button", name="Confirm")).to_have_count(0)
    expect(_facts(page)).to_contain_text("000000006")

    other = _beside(browser, portal, "Emil Fictional")
    _open(other, "Hazel Example Cardiology")
    portal.console("POST", "clock", {"advance_seconds": 6 * 60})
    theirs = _changes(other).get_by_role("listitem", name="Change the TIN")
    expect(theirs).to_contain_text("Proposed by Enzo Fictional")
    theirs.get_by_role("button", name="Confirm").click()
    confirm = other.get_by_role("dialog", name="Confirm the new TIN?")
    expect(confirm).to_contain_text("000000006")
    expect(confirm).to_contain_text("000000077")
    confirm.get_by_label(re.compile("^I compared the new TIN")).check()
    confirm.get_by_role("button", name="Confirm").click()
    proof = other.get_by_role("dialog", name="Confirm that it is you")
    emil = portal.person("Emil Fictional")
    proof.get_by_label("Password", exact=True).fill(emil["password"])
    proof.get_by_label("6-digit code").fill(portal.code(emil))
    proof.get_by_role("button", name="Confirm").click()
    expect(other.get_by_text("Done: the practice has its new TIN.").first).to_be_visible()
    expect(_facts(other)).to_contain_text("000000077")
    other.context.close()


def test_two_close_a_practice(quiet: Page, portal: Portal, browser: Browser) -> None:
    """ORG-9: withdrawn it stays; confirmed with a tick it ends at once, and its people are out."""
    page = quiet
    member = browser.new_context().new_page()
    screens.sign_in(member, portal, "Cora Placeholder")
    _open_practices(page, portal, "Enzo Fictional")
    _open(page, "Cedar Placeholder Therapy")
    _propose(page, "Close the practice").get_by_role("button", name="Propose").click()
    expect(_changes(page).get_by_role("listitem", name="Close the practice")).to_be_visible()
    _changes(page).get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("The proposal is withdrawn. Nothing was changed.").first).to_be_visible()
    _propose(page, "Close the practice").get_by_role("button", name="Propose").click()
    expect(_changes(page).get_by_role("listitem", name="Close the practice")).to_be_visible()

    other = _beside(browser, portal, "Emil Fictional")
    _open(other, "Cedar Placeholder Therapy")
    _changes(other).get_by_role("button", name="Confirm").click()
    confirm = other.get_by_role("dialog", name="Confirm closing the practice?")
    confirm.get_by_role("button", name="Confirm").click()
    expect(confirm.get_by_role("alert").first).to_contain_text("Tick this if it is so.")
    confirm.get_by_label("I have checked that this practice is to be closed").check()
    confirm.get_by_role("button", name="Confirm").click()
    expect(other.get_by_text("Done: the practice is closed.").first).to_be_visible()
    expect(other.get_by_role("region", name="Notice: Closed")).to_contain_text("Closed since")
    expect(other.get_by_role("link", name="Edit practice")).to_have_count(0)
    expect(_changes(other)).to_have_count(0)
    # With the next thing that they do.
    member.get_by_role("banner").get_by_role("link", name="Messages").first.click()
    expect(member.get_by_role("heading", level=1)).not_to_have_text("Inbox")
    other.context.close()
    member.context.close()


def test_a_practice_merges_into_another_one(quiet: Page, portal: Portal, browser: Browser) -> None:
    """ORG-9: the other one is chosen out of all by a search; its members are invited there."""
    page = quiet
    _open_practices(page, portal, "Enzo Fictional")
    _open(page, "Cedar Placeholder Therapy")
    dialog = page.get_by_role("dialog", name="Merge into another practice")
    opener = _changes(page).get_by_role("button", name="Merge into another practice")
    screens.press_on(page, opener, "Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Propose").click()
    expect(dialog.get_by_role("alert").first).to_contain_text("Choose a practice.")
    dialog.get_by_label("Search practices by name or TIN").fill("cedar")
    expect(dialog.get_by_text("No practice fits.")).to_be_visible()
    dialog.get_by_label("Search practices by name or TIN").fill("maple")
    screens.press_on(page, dialog.get_by_label(re.compile("Maple Example Clinic")), "Space")
    expect(dialog).to_contain_text("Chosen: Maple Example Clinic")
    dialog.get_by_role("button", name="Propose").click()
    expect(_changes(page).get_by_role("listitem", name="Merge into")).to_contain_text("Maple Example Clinic")

    other = _beside(browser, portal, "Emil Fictional")
    _open(other, "Cedar Placeholder Therapy")
    _changes(other).get_by_role("button", name="Confirm").click()
    confirm = other.get_by_role("dialog", name="Confirm the merger?")
    expect(confirm).to_contain_text("Maple Example Clinic")
    confirm.get_by_label("I have checked that both practices want this").check()
    confirm.get_by_role("button", name="Confirm").click()
    gone = other.get_by_role("region", name="Notice: Closed")
    expect(gone.get_by_role("link", name="Maple Example Clinic")).to_be_visible()
    other.context.close()


def test_onboarding_shows_what_each_practice_lacks(quiet: Page, portal: Portal) -> None:
    """ORG-2, ORG-3: lists by the first lack, which stand in the address; from there to the practice."""
    page = quiet
    portal.console("POST", "settle")
    _open_practices(page, portal, "Enzo Fictional")
    page.get_by_role("link", name="Onboarding").click()
    page.get_by_label("Show", exact=True).select_option(label="Not reached")
    table = page.get_by_role("table", name="Onboarding")
    expect(table.get_by_role("row").filter(has_text="Hazel Example Cardiology")).to_contain_text("Not reached")
    expect(table).not_to_contain_text("Linden")
    page.get_by_label("Show", exact=True).select_option(label="To verify")
    expect(table).to_contain_text("Linden Sample Orthopedics")
    assert page.url.endswith("/onboarding?lacks=to_verify")
    table.get_by_role("link", name="Linden Sample Orthopedics").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Linden Sample Orthopedics")
    expect(page.get_by_role("region", name="Onboarding To verify")).to_be_visible()


def test_a_backup_gets_the_vacant_seat(quiet: Page, portal: Portal, browser: Browser) -> None:
    """ORG-4: a backup shuts the local administrator out; enrollment approves the backup for the seat, nobody else."""
    page = quiet
    bea = browser.new_context().new_page()
    screens.sign_in(bea, portal, "Bea Placeholder")
    bea.get_by_role("navigation", name="Main").get_by_role("link", name="User Management").click()
    bea.get_by_role("link", name="Lou Placeholder").click()
    bea.get_by_role("button", name="Disable").click()
    bea.get_by_role("dialog").get_by_label("Comment (required)").fill("Left the practice")
    bea.get_by_role("dialog").get_by_role("button", name="Disable").click()
    expect(bea.get_by_role("main")).to_contain_text("Disabled")
    bea.context.close()

    _open_practices(page, portal, "Enzo Fictional")
    _open(page, "Maple Example Clinic")
    expect(page.get_by_role("region", name="Onboarding")).to_contain_text("Nobody is local administrator.")
    seat = page.get_by_role("region", name="Vacant seat")
    expect(seat.get_by_role("listitem")).to_have_count(1)
    seat.get_by_role("button", name="Approve Bea Placeholder").click()
    dialog = page.get_by_role("dialog", name="Approve Bea Placeholder")
    expect(dialog).to_contain_text("becomes local administrator of Maple Example Clinic")
    dialog.get_by_role("button", name="Approve", exact=True).click()
    expect(page.get_by_text("Bea Placeholder is local administrator now.").first).to_be_visible()
    expect(seat).to_have_count(0)
    people = page.get_by_role("region", name="Onboarding").get_by_role("listitem")
    expect(people.filter(has_text="Bea Placeholder")).to_contain_text("Local administrator")


def test_what_somebody_else_withdrew_is_confirmed_by_nobody(quiet: Page, portal: Portal, browser: Browser) -> None:
    """ORG-9: a page that shows what is no longer so says it, and shows it as it is."""
    page = quiet
    _open_practices(page, portal, "Enzo Fictional")
    _open(page, "Cedar Placeholder Therapy")
    _propose(page, "Close the practice").get_by_role("button", name="Propose").click()
    expect(_changes(page).get_by_role("listitem", name="Close the practice")).to_be_visible()
    other = _beside(browser, portal, "Emil Fictional")
    _open(other, "Cedar Placeholder Therapy")
    _changes(other).get_by_role("button", name="Confirm").click()
    confirm = other.get_by_role("dialog", name="Confirm closing the practice?")
    expect(confirm).to_contain_text("Proposed by Enzo Fictional")
    confirm.get_by_label("I have checked that this practice is to be closed").check()
    _changes(page).get_by_role("button", name="Withdraw").click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("The proposal is withdrawn. Nothing was changed.").first).to_be_visible()
    confirm.get_by_role("button", name="Confirm").click()
    expect(other.get_by_text("Somebody was faster, or something about it has changed.").first).to_be_visible()
    expect(confirm).to_have_count(0)
    expect(_changes(other).get_by_role("button", name="Confirm")).to_have_count(0)
    other.context.close()


def test_enrollment_pages_are_enrollments(quiet: Page, portal: Portal) -> None:
    """S-AZ-01: for other staff there is no entry in the menu, and no page."""
    page = quiet
    screens.sign_in(page, portal, "Paula Fictional")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Practices")).to_have_count(0)
    for path in ("organizations", "organizations/new", "waves", "onboarding"):
        page.goto(f"{portal.address}/{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")


def test_the_registration_mail_goes_out_again(quiet: Page, portal: Portal, browser: Browser) -> None:
    """ORG-1, ORG-3: to an administrator who has not registered, by a click that asks nothing; a new link is mailed."""
    page = quiet
    email = "toni.example@cedar-placeholder-therapy.example"
    cora = browser.new_context().new_page()
    screens.sign_in(cora, portal, "Cora Placeholder")
    cora.goto(f"{portal.address}/users/new")
    cora.get_by_label("Name", exact=True).fill("Toni Example")
    cora.get_by_label("Work email").fill(email)
    cora.get_by_label("Telephone").fill("555-010-0141")
    cora.get_by_role("radio", name="Backup administrator").check()
    cora.get_by_role("button", name="Create user").click()
    expect(cora.get_by_role("heading", level=1)).to_have_text("Update user: Toni Example")
    (first,) = screens.awaited_mails(portal, email)

    _open_practices(page, portal, "Enzo Fictional")
    _open(page, "Cedar Placeholder Therapy")
    people = page.get_by_role("region", name="Onboarding").get_by_role("listitem")
    expect(people.filter(has_text="Cora Placeholder").get_by_role("button")).to_have_count(0)
    toni = people.filter(has_text="Toni Example")
    expect(toni).to_contain_text("Registration link ends")
    button = toni.get_by_role("button", name="Send registration email again to Toni Example")
    screens.press_on(page, button, "Enter")
    expect(page.get_by_text(f"Registration email sent to {email}.").first).to_be_visible()
    newest, *_ = screens.mails(portal, email)
    assert newest != first

    # Whoever is shut out meanwhile gets none, and the page says why.
    cora.reload()
    expect(cora.get_by_role("region", name="Comments history")).to_contain_text("Registration email: sent again")
    cora.get_by_role("button", name="Disable").click()
    cora.get_by_role("dialog").get_by_label("Comment (required)").fill("Not with us")
    cora.get_by_role("dialog").get_by_role("button", name="Disable").click()
    expect(cora.get_by_text("Toni Example is disabled").first).to_be_visible()
    cora.context.close()
    button.click()
    expect(toni.get_by_role("alert")).to_contain_text("The registration email was not sent")
