"""Two administrators review one practice at the same moment: each decision counts, and counts once (REV-2, REV-3)."""

from collections import Counter
from datetime import timedelta

import msgspec
import pytest

from chalicelib.access_reviews import reviewing
from chalicelib.access_reviews.actions import deciding
from chalicelib.access_reviews.actions.deciding import Asked
from chalicelib.access_reviews.domain import cards
from chalicelib.access_reviews.domain.pace import TOO_MANY, Suspect
from chalicelib.access_reviews.reviewing import Looked
from chalicelib.access_reviews.store import decisions
from chalicelib.access_reviews.store.pace import SuspectRow
from chalicelib.core.access import Member
from chalicelib.core.errors import Refusal
from tests import scale
from tests.engine.together import at_once
from tests.review_cards import LONG_AGO, Office
from tests.world import Account, World

pytestmark = pytest.mark.engine

PEOPLE = scale.size(24, 300)


def _actor(account: Account) -> Member:
    assert isinstance(account.actor, Member)
    return account.actor


def _open(actor: Member, world: World) -> list[Looked]:
    """All cards, as somebody who opens page after page before they decide."""
    found: list[Looked] = []
    cursor: str | None = None
    while True:
        page = reviewing.page(actor, "open", cursor, world.time.now)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


def _decide(actor: Member, card: cards.Shown, world: World) -> str:
    """What came of it: `kept`, or the code of the refusal."""
    asked = Asked(decision="keep", seen=cards.digest(card), proved=True, reason="Known")
    try:
        deciding.decide(actor, card.id, card.version, asked, world.time.now)
    except Refusal as refusal:
        return refusal.code
    return "kept"


@pytest.mark.timeout(900)
def test_two_administrators_review_everybody_at_once(world: World) -> None:
    """S-AZ-09: no decision is lost, none is made twice, nobody's is their own; how fast it went is told to the plan."""
    office = Office(world)
    people = [office.employ(f"Person {number:03}", LONG_AGO) for number in range(PEOPLE)]
    actors = [_actor(office.lou), _actor(office.bea)]
    shown = [_open(actor, world) for actor in actors]
    assert [len(each) for each in shown] == [PEOPLE + 2] * 2

    def review(place: int) -> dict[str, str]:
        return {one.seen.card.id: _decide(actors[place], one.seen.card, world) for one in shown[place]}

    by_lou, by_bea = at_once([lambda: review(0), lambda: review(1)])
    for one in people:
        assert sorted((by_lou[one.mailbox], by_bea[one.mailbox])) == ["kept", "stale"]
        after = office.membership(one)
        assert (after.verified_at, after.entries) == (world.time.now, 1)
    assert by_lou[office.lou.mailbox] == by_bea[office.bea.mailbox] == "own_account"
    assert by_lou[office.bea.mailbox] == by_bea[office.lou.mailbox] == "kept"
    kept = decisions.page(world.maple.id, None, PEOPLE + 10, ("test",)).items
    assert Counter(one.member.id for one in kept) == Counter(by_lou.keys())
    said = {one.member.id: one.reviewer.id for one in kept}
    assert {id_ for id_, code in by_lou.items() if code == "kept"} == {
        id_ for id_, by in said.items() if by == actors[0].id
    }
    suspects = [msgspec.json.decode(row.document, type=Suspect) for row in SuspectRow.query("SUSPECT_REVIEWS")]
    made = Counter(said.values())
    assert Counter(one.reviewer.id for one in suspects) == Counter(
        {actor.id: made[actor.id] // TOO_MANY for actor in actors if made[actor.id] >= TOO_MANY}
    )
    assert reviewing.page(actors[0], "open", None, world.time.now + timedelta(seconds=1)).progress.open == 0


def test_one_reviewer_in_two_windows_loses_no_pace(world: World) -> None:
    """S-AZ-09: decisions of one person at the same moment all count towards their speed."""
    office = Office(world)
    people = [office.employ(f"Person {number}", LONG_AGO) for number in range(6)]
    actor = _actor(office.lou)
    shown = [reviewing.card(actor, one.mailbox, world.time.now).seen.card for one in people]
    said = at_once([lambda card=card: _decide(actor, card, world) for card in shown])  # type: ignore[misc]
    assert said == ["kept"] * 6
    kept = decisions.page(world.maple.id, None, 10, ("test",)).items
    assert sorted(one.seconds is None for one in kept) == [False] * 5 + [True]
