"""A browser as far as the API goes: it keeps its cookie and sends the headers the real portal sends."""

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import msgspec
from chalice.config import Config
from chalice.local import ForbiddenError, LocalGateway

from chalicelib.core.http import Portico, problem_response
from tests.settings import ORIGIN

HIDDEN = ("cursor", "search")
"""Parameters of queries that stand in headers."""


class Answer(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        """Code of the problem document."""
        return str(self.json["code"])

    @property
    def fields(self) -> set[tuple[str, str]]:
        """(pointer, code) of every wrong field."""
        return {(error["pointer"], error["code"]) for error in self.json["errors"]}


Send = Callable[[str, str, Mapping[str, str], bytes | None], dict[str, Any]]


def in_process(app: Portico) -> Send:
    """Requests go straight into the app, as API Gateway's events."""
    gateway = LocalGateway(app, Config.create())

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> dict[str, Any]:
        try:
            answer: dict[str, Any] = gateway.handle_request(method, path, {**headers}, body)
        except ForbiddenError:
            return problem_response("not_found", headers)
        return answer

    return send


def hide(path: str) -> tuple[str, dict[str, str]]:
    """As the page sends a query: what may hold words that people typed stands in headers (house rule 6)."""
    place, _, query = path.partition("?")
    values = parse_qsl(query, keep_blank_values=True)
    headers = {f"x-portal-{name}": quote(value) for name, value in values if name in HIDDEN}
    shown = urlencode([(name, value) for name, value in values if name not in HIDDEN])
    return place + (f"?{shown}" if shown else ""), headers


class Browser:
    """One person's browser."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.cookie: str | None = None
        self.device: str | None = None
        """The cookie by which the device is known (CRD-7); it stays when the session ends."""

    def sign_in(self, email: str, password: str) -> Answer:
        return self.keep(self.post("/session", {"email": email, "password": password}))

    def give_code(self, code: str) -> Answer:
        """The step after the password, where there is a second factor (CRD-9)."""
        return self.keep(self.post("/session/factor", {"code": code}))

    def prove(self, password: str, code: str | None = None) -> Answer:
        """Prove once more who one is (S-SESS-10)."""
        return self.keep(self.post("/session/proof", {"password": password, "code": code}))

    def keep(self, answer: Answer) -> Answer:
        """Take the cookies of an answer that sets any."""
        for cookie in filter(None, (cookie.split(";")[0] for cookie in answer.cookies)):
            if cookie.startswith("__Host-device="):
                self.device = cookie
            else:
                self.cookie = cookie
        return answer

    def get(self, path: str, background: bool = False, **query: str) -> Answer:
        headers = {"X-Portal-Background": "1"} if background else {}
        return self.send("GET", path + (f"?{urlencode(query)}" if query else ""), headers=headers)

    def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> Answer:
        headers.setdefault("Idempotency-Key", key or uuid.uuid4().hex)
        return self.send("POST", path, body, headers)

    def put(self, path: str, body: Any) -> Answer:
        return self.send("PUT", path, body)

    def delete(self, path: str) -> Answer:
        return self.send("DELETE", path)

    def send(self, method: str, path: str, body: Any = None, headers: Mapping[str, str | None] | None = None) -> Answer:
        """Any request; a header given as None is left out, a body given as bytes goes as it is."""
        path, hidden = hide(path)
        return self.raw(method, path, body, hidden | {**(headers or {})})

    def raw(self, method: str, path: str, body: Any = None, headers: Mapping[str, str | None] | None = None) -> Answer:
        """Likewise, with the query as it is."""
        sent: dict[str, str | None] = {"host": "localhost:8000", "user-agent": "test browser"}
        if method != "GET":
            sent |= {"origin": ORIGIN, "x-portal-csrf": "1"}
        if body is not None:
            sent["content-type"] = "application/json"
        if self.cookie or self.device:
            sent["cookie"] = "; ".join(filter(None, (self.cookie, self.device)))
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        got = self._send(method, path, {name: value for name, value in sent.items() if value is not None}, raw)
        several = got.get("multiValueHeaders") or {}
        return Answer(
            status=got["statusCode"],
            headers={name.lower(): value for name, value in got["headers"].items()},
            cookies=several.get("Set-Cookie", [got["headers"].get("Set-Cookie", "")]),
            text=got["body"] or "",
        )
