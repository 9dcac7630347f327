"""How answers look: JSON with the security headers, problem documents (RFC 9457), and the session's time left."""

from collections.abc import Mapping
from typing import Any

import msgspec

from chalicelib.core import texts
from chalicelib.core.errors import FieldError, Refusal

# What every answer of the API carries (S-IO-02, S-SESS-06): it is data, not a page, and nobody may keep it.
SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

PROBLEM = "application/problem+json"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """An answer with more than a body: a handler returns this to set cookies or headers."""

    body: Any = None
    headers: dict[str, str | list[str]] = {}
    """A list where a header stands several times, as cookies do."""
    seconds_left: int | None = None
    """Time left of a session that this very answer begins."""


class Named(msgspec.Struct, frozen=True):
    """Something with an id and a name."""

    id: str
    name: str


class FieldProblem(msgspec.Struct, frozen=True):
    """One wrong field: where it is (RFC 6901), a stable code, and what to do about it."""

    pointer: str
    code: str
    detail: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A problem document (RFC 9457): `detail` tells a person what to do next, `code` is for programs."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: tuple[FieldProblem, ...] = ()
    access_level: str = ""
    """The access level that was wanting, so that a page can offer to request it (ACC-9)."""


def problem(refusal: Refusal, request_id: str, language: texts.Language) -> tuple[bytes, dict[str, str]]:
    """The problem document of a refusal, and the headers that go with it."""
    document = Problem(
        type="about:blank",
        title=texts.text(language, f"problem.{refusal.code}.title"),
        status=refusal.status,
        detail=texts.text(language, f"problem.{refusal.code}"),
        code=refusal.code,
        request_id=request_id,
        errors=tuple(_field(field, language) for field in refusal.fields),
        access_level=refusal.access_level,
    )
    headers = {"Content-Type": PROBLEM, "Content-Language": language}
    if refusal.retry_after is not None:
        headers["Retry-After"] = str(refusal.retry_after)
    return msgspec.json.encode(document), headers


def _field(error: FieldError, language: texts.Language) -> FieldProblem:
    places = {} if error.limit is None else {"limit": error.limit}
    return FieldProblem(error.pointer, error.code, texts.text(language, f"field.{error.code}", **places))


def proxy_answer(refusal: Refusal, request_headers: Mapping[str, str], request_id: str) -> dict[str, Any]:
    """A refusal in the shape a Lambda returns to API Gateway, for requests that reach no route."""
    language = texts.preferred(request_headers.get("accept-language", ""))
    body, headers = problem(refusal, request_id, language)
    return {
        "statusCode": refusal.status,
        "headers": {**SECURITY_HEADERS, **headers, "X-Request-Id": request_id},
        "multiValueHeaders": {},
        "body": body.decode(),
        "isBase64Encoded": False,
    }
