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
from chalicelib.core import access, links
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.core.links import Link
from chalicelib.credentials import hashing, passwords, store
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import StaffMember, staff_move_allowed


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


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """What a person enters to complete their registration."""

    name: str
    password: str
    accept_terms: bool


def look(token: str, now: datetime) -> Invited:
    """Whom a registration link is for; spends nothing (S-MAIL-02). Raises LinkExpired."""
    link = links.look(token, "registration", now)
    user = accounts_store.user(link.user_id)
    link.require_address(user.email)
    membership, staff = _membership(link), _staff(link)
    if membership is None and staff is None:
        raise LinkExpired
    return Invited(
        link=link,
        user=user,
        membership=membership,
        staff=staff,
        organization=organizations.organization(membership.organization_id) if membership is not None else None,
        has_password=store.password_of(user.id) is not None,
    )


def complete(token: str, answers: Answers, origin: access.Origin, now: datetime) -> None:
    """Let a person in who proved by the link that the address is theirs (section 3: `unverified` to `active`).

    Raises LinkExpired, Invalid naming every wrong field, Stale or Conflict when an administrator was faster.
    """
    invited = look(token, now)
    if invited.has_password:
        raise LinkExpired
    errors = _wrong(invited, answers)
    if errors:
        raise Invalid(fields=tuple(errors))
    person = access.LinkHolder(id=invited.user.id, origin=origin)
    organization_id = invited.membership.organization_id if invited.membership is not None else None
    entry = Entry(action="registration.completed", object_id=invited.user.id, organization_id=organization_id)
    planned = Change(person, entry, now)
    links.spend(planned, invited.link)
    _set_password(planned, invited, answers)
    _accept_terms(planned, invited)
    _take_name(planned, invited.user, answers.name)
    if invited.membership is not None:
        administrators.accept(planned, invited.membership, answers.name)
    if invited.staff is not None:
        staff_actions.accept(planned, invited.staff, answers.name)
    planned.commit(None)


def _membership(link: Link) -> Membership | None:
    """The membership that a link is for, unless it waits for nobody any more."""
    if "membership_id" not in link.subject:
        return None
    found = accounts_store.membership(link.subject["organization_id"], link.subject["membership_id"])
    return found if found is not None and statuses.allows(found, "complete") else None


def _staff(link: Link) -> StaffMember | None:
    """The place at the plan that a link is for, likewise."""
    if "membership_id" in link.subject:
        return None
    found = plan_store.staff_member(link.user_id)
    return found if found is not None and staff_move_allowed(found, "complete") else None


def _wrong(invited: Invited, answers: Answers) -> list[FieldError]:
    organization = [invited.organization.name] if invited.organization is not None else []
    plan = plan_store.settings().name
    errors = passwords.errors(answers.password, invited.user, answers.name, [*organization, invited.name], plan)
    if not answers.accept_terms:
        errors.append(FieldError("/accept_terms", "terms_required"))
    return errors


def _set_password(planned: Change, invited: Invited, answers: Answers) -> None:
    row = store.password_row(invited.user.id, hashing.make(answers.password), planned.now)
    planned.create(row, LinkExpired())


def _accept_terms(planned: Change, invited: Invited) -> None:
    planned.put(store.terms_row(invited.user.id, plan_store.settings().version, planned.now))


def _take_name(planned: Change, user: User, name: str) -> None:
    """A name as the person writes it; and the address must still be the one the link went to (S-AUTH-08)."""
    row = accounts_store.UserRow(*accounts_store.user_key(user.id))
    unchanged = (accounts_store.UserRow.email == user.email) & (accounts_store.UserRow.epoch == user.epoch)
    planned.update(row, [accounts_store.UserRow.name.set(name)], unchanged, LinkExpired())
