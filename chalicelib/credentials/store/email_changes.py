"""Addresses that wait to be confirmed, and those that were left (CRD-10, S-AUTH-13); an event holds ids only."""

from datetime import datetime, timedelta

import msgspec
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core.tables import ShortLivedRow

# Longer than a queue keeps the event (14 days) and a redrive from the dead letters may take.
_KEPT = timedelta(days=30)


class EmailChange(msgspec.Struct, frozen=True, kw_only=True):
    """A user wants to sign in with another address."""

    id: str
    user_id: str
    address: str
    """The new one, as typed."""
    ends_at: datetime

    def waits(self, now: datetime) -> bool:
        """Whether it can still be confirmed."""
        return now < self.ends_at


class EmailChangeRow(ShortLivedRow, discriminator="email_change"):
    """pk `EMAIL_CHANGE#<user id>`, sk `EMAIL_CHANGE`: the one that waits; a newer one takes its place."""

    change_id = UnicodeAttribute()
    address = UnicodeAttribute()
    ends_at = UTCDateTimeAttribute()


class FormerEmailRow(ShortLivedRow, discriminator="former_email"):
    """The address that a change left, for the notice to it: pk `FORMER_EMAIL#<change id>`, sk `FORMER_EMAIL`."""

    address = UnicodeAttribute()


def row(change: EmailChange) -> EmailChangeRow:
    """The item of a change that waits."""
    return EmailChangeRow(
        *key(change.user_id),
        change_id=change.id,
        address=change.address,
        ends_at=change.ends_at,
        expires_at=change.ends_at,
    )


def key(user_id: str) -> tuple[str, str]:
    """Key of the change that a user waits for."""
    return f"EMAIL_CHANGE#{user_id}", "EMAIL_CHANGE"


def still(change: EmailChange) -> Condition:
    """Condition on the item: that change, and no other, waits."""
    condition: Condition = EmailChangeRow.change_id == change.id
    return condition


def waiting(user_id: str, now: datetime) -> EmailChange | None:
    """The change that a user can still confirm at `now`, or None."""
    try:
        found = EmailChangeRow.get(*key(user_id), consistent_read=True)
    except EmailChangeRow.DoesNotExist:
        return None
    change = EmailChange(id=found.change_id, user_id=user_id, address=found.address, ends_at=found.ends_at)
    return change if change.waits(now) else None


def former_row(change_id: str, address: str, now: datetime) -> FormerEmailRow:
    """The item of the address that a change left."""
    return FormerEmailRow(*_former(change_id), address=address, expires_at=now + _KEPT)


def former(change_id: str) -> str | None:
    """The address that a change left; None when it never did."""
    try:
        return FormerEmailRow.get(*_former(change_id), consistent_read=True).address
    except FormerEmailRow.DoesNotExist:
        return None


def _former(change_id: str) -> tuple[str, str]:
    return f"FORMER_EMAIL#{change_id}", "FORMER_EMAIL"
