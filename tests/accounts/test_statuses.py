"""What the status of a membership lets it do."""

from typing import get_args

import pytest

from chalicelib.accounts.domain import Membership, Status, may_act, refusal_code, takes_messages, takes_notices

STATUSES: tuple[Status, ...] = get_args(Status)


def _membership(status: Status) -> Membership:
    return Membership(
        id="mem_1", organization_id="org_1", user_id="usr_1", name="Gina Sample", email="gina@x.example", status=status
    )


@pytest.mark.parametrize(
    ("status", "acts", "messages", "notices"),
    [
        ("verification_pending", False, False, False),
        ("unverified", False, False, False),
        ("active", True, True, True),
        ("inactive", False, True, False),
        ("suspended", False, True, False),
        ("disabled", False, False, False),
        ("rejected", False, False, False),
        ("removed", False, False, False),
    ],
)
def test_status(status: Status, acts: bool, messages: bool, notices: bool) -> None:
    """MSG-7, NOT-3: only an active membership acts and is notified; who sleeps still gets messages."""
    membership = _membership(status)
    assert (may_act(membership), takes_messages(membership), takes_notices(membership)) == (acts, messages, notices)


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        ([], "no_membership"),
        (["inactive"], "account_inactive"),
        (["suspended"], "account_suspended"),
        (["disabled"], "account_disabled"),
        (["rejected", "removed", "unverified", "verification_pending"], "no_membership"),
        (["disabled", "suspended", "inactive"], "account_inactive"),
        (["removed", "disabled", "suspended"], "account_suspended"),
        (["rejected", "disabled"], "account_disabled"),
    ],
)
def test_somebody_kept_out_is_told_the_state_that_is_easiest_to_mend(statuses: list[Status], code: str) -> None:
    """S-AUTH-07: told after the right password only (see the API's tests)."""
    assert refusal_code([_membership(status) for status in statuses]) == code


def test_the_table_above_names_every_status() -> None:
    assert len(STATUSES) == 8
