"""Whether the practice with a TIN has an administrator who acts (ORG-6).

Anybody may ask, so an unknown TIN, a closed practice and one without an administrator cost the same: the same calls,
of as many items, however far the look-up would have had to go (S-AUTH-07).
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from chalicelib.accounts import counting
from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import may_act
from chalicelib.accounts.store import rosters
from chalicelib.core.tables import DirectoryRows
from chalicelib.organizations import store as organizations

# As ids of an organization and memberships that never were.
_NOBODY = "org_0000000000"
# A practice has two or three administrators; with so many or fewer it is looked at like one that has none.
_LOOKED_AT = 4


class Found(msgspec.Struct, frozen=True):
    """What is behind a TIN: the practice if there is an open one, and whether somebody acts for it."""

    organization_id: str | None
    has_administrator: bool


def practice(tin: str, now: datetime) -> Found:
    """One get and three batches, whatever there is. `tin`: nine digits."""
    id_ = organizations.organization_id_of(tin) or _NOBODY
    rows = DirectoryRows([organizations.organization_key(id_), rosters.key(id_)])
    active = sorted(rosters.among(rows, id_).active)
    memberships = DirectoryRows(_filled((accounts.membership_key(id_, one) for one in active), _LOOKED_AT))
    found = [one for each in active if (one := accounts.membership_among(memberships, id_, each)) is not None]
    # Beside the people: the settings and the practice.
    clocks = DirectoryRows(_filled(counting.keys(found), _LOOKED_AT + 2))
    acts = any(map(may_act, counting.among(clocks, found, now)))
    row = rows.get(organizations.OrganizationRow, organizations.organization_key(id_))
    if row is None or organizations.organization_from_row(row).closed:
        return Found(None, has_administrator=False)
    return Found(id_, has_administrator=acts)


def _filled(keys: Iterable[tuple[str, str]], number: int) -> list[tuple[str, str]]:
    """Keys, and as many of nothing as are wanting to a number."""
    real = list(keys)
    return real + [(f"ORG#{_NOBODY}", f"NOTHING#{place}") for place in range(len(real), number)]
