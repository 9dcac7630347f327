"""What of retention waits for somebody (NOT-5)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from chalicelib.core.access import Staff
from chalicelib.core.waiting import MOST, Task, Waiting, waiting
from chalicelib.retention.domain import holds as rules
from chalicelib.retention.domain.holds import Hold
from chalicelib.retention.store import holds

Kind = Literal["legal_hold"]


def of_deciders(actor: Staff, _now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Legal holds, and ends of them, that somebody else asked for and the actor may confirm (MSG-10): who asked."""
    found, more = holds.waiting(MOST)
    yield "legal_hold", waiting((_task(one) for one in found if _confirms(actor, one)), more=more)


def _confirms(actor: Staff, hold: Hold) -> bool:
    return not {"confirm", "confirm_lift"}.isdisjoint(rules.open_moves(hold, actor))


def _task(hold: Hold) -> Task:
    first = hold.waits_for
    assert first is not None
    return Task(hold.id, first.name, first.at)
