"""Boxes in every order and every search against a plain list in Python (MSG-3): right, and read in proportion."""

import unicodedata
from datetime import datetime, timedelta
from itertools import product
from typing import Any, Literal, get_args
from urllib.parse import urlencode

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.core import ids
from chalicelib.messages.domain import PAGE, Entry
from chalicelib.messages.store import boxes
from chalicelib.messages.store.box_lists import Sort
from tests import scale
from tests.engine.filling import fill
from tests.portal import Browser
from tests.wire import Wire
from tests.world import START, World

pytestmark = [pytest.mark.engine, pytest.mark.timeout(scale.size(300, 3_600))]

Order = Literal["asc", "desc"]
# Case, accents, letters that become two, other scripts, signs that sort before and behind letters.
_WORDS = (
    *("Ann", "ANN", "Änne", "anne", "José", "jose", "JOSE", "Straße", "STRASSE", "İzmir", "O'Brien", "李小龍", "Øre"),
    *("claim", "CLAIM", "Re:", "Fwd:", "#12", "12", "a", "b", "é", "-", '"x"', "\\", "\u1e9e", "\U0001d400b", "🙂"),
)
_TEXTS = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=8
)
# Longer than a key of an index may be, and alike in all that fits.
_LONG = st.sampled_from(["é" * 250, "é" * 251, "𝔷" * 199 + "a", "𝔷" * 199 + "b"])


class Written(msgspec.Struct, frozen=True):
    """What a row is made from."""

    party: str
    subject: str
    urgent: bool = False
    attached: bool = False
    minute: int = 0


_WRITTEN = st.builds(Written, _TEXTS | _LONG, _TEXTS | _LONG, st.booleans(), st.booleans(), st.integers(0, 20))


def _entry(mailbox_id: str, written: Written, at: datetime) -> Entry:
    return Entry(
        mailbox_id=mailbox_id,
        box="inbox",
        message_id=ids.sortable("msg", at),
        thread_id=ids.new("thr"),
        subject=written.subject,
        party=written.party,
        urgent=written.urgent,
        has_attachments=written.attached,
        received_at=at,
        unread=False,
    )


def _plain(text: str) -> str:
    """A text without case and accents, as a person who looks for it would say."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))


def _in_order(entries: list[Entry], sort: Sort, order: Order, search: str = "") -> list[str]:
    """What the list is to show, by a plain sort."""
    keys: dict[Sort, Any] = {
        "received": lambda entry: "",
        # As far as a key of the index goes.
        "party": lambda entry: _plain(entry.party)[:200],
        "subject": lambda entry: _plain(entry.subject)[:200],
        "importance": lambda entry: entry.urgent,
        "attachment": lambda entry: entry.has_attachments,
    }
    term = _plain(search)
    found = [entry for entry in entries if term in _plain(entry.party) or term in _plain(entry.subject)]
    found.sort(key=lambda entry: (keys[sort](entry), entry.message_id), reverse=order == "desc")
    return [entry.message_id for entry in found]


def _page(browser: Browser, mailbox: str, cursor: str, **query: str) -> tuple[list[str], str | None]:
    asked = {name: value for name, value in {**query, "cursor": cursor}.items() if value}
    answer = browser.send("GET", f"/mailboxes/{mailbox}/inbox?{urlencode(asked)}")
    assert answer.status == 200, answer.text
    return [row["message_id"] for row in answer.json["items"]], answer.json["next_cursor"]


def _whole(browser: Browser, mailbox: str, **query: str) -> list[str]:
    found, cursor = _page(browser, mailbox, "", **query)
    while cursor is not None:
        items, cursor = _page(browser, mailbox, cursor, **query)
        found += items
    return found


@settings(
    max_examples=scale.repeats(30, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_any_order_and_any_search_while_messages_arrive(world: World, data: st.DataObject) -> None:
    """MSG-3: what was there when one began to page is shown once, in order; what comes meanwhile at most once."""
    reader = world.member(world.maple, f"Reader {world.number()}")
    browser = world.browser(reader)
    written = data.draw(st.lists(_WRITTEN, min_size=1, max_size=12))
    # Many of few kinds, so that there are several pages and many rows of one key.
    entries = [
        _entry(reader.mailbox, written[number % len(written)], START + timedelta(minutes=number % 7))
        for number in range(data.draw(st.sampled_from([1, PAGE, PAGE + 1, 3 * PAGE])))
    ]
    fill(boxes.entry_row(entry) for entry in entries)
    sort, order = data.draw(st.sampled_from(get_args(Sort))), data.draw(st.sampled_from(get_args(Order)))
    search = data.draw(st.just("") | _TERMS | _part_of(written))
    shown: list[str] = []
    arrived: list[Entry] = []
    cursor: str | None = ""
    while cursor is not None:
        items, cursor = _page(browser, reader.mailbox, cursor, sort=sort, order=order, search=search)
        shown += items
        if len(arrived) < 60:
            new = data.draw(st.lists(_WRITTEN, max_size=2))
            arriving = [_entry(reader.mailbox, one, START + timedelta(minutes=one.minute - 5)) for one in new]
            arrived += arriving
            if arriving:
                fill(boxes.entry_row(entry) for entry in arriving)
    late = {entry.message_id for entry in arrived}
    assert [id_ for id_ in shown if id_ not in late] == _in_order(entries, sort, order, search)
    everything = _in_order(entries + arrived, sort, order, search)
    assert shown == [id_ for id_ in everything if id_ in {*shown}]
    # Afterwards the whole list is as it should be, with all that came.
    assert _whole(browser, reader.mailbox, sort=sort, order=order, search=search) == everything


_TERMS = st.sampled_from(["a", "nn", "ann", "ANN", "é", "E", "jo", "ss", "SS", "ß", "#", "12", "小", "m s", "zzz", '"'])


@st.composite
def _part_of(draw: st.DrawFn, written: list[Written]) -> str:
    """A part of what somebody wrote, also across words; now and then in another case."""
    one = draw(st.sampled_from(written))
    text = draw(st.sampled_from([one.party, one.subject]))
    start = draw(st.integers(0, len(text) - 1))
    part = text[start : start + draw(st.sampled_from([1, 2, 3, 8, 100]))]
    part = draw(st.sampled_from([part, part.upper(), part.lower()]))[:100]
    # The door takes what shows something, as it does for all that people type.
    return part if any(unicodedata.category(letter)[0] in "LN" for letter in part) else "a"


@pytest.fixture
def full(world: World) -> tuple[Browser, str, list[Entry]]:
    """A box of many messages: a browser, the mailbox, and what is in it."""
    words = len(_WORDS)
    made = [
        Written(
            # Also names with which others begin.
            f"{_WORDS[number % words]} {_WORDS[number * 7 % 11] if number % 4 else ''}".strip(),
            f"{_WORDS[number * 3 % words]} about {_WORDS[number * 5 % 13]}",
            urgent=number % 5 == 0,
            attached=number % 3 == 0,
        )
        for number in range(scale.size(110, 10_000))
    ]
    entries = [_entry(world.gina.mailbox, one, START - timedelta(minutes=place // 2)) for place, one in enumerate(made)]
    fill(boxes.entry_row(entry) for entry in entries)
    return world.browser(world.gina), world.gina.mailbox, entries


def test_every_order_pages_without_gap_or_repeat(full: tuple[Browser, str, list[Entry]]) -> None:
    """MSG-3, PLT-3: each page reads its rows and one more, at any depth, whatever the order."""
    browser, mailbox, entries = full
    wire = Wire()
    for sort, order in product(get_args(Sort), get_args(Order)):
        shown: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            wire.forget()
            items, cursor = _page(browser, mailbox, cursor, sort=sort, order=order)
            (query,) = [call for call in wire.calls if call.operation == "Query"]
            assert query.items <= PAGE + 1, (sort, order)
            shown += items
        assert shown == _in_order(entries, sort, order), (sort, order)
    wire.close()


_SEARCHES = ("ann", "ANNE", "jose", "é", "ss", "m j", "about #1", "小", "12 about", "zzzz")


def test_a_search_finds_any_part_in_every_order(full: tuple[Browser, str, list[Entry]]) -> None:
    """MSG-3: whatever its case and accents, across words, one letter or many; never across name and subject."""
    browser, mailbox, entries = full
    sorts = get_args(Sort) if scale.LONG else ("received", "party")
    for search, sort, order in product(_SEARCHES, sorts, get_args(Order)):
        wanted = _in_order(entries, sort, order, search)
        assert _whole(browser, mailbox, sort=sort, order=order, search=search) == wanted, (search, sort, order)


def test_a_search_reads_a_bounded_part_and_goes_on(world: World) -> None:
    """MSG-3: of a full box a request reads some 4 MB in six calls; what it did not come to, the next one reads.

    In the short form few rows are so long that a call, which reads 1 MB at most, ends with 26 of them.
    """
    count, at_once = scale.size(200, 30_000), scale.size(6 * 27, 6_900)
    entries = [
        _entry(world.gina.mailbox, Written("Sample", "Rarest" if number == 1 else "Often"), _minute(number))
        for number in range(count)
    ]
    fill(_searched(entry) for entry in entries)
    browser, wire = world.browser(world.gina), Wire()
    shown: list[str] = []
    stops: list[datetime] = []
    cursor: str | None = ""
    while cursor is not None:
        wire.forget()
        query = urlencode({"search": "rarest", "cursor": cursor})
        page = browser.send("GET", f"/mailboxes/{world.gina.mailbox}/inbox?{query}").json
        queries = [call.items for call in wire.calls if call.operation == "Query"]
        assert len(queries) <= 6
        assert sum(queries) <= at_once
        shown += [row["message_id"] for row in page["items"]]
        cursor = page["next_cursor"]
        stops += [datetime.fromisoformat(page["searched_until"])] if cursor is not None else []
    wire.close()
    assert page["searched_until"] is None
    assert shown == [entries[1].message_id]
    assert stops == sorted(stops, reverse=True)
    assert len(stops) == (count - 1) // at_once


def _searched(entry: Entry) -> boxes.EntryRow:
    """A row along no index, which makes it cheap to put; a long one in the short form."""
    row = boxes.entry_row(entry)
    row.sort_party = row.sort_subject = row.sort_importance = row.sort_attachment = None
    row.sought += "" if scale.LONG else " " * 40_000
    return row


def _minute(number: int) -> datetime:
    return START - timedelta(days=30) + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("sort=text", ("/sort", "not_one_of_these")),
        ("order=up", ("/order", "not_one_of_these")),
        ("search=" + "a" * 101, ("/search", "too_long")),
        ("search=a%0Ab", ("/search", "characters_not_allowed")),
        ("sort=party&sort=party", ("/sort", "repeated")),
    ],
)
def test_orders_and_terms_that_are_none(world: World, query: str, field: tuple[str, str]) -> None:
    """S-IO-04: told by field."""
    answer = world.browser(world.gina).send("GET", f"/mailboxes/{world.gina.mailbox}/inbox?{query}")
    assert (answer.status, answer.fields) == (422, {field})


def test_a_cursor_is_good_for_its_order_and_search_only(full: tuple[Browser, str, list[Entry]]) -> None:
    """S-IO-08."""
    browser, mailbox, _ = full
    _, cursor = _page(browser, mailbox, "", sort="party")
    for query in ("", "sort=subject", "sort=party&order=asc", "sort=party&search=a"):
        answer = browser.send("GET", f"/mailboxes/{mailbox}/inbox?{query}&cursor={cursor}")
        assert (answer.status, answer.code) == (400, "bad_cursor")
