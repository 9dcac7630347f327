"""Rules of notices: who gets mail about what, and what it may say (NOT-1, NOT-2)."""

from datetime import timedelta
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
_ALWAYS_MAILED: frozenset[Category] = frozenset({"ACCOUNT_SECURITY", "ACCESS_REVIEW"})

# A sender that died holds a notice this long; then another may take it over, which is the one possible repeat.
CLAIM_HELD = timedelta(minutes=2)
# Longer than a queue keeps a message (14 days) and a redrive from the dead letters may take (S-MAIL-06).
REMEMBERED = timedelta(days=45)

# Form of the name of an hour or a day, how long it lasts, and how many mails of a category about accounts an
# address gets in it (S-MAIL-04): nobody can be flooded by somebody who registers or presses a button again and again.
MOST_MAILS = (("%Y-%m-%dT%H", timedelta(hours=1), 5), ("%Y-%m-%d", timedelta(days=1), 20))


class Preferences(msgspec.Struct, frozen=True):
    """What a user chose in Communication Preferences; what they didn't is as it starts."""

    channels: dict[Category, Channel] = {}

    def channel(self, category: Category) -> Channel:
        """How notices of a category reach the user."""
        if category in _ALWAYS_MAILED:
            return "email"
        return self.channels.get(category, _INITIAL[category])
