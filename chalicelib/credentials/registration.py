"""A person completes their registration by the mailed link (CRD-6): who they are, a password, the terms.

One transaction spends the link and does all it allows. It is put together from steps; security questions and the second
factor join them.
"""

from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.actions import administrators
from chalicelib.accounts.actions import staff as staff_actions
from chalicelib.accounts.domain import Membership, User, statuses
from chalicelib.accounts.store import rosters
from chalicelib.core import access, links
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.core.links import Link
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import hashing, passwords, store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings, StaffMember, staff_move_allowed


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """What a live registration link stands for."""

    link: Link
    user: User
    membership: Membership | None
    staff: StaffMember | None
    """One of both: where they are invited to."""
    organization: Organization | None
    has_password: bool
    """They have a sign-in already and accept by signing in."""

    @property
    def name(self) -> str:
        """The name under which they were invited."""
        place = self.membership or self.staff
        return place.name if place is not None else self.user.name

    @property
    def phone(self) -> str:
        """The number under which they were invited: whoever claimed the address first may have given another."""
        place = self.membership or self.staff
        return place.phone if place is not None and place.phone else self.user.phone


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What a person enters to complete their registration."""

    name: str
    password: str
    accept_terms: bool


def look(token: str, now: datetime) -> Invited:
    """Whom a registration link is for; spends nothing (S-MAIL-02). Raises LinkExpired."""
    link = links.look(token, "registration", now)
    return _invited(link, DirectoryRows(_keys(link)))


def _keys(link: Link) -> list[tuple[str, str]]:
    """Of what a link is about."""
    keys = [accounts_store.user_key(link.user_id), store.password_key(link.user_id)]
    if "membership_id" not in link.subject:
        return [*keys, plan_store.staff_key(link.user_id)]
    organization_id = link.subject["organization_id"]
    place = accounts_store.membership_key(organization_id, link.subject["membership_id"])
    return [*keys, place, organizations.organization_key(organization_id)]


def _invited(link: Link, rows: DirectoryRows) -> Invited:
    row = rows.get(accounts_store.UserRow, accounts_store.user_key(link.user_id))
    if row is None:
        raise LinkExpired
    user = accounts_store.user_from_row(row)
    link.require_address(user.email)
    membership, staff = _membership(link, rows), _staff(link, rows)
    if membership is None and staff is None:
        raise LinkExpired
    return Invited(
        link=link,
        user=user,
        membership=membership,
        staff=staff,
        organization=organizations.organization_among(rows, membership.organization_id) if membership else None,
        has_password=rows.get(store.PasswordRow, store.password_key(user.id)) is not None,
    )


def complete(token: str, answers: Answers, origin: access.Origin, now: datetime) -> None:
    """Let a person in who proved by the link that the address is theirs (section 3: `unverified` to `active`).

    Raises LinkExpired, Invalid naming every wrong field, Stale or Conflict when an administrator was faster.
    """
    link = links.look(token, "registration", now)
    roster_key = rosters.key(link.subject.get("organization_id", ""))
    rows = DirectoryRows([*_keys(link), plan_store.SETTINGS_KEY, roster_key])
    invited = _invited(link, rows)
    settings = plan_store.settings_among(rows)
    if invited.has_password:
        raise LinkExpired
    errors = _wrong(invited, answers, settings)
    if errors:
        raise Invalid(fields=tuple(errors))
    person = access.LinkHolder(id=invited.user.id, origin=origin)
    organization_id = invited.membership.organization_id if invited.membership is not None else None
    entry = Entry(action="registration.completed", object_id=invited.user.id, organization_id=organization_id)
    planned = Change(person, entry, now)
    links.spend(planned, invited.link)
    _set_password(planned, invited, answers)
    _accept_terms(planned, invited, settings)
    person_now = msgspec.structs.replace(invited.user, name=answers.name, phone=invited.phone)
    _take_facts(planned, person_now)
    if invited.membership is not None:
        roster = rosters.among(rows, invited.membership.organization_id)
        administrators.accept(planned, invited.membership, person_now, roster)
    if invited.staff is not None:
        staff_actions.accept(planned, invited.staff, answers.name)
    planned.commit(None)


def _membership(link: Link, rows: DirectoryRows) -> Membership | None:
    """The membership that a link is for, unless it waits for nobody any more."""
    if "membership_id" not in link.subject:
        return None
    found = accounts_store.membership_among(rows, link.subject["organization_id"], link.subject["membership_id"])
    return found if found is not None and statuses.allows(found, "complete") else None


def _staff(link: Link, rows: DirectoryRows) -> StaffMember | None:
    """The place at the plan that a link is for, likewise."""
    if "membership_id" in link.subject:
        return None
    row = rows.get(plan_store.StaffRow, plan_store.staff_key(link.user_id))
    found = plan_store.staff_from_row(row) if row is not None else None
    return found if found is not None and staff_move_allowed(found, "complete") else None


def _wrong(invited: Invited, answers: Answers, settings: PlanSettings) -> list[FieldError]:
    organization = [invited.organization.name] if invited.organization is not None else []
    names = [*organization, invited.name]
    errors = passwords.errors(answers.password, invited.user, answers.name, names, settings.name)
    if not answers.accept_terms:
        errors.append(FieldError("/accept_terms", "terms_required"))
    return errors


def _set_password(planned: Change, invited: Invited, answers: Answers) -> None:
    row = store.password_row(invited.user.id, hashing.make(answers.password), planned.now)
    planned.create(row, LinkExpired())


def _accept_terms(planned: Change, invited: Invited, settings: PlanSettings) -> None:
    planned.put(store.terms_row(invited.user.id, settings.version, planned.now))


def _take_facts(planned: Change, user: User) -> None:
    """The name as the person writes it, and their number on record.

    The address must still be the one the link went to (S-AUTH-08).
    """
    row = accounts_store.UserRow(*accounts_store.user_key(user.id))
    unchanged = (accounts_store.UserRow.email == user.email) & (accounts_store.UserRow.epoch == user.epoch)
    facts = [accounts_store.UserRow.name.set(user.name)]
    if user.phone:
        facts.append(accounts_store.UserRow.phone.set(user.phone))
    planned.update(row, facts, unchanged, LinkExpired())
