"""What an access level opens, and asking one's administrators for one (ACC-5, ACC-9)."""

from typing import get_args

import pytest

from chalicelib.accounts import store
from chalicelib.accounts.actions import access as actions
from chalicelib.core.access import AccessLevel, Member
from chalicelib.core.errors import Forbidden
from tests import later, stored
from tests.portal import Answer, Browser
from tests.world import Account, World

LEVELS: tuple[AccessLevel, ...] = get_args(AccessLevel)


@pytest.fixture
def lou(world: World) -> Account:
    world.member(world.maple, "Bea Placeholder", role="backup_administrator")
    return world.member(world.maple, "Lou Placeholder", role="local_administrator")


@pytest.fixture
def gina(world: World) -> Browser:
    return world.browser(world.gina)


def _answer(browser: Browser, how: str, account: Account, level: str = "claims") -> Answer:
    return browser.post(f"/access-requests/{how}", {"membership_id": account.mailbox, "access_level": level})


def _levels(world: World, account: Account) -> frozenset[str]:
    found = store.membership(world.maple.id, account.mailbox)
    assert found is not None
    return found.access_levels


def test_every_level_opens_its_own_part_and_no_other(world: World, lou: Account, gina: Browser) -> None:
    """ACC-5, S-AZ-05: seven levels, independent of each other."""
    browser = world.browser(lou)
    for level in ("claims", "eligibility"):
        gina.post("/access-requests", {"access_level": level})
        assert _answer(browser, "grant", world.gina, level).status == 204
    held = {item["access_level"] for item in gina.get("/features").json["items"] if item["held"]}
    assert held == {"claims", "eligibility"}
    for level in LEVELS:
        answer = gina.get(f"/features/{level}")
        assert answer.status == (200 if level in held else 403), level
        if level not in held:
            assert (answer.code, answer.json["access_level"]) == ("access_level_required", level)
    assert gina.get("/features/everything").status == 404


def test_a_refusal_is_audited(world: World, gina: Browser) -> None:
    """ACC-9, S-AUD-02."""
    assert gina.get("/features/claims").status == 403
    record = stored.records("request.refused")[-1]
    assert (record.result, record.reason, record.after) == (
        "refused",
        "access_level_required",
        {"access_level": "claims"},
    )
    assert record.membership_id == world.gina.mailbox


def test_manage_account_follows_the_role(world: World, lou: Account, gina: Browser) -> None:
    """ACC-5: administrators have it, nobody asks for it."""
    assert world.browser(lou).get("/features/manage_account").status == 200
    assert gina.get("/features/manage_account").status == 403
    answer = gina.post("/access-requests", {"access_level": "manage_account"})
    assert (answer.status, answer.fields) == (422, {("/access_level", "follows_role")})


def test_the_administrators_are_named(world: World, lou: Account, gina: Browser) -> None:
    """ACC-9, ORG-6: those of one's own organization that are active, and no others."""
    world.member(world.birch, "Lena Specimen", role="local_administrator")
    later.set_status(world.member(world.maple, "Ines Placeholder", role="backup_administrator"), "inactive")
    items = gina.get("/administrators").json["items"]
    assert [item["name"] for item in items if item["name"] != "Ines Placeholder"] == [
        "Bea Placeholder",
        "Lou Placeholder",
    ]
    assert {"name": "Lou Placeholder", "email": lou.user.email} in items


def test_asking(world: World, lou: Account, gina: Browser) -> None:
    """ACC-9: reaches the administrators as a task; asked again while open, the first one stands."""
    answer = gina.post("/access-requests", {"access_level": "claims"})
    assert (answer.status, answer.json["access_level"]) == (201, "claims")
    world.time.advance(minutes=5)
    assert gina.post("/access-requests", {"access_level": "claims"}).json == answer.json
    (event,) = [item for item in stored.outbox() if item["name"]["S"] == "access.requested"]
    assert event["ids"]["S"] == f'{{"organization_id": "{world.maple.id}", "membership_id": "{world.gina.mailbox}"}}'
    feature = next(item for item in gina.get("/features").json["items"] if item["access_level"] == "claims")
    assert (feature["held"], feature["requested"], feature["requestable"]) == (False, True, True)
    browser = world.browser(lou)
    assert browser.get("/access-requests").json["items"] == [
        {
            "membership": {"id": world.gina.mailbox, "name": "Gina Sample"},
            "access_level": "claims",
            "requested_at": answer.json["requested_at"],
        }
    ]
    assert browser.get(f"/members/{world.gina.mailbox}").json["requested_levels"] == ["claims"]
    task = next(item for item in browser.get("/attention").json["items"] if item["kind"] == "access_request")
    named = {"id": world.gina.mailbox, "name": "Gina Sample", "since": answer.json["requested_at"]}
    assert (task["count"], task["first"]) == (1, [named])


def test_what_the_organization_may_not_use_is_not_asked_for(world: World, gina: Browser) -> None:
    """ORG-7."""
    answer = gina.post("/access-requests", {"access_level": "health_passport"})
    assert (answer.status, answer.fields) == (422, {("/access_level", "not_entitled")})
    feature = next(item for item in gina.get("/features").json["items"] if item["access_level"] == "health_passport")
    assert feature["requestable"] is False


def test_granting(world: World, lou: Account, gina: Browser) -> None:
    """ACC-9: the level, the history and the end of the request in one transaction; once."""
    gina.post("/access-requests", {"access_level": "claims"})
    browser = world.browser(lou)
    assert _answer(browser, "grant", world.gina).status == 204
    assert gina.get("/features/claims").status == 200
    assert gina.post("/access-requests", {"access_level": "claims"}).fields == {("/access_level", "held_already")}
    (entry,) = browser.get(f"/members/{world.gina.mailbox}/history").json["items"]
    assert entry["changes"] == [{"field": "access_levels", "from": [], "to": ["claims"]}]
    assert browser.get("/access-requests").json["items"] == []
    assert _answer(browser, "grant", world.gina).status == 404


def test_ticking_it_on_the_page_answers_the_request_too(world: World, lou: Account, gina: Browser) -> None:
    """ACC-9: whichever way it was granted, the task is done."""
    gina.post("/access-requests", {"access_level": "claims"})
    gina.post("/access-requests", {"access_level": "eligibility"})
    browser = world.browser(lou)
    path = f"/members/{world.gina.mailbox}"
    version = browser.get(path).json["version"]
    edited = browser.send("PATCH", path, {"access_levels": ["claims"]}, {"If-Match": f'"{version}"'})
    assert (edited.status, edited.json["requested_levels"]) == (200, ["eligibility"])


def test_dismissing(world: World, lou: Account, gina: Browser) -> None:
    """ACC-9: nothing is granted, and they may ask again."""
    gina.post("/access-requests", {"access_level": "claims"})
    assert _answer(world.browser(lou), "dismiss", world.gina).status == 204
    assert _levels(world, world.gina) == frozenset()
    assert _answer(world.browser(lou), "dismiss", world.gina).status == 404
    assert gina.post("/access-requests", {"access_level": "claims"}).status == 201


@pytest.mark.parametrize("how", ["grant", "dismiss"])
def test_never_for_oneself(world: World, lou: Account, how: str) -> None:
    """ACC-6: an administrator asks like everybody, and another one answers."""
    browser = world.browser(lou)
    assert browser.post("/access-requests", {"access_level": "claims"}).status == 201
    answer = _answer(browser, how, lou)
    assert (answer.status, answer.code) == (403, "own_account")
    assert _levels(world, lou) == frozenset()


def test_nobody_else_answers(world: World, lou: Account, gina: Browser) -> None:
    """S-AZ-02: not the general users, not the administrators of another practice."""
    gina.post("/access-requests", {"access_level": "claims"})
    lena = world.browser(world.member(world.birch, "Lena Specimen", role="local_administrator"))
    cole = world.browser(world.member(world.maple, "Cole Sample"))
    for how in ("grant", "dismiss"):
        assert _answer(lena, how, world.gina).status == 404
        assert _answer(cole, how, world.gina).code == "forbidden"
    assert lena.get("/access-requests").json["items"] == []
    assert cole.get("/access-requests").code == "forbidden"
    assert len(world.browser(lou).get("/access-requests").json["items"]) == 1


def test_an_administrator_who_was_disabled_meanwhile_grants_nothing(world: World, lou: Account, gina: Browser) -> None:
    """ACC-6, S-AZ-08: at the transaction."""
    gina.post("/access-requests", {"access_level": "claims"})
    later.set_status(lou, "disabled")
    before = stored.business()
    assert isinstance(lou.actor, Member)
    for act in (actions.grant, actions.dismiss):
        with pytest.raises(Forbidden, match="membership_lost"):
            act(lou.actor, world.gina.mailbox, "claims", world.time.now)
    assert stored.business() == before


def test_pages_of_requests(world: World, lou: Account) -> None:
    """PLT-3."""
    for number in range(14):
        browser = world.browser(world.member(world.maple, f"Person Number{number:02}"))
        for level in ("claims", "eligibility"):
            assert browser.post("/access-requests", {"access_level": level}).status == 201
    browser = world.browser(lou)
    first = browser.get("/access-requests").json
    second = browser.get("/access-requests", cursor=first["next_cursor"]).json
    assert (len(first["items"]), len(second["items"]), second["next_cursor"]) == (25, 3, None)
    seen = {(item["membership"]["id"], item["access_level"]) for item in first["items"] + second["items"]}
    assert len(seen) == 28


def test_a_removed_member_asks_for_nothing(world: World, lou: Account, gina: Browser) -> None:
    """ACC-9: what they asked for goes with them."""
    gina.post("/access-requests", {"access_level": "claims"})
    browser = world.browser(lou)
    version = browser.get(f"/members/{world.gina.mailbox}").json["version"]
    removed = browser.post(f"/members/{world.gina.mailbox}/remove", {}, **{"If-Match": f'"{version}"'})
    assert removed.status == 200, removed.text
    assert browser.get("/access-requests").json["items"] == []
