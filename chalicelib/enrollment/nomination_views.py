"""Nominations as enrollment's pages show them (ORG-1)."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts
from chalicelib.core.access import AccessLevel, Staff
from chalicelib.core.answers import Named
from chalicelib.core.cursors import Page
from chalicelib.core.tables import DirectoryRows
from chalicelib.enrollment.domain import nominations as rules
from chalicelib.enrollment.domain.nominations import Nomination, RoundEnd, ShownState, SignedForm, Verification
from chalicelib.enrollment.nomination_dossiers import Dossier, Flags, flags
from chalicelib.enrollment.store import nominations as store
from chalicelib.enrollment.store.nominations import KeptForm
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization

PAGE = 25


class Waits(msgspec.Struct, kw_only=True):
    """A nomination on the list."""

    id: str
    organization: Named
    tin: str
    state: ShownState
    successor: bool
    round: int
    executive_name: str
    sent_at: datetime
    ends_at: datetime
    """Of the form's links."""
    opened_at: datetime | None
    signed_at: datetime | None
    decided_at: datetime | None
    verified: bool
    """Whether it was found that TIN and NPIs match."""


class RoundView(msgspec.Struct, kw_only=True):
    """A round: how it went, and what was signed in it."""

    number: int
    executive_name: str
    executive_email: str
    sent_by: Named | None
    """Of the staff; None for the job of a wave."""
    sent_at: datetime
    ends_at: datetime
    opened_at: datetime | None
    signed_at: datetime | None
    form: SignedForm | None
    form_sha256: str | None
    form_intact: bool
    """Whether the form's digest, made anew, is the one that was kept when it was signed."""
    verification: Verification | None
    ended: RoundEnd | None
    """Why another round followed; None of the present one."""
    reason: str
    by: Named | None
    """Who ended it."""
    at: datetime | None


class NominationView(msgspec.Struct, kw_only=True):
    """A nomination, whole."""

    id: str
    organization: Named
    tin: str
    npis: list[str]
    """Of the practice, as they are known now."""
    entitlements: list[AccessLevel]
    """The access levels that an approval may grant (ORG-7)."""
    closed: bool
    state: ShownState
    successor: bool
    round: int
    executive_name: str
    executive_email: str
    sent_at: datetime
    ends_at: datetime
    opened_at: datetime | None
    signed_at: datetime | None
    reminded: int
    return_reason: str
    """Why the form was given back in the round before, as the executive reads it."""
    form: SignedForm | None
    """What was signed in this round."""
    form_sha256: str | None
    form_intact: bool
    verification: Verification | None
    flags: Flags
    decided_by: Named | None
    decided_at: datetime | None
    membership_id: str | None
    """Whom the approval invited or seated."""
    rounds: list[RoundView]
    """The rounds before, the newest first."""
    version: int


def listed(actor: Staff, place: rules.Place | None, cursor: str | None, now: datetime) -> Page[Waits]:
    """A page of the list: a query and a batch."""
    page = store.page(place, cursor, PAGE, (actor.id,))
    practices = {organizations.organization_key(organization_id) for organization_id, _ in page.items}
    rows = DirectoryRows([*practices, *(store.key(*ids) for ids in page.items)]) if page.items else None
    shown = [
        _waits(found, organizations.organization_among(rows, found.organization_id), now)
        for ids in page.items
        if rows is not None and (found := store.among(rows, *ids)) is not None
    ]
    return Page(shown, page.next_cursor)


def view(found: Dossier, now: datetime) -> NominationView:
    """One nomination with its history."""
    nomination, organization = found.nomination, found.organization
    earlier = store.rounds(nomination) if nomination.round > 1 else []
    forms = {kept.round: kept for kept in store.forms(nomination)} if earlier else {}
    people = _people(nomination, earlier)
    return NominationView(
        id=nomination.id,
        organization=Named(organization.id, organization.name),
        tin=organization.tin,
        npis=list(rules.npis(organization)),
        entitlements=sorted(organization.entitlements),
        closed=organization.closed,
        state=rules.shown_state(nomination, now),
        successor=nomination.successor,
        round=nomination.round,
        executive_name=nomination.executive_name,
        executive_email=nomination.executive_email,
        sent_at=nomination.sent_at,
        ends_at=nomination.ends_at,
        opened_at=nomination.opened_at,
        signed_at=nomination.signed_at,
        reminded=nomination.reminded,
        return_reason=nomination.return_reason,
        form=found.form.form if found.form is not None else None,
        form_sha256=nomination.form_sha256,
        form_intact=found.intact,
        verification=nomination.verification,
        flags=flags(found),
        decided_by=_named(nomination.decided_by, people),
        decided_at=nomination.decided_at,
        membership_id=nomination.membership_id,
        rounds=[_round(one, forms.get(one.number), people) for one in earlier],
        version=nomination.version,
    )


def _waits(nomination: Nomination, organization: Organization, now: datetime) -> Waits:
    verification = nomination.verification
    return Waits(
        id=nomination.id,
        organization=Named(organization.id, organization.name),
        tin=organization.tin,
        state=rules.shown_state(nomination, now),
        successor=nomination.successor,
        round=nomination.round,
        executive_name=nomination.executive_name,
        sent_at=nomination.sent_at,
        ends_at=nomination.ends_at,
        opened_at=nomination.opened_at,
        signed_at=nomination.signed_at,
        decided_at=nomination.decided_at,
        verified=verification is not None and verification.tin_matches and verification.npis_match,
    )


def _round(one: rules.Round, kept: KeptForm | None, people: Mapping[str, str]) -> RoundView:
    return RoundView(
        number=one.number,
        executive_name=one.executive_name,
        executive_email=one.executive_email,
        sent_by=_named(one.sent_by, people),
        sent_at=one.sent_at,
        ends_at=one.ends_at,
        opened_at=one.opened_at,
        signed_at=one.signed_at,
        form=kept.form if kept is not None else None,
        form_sha256=one.form_sha256,
        form_intact=kept is None or kept.sha256 == one.form_sha256,
        verification=one.verification,
        ended=one.ended,
        reason=one.reason,
        by=_named(one.by, people),
        at=one.at,
    )


def _people(nomination: Nomination, earlier: list[rules.Round]) -> dict[str, str]:
    ids = {nomination.decided_by, *(one.by for one in earlier), *(one.sent_by for one in earlier)}
    return accounts.names(sorted(id_ for id_ in ids if id_.startswith("usr_")))


def _named(user_id: str, people: Mapping[str, str]) -> Named | None:
    return Named(user_id, people[user_id]) if user_id in people else None
