"""One origin for the browser: the API as API Gateway would serve it, the built frontend, and the console."""

import base64
import contextlib
import functools
import gzip
import json
import mimetypes
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import ForbiddenError, LocalGateway
from werkzeug.http import http_date, is_resource_modified
from werkzeug.security import safe_join
from werkzeug.wrappers import Request, Response

MAX_BODY = 1024 * 1024
"""Bytes of a request body; files go to the bucket, not here."""
_HEADERS_FILE = Path(__file__).parent.parent / "infra" / "document-headers.json"
# As the CDN packs them.
_COMPRESSED = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})
_READS = frozenset({"GET", "HEAD", "OPTIONS"})

Problem = Callable[[str, Mapping[str, str]], dict[str, Any]]
"""`chalicelib.core.http.problem_response`: code and request headers in, Lambda proxy answer out."""


def document_headers(files_origin: str) -> dict[str, str]:
    """The security headers of everything but the API, as the CDN sends them; `files_origin` is where uploads go."""
    headers: dict[str, str] = json.loads(_HEADERS_FILE.read_text())["headers"]
    return {name: value.replace("{files_origin}", files_origin) for name, value in headers.items()}


class Gate:
    """Lets many requests through at once, or none while the data is replaced."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._closed = False

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        """Wait while the gate is closed, then hold it open."""
        with self._changed:
            self._changed.wait_for(lambda: not self._closed)
            self._inside += 1
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextlib.contextmanager
    def closed(self) -> Iterator[None]:
        """Wait until everyone is out, and let nobody in."""
        with self._changed:
            self._changed.wait_for(lambda: not self._closed)
            self._closed = True
            self._changed.wait_for(lambda: self._inside == 0)
        try:
            yield
        finally:
            with self._changed:
                self._closed = False
                self._changed.notify_all()


class Gateway(LocalGateway):
    """API Gateway's part: events for the app, with the caller's real address in them."""

    def __init__(self, app: Chalice, problem: Problem) -> None:
        super().__init__(app, Config.create(chalice_stage="local", app_name=app.app_name))
        self._problem = problem

    def answer(self, request: Request) -> Response:
        """The app's answer to a request under `/api`."""
        headers = dict(request.headers)
        if (request.content_length or 0) > MAX_BODY:
            return _response(self._problem("too_large", headers))
        path = _target(request.environ).removeprefix("/api") or "/"
        if not path.startswith("/"):
            path = "/" + path
        try:
            event = self._generate_lambda_event(request.method, path, headers, request.get_data())
        except (ForbiddenError, ValueError):
            return _response(self._problem("not_found", headers))
        # The connection's own address: a header could say anything.
        event["requestContext"]["identity"]["sourceIp"] = request.environ["REMOTE_ADDR"]
        return _response(self._app_object(event, self._generate_lambda_context()))


def _target(environ: WSGIEnvironment) -> str:
    """Path and query as they were sent: PATH_INFO is decoded, and a `%2F` in it is lost."""
    raw = environ.get("REQUEST_URI", "")
    if raw.startswith("/"):
        return str(raw)
    if raw:
        parts = urlsplit(raw)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    path = quote(environ["PATH_INFO"].encode("latin-1"))
    query = environ.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def _response(answer: Mapping[str, Any]) -> Response:
    body = answer.get("body") or b""
    response = Response(base64.b64decode(body) if answer.get("isBase64Encoded") else body, answer["statusCode"])
    response.headers.clear()
    for name, value in (answer.get("headers") or {}).items():
        response.headers.add(name, value)
    for name, values in (answer.get("multiValueHeaders") or {}).items():
        for value in values:
            response.headers.add(name, value)
    response.headers.setdefault("Content-Type", "application/json")  # API Gateway's default
    return response


class Site:
    """The built frontend, as the CDN serves it: pages of the single-page app all give `index.html`."""

    def __init__(self, folder: Path, headers: Mapping[str, str]) -> None:
        self._folder = folder
        self._headers = headers

    def answer(self, request: Request) -> Response:
        """The file, the app's page, or 404; 405 for anything but reading."""
        response = self._file(request)
        response.headers.extend(self._headers)
        return response

    def _file(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return Response("Method not allowed\n", 405, {"Allow": "GET, HEAD"}, content_type="text/plain")
        joined = safe_join(str(self._folder), request.path.lstrip("/"))
        path = Path(joined) if joined else None
        if path is not None and path.name != "index.html" and _is_file(path):
            return self._asset(request, path)
        if path is None or ("." in path.name and path.name != "index.html"):
            return Response("Not found\n", 404, {"Cache-Control": "no-store"}, content_type="text/plain")
        try:
            page = (self._folder / "index.html").read_bytes()
        except FileNotFoundError:
            return Response("The frontend is not built: run `make frontend`.\n", 503, content_type="text/plain")
        return Response(page, 200, {"Cache-Control": "no-store"}, content_type="text/html; charset=utf-8")

    def _asset(self, request: Request, path: Path) -> Response:
        status = path.stat()
        hashed = path.is_relative_to(self._folder / "assets")
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable" if hashed else "no-cache",
            "ETag": f'"{status.st_mtime_ns:x}-{status.st_size:x}"',
            "Last-Modified": http_date(status.st_mtime),
        }
        if not is_resource_modified(request.environ, etag=headers["ETag"].strip('"')):
            return Response(status=304, headers=headers)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if kind not in _COMPRESSED:
            return Response(path.read_bytes(), 200, headers, content_type=kind)
        headers["Vary"] = "Accept-Encoding"
        if not request.accept_encodings["gzip"]:
            return Response(path.read_bytes(), 200, headers, content_type=kind)
        headers["Content-Encoding"] = "gzip"
        return Response(_packed(path, headers["ETag"]), 200, headers, content_type=kind)


@functools.lru_cache(maxsize=256)
def _packed(path: Path, _version: str) -> bytes:
    """A file as it goes over the network; once for each version of it."""
    return gzip.compress(path.read_bytes())


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than the file system allows
        return False


class Portal:
    """The WSGI application of the local portal."""

    def __init__(
        self,
        *,
        origin: str,
        gateway: Gateway,
        site: Site,
        console: WSGIApplication,
        gate: Gate,
        written: Callable[[], None],
    ) -> None:
        """`origin` is the portal's; `written` is told after each call that may have changed something."""
        self._origin = origin
        self._gateway = gateway
        self._site = site
        self._console = console
        self._gate = gate
        self._written = written

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        request = Request(environ)
        if request.path == "/_local" or request.path.startswith("/_local/"):
            return self._console(environ, start_response)
        if request.path == "/api" or request.path.startswith("/api/"):
            with self._gate.passing():
                response = self._gateway.answer(request)
            if request.method not in _READS:
                self._written()
            return response(environ, start_response)
        if request.method == "GET" and request.host.startswith("127.0.0.1"):
            # Cookies and the forgery check know one origin only.
            return Response(status=302, headers={"Location": self._origin + quote(request.path)})(
                environ, start_response
            )
        return self._site.answer(request)(environ, start_response)
