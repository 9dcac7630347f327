"""A kind of long work for tests of the mechanism: it notes seven rows, two in a chunk."""

from collections.abc import Callable
from datetime import datetime

import pytest

from chalicelib.core import access, clock, journal, work, work_runner
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.work import Chunk, Kinds, Work
from tests import stored

OLA = Staff(id="usr_0000000000ola", origin=access.Origin(request_id="r"), name="Ola", roles=frozenset())
UMA = Staff(id="usr_0000000000uma", origin=access.Origin(request_id="r"), name="Uma", roles=frozenset())
ROWS = 7


class Sample:
    """A feature with a kind of long work: it notes seven rows in the journal, two in a chunk."""

    def __init__(self) -> None:
        self.before: Callable[[Work], None] = lambda _: None
        self.after: Callable[[Work], None] = lambda _: None

    def write(self, of: Work, now: datetime) -> Chunk:
        """Effect and move in one change."""
        self.before(of)
        rows = rows_of(of)
        change = Change(access.system("sample"), journal.Entry(action="sample.chunk"), now)
        for row in rows:
            change.record(journal.Entry(action="sample.row", object_id=str(row)))
        chunk = work.advance(change, of, chunk_of(of, rows))
        change.commit(None)
        self.after(of)
        return chunk

    def read(self, of: Work, now: datetime) -> Chunk:
        """A chunk that may happen again: the runner records it."""
        self.before(of)
        rows = rows_of(of)
        for row in rows:
            files[f"{of.id}/{row}"] = str(row)
        self.after(of)
        return chunk_of(of, rows)


files: dict[str, str] = {}


def rows_of(of: Work) -> range:
    first = int(of.position or 0)
    return range(first, min(first + 2, ROWS))


def chunk_of(of: Work, rows: range) -> Chunk:
    key = f"result/{of.id}" if rows.stop == ROWS else None
    return Chunk(position=str(rows.stop), done=len(rows), problems=1, finished=rows.stop == ROWS, result_key=key)


def start(kind: str = "write", *, must_finish: bool = False, input_sha256: str = "") -> Work:
    change = Change(OLA, journal.Entry(action="sample.asked"), clock.now())
    made = work.start(change, kind, total=ROWS, must_finish=must_finish, input_sha256=input_sha256)
    change.commit(None)
    return made


def kinds(sample: Sample) -> Kinds:
    return {"write": sample.write, "read": sample.read}


def carry_on(of: Work, sample: Sample, may_go_on: Callable[[], bool] = lambda: True) -> None:
    work_runner.carry_on(of.owner, of.id, kinds(sample), "req", may_go_on)


def deliver(of: Work, sample: Sample, may_go_on: Callable[[], bool] = lambda: True) -> bool:
    """As the queue does: whether the message is done with."""
    try:
        carry_on(of, sample, may_go_on)
    except Exception:
        return False
    return True


def current(of: Work) -> Work:
    found = work.find(of.owner, of.id)
    assert found is not None
    return found


def effects(of: Work) -> list[str]:
    noted = [str(record.object_id) for record in stored.records("sample.row")]
    return sorted(noted + [row for key, row in files.items() if key.startswith(of.id)])


def is_whole(of: Work) -> None:
    """Everything was done once, and counted once."""
    found = current(of)
    assert effects(of) == [str(row) for row in range(ROWS)]
    assert (found.state, found.done, found.total, found.problems) == ("finished", ROWS, ROWS, 4)
    assert found.result_key == f"result/{of.id}"
    assert len(stored.records("work.finished")) == 1


def events() -> list[str]:
    return sorted(item["name"]["S"] for item in stored.outbox())


both_forms = pytest.mark.parametrize("kind", ["write", "read"])
