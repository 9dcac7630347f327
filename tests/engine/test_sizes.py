"""What is read stays in proportion to what is shown or due, whatever else is stored."""

from datetime import timedelta

import pytest

from chalicelib.core import ids, journal, timers
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.timers import Done, Timer
from chalicelib.messages.domain import PAGE, Entry
from chalicelib.messages.store import boxes
from tests import scale
from tests.engine.filling import fill
from tests.wire import Wire
from tests.world import START, World

pytestmark = [pytest.mark.engine, pytest.mark.timeout(scale.size(300, 1_800))]


def _entry(world: World, place: int) -> Entry:
    at = START + timedelta(seconds=place)
    return Entry(
        mailbox_id=world.ada.mailbox,
        box="inbox",
        message_id=ids.sortable("msg", at),
        thread_id=ids.sortable("thr", at),
        subject=f"No. {place}",
        party="Gina Sample",
        urgent=False,
        has_attachments=False,
        received_at=at,
        unread=False,
    )


def test_a_page_reads_its_rows_and_one_more_at_any_depth(world: World) -> None:
    """MSG-3, PLT-3: the whole box, page by page, newest first."""
    number = scale.size(110, 20_000)
    fill(boxes.entry_row(_entry(world, place)) for place in range(number))
    browser, wire = world.browser(world.ada), Wire()
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        wire.forget()
        page = browser.get(f"/mailboxes/{world.ada.mailbox}/inbox", cursor=cursor).json
        seen += [row["subject"] for row in page["items"]]
        (query,) = [call for call in wire.calls if call.operation == "Query"]
        assert query.items <= PAGE + 1
        cursor = page["next_cursor"]
    wire.close()
    assert seen == [f"No. {place}" for place in reversed(range(number))]


def test_a_run_reads_what_is_due_and_nothing_of_the_rest(engine: None) -> None:
    """INA-4: 1 % is due; the others wait for days to come, and for later today."""
    number = scale.size(500, 100_000)
    due = {f"subject{place}" for place in range(0, number, 100)}

    def timer(place: int) -> Timer:
        subject = f"subject{place}"
        wait = timedelta(0) if subject in due else timedelta(minutes=1 + place * 7 % (300 * 24 * 60))
        return Timer(schedule="housekeeping", kind="sample", subject=subject, due=START + wait)

    fill(timers._row(timer(place)) for place in range(number))
    fired: list[str] = []

    def fire(found: Timer, now: object) -> Done:
        change = Change(system("sample"), journal.Entry(action="sample.done", object_id=found.subject), START)
        timers.finish(change, found)
        change.commit(None)
        fired.append(found.subject)
        return Done()

    wire = Wire()
    worked = timers.work("housekeeping", {"sample": fire}, START, lambda: True)
    queries = [call for call in wire.calls if call.operation == "Query"]
    wire.close()
    assert (worked.done, worked.failed, worked.finished) == (len(due), 0, True)
    assert sorted(fired) == sorted(due)
    assert sum(call.items for call in queries) <= len(due)
