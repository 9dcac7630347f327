"""Staff write to members, to the administrators of an organization, to everybody in it (MSG-1, MSG-7)."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest

from chalicelib.messages.actions.sending import Sent
from chalicelib.messages.store import dispatches
from chalicelib.organizations.domain import Organization
from tests import crowds, delivery, later, stored, works
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.uploading import ready
from tests.world import Account, World


class Clinic:
    """Maple with people in every state, and an agent who writes to it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.lola = world.member(world.maple, "Lola Sample", role="local_administrator", channel="email")
        self.bea = world.member(world.maple, "Bea Sample", role="backup_administrator", status="suspended")
        self.dan = world.member(world.maple, "Dan Sample", role="backup_administrator", status="disabled")
        self.ines = world.member(world.maple, "Ines Sample", status="inactive", channel="email")
        self.una = world.member(world.maple, "Una Sample", status="unverified")
        self.rosa = world.member(world.maple, "Rosa Sample", status="removed")
        self.ada = world.browser(world.ada)
        self.path = f"/mailboxes/{world.ada.mailbox}/messages"

    def send(self, *groups: str, organization: Organization | None = None, **changes: Any) -> Answer:
        of = organization or self.world.maple
        named = [{"kind": group, "organization_id": of.id} for group in groups]
        return self.ada.post(self.path, {"to": [], "subject": "Closed", "text": "T", "groups": named, **changes})

    def late(self) -> Account:
        """Somebody who joins as an administrator after a message was sent."""
        made = self.world.member(self.world.maple, "Late Sample")
        later.set_role(made, "backup_administrator")
        return made

    def inbox(self, account: Account) -> list[dict[str, Any]]:
        if account in (self.bea, self.ines):
            later.set_status(account, "active")
        rows: list[dict[str, Any]] = (
            self.world.browser(account).get(f"/mailboxes/{account.mailbox}/inbox").json["items"]
        )
        return rows


@pytest.fixture
def clinic(world: World) -> Clinic:
    return Clinic(world)


def test_to_members_of_one_organization(clinic: Clinic) -> None:
    """MSG-1: staff name it; a member of another one is as unknown as anybody."""
    world = clinic.world
    members: dict[str, Any] = {"to": [world.gina.mailbox, world.internal.id], "cc": [clinic.lola.mailbox]}
    assert clinic.send(**members).fields == {("/to", "unknown_recipient"), ("/cc", "unknown_recipient")}
    assert clinic.send(**members, organization_id=world.birch.id).fields == {
        ("/to", "unknown_recipient"),
        ("/cc", "unknown_recipient"),
    }
    assert clinic.send(to=[clinic.dan.mailbox], organization_id=world.maple.id).fields == {("/to", "unknown_recipient")}
    sent = clinic.send(**members, organization_id=world.maple.id)
    assert (sent.status, sent.json["work_id"], sent.json["undelivered"]) == (201, None, [])
    assert [row["party"] for row in clinic.inbox(clinic.lola)] == ["Credentialing Team"]
    thread = clinic.ada.get(f"/mailboxes/{world.ada.mailbox}/threads/{sent.json['thread_id']}").json
    assert thread["organization"]["name"] == world.maple.name


@pytest.mark.parametrize(
    ("group", "there", "not_there"),
    [("everybody", "gina lola bea ines", "dan una rosa"), ("administrators", "lola bea", "gina ines dan una rosa")],
)
def test_a_group_is_who_is_in_it_now(clinic: Clinic, group: str, there: str, not_there: str) -> None:
    """MSG-1, MSG-7: whoever takes messages has it; of who is disabled the sender is told."""
    people: Mapping[str, Account] = {"gina": clinic.world.gina, **vars(clinic)}
    sent = clinic.send(group)
    assert sent.status == 201, sent.text
    assert sent.json["undelivered"] == [clinic.dan.mailbox]
    newcomer = clinic.late()
    has = crowds.who_has(clinic_sent := _sent(sent))
    assert has == {people[name].mailbox: 1 for name in there.split()}
    assert not has.keys() & {people[name].mailbox for name in not_there.split()}
    browser = clinic.world.browser(newcomer)
    path = f"/mailboxes/{newcomer.mailbox}"
    assert browser.get(f"{path}/inbox").json["items"] == []
    assert browser.get(f"{path}/threads/{clinic_sent.thread_id}").status == 404


def test_what_may_not_be_addressed(clinic: Clinic) -> None:
    """MSG-1, S-AZ-10: two organizations, one that isn't there, an empty group; and members address no group."""
    world = clinic.world
    nowhere = Organization(id="org_00000000000000000000000000", tin="", name="")
    both = [{"kind": "everybody", "organization_id": each.id} for each in (world.maple, world.birch)]
    before = stored.business()
    assert clinic.send(groups=both).fields == {("/groups", "one_organization")}
    assert clinic.send("everybody", organization_id=world.birch.id).fields == {("/groups", "one_organization")}
    assert clinic.send("everybody", organization=nowhere).fields == {("/groups", "unknown_recipient")}
    assert clinic.send("administrators", organization=world.birch).fields == {("/groups", "empty_group")}
    assert clinic.send("everybody", to=[world.peter.mailbox]).fields == {("/to", "unknown_recipient")}
    assert clinic.send().fields == {("/to", "required")}
    assert clinic.send("everybody", "everybody").fields == {("/groups", "repeated")}
    assert stored.business() == before
    gina, path = world.browser(world.gina), f"/mailboxes/{world.gina.mailbox}/messages"
    before = stored.business()
    for groups in (both[:1], both[1:]):
        body = {"to": [world.credentialing.id], "subject": "S", "text": "T", "groups": groups}
        assert gina.post(path, body).fields == {("/groups", "unknown_recipient")}
    body = {"to": [world.peter.mailbox], "subject": "S", "text": "T", "organization_id": world.birch.id}
    assert gina.post(path, body).fields == {("/to", "unknown_recipient")}
    assert stored.business() == before


def test_somebody_named_who_is_in_the_groups_too_has_it_once(clinic: Clinic) -> None:
    """MSG-7."""
    sent = clinic.send("everybody", "administrators", cc=[clinic.lola.mailbox, clinic.world.internal.id])
    assert sent.status == 201, sent.text
    has = crowds.who_has(_sent(sent))
    assert set(has.values()) == {1}
    assert {clinic.lola.mailbox, clinic.world.internal.id} <= has.keys()


def test_what_its_readers_see(clinic: Clinic) -> None:
    """MSG-1, MSG-3, S-AZ-10, S-AZ-11: the group, never who is in it; with its file, until that is theirs no more."""
    world = clinic.world
    file = ready(clinic.ada, world.ada.mailbox)
    sent = clinic.send("administrators", cc=[world.internal.id], upload_ids=[file]).json
    lola = world.browser(clinic.lola)
    path = f"/mailboxes/{clinic.lola.mailbox}"
    (message,) = lola.get(f"{path}/threads/{sent['thread_id']}").json["messages"]
    assert message["to"] == [{"id": world.maple.id, "kind": "administrators", "name": world.maple.name}]
    assert (message["box"], message["unread"]) == ("inbox", True)
    link = f"threads/{sent['thread_id']}/messages/{sent['message_id']}/attachments/{message['attachments'][0]['id']}"
    assert lola.get(f"{path}/{link}").status == 200
    assert lola.put(f"{path}/messages/{sent['message_id']}/read", {"read": True}).status == 200
    gina = world.browser(world.gina)
    for place in (link, f"threads/{sent['thread_id']}"):
        assert gina.get(f"/mailboxes/{world.gina.mailbox}/{place}").status == 404
    row = clinic.ada.get(f"/mailboxes/{world.ada.mailbox}/sent").json["items"][0]
    assert (row["party"], row["groups"], row["status"]) == ("Internal Audit", message["to"], None)
    found = clinic.ada.get(f"/mailboxes/{world.ada.mailbox}/sent?search={quote(world.maple.name)}").json["items"]
    assert [each["message_id"] for each in found] == [row["message_id"]]


@pytest.mark.parametrize("everyone", [False, True])
def test_who_answers_a_group_message_writes_to_the_department(clinic: Clinic, everyone: bool) -> None:
    """MSG-1, MSG-5: and to whoever was named, but to no group."""
    world = clinic.world
    sent = clinic.send("everybody", cc=[world.internal.id]).json
    path = f"/mailboxes/{world.gina.mailbox}/threads/{sent['thread_id']}/replies"
    body = {"message_id": sent["message_id"], "text": "Thanks.", "all": everyone}
    answer = world.browser(world.gina).post(path, body)
    assert answer.status == 201, answer.text
    assert crowds.who_has(_sent(answer)).keys() == {world.credentialing.id, *([world.internal.id] * everyone)}


def test_a_second_message_of_the_department_goes_to_the_group_as_it_is_then(clinic: Clinic) -> None:
    """MSG-1: who joined meanwhile has that one, and still nothing of the first."""
    world = clinic.world
    sent = clinic.send("administrators").json
    newcomer = clinic.late()
    later.set_status(clinic.lola, "disabled")
    path = f"/mailboxes/{world.ada.mailbox}/threads/{sent['thread_id']}/replies"
    answer = clinic.ada.post(path, {"message_id": sent["message_id"], "text": "One more thing.", "all": True})
    assert answer.status == 201, answer.text
    assert crowds.who_has(_sent(answer)).keys() == {clinic.bea.mailbox, newcomer.mailbox}
    assert set(answer.json["undelivered"]) == {clinic.dan.mailbox, clinic.lola.mailbox}
    thread = world.browser(newcomer).get(f"/mailboxes/{newcomer.mailbox}/threads/{sent['thread_id']}").json
    assert [message["text"] for message in thread["messages"]] == ["One more thing."]


def test_each_whom_it_reached_is_mailed_once(clinic: Clinic, post: Post) -> None:
    """NOT-1, MSG-7: at once or by a long work; to someone inactive without a notice."""
    world = clinic.world
    for number in range(3):
        world.member(world.maple, f"Mailed {number}", channel="email")
    assert clinic.send("everybody", cc=[clinic.lola.mailbox]).json["work_id"] is None
    delivery.settle()
    expected = [
        clinic.lola.user.email,
        world.gina.user.email,
        *(f"mailed.{number}@people.example" for number in range(3)),
    ]
    assert post.addresses == sorted(expected)
    crowds.join(world.maple, 60)
    assert clinic.send("everybody", cc=[clinic.lola.mailbox]).json["work_id"] is not None
    for _ in range(2):
        works.carry_all()
        delivery.settle()
    assert post.addresses == sorted(expected * 2)


@pytest.mark.parametrize("disabled", [dispatches.PART - 2, dispatches.PART - 1, dispatches.PART, 2 * dispatches.PART])
def test_each_is_mailed_however_many_it_does_not_reach(world: World, post: Post, disabled: int) -> None:
    """NOT-1, MSG-7: a list begins with those who left, so whom it reaches may be in a later part of it."""
    practice, _ = crowds.practice(world, disabled, status="disabled")
    people = [world.member(practice, f"Mailed {number}", channel="email") for number in range(2)]
    sent = crowds.send(world.ada, practice)
    assert (sent.work_id, len(sent.undelivered)) == (None, disabled)
    for _ in range(2):
        delivery.settle(again=True)
    assert post.addresses == [each.user.email for each in people]


def test_who_is_named_in_a_large_send_reads_it_once_it_is_there(clinic: Clinic) -> None:
    """MSG-7, MSG-9: not before their row is, so that it can still be withdrawn from them."""
    world = clinic.world
    crowds.join(world.maple, 60)
    sent = clinic.send("everybody", to=[clinic.lola.mailbox, world.internal.id]).json
    lola, path = world.browser(clinic.lola), f"/mailboxes/{clinic.lola.mailbox}"
    thread = f"{path}/threads/{sent['thread_id']}"
    places = (thread, f"{thread}/messages/{sent['message_id']}/attachments/att_00000000000000000000000000")
    assert [lola.get(place).status for place in places] == [404, 404]
    assert lola.post(f"{thread}/replies", {"message_id": sent["message_id"], "text": "Thanks."}).status == 404
    olga = world.agent("Olga Fictional", world.internal)
    assert world.browser(olga).get(f"/mailboxes/{world.internal.id}/threads/{sent['thread_id']}").status == 200
    works.carry_all()
    assert lola.get(thread).status == 200


def test_a_large_send_shows_how_far_it_is(clinic: Clinic) -> None:
    """MSG-7: `sending` until the last one has it, in Sent, in its work and in the receipts."""
    world = clinic.world
    crowd = crowds.join(world.maple, 60)
    sent = clinic.send("everybody", to=[world.internal.id]).json
    box, receipts = f"/mailboxes/{world.ada.mailbox}/sent", f"{clinic.path}/{sent['message_id']}/receipts"
    assert clinic.ada.get(box).json["items"][0]["status"] == "sending"
    early = clinic.ada.get(receipts).json
    assert (early["total"], early["delivered_count"]) == (66, 1)
    assert [(item["party"]["name"], item["delivered"], item["reason"]) for item in early["items"][:3]] == [
        ("Dan Sample", False, "left"),
        ("Internal Audit", True, None),
        ("Bea Sample", False, "sending"),
    ]
    view = clinic.ada.get(f"/work/{sent['work_id']}").json
    assert (view["kind"], view["state"], view["done"], view["total"]) == ("dispatch", "waiting", 0, 64)
    works.carry_all()
    assert clinic.ada.get(box).json["items"][0]["status"] is None
    assert clinic.ada.get(f"/work/{sent['work_id']}").json["state"] == "finished"
    done = clinic.ada.get(receipts).json
    assert (done["total"], done["delivered_count"]) == (66, 65)
    assert crowds.who_has(_sent_ids(sent)).keys() > set(crowd)
    assert {record.after["kind"] for record in stored.records("work.finished") if record.after} == {"dispatch"}


def _sent(answer: Answer) -> Sent:
    return _sent_ids(answer.json)


def _sent_ids(sent: Mapping[str, Any]) -> Sent:
    return Sent(message_id=sent["message_id"], thread_id=sent["thread_id"], work_id=sent["work_id"])


class TestReceipts:
    """Delivered and read of each recipient, for the sender alone (MSG-7)."""

    def test_of_those_who_are_named(self, clinic: Clinic) -> None:
        world = clinic.world
        gina = world.browser(world.gina)
        sent = gina.post(
            f"/mailboxes/{world.gina.mailbox}/messages",
            {"to": [world.credentialing.id], "cc": [clinic.lola.mailbox], "subject": "S", "text": "T"},
        ).json
        path = f"/mailboxes/{world.gina.mailbox}/messages/{sent['message_id']}/receipts"
        page = gina.get(path).json
        assert (page["total"], page["delivered_count"], page["next_cursor"]) == (2, 2, None)
        assert [(item["party"]["id"], item["delivered"], item["read_at"]) for item in page["items"]] == [
            (world.credentialing.id, True, None),
            (clinic.lola.mailbox, True, None),
        ]
        lola = world.browser(clinic.lola)
        read_at = world.time.advance(minutes=5)
        assert (
            lola.put(f"/mailboxes/{clinic.lola.mailbox}/messages/{sent['message_id']}/read", {"read": True}).status
            == 200
        )
        box = {"box": "archived"}
        assert lola.put(f"/mailboxes/{clinic.lola.mailbox}/messages/{sent['message_id']}/box", box).status == 200
        assert gina.get(path).json["items"][1]["read_at"] == read_at.isoformat().replace("+00:00", "Z")

    def test_of_who_left_the_thread(self, clinic: Clinic) -> None:
        world = clinic.world
        gina, path = world.browser(world.gina), f"/mailboxes/{world.gina.mailbox}"
        first = gina.post(
            f"{path}/messages",
            {"to": [world.credentialing.id, clinic.lola.mailbox], "subject": "S", "text": "T"},
        ).json
        later.set_status(clinic.lola, "disabled")
        body = {"message_id": first["message_id"], "text": "Again.", "all": True}
        again = gina.post(f"{path}/threads/{first['thread_id']}/replies", body).json
        page = gina.get(f"{path}/messages/{again['message_id']}/receipts").json
        assert (page["total"], page["delivered_count"]) == (2, 1)
        left, there = page["items"]
        assert (left["party"]["name"], left["delivered"], left["reason"]) == ("Lola Sample", False, "left")
        assert (there["party"]["id"], there["delivered"], there["reason"]) == (world.credentialing.id, True, None)

    def test_pages_have_everybody_once(self, clinic: Clinic) -> None:
        crowd = crowds.join(clinic.world.maple, 300)
        sent = clinic.send("everybody").json
        works.carry_all()
        found: list[str] = []
        cursor: str | None = ""
        while cursor is not None:
            page = clinic.ada.get(f"{clinic.path}/{sent['message_id']}/receipts", cursor=cursor).json
            assert 0 < len(page["items"]) <= 25
            found += [item["party"]["id"] for item in page["items"]]
            cursor = page["next_cursor"]
        assert len(found) == len(set(found)) == page["total"] == 305
        assert set(crowd) < set(found)

    def test_for_nobody_but_the_sender(self, clinic: Clinic) -> None:
        """S-AZ-10: not for who received it, and a cursor is for one person and message."""
        world = clinic.world
        crowds.join(world.maple, 30)
        sent, other = clinic.send("everybody").json, clinic.send("everybody").json
        for account in (world.gina, world.peter):
            browser: Browser = world.browser(account)
            path = f"/mailboxes/{account.mailbox}/messages/{sent['message_id']}/receipts"
            assert browser.get(path).status == 404
        cursor = clinic.ada.get(f"{clinic.path}/{sent['message_id']}/receipts").json["next_cursor"]
        assert clinic.ada.get(f"{clinic.path}/{other['message_id']}/receipts", cursor=cursor).code == "bad_cursor"
        amy = world.browser(world.agent("Amy Fictional", world.credentialing))
        assert amy.get(f"{clinic.path}/{sent['message_id']}/receipts").status == 200
        assert amy.get(f"{clinic.path}/{sent['message_id']}/receipts", cursor=cursor).code == "bad_cursor"
