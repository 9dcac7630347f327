"""People register themselves (ACC-1): the answer tells nothing, and what follows happens once."""

import json
import random

import pytest

from chalicelib.core.tables import ShortLivedRow
from tests import delivery, inviting, recovering, stored
from tests.portal import Answer
from tests.ses import Post
from tests.wire import Wire
from tests.world import PASSWORD, World


def _told(answer: Answer) -> str:
    """All of an answer but for its request id."""
    return json.dumps([answer.status, answer.headers, answer.text]).replace(answer.headers["x-request-id"], "…")


def _waiting() -> list[stored.Item]:
    """Requests that have not been looked into."""
    return [item for item in stored.items(ShortLivedRow) if item["cls"]["S"] == "registration"]


def _members(world: World, status: str) -> list[stored.Item]:
    found = stored.everything()["directory"]
    return [item for item in found if item["cls"]["S"] == "membership" and item["status"]["S"] == status]


def test_nobody_can_tell_which_tins_and_addresses_are_known(world: World, wire: Wire) -> None:
    """ACC-1, S-AUTH-07, S-MAIL-04: the same bytes and the same calls with as many items, for every mixture."""
    world.member(world.maple, "Dee Disabled", status="disabled")
    tins = ["000000001", "00-0000002", "999999999"]
    emails = [
        "nora@people.example",
        world.gina.user.email,
        world.peter.user.email,
        world.ada.user.email,
        "dee.disabled@people.example",
    ]
    told, work = set(), set()
    for tin in tins:
        for email in emails:
            wire.forget()
            told.add(_told(inviting.ask(world, tin=tin, email=email)))
            work.add(json.dumps([[operation, _shape(body)] for operation, body in wire.sent]))
    assert len(told) == 1
    assert json.loads(told.pop())[0] == 202
    assert len(work) == 1
    ((operation, items),) = json.loads(work.pop())
    assert operation == "TransactWriteItems"
    assert sorted(items) == ["operation", "outbox", "record", "registration"]


def _shape(body: dict[str, object]) -> list[str]:
    """Kinds of the items that one call writes."""
    items = body["TransactItems"]
    assert isinstance(items, list)
    return [item["Put"]["Item"]["cls"]["S"] for item in items]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"tin": "12345678"}, {("/tin", "wrong_form")}),
        ({"tin": "123-456789"}, {("/tin", "wrong_form")}),
        ({"tin": "１２３４５６７８９"}, {("/tin", "wrong_form")}),
        ({"email": "nora"}, {("/email", "wrong_form")}),
        ({"email": "Nora <nora@people.example>"}, {("/email", "wrong_form")}),
        ({"email": "nora@people.example\r\nBcc: eve@people.example"}, {("/email", "characters_not_allowed")}),
        ({"email": '"n o"@people.example'}, {("/email", "wrong_form")}),
        ({"name": "", "phone": "call me"}, {("/name", "required"), ("/phone", "wrong_form")}),
    ],
)
def test_wrong_forms_are_told(world: World, changes: dict[str, str], fields: set[tuple[str, str]]) -> None:
    """S-IO-07: they say nothing about who exists; nothing is kept."""
    before = stored.business()
    answer = inviting.ask(world, **changes)
    assert (answer.status, answer.fields) == (422, fields)
    assert stored.business() == before


@pytest.mark.parametrize(
    "name", ["Nguyen Thi Anh", "Ana O'Brien-Garcia", "李小龍", "Jörg Müller-Lüdenscheidt", "Pat Office", "Front Desk"]
)
def test_names_of_people_pass_and_shared_ones_are_a_hint(world: World, post: Post, name: str) -> None:
    """ACC-1, ACC-2: whoever verifies sees the hint; nobody is refused."""
    lola, _ = inviting.administrators(world)
    assert inviting.ask(world, name=name).status == 202
    delivery.settle()
    (row,) = world.browser(lola).get("/members", status="verification_pending").json["items"]
    assert row["name"] == name
    expected = ["verification_pending", "looks_shared"] if name == "Front Desk" else ["verification_pending"]
    assert row["attention"] == expected


def test_the_request_waits_for_the_administrators(world: World, post: Post) -> None:
    """ACC-1, S-MAIL-01: they are mailed that somebody waits, not who; what was typed is gone from its place."""
    lola, bea = inviting.administrators(world)
    assert inviting.ask(world).status == 202
    delivery.settle()
    assert post.addresses == sorted([lola.user.email, bea.user.email])
    assert _waiting() == []
    browser = world.browser(lola)
    (row,) = browser.get("/members").json["items"][:1]
    assert (row["name"], row["status"], row["role"]) == ("Nora Newcomer", "verification_pending", "general_user")
    shown = browser.get(f"/members/{row['id']}").json
    assert (shown["access_levels"], shown["moves"]) == ([], ["enable", "reject", "remove"])
    (first,) = browser.get(f"/members/{row['id']}/history").json["items"]
    assert first["by"] == {"name": "Nora Newcomer", "email": "nora.newcomer@people.example"}


@pytest.mark.parametrize("changes", [{"tin": "999999999"}, {"email": "gina.sample@people.example"}])
def test_an_unknown_tin_or_a_member_makes_nothing(world: World, post: Post, changes: dict[str, str]) -> None:
    """ACC-1: the request goes, no mail is sent, nobody comes to be."""
    inviting.administrators(world)
    before = stored.everything()["directory"]
    inviting.ask(world, **changes)
    delivery.settle()
    assert _waiting() == []
    assert post.mails == []
    assert stored.everything()["directory"] == before
    assert len(stored.records("registration.dropped")) == 1


def test_somebody_known_asks_to_join_another_practice(world: World, post: Post) -> None:
    """ACC-8, S-LIM-03: one user, one more membership; those they have stay as they are."""
    inviting.administrators(world)
    before = _members(world, "active")
    inviting.ask(world, email="PETER.Specimen@people.example", name="Pete S.")
    delivery.settle()
    (made,) = _members(world, "verification_pending")
    assert made["user_id"]["S"] == world.peter.user.id
    assert made["email"]["S"] == "PETER.Specimen@people.example"
    assert _members(world, "active") == before
    assert world.browser().sign_in(world.peter.user.email, PASSWORD).status == 201


def test_delivered_fifty_times_it_happens_once(world: World, post: Post) -> None:
    """S-MAIL-06, T11: shuffled with another request, in batches, and again 13 days later."""
    lola, bea = inviting.administrators(world)
    inviting.ask(world)
    inviting.ask(world, name="Paula Newcomer", email="paula@people.example")
    records = delivery.stream_records() * 25
    random.Random(2).shuffle(records)
    delivery.publish(records)
    bodies = delivery.waiting("accounts")
    assert len(bodies) == 50
    while bodies:
        assert delivery.deliver("receive_registrations", bodies[:10]) == []
        bodies = bodies[10:]
    delivery.settle()
    world.time.advance(days=13)
    delivery.settle(again=True)
    assert len(_members(world, "verification_pending")) == 2
    assert post.addresses == sorted([lola.user.email, bea.user.email] * 2)


def test_asking_twice_makes_one_request(world: World, post: Post) -> None:
    lola, bea = inviting.administrators(world)
    for _ in range(2):
        assert inviting.ask(world).status == 202
    delivery.settle()
    assert len(_members(world, "verification_pending")) == 1
    assert post.addresses == sorted([lola.user.email, bea.user.email])


def test_a_rejected_person_is_told_without_reasons(world: World, post: Post) -> None:
    """Section 3: final; the comment stays inside. They may ask again."""
    lola, _ = inviting.administrators(world)
    inviting.ask(world)
    delivery.settle()
    browser = world.browser(lola)
    (row,) = browser.get("/members", status="verification_pending").json["items"]
    path = f"/members/{row['id']}/reject"
    answer = browser.send("POST", path, {"comment": "canary reason"}, {"If-Match": '"1"'})
    assert answer.json["status"] == "rejected"
    delivery.settle()
    (mail,) = inviting.mails_to(post, "nora.newcomer@people.example")
    assert mail.subject == "Your request for the Example Valley Health Plan provider portal"
    assert "canary" not in mail.body
    inviting.ask(world)
    delivery.settle()
    assert len(_members(world, "verification_pending")) == 1


def test_what_people_type_is_in_no_mail_event_record_or_log(
    world: World, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    """NOT-2, S-MAIL-01, AUD-4: canaries in every field, from the request to the account."""
    lola, _ = inviting.administrators(world)
    typed = {"name": "Canary Newcomer", "phone": "555-4242-9", "email": "canary@people.example"}
    with caplog.at_level("INFO"):
        inviting.ask(world, **typed)
        inviting.ask(world, tin="424242424", name="Canary Stranger", email="canary2@people.example")
        delivery.settle()
        browser = world.browser(lola)
        (row,) = browser.get("/members", status="verification_pending").json["items"]
        browser.send("POST", f"/members/{row['id']}/enable", {"comment": "canary"}, {"If-Match": '"1"'})
        token = inviting.token(post, "canary@people.example")
        assert inviting.complete(world, token, name="Canary Completed").status == 200
        delivery.settle()
    mails = json.dumps([[mail.subject, mail.body] for mail in post.mails])
    logs = "".join(record.getMessage() for record in caplog.records)
    assert len(post.mails) == 3
    for place in (mails, json.dumps(stored.outbox()), json.dumps(stored.everything()["journal"]), logs):
        for secret in ("canary", "4242", "000000001", "Maple"):
            assert secret.lower() not in place.lower(), secret
    assert token not in json.dumps(stored.outbox()) + json.dumps(stored.everything()["journal"]) + logs


def _accounts() -> dict[tuple[str, str], stored.Item]:
    found = [item for item in stored.everything()["directory"] if item["cls"]["S"] in ("user", "membership")]
    return {(item["pk"]["S"], item["sk"]["S"]): item for item in found}


def test_strangers_change_nobodys_status(world: World, post: Post) -> None:
    """S-LIM-03: whatever an unauthenticated party sends, accounts and live links stay as they are."""
    lola, _ = inviting.administrators(world)
    inviting.create(world.browser(lola))
    token = inviting.token(post)
    before = _accounts()
    chance = random.Random(3)
    emails = [account.user.email for account in (world.gina, world.peter, world.ada, lola)]
    emails.append("nora.newcomer@people.example")
    for _ in range(30):
        inviting.ask(world, email=chance.choice(emails), tin=chance.choice(["000000001", "999999999"]))
        inviting.complete(world, "A" * 43)
        inviting.look(world, "B" * 43)
        recovering.set_password(world, "C" * 43)
    delivery.settle()
    after = _accounts()
    assert {key: after[key] for key in before} == before
    assert inviting.look(world, token).status == 200
