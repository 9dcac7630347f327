"""Long works by the API: how far they are, stopping them, inputs and results (PLT-3, S-AZ-02, S-FILE-01, S-FILE-06)."""

import base64
import json
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import requests

from chalicelib.core import aws, config, work_files
from chalicelib.core.errors import Invalid
from chalicelib.core.work import Stopped, Work
from tests import delivery, stored, works
from tests.portal import Browser
from tests.world import Account, World


@pytest.fixture
def gina(world: World) -> Browser:
    return world.browser(world.gina)


def _send(of: Work, content: bytes = works.ROWS, announced: bytes = works.ROWS) -> None:
    form = work_files.input_form(of, len(announced), works.SHA256)
    answer = requests.post(form.url, data=form.fields, files={"file": content}, timeout=5)
    assert answer.status_code == 204, answer.text


def _in_bucket() -> list[str]:
    listed = aws.s3().list_objects_v2(Bucket=config.current().results_bucket)
    return [found["Key"] for found in listed.get("Contents", [])]


@pytest.mark.parametrize("who", ["gina", "ada"])
def test_how_far_a_work_has_come(world: World, who: str) -> None:
    """Members and staff alike."""
    account: Account = getattr(world, who)
    browser, of = world.browser(account), works.start(account)
    shown = browser.get(f"/work/{of.id}", background=True).json
    assert shown == {
        "id": of.id,
        "kind": "sample",
        "state": "waiting",
        "done": 0,
        "total": 2,
        "problems": 0,
        "reason": None,
        "created_at": "2026-03-02T15:00:00Z",
        "updated_at": "2026-03-02T15:00:00Z",
        "result_name": "Members – sample.csv",
        "result_until": None,
        "must_finish": False,
    }
    world.time.advance(minutes=1)
    works.carry_on(of)
    shown = browser.get(f"/work/{of.id}").json
    assert (shown["state"], shown["done"], shown["result_until"]) == ("finished", 2, "2026-03-09T15:01:00Z")
    assert browser.get("/work").json == {"items": [shown], "next_cursor": None}


def test_the_list_comes_in_pages(world: World, gina: Browser) -> None:
    made = []
    for _ in range(27):
        made.append(works.start(world.gina).id)
        world.time.advance(seconds=1)
    first = gina.get("/work").json
    rest = gina.get("/work", cursor=first["next_cursor"]).json
    assert [of["id"] for of in first["items"] + rest["items"]] == made[::-1]
    assert (len(first["items"]), rest["next_cursor"]) == (25, None)
    borrowed = world.browser(world.peter).get("/work", cursor=first["next_cursor"])
    assert (borrowed.status, borrowed.code) == (400, "bad_cursor")


def test_what_belongs_to_one_membership_is_not_seen_through_another(world: World, gina: Browser) -> None:
    """ACC-8, S-AZ-02: nor by an administrator of the same practice, nor by the plan."""
    of = works.finished(world.gina)
    others = [
        world.peter,
        world.ada,
        world.member(world.maple, "Lou Sample", role="local_administrator"),
        world.agent("Pia Fictional", roles=("plan_administrator", "auditor")),
    ]
    for other in others:
        browser = world.browser(other)
        assert browser.get("/work").json["items"] == []
        for method, path in (("GET", ""), ("GET", "/result"), ("POST", "/begin"), ("POST", "/stop")):
            assert browser.send(method, f"/work/{of.id}{path}").status == 404
    assert works.current(of).state == "finished"


def test_its_owner_stops_it(world: World, gina: Browser) -> None:
    """Twice is the same; what has ended stays as it is."""
    of = works.start(world.gina)
    for _ in range(2):
        answer = gina.post(f"/work/{of.id}/stop", {})
        assert (answer.status, answer.json["state"], answer.json["reason"]) == (200, "stopped", "by_owner")
    works.carry_on(of)
    assert works.current(of).done == 0
    over = works.finished(world.gina)
    assert gina.post(f"/work/{over.id}/stop", {}).json["state"] == "finished"


def test_a_result_downloads_by_a_link_for_a_minute(world: World, gina: Browser) -> None:
    """S-FILE-06; the audit record says that it was handed out, not what is in it (S-AUD-02)."""
    of = works.finished(world.gina)
    answer = gina.get(f"/work/{of.id}/result")
    assert (answer.status, answer.json["expires_in"], answer.headers["cache-control"]) == (200, 60, "no-store")
    query = parse_qs(urlsplit(answer.json["url"]).query)
    assert query["X-Amz-Expires"] == ["60"]
    assert query["response-content-disposition"][0].startswith("attachment; filename*=UTF-8''Members%20")
    assert unquote(query["response-content-disposition"][0]).endswith("Members – sample.csv")
    assert (query["response-content-type"], query["response-cache-control"]) == (
        ["application/octet-stream"],
        ["no-store"],
    )
    assert requests.get(answer.json["url"], timeout=5).content == works.ROWS * 2
    (record,) = stored.records("export.downloaded")
    assert (record.object_id, record.actor_id, record.after) == (
        of.id,
        world.gina.user.id,
        {"kind": "sample", "rows": 2},
    )
    assert "X-Amz-Signature" not in stored.dump()


@pytest.mark.parametrize(("days", "status"), [(0, 200), (6.99, 200), (7, 409), (29.99, 409), (30, 404)])
def test_a_result_is_there_for_a_week_and_its_work_for_thirty_days(world: World, days: float, status: int) -> None:
    of = works.finished(world.gina)
    world.time.advance(days=days)
    assert world.browser(world.gina).get(f"/work/{of.id}/result").status == status


def test_a_work_without_result_has_nothing_to_download(world: World, gina: Browser) -> None:
    of = works.start(world.gina)
    answer = gina.get(f"/work/{of.id}/result")
    assert (answer.status, answer.code) == (409, "result_missing")
    assert stored.records("export.downloaded") == []


def test_the_form_for_an_input_takes_just_that_file(world: World) -> None:
    """S-FILE-01: the whole set of conditions."""
    of = works.start(world.gina, works.SHA256)
    form = work_files.input_form(of, len(works.ROWS), works.SHA256)
    policy = json.loads(base64.b64decode(form.fields["policy"]))
    given = {name: value for rule in policy["conditions"] if isinstance(rule, dict) for name, value in rule.items()}
    assert {name: value for name, value in given.items() if not name.startswith("x-amz-") or "checksum" in name} == {
        "Content-Type": "text/csv",
        "bucket": config.current().results_bucket,
        "key": of.input_key,
        "x-amz-checksum-algorithm": "SHA256",
        "x-amz-checksum-sha256": works.SHA256,
    }
    assert [rule for rule in policy["conditions"] if isinstance(rule, list)] == [
        ["content-length-range", len(works.ROWS), len(works.ROWS)]
    ]


@pytest.mark.parametrize(
    ("size", "sha256", "field"),
    [
        (0, works.SHA256, ("/size", "too_small")),
        (10 * 1024 * 1024 + 1, works.SHA256, ("/size", "too_big")),
        (1, "aa", ("/sha256", "wrong_form")),
        (1, "ä", ("/sha256", "wrong_form")),
    ],
)
def test_an_input_that_is_too_large_or_has_no_digest_gets_no_form(
    world: World, size: int, sha256: str, field: tuple[str, str]
) -> None:
    of = works.start(world.gina, works.SHA256)
    with pytest.raises(Invalid) as refused:
        work_files.input_form(of, size, sha256)
    assert [(error.pointer, error.code) for error in refused.value.fields] == [field]


def test_an_import_begins_when_its_file_is_there(world: World, gina: Browser) -> None:
    of = works.start(world.gina, works.SHA256)
    assert gina.get(f"/work/{of.id}").json["state"] == "announced"
    answer = gina.post(f"/work/{of.id}/begin", {})
    assert (answer.status, answer.code) == (409, "input_missing")
    _send(of)
    for _ in range(2):
        assert gina.post(f"/work/{of.id}/begin", {}).json["state"] == "waiting"
    assert len(stored.outbox()) == 1
    works.carry_on(of)
    assert works.current(of).state == "finished"
    assert _in_bucket() == [of.input_key, f"part/{of.id}/000000", f"part/{of.id}/000001", f"result/{of.id}"]


def test_another_file_than_announced_is_not_read(world: World, gina: Browser) -> None:
    """S-FILE-02, where S3 itself would refuse it."""
    of = works.start(world.gina, works.SHA256)
    _send(of, content=b"Name\r\nEve\r\n")
    with pytest.raises(Stopped):
        work_files.read_input(of)
    gina.post(f"/work/{of.id}/begin", {})
    works.carry_on(of)
    assert (works.current(of).state, works.current(of).reason) == ("stopped", "input_changed")


def test_the_handler_carries_on_what_its_queue_tells(world: World) -> None:
    """By the outbox; of a kind that no step stands for, a work fails after five tries, and its message is done with."""
    works.start(world.gina)
    bodies = delivery.heard("work")
    assert len(bodies) == 1
    assert [delivery.deliver("carry_on_work", bodies) for _ in range(5)] == [[0], [0], [0], [0], []]
    shown = world.browser(world.gina).get("/work").json["items"][0]
    assert (shown["state"], shown["reason"]) == ("failed", "failed_repeatedly")


def test_polling_does_not_extend_the_session(world: World, gina: Browser) -> None:
    """CRD-8."""
    of = works.start(world.gina)
    for _ in range(14):
        world.time.advance(minutes=1)
        assert gina.get(f"/work/{of.id}", background=True).status == 200
    world.time.advance(minutes=1)
    assert gina.get(f"/work/{of.id}", background=True).status == 401


def test_who_is_no_administrator_any_more_gets_no_export(world: World) -> None:
    """S-AZ-08: begun while they were one; how far it came they may still see."""
    bea = world.member(world.maple, "Bea Sample", role="backup_administrator")
    lola = world.browser(world.member(world.maple, "Lola Sample", role="local_administrator"))
    browser = world.browser(bea)
    work_id = browser.post("/members/exports", {}).json["work_id"]
    assert delivery.deliver("carry_on_work", delivery.heard("work")) == []
    assert browser.get(f"/work/{work_id}/result").status == 200
    version = lola.get(f"/members/{bea.mailbox}").json["version"]
    changed = lola.send("PATCH", f"/members/{bea.mailbox}", {"role": "general_user"}, {"If-Match": f'"{version}"'})
    assert changed.status == 200
    assert browser.get(f"/work/{work_id}").json["state"] == "finished"
    assert browser.get(f"/work/{work_id}/result").status == 404
