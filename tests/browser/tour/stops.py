"""What is shown once mail comes back from an address, and how it is tried again (NOT-4)."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser.tour import Tour


def stops(tour: Tour) -> Iterator[str]:
    """Of members for their administrator and for themselves, of staff for a plan administrator."""
    page, texts = tour.page, tour.texts
    page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in_as("Lou Placeholder")
    for name in ("Gina Sample", "Bea Placeholder"):
        tour.open(name)
        _comes_back(tour, name)
    tour.open("Bea Placeholder")
    _tries_again(tour, "Bea Placeholder", "stops.heading")
    tour.open("Gina Sample")
    expect(page.get_by_role("region", name=texts["stops.heading"].format(name="Gina Sample"))).to_be_visible()
    yield "user-stopped"
    tour.go("/attention")
    page.get_by_role("main").get_by_role("link", name="Gina Sample").first.wait_for()
    yield "attention-stopped"
    tour.button("nav.signOut")
    tour.sign_in_as("Gina Sample")
    page.get_by_role("region", name=texts["nav.attention"]).get_by_role(
        "link", name=texts["attention.own_address_stopped"]
    ).click()
    email = tour.portal.person("Gina Sample")["email"]
    expect(page.get_by_role("region", name=texts["stops.own.heading"].format(email=email))).to_be_visible()
    yield "own-stopped"
    _tries_again(tour, email, "stops.own.heading")
    # That page has fields of the same name as the sign-in.
    tour.go("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gina Sample")
    tour.button("nav.signOut")
    tour.sign_in_as("Paula Fictional")
    tour.go("/staff")
    page.get_by_role("link", name="Ada Fictional").click()
    _comes_back(tour, "Ada Fictional")
    tour.go("/attention")
    page.get_by_role("main").get_by_role("link", name="Ada Fictional").first.click()
    expect(page.get_by_role("region", name=texts["stops.heading"].format(name="Ada Fictional"))).to_be_visible()
    yield "staff-stopped"
    _tries_again(tour, "Ada Fictional", "stops.heading")


def _comes_back(tour: Tour, name: str) -> None:
    """They are sent a link, and the mail comes back."""
    email = tour.portal.person(name)["email"]
    tour.button("users.mail.password_reset")
    expect(
        tour.page.get_by_text(tour.texts["users.mail.sent.password_reset"].format(email=email)).first
    ).to_be_visible()
    tour.portal.console("POST", "settle")
    mail = next(one for one in tour.portal.mails() if one["to"] == [email])
    tour.portal.console("POST", f"mail/{mail['id']}/bounced")
    # A stop leads to a mark, a mark to a notice.
    for _ in range(2):
        tour.portal.console("POST", "settle")
    tour.page.reload()
    tour.switch_language()


def _tries_again(tour: Tour, of: str, heading: str) -> None:
    page, texts = tour.page, tour.texts
    named = texts[heading].format(name=of, email=of)
    page.get_by_role("region", name=named).wait_for()
    page.get_by_role("button", name=texts["stops.againNamed"].format(of=of)).click()
    expect(page.get_by_role("region", name=named)).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
