"""Walks through practices as enrollment keeps them: forms, what two change together, lists, waves (ORG-1, ORG-9)."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser.tour import Tour


def aboard(tour: Tour) -> Iterator[str]:
    """The practices, one of them, its form and its changes; then the lists, waves and the import."""
    tour.portal.console("POST", "settle")
    tour.page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in_as("Enzo Fictional")
    yield "home-enrollment"
    yield from _practices(tour)
    yield from _changes(tour)
    yield from _waves(tour)


def _practices(tour: Tour) -> Iterator[str]:
    page, texts = tour.page, tour.texts
    tour.go("/organizations")
    expect(page.get_by_role("link", name="Hazel Example Cardiology")).to_be_visible()
    yield "organizations"
    tour.go("/organizations/new")
    tour.button("organizations.submit")
    expect(page.get_by_role("alert").first).to_be_focused()
    yield "organization-new"
    tour.go("/organizations/import")
    page.get_by_text(texts["users.import.columns"]).click()
    yield "organizations-import"
    tour.go("/onboarding")
    expect(page.get_by_role("link", name="Linden Sample Orthopedics")).to_be_visible()
    yield "onboarding"
    page.get_by_role("link", name="Maple Example Clinic").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Maple Example Clinic")
    expect(page.get_by_text("Lou Placeholder").first).to_be_visible()
    yield "organization"
    page.get_by_role("link", name=texts["organizations.edit"], exact=True).click()
    expect(page.get_by_label(texts["organizations.wave"], exact=True)).to_be_visible()
    yield "organization-edit"
    page.get_by_role("link", name=texts["organizations.backToOne"]).click()


def _changes(tour: Tour) -> Iterator[str]:
    page, texts = tour.page, tour.texts
    dialog = page.get_by_role("dialog")
    tour.button("changes.merge")
    expect(dialog.get_by_text("Hazel Example Cardiology")).to_be_visible()
    dialog.get_by_role("button", name=texts["changes.propose"], exact=True).click()
    expect(dialog.get_by_role("alert").first).to_be_focused()
    yield "change-merge"
    page.keyboard.press("Escape")
    tour.button("changes.tin")
    dialog.get_by_label(texts["changes.tin.new"]).fill("000000088")
    yield "change-tin"
    dialog.get_by_role("button", name=texts["changes.propose"], exact=True).click()
    expect(page.get_by_text(texts["changes.proposed"]).first).to_be_visible()
    tour.button("nav.signOut")
    tour.sign_in_as("Emil Fictional")
    tour.go("/organizations")
    page.get_by_role("link", name="Maple Example Clinic").click()
    tour.button("changes.confirm")
    expect(dialog.get_by_text("000000088")).to_be_visible()
    yield "change-confirm"
    page.keyboard.press("Escape")


def _waves(tour: Tour) -> Iterator[str]:
    page, texts = tour.page, tour.texts
    dialog = page.get_by_role("dialog")
    tour.go("/waves")
    tour.button("waves.plan")
    dialog.get_by_role("button", name=texts["staff.save"], exact=True).click()
    expect(dialog.get_by_role("alert").first).to_be_focused()
    yield "wave-plan"
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Sample wave of spring").click()
    expect(page.get_by_role("link", name="Alder Placeholder Optometry")).to_be_visible()
    yield "wave"
    tour.button("waves.fill")
    dialog.get_by_label("Hazel Example Cardiology").check()
    yield "wave-fill"
