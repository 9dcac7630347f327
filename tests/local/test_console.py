"""The console: for this machine and our own page only; JSON for scripts, a safe page for people."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pyotp import TOTP
from werkzeug.test import Client, TestResponse

from local.clock import MovableClock
from local.console import Console
from local.pumps import Pumps
from local.schedules import Schedules

_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_PEOPLE = [
    {
        "name": "Gina <script>alert(1)</script> Sample",
        "email": "gina@practice.example",
        "password": "a\"b'c<d",
        "totp_secret": _SECRET,
        "answers": {"first_pet": "<i>Rex & Co</i>"},
        "roles": ["general_user"],
        "organization": "Maple & Co",
        "departments": [],
    }
]
_MAILS = [
    {
        "to": ["gina@practice.example"],
        "subject": "<img src=x onerror=alert(1)>",
        "id": "mail-1",
        "text": "You have a new <b>message</b>.",
        "html": "<!doctype html><html><head></head><body><a href=x>Sign in</a></body></html>",
        "sent_at": "2030-01-31T12:00:00+00:00",
    }
]


class _Corner:
    """A console over a clock, one job, and a reset that counts."""

    def __init__(self) -> None:
        self.clock = MovableClock()
        self.resets = 0
        self.results: list[tuple[str, str]] = []
        self.runs = 0
        schedules = Schedules({"audit_sealing": "rate(1 day)"}, self._run, self.clock.now)
        self.pumps = Pumps([schedules])
        self.client = Client(
            Console(
                port=8000,
                people=lambda: _PEOPLE,
                mails=lambda: _MAILS,
                mail_result=lambda mail, result: self.results.append((mail["id"], result)),
                clock=self.clock,
                schedules=schedules,
                pumps=self.pumps,
                reset=self._reset,
            )
        )

    def _run(self, _name: str, _event: dict[str, Any]) -> dict[str, int]:
        self.runs += 1
        if self.runs > 1:
            raise RuntimeError("once was enough")
        return {"sealed": 3}

    def _reset(self) -> None:
        self.resets += 1

    def call(self, method: str, path: str, address: str = "127.0.0.1", **options: Any) -> TestResponse:
        options.setdefault("base_url", "http://localhost:8000")
        return self.client.open(f"/_local{path}", method=method, environ_overrides={"REMOTE_ADDR": address}, **options)


@pytest.fixture
def corner() -> _Corner:
    return _Corner()


def test_people_and_mails_as_json(corner: _Corner) -> None:
    assert corner.call("GET", "/demo").json == {"people": _PEOPLE}
    assert corner.call("GET", "/mail").json == {"mails": _MAILS}


def test_the_clock_moves_by_seconds_and_to_a_time(corner: _Corner) -> None:
    moved = corner.call("POST", "/clock", json={"advance_seconds": 3600}).json
    assert moved is not None
    assert moved["offset_seconds"] == 3600
    target = (datetime.now(UTC) + timedelta(days=90)).isoformat()
    moved = corner.call("POST", "/clock", json={"now": target}).json
    assert moved is not None
    assert moved["now"] >= target
    assert corner.call("GET", "/clock").json["offset_seconds"] == moved["offset_seconds"]  # type: ignore[index]


@pytest.mark.parametrize(
    "body",
    [
        {"advance_seconds": -1},
        {"advance_seconds": "soon"},
        {"advance_seconds": None},
        {"advance_seconds": 1e300},
        {"now": "2001-01-01T00:00:00Z"},
        {"now": "2101-01-01T00:00:00"},
        {"now": "tomorrow"},
        {"now": 5},
        {"advance_seconds": 5, "now": "2101-01-01T00:00:00Z"},
        {"other": 1},
        {},
        [],
        "text",
    ],
)
def test_a_clock_that_can_not_move_so_says_why_and_stays(corner: _Corner, body: Any) -> None:
    answer = corner.call("POST", "/clock", json=body)
    assert answer.status_code == 400
    assert answer.json
    assert answer.json["error"]
    assert corner.clock.offset == timedelta(0)


def test_what_is_not_json_is_told(corner: _Corner) -> None:
    assert corner.call("POST", "/clock", data=b"\xff{", content_type="application/json").status_code == 400


def test_jobs_are_listed_and_run_on_demand(corner: _Corner) -> None:
    (job,) = corner.call("GET", "/jobs").json["jobs"]  # type: ignore[index]
    assert job["name"] == "audit_sealing"
    assert job["last_run"] is None
    ran = corner.call("POST", "/jobs/audit_sealing").json
    assert ran is not None
    assert ran["result"] == {"sealed": 3}
    assert corner.call("GET", "/jobs").json["jobs"][0]["last_run"]  # type: ignore[index]
    assert corner.call("POST", "/jobs/none").status_code == 404
    failed = corner.call("POST", "/jobs/audit_sealing")
    assert (failed.status_code, failed.json) == (500, {"error": "RuntimeError: once was enough"})


def test_settle_answers_when_all_is_quiet(corner: _Corner) -> None:
    with corner.pumps.running():
        assert corner.call("POST", "/settle").json == {"idle": True, "given_up": {}}


def test_what_follows_is_held_up_and_goes_on(corner: _Corner) -> None:
    assert corner.call("POST", "/hold").json == {"held": True}
    assert corner.pumps.held
    assert corner.call("POST", "/release").json == {"held": False}
    assert not corner.pumps.held


def test_reset(corner: _Corner) -> None:
    assert corner.call("POST", "/reset").json == {"people": 1}
    assert corner.resets == 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/none", 404),
        ("POST", "/demo", 405),
        ("GET", "/reset", 405),
        ("DELETE", "/clock", 405),
        ("PUT", "", 404),
    ],
)
def test_what_there_is_not(corner: _Corner, method: str, path: str, status: int) -> None:
    assert corner.call(method, path).status_code == status
    assert corner.resets == 0


@pytest.mark.parametrize(
    "foreign",
    [
        {"headers": {"Origin": "http://evil.example"}},
        {"headers": {"Origin": "null"}},
        {"headers": {"Origin": "http://localhost:9000"}},
        {"headers": {"Origin": "https://localhost:8000"}},
        {"headers": {"Sec-Fetch-Site": "cross-site"}},
        {"headers": {"Sec-Fetch-Site": "same-site"}},
        {"headers": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}},
        {"base_url": "http://evil.example:8000"},
        {"base_url": "http://localhost.evil.example:8000"},
        {"base_url": "http://localhost:9000"},
        {"address": "192.0.2.1"},
    ],
)
def test_nobody_else_can_do_anything(corner: _Corner, foreign: dict[str, Any]) -> None:
    assert corner.call("POST", "/reset", **foreign).status_code == 403
    assert corner.call("POST", "/clock", json={"advance_seconds": 60}, **foreign).status_code == 403
    assert corner.resets == 0
    assert corner.clock.offset == timedelta(0)


@pytest.mark.parametrize(
    "foreign",
    [
        {"headers": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}},
        {"base_url": "http://evil.example:8000"},
        {"address": "192.0.2.1"},
    ],
)
def test_nobody_else_can_read_passwords(corner: _Corner, foreign: dict[str, Any]) -> None:
    answer = corner.call("GET", "/demo", **foreign)
    assert answer.status_code == 403
    assert "password" not in answer.text


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"headers": {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}},
        {"base_url": "http://127.0.0.1:8000", "headers": {"Origin": "http://127.0.0.1:8000"}},
        {"base_url": "http://[::1]:8000", "address": "::1"},
    ],
)
def test_our_own_page_and_scripts_can(corner: _Corner, own: dict[str, Any]) -> None:
    assert corner.call("POST", "/reset", **own).status_code == 200


def test_the_page_shows_what_signing_in_asks_for(corner: _Corner) -> None:
    """CRD-9: the code of now, in the portal's time, and the answers to questions."""
    corner.clock.set(datetime(2036, 1, 31, 12, 0, tzinfo=UTC))
    text = corner.call("GET", "").text
    codes = {TOTP(_SECRET).at(datetime(2036, 1, 31, 12, 0, second, tzinfo=UTC)) for second in (0, 30)}
    assert sum(f"<code>{code}</code>" in text for code in codes) == 1
    assert "&lt;i&gt;Rex &amp; Co&lt;/i&gt;" in text


def test_the_page_escapes_everything_and_runs_nothing(corner: _Corner) -> None:
    answer = corner.call("GET", "")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    assert "Gina &lt;script&gt;alert(1)&lt;/script&gt; Sample" in answer.text
    assert "a&quot;b&#x27;c&lt;d" in answer.text
    assert "You have a new &lt;b&gt;message&lt;/b&gt;." in answer.text
    assert (
        "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'"
        in answer.headers["Content-Security-Policy"]
    )
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert corner.call("GET", "/console.css").mimetype == "text/css"


def test_a_mail_is_shown_in_a_frame_that_runs_nothing(corner: _Corner) -> None:
    page = corner.call("GET", "").text
    assert '<iframe sandbox="allow-top-navigation-by-user-activation" loading="lazy" src="/_local/mail/mail-1"' in page
    shown = corner.call("GET", "/mail/mail-1")
    assert shown.text == str(_MAILS[0]["html"]).replace("<head>", '<head><base target="_top">')
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert policy.endswith("sandbox allow-top-navigation-by-user-activation")
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert corner.call("GET", "/mail/other").status_code == 404


@pytest.mark.parametrize("result", ["bounced", "bounced_for_now", "complained"])
def test_what_became_of_a_mail_is_told(corner: _Corner, result: str) -> None:
    """NOT-4, as SES would."""
    assert corner.call("POST", f"/mail/mail-1/{result}").status_code == 200
    assert corner.results == [("mail-1", result)]
    assert corner.call("POST", "/mail/mail-1/lost").status_code == 404
    assert corner.call("POST", f"/mail/other/{result}").status_code == 404
    assert corner.results == [("mail-1", result)]


def test_a_button_of_the_page_leads_back_to_it(corner: _Corner) -> None:
    answer = corner.call("POST", "/clock", data={"advance_seconds": "900"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/_local")
    assert corner.clock.offset == timedelta(seconds=900)
