"""The console at `/_local`: demo people, mails, the clock, schedules and reset, for people and for scripts.

Only this machine may use it, and no foreign web page: the host name must be ours (against DNS rebinding), and a request
that a browser sends on behalf of another site is refused.
"""

import ipaddress
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol
from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.wrappers import Request, Response

from local import console_page
from local.clock import ClockError, MovableClock
from local.mail_results import RESULTS, Result
from local.pumps import Pumps
from local.schedules import Schedules

SETTLE_SECONDS = 30.0
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Not `no-referrer`: browsers would then send the forms of the page as if they came from nowhere.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# A mail as a program for mail shows it: its own styles, no script, nothing from elsewhere; links open the whole window.
_OF_MAIL = {
    **_HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'self'; "
    "frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation",
    "X-Frame-Options": "SAMEORIGIN",
}
_FORM = "application/x-www-form-urlencoded"


class Refused(Exception):
    """The request can't be done; `status` and the text are the answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class Mailbox(Protocol):
    """Where the mails are that were sent."""

    def __call__(self) -> list[dict[str, Any]]:
        """Newest first: id, to, subject, text, html, sent_at."""
        ...


class Console:
    """The WSGI application under `/_local`."""

    def __init__(
        self,
        *,
        port: int,
        people: Callable[[], list[dict[str, Any]]],
        mails: Mailbox,
        mail_result: Callable[[dict[str, Any], Result], None],
        clock: MovableClock,
        schedules: Schedules,
        pumps: Pumps,
        reset: Callable[[], None],
    ) -> None:
        self._hosts = {f"{name}:{port}" for name in ("localhost", "127.0.0.1", "[::1]")}
        self._people = people
        self._mails = mails
        self._mail_result = mail_result
        self._clock = clock
        self._schedules = schedules
        self._pumps = pumps
        self._reset = reset
        self._routes: dict[tuple[str, str], Callable[[dict[str, Any]], Any]] = {
            ("GET", "demo"): lambda _: {"people": self._people()},
            ("GET", "mail"): lambda _: {"mails": self._mails()},
            ("GET", "clock"): lambda _: self._time(),
            ("POST", "clock"): self._move_clock,
            ("GET", "jobs"): lambda _: {"jobs": self._jobs()},
            ("POST", "redrive"): lambda _: {"moved": self._pumps.redrive()},
            ("POST", "settle"): lambda _: self._settle(),
            ("POST", "hold"): lambda _: self._hold(held=True),
            ("POST", "release"): lambda _: self._hold(held=False),
            ("POST", "reset"): lambda _: self._start_over(),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (WSGI)."""
        response = self._answer(Request(environ))
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        name = request.path.removeprefix("/_local").strip("/")
        try:
            self._admit(request)
            if request.method == "GET" and name in ("", "console.css"):
                return (
                    self._page() if not name else Response(console_page.STYLE, content_type="text/css; charset=utf-8")
                )
            if request.method == "GET" and name.startswith("mail/"):
                return self._mail_page(name.removeprefix("mail/"))
            result = self._run(request.method, name, _values(request))
        except Refused as refused:
            return _json({"error": str(refused)}, refused.status)
        if request.method == "POST" and request.mimetype == _FORM:
            return Response(status=303, headers={"Location": "/_local"})
        return _json(result)

    def _admit(self, request: Request) -> None:
        address = ipaddress.ip_address(request.environ["REMOTE_ADDR"])
        if not address.is_loopback or request.headers.get("Host") not in self._hosts:
            raise Refused(403, "only for this machine")
        own = {f"http://{host}" for host in self._hosts}
        if request.headers.get("Origin", next(iter(own))) not in own:
            raise Refused(403, "not for other sites")
        site = request.headers.get("Sec-Fetch-Site", "none")
        # A person may follow a link to the page; what answers such a link changes nothing and can't be read.
        link = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
        if site not in ("none", "same-origin") and not link:
            raise Refused(403, "not for other sites")

    def _run(self, method: str, name: str, values: dict[str, Any]) -> Any:
        if method == "POST" and name.startswith("jobs/"):
            return self._run_job(name.removeprefix("jobs/"))
        if method == "POST" and name.startswith("mail/"):
            return self._tell_result(*name.removeprefix("mail/").rpartition("/")[::2])
        if (method, name) in self._routes:
            return self._routes[method, name](values)
        known = {known for _, known in self._routes}
        raise Refused(405 if name in known or name.startswith("jobs/") else 404, "no such thing here")

    def _mail(self, id_: str) -> dict[str, Any]:
        for mail in self._mails():
            if mail["id"] == id_:
                return mail
        raise Refused(404, "no such mail")

    def _mail_page(self, id_: str) -> Response:
        # Links leave the frame, as they leave a program for mail.
        page = self._mail(id_)["html"].replace("<head>", '<head><base target="_top">', 1)
        return Response(page, headers=_OF_MAIL, content_type="text/html; charset=utf-8")

    def _tell_result(self, id_: str, result: str) -> dict[str, Any]:
        known = next((one for one in RESULTS if one == result), None)
        if known is None:
            raise Refused(404, f"a mail is {', '.join(RESULTS)}")
        mail = self._mail(id_)
        self._mail_result(mail, known)
        self._pumps.wake()
        return {"to": mail["to"], "result": known}

    def _time(self) -> dict[str, Any]:
        return {"now": self._clock.now().isoformat(), "offset_seconds": self._clock.offset.total_seconds()}

    def _move_clock(self, values: dict[str, Any]) -> dict[str, Any]:
        if len(values) != 1:
            raise Refused(400, "give advance_seconds or now")
        try:
            if "advance_seconds" in values:
                self._clock.advance(float(values["advance_seconds"]))
            elif "now" in values:
                target = datetime.fromisoformat(values["now"])
                if target.tzinfo is None:
                    raise Refused(400, "now needs an offset, such as 2030-01-31T12:00:00Z")
                self._clock.set(target)
            else:
                raise Refused(400, "give advance_seconds or now")
        except ClockError as error:
            raise Refused(400, str(error)) from None
        except (TypeError, ValueError):
            raise Refused(400, "advance_seconds is a number, now a time such as 2030-01-31T12:00:00Z") from None
        self._pumps.wake()
        return self._time()

    def _jobs(self) -> list[dict[str, Any]]:
        return [
            {
                "name": job.name,
                "schedule": job.expression,
                "due": job.due.isoformat(),
                "last_run": job.last_run.isoformat() if job.last_run else None,
            }
            for job in self._schedules.jobs.values()
        ]

    def _run_job(self, name: str) -> dict[str, Any]:
        if name not in self._schedules.jobs:
            raise Refused(404, "no such job")
        try:
            answer = self._schedules.run(name)
        except Exception as error:  # whatever the job's fault is, the one who started it wants to know
            raise Refused(500, f"{type(error).__name__}: {error}") from None
        self._pumps.wake()
        return {"name": name, "result": answer, "ran_at": self._clock.now().isoformat()}

    def _settle(self) -> dict[str, Any]:
        busy = self._pumps.settle(SETTLE_SECONDS)
        if busy:
            raise Refused(504, f"still busy after {SETTLE_SECONDS:.0f} seconds: {', '.join(busy)}")
        return {"idle": True, "given_up": self._pumps.parked()}

    def _hold(self, *, held: bool) -> dict[str, Any]:
        self._pumps.hold(held=held)
        return {"held": held}

    def _start_over(self) -> dict[str, Any]:
        self._reset()
        return {"people": len(self._people())}

    def _page(self) -> Response:
        text = console_page.render(
            people=self._people(),
            mails=self._mails(),
            now=self._clock.now(),
            offset=self._clock.offset,
            jobs=self._jobs(),
            given_up=self._pumps.parked(),
        )
        return Response(text, content_type="text/html; charset=utf-8")


def _values(request: Request) -> dict[str, Any]:
    """The fields of a form or a JSON object. Raises Refused."""
    if request.method != "POST" or request.mimetype == _FORM:
        return dict(request.form)
    body = request.get_data()
    try:
        values = json.loads(body) if body else {}
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise Refused(400, "the body is not a JSON object")
    return values


def _json(result: Mapping[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(result, indent=2, default=str) + "\n", status, content_type="application/json")
