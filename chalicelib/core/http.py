"""The request door: every HTTP request passes here (architecture: the in door).

A feature declares its routes with `Routes`, each with who may call it; one without that declaration does not import.
For a request the door (core/call.py) finds out who asks, checks the forgery headers, size and types, calls the handler
with what its signature names, and turns refusals into problem documents. Handlers have no `try`.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from chalice.app import Blueprint, Chalice, Request, Response

from chalicelib.core import access, answers, call, config, ids, rooms
from chalicelib.core.asked import Route
from chalicelib.core.call import COOKIE, DEVICE_COOKIE, Authenticate, Internal
from chalicelib.core.errors import MethodNotAllowed, NotFound, Refusal, TooLarge

__all__ = ["COOKIE", "DEVICE_COOKIE", "Portico", "Route", "Routes", "problem_response"]

_request: ContextVar[Request | None] = ContextVar("request", default=None)


class Portico(Chalice):
    """The Chalice app of the portal: its rooms (core/rooms.py) and who authenticates for them.

    Where nobody waits for the process to start it holds all rooms from the beginning; otherwise a room is included when
    the first request for one of its paths comes (docs/adr/0010-rooms-on-demand.md).
    """

    authenticate: Authenticate
    declared: list[Route]
    """The routes of the rooms that are included."""

    def __init__(
        self, app_name: str, authenticate: Authenticate, paths: Mapping[str, str], woken: tuple[str, ...]
    ) -> None:
        """`paths` are those of each module with `routes` (see Rooms), `woken` the modules with `handlers` of events.

        Lambda calls a handler by the name of its module, not through the app; the app tells packaging of them.
        """
        super().__init__(app_name)
        self.authenticate = authenticate
        self.declared = []
        self._rooms = rooms.Rooms(paths)
        self._woken = woken
        self._included: set[str] = set()
        if not config.starts_on_demand():
            self.complete()

    # Chalice keeps the request on the app object; the local portal serves several at once, so it is kept per context.
    @property
    def current_request(self) -> Request | None:
        """The request this context is serving."""
        return _request.get()

    @current_request.setter
    def current_request(self, request: Request | None) -> None:
        _request.set(request)

    def complete(self) -> None:
        """Include what is not yet: for whoever must know all routes or all handlers."""
        for module in self._rooms.modules:
            self._include(module, "routes")
        for module in self._woken:
            self._include(module, "handlers")

    def _include(self, module: str, name: str) -> None:
        if module in self._included:
            return
        routes: Routes = rooms.enter(module, name)
        for route in routes.declared:
            if module not in self._rooms.serving(route.path):
                raise TypeError(f"{module}: {route.path} is not below one of the paths that app.py gives it")
        self.register_blueprint(routes)
        self.declared.extend(routes.declared)
        self._included.add(module)

    def __call__(self, event: Any, context: Any) -> dict[str, Any]:
        """Answer one API Gateway event; what Chalice answers by itself becomes a problem document too."""
        # As declared, with `{}`: API Gateway has found the resource.
        resource = (event.get("requestContext") or {}).get("resourcePath") or ""
        for module in self._rooms.serving(resource):
            self._include(module, "routes")
        answer: dict[str, Any] = super().__call__(event, context)
        if "X-Request-Id" in answer["headers"]:
            return answer
        known: dict[int, type[Refusal]] = {405: MethodNotAllowed, 404: NotFound, 403: NotFound}
        refusal = known.get(answer["statusCode"], Internal)()
        made = answers.proxy_answer(refusal, _lower(event.get("headers")), ids.new("req"))
        if "Allow" in answer["headers"]:
            made["headers"]["Allow"] = answer["headers"]["Allow"]
        return made


class Routes(Blueprint):
    """The routes or event handlers of one module; `app.py` names it."""

    def __init__(self, import_name: str) -> None:
        super().__init__(import_name)
        self.declared: list[Route] = []

    def route(self, path: str, **declaration: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Declare a route: `method`, `who`, `summary`, and where they differ the other fields of `Route`.

        `returns` need be given only where the handler returns a Reply. `creates` asks for an `Idempotency-Key`; the
        handler then returns what its action's commit returned. `edits` asks for an `If-Match` with the `version` that
        was loaded, which the handler takes by that name. `step_up` asks for a proof of at most five minutes ago
        (S-SESS-10); who is enrolling or renewing something while signing in has just given it.
        """
        missing = {"method", "who", "summary"} - declaration.keys()
        if missing or not isinstance(declaration["who"], access.Who):
            raise TypeError(f"{path}: a route declares who may call it, its method and a summary; missing: {missing}")

        def register(handler: Callable[..., Any]) -> Callable[..., Any]:
            route = Route(
                path=path,
                handler=handler,
                method=declaration["method"],
                who=declaration["who"],
                summary=declaration["summary"],
                status=declaration.get("status", 200),
                creates=declaration.get("creates", False),
                edits=declaration.get("edits", False),
                step_up=declaration.get("step_up", False),
                returns=declaration.get("returns", handler.__annotations__["return"]),
                errors=declaration.get("errors", ()),
            )
            self.declared.append(route)

            def view(**path_values: str) -> Response:
                app = self.current_app
                assert isinstance(app, Portico)
                return call.serve(app, app.authenticate, route, path_values)

            # The door checks content types itself, so that a wrong one gets a problem document.
            register_view = super(Routes, self).route
            register_view(path, methods=[route.method], content_types=[], name=handler.__name__)(view)
            return handler

        return register


def problem_response(code: str, headers: Mapping[str, str]) -> dict[str, Any]:
    """The answer for a request that reaches no route (`not_found`) or is stopped before it (`too_large`)."""
    refusal: Refusal = TooLarge() if code == "too_large" else NotFound()
    return answers.proxy_answer(refusal, _lower(headers), ids.new("req"))


def _lower(headers: Mapping[str, str] | None) -> dict[str, str]:
    return {name.lower(): value for name, value in (headers or {}).items()}
