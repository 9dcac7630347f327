"""The public directory: whether a practice has an administrator, and requests that are forwarded to them (ORG-6)."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest

from chalicelib.credentials.domain.throttles import REQUESTS_OF_A_SOURCE
from chalicelib.enrollment.domain.directory import PLAN
from chalicelib.enrollment.store import directory
from chalicelib.organizations import store as organizations
from chalicelib.organizations.domain import Organization
from tests import delivery, inviting, later, stored, sweeps, two_changes
from tests.asked_by_directory import FORM, waiting
from tests.deadlines import happens
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.wire import Wire
from tests.world import START, Account, World

Do = Callable[[World, str], Answer]
UNKNOWN = "99-9999999"
DAY = timedelta(days=1)


@pytest.fixture
def lou(world: World) -> Account:
    """The local administrator of Maple."""
    return world.member(world.maple, "Lou Placeholder", role="local_administrator")


@pytest.fixture
def enzo(world: World) -> Browser:
    return world.browser(world.agent("Enzo Fictional", roles=("enrollment",)))


def _look(world: World, tin: str) -> Answer:
    return world.browser().post("/directory", {"tin": tin})


def _ask(world: World, tin: str = FORM["tin"], **changes: str) -> Answer:
    return world.browser().post("/directory/requests", {**FORM, "tin": tin, **changes})


def _waiting(browser: Browser) -> list[str]:
    return [one["name"] for one in browser.get("/directory-requests").json["items"]]


def _tasks(browser: Browser) -> int:
    items = browser.get("/attention").json["items"]
    return sum(item["count"] for item in items if item["kind"] == "directory_request")


@pytest.mark.parametrize("tin", ["000000001", "00-0000001"])
def test_it_says_whether_there_is_an_administrator(world: World, lou: Account, tin: str) -> None:
    """ORG-6: for an exact TIN, as people write it; no name, no address, without signing in."""
    answer = _look(world, tin)
    assert (answer.status, answer.json) == (200, {"administrator": "yes"})
    assert _look(world, "00-0000002").json == {"administrator": "no"}


@pytest.mark.parametrize("tin", ["", "1234", "12-34567890", "123-456789", "00000000a", "٠٠٠٠٠٠٠٠١", " 000000001"])
def test_what_is_no_tin_is_named(world: World, tin: str) -> None:
    """House rule 5; for the request too."""
    assert (_look(world, tin).status, _ask(world, tin=tin).status) == (422, 422)
    assert [pointer for pointer, _ in _look(world, tin).fields] == ["/tin"]


def _closed(organization: Organization) -> None:
    """Closed, with its TIN not yet free."""
    row = organizations.OrganizationRow(*organizations.organization_key(organization.id))
    row.update([organizations.OrganizationRow.closed_at.set(START)])


def _close(world: World, lou: Account) -> None:
    _closed(world.maple)


def _disable(world: World, lou: Account) -> None:
    later.set_status(lou, "disabled")


@pytest.mark.parametrize("ends", [_close, _disable])
def test_only_who_acts_counts(world: World, lou: Account, ends: Callable[[World, Account], None]) -> None:
    """ORG-6, ORG-9: a closed practice answers like an unknown one; so does one whose last administrator is gone."""
    assert _look(world, world.maple.tin).json == {"administrator": "yes"}
    ends(world, lou)
    assert _look(world, world.maple.tin).text == _look(world, UNKNOWN).text


def test_a_clock_that_has_run_out_counts_to_the_second(world: World) -> None:
    """ORG-6, INA-1: whatever the job has made of it."""
    world.member(world.maple, "Lou Placeholder", role="local_administrator", enabled_at=START)
    world.time.now = START + 90 * DAY - timedelta(seconds=1)
    assert _look(world, world.maple.tin).json == {"administrator": "yes"}
    world.time.advance(seconds=1)
    assert _look(world, world.maple.tin).json == {"administrator": "no"}


def _cost(world: World, wire: Wire, tin: str, do: Do) -> tuple[list[str], int, str]:
    """Operations, keys that were read, and what was answered."""
    wire.forget()
    answer = do(world, tin)
    batches = [body["RequestItems"] for operation, body in wire.sent if operation == "BatchGetItem"]
    keys = sum(len(table["Keys"]) for batch in batches for table in batch.values())
    return wire.operations, keys, answer.text


@pytest.mark.parametrize("do", [_look, _ask])
def test_all_cost_the_same(world: World, wire: Wire, do: Do) -> None:
    """ORG-6, S-AUTH-07: unknown, closed, never had one, one whose clock ran out, one that has: calls, keys, bytes."""
    closed = world.organization("000000003", "Cedar Sample Clinic")
    world.member(closed, "Cora Sample", role="local_administrator")
    _closed(closed)
    lapsed = world.organization("000000004", "Elm Sample Clinic")
    world.member(lapsed, "Elena Sample", role="local_administrator", enabled_at=START)
    world.time.advance(days=91)
    served = world.organization("000000005", "Fir Sample Clinic")
    world.member(served, "Finn Sample", role="local_administrator")
    # The first one of a source makes its count.
    do(world, UNKNOWN)
    found = [_cost(world, wire, tin, do) for tin in (UNKNOWN, closed.tin, world.birch.tin, lapsed.tin, served.tin)]
    assert len({(tuple(operations), keys) for operations, keys, _ in found}) == 1, found
    assert len({text for *_, text in found[:4]}) == 1
    assert ({text for *_, text in found[:4]} == {found[4][2]}) == (do is _ask)


def test_a_request_reaches_the_administrators(world: World, lou: Account, post: Post) -> None:
    """ORG-6: as a task and a notice without content; with what was typed, verbatim, to nobody else."""
    later.choose(lou, "email", "USER_MANAGEMENT")
    asked = _ask(world)
    assert (asked.status, asked.text) == (202, "")
    delivery.settle()
    browser = world.browser(lou)
    (request,) = browser.get("/directory-requests").json["items"]
    assert {name: request[name] for name in ("name", "email", "phone", "note")} == {
        name: FORM[name] for name in ("name", "email", "phone", "note")
    }
    assert request["organization"] == {"id": world.maple.id, "name": world.maple.name}
    assert _tasks(browser) == 1
    (mail,) = inviting.mails_to(post, lou.user.email)
    assert mail.subject == "Somebody asks for you in the Example Valley Health Plan provider portal"
    assert all(typed not in mail.body for typed in FORM.values())
    assert world.browser(world.gina).get("/directory-requests").status == 403
    lena = world.browser(world.member(world.birch, "Lena Specimen", role="local_administrator"))
    assert (_waiting(lena), _tasks(lena)) == ([], 0)


@pytest.mark.parametrize("tin", [UNKNOWN, "000000002"])
def test_without_an_administrator_enrollment_has_it(world: World, enzo: Browser, post: Post, tin: str) -> None:
    """ORG-6: unknown, or nobody administers it; told by mail to enrollment's address, without content."""
    later.set_enrollment_address("enrollment@plan.example")
    assert _ask(world, tin=tin).status == 202
    delivery.settle()
    (request,) = enzo.get("/directory-requests").json["items"]
    assert request["tin"] == tin.replace("-", "")
    assert (request["organization"] is None) == (tin == UNKNOWN)
    assert _tasks(enzo) == 1
    (mail,) = inviting.mails_to(post, "enrollment@plan.example")
    assert all(typed not in mail.body for typed in FORM.values())


def test_a_request_is_settled_once_by_whoever_has_it(world: World, lou: Account, enzo: Browser) -> None:
    """ORG-6: then it is gone for all; nobody settles one of another place."""
    _ask(world)
    browser = world.browser(lou)
    (request,) = browser.get("/directory-requests").json["items"]
    path = f"/directory-requests/{request['id']}/settle"
    lena = world.browser(world.member(world.birch, "Lena Specimen", role="local_administrator"))
    assert {enzo.post(path, {}).code, lena.post(path, {}).code} == {"not_found"}
    assert browser.post(path, {}).status == 204
    assert (browser.post(path, {}).code, _waiting(browser), _tasks(browser)) == ("not_found", [], 0)
    (record,) = stored.records("directory.settled")
    assert (record.pk, record.object_id) == (f"JOURNAL#{world.maple.id}", request["id"])


def test_a_request_ends_after_ninety_days(world: World, lou: Account) -> None:
    """ORG-6, house rule 4: to the second, whether or not it was collected."""
    _ask(world)
    (request,) = world.browser(lou).get("/directory-requests").json["items"]
    world.time.now += 90 * DAY - timedelta(seconds=1)
    assert _waiting(world.browser(lou)) == ["Ann Asker"]
    world.time.advance(seconds=1)
    browser = world.browser(lou)
    assert (_waiting(browser), _tasks(browser)) == ([], 0)
    assert browser.post(f"/directory-requests/{request['id']}/settle", {}).code == "not_found"


def _lapse(world: World) -> None:
    """The clock of Maple's only administrator runs out, and the job finds it."""
    world.time.now = START + 90 * DAY
    sweeps.ran_until("inactivity_lockout", START)
    assert sweeps.inactivity(world.time.now).failed == 0


def _merge(world: World) -> None:
    """Maple merges into a practice that has an administrator, long before."""
    world.member(world.birch, "Lena Specimen", role="local_administrator")
    two_changes.together(world, world.maple.id, "merge", into=world.birch.id)


@pytest.mark.parametrize("leave", [_lapse, _merge])
@pytest.mark.parametrize("told", [False, True])
def test_what_nobody_of_the_practice_can_answer_goes_to_enrollment(
    world: World, post: Post, leave: Callable[[World], None], told: bool
) -> None:
    """ORG-6, ORG-9, INA-1: once, with what was typed, told to whoever has it now, also when nobody was told before."""
    later.set_enrollment_address("enrollment@plan.example")
    world.member(world.maple, "Lou Placeholder", role="local_administrator", enabled_at=START)
    world.time.now = START + 89 * DAY
    for number in range(23):
        world.time.advance(seconds=60)
        asked = world.browser().post("/directory/requests", {**FORM, "name": f"Asker {number:02}"})
        assert asked.status == 202
    if told:
        delivery.settle()
    assert inviting.mails_to(post, "enrollment@plan.example") == []
    leave(world)
    for _ in range(3):
        delivery.settle()
    enzo = world.browser(world.agent("Enzo Fictional", roles=("enrollment",)))
    assert (_tasks(enzo), directory.first(world.maple.id, 100, world.time.now)) == (23, ([], False))
    request = enzo.get("/directory-requests").json["items"][0]
    assert {name: request[name] for name in ("name", "email", "phone", "note")} == {
        name: {**FORM, "name": "Asker 00"}[name] for name in ("name", "email", "phone", "note")
    }
    asked_for = (
        "Somebody asks for a practice without an administrator in the Example Valley Health Plan provider portal"
    )
    assert asked_for in [mail.subject for mail in inviting.mails_to(post, "enrollment@plan.example")]
    records = stored.records("directory.handed_over")
    assert {record.pk for record in records} == {f"JOURNAL#{world.maple.id}"}
    assert len({record.object_id for record in records}) == len(records) == 23
    before = stored.business()
    delivery.settle(again=True)
    assert (_tasks(enzo), len(stored.records("directory.handed_over"))) == (23, 23)
    assert [row for row in stored.business() if row not in before] == []


def test_whose_last_administrator_goes_at_that_moment_is_handed_over_too(world: World, lou: Account) -> None:
    """ORG-6: they acted when it was looked up, and were gone, with their practice, before it was written."""
    two_changes.together(world, world.maple.id, "close")
    delivery.settle()
    asked = waiting(world, lou)
    happens(world, "directory.requested", organization_id=world.maple.id, request_id=asked.id)
    delivery.settle()
    assert directory.request(world.maple.id, asked.id) is None
    assert directory.request(PLAN, asked.id) == msgspec.structs.replace(asked, place=PLAN)


def test_many_requests_are_pages(world: World, lou: Account) -> None:
    """PLT-3: 25 on a page, the oldest first; by the task a hundred are counted."""
    for number in range(27):
        world.time.advance(seconds=60)
        assert _ask(world, name=f"Asker {number:02}").status == 202
    browser = world.browser(lou)
    first = browser.get("/directory-requests").json
    rest = browser.get("/directory-requests", cursor=first["next_cursor"]).json
    names = [one["name"] for one in [*first["items"], *rest["items"]]]
    assert (names, len(first["items"])) == ([f"Asker {number:02}" for number in range(27)], 25)
    assert _tasks(browser) == 27


@pytest.mark.parametrize("do", [_look, _ask])
def test_too_many_of_one_source_have_to_wait(world: World, do: Do) -> None:
    """S-LIM-03, S-MAIL-04: nobody goes through all numbers, nobody floods anybody."""
    statuses = [do(world, UNKNOWN).status for _ in range(REQUESTS_OF_A_SOURCE + 1)]
    assert (set(statuses[:-1]), statuses[-1]) == ({200 if do is _look else 202}, 429)
    before = stored.business()
    assert do(world, UNKNOWN).code == "too_many_attempts"
    assert stored.business() == before


def test_an_address_that_can_be_none_is_named(world: World) -> None:
    """House rule 5, S-IO-07."""
    assert _ask(world, email="nowhere").fields == {("/email", "wrong_form")}
    assert _ask(world, email="a@b.example\r\nBcc: c@d.example").status == 422
    assert _ask(world, note="x" * 1_001).status == 422


def test_a_notice_that_waits_is_looked_at_anew(world: World, lou: Account, post: Post) -> None:
    """S-MAIL-05: settled before its mail went, it is told to nobody."""
    later.choose(lou, "email", "USER_MANAGEMENT")
    _ask(world)
    browser = world.browser(lou)
    (request,) = browser.get("/directory-requests").json["items"]
    browser.post(f"/directory-requests/{request['id']}/settle", {})
    delivery.settle()
    assert inviting.mails_to(post, lou.user.email) == []


def test_nothing_typed_gets_into_records_or_events(world: World, lou: Account) -> None:
    """AUD-4, house rule 6: the record names the request."""
    _ask(world)
    told = str([record.attribute_values for record in stored.records("directory.requested")]) + str(stored.outbox())
    assert all(typed not in told for typed in (FORM["name"], FORM["email"], FORM["phone"], FORM["note"]))
