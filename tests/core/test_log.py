"""Logs: a line of JSON, and nothing in it that isn't on the list (S-OPS-05)."""

import json
import logging

import pytest

from app import app
from chalicelib.core import log

FIELDS = ["request_id", "route", "status", "milliseconds", "code", "event", "message", "error", "job", "count", "actor"]


def test_a_line_is_json_with_the_fields_given(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        log.info("request", route="GET /plan", status=200)
        log.error("unexpected", error="KeyError")
    assert [(record.levelname, json.loads(record.getMessage())) for record in caplog.records] == [
        ("INFO", {"name": "request", "route": "GET /plan", "status": 200}),
        ("ERROR", {"name": "unexpected", "error": "KeyError"}),
    ]


@pytest.mark.parametrize("field", ["subject", "text", "email", "password", "token", "cookie", "body", "answer"])
@pytest.mark.parametrize("tell", [log.info, log.error])
def test_a_field_that_is_not_on_the_list_is_refused(tell: object, field: str, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ValueError, match=field):
        tell("request", **{field: "secret"})  # type: ignore[operator]
    assert not caplog.records


@pytest.mark.parametrize("field", FIELDS)
def test_the_list_is_this(field: str, caplog: pytest.LogCaptureFixture) -> None:
    """A further field is added by decision."""
    with caplog.at_level(logging.INFO):
        log.info("x", **{field: "y"})
    assert len(log._FIELDS) == len(FIELDS)


def test_no_text_breaks_out_of_its_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        log.info("request", route='a\r\n{"name": "forged"}\u2028')
    assert len(caplog.records[0].getMessage().splitlines()) == 1


def test_chalice_does_not_silence_the_lines(caplog: pytest.LogCaptureFixture) -> None:
    """The logger with the app's name is Chalice's: it drops whatever is no error."""
    assert not app.log.isEnabledFor(logging.INFO)
    with caplog.at_level(logging.INFO):
        log.info("request", status=200)
    (record,) = caplog.records
    assert not record.name.startswith(app.log.name)
