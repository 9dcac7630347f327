"""How many mails an address got, in the short-lived table (S-MAIL-04)."""

from datetime import datetime
from typing import Literal

from pynamodb.attributes import NumberAttribute

from chalicelib.core import change, ids
from chalicelib.core.tables import ShortLivedRow
from chalicelib.notifications.domain import Category
from chalicelib.notifications.domain.claims import MOST_MAILS

Counted = Category | Literal["NOTICE_ADDRESS", "NOMINATION"]
"""What is counted apart: the mails of a category, links that confirm an address for notices, forms for executives."""


class MailsRow(ShortLivedRow, discriminator="mails"):
    """How many mails an address got: pk `MAILS#<digest of the address>#<what>`, sk `<hour or day>`."""

    number = NumberAttribute()


def allow(address: str, what: Counted, now: datetime) -> bool:
    """Count one more mail to an address, in this hour and on this day. False when it had its fill (S-MAIL-04).

    Apart by category, so that nobody can use up what somebody is to be told about their own security (S-LIM-03).
    Likewise by the id of a user: how many links they may have sent to addresses of their choice.
    """
    return all(
        change.touch(
            MailsRow(f"MAILS#{ids.digest(address)}#{what}", now.strftime(span)),
            [MailsRow.number.add(1), MailsRow.expires_at.set(now + 2 * lasts)],
            MailsRow.pk.does_not_exist() | (MailsRow.number < most),
        )
        for span, lasts, most in MOST_MAILS
    )
