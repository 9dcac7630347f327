"""How far a test goes: the short form in `make test`, the long one in `make prove`. The only place that decides it.

`PORTICO_TEST_SCALE=long` chooses the long form; `local/prove.py` sets it. A test says both forms where it stands:
`for number in range(scale.repeats(100, 1_000))`.
"""

import os
from typing import Literal

from hypothesis import settings

VARIABLE = "PORTICO_TEST_SCALE"
Scale = Literal["short", "long"]

_FOUND = os.environ.get(VARIABLE, "short")
if _FOUND not in ("short", "long"):
    raise ValueError(f"{VARIABLE} is short or long, not {_FOUND!r}")
LONG = _FOUND == "long"

_TIMES = 10
"""How many times as many examples the long form of a property test tries."""


def repeats(short: int, long: int) -> int:
    """How often to do something."""
    return long if LONG else short


def size(short: int, long: int) -> int:
    """How many of something there are."""
    return long if LONG else short


def examples(short: int, long: int | None = None) -> settings:
    """For `@scale.examples(200)` over `@given`: at least so many examples, each taking as long as it needs."""
    return settings(max_examples=repeats(short, long or short * _TIMES), deadline=None)


def register_profiles() -> None:
    """Hypothesis's profiles, for property tests that say nothing themselves: its own default, or `prove`."""
    settings.register_profile("prove", max_examples=100 * _TIMES, deadline=None, print_blob=True)
    if LONG:
        settings.load_profile("prove")
