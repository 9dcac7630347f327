"""Whether a practice has anybody beside its administrators (ORG-3)."""

from datetime import datetime

from chalicelib.accounts import counting
from chalicelib.accounts.domain import may_act
from chalicelib.accounts.store import MembershipRow, membership_from_row

_LOOK = 100


def any_active(organization_id: str, now: datetime) -> bool:
    """Whether a general user acts at `now`, whatever the jobs have made of it.

    Reads strongly, as whoever asks has just heard of somebody: the members one after the other until one is found.
    """
    rows = MembershipRow.query(
        f"ORG#{organization_id}",
        MembershipRow.sk.startswith("MEMBERSHIP#"),
        filter_condition=(MembershipRow.role == "general_user") & (MembershipRow.status == "active"),
        consistent_read=True,
        page_size=_LOOK,
    )
    for answer in rows.page_iter:
        found = [membership_from_row(MembershipRow.from_raw_data(item)) for item in answer["Items"]]
        if any(may_act(one) for one in counting.counting(found, now)):
            return True
        # What is rare is found in few calls: DynamoDB reads at most 1 MB in one.
        rows.page_iter.page_size = 4 * (rows.page_iter.page_size or _LOOK)
    return False
