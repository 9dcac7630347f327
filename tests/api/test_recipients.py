"""The recipient picker (MSG-2): whom it offers, ten at a time."""

from typing import Any

import pytest

from tests import later
from tests.portal import Browser
from tests.world import Account, World


def _offered(browser: Browser, account: Account, **query: Any) -> Any:
    answer = browser.get("/recipients", mailbox_id=account.mailbox, **query)
    assert answer.status == 200, answer.text
    return answer.json


def _names(found: Any) -> list[str]:
    return [item["name"] for item in found["items"]]


def _all_names(browser: Browser, account: Account, **query: Any) -> list[list[str]]:
    pages = [_offered(browser, account, **query)]
    while pages[-1]["next_cursor"]:
        pages.append(_offered(browser, account, **query, cursor=pages[-1]["next_cursor"]))
    return [_names(page) for page in pages]


def test_departments_of_ones_audience(world: World) -> None:
    """MSG-1."""
    world.department("Practice Leaders", "administrators")
    later.retire(world.department("Former Team"))
    general = _offered(world.browser(world.gina), world.gina)
    lou = world.member(world.maple, "Lou Sample", role="local_administrator")
    both = ["Credentialing Team", "Eligibility and Enrollment Team"]
    assert (_names(general), general["total"], general["next_cursor"]) == (both, 2, None)
    assert _names(_offered(world.browser(lou), lou)) == [*both, "Practice Leaders"]
    assert _names(_offered(world.browser(world.ada), world.ada)) == [*both, "Internal Audit", "Practice Leaders"]
    assert general["items"][0] == {
        "id": world.credentialing.id,
        "kind": "department",
        "name": "Credentialing Team",
        "category": "Network",
        "description": "Applications",
    }


def test_nineteen_departments_are_two_pages(world: World) -> None:
    """MSG-2: "1 - 10 of 19"."""
    for number in range(17):
        world.department(f"Team {number:02}")
    gina = world.browser(world.gina)
    assert _offered(gina, world.gina)["total"] == 19
    first, second = _all_names(gina, world.gina)
    assert (len(first), len(second)) == (10, 9)
    assert first + second == sorted(first + second)
    assert _all_names(gina, world.gina, search="TEAM 1") == [[f"Team {number}" for number in range(10, 17)]]


@pytest.mark.parametrize(
    ("search", "found"),
    [("cred", 1), ("TEAM", 2), ("network", 1), ("applications", 0), (".*", 0), ("%", 0), ("", 2), ("(" * 200, 0)],
)
def test_search_is_by_any_part_of_name_or_category(world: World, search: str, found: int) -> None:
    """MSG-2, S-IO-08: literally."""
    assert _offered(world.browser(world.gina), world.gina, search=search)["total"] == found


def test_colleagues(world: World) -> None:
    """MSG-1, S-AZ-02: active members of one's own organization and nobody else, page by page."""
    names = ["Gina Sample", *(world.member(world.maple, f"Person {number:02}").user.name for number in range(21))]
    for status in ("disabled", "inactive", "removed", "unverified"):
        world.member(world.maple, f"Not {status}", status=status)
    gina = world.browser(world.gina)
    first, second, third = _all_names(gina, world.gina, kind="member")
    assert (len(first), len(second), len(third)) == (10, 10, 2)
    assert sorted(first + second + third) == sorted(names)
    tens = _all_names(gina, world.gina, kind="member", search="PERSON 1")[0]
    assert sorted(tens) == names[11:21]
    assert _all_names(world.browser(world.peter), world.peter, kind="member") == [["Peter Specimen"]]
    assert _all_names(world.browser(world.ada), world.ada, kind="member") == [[]]
    item = _offered(gina, world.gina, kind="member", search="Person 00")["items"][0]
    assert item.keys() == {"id", "kind", "name", "category", "description"}
    assert (item["kind"], item["category"], "@" in str(item)) == ("member", "general_user", False)


def test_a_cursor_is_for_one_search_of_one_person(world: World) -> None:
    """S-IO-08."""
    for number in range(12):
        world.member(world.maple, f"Person {number}")
        world.department(f"Team {number}")
    cole = world.member(world.maple, "Cole Sample")
    gina, other = world.browser(world.gina), world.browser(cole)
    for kind in ("member", "department"):
        cursor = _offered(gina, world.gina, kind=kind)["next_cursor"]
        refused = [
            gina.get("/recipients", mailbox_id=world.gina.mailbox, kind=kind, cursor=cursor, search="e"),
            other.get("/recipients", mailbox_id=cole.mailbox, kind=kind, cursor=cursor),
        ]
        another = "department" if kind == "member" else "member"
        refused.append(gina.get("/recipients", mailbox_id=world.gina.mailbox, kind=another, cursor=cursor))
        assert {answer.code for answer in refused} == {"bad_cursor"}


def test_from_ones_own_mailbox_only(world: World) -> None:
    gina = world.browser(world.gina)
    for mailbox in (world.peter.mailbox, world.credentialing.id, "mem_00000000000000000000000000"):
        assert gina.get("/recipients", mailbox_id=mailbox).status == 404
    for query in ("", "?mailbox_id=x", f"?mailbox_id={world.gina.mailbox}&kind=staff"):
        assert gina.get(f"/recipients{query}").status == 422


def test_staff_find_organizations_by_name_or_number(world: World) -> None:
    """MSG-1: in order of their names, page by page, told how many there are; members are offered none."""
    for number in range(19):
        world.organization(f"7000000{number:02}", f"Élan Sample Clinic {number:02}")
    ada = world.browser(world.ada)
    first = _offered(ada, world.ada, kind="organization")
    assert (len(first["items"]), first["total"]) == (10, 21)
    names = [name for page in _all_names(ada, world.ada, kind="organization") for name in page]
    assert names[:3] == [world.birch.name, "Élan Sample Clinic 00", "Élan Sample Clinic 01"]
    assert (names[-1], len(names)) == (world.maple.name, 21)
    for search in ("700000007", "70-0000007", "ELAN sample clinic 07", "nic 07"):
        (found,) = _offered(ada, world.ada, kind="organization", search=search)["items"]
        assert (found["kind"], found["name"], found["category"]) == (
            "organization",
            "Élan Sample Clinic 07",
            "700000007",
        )
    sought = _all_names(ada, world.ada, kind="organization", search="elan")
    assert [len(page) for page in sought] == [10, 9]
    assert _offered(ada, world.ada, kind="organization", search="maple")["total"] == 1
    assert _offered(ada, world.ada, kind="organization", search="elan")["total"] is None
    assert _offered(world.browser(world.gina), world.gina, kind="organization") == {
        "items": [],
        "next_cursor": None,
        "total": 0,
    }


def test_staff_find_people_of_the_organization_they_name(world: World) -> None:
    """MSG-1; a member's own counts, whichever they name (S-AZ-02)."""
    ada, peter = world.browser(world.ada), world.browser(world.peter)
    world.member(world.maple, "Dan Sample", status="disabled")
    assert _all_names(ada, world.ada, kind="member", organization_id=world.maple.id) == [["Gina Sample"]]
    assert _all_names(ada, world.ada, kind="member", organization_id="org_00000000000000000000000000") == [[]]
    assert _all_names(peter, world.peter, kind="member", organization_id=world.maple.id) == [["Peter Specimen"]]
    of_maple = {"kind": "member", "organization_id": world.maple.id}
    for number in range(12):
        world.member(world.maple, f"Person {number:02}")
    page = _offered(ada, world.ada, **of_maple)
    assert (len(page["items"]), page["total"]) == (10, 13)
    other = ada.get("/recipients", mailbox_id=world.ada.mailbox, kind="member", cursor=page["next_cursor"])
    assert other.json["items"] == []
    borrowed = {"kind": "member", "organization_id": world.birch.id, "cursor": page["next_cursor"]}
    assert ada.get("/recipients", mailbox_id=world.ada.mailbox, **borrowed).code == "bad_cursor"
