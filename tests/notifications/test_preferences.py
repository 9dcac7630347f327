"""How notices reach a person (NOT-1)."""

import pytest

from chalicelib.notifications.domain import CATEGORIES, Category, Channel, Preferences
from chalicelib.notifications.domain.claims import CLAIM_HELD, REMEMBERED


@pytest.mark.parametrize(
    ("category", "channel"),
    [
        ("SECURE_MESSAGING", "online"),
        ("AUTHORIZATION_DRAFTS", "email"),
        ("USER_MANAGEMENT", "email"),
        ("ACCOUNT_SECURITY", "email"),
        ("ACCESS_REVIEW", "email"),
    ],
)
def test_who_never_chose(category: Category, channel: Channel) -> None:
    """NOT-1."""
    assert Preferences().channel(category) == channel


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("chosen", ["email", "online"])
def test_a_choice_counts_but_for_security_and_review(category: Category, chosen: Channel) -> None:
    """NOT-1: `ACCOUNT_SECURITY` and `ACCESS_REVIEW` always mail."""
    always = category in ("ACCOUNT_SECURITY", "ACCESS_REVIEW")
    assert Preferences({category: chosen}).channel(category) == ("email" if always else chosen)


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_choice_is_about_its_own_category(category: Category) -> None:
    others = [other for other in CATEGORIES if other != category]
    chosen = Preferences({category: "email"})
    assert [chosen.channel(other) for other in others] == [Preferences().channel(other) for other in others]


def test_a_notice_is_remembered_longer_than_any_redelivery() -> None:
    """S-MAIL-06: a queue keeps 14 days, a dead letter 14 more before it may be sent again."""
    assert REMEMBERED.days > 28
    assert CLAIM_HELD.total_seconds() > 29
