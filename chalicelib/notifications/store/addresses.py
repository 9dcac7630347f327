"""Addresses for notices: confirmed ones, those that wait, those that were left (S-MAIL-03); an event holds ids only."""

from datetime import datetime, timedelta

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core import ids
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, LinkExpired
from chalicelib.core.tables import DirectoryRow, ShortLivedRow
from chalicelib.notifications.domain.addresses import WaitingAddress, compared
from chalicelib.notifications.store import PreferencesRow, preferences_key

# Longer than a queue keeps the event (14 days) and a redrive from the dead letters may take.
_KEPT = timedelta(days=30)
_MOST_HOLDERS = 100


class HolderRow(DirectoryRow, discriminator="notice_address_holder"):
    """Whose notices go to an address: pk `ADDRESS#<digest of the address>`, sk `USER#<user id>`."""


class WaitingAddressRow(ShortLivedRow, discriminator="notice_address"):
    """pk `NOTICE_ADDRESS#<user id>`, sk `NOTICE_ADDRESS`: the one that waits; a newer one takes its place."""

    change_id = UnicodeAttribute()
    address = UnicodeAttribute()
    ends_at = UTCDateTimeAttribute()


class FormerAddressRow(ShortLivedRow, discriminator="former_notice_address"):
    """The address that got notices before a change, which is told of it: pk `FORMER_NOTICE_ADDRESS#<change id>`."""

    address = UnicodeAttribute()


def set_address(planned: Change, user_id: str, before: str | None, after: str | None) -> None:
    """Plan that a user's notices go to another address; None is the one they sign in with.

    The commit raises Conflict when they don't go to `before` any more.
    """
    row = PreferencesRow
    same: Condition = row.notice_address.does_not_exist() if before is None else row.notice_address == before
    action = row.notice_address.remove() if after is None else row.notice_address.set(after)
    planned.count(row(*preferences_key(user_id)), [action], same, Conflict())
    left, come = before and holder_row(before, user_id), after and holder_row(after, user_id)
    if left and not (come and come.pk == left.pk):
        planned.delete(left)
    if come:
        planned.put(come)


def holder_row(address: str, user_id: str) -> HolderRow:
    """The item that finds a user by the address of their notices."""
    return HolderRow(f"ADDRESS#{ids.digest(compared(address))}", f"USER#{user_id}")


def holders(address: str) -> list[str]:
    """Ids of the users whose notices go to an address, at most a hundred."""
    pk = f"ADDRESS#{ids.digest(compared(address))}"
    return [row.sk.removeprefix("USER#") for row in HolderRow.query(pk, consistent_read=True, limit=_MOST_HOLDERS)]


def wait(planned: Change, waiting_: WaitingAddress) -> None:
    """Plan that an address waits, instead of any other of that user."""
    planned.put(
        WaitingAddressRow(
            *_key(waiting_.user_id),
            change_id=waiting_.id,
            address=waiting_.address,
            ends_at=waiting_.ends_at,
            expires_at=waiting_.ends_at,
        )
    )


def take(planned: Change, waiting_: WaitingAddress) -> None:
    """Plan that an address waits no more, as it is confirmed. The commit raises LinkExpired unless that one waits."""
    row = WaitingAddressRow(*_key(waiting_.user_id))
    planned.delete(row, WaitingAddressRow.change_id == waiting_.id, LinkExpired())


def forget(planned: Change, user_id: str) -> None:
    """Plan that no address of a user waits any more."""
    planned.delete(WaitingAddressRow(*_key(user_id)))


def waiting(user_id: str, now: datetime) -> WaitingAddress | None:
    """The address that a user can still confirm at `now`, or None."""
    try:
        row = WaitingAddressRow.get(*_key(user_id), consistent_read=True)
    except WaitingAddressRow.DoesNotExist:
        return None
    found = WaitingAddress(id=row.change_id, user_id=user_id, address=row.address, ends_at=row.ends_at)
    return found if found.waits(now) else None


def leave(planned: Change, change_id: str, address: str) -> None:
    """Plan that the address which a change left is kept for the notice to it."""
    planned.create(FormerAddressRow(*_former(change_id), address=address, expires_at=planned.now + _KEPT))


def former(change_id: str) -> str | None:
    """The address that a change left; None when it never did."""
    try:
        return FormerAddressRow.get(*_former(change_id), consistent_read=True).address
    except FormerAddressRow.DoesNotExist:
        return None


def _key(user_id: str) -> tuple[str, str]:
    return f"NOTICE_ADDRESS#{user_id}", "NOTICE_ADDRESS"


def _former(change_id: str) -> tuple[str, str]:
    return f"FORMER_NOTICE_ADDRESS#{change_id}", "FORMER_NOTICE_ADDRESS"
