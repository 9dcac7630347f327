"""The part of the day in which an agent works at the desk of a department (MSG-6)."""

from collections.abc import Callable
from typing import Any

from tests.portal import Browser

Ask = Callable[..., Any]
"""`Journey.ask`: browser, method, path, body, status; the answer."""


def work(ask: Ask, agent: Browser, user_id: str, mailbox_id: str, thread_id: str) -> None:
    """Every list, every move, notes, and who is writing an answer."""
    desk = f"/mailboxes/{mailbox_id}"
    for state in ("waiting", "answered", "closed", "all_open"):
        for mine in ("true", "false"):
            ask(agent, "GET", f"{desk}/conversations?state={state}&mine={mine}")
    ask(agent, "GET", f"{desk}/agents")
    path = f"{desk}/conversations/{thread_id}"
    version = ask(agent, "GET", path)["conversation"]["version"]
    for move in ("claim", "release", "reassign", "close", "reopen"):
        body = {"move": move, **({"to": user_id} if move == "reassign" else {})}
        version = ask(agent, "POST", f"{path}/moves", body, version=version)["version"]
    ask(agent, "POST", f"{path}/notes", {"text": "Ask again on Monday."}, 201)
    ask(agent, "GET", f"{path}/notes")
    for _ in range(2):
        ask(agent, "PUT", f"{path}/answering", {})
    ask(agent, "DELETE", f"{path}/answering", status=204)
