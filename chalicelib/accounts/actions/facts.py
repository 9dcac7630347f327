"""What is kept of a person in more places than one follows them: name, address and number (S-AUTH-01).

Lists of members and of staff have them too, so that a page of a list is one query; all of it is written at once.
"""

from collections.abc import Iterable

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import saving
from chalicelib.accounts.actions import staff as staff_actions
from chalicelib.accounts.domain import Membership, User
from chalicelib.accounts.store import phones
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import StaffMember

_OVER = ("rejected", "removed")


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody belongs, as it was read."""

    rows: DirectoryRows
    memberships: tuple[Membership, ...]
    staff: StaffMember | None


def places_of(user_id: str, own: Iterable[tuple[str, str]], also: Iterable[tuple[str, str]] = ()) -> Places:
    """Where a user belongs, in one batch. `own`: organization and membership ids; `also`: keys to be read with it."""
    own = list(own)
    keys = [plan_store.staff_key(user_id), *also]
    for organization_id, membership_id in own:
        keys += [store.membership_key(organization_id, membership_id), roster_store.key(organization_id)]
        keys.append(organizations.organization_key(organization_id))
    rows = DirectoryRows(keys)
    found = (store.membership_among(rows, *ids) for ids in own)
    staff = rows.get(plan_store.StaffRow, plan_store.staff_key(user_id))
    return Places(
        rows=rows,
        memberships=tuple(membership for membership in found if membership is not None),
        staff=None if staff is None else plan_store.staff_from_row(staff),
    )


def change(planned: Change, before: User, after: User, places: Places, error: Refusal) -> None:
    """Plan that a user is called, reached or addressed differently from now on, wherever that is shown.

    Memberships that are over, as all of a practice that has ended (ORG-9), keep what was true then, and those not
    accepted what the administrator typed. The commit raises `error` when the profile was edited meanwhile, and Stale
    when somebody changed one of the places.
    """
    planned.update(store.UserRow(*store.user_key(before.id)), store.facts_set(after), store.same_facts(before), error)
    for membership in places.memberships:
        organization = organizations.find_among(places.rows, membership.organization_id)
        ended = organization is not None and organization.closed
        if membership.accepted and membership.status not in _OVER and not ended:
            _follow(planned, membership, after, places.rows)
    if places.staff is not None and places.staff.accepted:
        staff_actions.follow(planned, places.staff, after)


def _follow(planned: Change, before: Membership, user: User, rows: DirectoryRows) -> None:
    after = msgspec.structs.replace(before, name=user.name, email=user.email, phone=user.phone or before.phone)
    if after == before:
        return
    saving.plan(planned, roster_store.among(rows, before.organization_id), before, after)
    changed = [name for name in ("name", "email", "phone") if getattr(before, name) != getattr(after, name)]
    entry = Entry(
        action="member.facts_changed",
        object_id=before.id,
        organization_id=before.organization_id,
        after={"fields": changed},
    )
    planned.record(entry)
    count_number(planned, before, after)


def count_number(planned: Change, before: Membership, after: Membership) -> None:
    """Plan that how many members gave a number follows it (ACC-2)."""
    if phones.digits(before.phone) == phones.digits(after.phone):
        return
    if before.phone:
        planned.count(phones.row(before.organization_id, before.phone), phones.more(-1))
    planned.count(phones.row(after.organization_id, after.phone), phones.more(1))
