"""Rules of notices: who gets mail about what, and what it may say (NOT-1, NOT-2)."""

from typing import Literal, get_args

import msgspec

Category = Literal["SECURE_MESSAGING", "AUTHORIZATION_DRAFTS", "USER_MANAGEMENT", "ACCOUNT_SECURITY", "ACCESS_REVIEW"]
CATEGORIES: tuple[Category, ...] = get_args(Category)
Channel = Literal["email", "online"]

# What a person who never chose has (NOT-1).
_INITIAL: dict[Category, Channel] = {
    "SECURE_MESSAGING": "online",
    "AUTHORIZATION_DRAFTS": "email",
    "USER_MANAGEMENT": "email",
    "ACCOUNT_SECURITY": "email",
    "ACCESS_REVIEW": "email",
}
ALWAYS_MAILED: frozenset[Category] = frozenset({"ACCOUNT_SECURITY", "ACCESS_REVIEW"})
"""What nobody can choose otherwise (NOT-1)."""


def fixed(category: Category) -> Channel | None:
    """How everybody is told about a category that has no choice; None where there is one."""
    return "email" if category in ALWAYS_MAILED else None


class Preferences(msgspec.Struct, frozen=True):
    """What a user chose in Communication Preferences; what they didn't is as it starts."""

    channels: dict[Category, Channel] = {}
    notice_address: str | None = None
    """Where notices go instead of the sign-in address, confirmed (domain/addresses.py)."""
    version: int = 0
    """How often the channels were saved."""

    def channel(self, category: Category) -> Channel:
        """How notices of a category reach the user."""
        return fixed(category) or self.channels.get(category, _INITIAL[category])
