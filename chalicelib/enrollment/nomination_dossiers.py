"""A nomination with all that enrollment looks at before it decides (ORG-1)."""

from datetime import datetime

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import Membership, Status, names, normalised
from chalicelib.accounts.domain.stopped import Stop
from chalicelib.accounts.store import phones
from chalicelib.core.errors import NotFound
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import store as credentials
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.domain.nominations import Nomination, SignedForm
from chalicelib.enrollment.store import nominations as store
from chalicelib.enrollment.store import unreachable
from chalicelib.enrollment.store.nominations import KeptForm
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store

_GONE = frozenset({"rejected", "removed"})


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination, what was signed, and what is known of whom it names, as it was read."""

    nomination: Nomination
    organization: Organization
    form: KeptForm | None
    """What was signed in the present round."""
    nominee_id: str | None
    """User id of whom the form names, if they are known; also by an address that they had."""
    membership: Membership | None
    """What they are in this organization, as it counts now."""
    elsewhere: bool
    """Whether they belong to another organization."""
    has_sign_in: bool
    is_staff: bool
    executive_addresses: tuple[str, ...]
    """The executive's address in this round, and those on record and on the form."""
    executive_ids: frozenset[str]
    """User ids that these addresses belong or belonged to."""
    unreached: Stop | None
    """Why no mail reaches the executive on record."""
    looks_shared: bool
    """Whether what is said of the administrator looks like several people (S-SHARE-02)."""

    @property
    def intact(self) -> bool:
        """Whether the form is what was signed: its digest is the one that was kept then."""
        return self.form is None or self.form.sha256 == self.nomination.form_sha256


class Flags(msgspec.Struct, frozen=True, kw_only=True):
    """What staff should see before they decide; none of it is told to the executive."""

    names_executive: bool = False
    """The executive names themself."""
    has_sign_in: bool = False
    member_here: Status | None = None
    """What the person is in this practice already."""
    member_elsewhere: bool = False
    is_staff: bool = False
    """They work for the plan: it can't be approved."""
    looks_shared: bool = False
    practice_name_differs: bool = False
    tin_differs: bool = False
    """The practice's number is another one than was signed."""
    npis_differ: bool = False
    other_executive_since: bool = False
    """The practice has another executive on record than the one who got this form."""
    executive_unreached: bool = False
    """Mail to the executive came back, or they want none."""


def unsigned(found: Dossier, nomination: Nomination) -> Dossier:
    """A nomination whose next round has begun: nothing is signed in it, and nobody named."""
    return msgspec.structs.replace(
        found,
        nomination=nomination,
        form=None,
        nominee_id=None,
        membership=None,
        elsewhere=False,
        has_sign_in=False,
        is_staff=False,
        looks_shared=False,
    )


def dossier(organization_id: str, nomination_id: str, now: datetime) -> Dossier:
    """Read a nomination and all around it: two batches, and a third where something was signed. Raises NotFound.

    Of somebody who is known it reads what they are besides.
    """
    organization_key, mark_key = organizations.organization_key(organization_id), unreachable.key(organization_id)
    rows = DirectoryRows([store.key(organization_id, nomination_id), organization_key, mark_key])
    nomination = store.among(rows, organization_id, nomination_id)
    if nomination is None:
        raise NotFound
    organization = organizations.organization_among(rows, organization_id)
    addresses = tuple(dict.fromkeys(filter(None, (nomination.executive_email, organization.executive_email))))
    form_keys = [store.form_key(organization_id, nomination_id, nomination.round)] if nomination.signed_at else []
    known = DirectoryRows([*form_keys, *dict.fromkeys(map(accounts.email_key, addresses))])
    form = store.form_among(known, nomination, nomination.round)
    ids = (accounts.user_id_among(known, one) for one in addresses)
    nominee = _Nominee(organization_id, form.form, now) if form is not None else None
    return Dossier(
        nomination=nomination,
        organization=organization,
        form=form,
        nominee_id=nominee.user_id if nominee is not None else None,
        membership=nominee.membership if nominee is not None else None,
        elsewhere=nominee is not None and nominee.elsewhere,
        has_sign_in=nominee is not None and nominee.has_sign_in,
        is_staff=nominee is not None and nominee.is_staff,
        executive_addresses=addresses,
        executive_ids=frozenset(id_ for id_ in ids if id_ is not None),
        unreached=unreachable.among(rows, organization),
        looks_shared=nominee is not None and nominee.looks_shared,
    )


class _Nominee:
    """What is known of whom a form names."""

    def __init__(self, organization_id: str, form: SignedForm, now: datetime) -> None:
        phone = phones.key(organization_id, form.administrator_phone)
        rows = DirectoryRows([accounts.email_key(form.administrator_email), phone])
        members = phones.among(rows, organization_id, form.administrator_phone)
        self.looks_shared = bool(names.looks_shared(form.administrator_name, form.administrator_email, members))
        self.user_id = accounts.user_id_among(rows, form.administrator_email)
        self.membership: Membership | None = None
        self.elsewhere = self.has_sign_in = self.is_staff = False
        if self.user_id is not None:
            self._look_around(organization_id, self.user_id, now)

    def _look_around(self, organization_id: str, user_id: str, now: datetime) -> None:
        staff_key, password_key = plan_store.staff_key(user_id), credentials.password_key(user_id)
        claim_key = accounts.claim_key(organization_id, user_id)
        rows = DirectoryRows([staff_key, password_key, claim_key])
        self.has_sign_in = rows.get(credentials.PasswordRow, password_key) is not None
        place = rows.get(plan_store.StaffRow, staff_key)
        self.is_staff = place is not None and plan_store.staff_from_row(place).belongs
        found = accounts.memberships_of(user_id)
        self.elsewhere = any(one.organization_id != organization_id and one.status not in _GONE for one in found)
        claim = rows.get(accounts.MemberClaimRow, claim_key)
        own = [one for one in found if claim is not None and one.id == claim.membership_id]
        self.membership = counting.counting(own, now)[0] if own else None


def flags(found: Dossier) -> Flags:
    """What staff should see before they decide."""
    nomination, organization = found.nomination, found.organization
    other = normalised(nomination.executive_email) != normalised(organization.executive_email)
    shown = Flags(
        other_executive_since=other or rules.names_differ(nomination.executive_name, organization.executive_name),
        executive_unreached=found.unreached is not None,
    )
    if found.form is None:
        return shown
    form = found.form.form
    same_address = normalised(form.administrator_email) in map(normalised, found.executive_addresses)
    return msgspec.structs.replace(
        shown,
        names_executive=same_address or not rules.names_differ(form.administrator_name, form.executive_name),
        has_sign_in=found.has_sign_in,
        member_here=found.membership.status if found.membership is not None else None,
        member_elsewhere=found.elsewhere,
        is_staff=found.is_staff,
        looks_shared=found.looks_shared,
        practice_name_differs=rules.names_differ(form.practice_name, organization.name),
        tin_differs=form.tin != organization.tin,
        npis_differ=form.npis != rules.npis(organization),
    )
