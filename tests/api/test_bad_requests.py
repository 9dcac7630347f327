"""Requests whose headers, session, method or address are wrong, on every route (S-SESS-06, S-SESS-09, S-IO-03)."""

import hashlib

import pytest

from app import app
from chalicelib.core import ids
from chalicelib.core.http import Route
from tests.api.every_route import Asker, creating, editing, mutating, signed_in
from tests.api.refusals import faults, nothing_written, refused
from tests.settings import ORIGIN


@mutating
def test_without_the_header_of_our_own_pages(asker: Asker, route: Route) -> None:
    """S-SESS-09."""
    refused(route, {"none": asker.good(route).but_headers(x_portal_csrf=None)}, "csrf_header_missing")


@mutating
def test_from_another_origin(asker: Asker, route: Route) -> None:
    """S-SESS-09."""
    good = asker.good(route)
    origins = ["https://evil.example", "null", "", f"{ORIGIN}.evil.example", f"{ORIGIN}/", f"{ORIGIN}, {ORIGIN}"]
    origins += ["http://localhost:8001", "https://localhost:8000", "http://localhost", "http://LOCALHOST:8000", "*"]
    requests = {origin: good.but_headers(origin=origin) for origin in origins}
    for site in ("cross-site", "same-site", "none", ""):
        requests[f"site {site}"] = good.but_headers(origin=None, sec_fetch_site=site)
    refused(route, requests, "foreign_origin")


@mutating
def test_of_another_content_type(asker: Asker, route: Route) -> None:
    """S-SESS-09: what a form can send is not taken."""
    good = asker.good(route).but(body=asker.good(route).body or b"{}")
    kinds = [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "",
        None,
    ]
    kinds += [
        "application/json-seq",
        "application/jsonp",
        "text/plain; application/json",
        "*/*",
        "application/problem+json",
    ]
    refused(route, {str(kind): good.but_headers(content_type=kind) for kind in kinds}, "wrong_media_type")


@creating
def test_without_a_key_or_with_nonsense_for_one(asker: Asker, route: Route) -> None:
    """S-IO-11."""
    keys = [
        None,
        "",
        "short",
        "x" * 15,
        "x" * 65,
        "x" * 5_000,
        "with a space in it..",
        "ключ" * 5,
        "\0" * 20,
        "a/b" * 7,
    ]
    good = asker.good(route)
    refused(route, {str(key)[:20]: good.but_headers(idempotency_key=key) for key in keys}, "idempotency_key_missing")


@editing
def test_without_the_version_that_was_loaded(asker: Asker, route: Route) -> None:
    """PLT-3: an edit says what it was made of; nonsense is as good as an old version."""
    good = asker.good(route)
    refused(route, {str(missing): good.but_headers(if_match=missing) for missing in (None, "")}, "version_missing")
    versions = [
        "0",
        '"999"',
        '"-1"',
        'W/"0"',
        '"0", "1"',
        "*",
        '"',
        '"0',
        '""',
        '"\u0660"',
        '"0x0"',
        '"' + "0" * 16 + '"',
    ]
    versions += ['"0 "', '"0.0"', '"null"', "\0", '"' + "9" * 5_000 + '"']
    refused(route, {version[:20]: good.but_headers(if_match=version) for version in versions}, "stale")


@signed_in
def test_without_a_session_that_counts(asker: Asker, route: Route) -> None:
    """S-SESS-01, S-SESS-02: only the token itself opens anything, by its one cookie."""
    good = asker.good(route)
    token = good.headers["cookie"].partition("=")[2]
    stored_hash = ids.digest(token)
    cookies = {
        "none": None,
        "empty": "",
        "unknown token": f"__Host-sid={ids.token()}",
        "its hash": f"__Host-sid={stored_hash}",
        "its hash in hex": f"__Host-sid={hashlib.sha256(token.encode()).hexdigest()}",
        "another name": f"sid={token}; __host-sid={token}; __Secure-sid={token}",
        "name in another case": f"__HOST-SID={token}",
        "shortened": f"__Host-sid={token[:-1]}",
        "quoted": f'__Host-sid="{token}"',
        "longer": f"__Host-sid={token}=",
        "upper case": f"__Host-sid={token.upper()}",
        "empty value": "__Host-sid=",
        "no value": "__Host-sid",
        "first of two": f"__Host-sid=x; __Host-sid={token}",
        "very long": "__Host-sid=" + "x" * 50_000,
        "garbage": "\0;=;;__Host-sid=\x7f\ud800;",
        "key injection": "__Host-sid=x#SESSION",
    }
    requests = {case: good.but_headers(cookie=cookie) for case, cookie in cookies.items()}
    requests["elsewhere"] = good.but_headers(cookie=None, authorization=f"Bearer {token}", x_session=token)
    refused(route, requests, "signed_out")


@signed_in
def test_by_somebody_whom_it_does_not_admit(asker: Asker, route: Route) -> None:
    """S-AZ-01, S-AZ-13: refused before anything of the request is looked at, and noted (AUD-1)."""
    requests = asker.not_admitted(route)
    # Of somebody signing in, tests/api/test_stages.py asks each route.
    admitted = str(route.who).split(" or somebody signing in")[0]
    assert requests or admitted in ("member or staff", "member or staff or member whose open membership was lost")
    broken = {f"{name}, broken": request.but(body=b"[") for name, request in requests.items()}
    with nothing_written() as records:
        refused(route, {**requests, **broken}, "forbidden", "access_level_required")
    assert len(records) == 2 * len(requests)


@signed_in
def test_with_a_session_that_has_ended(asker: Asker, route: Route) -> None:
    """CRD-8: to the second, though its row is still there."""
    good, began = asker.good(route), asker.world.time.now
    try:
        asker.world.time.advance(minutes=15)
        refused(route, {"idle": good}, "signed_out")
        asker.world.time.advance(hours=24)
        refused(route, {"over": good}, "signed_out")
    finally:
        asker.world.time.now = began


_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "", "\0"}


@pytest.mark.parametrize("path", list(app.routes))
def test_by_a_method_that_is_not_there(asker: Asker, path: str) -> None:
    """S-IO-03 too: OPTIONS is nothing special."""
    allowed = set(app.routes[path])
    good = asker.good(next(route for route in app.declared if route.path == path))
    with nothing_written():
        for method in _METHODS - allowed:
            answer = good.but(method=method).send()
            assert (answer.status, answer.code, faults(answer)) == (405, "method_not_allowed", []), method
            assert set(answer.headers["allow"].split(", ")) == allowed


def test_to_an_address_that_is_not_there(asker: Asker) -> None:
    """As API Gateway answers it, through our own problem document."""
    browser = asker.world.browser()
    browser.cookie = asker.good(next(route for route in app.declared if route.path == "/mailboxes")).headers["cookie"]
    mailbox = f"/mailboxes/{asker.world.gina.mailbox}"
    paths = ["/", "//", "/nothing", "/plan/x", "/Plan", "/_local", "/_local/reset", "/session/", "/.env", "/api/plan"]
    # Where a place follows, encoded nonsense is a value for it, and as good as nothing.
    for nonsense in (
        "%00",
        "%2e%2e",
        "%2F",
        "x" * 5_000,
        "%ff%fe",
        "caf%C3%A9",
        "%ud800",
        "a%20b",
        "..;",
        "%252e",
        "\u00fc",
    ):
        paths += [f"{mailbox}/{nonsense}", f"/mailboxes/{nonsense}/inbox", f"/uploads/{nonsense}"]
    with nothing_written():
        for path in paths:
            if path not in ("/session/",):
                answer = browser.get(path)
                assert (answer.status, answer.code, faults(answer)) == (404, "not_found", []), path
