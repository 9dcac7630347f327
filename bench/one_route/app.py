"""The least that an app on Chalice and PynamoDB can be: one route that finds out who asks.

It reads what the portal reads for that (the session, then user and membership in one batch) through one shared client,
and checks nothing. Packaged as the portal is; imports nothing of it.
"""

import base64
import functools
import hashlib
import os
from typing import Any

from chalice.app import Chalice
from pynamodb.attributes import DiscriminatorAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.connection.table import TableConnection
from pynamodb.models import Model

app = Chalice("one-route")


@functools.cache
def _connection() -> Connection:
    return Connection(region=os.environ["PORTICO_REGION"], host=os.environ.get("PORTICO_DYNAMODB_ENDPOINT"))


class _Row(Model):
    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    cls = DiscriminatorAttribute()

    @classmethod
    def _get_connection(cls) -> TableConnection:
        made = super()._get_connection()
        shared = _connection()
        if made.connection is not shared:
            shared._tables.setdefault(made.table_name, made.get_meta_table())
            made.connection = shared
        return made


class DirectoryRow(_Row):
    """Users and memberships."""

    class Meta:
        table_name = os.environ.get("PORTICO_TABLE_PREFIX", "") + "directory"


class UserRow(DirectoryRow, discriminator="user"):
    """Who somebody is."""

    name = UnicodeAttribute()
    email = UnicodeAttribute()


class MembershipRow(DirectoryRow, discriminator="membership"):
    """Where somebody belongs."""

    role = UnicodeAttribute()


class ShortLivedRow(_Row):
    """Sessions."""

    class Meta:
        table_name = os.environ.get("PORTICO_TABLE_PREFIX", "") + "shortlived"


class SessionRow(ShortLivedRow, discriminator="session"):
    """Who is signed in."""

    user_id = UnicodeAttribute()
    organization_id = UnicodeAttribute()
    membership_id = UnicodeAttribute()
    hours = NumberAttribute()


@app.route("/session")
def show_session() -> dict[str, Any]:
    """Who is signed in."""
    request = app.current_request
    assert request is not None
    token = request.headers["cookie"].partition("=")[2]
    hash_ = base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()
    session = SessionRow.get(f"SESSION#{hash_}", "SESSION", consistent_read=True)
    keys = [
        (f"USER#{session.user_id}", "USER"),
        (f"ORG#{session.organization_id}", f"MEMBERSHIP#{session.membership_id}"),
    ]
    found: dict[Any, Any] = {type(row): row for row in DirectoryRow.batch_get(keys, consistent_read=True)}
    user, membership = found[UserRow], found[MembershipRow]
    return {"name": user.name, "email": user.email, "role": membership.role, "hours": int(session.hours)}
