"""Many at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def at_once(doings: Sequence[Callable[[], T]]) -> list[T]:
    """Do all of it at the same moment, each in a thread of its own; the answers in that order."""
    start = Barrier(len(doings))

    def run(doing: Callable[[], T]) -> T:
        start.wait()
        return doing()

    with ThreadPoolExecutor(len(doings)) as threads:
        return list(threads.map(run, doings))
