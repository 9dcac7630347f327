"""Many at once: sent once or all of them, counted exactly (MSG-4, MSG-7)."""

import functools
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ReadTimeoutError

from chalicelib.attachments import store as uploads
from chalicelib.attachments.domain import Upload
from chalicelib.core import ids, tables
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from tests import scale, stored
from tests.portal import Answer, Browser
from tests.world import World

pytestmark = pytest.mark.engine

TOGETHER = 50
FAULTS = pytest.mark.parametrize("fault", ["none", "conflicts", "lost answers"])


class Weather:
    """Faults for a third of the transactions, chosen by chance, at their first try."""

    def __init__(self, fault: str) -> None:
        self.met = 0
        self._events = tables.connection().client.meta.events
        self._chance = random.Random(7)
        self._lock = threading.Lock()
        self._tried: set[str] = set()
        self._registered: list[tuple[str, Any]] = []
        if fault == "conflicts":
            self._on("provide-client-params", self._look)
            self._on("before-call", self._conflict)
        if fault == "lost answers":
            self._on("after-call", self._lose)

    def close(self) -> None:
        for event, handler in self._registered:
            self._events.unregister(event, handler)

    def _on(self, event: str, handler: Any) -> None:
        name = f"{event}.dynamodb.TransactWriteItems"
        self._events.register(name, handler)
        self._registered.append((name, handler))

    def _look(self, params: dict[str, Any], context: Any, **_: object) -> None:
        context["first"] = self._first(params["ClientRequestToken"])
        context["actions"] = len(params["TransactItems"])

    def _conflict(self, context: Any, **_: object) -> tuple[AWSResponse, dict[str, Any]] | None:
        if not context["first"] or not self._chosen():
            return None
        codes = ["TransactionConflict"] + ["None"] * (context["actions"] - 1)
        error = {"Code": "TransactionCanceledException", "Message": "disturbed"}
        answer = {"Error": error, "CancellationReasons": [{"Code": code} for code in codes], "ResponseMetadata": {}}
        return AWSResponse("disturbed", 400, {}, None), answer

    def _lose(self, **_: object) -> None:
        if self._chosen():
            raise ReadTimeoutError(endpoint_url="lost")

    def _first(self, token: str) -> bool:
        with self._lock:
            first = token not in self._tried
            self._tried.add(token)
        return first

    def _chosen(self) -> bool:
        with self._lock:
            chosen = self._chance.random() < 1 / 3
            self.met += chosen
        return chosen


@pytest.fixture
def weather(world: World, fault: str) -> Iterator[Weather]:
    made = Weather(fault)
    yield made
    made.close()


def _at_once(acts: list[Callable[[], Answer]]) -> list[Answer]:
    """Do all of it at the same moment, each in a thread of its own."""
    gate = threading.Barrier(len(acts))

    def start(act: Callable[[], Answer]) -> Answer:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(start, acts))


def _sends(world: World, browser: Browser, key: Callable[[int], str], **more: object) -> list[Callable[[], Answer]]:
    body = {"to": [world.credentialing.id], "subject": "S", "text": "T", **more}
    path = f"/mailboxes/{world.gina.mailbox}/messages"
    return [lambda place=place: browser.post(path, body, key(place)) for place in range(TOGETHER)]  # type: ignore[misc]


def _unread(browser: Browser) -> int:
    return int(browser.get("/mailboxes").json["items"][0]["unread"])


def _rows(browser: Browser, mailbox: str, box: str) -> list[dict[str, Any]]:
    rows, cursor = [], ""
    while True:
        page = browser.get(f"/mailboxes/{mailbox}/{box}", cursor=cursor).json
        rows += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return rows


@FAULTS
def test_fifty_sends_with_one_key_are_one_message(world: World, weather: Weather, fault: str) -> None:
    """MSG-7, S-IO-11: and every one of them gets the same answer."""
    gina, ada = world.browser(world.gina), world.browser(world.ada)
    answers = _at_once(_sends(world, gina, lambda place: "one-key-for-all-of-them"))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert _unread(ada) == 1
    assert len(_rows(ada, world.ada.mailbox, "inbox")) == 1
    assert len(_rows(gina, world.gina.mailbox, "sent")) == 1
    assert len(stored.records("message.sent")) == 1
    assert len(stored.outbox()) == 1
    assert weather.met > 0 or fault == "none"


@FAULTS
def test_fifty_sends_with_a_key_each_are_fifty_messages(world: World, weather: Weather, fault: str) -> None:
    """MSG-7, MSG-4: the badge says fifty."""
    gina, ada = world.browser(world.gina), world.browser(world.ada)
    answers = _at_once(_sends(world, gina, lambda place: f"the-key-number-{place:02}"))
    assert {answer.status for answer in answers} == {201}
    sent = {answer.json["message_id"] for answer in answers}
    assert len(sent) == TOGETHER
    assert _unread(ada) == TOGETHER
    rows = _rows(ada, world.ada.mailbox, "inbox")
    assert sorted(row["message_id"] for row in rows) == sorted(sent)
    assert len(stored.records("message.sent")) == len(stored.outbox()) == TOGETHER
    assert weather.met > 0 or fault == "none"


@pytest.mark.parametrize("fault", ["none", "conflicts"])
def test_a_file_goes_into_one_of_fifty_messages(world: World, weather: Weather, fault: str) -> None:
    """S-AZ-11: whoever comes first has it."""
    upload = Upload(
        id=ids.new("upl"),
        user_id=world.gina.user.id,
        mailbox_id=world.gina.mailbox,
        organization_id=world.maple.id,
        file_name="a.pdf",
        content_type="application/pdf",
        size=1,
        sha256="",
        created_at=world.time.now,
    )
    change = Change(system("test"), Entry(action="test.upload"), world.time.now)
    row = uploads.upload_row(msgspec.structs.replace(upload, state="ready"))
    change.create(row)
    change.commit(None)
    gina, ada = world.browser(world.gina), world.browser(world.ada)
    answers = _at_once(_sends(world, gina, lambda place: f"the-key-number-{place:02}", upload_ids=[upload.id]))
    told = Counter(answer.status for answer in answers)
    assert told == {201: 1, 422: TOGETHER - 1}
    codes = {code for answer in answers if answer.status == 422 for _, code in answer.fields}
    assert codes == {"already_sent"}
    assert _unread(ada) == 1


def test_tabs_that_read_and_file_the_same_messages(world: World) -> None:
    """MSG-4: many tabs, each doing everything to every message in its own order; the badge agrees with the rows."""
    gina, ada = world.browser(world.gina), world.browser(world.ada)
    mailbox = world.ada.mailbox
    body = {"to": [mailbox], "subject": "S", "text": "T"}
    sent = [gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).json["message_id"] for _ in range(6)]
    steps = [
        ("read", {"read": True}),
        ("read", {"read": False}),
        ("box", {"box": "archived"}),
        ("box", {"box": "inbox"}),
    ]

    def tab(number: int) -> Callable[[], Answer]:
        doings = [(message, *step) for message in sent for step in steps]
        random.Random(number).shuffle(doings)

        def act() -> Answer:
            answers = [ada.put(f"/mailboxes/{mailbox}/messages/{id_}/{what}", to) for id_, what, to in doings]
            assert {answer.status for answer in answers} <= {200, 409}
            return answers[-1]

        return act

    _at_once([tab(number) for number in range(scale.size(8, 24))])
    inbox, archived = _rows(ada, mailbox, "inbox"), _rows(ada, mailbox, "archived")
    assert sorted(row["message_id"] for row in inbox + archived) == sorted(sent)
    assert _unread(ada) == sum(row["unread"] for row in inbox)


def test_two_tabs_that_read_one_message_are_both_right(world: World) -> None:
    gina, ada = world.browser(world.gina), world.browser(world.ada)
    mailbox = world.ada.mailbox
    body = {"to": [mailbox], "subject": "S", "text": "T"}
    times = scale.repeats(10, 100)
    for _ in range(times):
        id_ = gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).json["message_id"]
        for what, to in (("read", {"read": True}), ("box", {"box": "archived"})):
            act = functools.partial(ada.put, f"/mailboxes/{mailbox}/messages/{id_}/{what}", to)
            assert {answer.status for answer in _at_once([act] * 4)} == {200}
    assert _unread(ada) == 0
    assert len(_rows(ada, mailbox, "archived")) == times
