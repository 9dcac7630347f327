"""Opaque cursors (PLT-3, S-IO-08), signed and bound to who asked for what: a forged or borrowed one is refused."""

import base64
import binascii
import hashlib
import hmac
from typing import Generic, TypeVar

import msgspec

from chalicelib.core import config
from chalicelib.core.errors import BadRequest
from chalicelib.core.fields import Cursor

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True):
    """One page of a list, and the cursor for the next one (None at the end)."""

    items: list[T]
    next_cursor: str | None = None


class PageQuery(msgspec.Struct):
    """Which page of a list."""

    cursor: Cursor | None = None


def seal(position: dict[str, str], scope: tuple[str, ...]) -> str:
    """A cursor for `position` (a row's key), good only within `scope` (actor, list, filters)."""
    text = msgspec.json.encode(position)
    return _spell(_signature(text, scope) + text)


def open_(cursor: str, scope: tuple[str, ...]) -> dict[str, str]:
    """The position in a cursor. Raises BadRequest `bad_cursor` unless `seal` made it for the same scope."""
    try:
        raw = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
    except (UnicodeEncodeError, binascii.Error):
        raise BadRequest("bad_cursor") from None
    signature, text = raw[:32], raw[32:]
    # Base64 has several spellings of the same bytes; only the one that was given out counts.
    if not hmac.compare_digest(signature, _signature(text, scope)) or _spell(raw) != cursor:
        raise BadRequest("bad_cursor")
    return msgspec.json.decode(text, type=dict[str, str])


def _spell(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _signature(text: bytes, scope: tuple[str, ...]) -> bytes:
    key = config.current().cursor_key.encode()
    return hmac.digest(key, msgspec.json.encode(scope) + b"\0" + text, hashlib.sha256)
