"""A practice with one administrator, about whom two of enrollment decide, in tests."""

from datetime import datetime
from typing import Any

from chalicelib.access_reviews import dossiers
from chalicelib.access_reviews.actions import two
from chalicelib.access_reviews.domain import cards
from chalicelib.access_reviews.domain.two import Need
from chalicelib.access_reviews.store import two as store
from chalicelib.accounts import store as accounts
from chalicelib.core.access import Staff
from chalicelib.core.tables import DirectoryRows
from tests.review_cards import LONG_AGO
from tests.world import START, World


def good_decision(world: World) -> dict[str, Any]:
    """About the only administrator of a practice of their own, who is due and was never there."""
    number = world.number()
    practice = world.organization(f"{700_000_000 + number}", f"Alone Sample Practice {number}")
    sole = world.member(practice, f"Sol Sample {number}", role="local_administrator", verified_at=LONG_AGO)
    found = accounts.membership(practice.id, sole.mailbox)
    assert found is not None
    rows = DirectoryRows(dossiers.practice_keys(practice.id))
    shown = dossiers.seen(dossiers.practice_among(rows, practice.id), [found], world.time.now)[found.id].card
    seen = {"need": "review", "decision": "keep", "seen": cards.digest(shown), "reason": "Called them"}
    return {"organization_id": practice.id, "membership_id": found.id, **seen}


def first_decided(world: World) -> dict[str, Any]:
    """Likewise, about whom somebody of enrollment has decided: ids, the need, and when."""
    good = good_decision(world)
    first = world.agent(f"Fay Fictional {world.number()}", roles=("enrollment",)).actor
    assert isinstance(first, Staff)
    two.decide(first, two.Asked(version=0, **good), START)
    return {
        "organization_id": good["organization_id"],
        "membership_id": good["membership_id"],
        "need": good["need"],
        "first_at": START.isoformat(),
    }


def first_at(organization_id: str, membership_id: str, need: Need = "review") -> datetime | None:
    """When the first of two decided about somebody, as it is kept."""
    rows = DirectoryRows([store.key(organization_id, membership_id, need)])
    first = store.among(rows, organization_id, membership_id, need)
    return None if first is None else first.at
