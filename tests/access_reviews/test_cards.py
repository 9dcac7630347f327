"""What a card shows and when it needs a reason (REV-3)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.access_reviews.domain.cards import CardChange, Writer, check_reason, digest, shown
from chalicelib.accounts.domain import Membership, comments
from chalicelib.accounts.domain.clocks import Activity, Clock
from chalicelib.plan.domain import PlanSettings

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SETTINGS = PlanSettings(
    name="P", time_zone="UTC", helpdesk_phone="", helpdesk_hours="", confidentiality_notice="", sharing_notice=""
)
GINA = Membership(
    id="mem_0000000001",
    organization_id="org_0000000001",
    user_id="usr_0000000001",
    name="Gina Sample",
    email="gina@people.example",
    status="active",
    verified_at=NOW - 80 * DAY,
    enabled_at=NOW - 80 * DAY,
)


def _clock(signed_in: datetime | None = NOW) -> Clock:
    return Clock(settings=SETTINGS, activity=Activity(last_sign_in=signed_in))


def _change(number: int, at: datetime) -> CardChange:
    return CardChange(number, at, Writer("Lou", "lou@people.example"), [], None)


def test_changes_are_those_since_the_last_review() -> None:
    """The review itself is none; of more than five the newest, and that there are more."""
    verified = GINA.verified_at
    assert verified is not None
    history = [_change(number, verified + number * DAY) for number in range(2, -1, -1)]
    assert [one.number for one in shown(GINA, _clock(), history, NOW, sharing=False).changes] == [2, 1]
    six = [_change(number, verified + number * DAY) for number in range(6, 0, -1)]
    card = shown(GINA, _clock(), six, NOW, sharing=False)
    assert ([one.number for one in card.changes], card.more_changes) == ([6, 5, 4, 3, 2], True)
    assert shown(GINA, _clock(), six[1:], NOW, sharing=False).more_changes is False


@pytest.mark.parametrize(
    "changed",
    [
        {"role": "backup_administrator"}, {"access_levels": frozenset({"claims"})}, {"providers": frozenset({"1"})},
        {"entries": 1}, {"name": "Gina Other"}, {"email": "other@people.example"}, {"status": "suspended"},
        {"verified_at": NOW},
    ],
)  # fmt: skip
def test_another_card_has_another_digest(changed: dict[str, Any]) -> None:
    before = shown(GINA, _clock(), [], NOW, sharing=False)
    after = shown(msgspec.structs.replace(GINA, **changed), _clock(), [], NOW, sharing=False)
    assert digest(before) != digest(after)
    assert digest(before) == digest(shown(GINA, _clock(), [], NOW + DAY, sharing=False))


def test_what_is_not_of_the_membership_counts_too() -> None:
    before = digest(shown(GINA, _clock(), [], NOW, sharing=False))
    others = [
        shown(GINA, _clock(NOW - DAY), [], NOW, sharing=False),
        shown(GINA, _clock(), [_change(1, NOW)], NOW, sharing=False),
        shown(GINA, _clock(), [], NOW, sharing=True),
        shown(GINA, _clock(), [], NOW + 10 * DAY, sharing=False),  # late
    ]
    assert len({before, *map(digest, others)}) == 5


@pytest.mark.parametrize(
    ("before", "late"), [(timedelta(seconds=1), False), (timedelta(0), True), (timedelta(seconds=-1), True)]
)
def test_late_to_the_second(before: timedelta, late: bool) -> None:
    """REV-1: whether or not a job has run; across leap days and the nights in which clocks change."""
    for verified in (datetime(2027, 12, 20, 5, tzinfo=UTC), datetime(2026, 9, 1, 4, 30, tzinfo=UTC), NOW):
        now = verified + 90 * DAY - before
        one = msgspec.structs.replace(GINA, verified_at=verified, enabled_at=now)
        card = shown(one, _clock(now), [], now, sharing=False)
        assert (card.late, card.due_at) == (late, verified + 90 * DAY)
        assert card.status == ("suspended" if late else "active")


@pytest.mark.parametrize(
    ("sharing", "signed_in", "needed"), [(True, NOW, True), (False, None, True), (False, NOW, False)]
)
def test_flags_need_a_reason(sharing: bool, signed_in: datetime | None, needed: bool) -> None:
    card = shown(GINA, _clock(signed_in), [], NOW, sharing=sharing)
    assert [error.code for error in check_reason(card, "", 0)] == (["needs_reason"] if needed else [])
    assert check_reason(card, "Why", 3) == []
    assert [error.pointer for error in check_reason(card, "x" * 201, 201)] == ["/reason"]


def test_an_administrator_holds_what_comes_with_the_role() -> None:
    """ACC-5: shown, since it is what they may."""
    lou = msgspec.structs.replace(GINA, role="local_administrator", access_levels=frozenset({"claims"}))
    assert shown(lou, _clock(), [], NOW, sharing=False).access_levels == ["claims", "manage_account"]


@pytest.mark.parametrize("blank", ["", " ", " \n", "\u3000"])
def test_blanks_are_no_reason(blank: str) -> None:
    """REV-3, section 3: neither about a flagged account nor where a comment is required."""
    flagged = shown(GINA, _clock(None), [], NOW, sharing=False)
    assert [one.code for one in check_reason(flagged, blank, len(blank))] == ["needs_reason"]
    assert [one.code for one in comments.check(blank, len(blank), required=True)] == ["required"]
    assert check_reason(flagged, "known", 5) == []
