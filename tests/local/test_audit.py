"""`make audit` never calls clean what nobody looked at."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from local import audit, setup
from local.audit import NoAnswer, Source


@pytest.fixture
def closed() -> Iterator[str]:
    """An address where nobody listens, and nobody else can while the test runs."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture
def registry() -> Iterator[Any]:
    """An npm registry, and an OSV, that know of the `advisories` and the `faults` of packages."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/v1/query":
                vulnerabilities = server.faults.get(json.loads(asked)["package"]["name"])  # type: ignore[attr-defined]
                content = json.dumps({"vulns": vulnerabilities} if vulnerabilities else {}).encode()
            else:
                content = json.dumps(server.advisories).encode()  # type: ignore[attr-defined]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        server.advisories = server.faults = {}  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_where_no_source_answers_it_says_so(closed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """S-OPS-08: the real programs, asking a port where nobody listens."""
    assert audit.main(audit.sources(f"{closed}/v1/query", closed)) == audit.NO_ANSWER
    said = capsys.readouterr().out
    for name in ("requirements-dev.lock", "frontend/package-lock.json", "local/package-lock.json"):
        assert f"NOT LOOKED AT: {name}. No answer from {closed}" in said
    assert "3 of 3 were not looked at" in said
    assert "no known" not in said


def _silent() -> list[str]:
    raise NoAnswer("nobody there")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([list, list], 0),
        ([list, _silent], audit.NO_ANSWER),
        ([_silent, _silent], audit.NO_ANSWER),
        ([_silent, lambda: ["a 1.0: X-1"]], audit.FOUND),
        ([list, lambda: ["a 1.0: X-1"]], audit.FOUND),
    ],
)
def test_clean_is_only_what_was_looked_at(answers: list[Any], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main([Source("some.lock", "there", ask) for ask in answers]) == code
    said = capsys.readouterr().out
    assert said.count("NOT LOOKED AT") == answers.count(_silent)
    assert ("X-1" in said) is (code == audit.FOUND)


def test_what_the_npm_registry_knows_is_told(registry: Any) -> None:
    address = f"http://127.0.0.1:{registry.server_address[1]}"
    assert audit.npm(setup.FRONTEND, address) == []
    advisory = {
        "id": 1, "url": "https://advisories.example/1", "title": "A planted fault", "severity": "high",
        "vulnerable_versions": "<99", "cwe": [], "cvss": {"score": 0, "vectorString": None},
    }  # fmt: skip
    registry.advisories = {"preact": [advisory]}
    told = audit.npm(setup.FRONTEND, address)
    assert "preact: high, A planted fault (https://advisories.example/1)" in told


def test_what_osv_knows_is_told(registry: Any) -> None:
    fault = {"id": "X-2026-1", "summary": "A planted fault", "affected": [], "published": "2026-01-01T00:00:00Z"}
    registry.faults = {"chalice": [fault]}
    (told,) = audit.python(f"http://127.0.0.1:{registry.server_address[1]}/v1/query")
    assert told.startswith("chalice 1.")
    assert told.endswith(": X-2026-1, mended in none")
