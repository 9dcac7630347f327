"""Bodies, ids, queries and cursors that are wrong, on every route: refused, and nothing changes (S-IO-04, S-IO-08)."""

import re
from typing import Any

import msgspec

from chalicelib.core import cursors
from chalicelib.core.bodies import MOST_BYTES
from chalicelib.core.http import Route
from tests.api.every_route import NOBODYS, Asker, mutating, places, routes, with_body, with_places, with_query
from tests.api.refusals import refused
from tests.core.test_json import MALFORMED

NONSENSE = {
    "empty": "",
    "NUL": "mem_0123456789\0",
    "encoded dots": "%2e%2e%2f",
    "path": "../../etc/passwd",
    "key": "x#COUNTER",
    "long id": "mem_" + "0" * 5_000,
    "line break": f"{NOBODYS}\n",
    "capitals": NOBODYS.upper(),
    "unicode": "mém_０１２３４５６７８９",
    "turned round": "mem_\u202e9876543210",
    "half a pair": "mem_\ud800",
    "null": "null",
    "template": "{{7*7}}${7*7}",
    "markup": "<script>alert(1)</script>",
    "nobody's": NOBODYS,
}


@mutating
def test_json_that_is_not_strict(asker: Asker, route: Route) -> None:
    """S-IO-04."""
    raw = {case: text for case, text in MALFORMED.items() if text or "body" in route.parameters}
    refused(route, {case: asker.good(route).but(body=text) for case, text in raw.items()}, "malformed_json")


@mutating
def test_a_huge_body(asker: Asker, route: Route) -> None:
    """S-IO-04: 256 KiB."""
    huge = b'{"text": "' + b"x" * MOST_BYTES + b'"}'
    requests = {
        "JSON": asker.good(route).but(body=huge),
        "nothing": asker.good(route).but(body=b" " * (MOST_BYTES + 1)),
    }
    refused(route, requests, "too_large")


@mutating
def test_a_body_of_another_kind(asker: Asker, route: Route) -> None:
    values: list[Any] = [[], [{}], 0, 7, -1.5, "text", "", True, False, None]
    got = refused(route, {repr(value): asker.good(route).but_body(value) for value in values}, "invalid")
    assert all(answer.fields == {("", "wrong_type")} for answer in got.values())


@mutating
def test_unknown_fields(asker: Asker, route: Route) -> None:
    """S-AZ-04: nobody sends what isn't theirs to say, nor is it overlooked."""
    good = asker.good(route)
    names = [
        "status",
        "tin",
        "role",
        "organization_id",
        "access_levels",
        "epoch",
        "version",
        "pk",
        "cls",
        "id",
        "sent_by",
    ]
    names += ["__proto__", "constructor", "__class__", "$where", "", " ", "a/b~c", "\0", "\ud800", "x" * 5_000]
    known = _names(route.parameters["body"]) if "body" in route.parameters else set()
    bodies = {repr(name): {**(good.data or {}), name: "x"} for name in names if name not in known}
    got = refused(route, {case: good.but_body(body) for case, body in bodies.items()}, "invalid")
    assert all({code for _, code in answer.fields} == {"unknown"} for answer in got.values())


def _names(kind: type[msgspec.Struct]) -> set[str]:
    return {field.encode_name for field in msgspec.structs.fields(kind)}


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except (msgspec.ValidationError, UnicodeEncodeError):
        return False
    return True


@with_body
def test_fields_of_the_wrong_type_or_missing(asker: Asker, route: Route) -> None:
    """S-IO-04: told by the name of the field."""
    good = asker.good(route)
    values: list[Any] = [None, True, 7, -1, 1.5, 10**30, "", "text", [], [[]], [None], {}, {"a": 1}]
    requests, told = {}, {}
    for field in msgspec.structs.fields(route.parameters["body"]):
        name = field.encode_name
        wrong = [value for value in values if not _fits(value, field.type)]
        assert wrong, f"{name} takes anything"
        for value in wrong:
            requests[f"{name} {value!r}"] = good.but_body({**good.data, name: value})
            told[f"{name} {value!r}"] = f"/{name}"
        if field.required:
            without = {other: value for other, value in good.data.items() if other != name}
            requests[f"{name} missing"] = good.but_body(without)
            told[f"{name} missing"] = f"/{name}"
    for case, answer in refused(route, requests, "invalid").items():
        assert all(pointer.startswith(told[case]) for pointer, _ in answer.fields), case
        if case.endswith("missing"):
            assert answer.fields == {(told[case], "required")}


@with_body
def test_texts_that_deceive_or_break_things(asker: Asker, route: Route) -> None:
    """S-IO-05, S-IO-07."""
    good = asker.good(route)
    spoofs = ["a\0b", "\x1b[31m", "\u202eabc", "\ud800", "\udfff\ud800", "x" * 200_000, "\u200b", "%s%n\x07", "\u0085"]
    names = [name for name, value in good.data.items() if isinstance(value, str)]
    requests = {
        f"{name} {spoof[:9]!r}": good.but_body({**good.data, name: spoof}) for name in names for spoof in spoofs
    }
    refused(route, requests, "invalid", "not_found", "sign_in_failed", "factor_failed", "too_many_attempts")


# A member writes to their own organization whatever is named; what somebody says they saw opens nothing.
_CHOOSE_NOTHING = ("organization_id", "seen_message_id")


# A draft keeps what was picked; that is looked up when it is shown or sent (test_drafts.py).
@routes(where=lambda route: "body" in route.parameters and not re.search(r"/drafts\b", route.path))
def test_ids_in_a_body_that_are_foreign_or_nonsense(asker: Asker, route: Route) -> None:
    """S-AZ-02, S-AZ-10: neither is anything there."""
    good = asker.good(route)
    requests = {}
    for name, value in good.data.items():
        if (name.endswith(("_id", "_ids")) and name not in _CHOOSE_NOTHING) or name in ("to", "cc"):
            foreign = asker.foreign.get(name.removesuffix("s"), asker.foreign["mailbox_id"])
            # The plan names practices and waves, which are all its own.
            cases = NONSENSE if name in ("organization_ids", "wave_id") else {**NONSENSE, "foreign": foreign}
            for case, id_ in cases.items():
                wrong = [id_] if isinstance(value, list) else id_
                requests[f"{name} {case}"] = good.but_body({**good.data, name: wrong})
    refused(route, requests, "invalid", "not_found", "draft_gone")


# The plan looks into the helpdesk's cases, what came in error, holds, records and reviews of any organization;
# departments are its own.
_OF_ANY_ORGANIZATION = (
    "/helpdesk/",
    "/departments/",
    "/misdirected/",
    "/legal-holds/",
    "/records/",
    "/organizations/",
    "/review-overview/",
    "/waves/",
    "/nomination-requests/",
    "/suspect-reviews/",
)


@with_places
def test_ids_in_a_path_that_are_foreign_or_nonsense(asker: Asker, route: Route) -> None:
    """S-AZ-02: the same answer as for what is not there."""
    good = asker.good(route)
    foreign = {} if route.path.startswith(_OF_ANY_ORGANIZATION) else asker.foreign
    requests = {
        f"{name} {case}": good.but(path_values={**good.path_values, name: id_})
        for name in places(route)
        for case, id_ in {**NONSENSE, "foreign": foreign.get(name, NOBODYS)}.items()
    }
    got = refused(route, requests, "not_found")
    masked = {answer.text.replace(answer.json["request_id"], "") for answer in got.values()}
    assert len(masked) == 1, "one can be told from the other"


@with_query
def test_queries_that_are_nonsense(asker: Asker, route: Route) -> None:
    good = asker.good(route)
    names = [field.encode_name for field in msgspec.structs.fields(route.parameters["query"])]
    requests = {
        f"unknown {name!r}": good.but(query={**good.query, name: ["1"]}) for name in ["x", "", "a/b", "\0", "\ud800"]
    }
    for name in names:
        requests[f"{name} twice"] = good.but(query={**good.query, name: ["1", "1"]})
        for value in ("\0", "\ud800", "\u202ea", "x" * 5_000, "a\nb"):
            requests[f"{name} {value[:3]!r}"] = good.but(query={**good.query, name: [value]})
    refused(route, requests, "invalid")


@routes(where=lambda route: "query" in route.parameters and "cursor" in _names(route.parameters["query"]))
def test_cursors_that_are_forged_or_borrowed(asker: Asker, route: Route) -> None:
    """S-IO-08."""
    good = asker.good(route)
    foreign = asker.foreign["mailbox_id"]
    position = {"pk": f"BOX#{foreign}#inbox", "sk": "msg_", "from": "0"}
    own = good.path_values.get("mailbox_id", "")
    borrowed = [
        cursors.seal(position, scope)
        for scope in [("box", foreign, "inbox"), ("box", own, "nowhere"), ("thread", own, "inbox"), ("recipients",), ()]
    ]
    made_up = ["x", "null", "%00", "a+b/c=", "A" * 60, "A" * 1_999, "é" * 9, borrowed[0][:-1], borrowed[0] + "="]
    requests = {cursor[:20] + str(place): cursor for place, cursor in enumerate([*borrowed, *made_up])}
    sent = {case: good.but(query={**good.query, "cursor": [cursor]}) for case, cursor in requests.items()}
    refused(route, sent, "bad_cursor")
