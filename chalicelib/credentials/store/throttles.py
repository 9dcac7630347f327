"""Items of throttles, in the short-lived table: written only by attempts, so that nothing else waits for them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute
from pynamodb.expressions.update import Action

from chalicelib.core import change
from chalicelib.core.errors import TooManyAttempts
from chalicelib.core.tables import ShortLivedRow
from chalicelib.credentials.domain.throttles import Attempts, Source

# Each lost race is another attempt that was counted, so a handful of rounds comes to the limit.
_TRIES = 12
# An address or account that is left alone for so long starts anew.
_KEPT = timedelta(days=90)


class ThrottleRow(ShortLivedRow, discriminator="throttle"):
    """pk `THROTTLE#<what>#<whom>`, sk `THROTTLE`: an `Attempts` or a `Source` in `state`."""

    state = JSONAttribute()
    version = NumberAttribute()


class _Counted(Protocol):
    @property
    def version(self) -> int: ...


Counted = TypeVar("Counted", bound=_Counted)


def key(what: str, whom: str) -> tuple[str, str]:
    """Key of the throttle of one thing for somebody; `whom` is a digest or an id."""
    return f"THROTTLE#{what}#{whom}", "THROTTLE"


def attempts_in(row: ShortLivedRow | None) -> Attempts:
    """What an item counts; nothing when there is none."""
    return msgspec.convert(row.state, Attempts) if isinstance(row, ThrottleRow) else Attempts()


def source_in(row: ShortLivedRow | None) -> Source:
    """Likewise, of a source."""
    return msgspec.convert(row.state, Source) if isinstance(row, ThrottleRow) else Source()


def read(key_: tuple[str, str]) -> ThrottleRow | None:
    """The item with a key, if there is one."""
    try:
        return ThrottleRow.get(*key_, consistent_read=True)
    except ThrottleRow.DoesNotExist:
        return None


def count(
    key_: tuple[str, str],
    counted: Counted,
    rule: Callable[[Counted], Counted],
    of: Callable[[ShortLivedRow | None], Counted],
    now: datetime,
) -> Counted:
    """Count one attempt by `rule`, exactly once, before anything is judged (S-AUTH-11, S-LIM-01).

    `counted` is what was read; when another attempt was faster it is read anew. Raises what the rule raises.
    """
    for _ in range(_TRIES):
        after = rule(counted)
        if change.touch(ThrottleRow(*key_), _set(after, now), _still(counted)):
            return after
        counted = of(read(key_))
    raise TooManyAttempts(retry_after=1)


def _still(counted: _Counted) -> Any:
    return ThrottleRow.version == counted.version if counted.version else ThrottleRow.pk.does_not_exist()


def _set(after: _Counted, now: datetime) -> list[Action]:
    return [
        ThrottleRow.state.set(msgspec.to_builtins(after)),
        ThrottleRow.version.set(after.version),
        ThrottleRow.expires_at.set(now + _KEPT),
    ]
