"""moto's server as one child process: `python -m local.moto_server FD`, a listening socket handed over by the parent.

waitress in place of moto's own server: connections stay open, so that a call costs milliseconds. Three things are
added: `GET /portico/mail` gives the mails that were sent with the time of sending and both forms, which moto's store
lacks; `POST /portico/keep` remembers which mails and files there are, and `POST /portico/put-back` removes what
came since; and the answer to a form upload carries the bucket's CORS headers, which moto gives to every other answer
(seen in 5.2.5).
"""

import io
import json
import re
import signal
import socket
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import waitress
from moto.core import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from moto.ses.models import Message, RawMessage, ses_backends
from moto.sqs.models import sqs_backends

MAIL_PATH = "/portico/mail"
KEEP_PATH = "/portico/keep"
PUT_BACK_PATH = "/portico/put-back"
_MAX_BODY = 64 * 1024 * 1024
_THREADS = 16


class Door:
    """Passes requests on to moto and adds what it lacks."""

    def __init__(self, moto: WSGIApplication) -> None:
        self._moto = moto
        self._lock = threading.Lock()
        self._times: dict[str, list[datetime]] = {}
        self._forms: dict[str, dict[str, str]] = {}  # `text` and `html` of a mail, by its id
        self._kept = _Kept()
        self._own: dict[str, Callable[[], object]] = {
            MAIL_PATH: self._mails,
            KEEP_PATH: self._keep,
            PUT_BACK_PATH: self._put_back,
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer one request (WSGI)."""
        if own := self._own.get(environ["PATH_INFO"]):
            body = json.dumps(own()).encode()
            start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
            return [body]

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
            return start_response(status, headers + _missing_cors(environ, headers), exc_info)

        # The whole answer at once: then the mail is in the store when it is looked at.
        mailing = "/ses/" in environ.get("HTTP_AUTHORIZATION", "")
        sent = _body(environ) if mailing else b""
        answer = list(self._moto(environ, start))
        if mailing:
            self._keep_forms(sent, b"".join(answer))
        if mailing or environ["PATH_INFO"] == "/moto-api/reset":
            self._note()
        return answer

    def _keep_forms(self, sent: bytes, answer: bytes) -> None:
        """Of two forms moto keeps one."""
        made = re.search(rb"<MessageId>([^<]+)</MessageId>", answer)
        if made is not None:
            fields = {name: values[0] for name, values in parse_qs(sent.decode()).items()}
            forms = {form.lower(): fields.get(f"Message.Body.{form}.Data", "") for form in ("Text", "Html")}
            self._forms[made[1].decode()] = forms

    def _keep(self) -> None:
        self._kept = _Kept()

    def _put_back(self) -> None:
        self._kept.put_back()
        self._note()

    def _note(self) -> None:
        now = datetime.now(UTC)
        with self._lock:
            for region, backend in ses_backends[DEFAULT_ACCOUNT_ID].items():
                sent = len(backend.sent_messages)
                times = self._times.setdefault(region, [])
                del times[sent:]
                times.extend([now] * (sent - len(times)))

    def _mails(self) -> list[dict[str, object]]:
        mails: list[dict[str, object]] = []
        for region, backend in ses_backends[DEFAULT_ACCOUNT_ID].items():
            for mail, time in zip(list(backend.sent_messages), self._times.get(region, []), strict=False):
                forms = self._forms.get(mail.id, {})
                mails.append(_fields(mail) | forms | {"id": mail.id, "sent_at": time.isoformat()})
        return mails


class _Kept:
    """Which mails and files there are now. Queues are empty then, and keys and buckets are not touched."""

    def __init__(self) -> None:
        self._mails = {region: len(mails) for region, mails in _sent().items()}
        self._files = {name: frozenset(bucket.keys) for name, bucket in _buckets().items()}

    def put_back(self) -> None:
        """Remove what came since."""
        for region, mails in _sent().items():
            del mails[self._mails.get(region, 0) :]
        for name, bucket in _buckets().items():
            for key in set(bucket.keys) - self._files.get(name, frozenset()):
                bucket.keys.pop(key)
        for backend in sqs_backends[DEFAULT_ACCOUNT_ID].values():
            for name, queue in backend.queues.items():
                queue.last_purged_at = None  # else moto refuses a second time within a minute, as AWS does
                backend.purge_queue(name)


def _sent() -> dict[str, list[Any]]:
    return {region: backend.sent_messages for region, backend in ses_backends[DEFAULT_ACCOUNT_ID].items()}


def _buckets() -> dict[str, Any]:
    found: dict[str, Any] = s3_backends[DEFAULT_ACCOUNT_ID]["aws"].buckets
    return found


def _body(environ: WSGIEnvironment) -> bytes:
    """What a request brings, which can still be read after this."""
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _missing_cors(environ: WSGIEnvironment, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    origin = environ.get("HTTP_ORIGIN")
    if (
        environ["REQUEST_METHOD"] != "POST"
        or not origin
        or any(name == "Access-Control-Allow-Origin" for name, _ in headers)
    ):
        return []
    bucket = _buckets().get(environ["PATH_INFO"].strip("/"))
    rules = bucket.cors if bucket else []
    if not any(origin in rule.allowed_origins and "POST" in rule.allowed_methods for rule in rules):
        return []
    return [("Access-Control-Allow-Origin", origin), ("Vary", "Origin")]


def _fields(mail: object) -> dict[str, object]:
    if isinstance(mail, RawMessage):
        parsed = message_from_bytes(mail.raw_data.encode(), policy=policy.default)
        text = parsed.get_body(("plain", "html"))
        return {
            "to": list(mail.destinations),
            "subject": str(parsed["subject"] or ""),
            "text": text.get_content() if text else "",
        }
    if isinstance(mail, Message):
        to = [address for addresses in mail.destinations.values() for address in addresses]
        return {"to": to, "subject": mail.subject, "text": mail.body}
    return {"to": [], "subject": f"({type(mail).__name__})", "text": ""}


def main(listener: int) -> None:
    """Serve until SIGTERM. `listener` is the file number of a listening socket."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    application = DomainDispatcherApplication(create_backend_app)
    waitress.serve(
        Door(application),
        sockets=[socket.socket(fileno=listener)],
        threads=_THREADS,
        max_request_body_size=_MAX_BODY,
        clear_untrusted_proxy_headers=True,
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
