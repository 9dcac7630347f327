"""A person changes the address they sign in with (CRD-10, S-AUTH-13).

Whoever asks learns nothing about the new address: the answer is the same whether somebody has it or not, and only the
mail handler looks. The link goes to the new address, what to do if it was not them to the old one. An address that was
left stays theirs: nobody else ever gets it (S-AUTH-01).
"""

from datetime import datetime, timedelta

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.actions import facts
from chalicelib.accounts.domain import normalised, statuses
from chalicelib.core import access, ids, links, writing
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, LinkExpired
from chalicelib.core.journal import Entry
from chalicelib.credentials.places import belongings
from chalicelib.credentials.store import email_changes
from chalicelib.credentials.store.email_changes import EmailChange, EmailChangeRow

CONFIRMATION = timedelta(hours=24)
"""How long a new address can be confirmed; ours, between those of CRD-6."""


def ask(actor: access.Actor, address: str, now: datetime) -> None:
    """Let a link go to a new address. An earlier one that waits ends with it.

    Raises Invalid for one that can't be an address, or is theirs already.
    """
    user = accounts_store.user(actor.id)
    if not writing.is_address(address):
        raise Invalid(fields=(FieldError("/email", "wrong_form"),))
    if normalised(address) == normalised(user.email):
        raise Invalid(fields=(FieldError("/email", "own_address"),))
    asked = EmailChange(id=ids.new("emc"), user_id=user.id, address=address, ends_at=now + CONFIRMATION)
    planned = Change(actor, Entry(action="email.change_requested", object_id=user.id), now)
    planned.put(email_changes.row(asked))
    planned.emit("email.change_requested", user_id=user.id, change_id=asked.id)
    planned.commit(None)


def withdraw(actor: access.Actor, now: datetime) -> None:
    """Take it back; a link that was mailed opens nothing any more. Nothing happens when none waits."""
    planned = Change(actor, Entry(action="email.change_withdrawn", object_id=actor.id), now)
    planned.delete(EmailChangeRow(*email_changes.key(actor.id)))
    planned.commit(None)


def confirm(token: str, origin: access.Origin, now: datetime) -> None:
    """The address is theirs, who holds the link that went to it: they sign in with it from now on.

    Links to the address before end by that (S-AUTH-08). Raises LinkExpired, also when somebody else has the address,
    Stale or Conflict when somebody changed one of their places in the same moment.
    """
    link = links.look(token, "email_change", now)
    waits = email_changes.waiting(link.user_id, now)
    if waits is None:
        raise LinkExpired
    link.require_address(waits.address)
    own = belongings(link.user_id)
    before = own.user
    if before is None:
        raise LinkExpired
    places = facts.places_of(before.id, own.memberships)
    if not _has_access(places):
        raise LinkExpired
    after = msgspec.structs.replace(before, email=waits.address, contacts_changed_at=now)
    person = access.LinkHolder(id=before.id, origin=origin)
    planned = Change(person, Entry(action="email.changed", object_id=before.id), now)
    links.spend(planned, link)
    planned.delete(EmailChangeRow(*email_changes.key(before.id)), email_changes.still(waits), LinkExpired())
    for user, left in ((after, False), (before, True)):
        row, free = accounts_store.claim_of_address(user, left=left)
        planned.put(row, free, LinkExpired())
    facts.change(planned, before, after, places, LinkExpired())
    planned.create(email_changes.former_row(waits.id, before.email, now))
    planned.emit("email.changed", user_id=before.id, change_id=waits.id)
    planned.commit(None)


def _has_access(places: facts.Places) -> bool:
    """Whether they still are somebody here: of the plan, or of an organization that has not shut them out."""
    if places.staff is not None and places.staff.belongs:
        return True
    return any(map(statuses.may_have_password_reset, places.memberships))
