"""The app's schedules: which are due by the portal's clock, and running one on demand."""

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from local import expressions
from local.pumps import TRIES, delay, log

Run = Callable[[str, dict[str, Any]], Any]


class Job:
    """One schedule of the app."""

    def __init__(self, name: str, expression: str, now: datetime) -> None:
        self.name = name
        self.expression = expression
        self.due = expressions.next_due(expression, now)
        self.last_run: datetime | None = None
        self.failures = 0
        self.lock = threading.Lock()


class Schedules:
    """Runs each schedule when it is due. After a jump of the clock it runs once, not once for every time missed."""

    name = "schedules"
    wakes_on = frozenset({"clock"})
    poll_seconds = 1.0

    def __init__(self, expressions_by_name: dict[str, str], run: Run, now: Callable[[], datetime]) -> None:
        self.parked: list[str] = []
        self._expressions = expressions_by_name
        self._run = run
        self._now = now
        self._not_before = 0.0
        self.forget()

    def forget(self) -> None:
        """Start over, without what is there now (see `pumps.Source`)."""
        now = self._now()
        self.jobs = {name: Job(name, expression, now) for name, expression in sorted(self._expressions.items())}
        self.parked.clear()

    def idle(self) -> bool:
        """Whether nothing waits here."""
        return not any(self._due(job) for job in self.jobs.values())

    def work(self) -> bool:
        """One round; whether it got anything done."""
        if time.monotonic() < self._not_before:
            return False
        worked = False
        for job in self.jobs.values():
            if self._due(job):
                worked = self._try(job) or worked
        return worked

    def run(self, name: str) -> Any:
        """Run the schedule now; what its handler answers. KeyError when there is none; its failure passes through."""
        job = self.jobs[name]
        with job.lock:
            now = self._now()
            answer = self._run(name, scheduled_event(name, now))
            job.last_run = now
            job.due = expressions.next_due(job.expression, self._now())
            job.failures = 0
        return answer

    def _due(self, job: Job) -> bool:
        return job.due <= self._now()

    def _try(self, job: Job) -> bool:
        try:
            self.run(job.name)
        except Exception as error:  # a handler's fault of any kind is tried again, as on AWS
            job.failures += 1
            log.warning("schedule %s failed: %s: %s", job.name, type(error).__name__, error)
            if job.failures < TRIES:
                self._not_before = time.monotonic() + delay(job.failures)
                return False
            log.error("schedule %s given up until it is due again", job.name)
            self.parked.append(f"{job.name}, due {job.due.isoformat()}")
            job.failures = 0
            job.due = expressions.next_due(job.expression, self._now())
        return True


def scheduled_event(name: str, now: datetime) -> dict[str, Any]:
    """The event with which EventBridge calls a schedule."""
    return {
        "version": "0",
        "id": f"{name}-{now.timestamp():.0f}",
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "123456789012",
        "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": "us-east-1",
        "resources": [f"arn:aws:events:us-east-1:123456789012:rule/{name}"],
        "detail": {},
    }
