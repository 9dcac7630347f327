"""Enrollment plans waves and puts practices into them (ORG-2)."""

from datetime import timedelta
from typing import Any

import pytest

from app import app
from local import functions
from local.schedules import scheduled_event
from tests import delivery, nominating, stored, sweeps, waving
from tests.asked_of_waves import NEW
from tests.portal import Answer, Browser
from tests.waving import practice
from tests.world import Account, World


@pytest.fixture
def enid(world: World) -> Account:
    return waving.enrollment(world)


@pytest.fixture
def desk(world: World, enid: Account) -> Browser:
    return world.browser(enid)


def plan(desk: Browser, **changes: Any) -> dict[str, Any]:
    answer = desk.post("/waves", {**NEW, **changes})
    assert answer.status == 201, answer.text
    return dict(answer.json)


def edit(desk: Browser, wave: dict[str, Any], version: int | None = None, **changes: Any) -> Answer:
    if version is None:
        version = desk.get(f"/waves/{wave['id']}").json["version"]
    return desk.send("PATCH", f"/waves/{wave['id']}", changes, {"If-Match": f'"{version}"'})


def fill(desk: Browser, wave: dict[str, Any], *organization_ids: str) -> Answer:
    return desk.post(f"/waves/{wave['id']}/organizations", {"organization_ids": list(organization_ids)})


def test_a_wave_is_planned(world: World, desk: Browser) -> None:
    """ORG-2: its instants are the morning of one day and the end of another in the plan's zone; retried, it is one."""
    wave = plan(desk)
    assert (wave["send_at"], wave["ends_at"]) == ("2026-04-01T13:00:00Z", "2026-05-02T04:00:00Z")
    assert (wave["state"], wave["members"], wave["version"], wave["started_at"]) == ("planned", 0, 1, None)
    assert desk.get(f"/waves/{wave['id']}").json == wave
    again = {**NEW, "name": "Another wave"}
    first = desk.post("/waves", again, key="once-and-only-once")
    assert desk.post("/waves", again, key="once-and-only-once").json == first.json
    (record, _) = stored.records("wave.created")
    assert record.after == {"send_on": "2026-04-01", "end_on": "2026-05-01"}


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"send_on": "2026-03-01"}, {("/send_on", "in_the_past")}),
        ({"send_on": "2026-03-01", "end_on": "2026-02-01"}, {("/send_on", "in_the_past"), ("/end_on", "in_the_past")}),
        ({"end_on": "2026-04-01"}, {("/end_on", "not_after_send")}),
        ({"end_on": "2026-03-20"}, {("/end_on", "not_after_send")}),
        ({"end_on": "2027-04-02"}, {("/end_on", "too_far_after_send")}),
        ({"send_on": "9999-12-30", "end_on": "9999-12-31"}, {("/send_on", "too_far")}),
        ({"send_on": "0001-01-01"}, {("/send_on", "in_the_past"), ("/end_on", "too_far_after_send")}),
        ({"end_on": "9999-12-31"}, {("/end_on", "too_far_after_send")}),
        ({"send_on": "2026-02-30"}, {("/send_on", "wrong_form")}),
        ({"name": " "}, {("/name", "characters_not_allowed")}),
        ({"name": "x" * 81}, {("/name", "too_long")}),
    ],
)
def test_dates_that_make_no_wave(desk: Browser, changes: dict[str, Any], fields: set[tuple[str, str]]) -> None:
    answer = desk.post("/waves", {**NEW, **changes})
    assert (answer.status, answer.fields) == (422, fields)
    assert desk.get("/waves").json["items"] == []


def test_today_is_early_enough(world: World, desk: Browser) -> None:
    """ORG-2: at ten in the morning of the send date it sends with the next run; the day is the plan's."""
    wave = plan(desk, send_on="2026-03-02", end_on="2026-03-03")
    fill(desk, wave, id_ := practice_of(world))
    waving.run(world.time.now)
    assert waving.sent(id_) == 1
    world.time.now = world.time.now.replace(hour=4) + timedelta(days=1)  # eleven in the evening in New York
    later_desk = world.browser(waving.enrollment(world, "Erna Fictional"))
    assert plan(later_desk, name="Late", send_on="2026-03-02", end_on="2026-03-03")["state"] == "planned"


def practice_of(world: World, number: int = 1, **more: Any) -> str:
    return practice(waving.enrollment(world, f"Eno Fictional {number}"), number, world.time.now, **more)


def test_a_name_is_one_waves(world: World, desk: Browser) -> None:
    """A file names waves: one spelling stands for all that read alike, and what a wave is called no more is free."""
    wave = plan(desk, name="Spring Wave")
    for name in ("Spring Wave", "SPRING WAVE", "Spríng wave"):
        assert desk.post("/waves", {**NEW, "name": name}).fields == {("/name", "wave_name_taken")}
    other = plan(desk, name="Summer")
    assert edit(desk, other, name="spring wave").fields == {("/name", "wave_name_taken")}
    assert edit(desk, wave, name="SPRING wave").json["name"] == "SPRING wave"
    assert edit(desk, wave, name="Autumn").status == 200
    assert edit(desk, other, name="Spring wave").status == 200


def test_the_list_goes_by_send_date_and_pages(world: World, desk: Browser) -> None:
    day = world.time.now.date()
    for number in range(27):
        send_on = day + timedelta(days=number * 5 % 27)
        plan(desk, name=f"Wave {number}", send_on=str(send_on), end_on=str(day + timedelta(days=40)))
    first = desk.get("/waves").json
    second = desk.get("/waves", cursor=first["next_cursor"]).json
    dates = [one["send_on"] for one in (*first["items"], *second["items"])]
    assert (len(first["items"]), dates, second["next_cursor"]) == (25, sorted(dates, reverse=True), None)
    assert len(set(dates)) == 27
    other = world.browser(waving.enrollment(world, "Erna Fictional"))
    assert other.get("/waves", cursor=first["next_cursor"]).code == "bad_cursor"


def test_a_wave_is_changed(world: World, desk: Browser) -> None:
    """ORG-2: of an old version nothing; the send date not once it has begun; never to an end that has passed."""
    wave = plan(desk)
    changed = edit(desk, wave, send_on="2026-03-20", end_on="2026-04-20").json
    assert (changed["send_on"], changed["ends_at"], changed["version"]) == ("2026-03-20", "2026-04-21T04:00:00Z", 2)
    assert edit(desk, wave, version=1, name="Other").status == 412
    assert edit(desk, wave, name=changed["name"]).json["version"] == 2
    assert edit(desk, wave, send_on="2026-04-20").fields == {("/end_on", "not_after_send")}
    assert edit(desk, wave, send_on="2026-03-01").fields == {("/send_on", "in_the_past")}
    world.time.now = waving.by_name(wave["name"]).send_at
    waving.run(world.time.now)
    desk = world.browser(waving.enrollment(world, "Erna Fictional"))
    assert desk.get(f"/waves/{wave['id']}").json["state"] == "sent"
    answer = edit(desk, wave, send_on="2026-03-25")
    assert (answer.status, answer.code) == (409, "wave_started")
    assert edit(desk, wave, end_on="2026-03-19").fields == {("/end_on", "in_the_past")}
    assert edit(desk, wave, end_on="2026-03-21", send_on="2026-03-20").json["end_on"] == "2026-03-21"
    assert edit(desk, {"id": "wav_" + "0" * 26}, version=1, name="X").status == 404


def test_an_ended_wave(world: World, desk: Browser) -> None:
    """ORG-2: nobody comes in any more; it may have another name without another end, and be given more time."""
    wave = plan(desk, end_on="2026-04-02")
    id_ = practice_of(world)
    world.time.now = waving.by_name(wave["name"]).ends_at
    desk = world.browser(waving.enrollment(world, "Erna Fictional"))
    answer = fill(desk, wave, id_)
    assert (answer.status, answer.code) == (409, "wave_ended")
    assert edit(desk, wave, name="The first").json["state"] == "ended"
    assert edit(desk, wave, end_on="2026-04-30").json["state"] == "planned"
    assert fill(desk, wave, id_).json["members"] == 1


def test_practices_are_put_into_it(world: World, enid: Account, desk: Browser) -> None:
    """ORG-2: 25 at once, out of the ones that they are in; again nothing changes, and each is told of once."""
    first, second = plan(desk), plan(desk, name="Second wave")
    ids = [practice(enid, number, world.time.now) for number in range(25)]
    before = len(waving.told("organization.enrolled"))
    assert fill(desk, first, *ids[:5]).json["members"] == 5
    assert fill(desk, second, *ids).json["members"] == 25
    assert fill(desk, second, *ids, ids[0]).status == 422
    assert fill(desk, second, *ids).json["members"] == 25
    assert desk.get(f"/waves/{first['id']}").json["members"] == 0
    assert waving.members(waving.by_name("Second wave")) == sorted(ids)
    assert len(waving.told("organization.enrolled")) - before == 30
    assert desk.get(f"/organizations/{ids[0]}").json["wave"] == {"id": second["id"], "name": "Second wave"}


def test_who_can_not_be_put_into_it(world: World, enid: Account, desk: Browser) -> None:
    """Every wrong one is named, and nobody is moved."""
    wave = plan(desk)
    open_, closed = practice(enid, 1, world.time.now), practice(enid, 2, world.time.now)
    organization = nominating.edit(world, waving.organization(closed), closed_at=world.time.now)
    answer = fill(desk, wave, open_, organization.id, "org_" + "0" * 26)
    assert answer.fields == {
        ("/organization_ids/1", "organization_closed"),
        ("/organization_ids/2", "unknown_organization"),
    }
    assert waving.members(waving.by_name(wave["name"])) == []
    assert fill(desk, wave).status == 422


def test_one_s_own_practice_is_for_others(world: World, enid: Account, desk: Browser) -> None:
    """S-AZ-07: whoever is of a practice moves none of those that were named."""
    wave = plan(desk)
    ids = [practice(enid, number, world.time.now) for number in range(24)]
    world.also_member(enid, world.maple)
    answer = fill(world.browser(enid), wave, *ids, world.maple.id)
    assert (answer.status, answer.code) == (403, "of_organization")
    assert waving.members(waving.by_name(wave["name"])) == []


def test_its_practices_by_what_they_lack(world: World, enid: Account, desk: Browser) -> None:
    """ORG-2: staff see who has not been reached, and who got none for want of an address."""
    wave = plan(desk)
    of_wave = waving.by_name(wave["name"])
    reached, unknown = (
        practice(enid, number, world.time.now, of_wave, email) for number, email in ((1, None), (2, ""))
    )
    waving.run(world.time.now)
    waving.run(of_wave.send_at)
    assert delivery.deliver("follow_onboarding", delivery.heard("enrollment")) == []
    world.time.now = of_wave.send_at
    desk = world.browser(waving.enrollment(world, "Erna Fictional"))
    path = f"/waves/{wave['id']}/organizations"
    shown = {one["id"]: one["lacks"] for one in desk.get(path).json["items"]}
    assert shown == {reached: "not_reached", unknown: "not_sent"}
    assert [one["id"] for one in desk.get(path, lacks="not_sent").json["items"]] == [unknown]
    assert desk.get("/waves/wav_00000000000000000000000000/organizations").status == 404


def test_a_run_says_what_it_did(world: World, enid: Account) -> None:
    """INA-4: the schedule goes on as long as something comes of it, so a wave is sent within one run."""
    wave = waving.wave(enid, world.time.now)
    ids = [practice(enid, number, world.time.now, wave) for number in range(3)]
    sweeps.ran_until("enrollment", wave.send_at)
    world.time.now = wave.send_at
    job = "enrollment_clock"
    worked = functions.call(app, job, scheduled_event(job, world.time.now))
    assert (worked["done"], worked["failed"], worked["finished"]) == (4, 0, 1)
    assert [waving.sent(id_) for id_ in ids] == [1, 1, 1]
