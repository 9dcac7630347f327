"""What about a member waits for an administrator (ACC-3, NOT-5)."""

from datetime import datetime
from typing import Literal

from chalicelib.accounts.domain import Membership, names, statuses

Need = Literal["verification_pending", "invitation_expired", "access_request", "looks_shared", "about_to_lapse"]


def of(membership: Membership, now: datetime, *, lapsing: bool) -> list[Need]:
    """What waits at `now`, whatever a job has made of the membership since it was read.

    `lapsing`: whether they were warned that nobody uses the account, and it still is so (INA-2).
    """
    membership = statuses.as_of(membership, now)
    found: list[Need] = []
    if membership.status == "verification_pending":
        found.append("verification_pending")
        if names.looks_shared(membership.name, membership.email, 0):
            found.append("looks_shared")
    ends = membership.invitation_ends_at
    if membership.status == "unverified" and (ends is None or ends <= now):
        found.append("invitation_expired")
    if membership.asks_for and membership.status == "active":
        found.append("access_request")
    if lapsing and membership.status == "active":
        found.append("about_to_lapse")
    return found
