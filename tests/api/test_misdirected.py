"""This reached me in error: the plan is told once, by mail and in a list without a word of the message (MSG-5)."""

import pytest

from tests import delivery, later, stored
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import Account, World


class Office:
    """Cole wrote to Gina; somebody of the plan looks after such reports."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.gina = world.browser(world.gina)
        self.cole = world.member(world.maple, "Cole Sample")
        self.got = world.write(self.cole, world.gina, subject="canary subject", text="canary text")
        self.paula = world.browser(world.agent("Paula Fictional", roles=("plan_administrator",)))

    def report(self, browser: Browser, account: Account, got: dict[str, str] | None = None) -> Answer:
        of = got or self.got
        path = f"/mailboxes/{account.mailbox}/messages/{of['message_id']}/misdirected"
        return browser.post(path, {"thread_id": of["thread_id"]})


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_the_plan_is_told_once(world: World, office: Office) -> None:
    """MSG-5, S-AZ-12: which message, of whom, by whom and when; nothing of what it says."""
    for _ in range(2):
        answer = office.report(office.gina, world.gina)
        assert (answer.status, answer.json) == (200, {"reported": True})
    listed = office.paula.get("/misdirected")
    (report,) = listed.json["items"]
    assert "canary" not in listed.text
    assert report == {
        "id": report["id"],
        "state": "open",
        **office.got,
        "mailbox_id": world.gina.mailbox,
        "organization": {"id": world.maple.id, "name": "Maple Example Clinic"},
        "reporter": "Gina Sample",
        "reported_at": "2026-03-02T15:00:00Z",
        "closed_by": None,
        "closed_at": None,
        "comment": "",
    }
    assert [item["name"]["S"] for item in stored.outbox()].count("message.misdirected") == 1
    (record,) = stored.records("message.misdirected")
    assert (record.object_id, record.pk) == (office.got["message_id"], f"JOURNAL#{world.maple.id}")


def test_it_stays_said(world: World, office: Office) -> None:
    """MSG-5: on the message of the mailbox that reported it, whenever it is opened; on nobody else's."""
    got = world.write(office.cole, world.gina, world.ada)
    assert office.report(office.gina, world.gina, got).status == 200

    def reported(browser: Browser, account: Account) -> list[bool]:
        thread = browser.get(f"/mailboxes/{account.mailbox}/threads/{got['thread_id']}").json
        return [message["reported"] for message in thread["messages"]]

    assert reported(office.gina, world.gina) == [True]
    assert reported(world.browser(world.ada), world.ada) == reported(world.browser(office.cole), office.cole) == [False]


def test_each_mailbox_for_itself(world: World, office: Office) -> None:
    """MSG-5: a department reports too, in the name of whoever did it; who can't read it reports nothing."""
    got = world.write(office.cole, world.gina, world.ada)
    assert office.report(office.gina, world.gina, got).status == 200
    world.time.advance(seconds=1)
    assert office.report(world.browser(world.ada), world.ada, got).status == 200
    reporters = [report["reporter"] for report in office.paula.get("/misdirected").json["items"]]
    assert reporters == ["Gina Sample", "Ada Fictional"]
    assert office.report(world.browser(world.peter), world.peter, got).status == 404
    other = world.write(office.cole, world.ada)
    assert office.report(office.gina, world.gina, {**got, "message_id": other["message_id"]}).status == 404


def test_a_report_is_closed_once(world: World, office: Office) -> None:
    """MSG-5: with what was done about it; the auditor sees it and changes nothing."""
    office.report(office.gina, world.gina)
    auditor = world.browser(world.agent("Otto Fictional", roles=("auditor",)))
    (report,) = auditor.get("/misdirected").json["items"]
    path = f"/misdirected/{report['id']}/close"
    assert auditor.post(path, {"comment": "C"}).status == 403
    world.time.advance(minutes=3)
    closed = office.paula.post(path, {"comment": "Called them."})
    assert closed.status == 200, closed.text
    assert (closed.json["state"], closed.json["closed_by"], closed.json["comment"]) == (
        "closed",
        "Paula Fictional",
        "Called them.",
    )
    again = office.paula.post(path, {})
    assert (again.status, again.code) == (409, "report_closed")
    assert office.paula.post("/misdirected/rpt_00000000000000000000000000/close", {}).status == 404
    assert auditor.get("/misdirected").json["items"] == []
    assert auditor.get("/misdirected", state="closed").json["items"] == [closed.json]
    assert office.report(office.gina, world.gina).json == {"reported": True}
    assert auditor.get("/misdirected").json["items"] == []
    (record,) = stored.records("misdirected.closed")
    assert record.after == {"message": office.got["message_id"]}


def test_the_list_goes_on_page_by_page(world: World, office: Office) -> None:
    """PLT-3: the oldest first, without gap or repeat."""
    sent = []
    for _ in range(27):
        world.time.advance(seconds=1)
        got = world.write(office.cole, world.gina)
        office.report(office.gina, world.gina, got)
        sent.append(got["message_id"])
    first = office.paula.get("/misdirected").json
    second = office.paula.get("/misdirected", cursor=first["next_cursor"]).json
    assert [report["message_id"] for report in first["items"] + second["items"]] == sent
    refused = office.paula.get("/misdirected", cursor=first["next_cursor"], state="closed")
    assert (refused.status, refused.code) == (400, "bad_cursor")


def test_the_plans_privacy_address_gets_a_mail(world: World, office: Office, post: Post) -> None:
    """MSG-5, NOT-2: that there is one, never which; once of each report, if the plan had such an address by then."""
    address = "privacy@plan.example"
    office.report(office.gina, world.gina)
    delivery.settle()
    assert address not in post.addresses
    later.set_privacy_address(address)
    office.report(office.gina, world.gina, world.write(office.cole, world.gina))
    for _ in range(2):
        delivery.settle(again=True)
    mails = [mail for mail in post.mails if address in mail.destinations["ToAddresses"]]
    assert len(mails) == 1
    assert all(word not in mail.subject + mail.body for mail in mails for word in ("canary", "Gina", "msg_"))
