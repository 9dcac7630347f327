"""Devices that an account signed in from before (S-LIM-01): an opaque cookie, of which only the hash is stored."""

from datetime import datetime

from pynamodb.attributes import UTCDateTimeAttribute

from chalicelib.core import ids
from chalicelib.core.tables import ShortLivedRow
from chalicelib.credentials.domain import DEVICE_KEPT


class DeviceRow(ShortLivedRow, discriminator="device"):
    """pk `DEVICE#<SHA-256 of its token>`, sk `USER#<user id>`: a device may be known to several people."""

    ends_at = UTCDateTimeAttribute()


def key(token_hash: str, user_id: str) -> tuple[str, str]:
    """Key of a device as one person's."""
    return f"DEVICE#{token_hash}", f"USER#{user_id}"


def row(token_hash: str, user_id: str, now: datetime) -> DeviceRow:
    """The item of a device that a person signs in from now."""
    return DeviceRow(*key(token_hash, user_id), ends_at=now + DEVICE_KEPT, expires_at=now + DEVICE_KEPT)


def known(found: ShortLivedRow | None, now: datetime) -> bool:
    """Whether an item, if there is one, still tells of a known device."""
    return isinstance(found, DeviceRow) and now < found.ends_at


def is_known(token: str, user_id: str, now: datetime) -> bool:
    """Whether a person signed in from the device with this token before."""
    try:
        found = DeviceRow.get(*key(ids.digest(token), user_id), consistent_read=True)
    except DeviceRow.DoesNotExist:
        return False
    return known(found, now)
