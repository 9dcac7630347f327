"""Many at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.portal import Answer


def at_once(doings: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Do all of it at the same moment, each in a thread of its own; the answers in that order."""
    start = Barrier(len(doings))

    def run(doing: Callable[[], Answer]) -> Answer:
        start.wait()
        return doing()

    with ThreadPoolExecutor(len(doings)) as threads:
        return list(threads.map(run, doings))
