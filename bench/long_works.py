"""Long works of somebody in each state that a request needs: finished, under way, waiting for an input that arrived."""

from typing import Any

from chalicelib.core import aws, config, work, work_runner
from chalicelib.subscriptions.long_work import WORK
from tests import works
from tests.portal import Browser
from tests.world import Account

# One row that can be imported and one that can't.
_PRACTICES = b"name,tin,npis,executive_name,executive_email\r\nYew Example,900000900,,,\r\nNobody,,,,\r\n"
_ROWS = b"name,email,phone\r\nIda Imported,ida.imported@people.example,555-0100-8\r\nNobody,,\r\n"

Values = dict[str, dict[str, Any]]
"""Good values for one route alone, by its name."""


def of(account: Account) -> Values:
    """Ids of theirs for the routes of long works."""
    finished = {"work_id": works.finished(account).id}
    return {
        "GET /work/{work_id}": finished,
        "GET /work/{work_id}/result": finished,
        "POST /work/{work_id}/begin": {"work_id": _announced(account)},
        "POST /work/{work_id}/stop": {"work_id": works.start(account).id},
    }


def imports(account: Account, browser: Browser) -> Values:
    """A dry run that found a problem, and a file to announce, for an administrator."""
    return _imports("/member-imports", _ROWS, account, browser)


def organization_imports(account: Account, browser: Browser) -> Values:
    """Likewise of practices, for enrollment."""
    return _imports("/organization-imports", _PRACTICES, account, browser)


def _imports(path: str, rows: bytes, account: Account, browser: Browser) -> Values:
    announced = {"size": len(rows), "sha256": works.digest(rows)}
    answer = browser.post(path, announced)
    assert answer.status == 201, answer.text
    work_id = answer.json["work_id"]
    _send(account, work_id, rows)
    assert browser.post(f"/work/{work_id}/begin", None).status == 200
    work_runner.carry_on(work.owner_of(account.actor), work_id, WORK, "bench", lambda: True)
    return {
        f"POST {path}": announced,
        f"GET {path}/{{work_id}}/problems": {"work_id": work_id},
        f"POST {path}/{{work_id}}/run": {"work_id": work_id},
    }


def _announced(account: Account) -> str:
    of = works.start(account, input_sha256=works.SHA256)
    _send(account, of.id, works.ROWS)
    return of.id


def _send(account: Account, work_id: str, content: bytes) -> None:
    found = work.find(work.owner_of(account.actor), work_id)
    assert found is not None
    aws.s3().put_object(Bucket=config.current().results_bucket, Key=found.input_key, Body=content)
