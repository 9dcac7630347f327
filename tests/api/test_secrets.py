"""Nobody but the person ever has their secrets: a scan of everything over a whole journey (AUD-4, S-SESS-01)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from chalicelib.core import aws
from tests import delivery, inviting, later, stored
from tests.portal import Answer, Browser
from tests.proofs import App
from tests.ses import Post
from tests.world import World

NORA = "nora.newcomer@people.example"


class Tapped(Browser):
    """A browser that keeps the address of every request."""

    def __init__(self, world: World) -> None:
        super().__init__(world._send)
        self.addresses: list[str] = []
        self.cookies = set[str]()

    def send(self, method: str, path: str, body: Any = None, headers: Mapping[str, str | None] | None = None) -> Answer:
        self.addresses.append(path)
        return super().send(method, path, body, headers)

    def keep(self, answer: Answer) -> Answer:
        assert answer.status < 300, answer.text
        kept = super().keep(answer)
        self.cookies |= {cookie.split("=", 1)[1] for cookie in (self.cookie, self.device) if cookie}
        return kept


@pytest.fixture
def queued(cloud: None) -> Iterator[list[str]]:
    """What goes into queues."""
    bodies: list[str] = []

    def hear(params: Any, **_: object) -> None:
        bodies.append(json.dumps(params["body"], default=repr))

    events = aws.sqs().meta.events
    events.register("before-call.sqs", hear)
    yield bodies
    events.unregister("before-call.sqs", hear)


def _answers(*texts: str) -> list[dict[str, str]]:
    asked = ("first_pet", "lost_thing", "best_gift")
    return [{"question": question, "answer": text} for question, text in zip(asked, texts, strict=True)]


def test_no_secret_is_anywhere_in_clear(
    world: World, post: Post, queued: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """S-AUD-03, S-AUTH-08, S-AUTH-09, S-SESS-01: all of hers; links in one mail each."""
    passwords = ["Canary-Harbor-11", "Canary-Lantern-22", "Canary-Meadow-33"]
    first, second = ("Canary Rex", "Canary kite", "Canary drum"), ("Canary Bello", "Canary sled", "Canary flute")
    lola, _ = inviting.administrators(world)
    browser, codes = Tapped(world), list[str]()
    with caplog.at_level("INFO"):
        inviting.create(world.browser(lola), role="backup_administrator")
        later.ask_for_factors()
        tokens = [inviting.token(post)]
        offered = browser.post("/registrations/factor", {"token": tokens[0]}).json
        app = App(offered["secret"], world.time)
        codes.append(app.code())
        body = {"token": tokens[0], "name": "Nora Newcomer", "password": passwords[0], "accept_terms": True}
        registered = browser.post("/registrations/complete", {**body, "questions": _answers(*first), "code": codes[-1]})
        assert registered.status == 200, registered.text
        recovery_codes = registered.json["recovery_codes"]
        browser.sign_in(NORA, passwords[0])
        codes.append(app.fresh_code())
        browser.give_code(codes[-1])
        codes.append(app.fresh_code())
        browser.prove(passwords[0], codes[-1])
        codes.append(app.fresh_code())
        changed = {"current": passwords[0], "password": passwords[1], "code": codes[-1]}
        browser.keep(browser.put("/profile/password", changed))
        assert browser.put("/profile/questions", {"questions": _answers(*second)}).status == 204
        # The notices of both changes first: mails of one carrying come in any order.
        delivery.settle()
        browser.post("/password-resets", {"email": NORA})
        tokens.append(inviting.token(post, page="reset"))
        asked = browser.post("/recovery/look", {"token": tokens[1]}).json["questions"]
        known = {one["question"]: one["answer"] for one in _answers(*second)}
        given = [known[question] for question in asked]
        assert browser.post("/recovery/answers", {"token": tokens[1], "answers": given}).status == 200
        assert browser.post("/recovery/factor", {"token": tokens[1], "code": recovery_codes[0]}).status == 200
        assert browser.post("/recovery/password", {"token": tokens[1], "password": passwords[2]}).status == 204
        delivery.settle()
    secrets = [*passwords, *first, *second, app.secret, *tokens, *recovery_codes, *browser.cookies]
    assert len(browser.cookies) >= 4
    logs = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    places = {
        "tables": stored.dump(),
        "logs": logs,
        "queues": "\n".join(queued),
        "addresses": "\n".join(browser.addresses),
    }
    assert all(places.values())
    found = [(place, secret) for place, text in places.items() for secret in secrets if secret in text]
    assert found == []
    # Six digits may be part of something else anywhere; none of them stands by itself.
    assert [code for code in codes for text in places.values() if f'"{code}"' in text] == []
    mails = [mail.body for mail in post.mails]
    for secret in secrets:
        assert sum(secret in mail for mail in mails) == (1 if secret in tokens else 0)
