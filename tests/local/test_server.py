"""One origin: the API with the caller's real address, the frontend with its headers, and no way out of its folder."""

import gzip
import json
import threading
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from chalice.app import Chalice, Response
from werkzeug.test import Client, TestResponse

from chalicelib.core.http import problem_response
from local.server import MAX_BODY, Gate, Gateway, Portal, Site, document_headers
from tests.local.waiting import until

_FILES = "http://127.0.0.1:9999"


def _app() -> Chalice:
    app = Chalice("test")

    @app.route("/who")
    def who() -> dict[str, Any]:
        request = app.current_request
        assert request is not None
        return {"address": request.context["identity"]["sourceIp"]}

    @app.route("/things/{thing}", methods=["POST"])
    def post(thing: str) -> Response:
        request = app.current_request
        assert request is not None
        return Response(
            {"thing": thing, "query": request.query_params, "body": request.json_body},
            headers={"Set-Cookie": ["a=1", "b=2"]},
            status_code=201,
        )

    return app


class _Door:
    """The whole application over a tiny API and a tiny frontend."""

    def __init__(self, folder: Path) -> None:
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text("<title>Portal</title>")
        (folder / "assets" / "index-1a2b.js").write_text("1")
        (folder / "favicon.svg").write_text("<svg/>")
        (folder.parent / "secret.txt").write_text("secret")
        self.written = 0
        self.headers = document_headers(_FILES)
        self.client = Client(
            Portal(
                origin="http://localhost:8000",
                gateway=Gateway(_app(), problem_response),
                site=Site(folder, self.headers),
                console=self._console,
                gate=Gate(),
                written=self._write,
            )
        )

    def _write(self) -> None:
        self.written += 1

    @staticmethod
    def _console(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [])
        return [b"console " + environ["PATH_INFO"].encode()]

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, environ_overrides={"REMOTE_ADDR": "127.0.0.1"}, **options)

    def post(self, path: str, **options: Any) -> TestResponse:
        return self.client.post(path, environ_overrides={"REMOTE_ADDR": "127.0.0.1"}, **options)


@pytest.fixture
def door(tmp_path: Path) -> _Door:
    return _Door(tmp_path / "dist")


def test_the_address_is_the_connections_whatever_a_header_says(door: _Door) -> None:
    answer = door.get("/api/who", headers={"X-Forwarded-For": "8.8.8.8", "Forwarded": "for=8.8.8.8"})
    assert answer.json == {"address": "127.0.0.1"}


def test_path_query_body_and_several_cookies_pass(door: _Door) -> None:
    answer = door.post("/api/things/one?a=1&b=2", json={"x": [1]})
    assert answer.status_code == 201
    assert answer.json == {"thing": "one", "query": {"a": "1", "b": "2"}, "body": {"x": [1]}}
    assert answer.headers.getlist("Set-Cookie") == ["a=1", "b=2"]
    assert door.written == 1


def test_an_encoded_slash_stays_part_of_its_segment(door: _Door) -> None:
    answer = door.client.post("/api/x", json={}, environ_overrides={
        "REMOTE_ADDR": "127.0.0.1", "REQUEST_URI": "/api/things/a%2Fb",
    })  # fmt: skip
    assert answer.json is not None
    assert answer.json["thing"] == "a%2Fb"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/none", "/api/things", "/api//who", "/api/../who"])
def test_an_unknown_route_is_a_problem_document(door: _Door, path: str) -> None:
    answer = door.get(path)
    assert answer.status_code == 404
    assert json.loads(answer.data)["code"] == "not_found"


def test_a_body_over_the_limit_is_refused_before_the_app(door: _Door) -> None:
    answer = door.post("/api/things/one", data=b" " * (MAX_BODY + 1), content_type="application/json")
    assert answer.status_code == 413
    assert json.loads(answer.data)["code"] == "too_large"


@pytest.mark.parametrize("path", ["/", "/messages", "/messages/thr_1/reply", "/index.html"])
def test_pages_of_the_app_give_its_index_uncached(door: _Door, path: str) -> None:
    answer = door.get(path)
    assert answer.status_code == 200
    assert answer.text == "<title>Portal</title>"
    assert answer.headers["Cache-Control"] == "no-store"


def test_hashed_assets_are_kept_for_good_and_others_are_asked_for(door: _Door) -> None:
    hashed = door.get("/assets/index-1a2b.js")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert hashed.mimetype == "text/javascript"
    icon = door.get("/favicon.svg")
    assert icon.headers["Cache-Control"] == "no-cache"
    assert door.get("/favicon.svg", headers={"If-None-Match": icon.headers["ETag"]}).status_code == 304


def test_scripts_go_packed_to_whoever_takes_it(door: _Door) -> None:
    """As the CDN sends them: what a page needs on a slow network is told by tests in a browser."""
    packed = door.get("/assets/index-1a2b.js", headers={"Accept-Encoding": "br, gzip"})
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.data) == b"1"
    plain = door.get("/assets/index-1a2b.js")
    assert ("Content-Encoding" not in plain.headers, plain.data) == (True, b"1")


@pytest.mark.parametrize(
    "path", ["/assets/none.js", "/../secret.txt", "/..%2Fsecret.txt", "/assets/%2e%2e/../secret.txt"]
)
def test_what_is_not_there_is_not_found_and_nothing_outside_is(door: _Door, path: str) -> None:
    answer = door.get(path)
    assert answer.status_code == 404
    assert "secret" not in answer.text


@pytest.mark.parametrize("path", ["/", "/assets/index-1a2b.js", "/assets/none.js", "/%00", "/x" * 3000])
def test_every_document_answer_has_the_security_headers(door: _Door, path: str) -> None:
    answer = door.get(path)
    assert answer.status_code in (200, 404)
    assert {name: answer.headers.get(name) for name in door.headers} == door.headers


def test_only_reading_is_possible_there(door: _Door) -> None:
    answer = door.post("/messages")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_policy_allows_own_scripts_and_uploads_to_the_files_origin_only() -> None:
    policy = dict(part.strip().split(" ", 1) for part in document_headers(_FILES)["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["connect-src"] == f"'self' {_FILES}"


def test_the_other_name_of_this_machine_leads_to_the_portals_origin(door: _Door) -> None:
    answer = door.get("/messages", base_url="http://127.0.0.1:8000")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "http://localhost:8000/messages"


def test_a_frontend_that_is_not_built_says_so(door: _Door, tmp_path: Path) -> None:
    (tmp_path / "dist" / "index.html").unlink()
    answer = door.get("/")
    assert answer.status_code == 503
    assert "make frontend" in answer.text


@pytest.mark.parametrize("path", ["/_local", "/_local/", "/_local/demo"])
def test_the_console_has_its_own_corner(door: _Door, path: str) -> None:
    assert door.get(path).text == f"console {path}"


def test_a_name_that_only_begins_like_the_consoles_is_a_page(door: _Door) -> None:
    assert door.get("/_locality").text == "<title>Portal</title>"


def test_a_closed_gate_waits_for_those_inside_and_holds_up_the_rest() -> None:
    gate = Gate()
    steps: list[str] = []
    inside, leave = threading.Event(), threading.Event()

    def pass_through() -> None:
        with gate.passing():
            inside.set()
            leave.wait(10)
            steps.append("passed")

    def reset() -> None:
        with gate.closed():
            steps.append("reset")

    first = threading.Thread(target=pass_through)
    first.start()
    inside.wait(10)
    closing = threading.Thread(target=reset)
    closing.start()
    until(lambda: gate._closed)
    second = threading.Thread(target=pass_through)
    second.start()
    assert steps == []
    leave.set()
    for thread in (first, closing, second):
        thread.join(10)
    assert steps == ["passed", "reset", "passed"]
