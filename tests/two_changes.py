"""Two of enrollment change a practice together, in tests (ORG-9)."""

from typing import Any

from chalicelib.core import work, work_runner
from chalicelib.core.access import Staff
from chalicelib.core.work import WorkRow
from chalicelib.enrollment.actions import changes
from chalicelib.enrollment.domain.changes import Kind
from chalicelib.organizations.domain import Organization
from chalicelib.subscriptions.long_work import WORK
from tests import stored
from tests.portal import Answer, Browser
from tests.world import START, World


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


NEW = {
    "name": "Cedar Example Family Care",
    "tin": "987654321",
    "npis": ["1234567893"],
    "executive_name": "Carla Sample",
    "executive_email": "carla@cedar.example",
    "wave_id": None,
}


def practice(world: World) -> Organization:
    """A practice of its own."""
    number = world.number()
    return world.organization(f"{810_000_000 + number}", f"Yew Sample Practice {number}")


def proposed(actor: Staff, organization_id: str, kind: Kind, tin: str = "") -> str:
    """Somebody of enrollment proposed something; what stands for it."""
    return changes.propose(actor, organization_id, kind, tin, None, START).seen


def good_values(world: World) -> dict[str, dict[str, Any]]:
    """What enrollment asks for, by route; one other person proposed what is confirmed and withdrawn."""
    first = world.agent(f"Fay Fictional {world.number()}", roles=("enrollment",)).actor
    assert isinstance(first, Staff)
    confirmed, withdrawn = practice(world).id, practice(world).id
    proposed(first, withdrawn, "close")
    one = "/organizations/{organization_id}"
    return {
        "POST /organizations": NEW,
        f"GET {one}": {"organization_id": world.maple.id},
        f"PATCH {one}": {"organization_id": practice(world).id, "version": 1, "name": "Fir Example", "wave_id": None},
        f"POST {one}/changes": {"organization_id": practice(world).id, "kind": "close"},
        f"POST {one}/changes/{{kind}}/confirm": {
            "organization_id": confirmed,
            "kind": "tin",
            "seen": proposed(first, confirmed, "tin", "876543210"),
            "tin_matches": True,
        },
        f"DELETE {one}/changes/{{kind}}": {"organization_id": withdrawn, "kind": "close"},
    }


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
