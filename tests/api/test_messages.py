"""Messages by the API, on moto."""

import json

from tests.world import World

LAMBDA_ANSWERS = 6 * 1024 * 1024


def _message(world: World, **changes: object) -> dict[str, object]:
    return {"to": [world.credentialing.id], "subject": "A question", "text": "Hello.", **changes}


def test_a_message_goes_to_a_department_and_back(world: World) -> None:
    """MSG-1, MSG-3, MSG-4, MSG-5."""
    gina, ada = world.browser(world.gina), world.browser(world.ada)
    sent = gina.post(f"/mailboxes/{world.gina.mailbox}/messages", _message(world, urgent=True))
    assert sent.status == 201, sent.text

    row = ada.get(f"/mailboxes/{world.ada.mailbox}/inbox").json["items"][0]
    assert (row["subject"], row["party"], row["urgent"], row["unread"]) == ("A question", "Gina Sample", True, True)
    assert ada.get("/mailboxes").json["items"][0]["unread"] == 1
    thread = ada.get(f"/mailboxes/{world.ada.mailbox}/threads/{row['thread_id']}")
    assert thread.json["messages"][0]["text"] == "Hello."
    assert thread.json["organization"]["name"] == "Maple Example Clinic"
    read = ada.put(f"/mailboxes/{world.ada.mailbox}/messages/{row['message_id']}/read", {"read": True})
    assert read.json == {"message_id": row["message_id"], "unread": False}
    assert ada.get("/mailboxes").json["items"][0]["unread"] == 0

    world.time.advance(minutes=1)
    answer = ada.post(
        f"/mailboxes/{world.ada.mailbox}/threads/{row['thread_id']}/replies",
        {"message_id": row["message_id"], "text": "Certainly."},
    )
    assert answer.status == 201, answer.text
    assert gina.get("/mailboxes").json["items"][0]["unread"] == 1
    inbox = gina.get(f"/mailboxes/{world.gina.mailbox}/inbox").json["items"]
    assert [(entry["party"], entry["subject"]) for entry in inbox] == [("Credentialing Team", "A question")]
    mine = gina.get(f"/mailboxes/{world.gina.mailbox}/threads/{row['thread_id']}").json["messages"]
    assert [(message["from"]["name"], message["box"]) for message in mine] == [
        ("Credentialing Team", "inbox"),
        ("Gina Sample", "sent"),
    ]


def test_a_thread_of_the_longest_messages_can_be_opened(world: World) -> None:
    """MSG-2, MSG-5, S-IO-04: page by page, each within what Lambda answers with; nothing is left out."""
    gina, path, text = world.browser(world.gina), f"/mailboxes/{world.gina.mailbox}", "\U0001f600" * 20_000
    sent = gina.post(f"{path}/messages", _message(world, text=text)).json
    for _ in range(3):
        forward = f"{path}/threads/{sent['thread_id']}/messages/{sent['message_id']}/forward"
        sent = gina.post(forward, {"to": [world.credentialing.id], "text": text}).json
    thread = f"{path}/threads/{sent['thread_id']}"
    for _ in range(24):
        world.time.advance(seconds=1)
        assert gina.post(f"{thread}/replies", {"message_id": sent["message_id"], "text": text}).status == 201
    ada, opened = world.browser(world.ada), f"/mailboxes/{world.ada.mailbox}/threads/{sent['thread_id']}"
    pages = [ada.get(opened)]
    while pages[-1].json["next_cursor"]:
        pages.append(ada.get(opened, cursor=pages[-1].json["next_cursor"]))
    # As the runtime of Lambda writes it.
    assert all(len(json.dumps({"body": page.text, "headers": page.headers})) < LAMBDA_ANSWERS for page in pages)
    found = [message["id"] for page in pages for message in page.json["messages"]]
    assert (len(found), found) == (25, sorted(found, reverse=True))
    assert gina.post(f"{thread}/prints", None).status == 204
