"""What a route declares that it takes, and what a request for it sent: the request door's reading (core/call.py)."""

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import unquote

import msgspec
from chalice.app import Request

from chalicelib.core import access, bodies, config, ids
from chalicelib.core.errors import (
    BadRequest,
    FieldError,
    Forbidden,
    Invalid,
    NotFound,
    Stale,
    VersionMissing,
    WrongMediaType,
)
from chalicelib.core.fields import HIDDEN

_MUTATING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_KEY_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


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


def check_forgery(request: Request, route: Route) -> None:
    """S-SESS-09: only our own pages may change anything, and only with JSON."""
    if route.method not in _MUTATING:
        return
    headers = request.headers
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
    if kind != "application/json" and (content_type or request.raw_body):
        raise WrongMediaType


def body(request: Request, route: Route) -> Any:
    """The JSON that was sent; None where the route takes none. Raises what `bodies` does."""
    if route.method not in _MUTATING:
        return None
    raw = request.raw_body
    if not raw and "body" not in route.parameters:
        return None
    data = bodies.parse_json(raw if isinstance(raw, bytes) else raw.encode())
    if "body" not in route.parameters:
        bodies.convert(data, _Nothing)
    return data


def arguments(request: Request, route: Route, path_values: Mapping[str, str], data: Any) -> dict[str, Any]:
    """What the handler's signature asks for besides the actor: path values, `body`, `query`."""
    parameters = route.parameters
    found: dict[str, Any] = {}
    for name, value in path_values.items():
        try:
            found[name] = msgspec.convert(value, parameters[name])
        except (msgspec.ValidationError, UnicodeEncodeError):  # the latter: half a surrogate pair
            raise NotFound from None
    if "query" in parameters:
        found["query"] = bodies.convert_query(_query(request, parameters["query"]), parameters["query"])
    if "body" in parameters:
        found["body"] = bodies.convert(data, parameters["body"])
    return found


def _query(request: Request, wanted: Any) -> dict[str, list[str]]:
    params = request.query_params
    found = {name: params.getlist(name) for name in params} if params else {}
    hidden = headers_of(wanted)
    wrong = [FieldError(f"/{name}", "unknown") for name in hidden if name in found]
    if wrong:
        raise Invalid(fields=tuple(wrong))
    for name, header in hidden.items():
        value = request.headers.get(header)
        if value is not None:
            # What is no UTF-8 becomes half a surrogate pair, which no text may hold.
            found[name] = [unquote(value, errors="surrogateescape")]
    return found


def headers_of(query: Any) -> dict[str, str]:
    """Parameters that stand in a header instead of the URL, percent-encoded, by the header's name (house rule 6)."""
    fields = msgspec.structs.fields(query)
    return {field.encode_name: f"X-Portal-{field.encode_name.title()}" for field in fields if _is_hidden(field.type)}


def _is_hidden(kind: Any) -> bool:
    if get_origin(kind) is Annotated:
        return any(isinstance(meta, msgspec.Meta) and meta.extra == HIDDEN for meta in kind.__metadata__)
    return any(_is_hidden(part) for part in get_args(kind))


def version(request: Request) -> int:
    """The version that an edit was made of (RFC 9110, 13.1.1); a header of a form we never gave is stale."""
    header = request.headers.get("if-match", "")
    if not header:
        raise VersionMissing
    number = header.removeprefix('"').removesuffix('"')
    if header != f'"{number}"' or not number.isascii() or not number.isdigit() or len(number) > 15:
        raise Stale
    return int(number)


def operation(
    request: Request, route: Route, actor: access.Actor | None, path_values: Mapping[str, str], data: Any
) -> access.Operation:
    """What an `Idempotency-Key` means at this route, of this actor (S-IO-11). Raises BadRequest without a fit key."""
    key = request.headers.get("idempotency-key", "")
    if not 16 <= len(key) <= 64 or not _KEY_LETTERS.issuperset(key):
        raise BadRequest("idempotency_key_missing")
    who = actor.id if actor is not None else ""
    where = actor.membership_id if isinstance(actor, access.Member) else ""
    asked = json.dumps([path_values, data], sort_keys=True)
    return access.Operation(
        id=ids.digest(json.dumps([who, where, route.method, route.path, key])),
        fingerprint=ids.digest(asked),
    )


def cookie(header: str, wanted: str) -> str:
    """The value of one cookie in a `Cookie` header; empty when there is none."""
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == wanted:
            return value
    return ""
