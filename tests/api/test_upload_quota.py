"""How much one person sends in a day (S-FILE-02)."""

from datetime import timedelta

from chalicelib.attachments.domain import LARGEST_FILE, MOST_A_DAY
from tests import stored
from tests.portal import Answer, Browser
from tests.uploading import announcement
from tests.world import World

PIECES = MOST_A_DAY // LARGEST_FILE


def _announce(browser: Browser, mailbox_id: str, size: int) -> Answer:
    return browser.post("/uploads", announcement(mailbox_id, size=size))


def test_five_hundred_mebibytes_a_day(world: World) -> None:
    """S-FILE-02: to the byte, by person, whatever becomes of the files; a new day at midnight UTC."""
    world.time.advance(seconds=(timedelta(days=1) - _of_day(world)).total_seconds())
    gina = world.browser(world.gina)
    for _ in range(PIECES - 1):
        assert _announce(gina, world.gina.mailbox, LARGEST_FILE).status == 201
    assert _announce(gina, world.gina.mailbox, LARGEST_FILE - 1).status == 201
    assert _announce(gina, world.gina.mailbox, 1).status == 201
    before = stored.business()
    answer = _announce(gina, world.gina.mailbox, 1)
    assert (answer.status, answer.code) == (429, "upload_quota")
    assert 86_000 < int(answer.headers["retry-after"]) <= 86_401
    assert stored.business() == before
    peter = world.browser(world.peter)
    assert _announce(peter, world.peter.mailbox, LARGEST_FILE).status == 201
    world.time.advance(seconds=(timedelta(days=1) - _of_day(world)).total_seconds() - 1)
    gina = world.browser(world.gina)
    assert _announce(gina, world.gina.mailbox, 1).status == 429
    world.time.advance(seconds=1)
    assert _announce(gina, world.gina.mailbox, 1).status == 201


def _of_day(world: World) -> timedelta:
    now = world.time.now
    return now - now.replace(hour=0, minute=0, second=0, microsecond=0)
