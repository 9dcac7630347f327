"""Two of enrollment: when a proposal counts, and who may be the second (ORG-9)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from chalicelib.accounts.domain import Membership, Status, statuses
from chalicelib.accounts.domain.clocks import Clock
from chalicelib.core.errors import Forbidden
from chalicelib.enrollment.domain import changes
from chalicelib.enrollment.domain.changes import LASTS, Proposal
from chalicelib.organizations.domain import Organization
from chalicelib.plan.domain import PlanSettings

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MAPLE = Organization(id="org_maple", tin="000000001", name="Maple Example Clinic", npis=frozenset({"1234567893"}))
BIRCH = Organization(id="org_birch", tin="000000002", name="Birch Sample Pediatrics")


def _proposal(into: Organization | None = None) -> Proposal:
    return Proposal(
        kind="close" if into is None else "merge",
        organization_id=MAPLE.id,
        by="usr_eve",
        by_name="Eve Fictional",
        at=NOW,
        into=None if into is None else into.id,
        facts=changes.facts(MAPLE, into),
    )


def test_a_proposal_lapses_to_the_second() -> None:
    """ORG-9: fourteen days, and not a moment longer."""
    made = _proposal()
    assert changes.counts(made, MAPLE, None, NOW + LASTS - timedelta(microseconds=1))
    assert not changes.counts(made, MAPLE, None, NOW + LASTS)


@pytest.mark.parametrize(
    "what", [{"name": "Another"}, {"tin": "000000003"}, {"npis": frozenset()}, {"closed_at": NOW}, {"id": "org_other"}]
)
@pytest.mark.parametrize("which", ["own", "other"])
def test_a_proposal_counts_while_the_facts_are_the_same(what: dict[str, Any], which: str) -> None:
    """ORG-9: of both practices; what nobody was shown doesn't matter."""
    made = _proposal(BIRCH)
    unseen = msgspec.structs.replace(MAPLE, relations_contact="Somebody", version=7, entitlements=frozenset({"claims"}))
    assert changes.counts(made, unseen, BIRCH, NOW)
    changed = msgspec.structs.replace(MAPLE if which == "own" else BIRCH, **what)
    if changed in (MAPLE, BIRCH):
        return
    own, other = (changed, BIRCH) if which == "own" else (MAPLE, changed)
    assert not changes.counts(made, own, other, NOW)
    assert not changes.counts(made, MAPLE, None, NOW)


def test_what_is_shown_stands_for_who_proposed_what_and_when() -> None:
    """ORG-9: a confirmation of one proposal is none of another."""
    made = _proposal()
    later = NOW + timedelta(microseconds=1)
    others: list[dict[str, Any]] = [{"by": "usr_finn"}, {"at": later}, {"tin": "000000009"}, {"kind": "merge"}]
    digests = {changes.seen(made)} | {changes.seen(msgspec.structs.replace(made, **one)) for one in others}
    assert len(digests) == len(others) + 1


def test_nobody_confirms_their_own() -> None:
    """ORG-9, S-AZ-07."""
    with pytest.raises(Forbidden, match="second_person_required"):
        changes.require_second(_proposal(), "usr_eve")
    changes.require_second(_proposal(), "usr_finn")


@pytest.mark.parametrize(
    ("into", "has_administrator", "code"),
    [
        (None, True, "unknown_organization"),
        (MAPLE, True, "same_organization"),
        (msgspec.structs.replace(BIRCH, closed_at=NOW), True, "organization_closed"),
        (BIRCH, False, "without_administrator"),
        (BIRCH, True, None),
    ],
)
def test_where_a_practice_may_merge_into(into: Organization | None, has_administrator: bool, code: str | None) -> None:
    """ORG-9: another one that is open, and where somebody acts."""
    found = changes.check_merger(MAPLE, into, has_administrator=has_administrator)
    assert [one.code for one in found] == ([] if code is None else [code])


@pytest.mark.parametrize(
    "status", ["active", "inactive", "suspended", "disabled", "unverified", "verification_pending"]
)
def test_in_a_practice_that_has_ended_everybody_counts_as_removed(status: Status) -> None:
    """ORG-9: whatever the long work has done so far; who was rejected stays that."""
    one = Membership(
        id="mem_a", organization_id=MAPLE.id, user_id="usr_a", name="A", email="a@people.example", status=status
    )
    settings = PlanSettings(
        name="Plan",
        time_zone="UTC",
        helpdesk_phone="1-800-555-0100",
        helpdesk_hours="always",
        confidentiality_notice="C",
        sharing_notice="S",
    )
    ended = msgspec.structs.replace(MAPLE, closed_at=NOW)
    for organization, shown in ((MAPLE, status), (ended, "removed")):
        clock = Clock(settings=settings, organization=organization)
        assert statuses.as_of(one, NOW, clock).status == shown
    rejected = msgspec.structs.replace(one, status="rejected")
    assert statuses.of_organization(rejected, ended).status == "rejected"
