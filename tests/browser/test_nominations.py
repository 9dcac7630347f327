"""Nominations: the executive signs by a mailed link, enrollment verifies, returns and approves, in a real browser."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

_HECTOR = "hector.specimen@hazel-example-cardiology.example"
_NELL = "nell.newcomer@hazel-example-cardiology.example"
_REASON = "Please name <b>a person</b>,\nnot the front desk."
_DAY = 86_400


def _link(portal: Portal, round_: int = 1) -> str:
    """The link of the newest mail to the executive, once that many have come."""
    found: list[str] = []
    for _ in range(20):
        texts = screens.awaited_mails(portal, _HECTOR)
        found = [link for text in texts for link in re.findall(r"http://\S+/nominate#\S+", text)]
        if len(found) >= round_:
            break
    assert len(found) >= round_, found
    return found[0]


def _fill(page: Page, **changes: str) -> None:
    typed = {
        "Administrator's name": "Nell Newcomer",
        "Administrator's work email": _NELL,
        "Administrator's phone": "555-010-0199",
        "In which capacity do you sign?": "Owner",
        "Your signature": "Hector Specimen",
    }
    for label, value in (typed | changes).items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("I have read this and I agree").check()


def _sign(page: Page) -> None:
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your form is signed")


def _open(page: Page, portal: Portal, practice: str, place: str = "to_verify") -> None:
    page.goto(f"{portal.address}/nominations?state={place}")
    page.get_by_role("table", name="Nominations").get_by_role("link", name=practice).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Nomination of {practice}")


def _beside(browser: Browser, portal: Portal, name: str) -> Page:
    """Somebody else, in a browser of their own."""
    page = browser.new_context().new_page()
    screens.sign_in(page, portal, name)
    return page


def _return(page: Page, reason: str) -> None:
    page.get_by_role("button", name="Send back").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("What is to be changed").fill(reason)
    dialog.get_by_role("button", name="Send back").click()


def _verify(page: Page) -> None:
    page.get_by_label(re.compile(r"^The TIN \d+ is that of this practice")).check()
    page.get_by_label(re.compile("^The NPIs are those of this practice")).check()
    page.get_by_role("button", name="Save what I found").click()
    expect(page.get_by_text("What you found is saved.").first).to_be_visible()


def test_an_executive_signs_and_enrollment_returns_verifies_and_approves(
    quiet: Page, portal: Portal, browser: Browser
) -> None:
    """ORG-1, S-MAIL-02: signed, returned with a reason, the old link is dead, signed anew, verified, approved."""
    page = quiet
    link = _link(portal)
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Name your practice's local administrator")
    assert page.url == f"{portal.address}/nominate"
    expect(page.get_by_label("Practice name")).to_have_value("Hazel Example Cardiology")
    expect(page.get_by_role("main")).to_contain_text("000000006")
    expect(page.get_by_role("main")).to_contain_text("1670000003")
    page.get_by_role("button", name="Sign and send").click()
    wrong = page.get_by_role("alert").first
    expect(wrong).to_be_focused()
    expect(wrong.get_by_role("listitem")).to_have_count(6)
    wrong.get_by_role("link", name="Agree to this to sign.").click()
    expect(page.get_by_label("I have read this and I agree")).to_be_focused()

    _fill(page)
    page.route("**/api/nomination-forms/sign", lambda route: route.abort())
    page.get_by_role("button", name="Sign and send").click()
    expect(page.get_by_role("alert").first).to_be_focused()
    expect(page.get_by_label("Administrator's name", exact=True)).to_have_value("Nell Newcomer")
    page.unroute("**/api/nomination-forms/sign")
    _sign(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text(f"we invite Nell Newcomer by email at {_NELL}")
    expect(page.get_by_role("region", name="Your copy")).to_contain_text("Owner")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(page.get_by_role("region", name="Your copy")).to_be_visible()
    expect(main).not_to_contain_text("What happens next", use_inner_text=True)
    page.emulate_media(media="screen")

    staff = _beside(browser, portal, "Enzo Fictional")
    _open(staff, portal, "Hazel Example Cardiology")
    shown = staff.get_by_role("region", name="The signed form")
    expect(shown).to_contain_text("Nell Newcomer")
    expect(shown).to_contain_text("The form is exactly as it was signed.")
    expect(shown).to_contain_text(re.compile("[0-9a-f]{64}"))
    expect(staff.get_by_role("button", name="Approve", exact=True)).to_have_count(0)
    _return(staff, "  ")
    expect(staff.get_by_role("dialog").get_by_role("alert").first).to_contain_text("Write what is to be changed.")
    staff.get_by_role("dialog").get_by_label("What is to be changed").fill(_REASON)
    staff.get_by_role("dialog").get_by_role("button", name="Send back").click()
    expect(staff.get_by_text("Sent back. The chief executive gets a new link.").first).to_be_visible()
    expect(staff.get_by_role("region", name="Earlier rounds")).to_contain_text("by Enzo Fictional")

    page.goto("about:blank")
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This form can't be opened any more")
    expect(page.get_by_role("main").get_by_role("link", name="Ask for a form")).to_be_visible()

    page.goto("about:blank")
    page.goto(_link(portal, 2))
    expect(page.get_by_role("region", name="Your form came back")).to_contain_text(_REASON)
    _fill(page)
    _sign(page)

    staff.reload()
    _verify(staff)
    colleague = _beside(browser, portal, "Emil Fictional")
    _open(colleague, portal, "Hazel Example Cardiology")
    expect(colleague.get_by_role("main")).to_contain_text("Enzo Fictional found on")
    _approve(colleague, portal)
    expect(colleague.get_by_text("Approved. Nell Newcomer is invited.").first).to_be_visible()

    # The other one of the staff has the page open as it was.
    _return(staff, "Too late")
    expect(staff.get_by_role("alert").first).to_contain_text("Somebody was faster")
    expect(staff.get_by_role("region", name="How it stands")).to_contain_text("Approved")
    expect(staff.get_by_role("button", name="Send back")).to_have_count(0)
    assert any("/register#" in text for text in screens.awaited_mails(portal, _NELL))

    # For the files: the form of this round, and of the one before.
    staff.get_by_role("button", name="PDF of the signed form").first.click()
    with staff.expect_download() as downloading:
        staff.get_by_role("button", name="Download: PDF of the signed form").click()
    assert downloading.value.suggested_filename.endswith("-2.pdf")
    staff.get_by_text("What was signed", exact=True).click()
    expect(staff.get_by_role("region", name="Earlier rounds")).to_contain_text("exactly as it was signed")
    staff.context.close()
    colleague.context.close()


def _approve(page: Page, portal: Portal) -> None:
    """A late proof is asked for, and the approval goes on after it (S-SESS-10)."""
    emil = portal.person("Emil Fictional")
    portal.console("POST", "clock", {"advance_seconds": 6 * 60})
    page.get_by_role("button", name="Approve", exact=True).click()
    dialog = page.get_by_role("dialog", name=re.compile("as local administrator"))
    dialog.get_by_label("Claims").check()
    dialog.get_by_role("button", name="Approve", exact=True).click()
    proof = page.get_by_role("dialog", name="Confirm that it is you")
    proof.get_by_label("Password", exact=True).fill(emil["password"])
    proof.get_by_label("6-digit code").fill(portal.code(emil))
    proof.get_by_role("button", name="Confirm").click()


def test_a_form_that_nobody_signs_in_time_ends(quiet: Page, portal: Portal) -> None:
    """ORG-1: after 14 days the link says what to do next, and the list says so."""
    page = quiet
    link = _link(portal)
    portal.console("POST", "clock", {"advance_seconds": 15 * _DAY})
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This form can't be opened any more")
    screens.sign_in(page, portal, "Enzo Fictional")
    page.goto(f"{portal.address}/nominations?state=out")
    row = page.get_by_role("row").filter(has_text="Hazel Example Cardiology")
    expect(row).to_contain_text("Expired unsigned")


def test_words_to_agree_to_come_in_the_language_that_is_read(quiet: Page, portal: Portal) -> None:
    """ORG-1, PLT-1: another language is agreed to anew; what was typed stays."""
    page = quiet
    page.goto(_link(portal))
    _fill(page)
    english = page.locator(".p-nominate__consent").inner_text()
    page.get_by_role("button", name="Español").click()
    expect(page.locator(".p-nominate__consent")).not_to_have_text(english)
    expect(page.locator(".p-nominate__consent")).to_have_attribute("lang", "es")
    expect(page.get_by_label("Lo he leído y estoy de acuerdo")).not_to_be_checked()
    expect(page.get_by_label("Nombre del administrador", exact=True)).to_have_value("Nell Newcomer")
    page.get_by_label("Lo he leído y estoy de acuerdo").check()
    page.get_by_role("button", name="Firmar y enviar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gracias. Su formulario está firmado")


def test_a_practice_asks_for_a_form_and_enrollment_looks_at_it(quiet: Page, portal: Portal) -> None:
    """ORG-1, S-MAIL-04: from the sign-in page; the same thanks for everybody; what was typed is only ever text."""
    page = quiet
    page.goto(portal.address)
    page.get_by_role("link", name="Ask for a form").click()
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("alert").first.get_by_role("listitem")).to_have_count(5)
    typed = {
        "Practice name": "Juniper <i>Example</i> Clinic",
        "Tax identification number (TIN)": "00-0000012",
        "National provider identifiers (NPI), if you have any": "123",
        "Phone where we can reach you": "555-010-0144",
        "Chief executive's name": "Juno Specimen",
        "Chief executive's work email": "juno@juniper-example.example",
    }
    for label, value in typed.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("alert").first).to_contain_text("An NPI has ten digits. Please look at: 123")
    page.get_by_label("National provider identifiers (NPI), if you have any").fill("1234567893")
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")

    screens.sign_in(page, portal, "Enzo Fictional")
    page.goto(f"{portal.address}/nominations")
    page.get_by_role("link", name="Requests for a form").click()
    card = page.get_by_role("listitem").filter(has_text="Juniper <i>Example</i> Clinic")
    expect(card).to_contain_text("000000012")
    expect(card).to_contain_text("1234567893")
    card.get_by_role("button", name="Take off the list").click()
    page.get_by_role("dialog").get_by_role("button", name="Take off the list").click()
    expect(page.get_by_text("The request is off the list.")).to_be_visible()
    expect(card).to_have_count(0)


def test_an_organization_is_made_from_a_request_and_gets_its_form(quiet: Page, portal: Portal) -> None:
    """ORG-1: nothing of the request stands in an address; it is settled with what is made of it; the form goes out."""
    page = quiet
    screens.sign_in(page, portal, "Enzo Fictional")
    page.goto(f"{portal.address}/nominations/requests")
    card = page.get_by_role("listitem").filter(has_text="Spruce Example Pulmonology")
    card.get_by_role("button", name="Create the organization from it").click()
    expect(page).to_have_url(f"{portal.address}/organizations/new")
    assert "Spruce" not in page.evaluate("JSON.stringify([history.state, localStorage, sessionStorage, location.href])")
    expect(page.get_by_label(re.compile("^TIN|Tax"))).to_have_value("000000011")
    page.locator("button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spruce Example Pulmonology")

    panel = page.get_by_role("region", name="Nomination")
    expect(panel).to_contain_text("No form has gone out yet.")
    panel.get_by_role("button", name="Send the form").click()
    expect(page.get_by_text("The form is on its way to Silas Specimen.").first).to_be_visible()
    expect(panel).to_contain_text("Sent")
    expect(panel.get_by_role("button", name="Send a new form")).to_be_visible()
    mails = screens.awaited_mails(portal, "silas.specimen@spruce-example-pulmonology.example")
    assert any("/nominate#" in text for text in mails)
    panel.get_by_role("link", name="Open the nomination").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nomination of Spruce Example Pulmonology")
    page.goto(f"{portal.address}/nominations/requests")
    expect(page.get_by_text("No request waits.")).to_be_visible()


def test_what_stands_out_is_said_before_anybody_decides(quiet: Page, portal: Portal) -> None:
    """ORG-1, S-AZ-06: somebody of the plan can be named, but not approved; the executive is never told why."""
    page = quiet
    page.goto(_link(portal))
    _fill(page, **{"Administrator's work email": portal.person("Ada Fictional")["email"], "Practice name": "Hazel Two"})
    _sign(page)
    expect(page.get_by_role("main")).not_to_contain_text("works for the plan")
    screens.sign_in(page, portal, "Enzo Fictional")
    _open(page, portal, "Hazel Example Cardiology")
    flags = page.get_by_role("region", name="Look at this before you decide").get_by_role("listitem")
    expect(flags).to_contain_text(["works for the plan", "not the one you have: Hazel Example Cardiology", "a sign-in"])
    _verify(page)
    expect(page.get_by_role("region", name="Decide", exact=True)).to_contain_text("Somebody of the plan is named")
    expect(page.get_by_role("button", name="Approve", exact=True)).to_have_count(0)


def test_a_nomination_that_is_withdrawn_opens_nothing(quiet: Page, portal: Portal) -> None:
    """ORG-1: the link ends at once, and the practice's page offers a new form."""
    page = quiet
    link = _link(portal)
    screens.sign_in(page, portal, "Enzo Fictional")
    _open(page, portal, "Hazel Example Cardiology", "out")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Withdraw the nomination").click()
    expect(page.get_by_text("The nomination is withdrawn.").first).to_be_visible()
    expect(page.get_by_role("region", name="How it stands")).to_contain_text("Withdrawn")
    page.get_by_role("link", name="Hazel Example Cardiology").click()
    expect(page.get_by_role("button", name="Send a new form")).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This form can't be opened any more")
