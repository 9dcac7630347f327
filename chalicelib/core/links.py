"""One-time links (CRD-6, S-AUTH-08): a mailed secret that stands for one person, one purpose and one address.

Of the token only its SHA-256 is stored. There is one live link for a user, a purpose and what it is about: the newest,
to which a pointer leads, so that issuing one voids the one before, and nobody else's. `look` spends nothing; `spend`
goes into the change that the link allows, so that of many uses at once one succeeds. Used, expired, unknown, voided and
meant for something else are the same refusal.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec
from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core import ids
from chalicelib.core.change import Change
from chalicelib.core.errors import LinkExpired
from chalicelib.core.tables import ShortLivedRow

Purpose = Literal["registration", "password_reset", "email_change", "set_up_again", "notice_address", "nomination"]


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A live link, as its holder presented it."""

    hash: str
    purpose: Purpose
    user_id: str
    address: str
    """Digest of the address it was mailed to."""
    subject: dict[str, str]
    """Ids of what it is about, besides the user."""
    ends_at: datetime

    def require_address(self, address: str) -> None:
        """Raise LinkExpired when the person's address is another one by now (S-AUTH-08)."""
        if ids.digest(address) != self.address:
            raise LinkExpired


class LinkRow(ShortLivedRow, discriminator="link"):
    """pk `LINK#<SHA-256 of the token>`, sk `LINK`. `expires_at` has whole seconds; `ends_at` is what counts."""

    purpose = UnicodeAttribute()
    user_id = UnicodeAttribute()
    address = UnicodeAttribute()
    subject = JSONAttribute()
    ends_at = UTCDateTimeAttribute()


class NewestLinkRow(ShortLivedRow, discriminator="newest_link"):
    """Which link of a user and purpose is live: pk `LINKS#<user id>`, sk the purpose and the ids it is about."""

    hash = UnicodeAttribute()


def issue(
    planned: Change, purpose: Purpose, user_id: str, address: str, ends_at: datetime, subject: dict[str, str]
) -> str:
    """Plan a new link; earlier ones of this user, purpose and subject end with it.

    Returns its token, for the mail alone.
    """
    token = ids.token()
    hash_ = ids.digest(token)
    planned.create(
        LinkRow(
            *_key(hash_),
            purpose=purpose,
            user_id=user_id,
            address=ids.digest(address),
            subject=subject,
            ends_at=ends_at,
            expires_at=ends_at,
        )
    )
    planned.put(NewestLinkRow(*_newest(user_id, purpose, subject), hash=hash_, expires_at=ends_at))
    return token


def look(token: str, purpose: Purpose, now: datetime) -> Link:
    """The link with this token, which stays as it is. Raises LinkExpired unless it can be used at `now`."""
    try:
        row = LinkRow.get(*_key(ids.digest(token)), consistent_read=True)
        newest = NewestLinkRow.get(*_newest(row.user_id, row.purpose, row.subject), consistent_read=True)
    except (LinkRow.DoesNotExist, NewestLinkRow.DoesNotExist):
        raise LinkExpired from None
    hash_ = row.pk.removeprefix("LINK#")
    if row.purpose != purpose or newest.hash != hash_ or row.ends_at <= now:
        raise LinkExpired
    return Link(
        hash=hash_, purpose=purpose, user_id=row.user_id, address=row.address, subject=row.subject, ends_at=row.ends_at
    )


def spend(planned: Change, link: Link) -> None:
    """Plan that the link is used up by what it allows. The commit raises LinkExpired unless it is still live."""
    planned.delete(LinkRow(*_key(link.hash)), LinkRow.ends_at > planned.now, LinkExpired())
    newest = NewestLinkRow(*_newest(link.user_id, link.purpose, link.subject))
    planned.delete(newest, NewestLinkRow.hash == link.hash, LinkExpired())


def void(planned: Change, purpose: Purpose, user_id: str, subject: Mapping[str, str]) -> None:
    """Plan that the live link of a user, purpose and subject ends unused, if there is one."""
    planned.delete(NewestLinkRow(*_newest(user_id, purpose, subject)))


def _key(hash_: str) -> tuple[str, str]:
    return f"LINK#{hash_}", "LINK"


def _newest(user_id: str, purpose: str, subject: Mapping[str, str]) -> tuple[str, str]:
    return f"LINKS#{user_id}", "#".join([purpose, *(subject[name] for name in sorted(subject))])
