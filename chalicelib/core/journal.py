"""Audit records as they are written (AUD-1, S-AUD-02): one item each, in the transaction of what they tell of.

Sealing into chains, reading and exporting belong to the feature `audit`. A record holds ids and states, never text a
user typed, answers, passwords or tokens (AUD-4).
"""

from datetime import datetime
from typing import Literal

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.core import ids
from chalicelib.core.access import Actor, Member
from chalicelib.core.tables import JournalRow

SCHEMA = 1
PLAN_CHAIN = "plan"
"""Chain of what belongs to no organization."""

Facts = dict[str, str | int | bool | list[str] | None]
"""Ids, states and numbers by name: what a record tells before and after."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What happened, as an action tells it; the rest of the record comes from the actor."""

    action: str
    """`subject.verb`, such as `message.sent`."""
    object_id: str = ""
    organization_id: str | None = None
    """Whose journal it belongs to; a member's own organization when not given."""
    before: Facts = {}
    after: Facts = {}
    result: Literal["done", "refused"] = "done"
    reason: str = ""
    """Code of the refusal."""


class RecordRow(JournalRow, discriminator="record"):
    """One audit record. pk `JOURNAL#<organization id or plan>`, sk `<record id>`, which sorts by time."""

    at = UnicodeAttribute()
    schema = NumberAttribute()
    action = UnicodeAttribute()
    actor_kind = UnicodeAttribute()
    actor_id = UnicodeAttribute()
    membership_id = UnicodeAttribute(null=True)
    object_id = UnicodeAttribute(null=True)
    result = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    before = JSONAttribute(null=True)
    after = JSONAttribute(null=True)
    request_id = UnicodeAttribute()
    address = UnicodeAttribute(null=True)
    device = UnicodeAttribute(null=True)
    session = UnicodeAttribute(null=True)


def record(actor: Actor, entry: Entry, now: datetime) -> RecordRow:
    """The row of one audit record, not yet written."""
    membership = actor.membership_id if isinstance(actor, Member) else None
    own = actor.organization_id if isinstance(actor, Member) else None
    return RecordRow(
        f"JOURNAL#{entry.organization_id or own or PLAN_CHAIN}",
        ids.sortable("rec", now),
        at=now.isoformat(timespec="milliseconds"),
        schema=SCHEMA,
        action=entry.action,
        actor_kind=actor.kind,
        actor_id=actor.id,
        membership_id=membership,
        object_id=entry.object_id or None,
        result=entry.result,
        reason=entry.reason or None,
        before=entry.before or None,
        after=entry.after or None,
        request_id=actor.origin.request_id,
        address=actor.origin.address or None,
        device=actor.origin.device or None,
        session=actor.origin.session or None,
    )
