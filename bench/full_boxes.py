"""Boxes of 10^2 to 10^5 messages, each a member's inbox, and that member's browser."""

import random
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app import app
from bench import stand
from bench.meter import Cost, Meter
from chalicelib.core import ids
from chalicelib.messages.domain import Entry
from chalicelib.messages.store import boxes
from tests.portal import Answer, Browser, in_process
from tests.world import PASSWORD, START, World

SIZES = (100, 1_000, 10_000, 100_000)
# Change it with what is seeded: a seed of another name is made anew.
SEED = "boxes-3"
BEFORE = 3
"""Session, user and membership are read before the page."""

_WHO = ("Credentialing Team", "Zoë Sample", "Ana Example", "Eligibility and Enrollment Team", "Bo Specimen")
_WHAT = ("Records for the appeal", "Question about a claim", "Coverage of a visit", "Form that was missing")


class Box:
    """One of them."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._browser = Browser(in_process(app))
        answer = self._browser.sign_in(_email(size), PASSWORD)
        assert answer.status == 201, answer.text
        self._path = f"/mailboxes/{_good(self._browser.get('/mailboxes'))['items'][0]['id']}/inbox"

    def page(self, **query: str) -> Any:
        """A page of it, as the portal polls for it."""
        return _good(self._browser.get(self._path, background=True, **query))

    def metered(self, meter: Meter, **query: str) -> tuple[Any, Cost]:
        """A page and what it cost."""
        meter.read()
        page = self.page(**query)
        return page, meter.read()

    def __str__(self) -> str:
        return f"{self.size:,}"


def _good(answer: Answer) -> Any:
    assert answer.status == 200, answer.text
    return answer.json


def _email(size: int) -> str:
    return f"box.{size}@people.example"


def seed() -> Iterator[tuple[str, stand.Item]]:
    """A member for each size, with that many messages in their inbox."""
    world = World(in_process(app))
    for size in SIZES:
        account = world.member(world.maple, f"Box {size}")
        assert account.user.email == _email(size)
        yield from (("mail", row) for row in _rows(account.mailbox, size))


def _rows(mailbox_id: str, count: int) -> Iterator[stand.Item]:
    """Few names and subjects, as in life; one message in the middle is about something else."""
    chance = random.Random(6)  # noqa: S311 - made-up messages
    for number in range(count):
        at = START - timedelta(minutes=count - number)
        subject = f"{chance.choice(_WHAT)} of month {chance.randrange(1, 13)}, no. {number}"
        entry = Entry(
            mailbox_id=mailbox_id,
            box="inbox",
            message_id=ids.sortable("msg", at),
            thread_id=ids.sortable("thr", at),
            subject="The rarest of all" if number == count // 2 else subject,
            party=chance.choice(_WHO),
            urgent=chance.random() < 0.05,
            has_attachments=chance.random() < 0.3,
            received_at=at,
            unread=False,
        )
        yield boxes.entry_row(entry).to_dynamodb_dict()
