"""The part of the day in which somebody writes drafts, forwards, prints, reports, withdraws (MSG-2, MSG-5, MSG-9)."""

from collections.abc import Callable
from typing import Any

from tests.portal import Browser
from tests.world import World

Ask = Callable[..., Any]
"""`Journey.ask`: browser, method, path, body, status; the answer."""


def write(ask: Ask, world: World, gina: Browser, thread_id: str, message_id: str) -> None:
    """What a member does with a message that she sent with its files, and with her drafts."""
    box = f"/mailboxes/{world.gina.mailbox}"
    contents = {"to": [world.credentialing.id, world.gina.mailbox], "subject": "Later", "text": "To be gone on with"}
    unwanted = ask(gina, "POST", f"{box}/drafts", contents, 201)["id"]
    upload = {"upload_ids": ["upl_00000000000000000000000000"]}
    draft = ask(gina, "POST", f"{box}/drafts", contents, 201)["id"]
    ask(gina, "PUT", f"{box}/drafts/{draft}", contents | upload, version=0)
    ask(gina, "GET", f"{box}/drafts")
    ask(gina, "GET", f"{box}/drafts/{draft}")
    ask(gina, "DELETE", f"{box}/drafts/{unwanted}", status=204)
    forward = {"to": [world.eligibility.id], "text": "Please look.", "draft_id": draft}
    message = f"{box}/threads/{thread_id}/messages/{message_id}"
    forwarded = ask(gina, "POST", f"{message}/forward", forward, 201)
    ask(gina, "POST", f"{box}/threads/{thread_id}/prints", {}, 204)
    of = {"thread_id": forwarded["thread_id"]}
    ask(gina, "POST", f"{box}/messages/{forwarded['message_id']}/recall", of)


def keep(ask: Ask, world: World, thread_id: str, work: Callable[[], None]) -> None:
    """A hold is set and lifted by two, one more stays; an auditor takes the thread out for the record."""
    paula = world.browser(world.agent("Pamela Fictional", roles=("plan_administrator",)))
    audra = world.browser(world.agent("Alba Fictional", roles=("auditor",)))
    for kind, id_ in (("organization", world.maple.id), ("thread", thread_id), ("user", world.peter.user.id)):
        body = {"subject": {"kind": kind, "id": id_}, "reason": "Matter 7"}
        moves = f"/legal-holds/{ask(paula, 'POST', '/legal-holds', body, 201)['id']}/moves"
        ask(audra, "POST", moves, {"move": "confirm"}, version=0)
        if kind != "user":
            ask(audra, "POST", moves, {"move": "ask_to_lift", "reason": "Closed"}, version=1)
            ask(paula, "POST", moves, {"move": "confirm_lift"}, version=2)
    found = ask(audra, "GET", "/legal-holds")["items"]
    ask(audra, "GET", f"/legal-holds/{found[0]['id']}")
    asked = ask(audra, "POST", f"/records/threads/{thread_id}/export", {"reason": "Matter 7"}, 202)
    work()
    ask(audra, "GET", f"/work/{asked['work_id']}/result")
    ask(audra, "GET", "/deletions")


def report(ask: Ask, world: World, agent: Browser, thread_id: str, message_id: str) -> None:
    """An agent reports a message that came in error; the plan looks into it."""
    path = f"/mailboxes/{world.ada.mailbox}/messages/{message_id}/misdirected"
    ask(agent, "POST", path, {"thread_id": thread_id})
    paula = world.browser(world.agent("Petra Fictional", roles=("plan_administrator",)))
    (found,) = ask(paula, "GET", "/misdirected")["items"]
    ask(paula, "POST", f"/misdirected/{found['id']}/close", {"comment": "Called them."})
    ask(paula, "GET", "/misdirected?state=closed")
