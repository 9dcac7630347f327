"""Waves: many practices come aboard together, from a send date to an end date (ORG-2)."""

from datetime import date, datetime, tzinfo
from typing import Literal

import msgspec

from chalicelib.core.errors import FieldError
from chalicelib.enrollment.domain.daytime import day_over, morning

WaveState = Literal["planned", "sending", "sent", "ended"]

MOST_DAYS_AHEAD = 730
"""How far ahead a wave's send date may lie."""
LONGEST_DAYS = 365
"""How long after its send date a wave may end."""


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


class Place(msgspec.Struct, frozen=True):
    """An organization's place in a wave."""

    organization_id: str
    joined_at: datetime


def state(wave: Wave, now: datetime) -> WaveState:
    """How a wave stands at `now`: what has not begun when its end comes is ended too."""
    if wave.ends_at <= now:
        return "ended"
    if wave.finished_at is not None:
        return "sent"
    return "sending" if wave.started_at is not None else "planned"


def check_send(send_on: date, zone: tzinfo, now: datetime) -> list[FieldError]:
    """What is wrong with a send date that is set at `now`."""
    today = now.astimezone(zone).date()
    if send_on < today:
        return [FieldError("/send_on", "in_the_past")]
    if (send_on - today).days > MOST_DAYS_AHEAD:
        return [FieldError("/send_on", "too_far", MOST_DAYS_AHEAD)]
    return []


def check_end(end_on: date, send_on: date, zone: tzinfo, now: datetime) -> list[FieldError]:
    """What is wrong with an end date that is set at `now`: it has passed, or is no later than the send date."""
    if end_on < now.astimezone(zone).date():
        return [FieldError("/end_on", "in_the_past")]
    if end_on <= send_on:
        return [FieldError("/end_on", "not_after_send")]
    if (end_on - send_on).days > LONGEST_DAYS:
        return [FieldError("/end_on", "too_far_after_send", LONGEST_DAYS)]
    return []


def new(id_: str, name: str, send_on: date, end_on: date, zone: tzinfo) -> Wave:
    """A wave with the instants that follow from its dates in the plan's zone."""
    return Wave(
        id=id_,
        name=name,
        send_on=send_on,
        end_on=end_on,
        send_at=morning(send_on, zone),
        ends_at=day_over(end_on, zone),
    )


def edited(wave: Wave, name: str | None, send_on: date, end_on: date, zone: tzinfo, now: datetime) -> Wave:
    """A wave with another name or dates.

    One that had ended and gets more time looks at everybody anew: what fell due in between was let go.
    """
    after = msgspec.structs.replace(
        wave,
        name=wave.name if name is None else name,
        send_on=send_on,
        end_on=end_on,
        send_at=wave.send_at if send_on == wave.send_on else morning(send_on, zone),
        ends_at=wave.ends_at if end_on == wave.end_on else day_over(end_on, zone),
    )
    if wave.ends_at <= now < after.ends_at:
        return msgspec.structs.replace(after, sent_up_to="", finished_at=None)
    return after
