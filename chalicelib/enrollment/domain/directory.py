"""The public directory: whether a practice has an administrator, and requests that are forwarded to them (ORG-6)."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

KEPT = timedelta(days=90)
"""How long a request waits; nobody sees it after that."""

HasAdministrator = Literal["yes", "no"]
PLAN = "plan"
"""Stands for the place of requests that enrollment answers: of practices without an administrator, and unknown ones."""


class DirectoryRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who can't sign in asks for the administrators of a practice."""

    id: str
    place: str
    """Id of the organization whose administrators have it, or PLAN."""
    tin: str
    """Nine digits, as asked for."""
    organization_id: str | None = None
    """The organization with this TIN when it was asked, if there was one."""
    name: str
    email: str
    phone: str
    note: str
    """What they want, verbatim."""
    requested_at: datetime

    @property
    def ends_at(self) -> datetime:
        """When it goes, answered or not."""
        return self.requested_at + KEPT


def waits(request: DirectoryRequest, now: datetime) -> bool:
    """Whether it is there to be answered, to the second."""
    return now < request.ends_at
