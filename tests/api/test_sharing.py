"""From sessions to notes: traces, a look a week, who is told of what, and nothing of where anybody was (ACC-10)."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from chalicelib.core import clock, tables, timers
from chalicelib.core.journal import RecordRow
from chalicelib.credentials import networks
from chalicelib.credentials.domain.traces import KEPT, Trace
from chalicelib.credentials.store.traces import traces
from chalicelib.sharing import domain, store
from chalicelib.subscriptions.housekeeping import HOUSEKEEPING
from tests import later, stored
from tests.portal import Browser
from tests.world import PASSWORD, Account, World

ZONE = ZoneInfo("America/New_York")


def _housekeeping() -> timers.Worked:
    worked = timers.work("housekeeping", HOUSEKEEPING, clock.now(), lambda: True)
    assert worked.failed == 0
    return worked


def _traces(world: World, account: Account) -> list[Trace]:
    return traces(account.user.id, world.time.now - KEPT, world.time.now)


def _events(name: str) -> list[dict[str, str]]:
    outbox = [item for item in stored.items(tables.ShortLivedRow) if item["cls"]["S"] == "outbox"]
    return [json.loads(item["ids"]["S"]) for item in outbox if item["name"]["S"] == name]


@pytest.fixture
def lou(world: World) -> Account:
    return world.member(world.maple, "Lou Placeholder", role="local_administrator")


def _share(world: World, account: Account, until: str, most: int = 16) -> int:
    """Two people at once with one sign-in, an hour a day, each at their own browser, until somebody is told; days."""
    desks = [world.browser(), world.browser()]
    for day in range(1, most + 1):
        began = world.time.now
        _hour(world, account, desks)
        # Hours before the look, as it is: their sessions have run out.
        for hours in (14, 24):
            world.time.now = began + timedelta(hours=hours)
            _housekeeping()
        if _events(until):
            return day
    return most + 1


def _hour(world: World, account: Account, desks: Sequence[Browser]) -> None:
    for desk in desks:
        desk.sign_in(account.user.email, PASSWORD)
    for _ in range(5):
        world.time.advance(minutes=14)
        assert [desk.get("/session").status for desk in desks] == [200, 200]


def test_every_end_leaves_one_trace(world: World) -> None:
    """S-SHARE-03: signed out, ended by hand, followed by another in the same browser, displaced, run out."""
    began = world.time.now
    out = world.browser(world.gina)
    out.delete("/session")
    again = world.browser(world.gina)
    again.sign_in(world.gina.user.email, PASSWORD)
    for _ in range(3):
        world.time.advance(seconds=1)
        world.browser().sign_in(world.gina.user.email, PASSWORD)
    own = world.browser(world.gina)
    others = [one for one in own.get("/profile/sessions").json["items"] if not one["current"]]
    assert own.delete(f"/profile/sessions/{others[0]['id']}").status == 204
    world.time.advance(hours=13)
    _housekeeping()
    found = _traces(world, world.gina)
    assert len(found) == 7
    assert sum(trace.displaced for trace in found) == 2
    assert {trace.started_at for trace in found if trace.displaced} <= {began, began + timedelta(seconds=1)}
    # Three new browsers, and the device that the person keeps.
    assert len({trace.device for trace in found}) == 4
    assert {trace.membership_id for trace in found} == {world.gina.mailbox}
    assert _housekeeping().done == 0


def test_traces_are_gone_after_90_days(world: World) -> None:
    """S-SHARE-03: to the second, whether or not TTL was there."""
    world.browser(world.gina).delete("/session")
    since = world.time.now
    assert len(traces(world.gina.user.id, since, since + KEPT - timedelta(seconds=1))) == 1
    assert traces(world.gina.user.id, since, since + KEPT) == []
    (item,) = [one for one in stored.items(tables.ShortLivedRow) if one["cls"]["S"] == "trace"]
    assert int(item["expires_at"]["N"]) == int((since + KEPT).timestamp())


def test_who_never_came_in_leaves_none(world: World) -> None:
    """A password without its second step opened nothing."""
    later.ask_for_factors()
    boss = world.member(world.maple, "Bo Placeholder", role="local_administrator")
    assert world.browser(boss).delete("/session").status == 204
    assert _traces(world, boss) == []


def test_the_person_first_then_administrators(world: World, lou: Account) -> None:
    """ACC-10: a note to the person; a week later, as it goes on, to administrators; nobody is locked."""
    assert 3 <= _share(world, world.gina, "sharing.noticed") <= 9
    assert _events("sharing.noticed") == [{"user_id": world.gina.user.id}]
    assert _events("sharing.raised") == []
    own = world.browser(world.gina).get("/sharing-signals/own").json["note"]
    assert own["administrators_know"] is False
    assert "at_once" in {reason["kind"] for reason in own["reasons"]}
    boss = world.browser(lou)
    assert boss.get("/sharing-signals").json["items"] == []
    assert "own_sharing_signal" in _kinds(world.browser(world.gina))
    world.time.advance(minutes=20)
    assert _share(world, world.gina, "sharing.raised") == 7
    assert _events("sharing.raised") == [{"organization_id": world.maple.id, "membership_id": world.gina.mailbox}]
    assert len(_events("sharing.noticed")) == 1
    boss = world.browser(lou)
    (item,) = boss.get("/sharing-signals").json["items"]
    # What administrators see: no network, no device, no address.
    assert item.keys() == {"membership_id", "name", "since", "reasons"}
    assert all(reason.keys() == {"kind", "number"} for reason in item["reasons"])
    assert (item["membership_id"], item["name"]) == (world.gina.mailbox, "Gina Sample")
    assert "sharing_signal" in _kinds(boss)
    assert "sharing_signal" not in _kinds(world.browser(world.gina))
    marked = store.marked(world.maple.id, [world.gina.mailbox, lou.mailbox], clock.now())
    assert marked.keys() == {world.gina.mailbox}
    assert world.browser(world.gina).get("/session").status == 200
    _it_stops(world)


def _it_stops(world: World) -> None:
    """Note and mark end by themselves when nobody signs in; otherwise by the look that finds no more."""
    after = world.time.now + timedelta(days=40)
    assert store.marks(world.maple.id, 5, after) == ([], False)
    assert store.note(world.gina.user.id, after) is None
    for _ in range(6):
        world.time.advance(days=7)
        world.browser(world.gina).delete("/session")
        _housekeeping()
    assert [one for one in stored.items(tables.ShortLivedRow) if one["cls"]["S"].startswith("sharing_")] == []
    assert len(_events("sharing.noticed")) == 1


def test_one_person_at_one_desk_is_told_nothing(world: World) -> None:
    for _ in range(15):
        world.browser(world.gina).get("/session")
        world.time.advance(days=1)
        _housekeeping()
    assert _events("sharing.noticed") == []
    assert world.browser(world.gina).get("/sharing-signals/own").json == {"note": None}


def test_staff_are_told_themselves(world: World) -> None:
    """They have no practice, so it stays with them."""
    assert _share(world, world.ada, "sharing.raised") == 17
    assert _events("sharing.noticed") == [{"user_id": world.ada.user.id}]
    assert _events("sharing.raised") == []


def test_every_score_is_worked_out_again(world: World) -> None:
    """S-SHARE-03: from the traces, and from the journal alone."""
    _share(world, world.gina, "sharing.noticed")
    (told,) = [row for row in _records(world) if row.action == "sharing.noticed"]
    after = told.after
    since, until = (datetime.fromisoformat(after[end]) for end in ("from", "until"))
    kept = [one for one in _traces(world, world.gina) if one.last_seen <= until]
    journal = [trace for trace in map(_from_record, _ended(world, world.gina)) if trace.last_seen <= until]
    assert sorted(journal, key=lambda one: one.session) == sorted(kept, key=lambda one: one.session)
    for seen in (kept, journal):
        found = domain.signal(seen, only_one=after["only_one"], since=since, now=until, zone=ZONE)
        assert found.points == after["points"]
        assert [f"{reason.kind}:{reason.number}" for reason in found.reasons] == after["reasons"]


def test_networks_are_told_apart_and_not_known() -> None:
    """S-SHARE-03: a keyed digest of the /24 or /48, the same within it; no address is among what is kept."""
    assert networks.digest_of("192.0.2.7") == networks.digest_of("192.0.2.250") != networks.digest_of("192.0.3.7")
    assert networks.digest_of("2001:db8:1:2::1") == networks.digest_of("2001:db8:1:ffff::9")
    assert networks.digest_of("2001:db8:1::1") != networks.digest_of("2001:db8:2::1")
    assert networks.digest_of("unknown") == networks.digest_of("") == ""


def test_no_address_in_traces_and_notes(world: World) -> None:
    """S-SHARE-03: neither there nor in what anybody is answered; the address itself stands in the journal alone."""
    world.browser(world.gina).delete("/session")
    kept = json.dumps([one for one in stored.items(tables.ShortLivedRow) if one["cls"]["S"] in ("trace", "session")])
    (network,) = {trace.network for trace in _traces(world, world.gina)}
    assert network == networks.digest_of("127.0.0.1")
    assert network in kept
    assert "127.0.0" not in kept


def test_a_practice_reads_nothing_of_devices_in_its_journal(world: World) -> None:
    """S-SHARE-03: that a session ended, as ever; what its trace holds stands in the chain of the plan."""
    out, by_hand = world.browser(world.gina), world.browser(world.gina)
    out.delete("/session")
    world.browser(world.gina).post("/profile/sessions/end-others", {})
    world.browser(world.gina).get("/session")
    assert by_hand.get("/session").status == 401
    world.time.advance(hours=13)
    _housekeeping()
    found = _traces(world, world.gina)
    own = [row for row in _records(world) if row.pk == f"JOURNAL#{world.maple.id}"]
    assert {"session.ended", "session.ended_by_hand", "session.expired"} <= {row.action for row in own}
    told = json.dumps([[row.before, row.after] for row in own])
    assert [one for trace in found for one in (trace.device, trace.agent, trace.network) if one and one in told] == []
    traced = list(_ended(world, world.gina))
    assert len(traced) == len(found) > 2
    assert {row.pk for row in traced} == {"JOURNAL#plan"}


def _kinds(browser: Browser) -> set[str]:
    return {item["kind"] for item in browser.get("/attention").json["items"]}


def _records(world: World) -> Iterator[RecordRow]:
    for item in stored.items(tables.JournalRow):
        yield RecordRow.from_raw_data(item)


def _ended(world: World, account: Account) -> Iterator[RecordRow]:
    return (row for row in _records(world) if row.action == "session.traced" and row.object_id == account.user.id)


def _from_record(row: RecordRow) -> Trace:
    return msgspec.convert({**row.after, "user_id": row.object_id}, Trace)
