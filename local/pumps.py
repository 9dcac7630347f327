"""What AWS does between the parts: threads that carry records, messages, scan results and schedules to their handlers.

Each source runs in its own thread, so that a slow handler or a failing one holds up nobody else. All senders live in
this process; so the threads are woken by what happened and look by themselves only now and then.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

log = logging.getLogger("local")

TRIES = 5
"""How often a stream record, scan result or schedule is offered to its handler before it is given up."""

_RETRY_SECONDS = 0.1


def delay(attempt: int) -> float:
    """Seconds to wait after the `attempt`-th failure (from 1)."""
    return float(min(0.1 * 2 ** (attempt - 1), 5.0))


class Source(Protocol):
    """One thing that handlers are fed from. Used by one thread, except for `parked`."""

    name: str
    wakes_on: frozenset[str]
    """`write`: an API call may have written; `work`: another source did something; `clock`: the clock moved."""
    poll_seconds: float
    """How long to wait between looks when nobody wakes it."""

    @property
    def parked(self) -> list[str]:
        """What was given up, newest last: one line each."""
        ...

    def work(self) -> bool:
        """One round. Whether it got anything done; False also while it waits to try something again."""
        ...

    def idle(self) -> bool:
        """Whether nothing waits here; asked after a round without work."""
        ...

    def forget(self) -> None:
        """Start over, and leave out what is there now: the engines are about to be emptied."""
        ...


@runtime_checkable
class Redriven(Protocol):
    """A source that keeps what it gave up."""

    def redrive(self) -> int:
        """Take up again what was given up; how much it was."""
        ...


class _Runner:
    def __init__(self, source: Source, pumps: "Pumps") -> None:
        self.source = source
        self.round = threading.Lock()
        self.asked = 0  # counts wake-ups; `answered` is the last one after which it was found idle
        self.answered = -1
        self.rounds_with_work = 0
        self._pumps = pumps
        self._changed = pumps.changed
        self._stopping = False
        self._failures = 0
        self.thread = threading.Thread(target=self._run, name=source.name, daemon=True)

    def stop(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def _run(self) -> None:
        while not self._stopping:
            asked = self.asked
            with self.round:
                worked, idle = self._round()
            with self._changed:
                if worked:
                    self.rounds_with_work += 1
                    self._pumps.wake("work")
                    continue
                if idle:
                    self.answered = asked
                    self._changed.notify_all()
                seconds = self.source.poll_seconds if idle else min(self.source.poll_seconds, _RETRY_SECONDS)
                if self._failures:
                    seconds = delay(self._failures)
                self._wait(asked, seconds)

    def _wait(self, asked: int, seconds: float) -> None:
        """Until woken or `seconds` have passed; not at all when woken since `asked`."""
        self._changed.wait_for(lambda: self._stopping or self.asked != asked, timeout=seconds)

    def _round(self) -> tuple[bool, bool]:
        """(did something, is idle)."""
        if self._pumps.held:
            return False, False
        try:
            worked = self.source.work()
            result = worked, not worked and self.source.idle()
            self._failures = 0
            return result
        except Exception as error:  # an engine that doesn't answer: try again, the thread must live on
            self._failures += 1
            if not self._stopping and self._failures in (1, 20):
                log.warning("%s: %s: %s", self.source.name, type(error).__name__, error)
            return False, False


class Pumps:
    """All sources of one portal, each in its thread."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.changed = threading.Condition()
        self.held = False
        self._runners = [_Runner(source, self) for source in sources]

    @contextlib.contextmanager
    def running(self) -> Iterator["Pumps"]:
        """Start the threads; stop them at the end, each after the round it is in."""
        for runner in self._runners:
            runner.thread.start()
        try:
            yield self
        finally:
            for runner in self._runners:
                runner.stop()
            for runner in self._runners:
                runner.thread.join(timeout=10)

    def hold(self, *, held: bool) -> None:
        """Hold everything up, as slow queues do, or let it go on. What is in a round is waited for."""
        self.held = held
        with self.paused():
            pass

    def wake(self, reason: str | None = None) -> None:
        """Make the sources look now: those that `reason` concerns, or all."""
        with self.changed:
            for runner in self._runners:
                if reason is None or reason in runner.source.wakes_on:
                    runner.asked += 1
            self.changed.notify_all()

    def settle(self, seconds: float) -> list[str]:
        """Wait until nothing is left to do anywhere; gives the names of the sources still busy after `seconds`.

        Idle means: every source looked after this call began, found nothing, and none did anything in between.
        """
        deadline = time.monotonic() + seconds
        with self.changed:
            while True:
                before = self._worked()
                wanted = self._ask_all()
                left = max(0.0, deadline - time.monotonic())
                self.changed.wait_for(lambda asked=wanted: not self._busy(asked), timeout=left)  # type: ignore[misc]
                busy = self._busy(wanted)
                if not busy and self._worked() == before:
                    return []
                if time.monotonic() >= deadline:
                    return busy or [runner.source.name for runner in self._runners]

    def parked(self) -> dict[str, list[str]]:
        """What was given up, by source."""
        lists = {runner.source.name: list(runner.source.parked) for runner in self._runners}
        return {name: lines for name, lines in lists.items() if lines}

    def redrive(self) -> int:
        """Put the dead letters of all queues back; how many there were."""
        sources = [runner.source for runner in self._runners]
        moved = sum(source.redrive() for source in sources if isinstance(source, Redriven))
        self.wake()
        return moved

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """No source is in a round while the block runs."""
        with contextlib.ExitStack() as stack:
            for runner in self._runners:
                stack.enter_context(runner.round)
            yield
        self.wake()

    def forget(self) -> None:
        """Start over with all sources. Only while they are paused, or not yet running."""
        self.held = False
        for runner in self._runners:
            runner.source.forget()

    def _ask_all(self) -> list[int]:
        for runner in self._runners:
            runner.asked += 1
        self.changed.notify_all()
        return [runner.asked for runner in self._runners]

    def _busy(self, wanted: Sequence[int]) -> list[str]:
        pairs = zip(self._runners, wanted, strict=True)
        return [runner.source.name for runner, number in pairs if runner.answered < number]

    def _worked(self) -> int:
        return sum(runner.rounds_with_work for runner in self._runners)
