"""The API document (OpenAPI 3.1, PLT-3), made from the routes' declarations, so it says just what they do."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.core import answers
from chalicelib.core.asked import headers_of
from chalicelib.core.bodies import MOST_BYTES

if TYPE_CHECKING:
    from chalicelib.core.http import Route

_REF = "#/components/schemas/{name}"
_MUTATING = frozenset({"POST", "PUT", "PATCH", "DELETE"})

# Codes that follow from the kind of a route; a route declares only those of its own rules.
_Codes = dict[int, tuple[str, ...]]
_ALWAYS: _Codes = {503: ("busy",)}
_SIGNED_IN: _Codes = {401: ("signed_out",), 403: ("forbidden",), 409: ("membership_switched",)}
_CHANGES: _Codes = {
    400: ("malformed_json",),
    403: ("csrf_header_missing", "foreign_origin"),
    413: ("too_large",),
    415: ("wrong_media_type",),
    422: ("invalid",),
}
_CREATES: _Codes = {400: ("idempotency_key_missing",), 409: ("idempotency_key_reused", "changed_meanwhile")}
_EDITS: _Codes = {412: ("stale",), 428: ("version_missing",)}
_WITH_PATH: _Codes = {404: ("not_found",)}


def document(routes: Iterable["Route"]) -> dict[str, Any]:
    """The document of these routes, as JSON-ready values. Paths are as clients see them, under `/api`."""
    routes = sorted(routes, key=lambda route: (route.path, route.method))
    types = [kind for route in routes for kind in _types(route)]
    schemas, components = msgspec.json.schema_components([*types, answers.Problem], ref_template=_REF)
    by_type = dict(zip(types, schemas, strict=False))
    paths: dict[str, Any] = {}
    for route in routes:
        if "body" in route.parameters:
            # Unknown fields are refused (S-AZ-04).
            components[route.parameters["body"].__name__]["additionalProperties"] = False
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, by_type)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Portico",
            "version": "1",
            "description": "The API of the provider portal. Errors are problem details (RFC 9457).",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/api"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "__Host-sid"}},
        },
    }


def problems(route: "Route") -> dict[int, set[str]]:
    """Every code a route may answer with, by status."""
    found: dict[int, set[str]] = {}
    parts: list[_Codes] = [_ALWAYS]
    parts += [_SIGNED_IN] if not route.who.public else []
    parts += [_CHANGES] if route.method in _MUTATING else []
    parts += [{422: ("invalid",)}] if "query" in route.parameters else []
    parts += [_CREATES] if route.creates else []
    parts += [_EDITS] if route.edits else []
    parts += [_WITH_PATH] if "{" in route.path else []
    parts += [{status: (code,)} for status, code in route.errors]
    for part in parts:
        for status, codes in part.items():
            found[status] = found.get(status, set()).union(codes)
    return found


def _types(route: "Route") -> list[Any]:
    path = [route.parameters[name] for name in _path_names(route)]
    return [kind for kind in (route.parameters.get("body"), *path, route.returns) if kind is not None]


def _path_names(route: "Route") -> list[str]:
    return [part[1:-1] for part in route.path.split("/") if part.startswith("{")]


def _operation(route: "Route", schemas: dict[Any, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": route.handler.__name__,
        "summary": route.summary,
        "description": f"{(route.handler.__doc__ or '').strip()}\n\nWho may call it: {route.who}.",
        "x-who": str(route.who),
        "security": [] if route.who.public else [{"session": []}],
        "responses": _responses(route, schemas),
    }
    parameters = _parameters(route, schemas)
    if parameters:
        made["parameters"] = parameters
    if "body" in route.parameters:
        content = {"application/json": {"schema": schemas[route.parameters["body"]]}}
        made["requestBody"] = {"required": True, "content": content, "description": f"At most {MOST_BYTES} bytes."}
    return made


def _parameters(route: "Route", schemas: dict[Any, Any]) -> list[dict[str, Any]]:
    made = [
        {"name": name, "in": "path", "required": True, "schema": schemas[route.parameters[name]]}
        for name in _path_names(route)
    ]
    if "query" in route.parameters:
        hidden = headers_of(route.parameters["query"])
        for field in msgspec.structs.fields(route.parameters["query"]):
            schema = msgspec.json.schema(_not_none(field.type))
            header = hidden.get(field.encode_name)
            if header is not None:
                made.append(_header(header, f"`{field.encode_name}`, percent-encoded.", required=False, schema=schema))
                continue
            made.append({"name": field.encode_name, "in": "query", "required": field.required, "schema": schema})
    if route.method in _MUTATING:
        made.append(_header("X-Portal-CSRF", "Any value: shows that the portal's own page sent it.", required=True))
    if route.creates:
        schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$"}
        made.append(_header("Idempotency-Key", "The same key makes nothing twice.", required=True, schema=schema))
    if route.edits:
        schema = {"type": "string", "pattern": '^"[0-9]{1,15}"$'}
        made.append(_header("If-Match", "The version that was loaded, in quotes.", required=True, schema=schema))
    if not route.who.public:
        made.append(_header("X-Portal-Membership", "The membership that is meant to be open.", required=False))
        made.append(_header("X-Portal-Background", "Sent by polling: does not extend the session.", required=False))
    return made


def _not_none(kind: Any) -> Any:
    """A query parameter is left out, never null."""
    rest = [part for part in getattr(kind, "__args__", ()) if part is not type(None)]
    return rest[0] if len(rest) == 1 and type(None) in getattr(kind, "__args__", ()) else kind


def _header(name: str, text: str, *, required: bool, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "description": text,
        "schema": schema or {"type": "string"},
    }


def _responses(route: "Route", schemas: dict[Any, Any]) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "Done."}
    if route.returns is not None:
        done["content"] = {"application/json": {"schema": schemas[route.returns]}}
    made: dict[str, Any] = {str(route.status): done}
    problem = {answers.PROBLEM: {"schema": {"$ref": _REF.format(name="Problem")}}}
    for status, codes in sorted(problems(route).items()):
        made[str(status)] = {"description": "Codes: " + ", ".join(sorted(codes)) + ".", "content": problem}
    return made
