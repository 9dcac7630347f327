"""Long works of people, as features start and carry them on; here by hand, with a kind of the tests' own."""

import base64
import hashlib
from datetime import datetime

import requests

from chalicelib.core import clock, journal, work, work_files, work_runner
from chalicelib.core.change import Change
from chalicelib.core.work import Chunk, Work
from tests import delivery
from tests.portal import Browser
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


def carry_all() -> None:
    """All that were begun, to the end."""
    assert delivery.deliver("carry_on_work", delivery.heard("work")) == []


def checked(browser: Browser, content: bytes, imports: str = "/member-imports") -> str:
    """An administrator sends a file of members, which gets its dry run; the work's id. Likewise of other imports."""
    sha256 = base64.b64encode(hashlib.sha256(content).digest()).decode()
    answer = browser.post(imports, {"size": len(content), "sha256": sha256})
    assert answer.status == 201, answer.text
    sent = requests.post(answer.json["url"], data=answer.json["fields"], files={"file": content}, timeout=5)
    assert sent.status_code == 204
    work_id: str = answer.json["work_id"]
    assert browser.post(f"/work/{work_id}/begin", None).status == 200
    # A large file takes more runs than one.
    while browser.get(f"/work/{work_id}", background=True).json["state"] in ("waiting", "running"):
        carry_all()
    return work_id
