"""A person has notices go to another address than the one they sign in with (NOT-1, S-MAIL-03).

Whoever asks learns nothing about the address: anybody's may be named, and whoever reads that mailbox decides by the
link that goes there. Until then it gets nothing else, and it never opens an account or helps back into one. A change is
told to the address that got the notices before.
"""

from datetime import datetime, timedelta

from chalicelib.accounts import store as accounts_store
from chalicelib.core import access, ids, links, writing
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, LinkExpired, TooManyAttempts
from chalicelib.core.journal import Entry
from chalicelib.notifications import store
from chalicelib.notifications.actions.accounts import has_access
from chalicelib.notifications.actions.preferences import read
from chalicelib.notifications.domain.addresses import CONFIRMATION, WaitingAddress, compared
from chalicelib.notifications.store import addresses, mails

_LINK: links.Purpose = "notice_address"
_HOUR = timedelta(hours=1)


def ask(actor: access.Actor, address: str, now: datetime) -> None:
    """Let a link go to an address, also once more to the one that waits. An earlier link ends with it.

    Raises Invalid for what can't be an address or is in use already, TooManyAttempts when they asked too often
    (S-MAIL-04).
    """
    if not writing.is_address(address):
        raise Invalid(fields=(FieldError("/email", "wrong_form"),))
    preferences, sign_in_address = read(actor)
    if compared(address) == compared(sign_in_address):
        raise Invalid(fields=(FieldError("/email", "own_address"),))
    if preferences.notice_address is not None and compared(address) == compared(preferences.notice_address):
        raise Invalid(fields=(FieldError("/email", "notice_address"),))
    if not mails.allow(actor.id, "NOTICE_ADDRESS", now):
        raise TooManyAttempts(retry_after=_until_next_hour(now))
    asked = WaitingAddress(id=ids.new("nad"), user_id=actor.id, address=address, ends_at=now + CONFIRMATION)
    planned = Change(actor, Entry(action="notice_address.requested", object_id=actor.id), now)
    addresses.wait(planned, asked)
    links.void(planned, _LINK, actor.id, {})
    planned.emit("notice_address.requested", user_id=actor.id, change_id=asked.id)
    planned.commit(None)


def withdraw(actor: access.Actor, now: datetime) -> None:
    """Take it back; a link that was mailed opens nothing any more. Nothing happens when none waits."""
    planned = Change(actor, Entry(action="notice_address.withdrawn", object_id=actor.id), now)
    _forget(planned, actor.id)
    planned.commit(None)


def leave(actor: access.Actor, now: datetime) -> None:
    """Notices go to the address they sign in with; one that waits ends. Nothing happens when they go there already.

    Raises Conflict when another one was confirmed in the same moment.
    """
    before = store.preferences(actor.id).notice_address
    if before is None:
        withdraw(actor, now)
        return
    planned = Change(actor, Entry(action="notice_address.changed", object_id=actor.id), now)
    _forget(planned, actor.id)
    _move(planned, actor.id, ids.new("nad"), before, None, before)
    planned.commit(None)


def confirm(token: str, origin: access.Origin, now: datetime) -> None:
    """Notices go to whoever holds the link that went there, from now on.

    Raises LinkExpired, Conflict when the address was changed in the same moment.
    """
    link = links.look(token, _LINK, now)
    waiting = addresses.waiting(link.user_id, now)
    if waiting is None:
        raise LinkExpired
    link.require_address(waiting.address)
    user = accounts_store.user(link.user_id)
    if not has_access(user):
        raise LinkExpired
    before = store.preferences(user.id).notice_address
    person = access.LinkHolder(id=user.id, origin=origin)
    planned = Change(person, Entry(action="notice_address.changed", object_id=user.id), now)
    links.spend(planned, link)
    addresses.take(planned, waiting)
    _move(planned, user.id, waiting.id, before, waiting.address, before or user.email)
    planned.commit(None)


def _forget(planned: Change, user_id: str) -> None:
    """Plan that nothing waits."""
    addresses.forget(planned, user_id)
    links.void(planned, _LINK, user_id, {})


def _move(planned: Change, user_id: str, change_id: str, before: str | None, after: str | None, told: str) -> None:
    """Plan the change, and that `told` is: what got the notices so far."""
    addresses.set_address(planned, user_id, before, after)
    addresses.leave(planned, change_id, told)
    planned.emit("notice_address.changed", user_id=user_id, change_id=change_id)


def _until_next_hour(now: datetime) -> int:
    """Seconds."""
    begun = now.replace(minute=0, second=0, microsecond=0)
    return max(1, -(-(begun + _HOUR - now) // timedelta(seconds=1)))
