"""Signs that a sign-in is shared (ACC-10, S-SHARE-01): what the traces of a month show, in points, with plain reasons.

Nothing is ever locked by it. Points and thresholds were chosen on one setting of the simulator in `bench/sharing.py`
and are judged on others; change them together with its figures. How fast somebody would have had to travel is no sign:
it takes addresses, and none is kept.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import chain, pairwise
from typing import Literal

import msgspec

from chalicelib.credentials.domain.traces import Trace

WINDOW = timedelta(days=30)
"""How far back is looked."""
THRESHOLD = 50
"""Points from which somebody is told."""

Kind = Literal[
    "at_once", "at_once_elsewhere", "side_by_side", "in_turn", "many_devices", "long_days", "displaced", "only_sign_in"
]


class Reason(msgspec.Struct, frozen=True):
    """Why, in a word and a number that people can check."""

    kind: Kind
    number: int
    """Minutes a day of use for `at_once`, `at_once_elsewhere` and `side_by_side`; days for `in_turn` and `long_days`;
    for `many_devices` devices, for `displaced` sessions, for `only_sign_in` hours of use."""


class Signal(msgspec.Struct, frozen=True):
    """What the traces of a window show."""

    points: int = 0
    reasons: tuple[Reason, ...] = ()
    """The weightiest first."""

    @property
    def telling(self) -> bool:
        """Whether somebody should be told."""
        return self.points >= THRESHOLD


# From one device to another and back, each within so long, so often a day.
_WITHIN = timedelta(minutes=10)
_TURNS = 4
# More than so many hours of a day in which it was used.
_LONG_DAY = 16
# A device that begins so much of its sessions in one network stays there.
_SETTLED = 0.8
# What is rarer says nothing.
_LEAST_DAYS = 3

# From which number on it counts, its points there, those for each one more, and the most.
_POINTS: dict[Kind, tuple[int, int, int, int]] = {
    "at_once": (10, 10, 1, 80),
    "at_once_elsewhere": (8, 30, 2, 60),
    "side_by_side": (20, 10, 1, 20),
    "in_turn": (3, 10, 2, 20),
    "many_devices": (5, 10, 5, 20),
    "long_days": (_LEAST_DAYS, 40, 5, 60),
    "displaced": (3, 15, 3, 40),
    "only_sign_in": (150, 10, 0, 10),
}

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_Used = tuple[str, str]
"""A device, and the network that its session began in."""
_Segment = tuple[datetime, datetime, frozenset[_Used]]


def signal(traces: Iterable[Trace], *, only_one: bool, since: datetime, now: datetime, zone: tzinfo) -> Signal:
    """What the sessions of one user since an instant show at `now`; days are those of the plan's zone.

    `only_one`: whether their practice has no other active user. The same traces give the same answer at any time.
    """
    seen = sorted(
        (trace for trace in traces if since <= trace.started_at <= now), key=lambda one: (one.started_at, one.session)
    )
    days = _by_day(seen, zone)
    settled = _settled(seen)
    numbers: dict[Kind, int] = {
        "at_once": _a_day(days, _at_once),
        "at_once_elsewhere": _a_day(days, lambda used: _at_once(used) and _in_two_places(used, settled)),
        "side_by_side": _side_by_side(days),
        "in_turn": _days_in_turn(seen, zone),
        "many_devices": _devices(seen),
        "long_days": sum(_hours_of_clock(day, zone) > _LONG_DAY for day in days),
        "displaced": sum(trace.displaced for trace in seen),
        "only_sign_in": int(sum(map(_length, chain.from_iterable(days)), timedelta()) / _HOUR) if only_one else 0,
    }
    weighed = [(_points(kind, number), Reason(kind, number)) for kind, number in numbers.items()]
    found = sorted((pair for pair in weighed if pair[0]), key=lambda pair: -pair[0])
    return Signal(sum(points for points, _ in found), tuple(reason for _, reason in found))


def _points(kind: Kind, number: int) -> int:
    least, first, each, most = _POINTS[kind]
    return 0 if number < least else min(most, first + each * (number - least))


def _by_day(seen: Sequence[Trace], zone: tzinfo) -> list[list[_Segment]]:
    """Stretches of time with what was in use all through each, for each day of use; those with nothing are left out."""
    changes: list[tuple[datetime, int, _Used]] = []
    for trace in seen:
        if trace.last_seen > trace.started_at:
            changes.append((trace.started_at, 1, (trace.device, trace.network)))
            changes.append((trace.last_seen, -1, (trace.device, trace.network)))
    changes.sort(key=lambda change: change[0])
    used: Counter[_Used] = Counter()
    days: defaultdict[date, list[_Segment]] = defaultdict(list)
    for (at, step, which), (until, _, _) in pairwise(changes):
        used[which] += step
        if not used[which]:
            del used[which]
        if used and until > at:
            days[at.astimezone(zone).date()].append((at, until, frozenset(used)))
    return list(days.values())


def _length(segment: _Segment) -> timedelta:
    return segment[1] - segment[0]


def _a_day(days: Sequence[Sequence[_Segment]], counts: Callable[[frozenset[_Used]], bool]) -> int:
    """Minutes a day of use in which it was so; none when it was on few days.

    A person may have two devices in hand for a while, now and then for long; several people have every day.
    """
    found = [sum((_length(one) for one in day if counts(one[2])), timedelta()) for day in days]
    return int(sum(found, timedelta()) / len(days) / _MINUTE) if sum(map(bool, found)) >= _LEAST_DAYS else 0


def _at_once(used: frozenset[_Used]) -> bool:
    return len({device for device, _ in used}) > 1


def _settled(seen: Iterable[Trace]) -> dict[str, str]:
    """The network of each device that stays in one, as a phone does not that goes from cell to cell."""
    networks: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for trace in seen:
        if trace.network:
            networks[trace.device][trace.network] += 1
    found: dict[str, str] = {}
    for device, sessions in networks.items():
        network, number = sessions.most_common(1)[0]
        if number >= _SETTLED * sessions.total():
            found[device] = network
    return found


def _in_two_places(used: frozenset[_Used], settled: Mapping[str, str]) -> bool:
    return len({network for device, network in used if settled.get(device) == network}) > 1


def _side_by_side(days: Sequence[Sequence[_Segment]]) -> int:
    """How many minutes a day the second device was in use by itself while the first one's day went on.

    What somebody has in hand beside their own work is hardly used by itself; a colleague's computer is. Only on days
    when two were in use at once.
    """
    beside = sum((_beside(day) for day in days if any(_at_once(used) for _, _, used in day)), timedelta())
    return int(beside / len(days) / _MINUTE) if days else 0


def _beside(day: Sequence[_Segment]) -> timedelta:
    spans: dict[str, tuple[datetime, datetime]] = {}
    for start, end, used in day:
        for device, _ in used:
            spans[device] = (spans[device][0] if device in spans else start, end)
    alone: defaultdict[str, timedelta] = defaultdict(timedelta)
    for start, end, used in day:
        devices = {device for device, _ in used}
        others = (span for device, span in spans.items() if device not in devices)
        if len(devices) == 1 and any(first <= start and end <= last for first, last in others):
            alone[devices.pop()] += end - start
    return sorted(alone.values())[-2] if len(alone) > 1 else timedelta()


def _days_in_turn(seen: Sequence[Trace], zone: tzinfo) -> int:
    """On how many days it went from one device to another and back within minutes, again and again."""
    turns: Counter[date] = Counter()
    for (first, second), third in zip(pairwise(seen), seen[2:], strict=False):
        if first.device == third.device != second.device and _soon(first, second) and _soon(second, third):
            turns[third.started_at.astimezone(zone).date()] += 1
    return sum(number >= _TURNS for number in turns.values())


def _soon(before: Trace, after: Trace) -> bool:
    return after.started_at - before.last_seen <= _WITHIN


def _devices(seen: Iterable[Trace]) -> int:
    """Devices that came back; of those seen once, as after clearing cookies, one for each kind of browser."""
    sessions = Counter(trace.device for trace in seen)
    agents = {trace.device: trace.agent for trace in seen}
    back = [device for device, number in sessions.items() if number > 1]
    once = {agents[device] for device, number in sessions.items() if number == 1} - {agents[one] for one in back}
    return len(back) + len(once)


def _hours_of_clock(day: Iterable[_Segment], zone: tzinfo) -> int:
    """In how many hours of the clock it was in use."""
    hours: set[int] = set()
    for start, end, _ in day:
        at = start
        while at < end:
            hours.add(at.astimezone(zone).hour)
            at += _HOUR - timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
    return len(hours)
