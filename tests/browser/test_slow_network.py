"""The inbox on a slow network and a slow machine, as people have them."""

import time
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import screens
from tests.browser.conftest import Portal

# Slow 4G, in bytes a second and milliseconds there and back; a processor a quarter as fast.
_NETWORK = {
    "offline": False,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
    "latency": 150,
}
_PROCESSOR = {"rate": 4}

_COLD_SECONDS, _WARM_SECONDS, _MOST_SHIFT = 3.5, 1.5, 0.05

# Other tests keep the same machine busy; a page that is slow by itself is slow every time. What the others take from
# it is measured: of the time until the rows are there, so much is work of a processor, of the page's and the portal's.
_TRIES = 5
_WORK_SECONDS = 1.4

# When the first row was on the screen, and how much of the screen moved by itself, as browsers count it (CLS).
_WATCH = """
    window.shift = 0
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
    }).observe({type: 'layout-shift', buffered: true})
    const watch = () => {
        const there = document.querySelector('tbody [role=row] a') !== null
        requestAnimationFrame(there ? () => { window.rows = performance.now() } : watch)
    }
    watch()
"""


class _Seen(NamedTuple):
    seconds: float
    shift: float
    others: float
    """How many times as long as on a free machine any work takes."""

    def within(self, seconds: float) -> bool:
        """Whether the rows were there in time; on a free machine exactly in this time."""
        return self.seconds <= seconds + (self.others - 1) * _WORK_SECONDS


@pytest.mark.parametrize("size", [(1280, 800), (320, 640)], ids=["wide", "narrow"])
def test_rows_are_soon_there_on_slow_4g_and_nothing_jumps(
    portal: Portal, page: Page, browser: Browser, size: tuple[int, int]
) -> None:
    """MSG-3: rows within 3.5 s with nothing kept by the browser, within 1.5 s the next time; layout shift <= 0.05."""
    screens.sign_in(page, portal, "Gina Sample")
    box = f"{portal.address}/messages/{screens.mailbox(page)}/inbox"
    session: Any = page.context.storage_state()
    page.context.close()
    seen: list[tuple[_Seen, _Seen]] = []
    while len(seen) < _TRIES and not _soon(seen):
        with browser.new_context(storage_state=session, viewport={"width": size[0], "height": size[1]}) as empty:
            empty.add_init_script(_WATCH)
            tab = _slow(empty)
            seen.append((_visit(tab, box), _visit(tab, box)))
    assert _soon(seen), seen
    assert max(visit.shift for visits in seen for visit in visits) <= _MOST_SHIFT, seen


def _soon(seen: list[tuple[_Seen, _Seen]]) -> bool:
    """Whether both a first and a second visit were fast enough, in whichever try."""
    cold = any(first.within(_COLD_SECONDS) for first, _ in seen)
    return cold and any(second.within(_WARM_SECONDS) for _, second in seen)


def _others() -> float:
    """How long work takes beside whatever else this machine does now, as a multiple of what it takes alone."""
    began, worked = time.perf_counter(), time.process_time()
    while time.process_time() - worked < 0.1:
        pass
    return (time.perf_counter() - began) / (time.process_time() - worked)


def _slow(context: BrowserContext) -> Page:
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", _NETWORK)
    tools.send("Emulation.setCPUThrottlingRate", _PROCESSOR)
    return page


def _visit(page: Page, address: str) -> _Seen:
    before = _others()
    # A new document in the same tab: opening another tab is work of the browser that the page has no part in.
    page.goto("about:blank")
    page.goto(address)
    # Looking for a row by its role would be work for the page itself while it still draws.
    while page.evaluate("window.rows === undefined"):
        page.wait_for_timeout(100)
    # What comes after the rows must not move them either.
    page.wait_for_load_state("networkidle")
    expect(screens.row(page, "Coverage after a move")).to_be_visible()
    rows, shift = page.evaluate("[window.rows, window.shift]")
    return _Seen(rows / 1000, shift, (before + _others()) / 2)
