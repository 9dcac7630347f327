"""Access reviews on the plan's side."""

from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser.tour import Tour

_DAY = 86_400


def overview(tour: Tour) -> Iterator[str]:
    """How far practices are, calls, only administrators by two of enrollment, the review of staff (REV-1, ACC-11)."""
    page, texts = tour.page, tour.texts
    for days in (1, 84):
        tour.portal.console("POST", "clock", {"advance_seconds": days * _DAY})
        tour.portal.console("POST", "settle")
        tour.portal.console("POST", "jobs/revalidation_reminders")
    page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in_as("Enzo Fictional")
    tour.go("/review-overview")
    named = texts["overview.showNamed"].format(name="Willow Example Dental")
    expect(page.get_by_role("button", name=named)).to_be_visible()
    yield "review-overview"
    page.get_by_role("button", name=named).click()
    expect(page.get_by_role("dialog")).to_contain_text("Ivan Sample")
    yield "review-overview-who"
    page.keyboard.press("Escape")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=texts["overview.callChosen.one"].format(count=1)).click()
    page.get_by_role("dialog").get_by_role("button", name=texts["overview.call"], exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()
    yield "review-call"
    page.keyboard.press("Escape")
    tour.go("/review-overview/suspect")
    expect(page.get_by_text(texts["overview.suspect.none"])).to_be_visible()
    yield "review-suspect"
    tour.go("/review-overview/administrators")
    page.get_by_role("button", name=texts["overview.two.keep"], exact=True).first.click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Called her")
    yield "review-two-keep"
    page.get_by_role("dialog").get_by_role("button", name=texts["overview.two.submit.keep"]).click()
    expect(page.get_by_text(texts["overview.two.done.waiting"])).to_be_visible()
    yield "review-two"
    tour.button("nav.signOut")
    tour.sign_in_as("Paula Fictional")
    tour.go("/staff")
    page.get_by_role("link", name="Boris Fictional").click()
    tour.button("staff.review.disable")
    page.get_by_role("dialog").get_by_role("button", name=texts["staff.review.disable"]).click()
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_visible()
    yield "staff-review"
