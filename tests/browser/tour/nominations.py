"""Walks through how a practice is nominated: the executive's form, what enrollment sees of it (ORG-1)."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.browser import screens
from tests.browser.tour import Tour

_HECTOR = "hector.specimen@hazel-example-cardiology.example"


def nominations(tour: Tour) -> Iterator[str]:
    """The public pages, then enrollment's."""
    yield from _public(tour)
    yield from _enrollment(tour)


def _public(tour: Tour) -> Iterator[str]:
    page, texts = tour.page, tour.texts
    (mail,) = [text for text in screens.awaited_mails(tour.portal, _HECTOR) if "/nominate#" in text]
    link = re.search(r"http://\S+/nominate#\S+", mail)
    assert link is not None
    page.goto(link[0])
    expect(
        page.get_by_label(texts["nominate.practiceName"]).or_(page.locator("#nominate-practice_name"))
    ).to_be_visible()
    tour.switch_language()
    expect(page.locator(".p-nominate__consent")).to_have_attribute("lang", tour.language)
    yield "nominate"
    tour.button("nominate.submit")
    expect(page.get_by_role("alert").first).to_be_focused()
    yield "nominate-wrong"
    for field, value in (
        ("administratorName", "Nell Newcomer"),
        ("administratorEmail", "nell.newcomer@hazel-example-cardiology.example"),
        ("administratorPhone", "555-010-0199"),
        ("authority", "Owner"),
        ("signature", "Hector Specimen"),
    ):
        page.get_by_label(texts[f"nominate.{field}"], exact=True).fill(value)
    page.get_by_label(texts["nominate.consented"]).check()
    tour.button("nominate.submit")
    expect(page.get_by_role("heading", level=1)).to_have_text(texts["nominate.signed.title"])
    yield "nominate-signed"
    page.goto("about:blank")
    page.goto(f"{tour.portal.address}/nominate#{'A' * 43}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tour.switch_language()
    expect(page.get_by_role("heading", level=1)).to_have_text(texts["nominate.gone.title"])
    yield "nominate-gone"
    page.get_by_role("link", name=texts["nominate.gone.askLink"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(texts["nominate.request.title"])
    tour.button("nominate.request.submit")
    expect(page.get_by_role("alert").first).to_be_focused()
    yield "nominate-request"


def _enrollment(tour: Tour) -> Iterator[str]:
    page, texts = tour.page, tour.texts
    page.goto(tour.portal.address)
    tour.switch_language()
    tour.sign_in_as("Enzo Fictional")
    tour.go("/nominations")
    expect(page.get_by_role("link", name="Linden Sample Orthopedics")).to_be_visible()
    yield "nominations"
    page.get_by_role("link", name="Hazel Example Cardiology").click()
    expect(page.get_by_label(re.compile("000000006"))).to_be_visible()
    yield "nomination-signed"
    page.locator("#verify-tin_matches").check()
    page.locator("#verify-npis_match").check()
    tour.button("nominations.verify.submit")
    expect(page.get_by_text(texts["nominations.verify.done"]).first).to_be_visible()
    yield "nomination-verified"
    tour.button("nominations.approve")
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "nomination-approve"
    page.keyboard.press("Escape")
    tour.button("nominations.return")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name=texts["nominations.return"], exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("alert").first).to_be_focused()
    yield "nomination-return"
    page.keyboard.press("Escape")
    tour.go("/nominations/requests")
    expect(page.get_by_text("Spruce Example Pulmonology").first).to_be_visible()
    yield "nomination-requests"
    tour.button("nominations.requests.dismiss")
    expect(page.get_by_role("dialog")).to_be_visible()
    yield "nomination-requests-dismiss"
