"""Walks through what is kept of people: users, organizations, staff, one's own account, cases."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.tour import Tour


def users(tour: Tour) -> Iterator[str]:
    """User Management (ACC-3, ACC-4)."""
    page = tour.page
    page.goto(tour.portal.address)
    tour.switch_language()
    person = tour.portal.person("Lou Placeholder")
    tour.sign_in(person["email"], person["password"])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lou Placeholder")
    tour.go("/users")
    expect(page.get_by_role("row").filter(has_text="Gina Sample")).to_be_visible()
    yield "users"
    tour.go("/users/new")
    expect(page.get_by_label(tour.texts["users.workEmail"])).to_be_visible()
    tour.button("users.create.submit")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "new-user"
    tour.go("/users")
    page.get_by_role("link", name="Gina Sample").click()
    expect(page.get_by_text(tour.texts["users.history.empty"])).to_be_visible()
    yield "user"
    tour.button("users.move.disable")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
    yield "user-disable"
    page.keyboard.press("Escape")
    tour.go("/users")
    page.get_by_role("link", name="Lou Placeholder").click()
    expect(page.get_by_text(tour.texts["users.update.ownBody"])).to_be_visible()
    yield "user-own"
    tour.go("/users/administrators")
    tour.button("users.handover")
    expect(page.get_by_role("dialog").get_by_text("Gina Sample")).to_be_visible()
    yield "handover"
    page.keyboard.press("Escape")
    yield "administrators"
    tour.go("/users/import")
    page.get_by_text(tour.texts["users.import.columns"]).click()
    yield "import"


def access_and_staff(tour: Tour) -> Iterator[str]:
    """Several organizations, asking for access, staff accounts (ACC-8, ACC-9, ACC-11)."""
    tour.page.goto(tour.portal.address)
    tour.switch_language()
    yield from _access(tour)
    tour.button("nav.signOut")
    yield from _staff(tour)


def _access(tour: Tour) -> Iterator[str]:
    """Somebody with two organizations, in the one where they are a general user."""
    page = tour.page
    person = tour.portal.person("Bea Placeholder")
    tour.sign_in(person["email"], person["password"])
    tour.button("switch.button")
    yield "organizations"
    page.get_by_role("banner").get_by_text("Birch Sample Pediatrics").click()
    expect(page.get_by_text(tour.texts["access.about.claims"])).to_be_visible()
    yield "home-features"
    tour.go("/features/claims")
    tour.button("access.request")
    expect(page.get_by_text(tour.texts["access.requestedBody"])).to_be_visible()
    yield "feature-refused"
    tour.go("/features/eligibility")
    expect(page.get_by_text(tour.texts["access.comingBody"])).to_be_visible()
    yield "feature"
    tour.button("nav.signOut")
    person = tour.portal.person("Lena Specimen")
    tour.sign_in(person["email"], person["password"])
    expect(page.get_by_role("region", name=tour.texts["nav.attention"])).to_contain_text("Bea Placeholder")
    yield "home-attention"


def _staff(tour: Tour) -> Iterator[str]:
    page = tour.page
    person = tour.portal.person("Paula Fictional")
    tour.sign_in(person["email"], person["password"])
    expect(page.get_by_text(tour.texts["staff.home.admin"])).to_be_visible()
    yield "home-staff"
    tour.go("/staff")
    expect(page.get_by_role("row").filter(has_text="Ada Fictional")).to_be_visible()
    yield "staff"
    tour.go("/staff/new")
    expect(page.get_by_text("BH Care Management")).to_be_visible()
    tour.button("staff.submit")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "new-staff"
    tour.go("/staff")
    page.get_by_role("link", name="Ada Fictional").click()
    expect(page.get_by_text(tour.texts["users.history.empty"])).to_be_visible()
    yield "staff-account"
    tour.button("users.move.disable")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()
    yield "staff-disable"
    page.keyboard.press("Escape")


def profile(tour: Tour) -> Iterator[str]:
    """One's own account, with every form of it open (PLT-4)."""
    page = tour.page
    screens.sign_in(page, tour.portal, "Gina Sample")
    tour.switch_language()
    tour.go("/profile")
    expect(page.get_by_text(tour.texts["profile.factor.off"])).to_be_visible()
    expect(page.get_by_text(tour.texts["profile.sessions.this"], exact=True)).to_be_visible()
    yield "profile"
    for opens in ("profile.email.change", "profile.password.change", "profile.questions.change"):
        tour.button(opens)
    tour.button("profile.factor.set")
    expect(page.get_by_role("img", name=tour.texts["factor.picture"])).to_be_visible()
    for saves in ("profile.email.submit", "profile.password.submit", "profile.questions.submit"):
        tour.button(saves)
    yield "profile-forms"
    app = {"totp_secret": page.locator("code").first.inner_text().replace(" ", "")}
    page.get_by_role("textbox", name=tour.texts["code.label"], exact=True).last.fill(tour.portal.code(app))
    tour.button("profile.factor.confirm")
    expect(page.get_by_role("list", name=tour.texts["codes.list"])).to_be_visible()
    yield "profile-codes"
    tour.go("/communication-preferences")
    tour.button("notices.another")
    tour.button("profile.email.submit")
    yield "preferences"


def cases(tour: Tour) -> Iterator[str]:
    """A case of the helpdesk, from both sides (CRD-5)."""
    page = tour.page
    screens.sign_in(page, tour.portal, "Hanna Fictional")
    tour.switch_language()
    tour.go("/helpdesk")
    page.get_by_label(tour.texts["helpdesk.email"], exact=True).fill(tour.portal.person("Gina Sample")["email"])
    tour.button("helpdesk.find")
    opens = page.get_by_role("button", name=tour.texts["helpdesk.openCase"])
    expect(opens).to_be_visible()
    yield "helpdesk"
    opens.click()
    tour.button("helpdesk.openCase")
    expect(page.get_by_role("alert").first).to_be_visible()
    yield "new-case"
    page.get_by_label(tour.texts["cases.caller"], exact=True).fill("Gina Sample")
    page.get_by_label(tour.texts["cases.reason"], exact=True).fill("Lost her telephone\nand has a new one")
    tour.button("helpdesk.openCase")
    expect(page.get_by_text(tour.texts["cases.code.helpdesk"])).to_be_visible()
    yield "case"
    tour.button("nav.signOut")
    screens.sign_in(page, tour.portal, "Lou Placeholder")
    tour.switch_language()
    tour.go("/reset-cases")
    expect(page.get_by_role("link", name="Gina Sample")).to_be_visible()
    yield "reset-cases"
    page.get_by_role("link", name="Gina Sample").click()
    tour.button("resets.decline")
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "reset-decline"
    page.keyboard.press("Escape")
    yield "reset-case"
