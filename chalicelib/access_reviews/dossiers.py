"""Members as a review shows them, with what they are decided by: in as few calls as it takes."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from chalicelib.access_reviews.domain import cards
from chalicelib.access_reviews.domain.cards import CardChange, FieldChange, Shown, Writer
from chalicelib.access_reviews.domain.standing import Standing
from chalicelib.accounts.domain import Membership, may_act, statuses
from chalicelib.accounts.domain.clocks import Activity, Clock
from chalicelib.accounts.domain.roster import Roster
from chalicelib.accounts.store import activities, history, level_use, reviewing, rosters, sorting
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.plan import store as plan_store
from chalicelib.plan.domain import PlanSettings
from chalicelib.sharing import store as sharing


class Practice(msgspec.Struct, frozen=True):
    """What decides about all members of a practice."""

    settings: PlanSettings
    organization: Organization
    roster: Roster

    def clock(self, activity: Activity | None = None) -> Clock:
        """What the deadlines of a member come from."""
        return Clock(settings=self.settings, organization=self.organization, activity=activity)


class Seen(msgspec.Struct, frozen=True):
    """A member as they count, and as their card shows them."""

    membership: Membership
    clock: Clock
    card: Shown


def practice_keys(organization_id: str) -> tuple[tuple[str, str], ...]:
    """Keys of what decides about all members of a practice."""
    return (
        plan_store.SETTINGS_KEY,
        organizations.organization_key(organization_id),
        rosters.key(organization_id),
    )


def practice_among(rows: DirectoryRows, organization_id: str) -> Practice:
    """Likewise, of rows that were read together."""
    return Practice(
        plan_store.settings_among(rows),
        organizations.organization_among(rows, organization_id),
        rosters.among(rows, organization_id),
    )


def standings(organization_id: str, until: datetime | None = None, most: int | None = None) -> dict[str, Standing]:
    """Everybody with a review to come, the most urgent first, by the key that orders them. The index may lag.

    With `until` those who are late, or were last verified at or before that.
    """
    return {key: standing(key) for key in reviewing.keys(organization_id, until, most)}


def standing(key: str) -> Standing:
    """How a member stands, by their key in the index."""
    return Standing(key.rpartition("#")[2], sorting.verified_at(key), key.startswith(sorting.LATE))


def seen(practice: Practice, memberships: Sequence[Membership], now: datetime) -> dict[str, Seen]:
    """Members of a practice with their cards, by membership: a batch for each twelve, and one of the marks."""
    entries = {one.id: history.newest_keys(one.id, one.entries, cards.MOST_CHANGES + 1) for one in memberships}
    keys = [activities.key(one.user_id) for one in memberships]
    keys += [level_use.key(one.organization_id, one.id) for one in memberships]
    rows = DirectoryRows(dict.fromkeys([*keys, *(key for each in entries.values() for key in each)]))
    marked = sharing.marked(practice.organization.id, [one.id for one in memberships], now)
    found = {}
    for one in memberships:
        clock = practice.clock(activities.among(rows, one.user_id))
        changes = [_change(entry) for entry in history.among(rows, entries[one.id])]
        used = level_use.among(rows, one.organization_id, one.id)
        card = cards.shown(one, clock, changes, now, sharing=one.id in marked, level_use=used)
        found[one.id] = Seen(statuses.as_of(one, now, clock), clock, card)
    return found


def only_administrator(roster: Roster, membership_id: str, others: Iterable[Seen]) -> bool:
    """Whether nobody else of the practice can review this administrator (REV-2), by the others as they are now."""
    return not any(
        may_act(one.membership)
        for one in others
        if one.membership.id in roster.active and one.membership.id != membership_id
    )


def _change(entry: history.Entry) -> CardChange:
    return CardChange(
        number=entry.number,
        at=entry.at,
        by=Writer(entry.author_name, entry.author_email),
        changes=[FieldChange(one.field, one.before, one.after) for one in entry.changes],
        comment=entry.comment or None,
    )
