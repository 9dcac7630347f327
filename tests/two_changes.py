"""Two of enrollment change a practice together, in tests (ORG-9)."""

from typing import Any

from chalicelib.core import work, work_runner
from chalicelib.core.work import WorkRow
from chalicelib.subscriptions.long_work import WORK
from tests import stored
from tests.portal import Answer, Browser
from tests.world import World


def propose(browser: Browser, organization_id: str, kind: str, **more: Any) -> Answer:
    """The first of two."""
    return browser.post(f"/organizations/{organization_id}/changes", {"kind": kind, **more})


def confirm(browser: Browser, organization_id: str, kind: str, **more: Any) -> Answer:
    """The second of two, with what they are shown unless a test says otherwise."""
    waiting = browser.get(f"/organizations/{organization_id}").json["changes"]
    seen = next((one["seen"] for one in waiting if one["kind"] == kind), "0" * 64)
    return browser.post(f"/organizations/{organization_id}/changes/{kind}/confirm", {"seen": seen, **more})


def together(world: World, organization_id: str, kind: str, **more: Any) -> None:
    """Two people of enrollment do it."""
    first, second = (world.agent(f"Eve Fictional {world.number()}", roles=("enrollment",)) for _ in range(2))
    tick = {"tin_matches": more.pop("tin_matches")} if "tin_matches" in more else {}
    assert propose(world.browser(first), organization_id, kind, **more).status == 201
    answer = confirm(world.browser(second), organization_id, kind, **tick)
    assert answer.status == 204, answer.text


def works() -> list[work.Work]:
    """The long works of closings, the oldest first."""
    kept = [WorkRow.from_raw_data(item) for item in stored.items(WorkRow) if item["cls"]["S"] == "work"]
    found = [work.find(row.pk.removeprefix("WORK#"), row.sk) for row in kept]
    return sorted((one for one in found if one is not None and one.kind == "organization_closing"), key=lambda w: w.id)


def finish() -> None:
    """Let them come to their ends."""
    for one in works():
        work_runner.carry_on(one.owner, one.id, WORK, "test", lambda: True)
    assert {one.state for one in works()} <= {"finished"}
