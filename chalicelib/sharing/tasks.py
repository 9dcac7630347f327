"""What of shared sign-ins waits for somebody (NOT-5, ACC-10): themselves first, then administrators."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from chalicelib.core.access import Member, Staff
from chalicelib.core.waiting import Task, Waiting, waiting
from chalicelib.sharing import store
from chalicelib.sharing.listing import told

Kind = Literal["sharing_signal", "own_sharing_signal"]


def of_administrators(actor: Member, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """Members whose sign-in seems to be shared, not oneself: they may need accounts of their own."""
    found, more = told(actor, now)
    yield "sharing_signal", waiting((Task(one.membership_id, one.name, one.since) for one in found), more=more)


def of_themselves(actor: Member | Staff, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """That one's own sign-in seems to be shared."""
    yield "own_sharing_signal", Waiting(count=0 if store.note(actor.id, now) is None else 1)
