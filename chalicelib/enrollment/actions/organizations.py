"""Enrollment staff keep what the plan knows of its practices (ORG-1, ORG-2, ORG-7)."""

from datetime import datetime
from typing import Annotated

import msgspec

from chalicelib.accounts import foreign
from chalicelib.core import ids, writing
from chalicelib.core.access import AccessLevel, Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.core.fields import Id, Subject, Tin
from chalicelib.core.journal import Entry, Facts
from chalicelib.core.outrun import until_kept
from chalicelib.enrollment.actions import waves
from chalicelib.enrollment.domain import organizations as rules
from chalicelib.enrollment.store import waves as wave_store
from chalicelib.organizations import store
from chalicelib.organizations.domain import Organization

_TAKEN = FieldError("/tin", "tin_taken")
_LINE = {"characters": "line"}
Number = Annotated[str, msgspec.Meta(min_length=1, max_length=40, extra=_LINE)]
Numbers = Annotated[list[Number], msgspec.Meta(max_length=500)]
"""NPIs as somebody writes them; which of them are none is the rule's to say."""
Levels = Annotated[list[AccessLevel], msgspec.Meta(max_length=7)]
MaybeName = Annotated[str, msgspec.Meta(max_length=120, extra=_LINE)]
MaybeEmail = Annotated[str, msgspec.Meta(max_length=254, extra=_LINE)]
MaybeLine = Annotated[str, msgspec.Meta(max_length=200, extra=_LINE)]


class NewOrganization(msgspec.Struct, frozen=True, kw_only=True):
    """A practice as staff enter it."""

    name: Subject
    tin: Tin
    npis: Numbers = []
    executive_name: MaybeName = ""
    executive_email: MaybeEmail = ""
    relations_contact: MaybeLine = ""
    entitlements: Levels = []
    wave_id: Id | None = None


class CreatedOrganization(msgspec.Struct, frozen=True):
    """What came to be."""

    id: str


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """What staff change; None leaves as it is."""

    name: str | None = None
    npis: tuple[str, ...] | None = None
    executive_name: str | None = None
    executive_email: str | None = None
    relations_contact: str | None = None
    entitlements: frozenset[AccessLevel] | None = None
    moves: bool = False
    """Whether `wave_id` is to change."""
    wave_id: str | None = None


def create(actor: Staff, new: NewOrganization, now: datetime) -> CreatedOrganization:
    """Create a practice (ORG-1). Raises Invalid naming every wrong field, `tin_taken` among them."""
    return until_kept(lambda: _create(actor, new, now))


def _create(actor: Staff, new: NewOrganization, now: datetime) -> CreatedOrganization:
    errors = check(new)
    if store.organization_id_of(rules.tin_of(new.tin)) is not None:
        errors.append(_TAKEN)
    errors += _wrong_wave(new.wave_id, now)
    if errors:
        raise Invalid(fields=tuple(errors))
    organization = made(new)
    planned = Change(actor, created(organization), now)
    plan_create(planned, organization)
    waves.plan_move(planned, msgspec.structs.replace(organization, wave_id=None), organization.wave_id)
    return planned.commit(CreatedOrganization(organization.id))


def check(new: NewOrganization) -> list[FieldError]:
    """Everything that is wrong with a practice by itself; not whether its TIN is taken, and nothing of its wave."""
    return [
        *rules.check_tin(rules.tin_of(new.tin)),
        *rules.check_npis(new.npis),
        *rules.check_executive(new.executive_email, is_address=_is_address(new.executive_email)),
        *rules.check_entitlements(new.entitlements),
    ]


def made(new: NewOrganization) -> Organization:
    """The organization that is to be created; that TIN and NPIs match is recorded later (ORG-1)."""
    return Organization(
        id=ids.new("org"),
        tin=rules.tin_of(new.tin),
        name=new.name,
        npis=frozenset(new.npis),
        relations_contact=new.relations_contact,
        entitlements=frozenset(new.entitlements),
        tin_verified=False,
        executive_name=new.executive_name,
        executive_email=new.executive_email,
        wave_id=new.wave_id,
    )


def created(organization: Organization) -> Entry:
    """What the audit record tells of a new practice."""
    return Entry(
        action="organization.created",
        object_id=organization.id,
        organization_id=organization.id,
        after=facts(organization),
    )


def plan_create(planned: Change, organization: Organization) -> None:
    """Plan a new practice with the claim of its TIN and its place on the list; not its place in a wave.

    The commit raises Invalid `tin_taken` at `/tin` when somebody else was faster.
    """
    planned.create(store.row(organization))
    store.plan_claim(planned, organization, Invalid(fields=(_TAKEN,)))
    planned.create(store.on_list(organization))
    planned.emit("organization.enrolled", organization_id=organization.id)


def edit(actor: Staff, organization_id: str, version: int, asked: Edit, now: datetime) -> Organization:
    """Change what is known of a practice. Returns it afterwards.

    What its members hold beyond its entitlements stays as it was granted and opens nothing (ORG-7). Raises NotFound,
    Stale, Forbidden `of_organization`, Conflict `organization_closed`, Invalid naming every wrong field.
    """
    return until_kept(lambda: _edit(actor, organization_id, version, asked, now))


def _edit(actor: Staff, organization_id: str, version: int, asked: Edit, now: datetime) -> Organization:
    before = store.find(organization_id)
    if before is None:
        raise NotFound
    rules.require_open(before)
    if before.version != version:
        raise Stale
    after = _edited(before, asked)
    errors = _wrong(asked)
    if after.wave_id != before.wave_id:
        errors += _wrong_wave(after.wave_id, now)
    if errors:
        raise Invalid(fields=tuple(errors))
    entry = Entry(
        action="organization.changed",
        object_id=before.id,
        organization_id=before.id,
        before=facts(before),
        after={**facts(after), **changed(before, after)},
    )
    planned = Change(actor, entry, now)
    foreign.require(planned, before.id, actor.id)
    after = store.plan_edit(planned, before, after)
    waves.plan_move(planned, before, after.wave_id)
    planned.emit("organization.enrolled", organization_id=before.id)
    if after.executive_email != before.executive_email:
        # Whether mail reaches them is another question now (NOT-4).
        planned.emit("executive.mended", organization_id=before.id)
    planned.commit(None)
    return after


def facts(organization: Organization) -> Facts:
    """What an audit record tells of a practice (AUD-1): numbers, levels and ids, no text."""
    return {
        "npis": sorted(organization.npis),
        "entitlements": sorted(organization.entitlements),
        "tin_verified": organization.tin_verified,
        "wave_id": organization.wave_id,
    }


def changed(before: Organization, after: Organization) -> Facts:
    """Which of the facts changed that stand in no audit record themselves."""
    names = ("name", "tin", "executive_name", "executive_email", "relations_contact")
    return {f"{name}_changed": True for name in names if getattr(before, name) != getattr(after, name)}


def _edited(before: Organization, asked: Edit) -> Organization:
    after = msgspec.structs.replace(
        before,
        name=before.name if asked.name is None else asked.name,
        npis=before.npis if asked.npis is None else frozenset(asked.npis),
        executive_name=before.executive_name if asked.executive_name is None else asked.executive_name,
        executive_email=before.executive_email if asked.executive_email is None else asked.executive_email,
        relations_contact=before.relations_contact if asked.relations_contact is None else asked.relations_contact,
        entitlements=before.entitlements if asked.entitlements is None else asked.entitlements,
        wave_id=asked.wave_id if asked.moves else before.wave_id,
    )
    return rules.reverified(before, after)


def _wrong(asked: Edit) -> list[FieldError]:
    email = asked.executive_email or ""
    return [
        *rules.check_npis(asked.npis or ()),
        *rules.check_executive(email, is_address=_is_address(email)),
        *rules.check_entitlements(asked.entitlements or ()),
    ]


def _is_address(email: str) -> bool:
    return bool(email) and writing.is_address(email)


def _wrong_wave(wave_id: str | None, now: datetime) -> list[FieldError]:
    """Whether a practice may come into a wave, to be told with all the rest; `waves.plan_move` requires it."""
    if wave_id is None:
        return []
    found = wave_store.wave(wave_id)
    if found is None:
        return [FieldError("/wave_id", "unknown_wave")]
    return [FieldError("/wave_id", "wave_ended")] if found.ends_at <= now else []
