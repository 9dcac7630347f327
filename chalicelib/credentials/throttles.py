"""Guesses are counted before they are judged (CRD-7): by account and device, and by where they come from.

A device that signed in before has a count of its own, so that nobody who doesn't hold it locks its owner out
(S-LIM-01, T15). Known and unknown addresses are counted alike (S-AUTH-07).
"""

from datetime import datetime
from ipaddress import IPv6Address, ip_address

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.core import access, ids
from chalicelib.core.change import Change
from chalicelib.core.tables import ShortLivedRow
from chalicelib.credentials.domain import throttles as rules
from chalicelib.credentials.domain.throttles import Attempts, Source
from chalicelib.credentials.store import devices
from chalicelib.credentials.store import throttles as store

# An IPv6 subscriber has at least so much; a single address of it means nothing.
_IPV6_PREFIX = 64


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A counted attempt to sign in."""

    account: str
    """Digest of the address, for known and unknown ones."""
    device: str
    """Hash of the device's token; empty when it has none that this account knows."""
    source: tuple[tuple[str, str], Source] | None = None
    """Key and count of where it comes from, for an unknown device."""
    last_chance: bool = False
    """Whether no other follows from unknown devices (S-LIM-02)."""

    @property
    def known_device(self) -> bool:
        """Whether this account signed in from the device before."""
        return bool(self.device)


def sign_in(email: str, user_id: str | None, device_token: str, origin: access.Origin, now: datetime) -> Attempt:
    """Count an attempt to sign in. Raises TooManyAttempts without having it judged.

    One read, and one write for a known device or two for an unknown one.
    """
    account = ids.digest(accounts_store.email_key(email)[0])
    token_hash = ids.digest(device_token) if device_token else ""
    device_key = devices.key(token_hash or "none", user_id or "nobody")
    own_key, all_key, source_key = (
        store.key("device", account + token_hash),
        _account_key(account),
        _source_key(_source(origin)),
    )
    keys = [device_key, own_key, all_key, source_key]
    found = {(row.pk, row.sk): row for row in ShortLivedRow.batch_get(keys, consistent_read=True)}
    if devices.known(found.get(device_key), now):
        attempts = store.attempts_in(found.get(own_key))
        store.count(own_key, attempts, lambda before: rules.attempted(before, now), store.attempts_in, now)
        return Attempt(account=account, device=token_hash)

    def from_source(before: Source) -> Source:
        return rules.tried(before, account, now)

    def unknown(before: Attempts) -> Attempts:
        return rules.attempted(before, now, most_in_a_row=rules.MOST_IN_A_ROW)

    tried = store.count(source_key, store.source_in(found.get(source_key)), from_source, store.source_in, now)
    counted = store.count(all_key, store.attempts_in(found.get(all_key)), unknown, store.attempts_in, now)
    return Attempt(account=account, device="", source=(source_key, tried), last_chance=rules.reached_end(counted))


def sign_in_succeeded(planned: Change, attempt: Attempt) -> None:
    """Plan that the failures before a success are forgotten: those of the device, or of all unknown ones."""
    key = (
        store.key("device", attempt.account + attempt.device) if attempt.known_device else _account_key(attempt.account)
    )
    planned.delete(store.ThrottleRow(*key))


def left_source(attempt: Attempt, now: datetime) -> None:
    """Forget that a source tried an account whose person it was. Apart from the sign-in, which must not wait for it."""
    if attempt.source is None:
        return
    key, tried = attempt.source
    store.count(key, tried, lambda before: rules.succeeded(before, attempt.account), store.source_in, now)


def forget(planned: Change, email: str) -> None:
    """Plan that the failures of unknown devices are forgotten: the person came back by recovery (CRD-7)."""
    planned.delete(store.ThrottleRow(*_account_key(ids.digest(accounts_store.email_key(email)[0]))))


def blocked(email: str) -> bool:
    """Whether passwords no longer do from devices that the account doesn't know (S-LIM-02): `locked` (section 3)."""
    row = store.read(_account_key(ids.digest(accounts_store.email_key(email)[0])))
    return store.attempts_in(row).in_a_row >= rules.MOST_IN_A_ROW


def proof(what: str, user_id: str, now: datetime) -> tuple[str, str]:
    """Count an attempt to prove something that only the person, or who holds their session or link, can try.

    `what`: `password`, `factor`. Returns the key of the count, for `proved`. Raises TooManyAttempts.
    """
    key = store.key(what, user_id)
    attempts = store.attempts_in(store.read(key))
    store.count(key, attempts, lambda before: rules.attempted(before, now), store.attempts_in, now)
    return key


def proved(planned: Change, key: tuple[str, str]) -> None:
    """Plan that the failures before are forgotten."""
    planned.delete(store.ThrottleRow(*key))


def form(name: str, origin: access.Origin, now: datetime) -> None:
    """Count a use of a public form by where it comes from. Raises TooManyAttempts (S-MAIL-04, S-LIM-03)."""
    key = store.key(f"form-{name}", _source(origin))
    store.count(key, store.source_in(store.read(key)), lambda before: rules.asked(before, now), store.source_in, now)


def _account_key(account: str) -> tuple[str, str]:
    return store.key("account", account)


def _source_key(source: str) -> tuple[str, str]:
    return store.key("source", source)


def _source(origin: access.Origin) -> str:
    """Where a request came from: never from a header that the client writes (S-LIM-04)."""
    try:
        address = ip_address(origin.address)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address):
        return ids.digest(str(int(address) >> (128 - _IPV6_PREFIX)))
    return ids.digest(str(address))
