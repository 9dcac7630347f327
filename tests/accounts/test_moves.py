"""What moves a membership: the table of product rules, section 3, cell by cell; several causes at once."""

import itertools
from datetime import UTC, datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.accounts.domain import Cause, Membership, Status
from chalicelib.accounts.domain.statuses import Move, allows, causes_of, moved
from chalicelib.core.errors import Conflict

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
CAUSES: tuple[Cause, ...] = get_args(Cause)
MOVES: tuple[Move, ...] = get_args(Move)
STATUSES: tuple[Status, ...] = get_args(Status)

# The table. `-` rows (how memberships begin) are tested where they are made; clocks belong to sections 5 and 6.
TABLE: dict[tuple[Status, Move], Status] = {
    ("verification_pending", "enable"): "unverified",
    ("verification_pending", "reject"): "rejected",
    ("unverified", "complete"): "active",
    ("active", "lapse"): "inactive",
    ("active", "suspend"): "suspended",
    ("active", "disable"): "disabled",
    ("unverified", "disable"): "disabled",
    ("disabled", "enable"): "active",
    ("inactive", "enable"): "active",
    ("suspended", "verify"): "active",
    # Early verification is welcome (REV-1).
    ("active", "verify"): "active",
    ("inactive", "verify"): "inactive",
    **{
        (status, "remove"): "removed"
        for status in ("verification_pending", "unverified", "active", "inactive", "suspended", "disabled")
    },
}
# A second cause joins the first; the strongest is shown.
JOINED: dict[tuple[Status, Move], Status] = {("inactive", "suspend"): "suspended", ("suspended", "lapse"): "suspended"}


def member(status: Status, *causes: Cause, accepted: bool = True) -> Membership:
    return Membership(
        id="mem_0000000001",
        organization_id="org_0000000001",
        user_id="usr_0000000001",
        name="Gina Sample",
        email="gina@people.example",
        status=status,
        causes=frozenset(causes),
        accepted=accepted and status not in ("verification_pending", "unverified"),
    )


@pytest.mark.parametrize(("status", "move"), list(itertools.product(STATUSES, MOVES)))
def test_the_table_and_nothing_else(status: Status, move: Move) -> None:
    """Section 3: anything else is refused with the current status in the error."""
    wanted = {**TABLE, **JOINED}.get((status, move))
    before = member(status)
    if wanted is None:
        assert not allows(before, move)
        with pytest.raises(Conflict) as raised:
            moved(before, move, NOW)
        assert raised.value.code == f"status_{status}"
    else:
        assert allows(before, move)
        after = moved(before, move, NOW)
        # Whoever is verified early may do what they could: nothing of theirs that is under way fails.
        same = move == "verify" and status == wanted
        assert (after.status, after.epoch) == (wanted, before.epoch + (not same))


def test_causes_are_kept_apart() -> None:
    """Unused, then unreviewed: suspended is shown, and each is lifted by its own remedy."""
    both = moved(moved(member("active"), "lapse", NOW), "suspend", NOW)
    assert (both.status, set(causes_of(both))) == ("suspended", {"suspended", "inactive"})
    assert moved(both, "verify", NOW).status == "inactive"
    assert moved(both, "enable", NOW).status == "suspended"
    assert moved(moved(both, "enable", NOW), "verify", NOW).status == "active"


def test_an_overdue_review_is_not_cleared_by_enabling() -> None:
    before = member("disabled", "disabled", "suspended")
    assert moved(before, "enable", NOW).status == "suspended"


def test_somebody_who_never_registered_is_not_made_active_by_an_administrator() -> None:
    """ACC-6: registration is the person's; disabling and enabling an invitation leads back to it."""
    disabled = moved(member("unverified"), "disable", NOW)
    assert (disabled.status, moved(disabled, "enable", NOW).status) == ("disabled", "unverified")


def test_clocks_begin_with_registration_and_enabling() -> None:
    """REV-1 counts from activation, INA-1 from the last enabling."""
    registered = moved(member("unverified"), "complete", NOW)
    assert (registered.verified_at, registered.enabled_at) == (NOW, NOW)
    assert moved(member("inactive"), "enable", NOW).verified_at is None


@given(st.lists(st.sampled_from(MOVES)), st.sampled_from(["verification_pending", "unverified"]))
def test_whatever_happens_the_shown_status_is_the_strongest(moves: list[Move], begins: Status) -> None:
    """Nobody is active without having registered; final statuses stay."""
    at = member(begins)
    registered = False
    for move in moves:
        if at.status in ("rejected", "removed"):
            assert not allows(at, move)
        if allows(at, move):
            at = moved(at, move, NOW)
            registered |= move == "complete"
        causes = causes_of(at)
        if at.status not in ("rejected", "removed") and causes:
            assert at.status == next(cause for cause in CAUSES if cause in causes)
        assert at.status != "active" or (registered and not causes)
