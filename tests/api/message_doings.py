"""What is done with messages beside sending and filing, by a route each, and the record it leaves (S-AUD-02)."""

from typing import Any

from tests.api.account_doings import KEY, Do, Doing
from tests.belongings import reported
from tests.portal import Browser
from tests.world import World


def received(world: World) -> dict[str, str]:
    """A message of a colleague's in Gina's inbox; its ids."""
    return world.write(world.member(world.maple, f"Cole Sample {world.number()}"), world.gina)


def _path(world: World) -> str:
    return f"/mailboxes/{world.gina.mailbox}"


def _forward(world: World, gina: Browser) -> Do:
    got = received(world)
    path = f"{_path(world)}/threads/{got['thread_id']}/messages/{got['message_id']}/forward"
    return lambda: gina.post(path, {"to": [world.credentialing.id]}, KEY)


def _print(world: World, gina: Browser) -> Do:
    path = f"{_path(world)}/threads/{received(world)['thread_id']}/prints"
    return lambda: gina.post(path, {})


def _report(world: World, gina: Browser) -> Do:
    got = received(world)
    path = f"{_path(world)}/messages/{got['message_id']}/misdirected"
    return lambda: gina.post(path, {"thread_id": got["thread_id"]})


def _recall(world: World, gina: Browser) -> Do:
    sent = world.write(world.gina, world.ada)
    path = f"{_path(world)}/messages/{sent['message_id']}/recall"
    return lambda: gina.post(path, {"thread_id": sent["thread_id"]}, KEY)


def _close(world: World, paula: Browser) -> Do:
    # Between departments, so that it is in the plan's journal.
    got = world.write(world.agent("Edith Fictional", world.eligibility), world.ada)
    path = f"/misdirected/{reported(world.ada, got)}/close"
    return lambda: paula.post(path, {"comment": "Because"})


def _draft(world: World, gina: Browser) -> Any:
    return gina.post(f"{_path(world)}/drafts", {"text": "Text"}).json["id"]


def _begin(world: World, gina: Browser) -> Do:
    return lambda: gina.post(f"{_path(world)}/drafts", {"text": "Text"}, KEY)


def _save(world: World, gina: Browser) -> Do:
    path = f"{_path(world)}/drafts/{_draft(world, gina)}"
    return lambda: gina.send("PUT", path, {"text": "Other"}, {"If-Match": '"0"'})


def _discard(world: World, gina: Browser) -> Do:
    path = f"{_path(world)}/drafts/{_draft(world, gina)}"
    return lambda: gina.delete(path)


def _broadcast(world: World, ada: Browser) -> Do:
    body = {"mailbox_id": world.ada.mailbox, "to": "everybody", "tins": [world.maple.tin]}
    return lambda: ada.post("/broadcasts", {**body, "subject": "Subject", "text": "Text"}, KEY)


DOINGS: dict[str, Doing] = {
    "POST /mailboxes/{mailbox_id}/threads/{thread_id}/messages/{message_id}/forward": Doing(
        "message.forwarded", _forward, records=2
    ),
    "POST /mailboxes/{mailbox_id}/threads/{thread_id}/prints": Doing("message.printed", _print),
    "POST /mailboxes/{mailbox_id}/messages/{message_id}/misdirected": Doing("message.misdirected", _report),
    "POST /mailboxes/{mailbox_id}/messages/{message_id}/recall": Doing("message.withdrawn", _recall),
    "POST /misdirected/{report_id}/close": Doing("misdirected.closed", _close, "paula"),
    "POST /broadcasts": Doing("broadcast.started", _broadcast, "ada"),
    "POST /mailboxes/{mailbox_id}/drafts": Doing("draft.begun", _begin),
    "PUT /mailboxes/{mailbox_id}/drafts/{draft_id}": Doing("draft.saved", _save),
    "DELETE /mailboxes/{mailbox_id}/drafts/{draft_id}": Doing("draft.discarded", _discard),
}
