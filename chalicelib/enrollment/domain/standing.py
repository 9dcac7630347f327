"""How far a practice has come aboard, and what it still lacks (ORG-1, ORG-2, ORG-3)."""

from datetime import datetime
from typing import Literal, get_args

import msgspec

Lack = Literal[
    "not_sent",
    "not_reached",
    "to_verify",
    "not_registered",
    "without_administrator",
    "no_backup",
    "no_users",
    "complete",
    "closed",
]
"""The first thing that a practice lacks. `not_sent`: no form went out. `not_reached`: one is out, or ended unsigned.
`to_verify`: signed. `not_registered`: approved, and the administrator has not registered. `without_administrator`: there
was one, and none acts. Then a backup, then a general user."""
LACKS: tuple[Lack, ...] = get_args(Lack)

CHASE_DAYS = (7, 21)
"""How long after the lack began practices without a backup, or without users, are chased by mail (ORG-3)."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An organization's place on the lists of enrollment; follows what happens within moments."""

    organization_id: str
    name: str
    tin: str
    wave_id: str | None = None
    lacks: Lack
    since: datetime
    """When this lack was first seen."""
    chased: int = 0
    """The longest of CHASE_DAYS that the practice was chased for in this lack."""
    version: int = 0
