"""Who is told of a shared sign-in, and when: the person first, administrators when it goes on (ACC-10, S-SHARE-03)."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

import msgspec

from chalicelib.sharing.domain import Signal

GOES_ON = timedelta(days=7)
"""So long after the note to the user, administrators are told if it goes on."""
KEPT = timedelta(days=37)
"""A note and a mark end so long after they were last looked at: when nobody signs in any more, nobody looks."""

Place = tuple[str, str]
"""Organization and membership ids."""


class Raised(msgspec.Struct, frozen=True, array_like=True):
    """A place whose administrators were told, and when."""

    organization_id: str
    membership_id: str
    since: datetime

    @property
    def place(self) -> Place:
        """Which one."""
        return self.organization_id, self.membership_id


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """That a person was told, and since when (ACC-10)."""

    user_id: str
    noticed_at: datetime
    raised_at: datetime | None = None
    """When administrators were told first."""
    places: tuple[Raised, ...] = ()
    """Those of which memberships, and when."""
    signal: Signal
    """As it was looked at last."""
    ends_at: datetime
    """It counts no more then, whether or not anybody looked again."""

    def not_raised(self, places: Collection[Place]) -> list[Place]:
        """Those of some places whose administrators were not told, in order."""
        return sorted(set(places) - {one.place for one in self.places})


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What the administrators of a practice see of one of its members."""

    organization_id: str
    membership_id: str
    since: datetime
    """When they were told."""
    signal: Signal
    ends_at: datetime


Step = Literal["notice", "raise", "keep", "clear", "nothing"]


def next_step(note: Note | None, month: Signal, goes_on: Collection[Place], now: datetime) -> Step:
    """What follows for a person: they are told first; administrators only when it goes on a week later (ACC-10).

    `goes_on`: places of which the sessions since the note are telling by themselves, so that no administrator is told
    because of what happens elsewhere. `note` counts at `now`.
    """
    if note is None:
        return "notice" if month.telling else "nothing"
    if now < note.noticed_at + GOES_ON:
        return "nothing"
    if note.not_raised(goes_on):
        return "raise"
    if not month.telling:
        return "clear"
    return "nothing" if note.raised_at is None else "keep"
