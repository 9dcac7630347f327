"""How often a secret may be guessed (CRD-7, S-LIM-01..04): each attempt is counted before it is judged."""

from datetime import datetime, timedelta

import msgspec

from chalicelib.core.errors import TooManyAttempts

FREE_ATTEMPTS = 5
"""As many failures cost nothing; a device that signed in before has as many of its own (S-LIM-01)."""
MOST_IN_A_ROW = 100
"""Failures for one account from devices that it doesn't know, before passwords no longer do there (S-LIM-02)."""
ACCOUNTS_OF_A_SOURCE = 20
SOURCE_WINDOW = timedelta(minutes=10)
REQUESTS_OF_A_SOURCE = 20
"""Uses of one public form from one address in that time."""

# What one waits after the fifth failure, the sixth, and so on.
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15))
# After so much quiet, failures count as forgetfulness again.
FORGOTTEN_AFTER = timedelta(hours=1)


class Attempts(msgspec.Struct, frozen=True, kw_only=True):
    """Failures, or attempts not judged yet, for one account from one device or from all unknown ones."""

    failures: int = 0
    """Since the last success or the last long quiet."""
    in_a_row: int = 0
    """Since the last success."""
    last: datetime | None = None
    version: int = 0


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What came from one address lately."""

    accounts: frozenset[str] = frozenset()
    """Digests of those it failed at, or is trying."""
    requests: int = 0
    since: datetime | None = None
    version: int = 0


def attempted(attempts: Attempts, now: datetime, *, most_in_a_row: int | None = None) -> Attempts:
    """One attempt more, counted as a failure until it has succeeded.

    Raises TooManyAttempts: `too_many_attempts` with the seconds to wait, or `sign_in_blocked` when `most_in_a_row`
    is reached, which only a success elsewhere or recovery ends.
    """
    if most_in_a_row is not None and attempts.in_a_row >= most_in_a_row:
        raise TooManyAttempts("sign_in_blocked")
    quiet = attempts.last is None or now - attempts.last >= FORGOTTEN_AFTER
    failures = 0 if quiet else attempts.failures
    if attempts.last is not None and failures >= FREE_ATTEMPTS:
        free_at = attempts.last + _PAUSES[min(failures - FREE_ATTEMPTS, len(_PAUSES) - 1)]
        if now < free_at:
            raise TooManyAttempts(retry_after=_seconds(free_at - now))
    return Attempts(failures=failures + 1, in_a_row=attempts.in_a_row + 1, last=now, version=attempts.version + 1)


def reached_end(attempts: Attempts) -> bool:
    """Whether this attempt is the last one from unknown devices: the person and their administrators are told."""
    return attempts.in_a_row == MOST_IN_A_ROW


def tried(source: Source, account: str, now: datetime) -> Source:
    """A source with one more account that it tries. Raises TooManyAttempts beyond twenty in ten minutes (S-LIM-04)."""
    source = _lately(source, now)
    if account not in source.accounts and len(source.accounts) >= ACCOUNTS_OF_A_SOURCE:
        raise _source_is_full(source, now)
    accounts = source.accounts | {account}
    return msgspec.structs.replace(source, accounts=accounts, version=source.version + 1)


def succeeded(source: Source, account: str) -> Source:
    """A source without an account that its holder came to: a whole practice may sign in from one address."""
    return msgspec.structs.replace(source, accounts=source.accounts - {account}, version=source.version + 1)


def asked(source: Source, now: datetime) -> Source:
    """A source with one more use of a public form. Raises TooManyAttempts beyond what a practice needs."""
    source = _lately(source, now)
    if source.requests >= REQUESTS_OF_A_SOURCE:
        raise _source_is_full(source, now)
    return msgspec.structs.replace(source, requests=source.requests + 1, version=source.version + 1)


def _lately(source: Source, now: datetime) -> Source:
    if source.since is None or now - source.since >= SOURCE_WINDOW:
        return Source(since=now, version=source.version)
    return source


def _source_is_full(source: Source, now: datetime) -> TooManyAttempts:
    assert source.since is not None
    return TooManyAttempts(retry_after=_seconds(source.since + SOURCE_WINDOW - now))


def _seconds(left: timedelta) -> int:
    return max(1, -(-left // timedelta(seconds=1)))
