"""Sharing a login, as the portal speaks of it (ACC-10)."""

import pytest
from playwright.sync_api import Page, expect

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
