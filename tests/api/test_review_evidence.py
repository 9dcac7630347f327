"""Who verified whom, when, and what they saw: list, CSV, and the speed of clicking (REV-5, S-AZ-09, S-IO-06)."""

import csv
import io
import json
from datetime import timedelta

import msgspec
import pytest
import requests

from chalicelib.access_reviews.domain.pace import Suspect
from chalicelib.access_reviews.store import decisions
from chalicelib.access_reviews.store.pace import SuspectRow
from chalicelib.core import tables
from tests import stored, works
from tests.portal import Browser
from tests.review_cards import LONG_AGO, Office, card, decide
from tests.world import START, World

_FORMULA = "=HYPERLINK(1) Example"


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


@pytest.fixture
def lou(office: Office) -> Browser:
    return office.world.browser(office.lou)


def test_evidence_keeps_what_was_seen_verbatim(office: Office, lou: Browser) -> None:
    """REV-5: with who, whom, when, the reason and what came of it; later changes change nothing of it."""
    nell = office.employ("Nell Sample", LONG_AGO)
    shown = card(lou, nell)
    office.world.time.advance(seconds=7)
    assert decide(lou, shown, "change", _FORMULA, access_levels=["claims"]).status == 200
    office.world.time.advance(seconds=5)
    assert decide(lou, card(lou, office.bea), reason="Known").status == 200
    office.put(nell, name="Nell Other", access_levels=frozenset())
    newer, older = lou.get("/review-decisions").json["items"]
    assert older["seen"] == {name: value for name, value in shown.items() if name not in _OF_READER}
    assert older["seen"]["flags"] == ["never_signed_in"]
    assert (older["reviewer"]["name"], older["member"]["name"], older["at"]) == (
        "Lou Placeholder",
        "Nell Sample",
        "2026-03-02T15:00:07Z",
    )
    assert (older["decision"], older["reason"], older["seconds"], older["confirmed_by"]) == (
        "change",
        _FORMULA,
        None,
        None,
    )
    assert older["after"] == {
        "role": "general_user",
        "access_levels": ["claims"],
        "providers": [],
        "status": "active",
    }
    assert (newer["decision"], newer["seconds"]) == ("keep", 5.0)
    # What was typed is in the evidence and the history, and in no record or event.
    kept = [stored.items(table) for table in (tables.JournalRow, tables.ShortLivedRow)]
    assert "HYPERLINK" not in json.dumps(kept, default=repr)


# What a card says of its reader, or stands for it.
_OF_READER = {"own", "reviewed_by_plan", "seen"}


def test_pages_of_decisions_for_the_practice_and_the_plan(office: Office, lou: Browser) -> None:
    """REV-5: 25 a page, the newest first; enrollment and auditors read any practice's, and only what there is."""
    world = office.world
    for number in range(26):
        due = office.employ(f"Person {number:02}", LONG_AGO)
        world.time.advance(seconds=1)
        assert decide(lou, card(lou, due), reason="Why").status == 200
    first = lou.get("/review-decisions").json
    assert [one["member"]["name"] for one in first["items"]] == [f"Person {number:02}" for number in range(25, 0, -1)]
    last = lou.get(f"/review-decisions?cursor={first['next_cursor']}").json
    assert ([one["member"]["name"] for one in last["items"]], last["next_cursor"]) == (["Person 00"], None)
    auditor = world.browser(world.agent("Audra Fictional", roles=("auditor",)))
    path = f"/organizations/{world.maple.id}/review-decisions"
    assert auditor.get(path).json["items"] == first["items"]
    assert auditor.get(path.replace(world.maple.id, world.birch.id)).json == {"items": [], "next_cursor": None}
    assert auditor.get(path.replace(world.maple.id, "org_" + "0" * 26)).status == 404
    peer = world.browser(world.member(world.birch, "Lena Specimen", role="local_administrator"))
    assert peer.get("/review-decisions").json["items"] == []
    assert peer.get(f"/review-decisions?cursor={first['next_cursor']}").code == "bad_cursor"


def test_the_export_has_all_of_it_and_no_formulas(office: Office, lou: Browser) -> None:
    """REV-5, S-IO-06: each decision up to then, the oldest first; its asking and its download are audited."""
    nell = office.employ(_FORMULA, LONG_AGO)
    assert decide(lou, card(lou, nell), reason="+1 reason").status == 200
    answer = lou.post("/review-exports", None)
    assert answer.status == 202, answer.text
    office.world.time.advance(seconds=1)
    assert decide(lou, card(lou, office.bea), reason="Known").status == 200
    works.carry_all()
    content = requests.get(lou.get(f"/work/{answer.json['work_id']}/result").json["url"], timeout=5).content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 1
    (row,) = rows
    assert (row["name"], row["reason"], row["decision"]) == ("'" + _FORMULA, "'+1 reason", "keep")
    assert (row["seen_flags"], row["seen_status"], row["status_after"]) == ("never_signed_in", "active", "active")
    assert row["decided"] == "2026-03-02T15:00:00+00:00"
    started, downloaded = stored.records("export.started")[-1], stored.records("export.downloaded")[-1]
    assert started.after == {"kind": "reviews_export"}
    assert downloaded.after["rows"] == 1


def test_clicking_faster_than_reading_is_told_to_the_plan(world: World) -> None:
    """S-AZ-09: 50 decisions in under 50 seconds, with a sample of a tenth; nothing is refused, nobody is told."""
    office = Office(world, START)
    browser = world.browser(office.lou)
    people = [office.employ(f"Person {number:02}", LONG_AGO) for number in range(50)]
    for one in people:
        answer = decide(browser, card(browser, one), reason="Why")
        assert answer.status == 200, answer.text
        world.time.advance(seconds=1)
    (row,) = SuspectRow.query("SUSPECT_REVIEWS")
    found = msgspec.json.decode(row.document, type=Suspect)
    assert (found.count, found.reviewer.name, found.organization_id) == (50, "Lou Placeholder", world.maple.id)
    assert found.last_at - found.first_at == timedelta(seconds=49)
    sampled = {one.member.id for one in decisions.by_ids(world.maple.id, found.sample)}
    assert len(sampled) == 5
    assert sampled <= {one.mailbox for one in people}
    assert stored.records("review.suspect")[-1].object_id == found.id
