"""The whole portal in its own process, and a real Chromium."""

import json
import os
import urllib.request
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import boto3
import pyotp
import pytest
from playwright.sync_api import Page, expect

from chalicelib.accounts.domain import Membership
from chalicelib.accounts.store import membership_row
from chalicelib.core import ids
from chalicelib.core.tables import Row
from local import engines, launch

# No engine on this machine looks at more than who claims to ask.
_CLAIM = {"aws_access_key_id": "local", "aws_secret_access_key": "local"}
FRONTEND = Path(__file__).parent.parent.parent / "frontend"


# On a machine that is busy with other tests; a page that is right answers in well under a second.
expect.set_options(timeout=40_000)


class Portal:
    """The portal that runs for the tests, with its console."""

    def __init__(self, address: str, engine: str) -> None:
        self.address = address
        self.engine = engine
        """Where its DynamoDB answers."""

    def console(self, method: str, path: str, body: Any = None) -> Any:
        """Call `/_local/<path>`; answers its JSON."""
        data = json.dumps(body or {}).encode() if method == "POST" else None
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        request = urllib.request.Request(f"{self.address}/_local/{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def mails(self) -> list[dict[str, Any]]:
        """The mails that were sent, the newest first."""
        found: list[dict[str, Any]] = self.console("GET", "mail")["mails"]
        return found

    def code(self, person: dict[str, Any]) -> str:
        """A code of somebody's second factor that was not used before: the portal's clock goes on to the next."""
        now = self.console("POST", "clock", {"advance_seconds": 30})["now"]
        return pyotp.TOTP(person["totp_secret"]).at(datetime.fromisoformat(now))

    def person(self, name: str) -> dict[str, Any]:
        """A demo person by name."""
        return next(person for person in self.people() if person["name"] == name)

    def join(self, organization_id: str, number: int) -> None:
        """Put so many more people into a practice at once; they can't sign in."""
        people = [
            Membership(
                id=ids.new("mem"),
                organization_id=organization_id,
                user_id=ids.new("usr"),
                name=f"Person {place:03}",
                email=f"person{place}@people.example",
                role="general_user",
                status="active",
            )
            for place in range(number)
        ]
        self.put([membership_row(person) for person in people])

    def put(self, rows: Sequence[Row]) -> None:
        """Put items of one table as they are."""
        client = boto3.client("dynamodb", endpoint_url=self.engine, region_name=engines.REGION, **_CLAIM)
        puts = [{"PutRequest": {"Item": row.serialize()}} for row in rows]
        for start in range(0, len(puts), 25):
            client.batch_write_item(RequestItems={f"portico-local-{rows[0].table}": puts[start : start + 25]})

    def people(self) -> list[dict[str, Any]]:
        """The demo people who can sign in."""
        found: list[dict[str, Any]] = self.console("GET", "demo")["people"]
        return found


@pytest.fixture(scope="session")
def running() -> Iterator[Portal]:
    with engines.dynamodb() as engine, launch.portal({engines.ENDPOINT_VARIABLE: engine}) as address:
        yield Portal(address, engine)


@pytest.fixture
def portal(running: Portal) -> Portal:
    """The portal with its demo data as new."""
    running.console("POST", "reset")
    return running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium that `local.setup` found, kept from calling home."""
    quiet = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    chosen = os.environ.get("PORTICO_CHROMIUM")
    return {**browser_type_launch_args, "args": quiet, **({"executable_path": chosen} if chosen else {})}


@pytest.fixture
def quiet(page: Page) -> Iterator[Page]:
    """A page on which nothing may go wrong unseen: no error in the console, no broken policy, no crash."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield page
    # The browser reports every refused request as an error of its own; the tests look at those themselves.
    assert [fault for fault in faults if "Failed to load resource" not in fault] == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, from the frontend's packages."""
    return (FRONTEND / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
