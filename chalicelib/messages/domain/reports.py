"""Messages that reached somebody in error, as the plan hears of them (MSG-5): ids and names, no word of theirs."""

from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core.errors import Conflict

State = Literal["open", "closed"]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report; a mailbox makes one of a message. Names are as they were then."""

    id: str
    message_id: str
    thread_id: str
    mailbox_id: str
    organization_id: str | None
    organization_name: str | None
    reported_by: str
    """User id."""
    reporter_name: str
    reported_at: datetime
    closed_by: str | None = None
    closer_name: str | None = None
    closed_at: datetime | None = None
    comment: str = ""
    """What the plan did about it, as typed."""

    @property
    def state(self) -> State:
        """Whether the plan still has to look into it."""
        return "open" if self.closed_at is None else "closed"


def closed(report: Report, user_id: str, name: str, comment: str, now: datetime) -> Report:
    """A report that somebody of the plan dealt with. Raises Conflict `report_closed` when that was done before."""
    if report.state == "closed":
        raise Conflict("report_closed")
    return msgspec.structs.replace(report, closed_by=user_id, closer_name=name, closed_at=now, comment=comment)
