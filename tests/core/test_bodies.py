"""Bodies and queries: strict JSON, and every wrong field named at once (S-IO-04, house rule 5)."""

from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import app
from chalicelib.core import bodies
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.fields import Body, Id, Subject
from tests import scale
from tests.core.test_json import VALUES

PLENTY = scale.examples(100)
# For a test that runs on each of some sixty types.
EACH_TYPE = scale.examples(20, 1_000)


class Line(msgspec.Struct):
    number: Annotated[int, msgspec.Meta(ge=1, le=9)]
    note: Subject = "n"


class Form(msgspec.Struct):
    """A body with one field of each kind."""

    subject: Subject
    text: Body
    box: Literal["inbox", "archived"]
    count: Annotated[int, msgspec.Meta(ge=0, le=10)]
    to: Annotated[list[Id], msgspec.Meta(max_length=3)]
    nested: Line
    urgent: bool = False
    lines: Annotated[list[Line], msgspec.Meta(max_length=2)] = []
    maybe: Line | None = None
    named: str = msgspec.field(name="from", default="")


GOOD: dict[str, Any] = {
    "subject": "Hello",
    "text": "Two\nlines",
    "box": "inbox",
    "count": 3,
    "to": ["dep_0123456789"],
    "nested": {"number": 1},
    "urgent": True,
    "lines": [{"number": 2}, {"number": 3, "note": "x"}],
    "maybe": {"number": 4},
    "from": "somebody",
}

# A wrong value for a field, and all that must be told of it.
WRONG: list[tuple[str, Any, set[tuple[str, str]]]] = [
    ("subject", "", {("/subject", "required")}),
    ("subject", "x" * 201, {("/subject", "too_long")}),
    ("subject", "one\ntwo", {("/subject", "characters_not_allowed")}),
    ("subject", "\ud800", {("/subject", "characters_not_allowed")}),
    ("subject", None, {("/subject", "wrong_type")}),
    ("text", "nul\0", {("/text", "characters_not_allowed")}),
    ("text", ["x"], {("/text", "wrong_type")}),
    ("box", "sent", {("/box", "not_one_of_these")}),
    ("box", "\ud800", {("/box", "characters_not_allowed")}),
    ("box", "length <= " + "9" * 5000, {("/box", "not_one_of_these")}),
    ("box", "x - at `$.count`", {("/box", "not_one_of_these")}),
    ("count", 11, {("/count", "too_big")}),
    ("count", -1, {("/count", "too_small")}),
    ("count", 10**400, {("/count", "wrong_type"), ("/count", "too_big")}),
    ("count", 1.5, {("/count", "wrong_type")}),
    ("count", True, {("/count", "wrong_type")}),
    ("count", "3", {("/count", "wrong_type")}),
    ("to", "dep_0123456789", {("/to", "wrong_type")}),
    ("to", ["dep_0123456789"] * 4, {("/to", "too_long")}),
    ("to", ["dep_0123456789", "nonsense"], {("/to/1", "wrong_form")}),
    ("to", ["dep_0123456789\n"], {("/to/0", "wrong_form")}),
    ("to", [7], {("/to/0", "wrong_type")}),
    ("nested", {"number": 0}, {("/nested/number", "too_small")}),
    ("nested", {}, {("/nested/number", "required")}),
    ("nested", {"number": 1, "a/b~": 1}, {("/nested/a~1b~0", "unknown")}),
    ("nested", [], {("/nested", "wrong_type")}),
    ("nested", None, {("/nested", "wrong_type")}),
    ("urgent", "yes", {("/urgent", "wrong_type")}),
    ("urgent", 1, {("/urgent", "wrong_type")}),
    ("lines", [{"number": 1}] * 3, {("/lines", "too_long")}),
    (
        "lines",
        [{"number": 0, "evil": 1}, {"note": "\ud800"}],
        {
            ("/lines/0/number", "too_small"),
            ("/lines/0/evil", "unknown"),
            ("/lines/1/number", "required"),
            ("/lines/1/note", "characters_not_allowed"),
        },
    ),
    ("maybe", {"number": 1, "evil": 1}, {("/maybe/evil", "unknown")}),
    ("maybe", 3, {("/maybe", "wrong_type")}),
    ("from", 3, {("/from", "wrong_type")}),
    ("named", "x", {("/named", "unknown")}),
    ("x" * 100, 1, {("/" + "x" * 64, "unknown")}),
]


def _told(value: Any, body: type[msgspec.Struct] = Form) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        bodies.convert(value, body)
    return {(field.pointer, field.code) for field in refused.value.fields}


def test_a_good_body_becomes_its_type() -> None:
    made = bodies.convert(GOOD, Form)
    assert made.nested == Line(number=1)
    assert made.lines == [Line(number=2), Line(number=3, note="x")]
    assert (made.maybe, made.named) == (Line(number=4), "somebody")


def _shown(given_: object) -> str:
    # Sets come in another order in each process, and parallel runs compare the names of tests.
    return str(sorted(given_) if isinstance(given_, set) else given_)[:30]


@pytest.mark.parametrize(("name", "value", "told"), WRONG, ids=_shown)
def test_a_wrong_field_is_named(name: str, value: Any, told: set[tuple[str, str]]) -> None:
    found = _told({**GOOD, name: value})
    assert found <= told and found


@PLENTY
@given(
    st.lists(
        st.sampled_from([wrong for wrong in WRONG if wrong[0] != "count"]), min_size=1, unique_by=lambda wrong: wrong[0]
    )
)
def test_every_wrong_field_is_named_at_once(wrong: list[tuple[str, Any, set[tuple[str, str]]]]) -> None:
    assert _told({**GOOD, **{name: value for name, value, _ in wrong}}) == set().union(*(told for _, _, told in wrong))


@PLENTY
@given(st.sets(st.sampled_from(["subject", "text", "box", "count", "to", "nested"]), min_size=1))
def test_every_missing_field_is_named_at_once(missing: set[str]) -> None:
    told = _told({name: value for name, value in GOOD.items() if name not in missing})
    assert told == {(f"/{name}", "required") for name in missing}


@pytest.mark.parametrize("value", [None, 1, 1.5, True, "text", [], [{}]])
def test_a_body_is_an_object(value: Any) -> None:
    assert _told(value) == {("", "wrong_type")}


_TYPES = sorted(
    {kind for route in app.declared for name in ("body", "query") if (kind := route.parameters.get(name)) is not None},
    key=lambda kind: kind.__name__,
)


@EACH_TYPE
@given(
    value=VALUES
    | st.dictionaries(
        st.sampled_from([*GOOD, *(f.encode_name for kind in _TYPES for f in msgspec.structs.fields(kind))]), VALUES
    )
)
@pytest.mark.parametrize("body", [Form, *_TYPES])
def test_whatever_comes_is_taken_or_refused(body: type[msgspec.Struct], value: Any) -> None:
    """No value of JSON makes anything but a body or a refusal that can be told."""
    try:
        made = bodies.convert(value, body)
    except Invalid as refused:
        assert refused.fields
        msgspec.json.encode(refused.fields)
    else:
        assert isinstance(made, body)


@EACH_TYPE
@given(
    st.dictionaries(
        st.sampled_from(["cursor", "search", "kind", "mailbox_id", "x~/"]) | st.text(),
        st.lists(st.text(), min_size=1, max_size=2),
    )
)
@pytest.mark.parametrize("query", [kind for kind in _TYPES if kind.__name__.endswith("Query")])
def test_whatever_query_comes_is_taken_or_refused(query: type[msgspec.Struct], given_: dict[str, list[str]]) -> None:
    try:
        bodies.convert_query(given_, query)
    except Invalid as refused:
        assert all(field.pointer.startswith("/") for field in refused.fields)
        repeated = {field.pointer for field in refused.fields if field.code == "repeated"}
        assert len(repeated) == sum(len(values) > 1 for values in given_.values())


def test_a_limit_is_told() -> None:
    with pytest.raises(Invalid) as refused:
        bodies.convert({**GOOD, "subject": "x" * 201, "count": 11}, Form)
    assert refused.value.fields == (FieldError("/subject", "too_long", 200), FieldError("/count", "too_big", 10))
