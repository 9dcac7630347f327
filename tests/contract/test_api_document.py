"""What the API document says, and that every answer of the running portal keeps to it (PLT-3, S-IO-04, S-OPS-09)."""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from app import app
from chalicelib.core import openapi
from local import launch
from tests import scale
from tests.portal import hide

_CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with launch.portal() as found:
        yield found


def _ask(address: str, method: str, path: str, body: Any = None, cookie: str = "") -> tuple[dict[str, str], Any]:
    path, hidden = hide(path)
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    headers = {"Origin": address, "X-Portal-CSRF": "1", "Content-Type": "application/json", "Cookie": cookie}
    headers |= hidden
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer = connection.getresponse()
    content = json.load(answer)
    connection.close()
    return dict(answer.headers), content


def test_no_url_holds_words() -> None:
    """House rule 6: what stands in a query is from a list, a number or an id; words and cursors are in headers."""
    shown = [
        (path, parameter["name"], parameter["schema"])
        for path, operations in openapi.document(app.declared)["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    ]
    assert shown
    free = [(path, name) for path, name, kind in shown if not {"enum", "pattern"} & kind.keys() and _is_text(kind)]
    assert free == []


def _is_text(kind: dict[str, Any]) -> bool:
    return kind.get("type") not in ("boolean", "integer")


def test_the_document_tells_every_route_and_no_other() -> None:
    """S-OPS-09: the same paths and methods as the app answers."""
    told = {
        (path, method.upper())
        for path, operations in openapi.document(app.declared)["paths"].items()
        for method in operations
    }
    assert told == {(path, method) for path, methods in app.routes.items() for method in methods}


def test_the_document_is_served_as_it_is_made(address: str) -> None:
    assert _ask(address, "GET", "/api/openapi.json")[1] == json.loads(json.dumps(openapi.document(app.declared)))


def test_every_operation_says_who_may_call_it_and_how_it_may_fail() -> None:
    paths = openapi.document(app.declared)["paths"]
    for route in app.declared:
        operation = paths[route.path][route.method.lower()]
        assert operation["x-who"]
        assert operation["summary"]
        assert {str(status) for status in openapi.problems(route)} < operation["responses"].keys()
        # ACC-8: whoever is signed in may have opened another organization meanwhile.
        assert ("membership_switched" in openapi.problems(route).get(409, set())) is not route.who.public


# A local administrator, an agent, a plan administrator and an auditor among them.
_PEOPLE = (None, "Gina Sample", "Lou Placeholder", "Ada Fictional", "Paula Fictional", "Audra Fictional")


@pytest.mark.parametrize("person", _PEOPLE)
def test_no_request_makes_the_portal_fail_or_leave_its_document(
    address: str, tmp_path: Path, person: str | None
) -> None:
    """A sample of generated requests, good and bad: no 5xx, documented statuses, bodies that fit their schemas."""
    config = tmp_path / "schemathesis.toml"
    config.write_text("")
    cookie = ""
    if person is not None:
        people = _ask(address, "GET", "/_local/demo")[1]["people"]
        who = next(someone for someone in people if someone["name"] == person)
        headers, _ = _ask(address, "POST", "/api/session", {"email": who["email"], "password": who["password"]})
        cookie = headers["Set-Cookie"].split(";")[0]
        config.write_text(_known_ids(address, cookie))
    command = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "run"]
    command += [f"{address}/api/openapi.json", "--url", f"{address}/api", "--checks", _CHECKS]
    command += [
        "-n",
        str(scale.repeats(1, 300)),
        "--phases",
        "fuzzing",
        "--exclude-operation-id",
        "sign_out",
        # Two at once crash ast.parse in CPython 3.11: its depth counter is one for all threads (python/cpython#106905).
        "--workers",
        "1",
    ]
    command += ["-H", f"Origin: {address}", "-H", "X-Portal-CSRF: 1", *(["-H", f"Cookie: {cookie}"] if cookie else [])]
    run = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, timeout=scale.size(280, 3600), check=False
    )
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]


def _known_ids(address: str, cookie: str) -> str:
    """Real ids and versions, so that generated requests get past "not found" and "stale"."""

    def items(path: str) -> list[Any]:
        return list(_ask(address, "GET", f"/api{path}", cookie=cookie)[1].get("items", []))

    known = {"If-Match": '"0"'}
    for mailbox in items("/mailboxes")[:1]:
        known["mailbox_id"] = mailbox["id"]
        for row in items(f"/mailboxes/{mailbox['id']}/inbox")[:1]:
            known |= {"thread_id": row["thread_id"], "message_id": row["message_id"]}
    # Nobody who signs in here, since they may get disabled.
    for name, path in (("membership_id", "/members?search=hugo"), ("user_id", "/staff?search=enzo")):
        for found in items(path)[:1]:
            known[name] = found["id"]
    return "[parameters]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in known.items())
