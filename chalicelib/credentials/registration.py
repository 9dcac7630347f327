"""A person completes their registration by the mailed link (CRD-6).

Who they are, a password, three questions (CRD-3), a second factor where their role asks for one (CRD-9), the terms. One
transaction spends the link and does all it allows. It is put together from steps.
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
from chalicelib.core.outrun import until_kept
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import factors, passwords, questions, reminders, store
from chalicelib.credentials.domain.factors import factor_wanted
from chalicelib.credentials.domain.passwords import shortest_password
from chalicelib.credentials.domain.questions import Given
from chalicelib.credentials.factors import Offer
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
    seat_waits: bool
    """The local administrator's seat moves to them as they register (ORG-1, ORG-5)."""
    settings: PlanSettings

    @property
    def factor_required(self) -> bool:
        """Whether they enroll a second factor with the rest (CRD-9)."""
        if self.seat_waits:
            return factor_wanted(self.settings.factor_required, "local_administrator")
        place = self.membership.role if self.membership is not None else "staff"
        return factor_wanted(self.settings.factor_required, place)

    @property
    def password_shortest(self) -> int:
        """Code points of a password at least (D1)."""
        return shortest_password(self.settings.shortest_without_factor, has_factor=self.factor_required)

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
    questions: tuple[Given, ...]
    code: str | None
    """Of the second factor that was offered; None for none."""
    accept_terms: bool


def look(token: str, now: datetime) -> Invited:
    """Whom a registration link is for; spends nothing (S-MAIL-02). Raises LinkExpired."""
    link = links.look(token, "registration", now)
    return _invited(link, DirectoryRows(_keys(link)))


def _keys(link: Link) -> list[tuple[str, str]]:
    """Of what a link is about."""
    user_id = link.user_id
    keys = [plan_store.SETTINGS_KEY, accounts_store.user_key(user_id), store.password_key(user_id)]
    if "membership_id" not in link.subject:
        return [*keys, plan_store.staff_key(user_id)]
    organization_id = link.subject["organization_id"]
    place = accounts_store.membership_key(organization_id, link.subject["membership_id"])
    return [*keys, place, organizations.organization_key(organization_id), rosters.key(organization_id)]


def _invited(link: Link, rows: DirectoryRows) -> Invited:
    row = rows.get(accounts_store.UserRow, accounts_store.user_key(link.user_id))
    if row is None:
        raise LinkExpired
    user = accounts_store.user_from_row(row)
    link.require_address(user.email)
    membership, staff = _membership(link, rows), _staff(link, rows)
    if membership is None and staff is None:
        raise LinkExpired
    organization = organizations.organization_among(rows, membership.organization_id) if membership else None
    if organization is not None and organization.closed:
        # It has no members any more, and gets none (ORG-9).
        raise LinkExpired
    return Invited(
        link=link,
        user=user,
        membership=membership,
        staff=staff,
        organization=organization,
        has_password=rows.get(store.PasswordRow, store.password_key(user.id)) is not None,
        seat_waits=membership is not None and _seat_waits(membership, rows),
        settings=plan_store.settings_among(rows),
    )


def _seat_waits(membership: Membership, rows: DirectoryRows) -> bool:
    promised = rosters.among(rows, membership.organization_id).handover
    return promised is not None and promised.membership_id == membership.id


def offer_factor(token: str, origin: access.Origin, now: datetime) -> Offer:
    """A candidate seed for whoever holds a link, the same whenever they ask. Raises LinkExpired."""
    invited = look(token, now)
    if invited.has_password:
        raise LinkExpired
    user, link = invited.user, invited.link
    person = access.LinkHolder(id=user.id, origin=origin)
    return factors.offer(person, link.hash, user.id, user.email, invited.settings.name, link.ends_at, now)


def complete(token: str, answers: Answers, origin: access.Origin, now: datetime) -> tuple[str, ...]:
    """Let a person in who proved by the link that the address is theirs (section 3: `unverified` to `active`).

    Returns the recovery codes of their second factor, shown this once; none without one. Raises LinkExpired, Invalid
    naming every wrong field, Stale or Conflict when an administrator was faster.
    """
    return until_kept(lambda: _complete(token, answers, origin, now))


def _complete(token: str, answers: Answers, origin: access.Origin, now: datetime) -> tuple[str, ...]:
    link = links.look(token, "registration", now)
    rows = DirectoryRows(_keys(link))
    invited = _invited(link, rows)
    if invited.has_password:
        raise LinkExpired
    person = access.LinkHolder(id=invited.user.id, origin=origin)
    organization_id = invited.membership.organization_id if invited.membership is not None else None
    entry = Entry(action="registration.completed", object_id=invited.user.id, organization_id=organization_id)
    planned = Change(person, entry, now)
    errors, recovery_codes = _enroll(planned, invited, answers)
    errors += _wrong(invited, answers)
    if errors:
        raise Invalid(fields=tuple(errors))
    links.spend(planned, invited.link)
    planned.create(passwords.chosen(invited.user.id, answers.password, now), LinkExpired())
    reminders.arm(planned, invited.user.id, invited.settings)
    questions.plan_questions(planned, invited.user.id, answers.questions)
    planned.put(store.terms_row(invited.user.id, invited.settings.version, now))
    person_now = msgspec.structs.replace(invited.user, name=answers.name, phone=invited.phone)
    _take_facts(planned, person_now)
    if invited.membership is not None:
        roster = rosters.among(rows, invited.membership.organization_id)
        administrators.accept(planned, invited.membership, person_now, roster)
    if invited.staff is not None:
        staff_actions.accept(planned, invited.staff, answers.name)
    # Nothing of the codes goes into the change: its result is stored for a repeat.
    planned.commit(None)
    return recovery_codes


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


def _enroll(planned: Change, invited: Invited, answers: Answers) -> tuple[list[FieldError], tuple[str, ...]]:
    """Plan the second factor, where one is wanted or chosen. What is wrong with it, and its recovery codes."""
    if answers.code is None:
        return [FieldError("/code", "required")] if invited.factor_required else [], ()
    try:
        return [], factors.enroll(planned, factors.candidate_of(invited.link.hash, planned.now), answers.code)
    except Invalid as refusal:
        return list(refusal.fields), ()


def _wrong(invited: Invited, answers: Answers) -> list[FieldError]:
    organization = [invited.organization.known_by] if invited.organization is not None else []
    errors = passwords.errors(
        answers.password,
        invited.user,
        answers.name,
        [*organization, invited.name],
        invited.settings,
        has_factor=answers.code is not None,
        former=None,
    )
    names = [answers.name, invited.name, invited.user.name]
    errors += questions.errors(answers.questions, names, invited.user.email, lambda text: text == answers.password)
    if not answers.accept_terms:
        errors.append(FieldError("/accept_terms", "terms_required"))
    return errors


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
