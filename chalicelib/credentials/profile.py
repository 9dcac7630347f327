"""What people see and change of themselves (ACC-10, CRD-10)."""

from datetime import datetime

import msgspec

from chalicelib.accounts.actions import facts
from chalicelib.accounts.actions.facts import Places
from chalicelib.accounts.domain import User, may_come_back
from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import Stale, Unauthenticated
from chalicelib.core.journal import Entry
from chalicelib.core.texts import Language
from chalicelib.credentials.domain import password_ends_at
from chalicelib.credentials.domain.factors import Factor, factor_wanted
from chalicelib.credentials.places import Belongings, belongings
from chalicelib.credentials.store import email_changes
from chalicelib.credentials.store.email_changes import EmailChange
from chalicelib.plan import store as plan_store


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of the Profile page."""

    user: User
    pending_email: str | None
    password_changed_at: datetime
    password_ends_at: datetime
    """From then on it opens nothing but "change your password" (CRD-2)."""
    questions_set_at: datetime | None
    factor: Factor | None
    factor_required: bool
    """Whether one of their places asks for a second factor (CRD-9)."""


class ProfileEdit(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be different; None leaves it as it is."""

    name: str | None = None
    phone: str | None = None
    language: Language | None = None


def shown(actor: Actor, now: datetime) -> Profile:
    """The profile of whoever is signed in: a query, a batch and a read."""
    own = _own(actor)
    return _profile(own, _user(own), email_changes.waiting(actor.id, now), _places(own))


def factor_required(own: Belongings) -> bool:
    """Whether any of their places asks for a second factor, open or not: they may open it any time (ACC-8, CRD-9)."""
    return _asks_for_factor(_places(own))


def _places(own: Belongings) -> Places:
    """Where somebody belongs, with the plan's settings."""
    return facts.places_of(_user(own).id, own.memberships, [plan_store.SETTINGS_KEY])


def _asks_for_factor(places: Places) -> bool:
    setting = plan_store.settings_among(places.rows).factor_required
    if places.staff is not None and places.staff.active and factor_wanted(setting, "staff"):
        return True
    return any(may_come_back(one) and factor_wanted(setting, one.role) for one in places.memberships)


def edit(actor: Actor, version: int, asked: ProfileEdit, now: datetime) -> Profile:
    """Change name, number or language, everywhere they are shown. Returns the profile afterwards.

    Raises Stale when the profile or a place of theirs was changed meanwhile.
    """
    own = _own(actor)
    before = _user(own)
    if before.version != version:
        raise Stale
    places = _places(own)
    after = msgspec.structs.replace(
        before,
        name=before.name if asked.name is None else asked.name,
        phone=before.phone if asked.phone is None else asked.phone,
        language=before.language if asked.language is None else asked.language,
    )
    if after != before:
        after = _changed(actor, before, after, places, now)
    waits = email_changes.waiting(actor.id, now)
    return _profile(own, after, waits, places)


def _changed(actor: Actor, before: User, after: User, places: Places, now: datetime) -> User:
    if after.phone != before.phone:
        after = msgspec.structs.replace(after, contacts_changed_at=now)
    changed = [name for name in ("name", "phone", "language") if getattr(before, name) != getattr(after, name)]
    planned = Change(actor, Entry(action="profile.changed", object_id=before.id, after={"fields": changed}), now)
    facts.change(planned, before, after, places, Stale())
    planned.commit(None)
    return msgspec.structs.replace(after, version=before.version + 1)


def _own(actor: Actor) -> Belongings:
    own = belongings(actor.id)
    if own.password is None:
        raise Unauthenticated
    return own


def _user(own: Belongings) -> User:
    if own.user is None:
        raise Unauthenticated
    return own.user


def _profile(own: Belongings, user: User, waits: EmailChange | None, places: Places) -> Profile:
    assert own.password is not None
    return Profile(
        user=user,
        pending_email=None if waits is None else waits.address,
        password_changed_at=own.password.changed_at,
        password_ends_at=password_ends_at(own.password.changed_at, plan_store.settings_among(places.rows)),
        questions_set_at=None if own.questions is None else own.questions.set_at,
        factor=own.factor,
        factor_required=_asks_for_factor(places),
    )
