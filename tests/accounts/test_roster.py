"""Administrators of an organization: backup first, never without, one seat (ORG-3, ORG-4, ORG-5)."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.accounts.domain import Membership, Status, roster
from chalicelib.accounts.domain.roster import Handover, Roster
from chalicelib.core.access import Role
from chalicelib.core.errors import Conflict, Forbidden

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
EMPTY = Roster(organization_id="org_0000000001")


def member(id_: str, role: Role, status: Status = "active", invited: datetime | None = None) -> Membership:
    return Membership(
        id=id_,
        organization_id="org_0000000001",
        user_id=f"usr_{id_}",
        name=id_,
        email=f"{id_}@people.example",
        role=role,
        status=status,
        invitation_ends_at=invited,
    )


LOU = member("lou", "local_administrator")
BEA = member("bea", "backup_administrator")
BOTH = roster.seen(EMPTY, LOU, BEA)


def test_a_backup_comes_first() -> None:
    """ORG-3."""
    alone = roster.seen(EMPTY, LOU)
    assert not roster.may_add(alone, "general_user", NOW)
    assert roster.may_add(alone, "backup_administrator", NOW)
    with pytest.raises(Conflict) as raised:
        roster.require_backup(alone, "general_user", NOW)
    assert raised.value.code == "backup_administrator_required"
    roster.require_backup(BOTH, "general_user", NOW)


def test_a_live_invitation_is_enough_to_the_second() -> None:
    """ORG-3, CRD-6."""
    ends = NOW + timedelta(hours=72)
    invited = roster.seen(EMPTY, LOU, member("bea", "backup_administrator", "unverified", ends))
    assert roster.has_backup(invited, ends - timedelta(seconds=1))
    assert not roster.has_backup(invited, ends)
    gone = roster.seen(invited, member("bea", "backup_administrator", "disabled", ends))
    assert not roster.has_backup(gone, NOW)


def test_a_backup_may_disable_the_local_administrator_and_the_seat_is_vacant() -> None:
    """ORG-4: enrollment fills it."""
    disabled = roster.without_seat(msgspec.structs.replace(LOU, status="disabled"))
    left = roster.seen(BOTH, disabled)
    assert (disabled.role, left.seat, set(left.active)) == ("general_user", None, {"bea"})
    assert roster.warnings(left, NOW) == ["one_administrator", "seat_vacant"]


def test_never_without() -> None:
    """ORG-4: no action of a person; a clock may."""
    alone = roster.seen(EMPTY, LOU)
    inactive = msgspec.structs.replace(LOU, status="inactive")
    with pytest.raises(Conflict) as raised:
        roster.seen(alone, inactive)
    assert raised.value.code == "last_administrator"
    lapsed = roster.lapsed(alone, inactive)
    assert (lapsed.seat, roster.warnings(lapsed, NOW)) == ("lou", ["without_administrator", "no_backup"])


def test_the_seat_holds_one() -> None:
    """ORG-5."""
    with pytest.raises(Conflict):
        roster.seen(BOTH, member("gina", "local_administrator"))


@pytest.mark.parametrize("becomes", ["general_user", "backup_administrator"])
def test_handover(becomes: roster.FormerBecomes) -> None:
    """ORG-5: in one step; the former one becomes what was chosen."""
    former, successor = roster.handed_over(LOU, BEA, becomes)
    after = roster.seen(BOTH, former, successor)
    assert (former.role, successor.role, after.seat) == (becomes, "local_administrator", "bea")
    assert after.active == ({"bea"} if becomes == "general_user" else {"bea", "lou"})
    assert (former.epoch, successor.epoch) == (2, 2)


def test_a_handover_waits_for_somebody_who_registers() -> None:
    """ORG-5: the seat moves when that member is active."""
    nia = member("nia", "general_user", "unverified")
    promised = roster.handing_over(BOTH, "lou", nia, "general_user")
    assert promised.handover == Handover("nia", "general_user")
    assert roster.seen(promised, member("nia", "general_user", "disabled")).handover is None
    vacated = roster.seen(promised, roster.without_seat(msgspec.structs.replace(LOU, status="disabled")))
    assert vacated.handover is None
    with pytest.raises(Conflict) as raised:
        roster.handing_over(BOTH, "lou", member("nia", "general_user", "disabled"), "general_user")
    assert raised.value.code == "status_disabled"
    with pytest.raises(Forbidden):
        roster.handing_over(BOTH, "bea", nia, "general_user")


_ROLES: list[Role] = ["local_administrator", "backup_administrator", "general_user"]
_STATUSES: list[Status] = ["unverified", "active", "inactive", "suspended", "disabled", "removed"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(_ROLES), st.sampled_from(_STATUSES))))
def test_the_roster_says_what_the_memberships_say(seen: list[tuple[str, Role, Status]]) -> None:
    """Whatever is seen in whatever order: the roster is never ahead of the memberships or behind them."""
    now: dict[str, Membership] = {}
    at = EMPTY
    for id_, role, status in seen:
        membership = roster.without_seat(member(id_, role, status, NOW))
        try:
            at = roster.seen(at, membership)
        except Conflict:
            continue
        now[id_] = membership
        admins = {one.id: one for one in now.values() if one.role != "general_user"}
        assert at.active == {one.id for one in admins.values() if one.status == "active"}
        assert at.seat == next((one.id for one in admins.values() if one.role == "local_administrator"), None)
        assert at.backups == {
            one.id for one in admins.values() if one.role == "backup_administrator" and one.status == "active"
        }


def test_what_the_plan_decided_stands_until_the_successor_sits_down() -> None:
    """ORG-1, ORG-4: neither the practice nor the loss of the seat undoes it; the successor's own end does."""
    lola, nora = member("lola", "local_administrator"), member("nora", "general_user", "unverified")
    promised = roster.decided(roster.seen(Roster(organization_id="o"), lola), nora)
    assert promised.handover == Handover("nora", "general_user", decided_by_plan=True)
    with pytest.raises(Conflict, match="decided_by_plan"):
        roster.require_undecided(promised)
    with pytest.raises(Conflict, match="decided_by_plan"):
        roster.require_no_successor(promised, "nora")
    roster.require_no_successor(promised, "lola")
    backed = roster.seen(promised, member("bea", "backup_administrator"))
    left = roster.seen(backed, member("lola", "general_user", "disabled"))
    assert (left.seat, left.handover) == (None, promised.handover)
    seated = roster.seen(left, member("nora", "local_administrator"))
    assert (seated.seat, seated.handover) == ("nora", None)
    assert roster.lapsed(left, member("nora", "general_user", "removed")).handover is None


def test_what_the_practice_promised_ends_with_the_seat() -> None:
    """ORG-5: as it always did, and it may be changed."""
    lola, nora = member("lola", "local_administrator"), member("nora", "general_user", "unverified")
    promised = roster.handing_over(roster.seen(Roster(organization_id="o"), lola), "lola", nora, "general_user")
    roster.require_undecided(promised)
    roster.require_no_successor(promised, "nora")
    backed = roster.seen(promised, member("bea", "backup_administrator"))
    assert roster.seen(backed, member("lola", "general_user", "disabled")).handover is None
