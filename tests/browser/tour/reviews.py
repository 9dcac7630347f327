"""The access review of a practice, and the decisions made (REV-1 to REV-5)."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser.tour import Tour


def reviews(tour: Tour) -> Iterator[str]:
    """Cards with every kind of decision open, one refused and one made; then what is kept of it."""
    page, texts = tour.page, tour.texts
    tour.portal.console("POST", "clock", {"advance_seconds": 80 * 24 * 60 * 60})
    page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in_as("Wanda Specimen")
    tour.go("/reviews")
    cards = page.locator("li.p-review")
    expect(cards).to_have_count(4)
    ivan, omar, wes = (
        cards.filter(has=page.get_by_role("heading", name=re.compile(f"^{name}"), level=3))
        for name in ("Ivan Sample", "Omar Sample", "Wes Specimen")
    )
    omar.get_by_role("button", name=texts["reviews.change"]).click()
    expect(omar.get_by_role("checkbox").first).to_be_visible()
    wes.get_by_role("button", name=texts["reviews.remove"]).click()
    ivan.get_by_role("button", name=texts["reviews.keep"]).click()
    expect(ivan.get_by_role("alert")).to_be_focused()
    yield "review"
    ivan.get_by_role("textbox").fill("Comes back in spring")
    ivan.get_by_role("button", name=texts["reviews.keep"]).click()
    expect(ivan).to_contain_text(texts["reviews.decided.keep"])
    yield "review-decided"
    tour.go("/reviews/decisions")
    page.get_by_role("button", name=texts["reviews.evidence.show"]).click()
    expect(page.get_by_role("heading", name=texts["reviews.evidence.seen"])).to_be_visible()
    yield "review-decisions"
