"""What a session is, and how long it counts (CRD-8)."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

# The session item is written at most this often by traffic, so that a page of ten requests writes once.
SEEN_AT_MOST_EVERY = timedelta(minutes=1)


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

    @property
    def idle_ends_at(self) -> datetime:
        """When it ends unless it is used before."""
        return self.last_seen + timedelta(minutes=self.idle_minutes)

    @property
    def ends_at(self) -> datetime:
        """When it ends whatever happens."""
        return self.started_at + timedelta(hours=self.hours)

    def alive(self, now: datetime) -> bool:
        """Whether it still counts, to the second (CRD-8)."""
        return now < self.idle_ends_at and now < self.ends_at

    def wants_touch(self, now: datetime) -> bool:
        """Whether its last use is old enough to be written again."""
        return now - self.last_seen >= SEEN_AT_MOST_EVERY
