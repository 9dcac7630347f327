"""Drafts from two tabs at once: one message, one newest version, never too many (MSG-2, MSG-7)."""

import functools

import pytest

from chalicelib.messages.domain.drafts import MOST_DRAFTS
from tests import scale
from tests.engine.together import at_once
from tests.world import World

pytestmark = pytest.mark.engine


def test_a_draft_that_two_tabs_send_is_one_message(world: World) -> None:
    """MSG-2, MSG-7: though each tab has a key of its own."""
    gina, path = world.browser(world.gina), f"/mailboxes/{world.gina.mailbox}"
    times = scale.repeats(10, 100)
    for _ in range(times):
        draft = gina.post(f"{path}/drafts", {"text": "T"}).json["id"]
        body = {"to": [world.credentialing.id], "subject": "S", "text": "T", "draft_id": draft}
        answers = at_once([functools.partial(gina.post, f"{path}/messages", body)] * 3)
        assert sorted(answer.status for answer in answers) == [201, 409, 409]
        assert {answer.code for answer in answers if answer.status == 409} == {"draft_gone"}
    assert gina.get(f"{path}/drafts").json["items"] == []
    ada = world.browser(world.ada)
    assert ada.get("/mailboxes").json["items"][0]["unread"] == times


def test_a_draft_that_two_tabs_save_has_one_newest_version(world: World) -> None:
    """PLT-3."""
    gina, path = world.browser(world.gina), f"/mailboxes/{world.gina.mailbox}/drafts"
    draft = gina.post(path, {"text": "0"}).json["id"]
    for version in range(scale.repeats(10, 100)):
        headers = {"If-Match": f'"{version}"'}
        bodies = [{"text": f"{version} by {tab}"} for tab in range(3)]
        answers = at_once([functools.partial(gina.send, "PUT", f"{path}/{draft}", body, headers) for body in bodies])
        assert sorted(answer.status for answer in answers) == [200, 412, 412]
        (saved,) = [body for body, answer in zip(bodies, answers, strict=True) if answer.status == 200]
        shown = gina.get(f"{path}/{draft}").json
        assert (shown["text"], shown["version"]) == (saved["text"], version + 1)


def test_the_last_place_is_taken_once(world: World) -> None:
    """MSG-2: fifty drafts, however many tabs begin one at the same moment."""
    gina, path = world.browser(world.gina), f"/mailboxes/{world.gina.mailbox}/drafts"
    for _ in range(MOST_DRAFTS - 1):
        assert gina.post(path, {}).status == 201
    answers = at_once([functools.partial(gina.post, path, {})] * 4)
    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert {answer.code for answer in answers if answer.status == 409} == {"too_many_drafts"}
