"""What plan administrators and auditors keep together (MSG-10)."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser.tour import Tour


def records(tour: Tour) -> Iterator[str]:
    """A legal hold from asking on, and what is taken out for the record."""
    page = tour.page
    page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in_as("Paula Fictional")
    tour.go("/legal-holds")
    expect(page.get_by_role("listitem", name="Birch Sample Pediatrics")).to_be_visible()
    yield "legal-holds"
    tour.button("retention.ask")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=tour.texts["retention.ask.submit"]).click()
    expect(dialog.get_by_role("alert").first).to_be_visible()
    yield "legal-hold-refused"
    dialog.get_by_role("textbox").first.fill(tour.portal.person("Gina Sample")["email"])
    dialog.get_by_role("textbox").last.fill("A letter from counsel\nof June 3")
    dialog.get_by_role("button", name=tour.texts["retention.ask.submit"]).click()
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("listitem", name="Gina Sample")).to_be_visible()
    tour.button("nav.signOut")
    tour.sign_in_as("Audra Fictional")
    tour.go("/legal-holds")
    asked = page.get_by_role("listitem", name="Gina Sample")
    asked.get_by_role("button", name=tour.texts["retention.move.confirm"]).click()
    expect(page.get_by_role("dialog")).to_contain_text(tour.texts["retention.move.body.confirm"])
    yield "legal-hold-confirm"
    page.keyboard.press("Escape")
    tour.go("/records")
    expect(page.get_by_role("heading", name=tour.texts["records.deletions"])).to_be_visible()
    tour.button("records.export.submit")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "records"
