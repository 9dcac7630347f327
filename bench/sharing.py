"""How well shared sign-ins are told from honest ones (ACC-10, S-SHARE-01), by made-up months whose truth is known.

Thresholds (`chalicelib/sharing/domain.py`) were chosen on the setting `CHOSEN_ON` and are judged on the others, which
differ in how much, how long and on how many devices people work. Nobody here is real. The same seed gives the same
months; `python -m bench sharing` prints the table.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

import msgspec

from bench.results import Line
from chalicelib.credentials.domain import MOST_SESSIONS
from chalicelib.credentials.domain.traces import Trace
from chalicelib.sharing.domain import WINDOW, Signal, signal

Honest = Literal[
    "one_desk",
    "home_and_office",
    "vpn",
    "phone_beside",
    "two_screens",
    "laptop_too",
    "stations",
    "no_cookies",
    "long",
]
Shared = Literal["front_desk", "two_sites", "biller", "shifts", "other_days", "one_computer"]

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 3, 2, 0, 0, tzinfo=ZONE)
_DIFFERS = ("use", "pause", "phone", "together")
_IDLE = timedelta(minutes=15)
_LONGEST = timedelta(hours=12)
_BOUNDS = (0.9, 0.7)
"""Precision and recall at least, on every setting that the thresholds were not chosen on."""


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What kind of practices a month is made of."""

    name: str
    shared: float = 0.2
    """Share of sign-ins that are shared."""
    use: float = 12.0
    """Minutes that somebody uses the portal at a time, on average."""
    pause: float = 18.0
    """Minutes until they use it again."""
    days: float = 0.9
    """How likely somebody works on a weekday."""
    phone: float = 3.0
    """Looks at the phone a day, of those who have it beside them."""
    together: float = 25.0
    """Minutes a day with two screens in hand, of those who have two."""
    spread: float = 1.7
    """By how much practices differ in these: up to so many times more or less."""
    most_people: int = 5
    """Who share one sign-in are two to so many."""
    kinds: tuple[Shared, ...] = (*get_args(Shared), "front_desk", "front_desk", "front_desk", "two_sites", "biller")
    """Ways of sharing; one that is named more often is more frequent."""


CHOSEN_ON = Setting(name="chosen on")
HELD_OUT = (
    Setting(name="busier, few share", shared=0.1, use=18, pause=15, days=0.95),
    Setting(name="lighter use, small practices", shared=0.25, use=10, pause=20, days=0.85, most_people=3),
    Setting(name="phones and tablets", shared=0.2, use=13, pause=17, phone=5, together=28),
    Setting(name="part-time, many share", shared=0.3, use=14, pause=19, days=0.7, spread=2.0),
)


class Month(msgspec.Struct, frozen=True):
    """A sign-in's month, and the truth about it."""

    kind: Honest | Shared
    traces: list[Trace]
    only_one: bool

    @property
    def shared(self) -> bool:
        """Whether several people use it."""
        return self.kind in get_args(Shared)


class Judged(msgspec.Struct, frozen=True):
    """How often the signals were right."""

    told: int
    """Shared ones that would be told."""
    missed: int
    wrong: int
    """Honest ones that would be told."""
    sessions: int

    @property
    def precision(self) -> float:
        """Of those told, how many are shared."""
        return self.told / max(1, self.told + self.wrong)

    @property
    def recall(self) -> float:
        """Of those shared, how many are told."""
        return self.told / max(1, self.told + self.missed)


class _Use(msgspec.Struct, order=True):
    """Somebody at work without a pause worth naming."""

    start: datetime
    end: datetime
    device: str
    network: str
    leaves: bool = False
    """Whether they sign out at the end."""


def measure() -> list[Line]:
    """1,000 sign-ins of each setting, of some 250 sessions each."""
    lines = []
    for setting in (CHOSEN_ON, *HELD_OUT):
        found = judged(setting, 1_000)
        note = f"{found.told} told, {found.missed} missed, {found.wrong} wrong, {found.sessions:,} sessions"
        precision, recall = (1 - found.precision, 1 - found.recall)
        limits = (1 - _BOUNDS[0], 1 - _BOUNDS[1]) if setting is not CHOSEN_ON else (None, None)
        lines += [
            Line(what=f"{setting.name}: told wrongly", value=precision, unit="of told", limit=limits[0], note=note),
            Line(what=f"{setting.name}: missed", value=recall, unit="of shared", limit=limits[1]),
        ]
    return lines


def judged(setting: Setting, count: int, seed: int = 8) -> Judged:
    """What the signals say of so many sign-ins, beside the truth."""
    told = missed = wrong = sessions = 0
    for month in months(setting, count, seed):
        telling = shown(month).telling
        sessions += len(month.traces)
        told += telling and month.shared
        missed += month.shared and not telling
        wrong += telling and not month.shared
    return Judged(told, missed, wrong, sessions)


def shown(month: Month) -> Signal:
    """The signal of a month, at its end."""
    return signal(month.traces, only_one=month.only_one, since=START, now=START + WINDOW, zone=ZONE)


def months(setting: Setting, count: int, seed: int = 8) -> Iterator[Month]:
    """Sign-ins of a setting with their truth."""
    chance = random.Random(f"{setting.name} {seed}")  # noqa: S311 - a simulation
    for number in range(count):
        shared = chance.random() < setting.shared
        kind: Honest | Shared = chance.choice(setting.kinds if shared else get_args(Honest))
        uses = sorted(_Writer(setting, chance, f"s{number}").month(kind))
        yield Month(kind, _sessions(uses, f"usr_{number}", chance), chance.random() < (0.5 if shared else 0.15))


class _Writer:
    """Writes the month of one sign-in."""

    def __init__(self, setting: Setting, chance: random.Random, name: str) -> None:
        self.chance = chance
        self.setting = msgspec.structs.replace(
            setting, **{about: getattr(setting, about) * self._times(setting.spread) for about in _DIFFERS}
        )
        self.name = name
        self.leaves = chance.random() < 0.5
        self.begins = chance.uniform(7, 9.5)

    def _times(self, spread: float) -> float:
        return float(spread ** self.chance.uniform(-1, 1))

    def month(self, kind: Honest | Shared) -> Iterator[_Use]:
        """All uses of it, in no order."""
        people = 1 if kind in get_args(Honest) else self.chance.randint(2, self.setting.most_people)
        for day in range(WINDOW.days):
            at = START + timedelta(days=day)
            if at.weekday() < 5:
                yield from getattr(self, f"_{kind}")(at, people, day)

    def _works(self) -> bool:
        return self.chance.random() < self.setting.days

    def _at_work(
        self, day: datetime, device: str, network: str, begins: float, hours: float, share: float = 1.0
    ) -> Iterator[_Use]:
        """Uses and pauses from a time of the day; `share`: how much longer the pauses are for those who use less."""
        at = day + timedelta(hours=begins, minutes=self.chance.uniform(0, 20))
        end = at + timedelta(hours=hours)
        while at < end:
            until = at + timedelta(minutes=self.chance.expovariate(1 / self.setting.use) + 0.5)
            leaves = self.leaves and self.chance.random() < 0.4
            yield _Use(at, until, f"{self.name}-{device}", network, leaves)
            at = until + timedelta(minutes=(self.chance.expovariate(1 / self.setting.pause) + 0.5) / share)

    def _desk(self, day: datetime) -> list[_Use]:
        return list(self._at_work(day, "desk", "office", self.begins, 8.5)) if self._works() else []

    # Honest: one person.

    def _one_desk(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        yield from self._desk(day)

    def _home_and_office(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        yield from self._desk(day)
        if self.chance.random() < 0.35:
            yield from self._at_work(day, "home", "home", self.begins + self.chance.uniform(9, 12), 1.5)

    def _vpn(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        for use in self._desk(day):
            yield msgspec.structs.replace(use, network=self.chance.choice(("office", "vpn-a", "vpn-b", "home")))

    def _phone_beside(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        """A phone that changes from cell to cell, looked at during the same day, and now and then right after work."""
        uses = self._desk(day)
        yield from uses
        for _ in range(int(self.chance.expovariate(1 / self.setting.phone)) if uses else 0):
            at = day + timedelta(hours=self.chance.uniform(self.begins, self.begins + 11))
            until = at + timedelta(minutes=self.chance.uniform(0.5, 6))
            yield _Use(at, until, f"{self.name}-phone", f"cell-{self.chance.randrange(6)}")

    def _two_screens(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        """A tablet in hand at the desk for some minutes, more on some days."""
        uses = self._desk(day)
        yield from uses
        left = self.chance.expovariate(1 / self.setting.together) if uses else 0.0
        while left > 1:
            minutes = min(left, self.chance.uniform(2, 20))
            at = self.chance.choice(uses).start
            yield _Use(at, at + timedelta(minutes=minutes), f"{self.name}-tablet", "office")
            left -= minutes

    def _laptop_too(self, day: datetime, people: int, number: int) -> Iterator[_Use]:
        """A laptop beside the desk, in meetings, and at home in the evening."""
        for use in self._two_screens(day, people, number):
            meeting = self.chance.random() < 0.1
            yield msgspec.structs.replace(use, device=f"{self.name}-tablet") if meeting else use
        if self.chance.random() < 0.35:
            yield from self._at_work(day, "tablet", "home", self.begins + self.chance.uniform(9, 12), 1.5)

    def _stations(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        """From station to station, each also used by others with sign-ins of their own."""
        for use in self._desk(day):
            station = self.chance.randrange(6)
            # Others need it: they sign out, or the next one does.
            yield msgspec.structs.replace(use, device=f"{self.name}-{station}", leaves=self.chance.random() < 0.8)

    def _no_cookies(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        """A browser that forgets everything: each sign-in looks like another device."""
        for use in self._desk(day):
            yield msgspec.structs.replace(use, device=f"{self.name}-new-{use.start:%d%H%M%S}", leaves=True)

    def _long(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        """Twelve hours at a time, sixteen now and then, from the desk and a laptop."""
        if self.chance.random() < self.setting.days * 0.7:
            hours = 15.5 if self.chance.random() < 0.1 else 12
            for use in self._at_work(day, "desk", "office", self.begins - 1.5, hours):
                evening = use.start.astimezone(ZONE).hour >= 18
                yield msgspec.structs.replace(use, device=f"{self.name}-laptop") if evening else use

    # Shared: two to five people.

    def _front_desk(self, day: datetime, people: int, _number: int) -> Iterator[_Use]:
        """Each at an own computer in the same office, at the same time."""
        for person in range(people):
            if self._works():
                yield from self._at_work(day, f"desk-{person}", "office", self.begins, 8.5)

    def _two_sites(self, day: datetime, people: int, _number: int) -> Iterator[_Use]:
        for person in range(people):
            if self._works():
                yield from self._at_work(day, f"desk-{person}", f"site-{person % 2}", self.begins, 8)

    def _biller(self, day: datetime, _people: int, _number: int) -> Iterator[_Use]:
        """The practice all day, and somebody elsewhere who bills for it some hours."""
        yield from self._desk(day)
        if self.chance.random() < self.setting.days * 0.8:
            begins = self.begins + self.chance.uniform(0, 5)
            yield from self._at_work(day, "biller", "elsewhere", begins, self.chance.uniform(2, 4))

    def _shifts(self, day: datetime, people: int, _number: int) -> Iterator[_Use]:
        """Early, late and night, at computers that all use."""
        for shift in range(min(people, 3)):
            device = f"desk-{self.chance.randrange(2)}"
            yield from self._at_work(day, device, "office", 6 + shift * 7.5, 8)

    def _other_days(self, day: datetime, people: int, number: int) -> Iterator[_Use]:
        """One at a time, each on days of their own: nothing shows."""
        if self._works():
            yield from self._at_work(day, f"desk-{number % people}", "office", self.begins, 8.5)

    def _one_computer(self, day: datetime, people: int, _number: int) -> Iterator[_Use]:
        """All at the same computer: nothing shows but how much it is used."""
        yield from self._at_work(day, "desk", "office", self.begins, 9, share=float(people))


def _sessions(uses: Sequence[_Use], user_id: str, chance: random.Random) -> list[Trace]:
    """What the portal makes of it: idle ends, the longest session, and at most three at once (CRD-8, ACC-10)."""
    alive: dict[str, Trace] = {}
    ended: list[Trace] = []
    for use in uses:
        for device, open_ in list(alive.items()):
            if use.start - open_.last_seen >= _IDLE or use.start - open_.started_at >= _LONGEST:
                ended.append(alive.pop(device))
        earlier = alive.get(use.device)
        if earlier is None:
            if len(alive) >= MOST_SESSIONS:
                oldest = min(alive.values(), key=lambda one: one.started_at)
                ended.append(msgspec.structs.replace(alive.pop(oldest.device), displaced=True))
            agent = f"agent-{hash_of(use.device) % 3}"
            earlier = Trace(
                session=f"{chance.getrandbits(48):012x}",
                user_id=user_id,
                device=use.device,
                agent=agent,
                network=use.network,
                started_at=use.start,
                last_seen=use.start,
            )
        alive[use.device] = msgspec.structs.replace(earlier, last_seen=max(use.end, earlier.last_seen))
        if use.leaves:
            ended.append(alive.pop(use.device))
    return ended + list(alive.values())


def hash_of(text: str) -> int:
    """A small number for a text, the same in every run."""
    return sum(map(ord, text))
