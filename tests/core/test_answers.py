"""Problem documents (RFC 9457), the texts in them, and the headers of every answer."""

import json

import pytest

from chalicelib.core import answers, texts
from chalicelib.core.errors import Busy, Conflict, FieldError, Invalid, NotFound

REQUEST = "req_test"


def test_a_problem_says_what_happened_and_what_to_do() -> None:
    body, headers = answers.problem(NotFound(), REQUEST, "en")
    assert json.loads(body) == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "There is nothing here for you. Go back and choose again.",
        "code": "not_found",
        "request_id": REQUEST,
    }
    assert headers == {"Content-Type": "application/problem+json", "Content-Language": "en"}


def test_every_wrong_field_has_its_text() -> None:
    fields = (FieldError("/subject", "too_long", 200), FieldError("/to/0", "unknown"))
    body, _ = answers.problem(Invalid(fields=fields), REQUEST, "en")
    assert json.loads(body)["errors"] == [
        {"pointer": "/subject", "code": "too_long", "detail": "At most 200."},
        {"pointer": "/to/0", "code": "unknown", "detail": "This field is not known."},
    ]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_problem_speaks_the_language_asked_for(language: texts.Language) -> None:
    body, headers = answers.problem(Conflict(), REQUEST, language)
    assert json.loads(body)["detail"] == texts.catalogue(language)["problem.changed_meanwhile"]
    assert headers["Content-Language"] == language


def test_busy_says_when_to_try_again() -> None:
    _, headers = answers.problem(Busy(), REQUEST, "en")
    assert headers["Retry-After"] == "1"


def test_an_answer_without_a_route_is_a_problem_with_the_security_headers() -> None:
    """S-IO-02."""
    answer = answers.proxy_answer(NotFound(), {"accept-language": "es-MX,es;q=0.9"}, REQUEST)
    assert answer["statusCode"] == 404
    assert answer["headers"].items() >= answers.SECURITY_HEADERS.items()
    assert answer["headers"]["X-Request-Id"] == REQUEST
    assert answer["headers"]["Content-Language"] == "es"
    assert json.loads(answer["body"])["code"] == "not_found"


def test_no_answer_may_be_kept_framed_or_guessed_at() -> None:
    """S-IO-02, S-SESS-06."""
    assert answers.SECURITY_HEADERS["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answers.SECURITY_HEADERS["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in answers.SECURITY_HEADERS["Content-Security-Policy"]
    assert answers.SECURITY_HEADERS["X-Content-Type-Options"] == "nosniff"
    assert answers.SECURITY_HEADERS["Referrer-Policy"] == "no-referrer"
    seconds = int(answers.SECURITY_HEADERS["Strict-Transport-Security"].split(";")[0].removeprefix("max-age="))
    assert seconds >= 365 * 24 * 3600


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("ES", "es"),
        ("de, es;q=0.5, en;q=0.3", "es"),
        ("de-DE,fr", "en"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("*", "en"),
        (",;q=,,", "en"),
        ("\0\ud800" * 100, "en"),
    ],
)
def test_the_first_of_our_languages_is_taken(header: str, language: texts.Language) -> None:
    assert texts.preferred(header) == language


def test_places_in_a_text_are_filled() -> None:
    assert texts.text("en", "field.too_long", limit=7) == "At most 7."
    assert texts.text("es", "field.too_long", limit=7) == texts.catalogue("es")["field.too_long"].replace(
        "{limit}", "7"
    )


def test_a_text_that_is_not_there_is_a_fault_of_ours() -> None:
    with pytest.raises(KeyError):
        texts.text("en", "problem.unheard_of")
