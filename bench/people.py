"""Two people with a full portal before them, and a good request of theirs to every route."""

import json
import uuid
from datetime import timedelta
from typing import Any

import msgspec

from app import app
from chalicelib.attachments import store as uploads
from chalicelib.attachments.domain import Upload
from chalicelib.core import aws, config, ids
from chalicelib.core.access import Member
from chalicelib.core.http import Route
from chalicelib.messages import store as messages
from chalicelib.messages.domain import PAGE, Entry
from tests import uploading
from tests.api.every_route import MUTATING, Request, places, sample
from tests.portal import in_process
from tests.settings import ORIGIN
from tests.world import PASSWORD, START, Account, World

# What a request asks for, where the plainest value would change nothing or is known by another name.
_ASKED: dict[str, dict[str, Any]] = {
    "PUT /mailboxes/{mailbox_id}/messages/{message_id}/read": {"read": True},
    "PUT /mailboxes/{mailbox_id}/messages/{message_id}/box": {"box": "archived"},
}


class Person(msgspec.Struct, frozen=True):
    """Somebody who asks: their cookie, and values that are good for them, by the names of fields."""

    name: str
    account: Account
    cookie: str
    known: dict[str, Any]

    def may(self, route: Route) -> bool:
        """Whether the route is open to them."""
        if route.who.public:
            return False
        return any(part.fits(self.account.actor) for part in route.who.parts)

    @property
    def is_member(self) -> bool:
        """Whether they act for a practice."""
        return isinstance(self.account.actor, Member)


def people() -> list[Person]:
    """A member and an agent: each has a full box, a thread with a file, an upload that arrived."""
    world = World(in_process(app))
    for _ in range(PAGE):
        world.member(world.maple, f"Member Sample {world.number()}")
    return [_person("member", world, world.gina), _person("agent", world, world.ada)]


def _person(name: str, world: World, account: Account) -> Person:
    browser = world.browser(account)
    _fill(account.mailbox)
    received = _received(world, account)
    sent = uploading.announce(browser, account.mailbox)
    key = str(sent["fields"]["key"])
    aws.s3().put_object(Bucket=config.current().quarantine_bucket, Key=key, Body=uploading.PDF)
    known = {
        **uploading.announcement(account.mailbox),
        **received,
        "upload_id": sent["upload_id"],
        "box": "inbox",
        "to": [world.credentialing.id],
        "email": account.user.email,
        "password": PASSWORD,
    }
    return Person(name, account, str(browser.cookie), known)


def _received(world: World, account: Account) -> dict[str, Any]:
    """A thread of two messages, of which the one that the person received has a file; ids."""
    asked, answered = ([], [_ready(world.ada)]) if account is world.gina else ([_ready(world.gina)], [])
    question = world.write(world.gina, world.ada, upload_ids=asked)
    reply = {"message_id": question["message_id"], "text": "T", "upload_ids": answered}
    path = f"/mailboxes/{world.ada.mailbox}/threads/{question['thread_id']}/replies"
    answer = world.browser(world.ada).post(path, reply)
    assert answer.status == 201, answer.text
    received = answer.json["message_id"] if account is world.gina else question["message_id"]
    return {**question, "message_id": received, "attachment_id": (asked + answered)[0]}


def _ready(account: Account) -> str:
    """Id of an upload that may be sent."""
    actor = account.actor
    upload = Upload(
        id=ids.new("upl"),
        user_id=actor.id,
        mailbox_id=account.mailbox,
        organization_id=actor.organization_id if isinstance(actor, Member) else None,
        file_name="form.pdf",
        content_type="application/pdf",
        size=len(uploading.PDF),
        sha256="",
        state="ready",
        created_at=START,
    )
    uploads.upload_row(upload).save()
    return upload.id


def _fill(mailbox_id: str) -> None:
    """More messages in an inbox than a page holds."""
    for number in range(PAGE + 5):
        at = START - timedelta(days=1, minutes=number)
        entry = Entry(
            mailbox_id=mailbox_id,
            box="inbox",
            message_id=ids.sortable("msg", at),
            thread_id=ids.new("thr"),
            subject="Earlier",
            party="Credentialing Team",
            urgent=False,
            has_attachments=False,
            received_at=at,
            unread=False,
        )
        messages.entry_row(entry).save()


def request(route: Route, person: Person | None) -> Request:
    """A good request to a route; by nobody in particular where there is no person."""
    known = dict(person.known if person else {}) | _ASKED.get(name(route), {})
    parameters = route.parameters
    headers = {"host": "localhost:8000", "user-agent": "test browser"}
    if person is not None and not route.who.public:
        headers["cookie"] = person.cookie
    if route.method in MUTATING:
        headers |= {"origin": ORIGIN, "x-portal-csrf": "1", "content-type": "application/json"}
    if route.creates:
        headers["idempotency-key"] = uuid.uuid4().hex
    query = sample(parameters["query"], known) if "query" in parameters else {}
    body = sample(parameters["body"], known) if "body" in parameters else None
    return Request(
        method=route.method,
        path=route.path,
        path_values={place: sample(parameters[place], known, place) for place in places(route)},
        query={field: [str(value)] for field, value in query.items() if value not in (None, "")},
        headers=headers,
        body=None if body is None else json.dumps(body).encode(),
    )


def name(route: Route) -> str:
    """As the table of least calls names it."""
    return f"{route.method} {route.path}"
