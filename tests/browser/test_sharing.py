"""Sharing a login, as the portal speaks of it (ACC-10)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from chalicelib.sharing import store
from chalicelib.sharing.domain import Reason, Signal
from chalicelib.sharing.domain.notes import Mark, Note, Raised
from tests.browser import screens
from tests.browser.conftest import Portal


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("English", "Sharing a sign-in is against policy"), ("Español", "Compartir un acceso va contra las normas")],
)
def test_the_sign_in_page_says_that_sharing_is_against_policy(
    quiet: Page, portal: Portal, language: str, sentence: str
) -> None:
    """ACC-10: in the reader's language, with what the plan says of it beside."""
    page = quiet
    page.goto(portal.address)
    if language == "Español":
        page.get_by_role("button", name=language).click()
    expect(page.get_by_role("region", name=sentence)).to_contain_text("everyone can have an account of their own")


def _own(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("fetch('/api/session').then(answer => answer.json())")
    return found


def test_a_shared_sign_in_is_told_to_the_person_then_to_administrators(quiet: Page, portal: Portal) -> None:
    """ACC-10, S-SHARE-03, S-SHARE-04: plain reasons, nothing locked; an account for a colleague is one click away."""
    page = quiet
    now = datetime.now(UTC)
    ends_at = now + timedelta(days=30)
    signal = Signal(points=60, reasons=(Reason("in_turn", 4), Reason("many_devices", 5)))
    screens.sign_in(page, portal, "Gina Sample")
    own = _own(page)
    place = (own["membership"]["organization"]["id"], own["membership"]["id"])
    portal.put(
        [
            store.note_row(
                Note(
                    user_id=own["user"]["id"],
                    noticed_at=now - timedelta(days=9),
                    raised_at=now,
                    places=(Raised(*place, now),),
                    signal=signal,
                    ends_at=ends_at,
                )
            ),
            store.mark_row(
                Mark(organization_id=place[0], membership_id=place[1], since=now, signal=signal, ends_at=ends_at)
            ),
        ]
    )
    page.reload()
    page.get_by_role("link", name="Your sign-in seems to be used by more than one person").click()
    note = page.get_by_role("region", name="Does somebody else use your sign-in?")
    expect(note).to_contain_text("Two devices take turns within minutes, on 4 days")
    expect(note).to_contain_text("your access stays as it is")
    expect(note).to_contain_text("Your administrators see this too.")
    screens.sign_out(page)

    screens.sign_in(page, portal, "Lou Placeholder")
    attention = page.get_by_role("region", name="Needs your attention")
    expect(attention.get_by_role("link", name="Gina Sample")).to_be_visible()
    attention.get_by_role("link", name="1 sign-in seems to be shared").click()
    card = page.get_by_role("listitem", name="Gina Sample")
    expect(card).to_contain_text("5 devices in a month")
    screens.press_on(page, card.get_by_role("link", name="Invite a colleague"), "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Create user")
    page.go_back()
    page.go_back()
    attention.get_by_role("link", name="Invite a colleague").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Create user")
