"""Unread messages of mailboxes, counted with each change of a row (MSG-4; docs/data-model.md)."""

from collections.abc import Iterable

import msgspec
from pynamodb.attributes import NumberAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.core.change import Change
from chalicelib.core.tables import MailRow


class CounterRow(MailRow, discriminator="counter"):
    """pk `BOX#<mailbox id>`, sk `COUNTER`. No version: parallel changes add up."""

    unread = NumberAttribute()
    changes = NumberAttribute(null=True)
    """How often it was counted: whoever counts anew sees whether it was counted meanwhile."""


class Counted(msgspec.Struct, frozen=True):
    """What a counter says."""

    unread: int = 0
    changes: int | None = None
    """None of one that isn't there, or was never counted since changes are."""


def unread_counts(mailbox_ids: Iterable[str]) -> dict[str, int]:
    """Unread messages by mailbox; a mailbox that never had any is left out."""
    return {id_: counted.unread for id_, counted in counters(mailbox_ids).items()}


def counters(mailbox_ids: Iterable[str]) -> dict[str, Counted]:
    """Counters by mailbox, read strongly; a mailbox that never had a message is left out."""
    keys = [(_pk(id_), "COUNTER") for id_ in mailbox_ids]
    if not keys:
        return {}
    return {
        row.pk.removeprefix("BOX#"): Counted(int(row.unread), None if row.changes is None else int(row.changes))
        for row in CounterRow.batch_get(keys, consistent_read=True)
    }


def count(change: Change, mailbox_id: str, difference: int) -> None:
    """Plan that a mailbox has so many unread messages more."""
    actions: list[Action] = [CounterRow.unread.add(difference), CounterRow.changes.add(1)]
    change.count(CounterRow(_pk(mailbox_id), "COUNTER"), actions)


def correct(change: Change, mailbox_id: str, counted: Counted, unread: int) -> None:
    """Plan what a counter says from now on. The commit fails with Conflict when it was counted since `counted`."""
    changes = CounterRow.changes
    same: Condition = changes.does_not_exist() if counted.changes is None else changes == counted.changes
    # One that isn't there is made, so that its kind is written too.
    actions: list[Action] = [CounterRow.unread.set(unread), changes.add(1), CounterRow.cls.set(CounterRow)]
    change.update(CounterRow(_pk(mailbox_id), "COUNTER"), actions, same)


def _pk(mailbox_id: str) -> str:
    return f"BOX#{mailbox_id}"
