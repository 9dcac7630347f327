"""How many mails an address got, in the short-lived table (S-MAIL-04)."""

from datetime import datetime

from pynamodb.attributes import NumberAttribute

from chalicelib.core import change, ids
from chalicelib.core.tables import ShortLivedRow
from chalicelib.notifications.domain import Category
from chalicelib.notifications.domain.claims import MOST_MAILS


class MailsRow(ShortLivedRow, discriminator="mails"):
    """How many mails an address got: pk `MAILS#<digest of the address>#<category>`, sk `<hour or day>`."""

    number = NumberAttribute()


def allow(address: str, category: Category, now: datetime) -> bool:
    """Count one more mail to an address, in this hour and on this day. False when it had its fill (S-MAIL-04).

    By category, so that nobody can use up what somebody is to be told about their own security (S-LIM-03).
    """
    return all(
        change.touch(
            MailsRow(f"MAILS#{ids.digest(address)}#{category}", now.strftime(span)),
            [MailsRow.number.add(1), MailsRow.expires_at.set(now + 2 * lasts)],
            MailsRow.pk.does_not_exist() | (MailsRow.number < most),
        )
        for span, lasts, most in MOST_MAILS
    )
