"""How long a sign-in that fails takes, by what the address is: told, not gated (S-AUTH-07).

The answers and the work are equal, which tests hold; here is what a clock can tell of them. `chance of telling apart`
is how often the slower of two samples, one of a known account and one of another kind, is the known one's: 0.5 is none.
"""

import statistics
import time

from app import app
from bench import stand
from bench.results import Line
from tests import later
from tests.portal import in_process
from tests.world import Account, World

SAMPLES = 300
# As many as an account has free; then an hour of quiet.
_TRIES = 5


def measure(samples: int = SAMPLES) -> list[Line]:
    """Medians in milliseconds for accounts that are active, disabled, without password, and for nobody's address."""
    with stand.running():
        world = World(in_process(app))
        count = -(-samples // _TRIES)
        disabled, unregistered = _people(world, count), _people(world, count)
        for account in disabled:
            later.set_status(account, "disabled")
        for account in unregistered:
            later.forget_password(account)
        addresses = {
            "an active account": [account.user.email for account in _people(world, count)],
            "a disabled account": [account.user.email for account in disabled],
            "an account without password": [account.user.email for account in unregistered],
            "nobody's address": [f"nobody{number}@people.example" for number in range(count)],
        }
        found: dict[str, list[float]] = {kind: [] for kind in addresses}
        for place in range(count):
            # In turn, so that whatever slows the machine slows all alike.
            for _ in range(_TRIES):
                for kind, emails in addresses.items():
                    found[kind].append(_milliseconds(world, emails[place]))
            world.time.advance(hours=1)
    known = found["an active account"]
    lines = []
    for kind, times in found.items():
        note = f"chance of telling apart {_telling(known, times):.2f}" if times is not known else ""
        lines.append(Line(what=f"wrong password for {kind}", value=statistics.median(times), unit="ms", note=note))
    return lines


def _people(world: World, count: int) -> list[Account]:
    return [world.member(world.maple, f"Person {world.number()} Sample") for _ in range(count)]


def _milliseconds(world: World, email: str) -> float:
    browser = world.browser()
    started = time.perf_counter()
    answer = browser.post("/session", {"email": email, "password": "Wrong-guess-1"})
    elapsed = time.perf_counter() - started
    assert answer.status == 401, answer.text
    return elapsed * 1000


def _telling(some: list[float], others: list[float]) -> float:
    """Area under the curve of the best threshold: of all pairs, how often the one of `some` takes longer."""
    slower = sum((one > other) + (one == other) / 2 for one in some for other in others)
    chance = slower / (len(some) * len(others))
    return max(chance, 1 - chance)
