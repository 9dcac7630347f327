"""What people do by registering and by mailed links leaves its record in the same transaction (AUD-1, S-AUD-02)."""

import pytest

from chalicelib.core import tables
from tests import delivery, inviting, recovering, stored
from tests.ses import Post
from tests.wire import Wire
from tests.world import World


def _written(wire: Wire) -> list[str]:
    """Actions of the records in the one transaction that was sent; beside it only attempts are counted (S-LIM-01)."""
    beside = [body for operation, body in wire.sent if operation in ("PutItem", "UpdateItem", "DeleteItem")]
    assert [body for body in beside if not body.get("Key", {"pk": {"S": ""}})["pk"]["S"].startswith("THROTTLE#")] == []
    (items,) = [body["TransactItems"] for operation, body in wire.sent if operation == "TransactWriteItems"]
    journal = tables.table_name(tables.JournalRow.table)
    puts = [item["Put"]["Item"] for item in items if item.get("Put", {}).get("TableName") == journal]
    return sorted(item["action"]["S"] for item in puts)


def test_asking(world: World, wire: Wire) -> None:
    """In the plan's journal, by nobody: whose it is comes out later, and then in the practice's."""
    wire.forget()
    inviting.ask(world)
    assert _written(wire) == ["registration.requested"]
    (asked,) = stored.records("registration.requested")
    assert (asked.pk, asked.actor_kind, asked.actor_id) == ("JOURNAL#plan", "system", "registration")
    assert asked.address
    assert asked.request_id.startswith("req_")
    delivery.settle()
    (registered,) = stored.records("member.registered")
    assert (registered.pk, registered.request_id) == (f"JOURNAL#{world.maple.id}", asked.request_id)
    assert registered.after["status"] == "verification_pending"


def test_completing(world: World, wire: Wire, post: Post) -> None:
    lola, _ = inviting.administrators(world)
    inviting.create(world.browser(lola))
    token = inviting.token(post)
    (issued,) = stored.records("link.issued")
    assert issued.after["purpose"] == "registration"
    wire.forget()
    inviting.look(world, token)
    assert "TransactWriteItems" not in wire.operations
    wire.forget()
    inviting.complete(world, token)
    assert _written(wire) == ["member.accepted", "registration.completed"]
    for record in stored.records("member.accepted", "registration.completed"):
        assert (record.pk, record.actor_kind) == (f"JOURNAL#{world.maple.id}", "linkholder")


@pytest.mark.parametrize("wrong", [False, True])
def test_setting_a_new_password(world: World, wire: Wire, post: Post, wrong: bool) -> None:
    """What is refused writes nothing."""
    lola, _ = inviting.administrators(world)
    recovering.with_questions(world, world.gina)
    world.browser(lola).post(f"/members/{world.gina.mailbox}/password-reset-email", {})
    token = inviting.token(post, world.gina.user.email, "reset")
    recovering.answers(world, token, recovering.right_answers(world, token))
    wire.forget()
    recovering.set_password(world, token, "short" if wrong else inviting.NEW_PASSWORD)
    if wrong:
        assert "TransactWriteItems" not in wire.operations
        return
    assert _written(wire) == ["password.changed", "recovery.completed"]
    (record,) = stored.records("password.changed")
    assert (record.actor_kind, record.actor_id, record.object_id) == ("linkholder", *[world.gina.user.id] * 2)


def test_signing_in_to_accept(world: World, wire: Wire, post: Post) -> None:
    lola, _ = inviting.administrators(world)
    inviting.create(world.browser(lola), "Peter Specimen")
    wire.forget()
    world.browser(world.peter)
    assert _written(wire) == ["member.accepted", "session.started"]


def test_a_seat_that_moves_by_registering(world: World, post: Post) -> None:
    """ORG-5: the record names both, though only one of them did something."""
    lola, _ = inviting.administrators(world)
    browser = world.browser(lola)
    made = inviting.create(browser)
    browser.post("/roster/handover", {"membership_id": made, "former_becomes": "general_user"})
    assert inviting.complete(world, inviting.token(post)).status == 200
    (moved,) = stored.records("administrators.handed_over")
    assert (moved.pk, moved.object_id, moved.before) == (f"JOURNAL#{world.maple.id}", made, {"seat": lola.mailbox})
    assert moved.after == {"seat": made, "former_becomes": "general_user"}


def test_a_place_at_the_plan_accepted_by_signing_in(world: World, wire: Wire) -> None:
    """ACC-11: in the plan's journal, though they sign in as a member of a practice."""
    pat = world.agent("Pat Fictional", roles=("plan_administrator",))
    new = {"name": "P. Specimen", "email": world.peter.user.email, "phone": "555-0100-7", "roles": ["auditor"]}
    assert world.browser(pat).post("/staff", new).status == 201
    wire.forget()
    world.browser(world.peter)
    assert _written(wire) == ["session.started", "staff.accepted"]
    (record,) = stored.records("staff.accepted")
    assert (record.pk, record.object_id) == ("JOURNAL#plan", world.peter.user.id)
    assert (record.before["status"], record.after["status"]) == ("unverified", "active")
