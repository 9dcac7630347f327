"""What a month of traces shows (ACC-10, S-SHARE-01), each sign by itself, and who is told of it when."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.credentials.domain.traces import Trace, next_look
from chalicelib.sharing.domain import THRESHOLD, WINDOW, Kind, Signal, signal
from chalicelib.sharing.domain.notes import GOES_ON, Note, Place, Raised, next_step
from tests import scale

ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 3, 9, 0, 0, tzinfo=ZONE)
NOW = MONDAY + timedelta(days=21)
MINUTE = timedelta(minutes=1)
TELLING, QUIET = Signal(THRESHOLD), Signal(THRESHOLD - 1)


def _trace(day: int, start: float, minutes: float, device: str = "desk", network: str = "office", **more: str) -> Trace:
    """A session on a day of the month, from an hour of it."""
    at = MONDAY + timedelta(days=day, hours=start)
    name = f"{day}-{start}-{device}"
    return Trace(
        session=name,
        user_id="usr_1",
        device=device,
        network=network,
        started_at=at,
        last_seen=at + minutes * MINUTE,
        **more,  # type: ignore[arg-type]
    )


def _shown(traces: Iterable[Trace], *, only_one: bool = False) -> Signal:
    return signal(traces, only_one=only_one, since=NOW - WINDOW, now=NOW, zone=ZONE)


def _numbers(traces: Iterable[Trace], *, only_one: bool = False) -> dict[Kind, int]:
    return {reason.kind: reason.number for reason in _shown(traces, only_one=only_one).reasons}


def test_two_devices_at_once() -> None:
    """Minutes a day of use, whoever's day it is; on two days it says nothing, on three it does."""
    each = [(_trace(day, 9, 120), _trace(day, 10, 90, "other")) for day in range(3)]
    assert _shown([one for pair in each[:2] for one in pair]) == Signal()
    found = _shown([one for pair in each for one in pair])
    assert (found.telling, found.reasons[0].kind, found.reasons[0].number) == (True, "at_once", 60)
    # On other days one person alone: the average falls.
    assert _numbers([*[one for pair in each for one in pair], *(_trace(day, 9, 30) for day in range(3, 18))]) == {
        "at_once": 10
    }


def test_one_after_the_other_is_not_at_once() -> None:
    """Home and office: to the second."""
    assert _shown([t for day in range(20) for t in (_trace(day, 9, 480), _trace(day, 17, 60, "home", "home"))]) == (
        Signal()
    )


def test_at_once_in_two_places() -> None:
    """Two devices that each stay in one network; a phone that goes from cell to cell is no second place."""
    phone = [_trace(day, 10, 12, "phone", f"cell-{day % 4}") for day in range(10)]
    desk = [_trace(day, 9, 120) for day in range(10)]
    assert "at_once_elsewhere" not in _numbers([*desk, *phone])
    settled = [msgspec.structs.replace(one, network="site") for one in phone]
    assert _numbers([*desk, *settled])["at_once_elsewhere"] == 12
    unknown = [msgspec.structs.replace(one, network="") for one in phone]
    assert "at_once_elsewhere" not in _numbers([*desk, *unknown])


def test_side_by_side() -> None:
    """A colleague's computer is used by itself too; what is at hand at one's own desk hardly is, nor later at home."""
    day_of = ((9, 60, "desk"), (9.5, 60, "b"), (11.5, 30, "desk"), (12.5, 30, "b"))
    colleague = [_trace(day, start, minutes, device) for day in range(5) for start, minutes, device in day_of]
    assert _numbers(colleague)["side_by_side"] == 30
    at_hand = [t for day in range(5) for t in (_trace(day, 9, 150), _trace(day, 9.5, 60, "b"))]
    evening = [_trace(day, 19, 90, "b") for day in range(5)]
    assert "side_by_side" not in _numbers([*at_hand, *evening])


def test_in_turn() -> None:
    """From one device to another and back within minutes, four times a day, on three days."""
    turns = [_trace(day, 9 + turn * 0.25, 10, "ab"[turn % 2]) for day in range(3) for turn in range(6)]
    assert _numbers(turns) == {"in_turn": 3}
    assert _numbers(turns[:-6]) == {}
    slow = [_trace(day, 9 + turn * 0.5, 10, "ab"[turn % 2]) for day in range(3) for turn in range(6)]
    assert _numbers(slow) == {}


def test_many_devices() -> None:
    """More than four; a browser that forgets its cookies is one for each kind."""
    five = [_trace(day, 9, 10, f"device-{day % 5}") for day in range(10)]
    assert _numbers(five) == {"many_devices": 5}
    assert _numbers(five[:4] + five[5:9]) == {}
    assert _numbers([_trace(day, 9, 10, f"new-{day}", agent="one kind") for day in range(20)]) == {}


def test_more_than_sixteen_hours_a_day() -> None:
    """On three days of the plan's zone, in seventeen hours of the clock; also where the clock is put forward."""
    long = [_trace(day, 6 + hour, 30) for day in range(3) for hour in range(17)]
    assert _numbers(long) == {"long_days": 3}
    assert _numbers([one for one in long if one.started_at.hour != 12]) == {}
    before = [msgspec.structs.replace(one, started_at=one.started_at - timedelta(days=1)) for one in long]
    assert _numbers(msgspec.structs.replace(one, last_seen=one.started_at + 30 * MINUTE) for one in before) == {
        "long_days": 3
    }


def test_displaced_sessions_and_the_only_sign_in() -> None:
    displaced = [msgspec.structs.replace(_trace(day, 9, 10), displaced=True) for day in range(3)]
    assert _numbers(displaced) == {"displaced": 3}
    assert _numbers(displaced[:2]) == {}
    busy = [_trace(day, 8, 600) for day in range(15)]
    assert _numbers(busy, only_one=True) == {"only_sign_in": 150}
    assert _numbers(busy) == _numbers(busy[1:], only_one=True) == {}


def test_honest_signs_alone_tell_nobody() -> None:
    """Stations with many devices in turn, an only user who works long: nothing of it is enough by itself."""
    stations = [
        _trace(day, 8 + turn * 0.25, 14, f"station-{turn % 6 if turn > 8 else turn % 2}")
        for day in range(20)
        for turn in range(32)
    ]
    found = _shown(stations, only_one=True)
    assert {"in_turn", "many_devices"} <= {reason.kind for reason in found.reasons}
    assert not found.telling


def test_only_the_window_counts() -> None:
    """Thirty days, to the second."""
    at = NOW - WINDOW
    old = [msgspec.structs.replace(_trace(0, 0, 0), session=str(n), displaced=True, started_at=at) for n in range(3)]
    assert _numbers(old) == {"displaced": 3}
    earlier = [msgspec.structs.replace(one, started_at=at - timedelta(seconds=1)) for one in old]
    assert _numbers(earlier) == {}


_DEVICES = st.sampled_from(["a", "b", "c"])
_TRACES = st.lists(
    st.builds(
        _trace,
        st.integers(0, 20),
        st.floats(0, 23, allow_nan=False),
        st.floats(0, 700, allow_nan=False),
        _DEVICES,
        st.sampled_from(["", "office", "home"]),
    ),
    max_size=30,
    unique_by=lambda one: (one.started_at, one.device),
)


@scale.examples(100)
@given(_TRACES, st.randoms(use_true_random=False), st.booleans())
def test_any_order_gives_the_same(traces: list[Trace], chance: object, only_one: bool) -> None:
    """S-SHARE-03: worked out again, from wherever, it is the same; points are those of the reasons."""
    again = list(traces)
    chance.shuffle(again)  # type: ignore[attr-defined]
    found = _shown(traces, only_one=only_one)
    assert _shown(again, only_one=only_one) == found
    assert bool(found.points) == bool(found.reasons)


@scale.examples(50)
@given(_TRACES)
def test_one_device_is_never_more_than_its_hours(traces: list[Trace]) -> None:
    """However it is used, one device shows long days, displaced sessions and hours of use alone."""
    same = [msgspec.structs.replace(one, device="a", network="office") for one in traces]
    assert set(_numbers(same, only_one=True)) <= {"long_days", "only_sign_in"}


def _note(**changes: object) -> Note:
    return msgspec.structs.replace(
        Note(user_id="usr_1", noticed_at=NOW, signal=TELLING, ends_at=NOW + WINDOW), **changes
    )


_MAPLE, _BIRCH = ("org_1", "mem_1"), ("org_2", "mem_2")
_RAISED = {"raised_at": NOW, "places": (Raised(*_MAPLE, NOW),)}


@pytest.mark.parametrize(
    ("note", "month", "goes_on", "days", "step"),
    [
        (None, TELLING, [], 0, "notice"),
        (None, QUIET, [], 0, "nothing"),
        (_note(), TELLING, [_MAPLE], 0, "nothing"),
        (_note(), TELLING, [_MAPLE], 7 - 1 / 86_400, "nothing"),
        (_note(), TELLING, [_MAPLE], 7, "raise"),
        (_note(), QUIET, [_MAPLE], 7, "raise"),
        (_note(), TELLING, [], 7, "nothing"),
        (_note(), QUIET, [], 7, "clear"),
        (_note(**_RAISED), TELLING, [], 8, "keep"),
        (_note(**_RAISED), TELLING, [_MAPLE], 8, "keep"),
        (_note(**_RAISED), TELLING, [_MAPLE, _BIRCH], 8, "raise"),
        (_note(**_RAISED), QUIET, [_MAPLE], 8, "clear"),
    ],
)
def test_who_is_told_when(note: Note | None, month: Signal, goes_on: list[Place], days: float, step: str) -> None:
    """ACC-10: the person first, administrators when it goes on seven days later; of each place once."""
    assert timedelta(days=7) == GOES_ON
    assert next_step(note, month, goes_on, NOW + timedelta(days=days)) == step


@scale.examples(100)
@given(st.text(), st.datetimes(timezones=st.just(ZONE)))
def test_one_look_a_week(user_id: str, now: datetime) -> None:
    """At the same moment of the week, so that all sign-ins of one are one timer; soon, but never now."""
    due = next_look(user_id, now)
    assert timedelta(0) < due - now <= timedelta(days=7)
    assert next_look(user_id, due - timedelta(seconds=1)) == due
    assert next_look(user_id, due) == due + timedelta(days=7)
