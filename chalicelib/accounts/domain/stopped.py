"""Whom no mail reaches, as lists and pages of accounts tell it (NOT-4); the rules of it are notifications'."""

from datetime import datetime
from typing import Literal

import msgspec

Reason = Literal["bounced", "complained"]
"""Mail came back, or whoever reads it there said that they don't want it."""


class Stop(msgspec.Struct, frozen=True):
    """Why an address gets no mail, and since when."""

    reason: Reason
    since: datetime


class Mark(msgspec.Struct, frozen=True):
    """A member or one of the staff whose address gets none."""

    id: str
    """Id of the membership, or of the user for staff."""
    stop: Stop
