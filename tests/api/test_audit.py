"""No change without its audit record, and nothing in a record that must not be there (AUD-1, AUD-4)."""

from collections.abc import Callable
from typing import Any

import pytest

from app import app
from chalicelib.core import aws, config, tables
from chalicelib.core.access import Member
from tests import later, stored, works
from tests.api.account_doings import DOINGS as ACCOUNT_DOINGS
from tests.api.account_doings import Do, Doing, person
from tests.api.desk_doings import DOINGS as DESK_DOINGS
from tests.api.desk_doings import PASSING
from tests.api.message_doings import DOINGS as MESSAGE_DOINGS
from tests.api.profile_doings import DOINGS as PROFILE_DOINGS
from tests.core.line import Line, Request
from tests.portal import Browser
from tests.uploading import announce, announcement, finalize, post, ready, scan
from tests.wire import Wire
from tests.world import PASSWORD, Account, World

# They take files; their records are in test_member_files.py, test_review_evidence.py and test_wave_imports.py.
_OF_FILES = {
    "POST /members/exports",
    "POST /review-exports",
    "POST /member-imports",
    "POST /member-imports/{work_id}/run",
    "POST /organization-imports",
    "POST /organization-imports/{work_id}/run",
}


def _message(world: World) -> dict[str, Any]:
    return {"to": [world.gina.mailbox], "subject": "Subject", "text": "Text"}


def _received(world: World, gina: Browser) -> dict[str, Any]:
    cole = world.member(world.maple, "Cole Sample")
    return dict(world.browser(cole).post(f"/mailboxes/{cole.mailbox}/messages", _message(world)).json)


def _sign_in(world: World, gina: Browser) -> Do:
    return lambda: world.browser().sign_in(world.gina.user.email, PASSWORD)


def _sign_out(world: World, gina: Browser) -> Do:
    return lambda: gina.delete("/session")


def _announce(world: World, gina: Browser) -> Do:
    return lambda: gina.post("/uploads", announcement(world.gina.mailbox), "the-key-of-the-test")


def _finalize(world: World, gina: Browser) -> Do:
    announced = announce(gina, world.gina.mailbox)
    post(announced)
    return lambda: finalize(gina, announced)


def _send(world: World, gina: Browser) -> Do:
    upload = ready(gina, world.gina.mailbox)
    body = {**_message(world), "to": [world.credentialing.id], "upload_ids": [upload]}
    return lambda: gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body, "the-key-of-the-test")


def _reply(world: World, gina: Browser) -> Do:
    sent = _received(world, gina)
    path = f"/mailboxes/{world.gina.mailbox}/threads/{sent['thread_id']}/replies"
    return lambda: gina.post(path, {"message_id": sent["message_id"], "text": "Text"}, "the-key-of-the-test")


def _read(world: World, gina: Browser) -> Do:
    path = f"/mailboxes/{world.gina.mailbox}/messages/{_received(world, gina)['message_id']}/read"
    return lambda: gina.put(path, {"read": True})


def _archive(world: World, gina: Browser) -> Do:
    path = f"/mailboxes/{world.gina.mailbox}/messages/{_received(world, gina)['message_id']}/box"
    return lambda: gina.put(path, {"box": "archived"})


def _file_together(world: World, gina: Browser) -> Do:
    body = {"message_ids": [_received(world, gina)["message_id"]], "box": "archived"}
    return lambda: gina.send("PATCH", f"/mailboxes/{world.gina.mailbox}/messages", body)


def _begin(world: World, gina: Browser) -> Do:
    of = works.start(world.gina, works.SHA256)
    aws.s3().put_object(Bucket=config.current().results_bucket, Key=of.input_key, Body=works.ROWS)
    return lambda: gina.post(f"/work/{of.id}/begin", {})


def _stop(world: World, gina: Browser) -> Do:
    of = works.start(world.gina)
    return lambda: gina.post(f"/work/{of.id}/stop", {})


DOINGS: dict[str, Doing] = {
    "POST /session": Doing("session.started", _sign_in),
    "DELETE /session": Doing("session.ended", _sign_out, records=2),
    "POST /uploads": Doing("upload.announced", _announce),
    "POST /uploads/{upload_id}/finalize": Doing("upload.finalized", _finalize),
    "POST /mailboxes/{mailbox_id}/messages": Doing("message.sent", _send),
    "POST /mailboxes/{mailbox_id}/threads/{thread_id}/replies": Doing("message.sent", _reply),
    "PATCH /mailboxes/{mailbox_id}/messages": Doing("message.archived", _file_together),
    "PUT /mailboxes/{mailbox_id}/messages/{message_id}/read": Doing("message.read", _read),
    "PUT /mailboxes/{mailbox_id}/messages/{message_id}/box": Doing("message.archived", _archive),
    "POST /work/{work_id}/begin": Doing("work.begun", _begin),
    "POST /work/{work_id}/stop": Doing("work.stopped", _stop),
    **ACCOUNT_DOINGS,
    **PROFILE_DOINGS,
    **MESSAGE_DOINGS,
    **DESK_DOINGS,
}
ROUTES = pytest.mark.parametrize("route", sorted(DOINGS))
# Nobody is signed in there: test_registration_records.py.
WITHOUT_SIGN_IN = {
    "POST /email-confirmations",
    "POST /notice-address-confirmations",
    "POST /directory",
    "POST /directory/requests",
    "POST /nomination-forms/look",
    "POST /nomination-forms/sign",
    "POST /nomination-requests",
    "POST /registrations",
    "POST /registrations/look",
    "POST /registrations/factor",
    "POST /registrations/complete",
    "POST /password-resets",
    "POST /recovery/look",
    "POST /recovery/answers",
    "POST /recovery/factor",
    "POST /recovery/password",
    "POST /set-up/look",
    "POST /set-up/factor",
    "POST /set-up/complete",
}
# It changes nothing; that it was done is noted (test_helpdesk_cases.py).
_LOOKS_UP = {"POST /helpdesk/people"}


def test_every_route_that_changes_something_is_here() -> None:
    """S-AUD-02: a new route without its record fails here."""
    changing = {f"{route.method} {route.path}" for route in app.declared if route.method != "GET"}
    assert changing - WITHOUT_SIGN_IN - _OF_FILES - _LOOKS_UP - PASSING == DOINGS.keys()


@ROUTES
def test_the_record_is_in_the_transaction(world: World, wire: Wire, route: str) -> None:
    """AUD-1, S-AUD-01, S-AUD-02: with who, for whom, where, when, what and the result."""
    doing = DOINGS[route]
    account = person(world, doing.who)
    do = doing.prepare(world, world.browser(account))
    world.time.advance(minutes=1)
    wire.forget()
    answer = do()
    assert answer.status < 300, answer.text
    changes = [body["TransactItems"] for operation, body in wire.sent if operation == "TransactWriteItems"]
    assert len(changes) == 1
    assert [name for name in wire.operations if name in ("PutItem", "DeleteItem")] == []
    journal = tables.table_name(tables.JournalRow.table)
    puts = [item["Put"]["Item"] for item in changes[0] if item.get("Put", {}).get("TableName") == journal]
    assert len(puts) == doing.records
    record = stored.records(doing.action)[-1]
    assert record.sk in {put["sk"]["S"] for put in puts}
    member = isinstance(account.actor, Member)
    if doing.of_practice:
        assert record.pk.startswith("JOURNAL#org_")
    else:
        assert record.pk == f"JOURNAL#{world.maple.id if member else 'plan'}"
    assert record.at == world.time.now.isoformat(timespec="milliseconds")
    assert (record.actor_kind, record.actor_id) == ("member" if member else "staff", account.user.id)
    assert (record.membership_id, record.result) == (account.mailbox if member else None, "done")
    assert not record.reason
    assert (record.request_id, record.schema) == (answer.headers["x-request-id"], 1)
    assert record.object_id
    assert record.device
    assert len(record.session or "") == 12


@ROUTES
def test_without_its_record_nothing_changes(world: World, line: Line, route: str) -> None:
    """S-AUD-01, S-IO-09."""
    do = DOINGS[route].prepare(world, world.browser(person(world, DOINGS[route].who)))
    before = stored.business()

    def spoil(params: Request) -> None:
        for item in params["TransactItems"]:
            if item.get("Put", {}).get("TableName") == tables.table_name(tables.JournalRow.table):
                item["Put"]["ConditionExpression"] = "attribute_exists(#0)"

    line.tamper(spoil)
    answer = do()
    line.close()
    assert answer.status in (200, 409), answer.text
    assert stored.business() == before
    # It was our fault, so it can be done again.
    assert do().status < 300


@ROUTES
def test_who_loses_the_right_while_acting_changes_nothing(world: World, line: Line, route: str) -> None:
    """S-SESS-04, S-AZ-08: disabled between the look-up of the session and the commit."""
    account = person(world, DOINGS[route].who)
    member = isinstance(account.actor, Member)
    do = DOINGS[route].prepare(world, world.browser(account))
    after = ""

    def disable() -> None:
        nonlocal after
        if member:
            later.set_status(account, "disabled")
        else:
            later.deactivate(account)
        after = stored.business()

    line.before_transaction(disable)
    answer = do()
    # A session outlives one membership: which other one there is, the next request tells (ACC-8). Who hands over the
    # seat, or has another name, writes their own membership too, which is another one by then.
    stale = route in ("POST /roster/handover", "PATCH /profile")
    lost = (412, "stale") if stale else (403, "membership_lost")
    assert (answer.status, answer.code) == (lost if member else (401, "signed_out"))
    assert stored.business() == after


@pytest.mark.parametrize("happens", [later.deactivate, later.end_sessions, later.promote])
def test_staff_whose_place_changes_while_acting_change_nothing(
    world: World, line: Line, happens: Callable[[Account], None]
) -> None:
    """S-AZ-08."""
    ada = world.browser(world.ada)
    line.before_transaction(lambda: happens(world.ada))
    body = {"to": [world.internal.id], "subject": "S", "text": "T"}
    answer = ada.post(f"/mailboxes/{world.ada.mailbox}/messages", body)
    assert (answer.status, answer.code) == (401, "signed_out")
    assert stored.records("message.sent") == []


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("/mailboxes/{mailbox}/threads/{thread}", "message.opened"),
        ("/mailboxes/{mailbox}/threads/{thread}/messages/{message}/attachments/{file}", "attachment.downloaded"),
        ("/work/{work}/result", "export.downloaded"),
    ],
)
def test_views_leave_a_record_or_show_nothing(world: World, line: Line, path: str, action: str) -> None:
    """AUD-1, MSG-10: a message is not shown when nobody could tell later who saw it."""
    gina = world.browser(world.gina)
    upload = ready(gina, world.gina.mailbox)
    body = {**_message(world), "upload_ids": [upload]}
    sent = gina.post(f"/mailboxes/{world.gina.mailbox}/messages", body).json
    ids = {
        "thread": sent["thread_id"],
        "message": sent["message_id"],
        "file": upload,
        "work": works.finished(world.gina).id,
    }
    url = path.format(mailbox=world.gina.mailbox, **ids)
    # What is seen for the first time is written down together with its record.
    for operation in ("PutItem", "TransactWriteItems"):
        line.refuse("AccessDeniedException", 1, operation)
    refused = gina.get(url)
    line.heal()
    assert (refused.status, refused.code) == (503, "busy")
    assert stored.records(action) == []
    assert gina.get(url).status == 200
    (record,) = stored.records(action)
    assert record.object_id in ids.values()
    assert (record.actor_id, record.pk) == (world.gina.user.id, f"JOURNAL#{world.maple.id}")


def test_reading_changes_nothing_but_the_journal(world: World) -> None:
    """S-SESS-09: no GET changes anything; who opened a message, and when first, is a record too (MSG-7, MSG-9)."""
    gina = world.browser(world.gina)
    sent = _received(world, gina)
    path = f"/mailboxes/{world.gina.mailbox}"
    of = works.start(world.gina)
    assert gina.get(f"{path}/threads/{sent['thread_id']}").status == 200
    before = stored.business()
    world.time.advance(minutes=2)
    for place in (
        "/plan", "/session", "/mailboxes", "/work", f"/work/{of.id}",
        f"{path}/inbox", f"{path}/sent", f"{path}/archived",
        f"{path}/threads/{sent['thread_id']}", f"/recipients?mailbox_id={world.gina.mailbox}",
    ):  # fmt: skip
        assert gina.get(place).status == 200
    assert stored.business() == before


def test_what_a_send_tells(world: World) -> None:
    """AUD-4: ids and states only."""
    do = _send(world, world.browser(world.gina))
    message = do().json
    (record,) = stored.records("message.sent")
    assert record.object_id == message["message_id"]
    assert record.after is not None
    assert record.after.keys() == {"thread", "from", "to", "attachments", "urgent"}
    assert (record.after["from"], record.after["to"]) == (world.gina.mailbox, [world.credentialing.id])


def test_what_the_scanner_does_is_in_the_organizations_journal(world: World) -> None:
    """S-AUD-02: by the name of the part that acted."""
    gina = world.browser(world.gina)
    announced = announce(gina, world.gina.mailbox)
    version = post(announced)
    finalize(gina, announced)
    scan(announced, version, "THREATS_FOUND")
    found = {record.action: record for record in stored.records("upload.scanned", "upload.refused")}
    assert {record.pk for record in found.values()} == {f"JOURNAL#{world.maple.id}"}
    assert (found["upload.scanned"].actor_kind, found["upload.scanned"].actor_id) == ("system", "scanner")
    assert found["upload.scanned"].after == {"version": version, "status": "THREATS_FOUND"}
