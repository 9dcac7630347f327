"""Long works of people, as features start and carry them on; here by hand, with a kind of the tests' own."""

import base64
import hashlib
from datetime import datetime

from chalicelib.core import clock, journal, work, work_files, work_runner
from chalicelib.core.change import Change
from chalicelib.core.work import Chunk, Work
from tests.world import Account

ROWS = b"Name\r\nAda\r\n"


def digest(content: bytes) -> str:
    """The SHA-256 of an input as it is announced."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


SHA256 = digest(ROWS)


def start(account: Account, input_sha256: str = "") -> Work:
    """A person asks for a long work; with an input, it waits for that."""
    change = Change(account.actor, journal.Entry(action="test.asked"), clock.now())
    made = work.start(change, "sample", total=2, result_name="Members – sample.csv", input_sha256=input_sha256)
    change.commit(None)
    return made


def step(of: Work, _: datetime) -> Chunk:
    """Reads the input, if there is one, makes two parts, and joins them."""
    number = int(of.position or 0)
    if number == 2:
        return Chunk(position="joined", finished=True, result_key=work_files.join_parts(of, 2))
    work_files.put_part(of, number, work_files.read_input(of) if of.input_key else ROWS)
    return Chunk(position=str(number + 1), done=1)


def carry_on(of: Work) -> None:
    """A run of it to the end."""
    work_runner.carry_on(of.owner, of.id, {"sample": step}, "test", lambda: True)


def finished(account: Account) -> Work:
    """One with a result."""
    of = start(account)
    carry_on(of)
    return of


def current(of: Work) -> Work:
    """A work as it is now."""
    found = work.find(of.owner, of.id)
    assert found is not None
    return found
