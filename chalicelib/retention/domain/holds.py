"""Legal holds (MSG-10): states, and who sets and lifts one with whom.

A plan administrator and an auditor do so together: one asks, the other confirms. Who is both counts as either, and
never for both.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core.access import Staff, StaffRole
from chalicelib.core.errors import Conflict, Forbidden

Kind = Literal["user", "organization", "thread"]
State = Literal["asked", "active", "lift_asked", "lifted", "refused"]
Move = Literal["confirm", "refuse", "ask_to_lift", "confirm_lift", "keep"]

MOST_HOLDS = 1_000
"""Subjects that are held at a time, and as many that wait for a second person."""
DECIDERS: frozenset[StaffRole] = frozenset({"plan_administrator", "auditor"})

_FROM: dict[Move, State] = {
    "confirm": "asked",
    "refuse": "asked",
    "ask_to_lift": "active",
    "confirm_lift": "lift_asked",
    "keep": "lift_asked",
}
_TO: dict[Move, State] = {
    "confirm": "active",
    "refuse": "refused",
    "ask_to_lift": "lift_asked",
    "confirm_lift": "lifted",
    "keep": "active",
}
_SECOND: frozenset[Move] = frozenset({"confirm", "confirm_lift"})
"""What takes a second person."""
HOLDING: frozenset[State] = frozenset({"active", "lift_asked"})
WAITING: frozenset[State] = frozenset({"asked", "lift_asked"})


class Subject(msgspec.Struct, frozen=True):
    """What is held: all messages that a user wrote or got, those of an organization, or a thread."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        return f"{self.kind}#{self.id}"


class Step(msgspec.Struct, frozen=True):
    """Who asked for or did something, and when."""

    user_id: str
    name: str
    at: datetime
    roles: frozenset[StaffRole] = frozenset()
    """Those of theirs that count here."""


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A legal hold, whatever became of it."""

    id: str
    subject: Subject
    reason: str
    """As typed; in no notice, log or record."""
    state: State = "asked"
    asked: Step
    confirmed: Step | None = None
    lift_reason: str = ""
    lift_asked: Step | None = None
    ended: Step | None = None
    """Who lifted or refused it."""
    version: int = 0

    @property
    def waits_for(self) -> Step | None:
        """Who asked for what a second person has to confirm."""
        return self.asked if self.state == "asked" else self.lift_asked if self.state == "lift_asked" else None


class Holds(msgspec.Struct, frozen=True, kw_only=True):
    """All that is held now. `version` rises with every change: whoever deletes requires it as it was read."""

    held: dict[str, tuple[str, ...]] = {}
    """Ids of the active holds by subject: lifting one of two leaves the subject held."""
    waiting: tuple[str, ...] = ()
    """Ids of the holds that wait for a second person."""
    lifted: dict[str, datetime] = {}
    """Subjects that are not held any more, and since when, until what their hold kept was looked at again."""
    version: int = 0

    @property
    def users(self) -> list[str]:
        """Ids of the users who are held."""
        return [subject.removeprefix("user#") for subject in self.held if subject.startswith("user#")]


def step(actor: Staff, now: datetime) -> Step:
    """What somebody of the plan does, by the roles that count here."""
    return Step(actor.id, actor.name, now, actor.roles & DECIDERS)


def open_moves(hold: Hold, actor: Staff) -> list[Move]:
    """What somebody may do with a hold now."""
    return [move for move in _FROM if _FROM[move] == hold.state and _may(hold, move, actor)]


def moved(hold: Hold, move: Move, actor: Staff, now: datetime, reason: str = "") -> Hold:
    """The hold after a move.

    Raises Conflict `hold_<state>` for one that isn't open, Forbidden `second_person` to who asked, or has not the other
    role.
    """
    if hold.state != _FROM[move]:
        raise Conflict(f"hold_{hold.state}")
    if not _may(hold, move, actor):
        raise Forbidden("second_person")
    done = step(actor, now)
    after = msgspec.structs.replace(hold, state=_TO[move], version=hold.version + 1)
    if move == "confirm":
        return msgspec.structs.replace(after, confirmed=done)
    if move == "ask_to_lift":
        return msgspec.structs.replace(after, lift_asked=done, lift_reason=reason)
    if move == "keep":
        return msgspec.structs.replace(after, lift_asked=None, lift_reason="")
    return msgspec.structs.replace(after, ended=done)


def _may(hold: Hold, move: Move, actor: Staff) -> bool:
    if actor.roles.isdisjoint(DECIDERS):
        return False
    first = hold.waits_for
    if move not in _SECOND or first is None:
        return True
    return actor.id != first.user_id and together(first.roles, actor.roles)


def together(one: Collection[StaffRole], other: Collection[StaffRole]) -> bool:
    """Whether of two people one counts as plan administrator and the other as auditor."""
    pairs = (("plan_administrator", "auditor"), ("auditor", "plan_administrator"))
    return any(mine in one and theirs in other for mine, theirs in pairs)


def with_hold(holds: Holds, hold: Hold, now: datetime) -> Holds:
    """All that is held, with a hold as it is now. Raises Conflict `too_many_holds`."""
    subject = str(hold.subject)
    others = tuple(id_ for id_ in holds.held.get(subject, ()) if id_ != hold.id)
    ids = (*others, hold.id) if hold.state in HOLDING else others
    held = {**{key: value for key, value in holds.held.items() if key != subject}, **({subject: ids} if ids else {})}
    if len(held) > max(MOST_HOLDS, len(holds.held)):
        raise Conflict("too_many_holds")
    waiting = tuple(id_ for id_ in holds.waiting if id_ != hold.id)
    # Asking takes one person alone.
    if hold.state == "asked" and len(waiting) >= MOST_HOLDS:
        raise Conflict("too_many_holds")
    # What is held anew is not looked at every night: it comes back when that is lifted.
    lifted = {key: at for key, at in holds.lifted.items() if key != subject or not ids}
    if subject in holds.held and not ids:
        lifted[subject] = now
    return Holds(
        held=held,
        waiting=(*waiting, hold.id) if hold.state in WAITING else waiting,
        lifted=lifted,
        version=holds.version + 1,
    )


def holding(
    holds: Holds,
    organization_id: str | None,
    thread_id: str | None,
    users: Iterable[str],
    mailboxes: Iterable[str] = (),
    owners: Mapping[str, str] | None = None,
) -> Subject | None:
    """The first subject of a hold that keeps something; None when nothing does.

    `users`: who wrote or worked on it. `mailboxes`: whom it went to. `owners`: of mailboxes, the held users'.
    """
    subjects: list[Subject] = []
    if organization_id is not None:
        subjects.append(Subject("organization", organization_id))
    if thread_id is not None:
        subjects.append(Subject("thread", thread_id))
    subjects += [Subject("user", user_id) for user_id in users]
    owned = owners or {}
    subjects += [Subject("user", owned[mailbox_id]) for mailbox_id in mailboxes if mailbox_id in owned]
    return next((subject for subject in subjects if str(subject) in holds.held), None)
