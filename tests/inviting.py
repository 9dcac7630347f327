"""People on their way into the portal: asking, being invited, and the links they are mailed."""

import re
from datetime import timedelta
from typing import Any

from moto.ses.models import Message

from chalicelib.accounts import store as accounts
from chalicelib.core import access, links
from chalicelib.core.change import Change
from chalicelib.core.journal import Entry
from chalicelib.core.links import Purpose
from tests import delivery
from tests.portal import Answer, Browser
from tests.ses import Post
from tests.world import Account, World

NEW_PASSWORD = "Sturdy-Lantern-61"
ANSWERS: dict[str, Any] = {
    "questions": [
        {"question": "first_pet", "answer": "Sir Barksalot"},
        {"question": "lost_thing", "answer": "The blue kite"},
        {"question": "best_gift", "answer": "A trumpet"},
    ]
}
"""What registering asks besides: three questions (CRD-3)."""
_LINK = re.compile(
    r"http://localhost:8000/(register|reset|confirm-email|set-up|confirm-notice-address|nominate)#([A-Za-z0-9_-]{43})\n"
)


def administrators(world: World) -> tuple[Account, Account]:
    """The local administrator of Maple and a backup."""
    return (
        world.member(world.maple, "Lola Sample", role="local_administrator"),
        world.member(world.maple, "Bea Sample", role="backup_administrator"),
    )


def form(**changes: str) -> dict[str, str]:
    """What somebody types to register themselves with Maple."""
    typed = {
        "name": "Nora Newcomer",
        "email": "nora.newcomer@people.example",
        "phone": "555-0100-7",
        "tin": "000000001",
    }
    return typed | changes


def ask(world: World, **changes: str) -> Answer:
    return world.browser().post("/registrations", form(**changes))


def create(administrator: Browser, name: str = "Nora Newcomer", **changes: Any) -> str:
    """An administrator creates an account; its id."""
    email = f"{name.lower().replace(' ', '.')}@people.example"
    answer = administrator.post("/members", {"name": name, "email": email, "phone": "555-0100-7", **changes})
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


def link(world: World, user_id: str, purpose: Purpose, address: str = "", **subject: str) -> str:
    """The token of a link as the mail handler mints it, for half an hour."""
    planned = Change(access.system("test"), Entry(action="test.link"), world.time.now)
    address = address or accounts.user(user_id).email
    ends_at = world.time.now + timedelta(minutes=30)
    token = links.issue(planned, purpose, user_id, address, ends_at, subject)
    planned.commit(None)
    return token


def mails_to(post: Post, address: str) -> list[Message]:
    return [mail for mail in post.mails if mail.destinations["ToAddresses"] == [address]]


def token_in(mail: Message, page: str = "register") -> str:
    """The token of the one link in a mail."""
    ((found, token),) = _LINK.findall(mail.body)
    assert found == page
    return str(token)


def token(post: Post, address: str = "nora.newcomer@people.example", page: str = "register") -> str:
    """The token in the last mail to an address with a link to a page, once everything has been carried."""
    delivery.settle()
    return token_in([mail for mail in mails_to(post, address) if f"/{page}#" in mail.body][-1], page)


def complete(world: World, token: str, **changes: Any) -> Answer:
    body = {"token": token, "name": "Nora Newcomer", "password": NEW_PASSWORD, "accept_terms": True, **ANSWERS}
    return world.browser().post("/registrations/complete", body | changes)


def look(world: World, token: str) -> Answer:
    return world.browser().post("/registrations/look", {"token": token})
