"""The whole local portal as a person starts it: one process, on a port of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from local import launch
from tests.local.waiting import until

_ROOT = Path(__file__).parent.parent.parent
_COMMAND = [sys.executable, "-m", "local"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with launch.portal() as found:
        yield found


def call(address: str, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    """Status and decoded JSON."""
    origin = {"Origin": address, "X-Portal-CSRF": "1", "Content-Type": "application/json"} if method == "POST" else {}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address + path, data, {**origin, **headers}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=40) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def test_every_demo_person_can_sign_in(address: str) -> None:
    people = call(address, "GET", "/_local/demo")[1]["people"]
    assert people
    for person in people:
        assert set(person) == {
            "name", "email", "password", "totp_secret", "answers", "roles", "organization", "departments"
        }  # fmt: skip
        administers = person["roles"] != ["general_user"]
        assert bool(person["totp_secret"]) is administers, "CRD-9"
        credentials = {"email": person["email"], "password": person["password"]}
        status, session = call(address, "POST", "/api/session", credentials)
        assert status == 201, session
        assert session["user"]["name"] == person["name"]
        assert session["stage"] == ("factor" if administers else None)


def test_demo_data_is_carried_through_the_pumps_to_mails(address: str) -> None:
    status, answer = call(address, "POST", "/_local/settle", {})
    assert (status, answer) == (200, {"idle": True, "given_up": {}})
    mails = call(address, "GET", "/_local/mail")[1]["mails"]
    assert mails
    assert [mail["sent_at"] for mail in mails] == sorted((mail["sent_at"] for mail in mails), reverse=True)
    assert all(mail["to"] and mail["subject"] and mail["text"] for mail in mails)


def test_the_portal_lives_by_the_consoles_clock(address: str) -> None:
    before = call(address, "GET", "/_local/clock")[1]["offset_seconds"]
    person = call(address, "GET", "/_local/demo")[1]["people"][0]
    request = urllib.request.Request(
        f"{address}/api/session",
        json.dumps({"email": person["email"], "password": person["password"]}).encode(),
        {"Origin": address, "X-Portal-CSRF": "1", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    assert call(address, "GET", "/api/session", Cookie=cookie)[0] == 200
    assert call(address, "POST", "/_local/clock", {"advance_seconds": 86_400})[1]["offset_seconds"] == before + 86_400
    assert call(address, "GET", "/api/session", Cookie=cookie)[0] == 401


def test_a_reset_makes_all_new(address: str) -> None:
    call(address, "POST", "/_local/clock", {"advance_seconds": 60})
    people = call(address, "GET", "/_local/demo")[1]["people"]
    assert call(address, "POST", "/_local/reset", {}) == (200, {"people": len(people)})
    assert call(address, "GET", "/_local/clock")[1]["offset_seconds"] == 0
    assert call(address, "POST", "/_local/settle", {})[1] == {"idle": True, "given_up": {}}
    credentials = {"email": people[0]["email"], "password": people[0]["password"]}
    assert call(address, "POST", "/api/session", credentials)[0] == 201


def test_every_further_reset_puts_back_what_the_first_made(address: str) -> None:
    call(address, "POST", "/_local/reset", {})
    mails = call(address, "GET", "/_local/mail")[1]["mails"]
    assert any("waits for verification" in mail["subject"] for mail in mails), "the demo's last event has arrived"
    email = call(address, "GET", "/_local/demo")[1]["people"][0]["email"]
    for _ in range(3):
        assert (
            call(address, "POST", "/api/password-resets", {"email": email}, **{"Idempotency-Key": "0" * 16})[0] == 202
        )
        assert call(address, "POST", "/_local/settle", {})[1] == {"idle": True, "given_up": {}}
        assert len(call(address, "GET", "/_local/mail")[1]["mails"]) == len(mails) + 1
        call(address, "POST", "/_local/clock", {"advance_seconds": 60})
        call(address, "POST", "/_local/reset", {})
        assert call(address, "GET", "/_local/clock")[1]["offset_seconds"] == 0
        assert call(address, "POST", "/_local/settle", {})[1] == {"idle": True, "given_up": {}}
        assert call(address, "GET", "/_local/mail")[1]["mails"] == mails


def test_both_loopback_addresses_answer_and_no_other(address: str) -> None:
    port = urlsplit(address).port
    assert port is not None
    families = {family for family, *_ in socket.getaddrinfo("localhost", port, type=socket.SOCK_STREAM)}
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        if family in families:
            with socket.create_connection((host, port), timeout=5):
                pass
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    at = [fields[1].split(":")[0] for fields in listening if fields[1].endswith(f":{port:04X}") and fields[3] == "0A"]
    assert at == ["0100007F"]


def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    return subprocess.run(
        [*_COMMAND, *arguments], cwd=_ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_busy_port_is_one_clear_line(family: socket.AddressFamily, host: str) -> None:
    with socket.create_server((host, 0), family=family) as busy:
        port = busy.getsockname()[1]
        result = run("--port", str(port))
    assert result.returncode == 2
    assert result.stderr == f"Port {port}: address already in use. Choose another one: PORT=8001 make run\n"


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"PORT": "eighty"}, "PORT: not a port number: eighty"),
        ({"PORT": "70000"}, "PORT: not a port number: 70000"),
        ({"PORT": "0", "PORTICO_ARGON2_TIME_COST": "none"}, "PORTICO_ARGON2_TIME_COST"),
        ({"PORT": "0", "PORTICO_DYNAMODB_ENDPOINT": "http://127.0.0.1:1"}, "PORTICO_DYNAMODB_ENDPOINT"),
    ],
)
def test_a_bad_setting_is_one_clear_line(variables: dict[str, str], named: str) -> None:
    result = run(**variables)
    assert result.returncode == 2
    assert named in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_nothing_stays(tmp_path: Path, number: signal.Signals) -> None:
    ready = tmp_path / "ready.json"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with subprocess.Popen(
        [*_COMMAND, "--port", "0", "--ready-file", str(ready)],
        cwd=_ROOT,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as portal:
        until(ready.exists, seconds=30)
        children = _children(portal.pid)
        assert len(children) == 2
        assert list(temporary.iterdir())
        portal.send_signal(number)
        output, _ = portal.communicate(timeout=20)
    assert portal.returncode == 0
    assert output.endswith("Stopped; nothing is left behind.\n")
    assert not list(temporary.iterdir())
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def _children(process: int) -> list[int]:
    stats = (path.read_text().rsplit(")", 1) for path in Path("/proc").glob("[0-9]*/stat"))
    return [int(head.split()[0]) for head, rest in stats if int(rest.split()[1]) == process]
