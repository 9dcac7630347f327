"""How long a function that works on and on may do so."""

from collections.abc import Callable
from typing import Any

# A run stops this long before Lambda would stop it; the next one goes on from there.
_SPARE_MILLISECONDS = 20_000


def time_is_left(context: Any) -> Callable[[], bool]:
    """Asks Lambda whether there is time for more."""
    return lambda: bool(context.get_remaining_time_in_millis() > _SPARE_MILLISECONDS)
