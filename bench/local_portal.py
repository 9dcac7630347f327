"""`python -m bench.local_portal`: the local portal under a full box and several browsers at once.

Prints medians in milliseconds and exits with 1 when one is over its limit or an answer was a 5xx.
"""

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import boto3
import msgspec
from pyotp import TOTP

from chalicelib.core import ids
from chalicelib.messages.domain import Entry
from chalicelib.messages.store.boxes import entry_row
from local import engines

PAGE_LIMIT = 50.0
SEND_LIMIT = 150.0
BROWSERS = 8
_TABLE = "portico-local-mail"


class Browser:
    """One signed-in browser with a connection of its own."""

    def __init__(self, address: str, person: Mapping[str, Any]) -> None:
        self._address = address
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._cookie = ""
        self._enter("/session", {"email": person["email"], "password": person["password"]})
        if person["totp_secret"]:
            self._enter("/session/factor", {"code": TOTP(person["totp_secret"]).now()})

    def _enter(self, path: str, body: Any) -> None:
        status, headers, _ = self._ask("POST", path, body)
        assert status == 201, status
        cookies = [cookie.split(";")[0] for cookie in headers.get_all("Set-Cookie")]
        self._cookie = next(cookie for cookie in cookies if cookie.startswith("__Host-sid="))

    def _ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any, Any]:
        headers = {"Origin": self._address, "X-Portal-CSRF": "1", "Idempotency-Key": uuid.uuid4().hex}
        headers["Content-Type"] = "application/json"
        if self._cookie:
            headers["Cookie"] = self._cookie
        raw = None if body is None else json.dumps(body)
        self._connection.request(method, f"/api{path}", raw, headers)
        answer = self._connection.getresponse()
        content = answer.read()
        return answer.status, answer.headers, json.loads(content) if content else None

    def get(self, path: str) -> tuple[int, Any]:
        status, _, body = self._ask("GET", path)
        return status, body

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        status, _, answer = self._ask("POST", path, body)
        return status, answer


def fill_inbox(endpoint: str, mailbox_id: str, count: int) -> None:
    """Put `count` rows straight into a box: sending them would take minutes and isn't what is measured."""
    client = boto3.client("dynamodb", endpoint_url=endpoint, region_name=engines.REGION)
    start = datetime.now(UTC) - timedelta(days=400)
    for first in range(0, count, 25):
        requests = []
        for number in range(first, min(first + 25, count)):
            at = start + timedelta(minutes=number)
            entry = Entry(
                mailbox_id=mailbox_id,
                box="inbox",
                message_id=ids.sortable("msg", at),
                thread_id=ids.new("thr"),
                subject=f"Earlier message {number}",
                party="Credentialing Team",
                urgent=False,
                has_attachments=False,
                received_at=at,
                unread=False,
            )
            requests.append({"PutRequest": {"Item": entry_row(entry).to_dynamodb_dict()}})
        client.batch_write_item(RequestItems={_TABLE: requests})


def timed(action: Callable[[], tuple[int, Any]], times: int) -> tuple[float, set[int]]:
    """Median milliseconds of an action, and the statuses it got."""
    took, statuses = [], set()
    for _ in range(times):
        started = time.perf_counter()
        status, _ = action()
        took.append((time.perf_counter() - started) * 1000)
        statuses.add(status)
    return statistics.median(took), statuses


def measure(address: str, endpoint: str, people: list[dict[str, Any]], rows: int) -> bool:
    """Measure and print; whether all stayed within the limits."""
    person = next(person for person in people if person["roles"] == ["general_user"])
    browser = Browser(address, person)
    mailbox = browser.get("/mailboxes")[1]["items"][0]["id"]
    department = browser.get(f"/recipients?mailbox_id={mailbox}")[1]["items"][0]["id"]
    fill_inbox(endpoint, mailbox, rows)

    def page(who: Browser) -> tuple[int, Any]:
        return who.get(f"/mailboxes/{mailbox}/inbox")

    def send(who: Browser) -> tuple[int, Any]:
        return who.post(
            f"/mailboxes/{mailbox}/messages",
            {"to": [department, mailbox], "subject": "Measured", "text": "One of many."},
        )

    pages, page_statuses = timed(lambda: page(browser), 100)
    sends, send_statuses = timed(lambda: send(browser), 50)
    print(f"page of 25 among {rows} messages: {pages:.1f} ms (at most {PAGE_LIMIT:.0f})")
    print(f"send to two: {sends:.1f} ms (at most {SEND_LIMIT:.0f})")

    # The same person may have three sessions; the demo has eight people and more.
    crowd = [Browser(address, someone) for someone in people[:BROWSERS]]
    statuses: list[int] = []

    def work(who: Browser) -> None:
        own = who.get("/mailboxes")[1]["items"][0]["id"]
        for _ in range(20):
            statuses.append(who.get(f"/mailboxes/{own}/inbox")[0])
            statuses.append(who.post(f"/mailboxes/{own}/messages", _note(department))[0])

    started = time.perf_counter()
    threads = [threading.Thread(target=work, args=(who,)) for who in crowd]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - started
    faults = [status for status in statuses if status >= 500]
    print(f"{len(crowd)} browsers at once: {len(statuses)} requests in {seconds:.1f} s, {len(faults)} of them 5xx")
    good = page_statuses == {200} and send_statuses == {201} and set(statuses) <= {200, 201, 404, 422}
    return good and not faults and len(statuses) == len(crowd) * 40 and pages <= PAGE_LIMIT and sends <= SEND_LIMIT


def _note(department: str) -> dict[str, Any]:
    return {"to": [department], "subject": "Measured", "text": "One of many."}


def main() -> int:
    """Start a portal of its own, measure, end it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000, help="messages in the box")
    rows = parser.parse_args().rows
    engines.apply({"AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local"})
    with engines.dynamodb() as endpoint, tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.json"
        command = [sys.executable, "-m", "local", "--port", "0", "--ready-file", str(ready)]
        environment = {**os.environ, engines.ENDPOINT_VARIABLE: endpoint}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as portal:
            try:
                while not ready.exists():
                    if portal.poll() is not None:
                        return 1
                    time.sleep(0.05)
                address = json.loads(ready.read_text())["address"]
                people = _people(address)
                return 0 if measure(address, endpoint, people, rows) else 1
            finally:
                portal.terminate()


def _people(address: str) -> list[dict[str, Any]]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", "/_local/demo")
    listed: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return msgspec.convert(listed["people"], list[dict[str, Any]])


if __name__ == "__main__":
    sys.exit(main())
