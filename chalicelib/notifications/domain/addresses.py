"""Rules of the address that notices go to (NOT-1, S-MAIL-03)."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts.domain import normalised
from chalicelib.notifications.domain import Category

CONFIRMATION = timedelta(hours=24)
"""How long an address can be confirmed, as a new sign-in address can."""


class WaitingAddress(msgspec.Struct, frozen=True, kw_only=True):
    """A user wants notices at another address, and gets none there before it is confirmed."""

    id: str
    user_id: str
    address: str
    """As typed."""
    ends_at: datetime

    def waits(self, now: datetime) -> bool:
        """Whether it can still be confirmed."""
        return now < self.ends_at


def goes_to(category: Category, sign_in_address: str, notice_address: str | None) -> str:
    """The address that a person's mail about a category goes to; `notice_address` is one that is confirmed.

    Links are mails of `ACCOUNT_SECURITY` too: what opens an account, or tells that somebody did, goes nowhere else than
    where its owner signs in.
    """
    if category == "ACCOUNT_SECURITY" or notice_address is None:
        return sign_in_address
    return notice_address


def compared(address: str) -> str:
    """An address as it tells mailboxes apart: the same for what signs in as the same."""
    return normalised(address)
