"""One's own profile: what it shows, and that a change of it is seen wherever the person is (ACC-10, PLT-3)."""

import pytest

from tests import inviting, stored
from tests.portal import Answer, Browser
from tests.world import World


def edit(browser: Browser, version: int = 0, **changes: str) -> Answer:
    return browser.send("PATCH", "/profile", changes, {"If-Match": f'"{version}"'})


def test_everything_of_the_page(world: World) -> None:
    shown = world.browser(world.gina).get("/profile")
    assert shown.status == 200, shown.text
    assert shown.json | {"id": "…"} == {
        "id": "…",
        "version": 0,
        "name": "Gina Sample",
        "email": "gina.sample@people.example",
        "pending_email": None,
        "phone": "",
        "language": "en",
        "password_changed_at": "2026-03-02T15:00:00Z",
        "password_ends_at": "2027-03-02T15:00:00Z",
        "questions_set_at": None,
        "factor": None,
        "factor_required": False,
    }


def test_a_name_is_changed_wherever_it_is_shown(world: World) -> None:
    """ACC-3: in the lists of all their organizations, in searches, and in the history there, with who did it."""
    lola, _ = inviting.administrators(world)
    world.also_member(world.gina, world.birch)
    browser = world.browser(world.gina)
    changed = edit(browser, name="Zora Sample")
    assert (changed.status, changed.json["name"], changed.json["version"]) == (200, "Zora Sample", 1)
    assert browser.get("/session").json["user"]["name"] == "Zora Sample"
    administrator = world.browser(lola)
    rows = administrator.get("/members", sort="name", order="desc").json["items"]
    assert rows[0]["name"] == "Zora Sample"
    assert [row["id"] for row in administrator.get("/members", search="zora").json["items"]] == [world.gina.mailbox]
    (entry, *_) = administrator.get(f"/members/{world.gina.mailbox}/history").json["items"]
    assert entry["changes"] == [{"field": "name", "from": "Gina Sample", "to": "Zora Sample"}]
    assert entry["by"] == {"name": "Gina Sample", "email": "gina.sample@people.example"}
    paul = world.member(world.birch, "Paul Specimen", role="local_administrator")
    assert world.browser(paul).get("/members", search="zora").json["items"]


def test_staff_too(world: World) -> None:
    """ACC-11."""
    boss = world.agent("Pat Fictional", roles=("plan_administrator",))
    assert edit(world.browser(world.ada), name="Zelda Fictional", phone="555-010-0190").status == 200
    shown = world.browser(boss).get(f"/staff/{world.ada.user.id}").json
    assert (shown["name"], shown["phone"]) == ("Zelda Fictional", "555-010-0190")


def test_a_number_counts_where_it_is_given(world: World) -> None:
    """ACC-2, S-SHARE-02: the third person with one number is asked about, the number that was left is free again."""
    lola, _ = inviting.administrators(world)
    others = [world.member(world.maple, name) for name in ("Cole Sample", "Dora Sample")]
    for account in others:
        assert edit(world.browser(account), phone="(555) 010-0191").status == 200
    administrator = world.browser(lola)
    new = {"name": "Nina Sample", "email": "nina@people.example", "phone": "555 010 0191"}
    assert administrator.post("/members", new).fields == {("/phone", "looks_shared")}
    assert edit(world.browser(others[0]), version=1, phone="555-010-0192").status == 200
    assert administrator.post("/members", new).status == 201


def test_of_two_edits_of_one_version_one_counts(world: World) -> None:
    """PLT-3: the other is told, and changes nothing."""
    browser = world.browser(world.gina)
    assert edit(browser, name="First Sample").status == 200
    late = edit(browser, name="Second Sample")
    assert (late.status, late.code) == (412, "stale")
    assert browser.get("/profile").json["name"] == "First Sample"


def test_an_edit_of_nothing_is_none(world: World) -> None:
    browser = world.browser(world.gina)
    assert edit(browser, name="Gina Sample", language="en").json["version"] == 0
    assert edit(browser).json["version"] == 0
    assert edit(browser, language="es").json["language"] == "es"


def test_an_administrators_edit_and_their_own_do_not_undo_each_other(world: World) -> None:
    """PLT-3: who loaded the member before the name changed has to look again."""
    lola, _ = inviting.administrators(world)
    administrator = world.browser(lola)
    version = administrator.get(f"/members/{world.gina.mailbox}").json["version"]
    assert edit(world.browser(world.gina), name="Zora Sample").status == 200
    path, body = f"/members/{world.gina.mailbox}", {"access_levels": ["claims"]}
    assert administrator.send("PATCH", path, body, {"If-Match": f'"{version}"'}).code == "stale"


@pytest.mark.parametrize(
    "body", [{"name": ""}, {"name": "A\nB"}, {"phone": "call me"}, {"language": "fr"}, {"email": "x@y"}]
)
def test_what_can_not_be_is_refused(world: World, body: dict[str, str]) -> None:
    answer = world.browser(world.gina).send("PATCH", "/profile", body, {"If-Match": '"0"'})
    assert answer.status == 422


def test_the_journal_knows_which_and_not_what(world: World) -> None:
    """AUD-1, AUD-4: the fields, in the journal of each organization; never what was typed."""
    world.also_member(world.gina, world.birch)
    edit(world.browser(world.gina), name="Zora Sample", phone="555-010-0193")
    told = stored.records("profile.changed") + stored.records("member.facts_changed")
    assert len(told) == 3
    assert not any("Zora" in str(record) or "0193" in str(record) for record in told)
