"""States of the helpdesk's cases, and who confirms, as rules (CRD-5, S-AUTH-12)."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import msgspec
import pytest

from chalicelib.core.access import Member, Origin, Staff, StaffRole
from chalicelib.core.errors import Conflict, Forbidden, Invalid, NotFound
from chalicelib.recovery.domain import cases
from chalicelib.recovery.domain.cases import Case, Move, Needs, State

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
CASE = Case(
    id="rca_1", code="BCDF-GHJK", user_id="usr_gina", name="Gina", email="g@people.example", organization_id="org_a",
    membership_id="mem_gina", caller="Gina", reason="R", opened_by="usr_hela", opened_by_name="Hela", opened_at=NOW,
    ends_at=NOW + cases.LASTS,
)  # fmt: skip

# The whole table: every other move is refused.
MOVES = {
    ("open", "confirm"): "confirmed",
    ("open", "decline"): "declined",
    ("open", "withdraw"): "withdrawn",
    ("open", "expire"): "expired",
    ("confirmed", "send"): "link_sent",
    ("confirmed", "withdraw"): "withdrawn",
    ("confirmed", "expire"): "expired",
    ("link_sent", "send"): "link_sent",
    ("link_sent", "complete"): "done",
    ("link_sent", "withdraw"): "withdrawn",
    ("link_sent", "expire"): "expired",
}


@pytest.mark.parametrize(("state", "move"), [*product(get_args(State), get_args(Move))])
def test_every_move_from_every_state(state: State, move: Move) -> None:
    case = msgspec.structs.replace(CASE, state=state)
    assert cases.allows(case, move) == ((state, move) in MOVES)
    if (state, move) in MOVES:
        after = cases.moved(case, move)
        assert (after.state, after.version) == (MOVES[state, move], case.version + 1)
    else:
        with pytest.raises(Conflict, match=f"case_{state}"):
            cases.moved(case, move)


@pytest.mark.parametrize("state", get_args(State))
@pytest.mark.parametrize(("before", "ended"), [(timedelta(seconds=1), False), (timedelta(0), True)])
def test_a_case_ends_after_72_hours(state: State, before: timedelta, ended: bool) -> None:
    """CRD-5: to the second; what has ended already stays what it became."""
    found = cases.as_of(msgspec.structs.replace(CASE, state=state), NOW + timedelta(hours=72) - before)
    assert found.state == ("expired" if ended and state in cases.UNFINISHED else state)


@pytest.mark.parametrize(
    ("administrators", "needs"),
    [
        ((), "two_enrollment"),
        (("mem_gina",), "two_enrollment"),
        (("mem_gina", "mem_opener"), "two_enrollment"),
        (("mem_gina", "mem_lola"), "administrator"),
        (("mem_lola",), "administrator"),
    ],
)
def test_who_confirms(administrators: tuple[str, ...], needs: Needs) -> None:
    """CRD-5: another administrator than the user and whoever opened it, else two of enrollment."""
    case = msgspec.structs.replace(CASE, opener_membership_id="mem_opener")
    assert cases.needs(case, administrators) == needs
    of_staff = msgspec.structs.replace(CASE, organization_id=None, membership_id=None)
    assert cases.needs(of_staff, administrators) == "plan_administrator"


def _member(user_id: str = "usr_lola", organization: str = "org_a", role: str = "local_administrator") -> Member:
    return Member(
        id=user_id, origin=Origin(request_id="r"), organization_id=organization, membership_id="mem_x", name="N",
        role=role,  # type: ignore[arg-type]
    )  # fmt: skip


def _staff(user_id: str, *roles: StaffRole) -> Staff:
    return Staff(id=user_id, origin=Origin(request_id="r"), name="N", roles=frozenset(roles))


def _confirm(case: Case, actor: Member | Staff, needs: Needs, *, called: bool = True) -> Case | str:
    try:
        return cases.confirmed(case, actor, needs, NOW, called=called)
    except (Conflict, Forbidden, Invalid, NotFound) as refusal:
        assert not cases.may_confirm(actor, case, needs) or refusal.code == "invalid"
        return refusal.code


def test_an_administrator_confirms_alone() -> None:
    """CRD-5, S-AUTH-12."""
    done = _confirm(CASE, _member(), "administrator")
    assert isinstance(done, Case)
    assert (done.state, [one.user_id for one in done.confirmations]) == ("confirmed", ["usr_lola"])
    assert _confirm(CASE, _member(role="general_user"), "administrator") == "not_found"
    assert _confirm(CASE, _member(organization="org_b"), "administrator") == "not_found"
    assert _confirm(CASE, _member("usr_gina"), "administrator") == "own_case"
    assert _confirm(CASE, _member("usr_hela"), "administrator") == "own_case"
    for role in get_args(StaffRole):
        assert _confirm(CASE, _staff("usr_s", role), "administrator") == "not_found"


def test_two_of_enrollment_confirm_together() -> None:
    """CRD-5: different ones, who called; the same holds for each."""
    assert _confirm(CASE, _staff("usr_e", "enrollment"), "two_enrollment", called=False) == "invalid"
    first = _confirm(CASE, _staff("usr_e", "enrollment"), "two_enrollment")
    assert isinstance(first, Case)
    assert first.state == "open"
    assert _confirm(first, _staff("usr_e", "enrollment"), "two_enrollment") == "already_confirmed"
    second = _confirm(first, _staff("usr_f", "enrollment", "helpdesk"), "two_enrollment")
    assert isinstance(second, Case)
    assert second.state == "confirmed"
    assert _confirm(first, _staff("usr_hela", "enrollment"), "two_enrollment") == "own_case"
    assert _confirm(first, _member("usr_lola"), "two_enrollment") == "changed_meanwhile"
    for role in ("helpdesk", "auditor", "plan_administrator", "department_agent"):
        assert _confirm(first, _staff("usr_s", role), "two_enrollment") == "not_found"


def test_what_enrollment_said_counts_for_nobody_else() -> None:
    """CRD-5: an administrator who came meanwhile decides alone; a plan administrator is not enrollment."""
    first = _confirm(CASE, _staff("usr_e", "enrollment"), "two_enrollment")
    assert isinstance(first, Case)
    assert cases.counting(first, "administrator") == []
    alone = msgspec.structs.replace(first, organization_id=None, membership_id=None)
    done = _confirm(alone, _staff("usr_e", "enrollment", "plan_administrator"), "plan_administrator")
    assert isinstance(done, Case)
    assert done.state == "confirmed"


@pytest.mark.parametrize(("after", "lasts"), [(0, 30 * 60), (71 * 60 + 45, 15 * 60)])
def test_a_link_ends_after_half_an_hour_or_with_its_case(after: int, lasts: int) -> None:
    """CRD-5, CRD-6."""
    now = NOW + timedelta(minutes=after)
    assert cases.link_ends_at(CASE, now) - now == timedelta(seconds=lasts)
