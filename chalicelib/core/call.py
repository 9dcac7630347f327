"""One request on its way through the request door (core/http.py): who asks, what they sent, what they are answered."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

import msgspec
from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Chalice, Request, Response
from pynamodb.exceptions import PynamoDBException

from chalicelib.core import access, answers, bodies, change, clock, config, ids, journal, log, operations, texts
from chalicelib.core.errors import (
    BadRequest,
    Busy,
    Conflict,
    Forbidden,
    NotFound,
    Refusal,
    Stale,
    Unauthenticated,
    VersionMissing,
    WrongMediaType,
)

COOKIE = "__Host-sid"
DEVICE_COOKIE = "__Host-device"
"""By which a device is known that somebody signed in from before (CRD-7)."""
_MUTATING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEY_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")

# Of a device; longer ones are none of ours.
_LONGEST_TOKEN = 100


class Internal(Refusal):
    """A fault of ours; the last resort, told with nothing but the request id (S-IO-09)."""

    status = 500
    code = "internal"


class Authenticate(Protocol):
    """Looks up the session behind a token: `credentials.sessions.authenticate` (handed over by `app.py`)."""

    def __call__(self, token: str, origin: access.Origin, now: datetime, *, extend: bool) -> access.Principal:
        """See `credentials.sessions.authenticate`."""


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """The declaration of one route: what the door needs, and what the API document tells."""

    method: str
    path: str
    who: access.Who
    summary: str
    status: int
    creates: bool
    edits: bool
    step_up: bool
    returns: Any
    """Type of the body of a good answer; None when it has none."""
    errors: tuple[tuple[int, str], ...]
    """Status and code of the refusals that are this route's own."""
    handler: Callable[..., Any]

    @property
    def parameters(self) -> dict[str, Any]:
        """The handler's parameters by name, with their types: the signature is the contract."""
        return {name: kind for name, kind in self.handler.__annotations__.items() if name != "return"}


class _Nothing(msgspec.Struct):
    """What the body of a route that takes none may hold (S-AZ-04)."""


def serve(app: Chalice, authenticate: Authenticate, route: Route, path_values: Mapping[str, str]) -> Response:
    """The answer to the app's current request, whatever happens."""
    request = app.current_request
    assert request is not None
    started = clock.stopwatch()
    call = _Call(request, route)
    try:
        response = call.answer(authenticate, path_values)
    except Refusal as refusal:
        response = call.refuse(refusal)
    except (PynamoDBException, BotoCoreError, ClientError) as error:
        log.error("aws_failed", request_id=call.request_id, route=route.path, error=type(error).__name__)
        response = call.refuse(Busy())
    except Exception as error:  # the last resort: nothing of it may reach the client
        log.error("unexpected", request_id=call.request_id, route=route.path, error=type(error).__name__)
        app.log.exception("unexpected error, request %s", call.request_id) if app.debug else None
        response = call.refuse(Internal())
    log.info(
        "request",
        request_id=call.request_id,
        route=f"{route.method} {route.path}",
        status=response.status_code,
        milliseconds=started(),
    )
    return response


class _Call:
    """One request on its way through the door."""

    def __init__(self, request: Request, route: Route) -> None:
        self.request = request
        self.route = route
        self.request_id = ids.new("req")
        self.language = texts.preferred(request.headers.get("accept-language", ""))
        self.principal: access.Principal | None = None
        self.now = clock.now()

    def answer(self, authenticate: Authenticate, path_values: Mapping[str, str]) -> Response:
        """Check, call the handler and render its result. Raises the refusal where a check fails."""
        self._check_forgery()
        origin = self._origin()
        actor: access.Actor | None = None
        cookies = self.request.headers.get("cookie", "")
        token = _cookie(cookies, COOKIE)
        if not self.route.who.public:
            if not token:
                raise Unauthenticated
            extend = "x-portal-background" not in self.request.headers
            self.principal = authenticate(token, origin, self.now, extend=extend)
            actor = self.principal.actor
            self._require_open(actor)
            self._admit(actor)
            if self.route.step_up and not self.principal.proved_lately(self.now):
                raise Unauthenticated("step_up_required")
        data = self._body()
        arguments = self._arguments(path_values, data)
        operation = self._operation(actor, path_values, data) if self.route.creates else None
        if actor is not None and operation is not None:
            actor = msgspec.structs.replace(actor, origin=msgspec.structs.replace(actor.origin, operation=operation))
        offered: dict[str, Any] = {
            "actor": actor,
            "origin": origin,
            "now": self.now,
            "token": token,
            "device_token": _cookie(cookies, DEVICE_COOKIE)[:_LONGEST_TOKEN],
            "agent": self.request.headers.get("user-agent", ""),
            "principal": self.principal,
            "language": self.language,
        }
        if self.route.edits:
            offered["version"] = self._version()
        wanted = {name: value for name, value in offered.items() if name in self.route.parameters}
        try:
            result = self.route.handler(**wanted, **arguments)
        except Refusal:
            # A repeat may find the world changed by its own first time: that one's answer stands (MSG-7).
            result = self._first_result(operation)
            if result is None:
                raise
        return self._render(result)

    def refuse(self, refusal: Refusal) -> Response:
        """The problem document of a refusal."""
        body, headers = answers.problem(refusal, self.request_id, self.language)
        return self._response(refusal.status, body, headers)

    def _check_forgery(self) -> None:
        """S-SESS-09: only our own pages may change anything, and only with JSON."""
        if self.route.method not in _MUTATING:
            return
        headers = self.request.headers
        if "x-portal-csrf" not in headers:
            raise Forbidden("csrf_header_missing")
        origin = headers.get("origin")
        site = headers.get("sec-fetch-site")
        if origin is not None and origin != config.current().origin:
            raise Forbidden("foreign_origin")
        if origin is None and site not in (None, "same-origin"):
            raise Forbidden("foreign_origin")
        content_type = headers.get("content-type")
        kind = (content_type or "").split(";")[0].strip().lower()
        if kind != "application/json" and (content_type or self.request.raw_body):
            raise WrongMediaType

    def _require_open(self, actor: access.Actor) -> None:
        """ACC-8: a page of one organization does nothing in another that was opened meanwhile, in another tab."""
        meant = self.request.headers.get("x-portal-membership")
        if meant is not None and isinstance(actor, access.Member) and meant != actor.membership_id:
            raise Conflict("membership_switched")

    def _admit(self, actor: access.Actor) -> None:
        try:
            self.route.who.admit(actor)
        except Forbidden as refusal:
            entry = journal.Entry(
                action="request.refused",
                after={"route": f"{self.route.method} {self.route.path}"},
                result="refused",
                reason=refusal.code,
            )
            change.note(actor, entry, self.now)
            raise

    def _origin(self) -> access.Origin:
        identity = self.request.context.get("identity") or {}
        agent = self.request.headers.get("user-agent", "")
        return access.Origin(
            request_id=self.request_id, address=identity.get("sourceIp") or "", device=ids.digest(agent)[:16]
        )

    def _body(self) -> Any:
        if self.route.method not in _MUTATING:
            return None
        raw = self.request.raw_body
        if not raw and "body" not in self.route.parameters:
            return None
        data = bodies.parse_json(raw if isinstance(raw, bytes) else raw.encode())
        if "body" not in self.route.parameters:
            bodies.convert(data, _Nothing)
        return data

    def _arguments(self, path_values: Mapping[str, str], data: Any) -> dict[str, Any]:
        """What the handler's signature asks for besides the actor: path values, `body`, `query`."""
        parameters = self.route.parameters
        arguments: dict[str, Any] = {}
        for name, value in path_values.items():
            try:
                arguments[name] = msgspec.convert(value, parameters[name])
            except (msgspec.ValidationError, UnicodeEncodeError):  # the latter: half a surrogate pair
                raise NotFound from None
        if "query" in parameters:
            arguments["query"] = bodies.convert_query(self._query(), parameters["query"])
        if "body" in parameters:
            arguments["body"] = bodies.convert(data, parameters["body"])
        return arguments

    def _query(self) -> dict[str, list[str]]:
        params = self.request.query_params
        return {name: params.getlist(name) for name in params} if params else {}

    def _version(self) -> int:
        """The version that an edit was made of (RFC 9110, 13.1.1); a header of a form we never gave is stale."""
        header = self.request.headers.get("if-match", "")
        if not header:
            raise VersionMissing
        number = header.removeprefix('"').removesuffix('"')
        if header != f'"{number}"' or not number.isascii() or not number.isdigit() or len(number) > 15:
            raise Stale
        return int(number)

    def _operation(self, actor: access.Actor | None, path_values: Mapping[str, str], data: Any) -> access.Operation:
        key = self.request.headers.get("idempotency-key", "")
        if not 16 <= len(key) <= 64 or not _KEY_LETTERS.issuperset(key):
            raise BadRequest("idempotency_key_missing")
        who = actor.id if actor is not None else ""
        where = actor.membership_id if isinstance(actor, access.Member) else ""
        asked = json.dumps([path_values, data], sort_keys=True)
        return access.Operation(
            id=ids.digest(json.dumps([who, where, self.route.method, self.route.path, key])),
            fingerprint=ids.digest(asked),
        )

    def _first_result(self, operation: access.Operation | None) -> Any:
        """What this operation answered when it was first done, if it was and if that is what the handler returns."""
        stored = operations.find(operation, self.now) if operation is not None else None
        if stored is None:
            return None
        try:
            return msgspec.json.decode(stored, type=self.route.handler.__annotations__["return"])
        except msgspec.ValidationError:
            return None

    def _render(self, result: Any) -> Response:
        reply = result if isinstance(result, answers.Reply) else answers.Reply(body=result)
        body = b"" if reply.body is None else msgspec.json.encode(reply.body)
        headers: dict[str, str | list[str]] = {**reply.headers}
        if reply.seconds_left is not None:
            headers["X-Portal-Session-Seconds"] = str(reply.seconds_left)
        return self._response(self.route.status, body, headers)

    def _response(self, status: int, body: bytes, headers: Mapping[str, str | list[str]]) -> Response:
        own: dict[str, str | list[str]]
        own = {**answers.SECURITY_HEADERS, "Content-Type": "application/json", "X-Request-Id": self.request_id}
        if self.principal is not None:
            own["X-Portal-Session-Seconds"] = str(self.principal.seconds_left(self.now))
        return Response(body=body.decode(), headers={**own, **headers}, status_code=status)


def _cookie(header: str, wanted: str) -> str:
    """The value of one cookie in a `Cookie` header; empty when there is none."""
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == wanted:
            return value
    return ""
