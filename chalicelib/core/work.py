"""Long work (imports, bulk changes, exports): chunks of a bounded size, each with its effect exactly once (PLT-3).

A work is one row that says how far it has come. A feature starts it in the change that asks for it, and names a step
in `subscriptions/long_work.py` that does one chunk from `position`. `core.work_runner` calls the step until it says
finished, in as many runs as it takes; whatever happens to the runs, a chunk counts only together with the move of
`position`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.core import cursors, ids, timers
from chalicelib.core.access import Actor, Member, Staff, StaffRole
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, NotFound
from chalicelib.core.journal import Entry, Facts
from chalicelib.core.tables import ShortLivedRow

KEPT = timedelta(days=30)
PAGE = 25
LOOK_EVERY = timedelta(hours=1)
"""How often the portal makes sure that a work is not standing still."""
ATTEMPTS = 5
"""A chunk that was begun so often without success ends the work: it would fail for ever.

A work that must finish waits until it is called for again (`work_ends.renew`), and somebody looks at the log.
"""

State = Literal["announced", "waiting", "running", "finished", "stopped", "failed"]
"""`announced` waits for its input; `waiting` for a first run."""
_UNDER_WAY: tuple[State, ...] = ("waiting", "running")
_OPEN: tuple[State, ...] = ("announced", *_UNDER_WAY)


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """A long work and how far it has come."""

    id: str
    kind: str
    owner: str
    """Membership of a member, user of somebody of the plan: who may see it (ACC-8)."""
    organization_id: str | None = None
    user_id: str
    administrators_only: bool = False
    """Whether an administrator started it: then its result is for one, whatever the owner has become (S-AZ-08)."""
    role: StaffRole | None = None
    """Of the plan, for which its result is, whatever the owner has become."""
    parameters: dict[str, str]
    """What was asked for: ids and choices, never text that somebody typed."""
    state: State
    position: str = ""
    """Where the next chunk begins, in the step's own words; empty at the start."""
    done: int = 0
    total: int | None = None
    problems: int = 0
    reason: str | None = None
    """Why it was stopped or has failed: a code with a text `work.reason.<code>` in the frontend."""
    input_key: str | None = None
    result_key: str | None = None
    result_name: str = ""
    """File name under which the result downloads; of the feature's making, never typed."""
    created_at: datetime
    updated_at: datetime
    """When it last came further."""
    expires_at: datetime
    runner: str = ""
    """The run that has it; an earlier run's chunks don't count any more."""
    attempts: int = 0
    """How often the chunk at `position` was begun."""
    must_finish: bool = False
    """Whether it was promised: it can't be stopped, and is tried again for as long as it is kept."""

    @property
    def is_open(self) -> bool:
        """Whether it may still come further."""
        return self.state in _OPEN

    @property
    def is_under_way(self) -> bool:
        """Whether a run may take it up."""
        return self.state in _UNDER_WAY


class Started(msgspec.Struct, frozen=True):
    """A long work that is under way."""

    work_id: str


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """What a step did: where the next chunk begins, and what this one adds to the counts."""

    position: str
    done: int = 0
    problems: int = 0
    total: int | None = None
    """How many there are in all, where the step knows it now."""
    finished: bool = False
    result_key: str | None = None
    recorded: bool = False
    """Set by `advance`: the step has committed the move itself."""


Step = Callable[[Work, datetime], Chunk]
"""Does one chunk of a few seconds from `work.position` as of `now`.

A chunk that writes puts its rows and `advance` into one `Change`, commits it and returns what `advance` gave: then it
has its effect exactly once. A chunk that only reads, or writes files under names that follow from the position, may
happen again and just returns its `Chunk`. Raises Stopped when going on is not allowed any more; anything else that it
raises is tried again.
"""
Kinds = Mapping[str, Step]


class Stopped(Exception):
    """The work may not go on: its actor lost the right, its input is not there. `code` is the work's reason."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class Overtaken(Conflict):
    """Another run has this work now, or it has ended: this chunk did not count."""


class WorkRow(ShortLivedRow, discriminator="work"):
    """pk `WORK#<owner>`, sk `<work id>`, which sorts by time."""

    kind = UnicodeAttribute()
    organization_id = UnicodeAttribute(null=True)
    user_id = UnicodeAttribute()
    administrators_only = BooleanAttribute(null=True)
    role = UnicodeAttribute(null=True)
    parameters = JSONAttribute()
    state = UnicodeAttribute()
    position = UnicodeAttribute()
    done = NumberAttribute()
    total = NumberAttribute(null=True)
    problems = NumberAttribute()
    reason = UnicodeAttribute(null=True)
    input_key = UnicodeAttribute(null=True)
    result_key = UnicodeAttribute(null=True)
    result_name = UnicodeAttribute()
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    runner = UnicodeAttribute()
    attempts = NumberAttribute()
    must_finish = BooleanAttribute(null=True)


def start(
    planned: Change,
    kind: str,
    *,
    parameters: dict[str, str] | None = None,
    total: int | None = None,
    result_name: str = "",
    input_sha256: str = "",
    must_finish: bool = False,
    owner: str | None = None,
    role: StaffRole | None = None,
) -> Work:
    """Plan a work of the change's actor, or of the staff user `owner` where the portal acts for them.

    One with an input (its SHA-256 in base64) begins with `begin`, others at once.

    An input is for `core.work_files.input_form`. With a `role` the result is only for whoever has it then.
    """
    actor, now = planned.actor, planned.now
    id_ = ids.sortable("wrk", now)
    made = Work(
        id=id_,
        kind=kind,
        owner=owner or owner_of(actor),
        organization_id=actor.organization_id if isinstance(actor, Member) else None,
        user_id=owner or actor.id,
        administrators_only=_is_administrator(actor),
        role=role,
        parameters=parameters or {},
        state="announced" if input_sha256 else "waiting",
        total=total,
        input_key=f"input/{id_}/{_in_a_key(input_sha256)}" if input_sha256 else None,
        result_name=result_name,
        created_at=now,
        updated_at=now,
        expires_at=now + KEPT,
        must_finish=must_finish,
    )
    planned.create(_whole_row(made))
    timer = timers.Timer(schedule="housekeeping", kind="work", subject=f"{made.owner}/{made.id}", due=now + LOOK_EVERY)
    timers.arm(planned, timer)
    if not input_sha256:
        planned.emit("work.started", followed=False, owner=made.owner, work_id=made.id)
    return made


def advance(planned: Change, of: Work, chunk: Chunk) -> Chunk:
    """Plan that a work moves on together with what a chunk does. The commit raises Overtaken when it moved already.

    Returns the chunk as a step returns it after the commit.
    """
    planned.update(row(of), moves(chunk, planned.now), is_held(of), Overtaken())
    if chunk.finished:
        planned.record(entry("work.finished", of))
    return msgspec.structs.replace(chunk, recorded=True)


def owner_of(actor: Actor) -> str:
    """Whose works an actor has: what belongs to one membership is not seen through another (ACC-8)."""
    return actor.membership_id if isinstance(actor, Member) else actor.id


def own(actor: Actor, work_id: str, now: datetime) -> Work:
    """A work of this actor's. Raises NotFound for anybody else's, and past its end."""
    found = find(owner_of(actor), work_id)
    if found is None or found.expires_at <= now:
        raise NotFound
    return found


def require_result(actor: Actor, of: Work) -> None:
    """Raise NotFound unless the owner may still have the result of a work of theirs."""
    if of.administrators_only and not _is_administrator(actor):
        raise NotFound
    if of.role is not None and not (isinstance(actor, Staff) and of.role in actor.roles):
        raise NotFound


def _is_administrator(actor: Actor) -> bool:
    return isinstance(actor, Member) and actor.is_administrator


def find(owner: str, work_id: str) -> Work | None:
    """A work as it is now."""
    try:
        return _work(WorkRow.get(f"WORK#{owner}", work_id, consistent_read=True))
    except WorkRow.DoesNotExist:
        return None


def page(actor: Actor, cursor: str | None, now: datetime) -> cursors.Page[Work]:
    """An actor's works, newest first: one query that reads a row more than it gives."""
    owner = owner_of(actor)
    scope = ("work", actor.id, owner)
    start_at = {name: {"S": value} for name, value in cursors.open_(cursor, scope).items()} if cursor else None
    rows = WorkRow.query(
        f"WORK#{owner}", scan_index_forward=False, limit=PAGE + 1, page_size=PAGE + 1, last_evaluated_key=start_at
    )
    # TTL is late (house rule 4); the oldest come last, so what has expired is at the end.
    found = [work for work in map(_work, rows) if work.expires_at > now]
    more = len(found) > PAGE
    last = {"pk": f"WORK#{owner}", "sk": found[PAGE - 1].id} if more else None
    return cursors.Page(found[:PAGE], cursors.seal(last, scope) if last else None)


def moves(chunk: Chunk, now: datetime) -> list[Action]:
    """What a chunk changes about the row of its work; it adds to the counts."""
    return [
        WorkRow.state.set("finished" if chunk.finished else "running"),
        WorkRow.position.set(chunk.position),
        WorkRow.done.add(chunk.done),
        WorkRow.problems.add(chunk.problems),
        *([WorkRow.total.set(chunk.total)] if chunk.total is not None else []),
        *([WorkRow.result_key.set(chunk.result_key)] if chunk.result_key is not None else []),
        WorkRow.updated_at.set(now.isoformat()),
        # The run that made this chunk begins the next one right away.
        WorkRow.attempts.set(1),
    ]


def is_held(of: Work) -> Condition:
    """Nothing has happened to a work since this run read or moved it."""
    under_way = WorkRow.state.is_in(*_UNDER_WAY)
    held: Condition = (WorkRow.runner == of.runner) & (WorkRow.position == of.position) & under_way
    return held


def row(of: Work) -> WorkRow:
    """The key of a work's row."""
    return WorkRow(f"WORK#{of.owner}", of.id)


def is_open() -> Condition:
    """A work has not ended."""
    return WorkRow.state.is_in(*_OPEN)


def entry(action: str, of: Work, reason: str = "") -> Entry:
    """What the audit record says of a work: which, and how far it has come."""
    facts: Facts = {"kind": of.kind, "done": of.done, "problems": of.problems}
    facts |= {"reason": reason} if reason else {}
    return Entry(action=action, object_id=of.id, organization_id=of.organization_id, after=facts)


def _in_a_key(sha256: str) -> str:
    """A digest in base64 as a part of an S3 key."""
    return sha256.replace("+", "-").replace("/", "_").rstrip("=")


def _whole_row(of: Work) -> WorkRow:
    values = {name: getattr(of, name) for name in of.__struct_fields__ if name not in ("id", "owner")}
    values |= {"created_at": of.created_at.isoformat(), "updated_at": of.updated_at.isoformat()}
    return WorkRow(f"WORK#{of.owner}", of.id, **values)


def _work(found: WorkRow) -> Work:
    values = {**found.attribute_values, "id": found.sk, "owner": found.pk.removeprefix("WORK#")}
    return msgspec.convert(values, Work)
