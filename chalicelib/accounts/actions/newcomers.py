"""How a person becomes a member: entered by an administrator, from a file, or at their own request (ACC-2, ORG-3)."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from chalicelib.accounts import store
from chalicelib.accounts.actions import saving
from chalicelib.accounts.domain import Membership, User, names, rights, statuses
from chalicelib.accounts.domain import roster as rosters
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import phones
from chalicelib.accounts.store import rosters as roster_store
from chalicelib.core import ids, writing
from chalicelib.core.access import AccessLevel, Member
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid
from chalicelib.core.fields import Email, PersonName, Phone
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.core.texts import Language
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization


class Created(msgspec.Struct, frozen=True):
    """What came to be."""

    id: str


Npi = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{10}$(?!\n)")]
Levels = Annotated[list[AccessLevel], msgspec.Meta(max_length=7)]
Providers = Annotated[list[Npi], msgspec.Meta(max_length=500)]


class NewMember(msgspec.Struct, frozen=True):
    """A person as an administrator enters them. New accounts start with no access level (ACC-2)."""

    name: PersonName
    email: Email
    phone: Phone
    role: Literal["general_user", "backup_administrator"] = "general_user"
    access_levels: Levels = []
    providers: Providers = []
    confirmed_person: bool = False
    """Whether the administrator confirmed that this is one named person."""


class Found(msgspec.Struct, frozen=True):
    """What decides about a person to be added, as it was read."""

    organization: Organization
    roster: Roster
    members_with_number: int
    user_id: str | None


def find(organization_id: str, new: NewMember) -> Found:
    """Look up what decides about a person to be added: one batch."""
    rows = DirectoryRows(
        [
            organizations.organization_key(organization_id),
            roster_store.key(organization_id),
            phones.key(organization_id, new.phone),
            store.email_key(new.email),
        ]
    )
    return Found(
        organization=organizations.organization_among(rows, organization_id),
        roster=roster_store.among(rows, organization_id),
        members_with_number=phones.among(rows, organization_id, new.phone),
        user_id=store.user_id_among(rows, new.email),
    )


def create(actor: Member, new: NewMember, language: Language, now: datetime) -> Created:
    """Create an account and let the registration email go out (ACC-2). Returns the id of the membership.

    Raises Invalid naming every wrong field, Conflict `backup_administrator_required` (ORG-3) or `already_member`.
    """
    found = find(actor.organization_id, new)
    user, membership = invited(found, new, language, now)
    planned = Change(actor, created(membership), now)
    plan_newcomer(planned, found.roster, user, membership)
    return planned.commit(Created(membership.id))


def created(membership: Membership) -> Entry:
    """What the audit record tells of an account that an administrator creates."""
    return Entry(action="member.created", object_id=membership.id, after=saving.facts(membership))


def invited(found: Found, new: NewMember, language: Language, now: datetime) -> tuple[User, Membership]:
    """The user and the membership of a person to be added. Raises as `create` does, but for `already_member`."""
    errors = check_new(found.organization, new, found.members_with_number)
    if errors:
        raise Invalid(fields=tuple(errors))
    rosters.require_backup(found.roster, new.role, now)
    user = user_or_new(found.user_id, new, language)
    return user, newcomer(found.organization.id, user, new, now)


def newcomer(organization_id: str, user: User, new: NewMember, now: datetime) -> Membership:
    """The membership of a person who is invited now."""
    return Membership(
        id=ids.new("mem"),
        organization_id=organization_id,
        user_id=user.id,
        name=new.name,
        email=new.email,
        phone=new.phone,
        role=new.role,
        access_levels=frozenset(new.access_levels) - {"manage_account"},
        providers=frozenset(new.providers),
        status="unverified",
        accepted=False,
        created_at=now,
        invitation_ends_at=now + statuses.INVITATION,
        entries=1,
    )


def plan_newcomer(
    planned: Change, roster: Roster, user: User, membership: Membership, after: Roster | None = None
) -> None:
    """Plan somebody's account and the email to them; the roster must still be as it was read (ORG-3).

    `after`: the roster with them, where it changes in more than that they are there.
    """
    add(planned, user, membership)
    seen = after or rosters.seen(roster, membership)
    if seen == roster:
        saving.require_roster(planned, roster)
    saving.plan_roster(planned, roster, seen)
    planned.emit("member.invited", organization_id=membership.organization_id, membership_id=membership.id)


def add(planned: Change, user: User, membership: Membership) -> None:
    """Plan a membership and, where they are new to the portal, its user."""
    if not user.epoch:
        for row in store.user_rows(msgspec.structs.replace(user, epoch=1)):
            planned.create(row)
    if membership.phone:
        planned.count(phones.row(membership.organization_id, membership.phone), phones.more(1))
    saving.add(planned, membership)
    saving.arm_unanswered(planned, membership)


def check_new(organization: Organization, new: NewMember, members_with_number: int) -> list[FieldError]:
    """What is wrong with a person to be added, and what looks shared unless that was confirmed (ACC-2)."""
    errors = [] if writing.is_address(new.email) else [FieldError("/email", "wrong_form")]
    if not new.confirmed_person:
        errors += names.looks_shared(new.name, new.email, members_with_number)
    levels, providers = frozenset(new.access_levels), frozenset(new.providers)
    return errors + rights.check_granted(organization, None, new.role, levels, providers)


def user_or_new(user_id: str | None, new: NewMember, language: Language) -> User:
    """The user with an id, or one that is to be created, which shows by its epoch 0 (S-AUTH-01)."""
    return new_user(new, language) if user_id is None else store.user(user_id)


def new_user(new: NewMember, language: Language) -> User:
    """A user who is to be created."""
    return User(id=ids.new("usr"), email=new.email, name=new.name, phone=new.phone, language=language, epoch=0)
