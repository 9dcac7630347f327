"""Who is told of what (NOT-5): a line for each feature's function that tells what of it waits for somebody.

A line names who may do the task, as the routes do by which it is done, so that nobody sees one they can't do. The
functions look at a bounded number of items each (`core/waiting.py`).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Literal, get_args

from chalicelib.access_reviews import tasks as access_reviews
from chalicelib.accounts import tasks as accounts
from chalicelib.core.access import Actor, Member, Staff, StaffRole
from chalicelib.core.waiting import Waiting
from chalicelib.enrollment import tasks as enrollment
from chalicelib.messages import tasks as messages
from chalicelib.retention import tasks as retention
from chalicelib.sharing import tasks as sharing

Kind = Literal[access_reviews.Kind, accounts.Kind, enrollment.Kind, messages.Kind, retention.Kind, sharing.Kind]
Found = Iterable[tuple[Kind, Waiting]]


def gather(actor: Actor, now: datetime) -> Iterator[tuple[Kind, Waiting]]:
    """What waits for somebody, the most pressing kinds first; where too many were looked at, it may be none."""
    for found in _looks(actor, now):
        yield from ((kind, waiting) for kind, waiting in found if waiting.count or waiting.more)


def _looks(actor: Actor, now: datetime) -> Iterator[Found]:
    if isinstance(actor, Member):
        yield from (look(actor, now) for may, look in _OF_MEMBERS if may(actor))
    if isinstance(actor, Staff):
        yield from (look(actor, now) for roles, look in _OF_STAFF if not actor.roles.isdisjoint(roles))


def _administers(actor: Member) -> bool:
    return actor.is_administrator


def _anybody(_: Member) -> bool:
    return True


_EVERYBODY: tuple[StaffRole, ...] = get_args(StaffRole)
_OF_MEMBERS: tuple[tuple[Callable[[Member], bool], Callable[[Member, datetime], Found]], ...] = (
    (_anybody, accounts.of_themselves),
    (_anybody, sharing.of_themselves),
    (_administers, accounts.of_deciders),
    (_administers, access_reviews.of_administrators),
    (_administers, accounts.of_administrators),
    (_administers, enrollment.of_directory),
    (_administers, sharing.of_administrators),
    (_anybody, messages.of_members),
)
_OF_STAFF: tuple[tuple[tuple[StaffRole, ...], Callable[[Staff, datetime], Found]], ...] = (
    (_EVERYBODY, accounts.of_themselves),
    (_EVERYBODY, sharing.of_themselves),
    (("department_agent",), messages.of_agents),
    (("enrollment", "plan_administrator"), accounts.of_deciders),
    (("enrollment", "plan_administrator"), access_reviews.of_plan),
    (("enrollment",), access_reviews.of_enrollment),
    (("enrollment",), enrollment.of_enrollment),
    (("enrollment",), enrollment.of_directory),
    (("plan_administrator", "auditor"), retention.of_deciders),
    (("plan_administrator",), accounts.of_plan_administrators),
    (("plan_administrator",), messages.of_plan_administrators),
    (("helpdesk",), accounts.of_helpdesk),
)
