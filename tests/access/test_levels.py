"""Access levels open their own part and nothing else, whatever else is held (S-AZ-05, ACC-5, ACC-9)."""

import itertools
from typing import get_args

import msgspec

from app import app
from chalicelib.accounts import store as accounts
from chalicelib.core.access import AccessLevel
from chalicelib.core.http import Route
from chalicelib.organizations import store as organizations
from tests import scale
from tests.portal import Browser
from tests.world import Account, World

LEVELS: tuple[AccessLevel, ...] = get_args(AccessLevel)
Levels = frozenset[AccessLevel]


def _sets() -> list[Levels]:
    """All 128 sets of levels, beginning with 16 in which every pair of levels has all four of its combinations."""
    none, every = frozenset[AccessLevel](), frozenset(LEVELS)
    one = [frozenset({level}) for level in LEVELS]
    first = [none, every, *one, *(every - single for single in one)]
    rest = (frozenset(chosen) for size in range(8) for chosen in itertools.combinations(LEVELS, size))
    return [*first, *(chosen for chosen in rest if chosen not in first)]


def _give(world: World, account: Account, levels: Levels) -> None:
    """As stored, past every rule of who may be given what."""
    found = accounts.membership(world.maple.id, account.mailbox)
    assert found is not None
    accounts.membership_row(msgspec.structs.replace(found, access_levels=levels, epoch=found.epoch + 1)).save()


def _entitle(world: World) -> None:
    """The practice may use all of them (ORG-7)."""
    organizations.row(msgspec.structs.replace(world.maple, entitlements=frozenset(LEVELS))).save()


def _opened(browser: Browser) -> Levels:
    """The parts that answer; all others say that the level is missing."""
    found = set()
    for level in LEVELS:
        answer = browser.get(f"/features/{level}")
        if answer.status == 200:
            found.add(level)
        else:
            assert (answer.status, answer.code) == (403, "access_level_required")
    return frozenset(found)


def test_the_first_sets_have_every_pair() -> None:
    """Pairwise: for each two levels, both, one, the other, neither."""
    first = _sets()[:16]
    for one, other in itertools.combinations(LEVELS, 2):
        assert {(one in held, other in held) for held in first} == set(itertools.product((False, True), repeat=2))
    assert len(set(_sets())) == 2 ** len(LEVELS)


def test_each_level_opens_its_part_and_no_other(world: World) -> None:
    """S-AZ-05: a general user, with every pair; `manage_account` stays shut even where it is stored."""
    _entitle(world)
    browser = world.browser(world.gina)
    assert _opened(browser) == frozenset()
    for levels in _sets()[: scale.size(16, 128)]:
        _give(world, world.gina, levels)
        assert _opened(browser) == levels - {"manage_account"}


def test_administrators_hold_manage_account_by_their_role_alone(world: World) -> None:
    """S-AZ-05: with nothing stored, and whatever else is."""
    _entitle(world)
    administrator = world.member(world.maple, "Lola Sample", role="local_administrator")
    browser = world.browser(administrator)
    for levels in _sets()[: scale.size(4, 16)]:
        _give(world, administrator, levels)
        assert _opened(browser) == levels | {"manage_account"}


def test_nothing_opens_beyond_what_the_practice_may_use(world: World) -> None:
    """ORG-7, S-AZ-05: whatever is stored."""
    browser = world.browser(world.gina)
    for levels in _sets()[: scale.size(4, 16)]:
        _give(world, world.gina, levels)
        assert _opened(browser) == levels & world.maple.entitlements


def test_somebody_new_holds_none(world: World) -> None:
    """S-AZ-05, ACC-2: whoever is created starts with no access level."""
    lola = world.browser(world.member(world.maple, "Lola Sample", role="local_administrator"))
    new = {
        "name": "Nora Sample",
        "email": "nora@maple.example",
        "phone": "555-010-0100",
        "role": "backup_administrator",
    }
    created = lola.post("/members", new)
    assert created.status == 201, created.text
    found = accounts.membership(world.maple.id, created.json["id"])
    assert found is not None and found.access_levels == frozenset()


def test_every_route_of_a_level_is_tried() -> None:
    """A route that wants a level by its declaration would need cells with and without it in the matrix."""

    def wants_level(route: Route) -> bool:
        return any(part.level is not None for part in route.who.parts)

    assert [route.path for route in app.declared if wants_level(route)] == []
