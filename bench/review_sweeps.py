"""The daily job of reviews over 10^3 to 10^5 users of whom 1 % are due, beside a scan for them (INA-4, REV-4).

What is due is a reminder, a suspension, or a look at somebody who was verified since: a third each, in practices of
twenty. The figures in docs/data-model.md are from here.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from app import app
from bench import stand, sweeps
from bench.meter import listening
from bench.results import Line
from chalicelib.accounts import store
from chalicelib.accounts.domain import Membership
from chalicelib.core import clock, ids, timers
from chalicelib.core.timers import Timer
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.subscriptions.clocks import REVALIDATION
from tests.portal import in_process
from tests.world import START, World

_IN_A_PRACTICE = 20
# The timer, what decides, the first along the index with who is late; for a suspension once more, and the roster.
_ITEMS_LIMIT = 5.5
_SEED = "review-sweeps-1"
# How long ago they were verified, of those who are due: for a reminder, a suspension, and not for a long time yet.
_VERIFIED = (timedelta(days=76), timedelta(days=90), timedelta(days=5))
_JOB: timers.Schedule = "revalidation_reminders"


def measure(sizes: Sequence[int] = sweeps.SIZES) -> list[Line]:
    """A run of the job over as many users as each of `sizes` says."""
    return [line for size in sizes for line in _measured(size)]


def _measured(size: int) -> list[Line]:
    due = size // 100
    with stand.seeded(f"{_SEED}-{size}", lambda: seed(size)), listening() as meter:
        clock.set_source(lambda: START)
        scan = sweeps._scanned(meter)
        # The run before this one: from then on the schedule knows where it stopped.
        timers.work(_JOB, {}, START - timedelta(days=1), _always)
        meter.read()
        started = time.perf_counter()
        worked = timers.work(_JOB, REVALIDATION, START, _always)
        taken = time.perf_counter() - started
        run = meter.read()
    assert (worked.failed, worked.done + worked.later + worked.nothing) == (0, due), worked
    what = f"reviews of {size:,} users, {due:,} due"
    return [
        Line(what=f"{what}: items read", value=run.items, unit="items", limit=due * _ITEMS_LIMIT, note=str(run)),
        Line(what=f"{what}: capacity read", value=run.read_units, unit="RU"),
        Line(what=f"{what}: time of one", value=taken / due * 1000, unit="ms"),
        Line(what=f"{what}: a scan, items read", value=scan.items, unit="items"),
        Line(what=f"{what}: a scan, capacity read", value=scan.read_units, unit="RU"),
    ]


def _always() -> bool:
    return True


def seed(size: int) -> Iterator[tuple[str, stand.Item]]:
    """A plan, and practices of twenty, in every fifth of which one is due today."""
    World(in_process(app))
    for number in range(size):
        if number % _IN_A_PRACTICE == 0:
            practice = Organization(id=ids.new("org"), tin=f"8{number:08}", name=f"Practice {number} Example")
            yield from (("directory", row.to_dynamodb_dict()) for row in organizations.rows(practice))
            is_due = number % 100 == 0
            due = START - timedelta(minutes=number % 600) if is_due else START + timedelta(days=1 + number % 70)
            timer = Timer(schedule=_JOB, kind="review", subject=practice.id, due=due)
            yield "shortlived", timers._row(timer).to_dynamodb_dict()
        # One by one a reminder, a suspension, a look.
        since = _VERIFIED[number // 100 % 3] if number % 100 == 0 else timedelta(days=1 + number % 60)
        membership = _membership(practice.id, number, START - since)
        yield from (("directory", row.to_dynamodb_dict()) for row in store.membership_rows(membership))


def _membership(organization_id: str, number: int, verified_at: datetime) -> Membership:
    return Membership(
        id=ids.new("mem"),
        organization_id=organization_id,
        user_id=f"usr_{number:026}",
        name=f"Ana Sample {number}",
        email=f"person.{number}@people.example",
        phone="555-010-0100",
        status="active",
        created_at=verified_at,
        verified_at=verified_at,
    )
