"""Trying an address again that gets no mail any more (NOT-4): by whose it is, or by those who administer them."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain import User
from chalicelib.accounts.store.stopped import MarkRow, key
from chalicelib.core.access import Actor, Member, Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials.store import email_changes
from chalicelib.notifications import store
from chalicelib.notifications.actions import executives
from chalicelib.notifications.domain import stops as rules
from chalicelib.notifications.domain.addresses import compared
from chalicelib.notifications.store import addresses, stops
from chalicelib.plan import store as plan_store


def mend_own(actor: Actor, address: str, now: datetime) -> None:
    """Mail goes to one's own address again. Nothing happens when it does already.

    Raises Invalid for an address that is not theirs, TooManyAttempts.
    """
    user = accounts_store.user(actor.id)
    if not _among(address, in_use(user)) and not _stopped_since_asked(address, user.id, now):
        raise Invalid(fields=(FieldError("/address", "not_own_address"),))
    entry = Entry(action="address.mended", object_id=user.id)
    _mend(Change(actor, entry, now), [address], user.id, [])


def mend_member(actor: Member, membership_id: str, now: datetime) -> None:
    """Mail goes to a member of one's organization again. Raises NotFound, TooManyAttempts."""
    membership = accounts_store.membership(actor.organization_id, membership_id)
    if membership is None:
        raise NotFound
    entry = Entry(action="address.mended", object_id=membership.id)
    mark = key(membership.organization_id, membership.id)
    user = accounts_store.user(membership.user_id)
    _mend(Change(actor, entry, now), in_use(user), user.id, [mark])


def mend_staff(actor: Staff, user_id: str, now: datetime) -> None:
    """Mail goes to one of the staff again. Raises NotFound, TooManyAttempts."""
    if plan_store.staff_member(user_id) is None:
        raise NotFound
    entry = Entry(action="address.mended", object_id=user_id)
    _mend(Change(actor, entry, now), in_use(accounts_store.user(user_id)), user_id, [key(None, user_id)])


def in_use(user: User) -> list[str]:
    """The addresses that mail to somebody goes to: where they sign in, and where they want their notices."""
    chosen = store.preferences(user.id).notice_address
    return [user.email] if chosen is None or compared(chosen) == compared(user.email) else [user.email, chosen]


def _among(address: str, own: Iterable[str]) -> bool:
    return compared(address) in map(compared, own)


def _stopped_since_asked(address: str, user_id: str, now: datetime) -> bool:
    """Whether it is one of theirs that wait to be confirmed, and the link to it came back."""
    waits = [addresses.waiting(user_id, now), email_changes.waiting(user_id, now)]
    found = stops.among([address]).get(address)
    return any(
        _among(address, [one.address]) and (found is None or rules.told_to_asker(found, one.ends_at))
        for one in waits
        if one is not None
    )


def _mend(planned: Change, tried: Iterable[str], user_id: str, marks: Iterable[tuple[str, str]]) -> None:
    known = {address: record for address, record in stops.records(tried).items() if rules.stop(record) is not None}
    marks = [mark for mark in marks if known or DirectoryRows([mark]).get(MarkRow, mark) is not None]
    if not known and not marks:
        return
    for address, record in known.items():
        stops.keep(planned, address, record, rules.mended(record, planned.now))
    # The one that is looked at goes with it, also where an address was left that had been stopped; others follow by
    # the events.
    for mark in marks:
        planned.delete(MarkRow(*mark))
    others = {other for address in known for other in addresses.holders(address)}
    # Somebody else may sign in with what is another one's address for notices.
    others |= {claimed for address in known if (claimed := accounts_store.claimed_by(address)) is not None}
    for id_ in sorted({user_id, *others})[:80]:
        planned.emit("address.mended", user_id=id_)
    for address in known:
        executives.tell_of_mending(planned, address, 5)
    planned.commit(None)
