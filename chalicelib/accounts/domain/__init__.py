"""Users and memberships (product rules, section 3).

Beside it: `statuses` (what moves a membership), `roster` (administrators), `rights` (who may change what of whom),
`names` (accounts that look shared).
"""

import unicodedata
from datetime import datetime
from typing import Literal

import msgspec

from chalicelib.core.access import AccessLevel, Role
from chalicelib.core.texts import Language

Cause = Literal["disabled", "suspended", "inactive"]
"""Why a registered membership opens nothing; several may hold at once and each has to be lifted."""
Status = Literal[
    "verification_pending", "unverified", "active", "inactive", "suspended", "disabled", "rejected", "removed"
]


class User(msgspec.Struct, frozen=True, kw_only=True):
    """One natural person with one sign-in. `epoch` rises when every session of theirs must end."""

    id: str
    email: str
    name: str
    phone: str = ""
    language: Language = "en"
    version: int = 0
    """How often they changed what is on their profile: what an edit names (If-Match)."""
    contacts_changed_at: datetime | None = None
    """When they last changed their address or number themself (S-AUTH-13)."""
    epoch: int = 1


class Membership(msgspec.Struct, frozen=True, kw_only=True):
    """One user in one organization. `epoch` rises with every change of role, levels, providers or status."""

    id: str
    organization_id: str
    user_id: str
    name: str
    """The user's name, kept here too so that a list of members is one query; changed with it. Until they accept, the
    name under which they were invited."""
    email: str
    """Likewise, their address: until they accept, as it was typed."""
    phone: str = ""
    role: Role = "general_user"
    access_levels: frozenset[AccessLevel] = frozenset()
    providers: frozenset[str] = frozenset()
    status: Status = "unverified"
    """What is shown: the strongest of what holds."""
    causes: frozenset[Cause] = frozenset()
    accepted: bool = True
    """Whether the person completed registration; without it, lifting every cause leads back to `unverified`."""
    created_at: datetime | None = None
    verified_at: datetime | None = None
    enabled_at: datetime | None = None
    invitation_ends_at: datetime | None = None
    """When the last mailed registration link ends or ended (CRD-6)."""
    asks_for: frozenset[AccessLevel] = frozenset()
    """What they have asked their administrators for and not been answered (ACC-9); each is a request of its own too."""
    entries: int = 0
    """Number of the last entry of its history: the version that an edit names (If-Match)."""
    epoch: int = 1


def may_act(membership: Membership) -> bool:
    """Whether a membership opens anything at all: only an active one does."""
    return membership.status == "active"


def may_come_back(membership: Membership) -> bool:
    """Whether it opens something, or will once a clock's cause is lifted: a second factor is kept for that (CRD-9)."""
    return membership.status in ("active", "inactive", "suspended")


def takes_messages(membership: Membership) -> bool:
    """Whether messages are delivered to a membership: not to someone disabled or removed, or not yet there (MSG-7)."""
    return membership.status in ("active", "inactive", "suspended")


def takes_notices(membership: Membership) -> bool:
    """Whether a notice may be mailed for it: to someone inactive or suspended it is not (MSG-7)."""
    return membership.status == "active"


def normalised(email: str) -> str:
    """An address as the sign-in compares it: NFKC, case folded, the domain in IDNA (S-AUTH-01).

    Never raises: an address that can't be one simply finds nobody.
    """
    # Folding can take a letter apart that NFKC put together, and NFKC can bring forth a space at the edge.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email).casefold()).strip()
    local, _, domain = folded.rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        return folded
    return f"{local}@{domain}"


def refusal_code(memberships: list[Membership]) -> str:
    """Code of the refusal for someone none of whose memberships is active: the mildest state they can mend."""
    states = {membership.status for membership in memberships}
    for status, code in (
        ("inactive", "account_inactive"),
        ("suspended", "account_suspended"),
        ("disabled", "account_disabled"),
    ):
        if status in states:
            return code
    return "no_membership"
