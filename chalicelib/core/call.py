"""One request on its way through the request door (core/http.py): who asks, what they sent, what they are answered."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import msgspec
from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Chalice, Request, Response
from pynamodb.exceptions import PynamoDBException

from chalicelib.core import access, answers, asked, change, clock, ids, journal, log, operations, texts
from chalicelib.core.asked import Route
from chalicelib.core.errors import Busy, Conflict, Forbidden, Refusal, Unauthenticated

COOKIE = "__Host-sid"
DEVICE_COOKIE = "__Host-device"
"""By which a device is known that somebody signed in from before (CRD-7)."""

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
        asked.check_forgery(self.request, self.route)
        origin = self._origin()
        actor: access.Actor | None = None
        cookies = self.request.headers.get("cookie", "")
        token = asked.cookie(cookies, COOKIE)
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
        data = asked.body(self.request, self.route)
        arguments = asked.arguments(self.request, self.route, path_values, data)
        operation: access.Operation | None = None
        if self.route.creates:
            operation = asked.operation(self.request, self.route, actor, path_values, data)
        if actor is not None and operation is not None:
            actor = msgspec.structs.replace(actor, origin=msgspec.structs.replace(actor.origin, operation=operation))
        offered: dict[str, Any] = {
            "actor": actor,
            "origin": origin,
            "now": self.now,
            "token": token,
            "device_token": asked.cookie(cookies, DEVICE_COOKIE)[:_LONGEST_TOKEN],
            "agent": self.request.headers.get("user-agent", ""),
            "principal": self.principal,
            "language": self.language,
        }
        if self.route.edits:
            offered["version"] = asked.version(self.request)
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
