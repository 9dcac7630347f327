"""What a session is, how long it counts, and how many there may be (CRD-8, ACC-10)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.core.access import Stage
from chalicelib.plan.domain import PlanSettings

# The session item is written at most this often by traffic, so that a page of ten requests writes once.
SEEN_AT_MOST_EVERY = timedelta(minutes=1)

MOST_SESSIONS = 3
"""Live sessions of one user (ACC-10, S-SESS-08)."""

LONG_AWAY = timedelta(days=60)
"""A sign-in after more than this is told to the person (S-AUTH-15)."""

DEVICE_KEPT = timedelta(days=180)
"""How long a device is known after the last sign-in from it (S-LIM-01)."""

# How long somebody may take between the right password and the portal.
_ARRIVING = timedelta(minutes=15)


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A signed-in browser. Only the hash of its token is known here."""

    hash: str
    user_id: str
    user_epoch: int
    kind: Literal["member", "staff"]
    organization_id: str | None = None
    membership_id: str | None = None
    device: str = ""
    started_at: datetime
    last_seen: datetime
    idle_minutes: int
    hours: int
    stage: Stage | None = None
    """What is wanted before it opens anything; None when its holder is in."""
    proved_at: datetime
    """When its holder last proved who they are (CRD-10)."""
    browser: str = ""
    """Kind of browser and system, for the person's own list."""
    displaced: bool = False
    """Whether a newer sign-in ended it (ACC-10)."""
    known_as: str = ""
    """Digest of the token by which the device is known: tells two browsers of one kind apart."""
    network: str = ""
    """Keyed digest of the network that it began in, never an address; empty when unknown (ACC-10)."""

    @property
    def idle_ends_at(self) -> datetime:
        """When it ends unless it is used before."""
        return self.last_seen + timedelta(minutes=self.idle_minutes)

    @property
    def ends_at(self) -> datetime:
        """When it ends whatever happens."""
        return self.started_at + (timedelta(hours=self.hours) if self.stage is None else _ARRIVING)

    def alive(self, now: datetime) -> bool:
        """Whether it still counts, to the second (CRD-8)."""
        return not self.displaced and now < self.idle_ends_at and now < self.ends_at

    def wants_touch(self, now: datetime) -> bool:
        """Whether its last use is old enough to be written again."""
        return now - self.last_seen >= SEEN_AT_MOST_EVERY


def password_ends_at(changed_at: datetime, settings: PlanSettings) -> datetime:
    """From when on a password opens nothing but "change your password" (CRD-2, S-AUTH-05)."""
    return changed_at + timedelta(days=settings.password_days)


def next_stage(
    *, code_given: bool, has_factor: bool, factor_wanted: bool, password_ends: datetime, now: datetime
) -> Stage | None:
    """What a person who gave the right password has to do next; None when they may come in.

    The code first, so that nobody without it learns or changes more (CRD-9); then a password that is too old
    (CRD-2); then the factor that the role asks for.
    """
    if has_factor and not code_given:
        return "factor"
    if now >= password_ends:
        return "password"
    if factor_wanted and not has_factor:
        return "enroll"
    return None


def was_away(last_sign_in: datetime | None, now: datetime) -> bool:
    """Whether somebody signs in after so long that they are told of it (CRD-10, S-AUTH-15); never the first time."""
    return last_sign_in is not None and now > last_sign_in + LONG_AWAY


def too_many(sessions: Iterable[Session], now: datetime) -> list[Session]:
    """The oldest live sessions that have to end so that one more may begin (ACC-10)."""
    live = sorted((session for session in sessions if session.alive(now)), key=lambda session: session.started_at)
    return live[: max(0, len(live) - MOST_SESSIONS + 1)]


_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_named(user_agent: str) -> str:
    """Kind of browser and system, such as `Firefox, Windows`: enough to know one's own by; parts may be missing.

    Only names from here are kept, never the text of the header.
    """
    found = (next((name for mark, name in known if mark in user_agent), "") for known in (_BROWSERS, _SYSTEMS))
    return ", ".join(filter(None, found))
