"""A case of the helpdesk with what decides about it and is shown with it, in as few calls as it takes."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import Membership, User
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import rosters
from chalicelib.core.access import Actor, Staff
from chalicelib.core.answers import Named
from chalicelib.core.errors import NotFound
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import StaffMember
from chalicelib.recovery.domain import cases
from chalicelib.recovery.domain.cases import Case, Needs, State
from chalicelib.recovery.store import cases as store


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A case as it counts now."""

    case: Case
    user: User
    organization: Organization | None
    roster: Roster | None
    acting: frozenset[str] = frozenset()
    """Memberships that administer the organization and count at this moment (ORG-4)."""
    membership: Membership | None
    place: StaffMember | None
    """The user's own at the plan, active or not."""

    @property
    def needs(self) -> Needs:
        """Who confirms, as things are."""
        return cases.needs(self.case, self.acting)


class PersonView(msgspec.Struct):
    """Whom a case is about."""

    name: str
    email: str


class ConfirmationView(msgspec.Struct):
    """Who said it is ok, and when."""

    name: str
    at: datetime


class CaseView(msgspec.Struct, kw_only=True):
    """A case of the helpdesk. Nobody ever sees a link or token in it."""

    id: str
    code: str
    """Read out to the caller; whoever confirms compares it."""
    person: PersonView
    organization: Named | None
    """None for staff of the plan."""
    caller: str
    reason: str
    opened_by: str
    opened_at: datetime
    ends_at: datetime
    state: State
    needs: Needs
    confirmations: list[ConfirmationView]
    may_confirm: bool
    phone_on_record: str | None
    """For enrollment, who call it before they confirm."""


def dossier(case_id: str, now: datetime) -> Dossier:
    """A case: one read and three batches. Raises NotFound."""
    found = store.case(case_id)
    if found is None:
        raise NotFound
    return dossiers([found], now)[0]


def dossiers(found: Sequence[Case], now: datetime) -> list[Dossier]:
    """Cases with what is around them, in three batches for each hundred items."""
    if not found:
        return []
    rows = DirectoryRows({key for case in found for key in _keys(case)})
    acting = counting.acting((pair for case in found for pair in administrators(case, rows)), now)
    return [_dossier(cases.as_of(case, now), rows, acting) for case in found]


def by_id(case_ids: Sequence[str], now: datetime) -> list[Dossier]:
    """Cases by id, in the order asked for; those that are gone are left out. Four batches."""
    if not case_ids:
        return []
    rows = DirectoryRows(map(store.key, case_ids))
    found = (store.among(rows, case_id) for case_id in case_ids)
    return dossiers([case for case in found if case is not None], now)


def _keys(case: Case) -> list[tuple[str, str]]:
    keys = [accounts_store.user_key(case.user_id), plan_store.staff_key(case.user_id)]
    if case.organization_id is None or case.membership_id is None:
        return keys
    return [
        *keys,
        accounts_store.membership_key(case.organization_id, case.membership_id),
        organizations.organization_key(case.organization_id),
        rosters.key(case.organization_id),
    ]


def administrators(case: Case, rows: DirectoryRows) -> Iterator[tuple[str, str]]:
    """Who may be asked to confirm a case, by the roster: ids of organization and membership."""
    organization_id = case.organization_id
    if organization_id is not None:
        others = rosters.among(rows, organization_id).active - {case.membership_id, case.opener_membership_id}
        yield from ((organization_id, id_) for id_ in sorted(others))


def _dossier(case: Case, rows: DirectoryRows, acting: frozenset[str]) -> Dossier:
    user = rows.get(accounts_store.UserRow, accounts_store.user_key(case.user_id))
    place = rows.get(plan_store.StaffRow, plan_store.staff_key(case.user_id))
    if user is None:
        raise NotFound
    organization_id, membership_id = case.organization_id, case.membership_id
    of_organization = organization_id is not None and membership_id is not None
    roster = rosters.among(rows, organization_id or "") if of_organization else None
    return Dossier(
        case=case,
        user=accounts_store.user_from_row(user),
        organization=organizations.organization_among(rows, organization_id or "") if of_organization else None,
        roster=roster,
        acting=acting & roster.active if roster is not None else frozenset(),
        membership=accounts_store.membership_among(rows, organization_id or "", membership_id or ""),
        place=plan_store.staff_from_row(place) if place is not None else None,
    )


def view(found: Dossier, actor: Actor) -> CaseView:
    """A case as an actor sees it."""
    case, needed = found.case, found.needs
    calls = needed == "two_enrollment" and isinstance(actor, Staff) and cases.sees(actor, case, needed)
    return CaseView(
        id=case.id,
        code=case.code,
        person=PersonView(case.name, case.email),
        organization=Named(found.organization.id, found.organization.name) if found.organization else None,
        caller=case.caller,
        reason=case.reason,
        opened_by=case.opened_by_name,
        opened_at=case.opened_at,
        ends_at=case.ends_at,
        state=case.state,
        needs=needed,
        confirmations=[ConfirmationView(one.name, one.at) for one in cases.counting(case, needed)],
        may_confirm=cases.may_confirm(actor, case, needed),
        phone_on_record=(found.user.phone or (found.membership.phone if found.membership else "")) if calls else None,
    )
