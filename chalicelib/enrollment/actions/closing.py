"""What follows when a practice has ended: its memberships are removed, a merger invites its people (ORG-9).

They count as removed from the moment on which it was closed; this long work makes it visible, some at a time, each with
its entry in the history. Each of its transactions moves the work past those whom it did, so everybody is done once.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts
from chalicelib.accounts.actions import newcomers, saving
from chalicelib.accounts.actions.newcomers import NewMember
from chalicelib.accounts.domain import Membership, statuses
from chalicelib.accounts.store import members, phones, requests
from chalicelib.core import work
from chalicelib.core.access import system
from chalicelib.core.change import Change
from chalicelib.core.errors import Conflict, Stale
from chalicelib.core.journal import Entry
from chalicelib.core.outrun import Outrun, until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.work import Chunk, Overtaken, Work
from chalicelib.enrollment.domain import changes as rules
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization

KIND = "organization_closing"
_LOOKED_AT = 25
# The membership, its history, its claim, the record, a phone number; of a new one the pointer to it, a timer and an
# event besides.
_ROWS_TO_REMOVE = 5
_ROWS_TO_INVITE = 9
# The work's move, its last record, and that the other practice is open.
_ROWS_BESIDE = 3


class _Around(msgspec.Struct, frozen=True):
    """Who of some members comes along, and is not there already."""

    into: Organization | None
    users: DirectoryRows | None

    def invites(self, one: Membership, now: datetime) -> bool:
        """Whether somebody is invited to the other practice."""
        if self.into is None or self.users is None or not rules.comes_along(statuses.as_of(one, now)):
            return False
        return not accounts.is_member_among(self.users, self.into.id, one.user_id)


def plan_start(planned: Change, organization_id: str) -> None:
    """Plan the work, with the change that closes the practice. It is promised: whoever began it may leave."""
    work.start(planned, KIND, parameters={"organization_id": organization_id}, must_finish=True)


def step(of: Work, now: datetime) -> Chunk:
    """Remove the next members, and invite those who come along."""
    return until_kept(lambda: _step(of, now))


def _step(of: Work, now: datetime) -> Chunk:
    id_ = of.parameters["organization_id"]
    organization = organizations.find(id_)
    assert organization is not None
    assert organization.closed_at is not None
    found = members.some(id_, of.position, _LOOKED_AT)
    around = _around(organization, found)
    planned = Change(system(KIND, of.id), Entry(action="organization.ending", object_id=id_, organization_id=id_), now)
    numbers: Counter[tuple[str, str]] = Counter()
    passed, done = of.position, 0
    for one in found:
        invites = around.invites(one, organization.closed_at)
        needed = _ROWS_TO_REMOVE + len(one.asks_for) + (_ROWS_TO_INVITE if invites else 0)
        if planned.room < needed + len(numbers) + _ROWS_BESIDE:
            break
        passed = one.id
        if not statuses.allows(one, "remove"):
            continue
        done += 1
        _plan_removal(planned, one, numbers)
        if invites and around.into is not None:
            _plan_invitation(planned, one, around.into, around.users, numbers)
    for (organization_id, number), by in numbers.items():
        if by:
            planned.count(phones.row(organization_id, number), phones.more(by))
    finished = len(found) < _LOOKED_AT and (not found or passed == found[-1].id)
    moved = work.advance(planned, of, Chunk(position=passed or "none", done=done, finished=finished))
    _commit(planned)
    return moved


def _around(organization: Organization, found: Sequence[Membership]) -> _Around:
    into = _target(organization)
    if into is None or not found:
        return _Around(None, None)
    ids = {one.user_id for one in found}
    keys = [key for id_ in ids for key in (accounts.user_key(id_), accounts.claim_key(into.id, id_))]
    return _Around(into, DirectoryRows(keys))


def _target(organization: Organization) -> Organization | None:
    """The practice that its people are invited to: what it merged into, or what that merged into since."""
    found: Organization | None = organization
    while found is not None and found.closed:
        found = None if found.merged_into is None else organizations.find(found.merged_into)
    return found


def _plan_removal(planned: Change, before: Membership, numbers: Counter[tuple[str, str]]) -> None:
    after = statuses.moved(before, "remove", planned.now)
    planned.record(
        Entry(
            action="member.remove",
            object_id=before.id,
            organization_id=before.organization_id,
            before=saving.facts(before),
            after=saving.facts(after),
        )
    )
    saving.plan_ended(planned, before, after)
    planned.delete(accounts.claim_row(before))
    if before.phone:
        numbers[before.organization_id, phones.digits(before.phone)] -= 1
    for level in before.asks_for:
        planned.delete(requests.AccessRequestRow(*requests.key(before.organization_id, before.id, level)))


def _plan_invitation(
    planned: Change, one: Membership, into: Organization, users: DirectoryRows | None, numbers: Counter[tuple[str, str]]
) -> None:
    """Plan a membership with nothing granted, and the mail to them."""
    row = None if users is None else users.get(accounts.UserRow, accounts.user_key(one.user_id))
    if row is None:
        return
    new = NewMember(name=one.name, email=one.email, phone=one.phone)
    membership = newcomers.newcomer(into.id, accounts.user_from_row(row), new, planned.now)
    planned.record(msgspec.structs.replace(newcomers.created(membership), organization_id=into.id))
    organizations.require_open(planned, into.id, Outrun())
    saving.add(planned, membership)
    saving.arm_unanswered(planned, membership)
    if membership.phone:
        numbers[into.id, phones.digits(membership.phone)] += 1
    planned.emit("member.invited", organization_id=into.id, membership_id=membership.id)


def _commit(planned: Change) -> None:
    try:
        planned.commit(None)
    except Overtaken:
        raise
    except (Conflict, Stale):
        # A clock changed one of them, or somebody came into the other practice meanwhile.
        raise Outrun from None
