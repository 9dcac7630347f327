"""Waves: many practices come aboard together, from a send date to an end date (ORG-2)."""

from datetime import date, datetime
from typing import Literal

import msgspec

WaveState = Literal["planned", "sending", "sent", "ended"]


class Wave(msgspec.Struct, frozen=True, kw_only=True):
    """Some practices, when their forms go out, and until when enrollment goes after them."""

    id: str
    name: str
    send_on: date
    end_on: date
    send_at: datetime
    """The morning of `send_on` in the plan's time zone."""
    ends_at: datetime
    """The end of the day `end_on` in the plan's time zone."""
    started_at: datetime | None = None
    """When the job began to send."""
    sent_up_to: str = ""
    """Id of the last organization that the job has passed."""
    finished_at: datetime | None = None
    members: int = 0
    """How many organizations are in it."""
    version: int = 1


def state(wave: Wave, now: datetime) -> WaveState:
    """How a wave stands at `now`: what has not begun when its end comes is ended too."""
    if wave.ends_at <= now:
        return "ended"
    if wave.finished_at is not None:
        return "sent"
    return "sending" if wave.started_at is not None else "planned"
