"""What people typed to register themselves (ACC-1), until it has been looked into: `REGISTRATION#<request id>`."""

from datetime import datetime, timedelta

import msgspec
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.core.tables import ShortLivedRow
from chalicelib.core.texts import Language

# Longer than a queue keeps the event (14 days) and a redrive from the dead letters may take.
_KEPT = timedelta(days=30)


class Registration(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody says who they are and with which practice."""

    id: str
    name: str
    email: str
    phone: str
    tin: str
    """Nine digits."""
    language: Language
    requested_at: datetime


class RegistrationRow(ShortLivedRow, discriminator="registration"):
    """pk `REGISTRATION#<request id>`, sk `REGISTRATION`. Goes in the change that makes the account, or nothing."""

    name = UnicodeAttribute()
    email = UnicodeAttribute()
    phone = UnicodeAttribute()
    tin = UnicodeAttribute()
    language = UnicodeAttribute()
    requested_at = UTCDateTimeAttribute()


def row(registration: Registration) -> RegistrationRow:
    """The item of a request."""
    return RegistrationRow(
        f"REGISTRATION#{registration.id}",
        "REGISTRATION",
        name=registration.name,
        email=registration.email,
        phone=registration.phone,
        tin=registration.tin,
        language=registration.language,
        requested_at=registration.requested_at,
        expires_at=registration.requested_at + _KEPT,
    )


def registration(id_: str) -> Registration | None:
    """A request that waits, or None when it has been dealt with."""
    try:
        found = RegistrationRow.get(f"REGISTRATION#{id_}", "REGISTRATION", consistent_read=True)
    except RegistrationRow.DoesNotExist:
        return None
    return Registration(
        id=id_,
        name=found.name,
        email=found.email,
        phone=found.phone,
        tin=found.tin,
        language=found.language,  # type: ignore[arg-type]  # written from the same Literal
        requested_at=found.requested_at,
    )
