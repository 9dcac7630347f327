"""The daily job of unused accounts over 10^3 to 10^5 users of whom 1 % are due, beside a scan for them (INA-4).

What is due is a warning, a lapse, or a look at somebody who signed in since: a third each. The scan reads what a job
without timers would go through, and nothing else stands in the table. The figures in docs/data-model.md are from here.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from app import app
from bench import stand
from bench.meter import Cost, Meter, listening
from bench.results import Line
from chalicelib.accounts import store
from chalicelib.accounts.domain import Membership, User
from chalicelib.accounts.store.activities import ActivityRow, key
from chalicelib.core import clock, ids, tables, timers
from chalicelib.core.timers import Timer
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.subscriptions.clocks import INACTIVITY
from tests.portal import in_process
from tests.world import START, World

SIZES = (1_000, 10_000, 100_000)
_IN_A_PRACTICE = 20
# The timer, where they are members and the batch of what decides; for a lapse once more, and the roster.
_ITEMS_LIMIT = 8.0
_SEED = "sweeps-1"
# How long ago they were there, of those who are due: for a warning, a lapse, and not for a long time yet.
_UNUSED = (timedelta(days=76), timedelta(days=90), timedelta(days=5))


def measure(sizes: Sequence[int] = SIZES) -> list[Line]:
    """A run of the job over as many users as each of `sizes` says."""
    return [line for size in sizes for line in _measured(size)]


def _measured(size: int) -> list[Line]:
    due = size // 100
    with stand.seeded(f"{_SEED}-{size}", lambda: seed(size)), listening() as meter:
        clock.set_source(lambda: START)
        scan = _scanned(meter)
        # The run before this one: from then on the schedule knows where it stopped.
        timers.work("inactivity_lockout", {}, START - timedelta(days=1), _always)
        meter.read()
        started = time.perf_counter()
        worked = timers.work("inactivity_lockout", INACTIVITY, START, _always)
        taken = time.perf_counter() - started
        run = meter.read()
    assert (worked.failed, worked.done + worked.later + worked.nothing) == (0, due), worked
    what = f"{size:,} users, {due:,} due"
    return [
        Line(what=f"{what}: items read", value=run.items, unit="items", limit=due * _ITEMS_LIMIT, note=str(run)),
        Line(what=f"{what}: capacity read", value=run.read_units, unit="RU"),
        Line(what=f"{what}: time of one", value=taken / due * 1000, unit="ms"),
        Line(what=f"{what}: a scan, items read", value=scan.items, unit="items"),
        Line(what=f"{what}: a scan, capacity read", value=scan.read_units, unit="RU"),
    ]


def _always() -> bool:
    return True


def _scanned(meter: Meter) -> Cost:
    client = tables.connection().client
    pages = client.get_paginator("scan").paginate(
        TableName=tables.table_name("directory"), ConsistentRead=True, ReturnConsumedCapacity="TOTAL"
    )
    meter.read()
    for _ in pages:
        pass
    return meter.read()


def seed(size: int) -> Iterator[tuple[str, stand.Item]]:
    """A plan, and practices of twenty; every hundredth user is due today, the others one day or another."""
    World(in_process(app))
    for number in range(size):
        if number % _IN_A_PRACTICE == 0:
            practice = Organization(id=ids.new("org"), tin=f"7{number:08}", name=f"Practice {number} Example")
            yield from (("directory", row.to_dynamodb_dict()) for row in organizations.rows(practice))
        is_due = number % 100 == 0
        # One by one a warning, a lapse, a look.
        since = START - (_UNUSED[number // 100 % 3] if is_due else timedelta(days=number % 76))
        yield from (("directory", row.to_dynamodb_dict()) for row in _rows(practice.id, number, since))
        timer = Timer(
            schedule="inactivity_lockout",
            kind="inactivity",
            subject=_user_id(number),
            due=START - timedelta(minutes=number % 600) if is_due else since + timedelta(days=76, hours=1),
        )
        yield "shortlived", timers._row(timer).to_dynamodb_dict()


def _rows(organization_id: str, number: int, since: datetime) -> Iterator[tables.Row]:
    user = User(id=_user_id(number), email=f"person.{number}@people.example", name=f"Ana Sample {number}")
    membership = Membership(
        id=ids.new("mem"),
        organization_id=organization_id,
        user_id=user.id,
        name=user.name,
        email=user.email,
        phone="555-010-0100",
        status="active",
        created_at=since,
        enabled_at=since,
        verified_at=START,
    )
    yield from store.user_rows(user)
    yield from store.membership_rows(membership)
    yield ActivityRow(*key(user.id), last_sign_in=since)


def _user_id(number: int) -> str:
    return f"usr_{number:026}"
