"""Organizations come from a CSV: a dry run by row and column, a run that goes on, twice without harm (ORG-2)."""

import contextlib

import pytest

from chalicelib.core import aws, config, tables, work_runner
from chalicelib.enrollment.actions import organizations as actions
from chalicelib.enrollment.actions.organizations import NewOrganization
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from chalicelib.subscriptions.long_work import WORK
from tests import delivery, later, scale, stored, waving, works
from tests.core.line import Line
from tests.portal import Browser
from tests.waving import staff, wave
from tests.wire import Wire
from tests.world import Account, World

HEADER = "name,tin,npis,executive_name,executive_email,relations_contact,entitlements,wave\r\n"
IMPORTS = "/organization-imports"


@pytest.fixture
def enid(world: World) -> Account:
    return waving.enrollment(world)


@pytest.fixture
def desk(world: World, enid: Account) -> Browser:
    return world.browser(enid)


def check(desk: Browser, rows: str, header: str = HEADER) -> str:
    return works.checked(desk, (header + rows).encode(), IMPORTS)


def run(desk: Browser, checked: str) -> str:
    """The import of what a dry run found good, to its end."""
    answer = desk.post(f"{IMPORTS}/{checked}/run", None)
    assert answer.status == 202, answer.text
    work_id: str = answer.json["work_id"]
    while desk.get(f"/work/{work_id}", background=True).json["state"] in ("waiting", "running"):
        works.carry_all()
    return work_id


def shown(desk: Browser, work_id: str) -> tuple[str, int, int, int]:
    found = desk.get(f"/work/{work_id}").json
    return found["state"], found["done"], found["total"], found["problems"]


def problems(desk: Browser, work_id: str) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    rest = ""
    while True:
        page = desk.get(f"{IMPORTS}/{work_id}/problems{rest}").json
        assert all(item["detail"] for item in page["items"])
        found += [(item["row"], item["column"], item["code"]) for item in page["items"]]
        if page["next_cursor"] is None:
            return found
        rest = f"?cursor={page['next_cursor']}"


def known(tin: str) -> Organization | None:
    id_ = organizations.organization_id_of(tin)
    return None if id_ is None else organizations.organization(id_)


def listed() -> list[str]:
    """TINs on the plan's list, but those of the small world."""
    rows = organizations.OnListRow.query("ORGANIZATIONS", consistent_read=True)
    return sorted(row.tin for row in rows if not row.tin.startswith("00000000"))


def row(number: int, rest: str = ",,First wave") -> str:
    return f"Practice {number:05},9{number:08},1234567893,Cleo Fictional,chief{number}@practice.example,{rest}\r\n"


def test_a_dry_run_names_row_column_and_reason_and_changes_nothing(world: World, desk: Browser) -> None:
    rows = (
        '"Cedar, ""Example"" Clinic",01-2345678,1234567893;1234567893,Dora F,dora@cedar.example,Rita,claims,\r\n'
        "Elm Example,1234567,1234567890,Eli Fictional,no address,,everything,Never planned\r\n"
        "Ash Example,1.2E+08,1.23E+09,,,,,\r\n"
        ",,,,,,,\r\n"
        ",223456789,,,,,,\r\n"
        "=cmd|' /C calc'!A0,323456789,,,,,,\r\n"
        "Fir Example,323456789,,,,,,,surplus\r\n"
    )
    before = stored.items(tables.DirectoryRow)
    checked = check(desk, rows)
    assert stored.items(tables.DirectoryRow) == before
    assert shown(desk, checked) == ("finished", 6, 6, 5)
    assert problems(desk, checked) == [
        (2, "npis", "repeated"),
        (3, "tin", "tin_lost_zero"),
        (3, "entitlements", "not_one_of_these"),
        (3, "npis", "not_an_npi"),
        (3, "executive_email", "wrong_form"),
        (3, "wave", "no_such_wave"),
        (4, "tin", "scientific"),
        (4, "npis", "scientific"),
        (6, "name", "required"),
        (8, "", "surplus_cells"),
        (8, "tin", "twice_in_file"),
    ]
    run(desk, checked)
    made = known("323456789")
    assert listed() == ["323456789"]
    assert made is not None
    assert (made.name, made.executive_email, made.tin_verified) == ("=cmd|' /C calc'!A0", "", False)


def test_what_is_imported(world: World, enid: Account, desk: Browser) -> None:
    """ORG-2: every fact, the place in the wave, the audit record and the event, in one change."""
    first = wave(enid, world.time.now)
    rows = (
        'Cedar Example,01-2345678,"1234567893, 1245319599",Dora F,Dora@Cedar.example,'
        "Rita,Claims; health records,first WAVE\r\n"
    )
    work_id = run(desk, check(desk, rows))
    assert shown(desk, work_id) == ("finished", 1, 1, 0)
    made = known("012345678")
    assert made is not None
    assert (made.name, made.executive_name, made.relations_contact) == ("Cedar Example", "Dora F", "Rita")
    assert made.npis == {"1234567893", "1245319599"}
    assert sorted(made.entitlements) == ["claims", "health_records"]
    assert (made.executive_email, made.wave_id) == ("Dora@Cedar.example", first.id)
    assert waving.members(first) == [made.id]
    assert waving.kept(first).members == 1
    assert len(waving.told("organization.enrolled", made.id)) == 1
    (record,) = stored.records("organization.imported")
    assert (record.actor_id, record.object_id) == (enid.user.id, made.id)
    assert "Cedar" not in str(record.attribute_values)


@pytest.mark.parametrize("header", [HEADER, HEADER.replace(",", ";"), "sep=;\r\n" + HEADER.replace(",", ";")])
def test_files_as_spreadsheets_write_them(world: World, enid: Account, desk: Browser, header: str) -> None:
    wave(enid, world.time.now)
    rows = row(1).replace(",", ";") if ";" in header else row(1)
    checked = check(desk, rows, "\ufeff" + header if "sep" not in header else header)
    assert (shown(desk, checked), problems(desk, checked)) == (("finished", 1, 1, 0), [])


@pytest.mark.parametrize(
    ("content", "column", "code"),
    [
        ((HEADER + row(1)).encode("utf-16"), "", "not_utf8"),
        ((HEADER + row(1).replace("Cleo", "Zoé")).encode("latin-1"), "", "not_utf8"),
        ((HEADER + row(1)).replace(",", "|").encode(), "", "wrong_delimiter"),
        (HEADER.encode(), "", "no_rows"),
        ((HEADER.replace("tin", "ein") + row(1)).encode(), "tin", "column_missing"),
        ((HEADER + '"' + row(1)).encode(), "", "not_csv"),
    ],
)
def test_a_file_that_is_none(world: World, desk: Browser, content: bytes, column: str, code: str) -> None:
    checked = works.checked(desk, content, IMPORTS)
    assert shown(desk, checked) == ("finished", 0, 0, 1)
    assert problems(desk, checked) == [(0, column, code)]
    answer = desk.post(f"{IMPORTS}/{checked}/run", None)
    assert (answer.status, answer.code) == (409, "import_not_checked")


def test_too_many_rows(desk: Browser) -> None:
    checked = check(desk, "A,1\r\n" * 50_001)
    assert problems(desk, checked) == [(0, "", "too_many_rows")]


def test_against_what_is_known(world: World, enid: Account, desk: Browser) -> None:
    """ORG-2: the same facts change nothing, others are named by column; an empty cell says nothing."""
    wave(enid, world.time.now)
    other = wave(enid, world.time.now, "Other wave")
    run(desk, check(desk, row(1, "Rita,claims,First wave") + row(2)))
    before = stored.items(tables.DirectoryRow)
    again = (
        row(1, "Rita,claims,First wave")
        + "Practice 00002 Ltd,900000002,1245319599,Cleo Fictional,other@practice.example,Rob,eligibility,Other wave\r\n"
    )
    checked = check(desk, again)
    assert problems(desk, checked) == [
        (3, column, "differs_from_known")
        for column in ("name", "npis", "executive_email", "relations_contact", "entitlements", "wave")
    ]
    assert shown(desk, run(desk, checked)) == ("finished", 2, 2, 1)
    blank = check(desk, "Practice 00001,900000001,,,,,,\r\n")
    assert shown(desk, blank) == ("finished", 1, 1, 0)
    assert stored.items(tables.DirectoryRow) == before
    assert waving.members(other) == []


def test_run_twice_changes_nothing_twice(world: World, enid: Account, desk: Browser) -> None:
    first = wave(enid, world.time.now)
    checked = check(desk, "".join(map(row, range(5))))
    run(desk, checked)
    before = stored.items(tables.DirectoryRow)
    assert shown(desk, run(desk, checked)) == ("finished", 5, 5, 0)
    assert stored.items(tables.DirectoryRow) == before
    assert waving.kept(first).members == 5


def test_killed_anywhere_it_goes_on(world: World, enid: Account, desk: Browser, line: Line) -> None:
    """PLT-3: each practice once, whatever becomes of the runs; what is done is done whole."""
    first = wave(enid, world.time.now)
    number = scale.size(120, 50_000)
    checked = check(desk, "".join(row(each) for each in range(number)))
    assert shown(desk, checked) == ("finished", number, number, 0)
    work_id = desk.post(f"{IMPORTS}/{checked}/run", None).json["work_id"]
    delivery.heard("work")
    runs = 0
    while desk.get(f"/work/{work_id}", background=True).json["state"] in ("waiting", "running"):
        runs += 1
        if runs < 6:
            line.let_pass(7 * runs)
            if runs % 2:
                line.die()
            else:
                line.lose_answers(1)
        with contextlib.suppress(KeyboardInterrupt):
            work_runner.carry_on(enid.user.id, work_id, WORK, "test", lambda: True)
        line.heal()
    assert shown(desk, work_id) == ("finished", number, number, 0)
    assert listed() == [f"9{each:08}" for each in range(number)]
    assert waving.kept(first).members == number
    assert len(stored.records("organization.imported")) == number


def test_a_row_that_somebody_creates_meanwhile(world: World, enid: Account, desk: Browser) -> None:
    """ORG-2: as it is when its turn comes: the same facts are done, others are told."""
    wave(enid, world.time.now)
    checked = check(desk, "".join(map(row, range(3))))
    same = NewOrganization(
        name="Practice 00000",
        tin="900000000",
        npis=["1234567893"],
        executive_name="Cleo Fictional",
        executive_email="CHIEF0@practice.example",
        wave_id=waving.by_name("First wave").id,
    )
    actions.create(staff(enid), same, world.time.now)
    actions.create(staff(enid), NewOrganization(name="Another", tin="900000001"), world.time.now)
    work_id = run(desk, checked)
    assert shown(desk, work_id) == ("finished", 3, 3, 1)
    assert {column for _, column, _ in problems(desk, work_id)} == {
        "name", "npis", "executive_name", "executive_email", "wave",
    }  # fmt: skip
    assert {code for _, _, code in problems(desk, work_id)} == {"differs_from_known"}
    assert listed() == ["900000000", "900000001", "900000002"]


def test_a_wave_that_ended_meanwhile(world: World, enid: Account, desk: Browser) -> None:
    first = wave(enid, world.time.now)
    checked = check(desk, row(1) + row(2, ",,"))
    waving.ended(enid, first, world.time.now, 8)
    world.time.now = waving.kept(first).ends_at
    again = world.browser(enid)
    work_id = run(again, checked)
    assert problems(again, work_id) == [(2, "wave", "wave_ended")]
    assert listed() == ["900000002"]


def test_a_wave_that_began_gives_each_its_own_timer(world: World, enid: Account, desk: Browser) -> None:
    first = wave(enid, world.time.now)
    waving.run(world.time.now)
    waving.run(first.send_at)
    world.time.now = waving.later(first, hours=2)
    again = world.browser(enid)
    run(again, check(again, row(1) + row(2)))
    waving.run(world.time.now)
    assert len(waving.told("nomination.sent")) == 2


def test_a_file_that_is_gone(world: World, desk: Browser) -> None:
    """PLT-3: the bucket forgets after a week; the work says so."""
    checked = check(desk, row(1, ",,"))
    bucket = config.current().results_bucket
    for found in aws.s3().list_objects_v2(Bucket=bucket)["Contents"]:
        aws.s3().delete_object(Bucket=bucket, Key=found["Key"])
    work_id = run(desk, checked)
    found = desk.get(f"/work/{work_id}").json
    assert (found["state"], found["reason"]) == ("stopped", "input_missing")


def test_who_lost_the_right_imports_nothing_more(world: World, enid: Account, desk: Browser) -> None:
    """S-AZ-08."""
    checked = check(desk, row(1, ",,"))
    answer = desk.post(f"{IMPORTS}/{checked}/run", None)
    later.deactivate(enid)
    works.carry_all()
    rows = [item for item in stored.items(tables.ShortLivedRow) if item["sk"]["S"] == answer.json["work_id"]]
    assert [item["reason"]["S"] for item in rows] == ["access_ended"]
    assert listed() == []


def test_what_a_dry_run_reads(world: World, enid: Account, desk: Browser, wire: Wire) -> None:
    """ORG-2: batches of a hundred, not a call for each row."""
    wave(enid, world.time.now)
    wire.forget()
    check(desk, "".join(row(number) for number in range(200)))
    assert wire.operations.count("BatchGetItem") < 12


def test_it_is_somebody_elses(world: World, desk: Browser) -> None:
    checked = check(desk, row(1, ",,"))
    other = world.browser(waving.enrollment(world, "Erna Fictional"))
    for method, rest in (("GET", "problems"), ("POST", "run")):
        assert other.send(method, f"{IMPORTS}/{checked}/{rest}", None, {"Idempotency-Key": "k" * 20}).status == 404
