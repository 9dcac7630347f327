"""What people see and choose in Communication Preferences (NOT-1)."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from chalicelib.accounts import store as accounts_store
from chalicelib.accounts.domain.stopped import Stop
from chalicelib.core.access import Actor
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, Stale, Unauthenticated
from chalicelib.core.journal import Entry, Facts
from chalicelib.core.tables import DirectoryRows
from chalicelib.notifications import store
from chalicelib.notifications.domain import CATEGORIES, Category, Channel, Preferences, fixed
from chalicelib.notifications.domain.addresses import WaitingAddress
from chalicelib.notifications.domain.stops import told_to_asker
from chalicelib.notifications.store import addresses, stops


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of the page."""

    preferences: Preferences
    sign_in_address: str
    waiting: WaitingAddress | None
    stopped: Mapping[str, Stop]
    """Those of their addresses that get no mail (NOT-4)."""


def shown(actor: Actor, now: datetime) -> Chosen:
    """What counts for whoever is signed in: two batches and a read."""
    preferences, sign_in_address = read(actor)
    waiting = addresses.waiting(actor.id, now)
    own = {sign_in_address, preferences.notice_address} - {None}
    asked = {waiting.address} - own if waiting is not None else set()
    stopped = stops.among(address for address in own | asked if address is not None)
    return Chosen(
        preferences=preferences,
        sign_in_address=sign_in_address,
        waiting=waiting,
        stopped={
            address: stop
            for address, stop in stopped.items()
            if address in own or (waiting is not None and told_to_asker(stop, waiting.ends_at))
        },
    )


def read(actor: Actor) -> tuple[Preferences, str]:
    """Somebody's preferences, and the address they sign in with, in one batch."""
    rows = DirectoryRows([accounts_store.user_key(actor.id), store.preferences_key(actor.id)])
    user = rows.get(accounts_store.UserRow, accounts_store.user_key(actor.id))
    if user is None:
        raise Unauthenticated
    return store.preferences_among(rows, actor.id), user.email


def choose(actor: Actor, version: int, asked: Mapping[Category, Channel], now: datetime) -> Chosen:
    """Choose channels; those that are not in `asked` stay. Returns what counts afterwards.

    Raises Invalid where a category has no choice, Stale when they were saved meanwhile.
    """
    wrong = [category for category, channel in asked.items() if fixed(category) not in (None, channel)]
    if wrong:
        raise Invalid(fields=tuple(FieldError(f"/channels/{category}", "always_mailed") for category in wrong))
    chosen = shown(actor, now)
    before = chosen.preferences
    if before.version != version:
        raise Stale
    after = msgspec.structs.replace(before, channels={**before.channels, **asked}, version=version + 1)
    if after.channels == before.channels:
        return chosen
    entry = Entry(
        action="preferences.changed",
        object_id=actor.id,
        before=_facts(before),
        after=_facts(after),
    )
    planned = Change(actor, entry, now)
    store.save_channels(planned, actor.id, before, after)
    planned.commit(None)
    return msgspec.structs.replace(chosen, preferences=after)


def _facts(preferences: Preferences) -> Facts:
    return {category: preferences.channel(category) for category in CATEGORIES}
