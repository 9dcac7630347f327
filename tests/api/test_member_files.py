"""Members as CSV: export, dry run, import (ACC-2, ACC-3, S-IO-06)."""

import csv
import io

import pytest
import requests

from chalicelib.core import presigned, tables, work_runner
from chalicelib.subscriptions.long_work import WORK
from tests import delivery, scale, stored, works
from tests.portal import Browser
from tests.world import Account, World

HEADER = "name,email,phone,role,access_levels,providers,one_person\r\n"


@pytest.fixture
def lou(world: World) -> Account:
    """A local administrator with a backup, so that anybody may be added."""
    world.member(world.maple, "Bea Placeholder", role="backup_administrator")
    return world.member(world.maple, "Lou Placeholder", role="local_administrator")


def _problems(browser: Browser, work_id: str) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    rest = ""
    while True:
        page = browser.get(f"/member-imports/{work_id}/problems{rest}").json
        assert all(item["detail"] for item in page["items"])
        found += [(item["row"], item["column"], item["code"]) for item in page["items"]]
        if page["next_cursor"] is None:
            return found
        rest = f"?cursor={page['next_cursor']}"


def _members(browser: Browser) -> set[str]:
    return {item["email"] for item in browser.get("/members").json["items"]}


def test_a_dry_run_names_row_column_and_reason_and_changes_nothing(world: World, lou: Account) -> None:
    browser = world.browser(lou)
    before = _members(browser)
    rows = (
        "Nguyen Thi Anh,anh@maple.example,555-010-0101,,,,\r\n"
        "Front Desk,frontdesk@maple.example,555-010-0102,,,,\r\n"
        "Gina Sample,gina.sample@people.example,555-010-0103,,,,\r\n"
        "Nguyen Thi Anh,ANH@maple.example,555-010-0101,,,,\r\n"
        "O'Brien-Garcia Al,not an address,1,king,claims;everything,123,\r\n"
        "李小龍,lee@maple.example,555-010-0104,Backup Administrator,,,yes\r\n"
    )
    work_id = works.checked(browser, (HEADER + rows).encode())
    shown = browser.get(f"/work/{work_id}").json
    assert (shown["state"], shown["done"], shown["total"], shown["problems"]) == ("finished", 6, 6, 4)
    found = _problems(browser, work_id)
    assert {problem for problem in found if problem[0] != 6} == {
        (3, "name", "looks_shared"),
        (3, "email", "looks_shared"),
        (4, "email", "already_member"),
        (5, "email", "twice_in_file"),
    }
    assert {column for row, column, _ in found if row == 6} == {"phone", "role", "access_levels", "providers"}
    assert _members(browser) == before


def test_the_import_does_the_rest_and_repeated_makes_nobody_twice(world: World, lou: Account) -> None:
    """ORG-2: re-import changes nothing twice."""
    browser = world.browser(lou)
    ana = "Ana Example,ana@maple.example,555-010-0101,,,,\r\n"
    rows = ana + "X,,,,,,\r\nBo Example,bo@maple.example,555-010-0102,,,,\r\n"
    checked = works.checked(browser, (HEADER + rows).encode())
    for again in (False, True):
        answer = browser.post(f"/member-imports/{checked}/run", None)
        assert answer.status == 202, answer.text
        works.carry_all()
        ran = answer.json["work_id"]
        shown = browser.get(f"/work/{ran}").json
        assert (shown["state"], shown["done"], shown["problems"]) == ("finished", 3, 3 if again else 1)
        wanted = {(2, "email", "already_member"), (4, "email", "already_member")} if again else set()
        assert {problem for problem in _problems(browser, ran) if problem[0] != 3} == wanted
    assert {"ana@maple.example", "bo@maple.example"} <= _members(browser)
    new = browser.get("/members", search="ana example").json["items"]
    assert [(item["status"], item["access_levels"]) for item in new] == [("unverified", [])]


def test_whoever_loses_the_right_imports_nobody_more(world: World, lou: Account) -> None:
    """S-AZ-08, T4: a queued job of somebody disabled meanwhile stops."""
    browser = world.browser(lou)
    checked = works.checked(browser, (HEADER + "Ana Example,ana@maple.example,555-010-0101,,,,\r\n").encode())
    ran = browser.post(f"/member-imports/{checked}/run", None).json["work_id"]
    bea = world.browser(world.member(world.maple, "Bo Placeholder", role="backup_administrator"))
    found = bea.get("/members", search="lou").json["items"][0]["id"]
    version = {"If-Match": f'"{bea.get(f"/members/{found}").json["version"]}"'}
    assert bea.send("POST", f"/members/{found}/disable", {"comment": "left"}, version).status == 200
    works.carry_all()
    assert "ana@maple.example" not in _members(bea)
    assert bea.get(f"/work/{ran}").status == 404


def test_nobody_elses_import_is_there(world: World, lou: Account) -> None:
    """House rule 7."""
    checked = works.checked(
        world.browser(lou), (HEADER + "Ana Example,ana@maple.example,555-010-0101,,,,\r\n").encode()
    )
    other = world.browser(world.member(world.birch, "Lena Specimen", role="local_administrator"))
    unknown = "wrk_00000000000000000000000000"
    for method, rest in (("GET", "problems"), ("POST", "run")):
        headers = {"Idempotency-Key": "0123456789abcdef"}
        answers = [other.send(method, f"/member-imports/{id_}/{rest}", None, headers) for id_ in (checked, unknown)]
        assert [answer.status for answer in answers] == [404, 404]


@pytest.mark.parametrize(("content", "code"), [(b"name\nx\n", "column_missing"), (b"\xff\xfe", "not_utf8")])
def test_a_file_that_is_none(world: World, lou: Account, content: bytes, code: str) -> None:
    browser = world.browser(lou)
    work_id = works.checked(browser, content)
    assert [(row, found) for row, _, found in _problems(browser, work_id)] == [(0, code)]
    ran = browser.post(f"/member-imports/{work_id}/run", None)
    assert (ran.status, ran.code) == (409, "import_not_checked")


def test_an_export_holds_the_members_as_text(world: World, lou: Account) -> None:
    """S-IO-06: a name that is a formula is text in a spreadsheet."""
    world.member(world.maple, "=HYPERLINK(1) Example")
    browser = world.browser(lou)
    answer = browser.post("/members/exports", {"status": "active", "sort": "name"})
    assert answer.status == 202, answer.text
    works.carry_all()
    link = browser.get(f"/work/{answer.json['work_id']}/result").json["url"]
    got = requests.get(link, timeout=5)
    assert got.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(got.content.decode("utf-8-sig"), newline="")))
    people = ["'=HYPERLINK(1) Example", "Bea Placeholder", "Gina Sample", "Lou Placeholder"]
    assert [row["name"] for row in rows] == people
    assert {row["status"] for row in rows} == {"active"}
    assert rows[3]["last_sign_in"] and not rows[2]["last_sign_in"]
    assert presigned.LINK_SECONDS == 60


def test_a_large_file_with_some_bad_rows(world: World, lou: Account) -> None:
    """Each bad row is named with its column; the rest is imported though every run stops after a chunk (PLT-3)."""
    count = scale.size(110, 5_000)
    bad = {number for number in range(2, count + 2) if number % 100 == 3}
    emails = {number: f"person.{number}{'' if number in bad else '@maple.example'}" for number in range(2, count + 2)}
    rows = (f"Person {_letters(number)},{email},555-010-{number:04}\r\n" for number, email in emails.items())
    browser = world.browser(lou)
    checked = works.checked(browser, ("name,email,phone\r\n" + "".join(rows)).encode())
    wanted = [(number, "email", "wrong_form") for number in sorted(bad)]
    assert _problems(browser, checked) == wanted
    ran = browser.post(f"/member-imports/{checked}/run", None).json["work_id"]
    delivery.heard("work")
    runs = 0
    while (shown := browser.get(f"/work/{ran}", background=True).json)["state"] in ("waiting", "running"):
        # Every run is stopped after one chunk.
        work_runner.carry_on(lou.mailbox, ran, WORK, "test", lambda: False)
        runs += 1
    assert (shown["state"], shown["done"], shown["problems"]) == ("finished", count, len(bad))
    assert runs > 1
    assert _problems(browser, ran) == wanted
    items = stored.items(tables.DirectoryRow)
    found = [one["email"]["S"] for one in items if one["cls"]["S"] == "membership" and "person" in one["email"]["S"]]
    assert len(found) == len(set(found)) == count - len(bad)


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number)).capitalize()
