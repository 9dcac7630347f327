"""Whom the helpdesk finds by an address: one person with their organizations (CRD-5)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, User, statuses
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store


class Person(msgspec.Struct, frozen=True):
    """Somebody with a sign-in address."""

    user: User
    memberships: list[tuple[Membership, Organization]]
    """Those that are not over."""
    staff: bool
    """Whether they belong to the plan."""


def by_email(email: str, now: datetime) -> Person | None:
    """Whoever signs in with exactly this address. A read, a query and a batch; one read for nobody's address."""
    user_id = accounts_store.user_id_of(email)
    if user_id is None:
        return None
    pointers = accounts_store.membership_ids_of(user_id)
    keys = [accounts_store.user_key(user_id), plan_store.staff_key(user_id)]
    for organization_id, membership_id in pointers:
        keys += [
            accounts_store.membership_key(organization_id, membership_id),
            organizations.organization_key(organization_id),
        ]
    rows = DirectoryRows(dict.fromkeys(keys))
    user = rows.get(accounts_store.UserRow, accounts_store.user_key(user_id))
    place = rows.get(plan_store.StaffRow, plan_store.staff_key(user_id))
    if user is None:
        return None
    found = []
    for organization_id, membership_id in pointers:
        membership = accounts_store.membership_among(rows, organization_id, membership_id)
        if membership is None:
            continue
        organization = organizations.organization_among(rows, organization_id)
        membership = statuses.of_organization(statuses.as_of(membership, now), organization)
        if membership.status not in ("rejected", "removed"):
            found.append((membership, organization))
    staff = place is not None and plan_store.staff_from_row(place).belongs
    return Person(accounts_store.user_from_row(user), found, staff)
