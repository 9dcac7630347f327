"""What an agent has before them at the desk of a department: more conversations than a page shows, and a note."""

from datetime import timedelta

from bench.long_works import Values
from chalicelib.core.access import Staff
from chalicelib.messages.actions import conversations, sending
from chalicelib.messages.actions.sending import Draft
from chalicelib.messages.domain import PAGE
from tests import belongings
from tests.world import START, World


def values(world: World) -> Values:
    """Which conversation to ask for, by route: one that nobody has touched since it came."""
    agent, member = world.ada.actor, world.gina.actor
    assert isinstance(agent, Staff)
    draft = Draft(mailbox_id=world.gina.mailbox, text="T", urgent=False, upload_ids=[])
    threads = [
        sending.send(member, draft, [world.ada.mailbox], [], "S", START - timedelta(days=1, minutes=number)).thread_id
        for number in range(PAGE + 5)
    ]
    conversations.add_note(agent, world.ada.mailbox, threads[0], "T", START)
    lists = "/mailboxes/{mailbox_id}/conversations"
    about = f"{lists}/{{thread_id}}"
    own = {"thread_id": threads[0]}
    return {
        "POST /broadcasts": {"to": "everybody", "tins": [world.maple.tin], "upload_ids": []},
        "GET /broadcasts/{work_id}/skipped": {"work_id": belongings.broadcast(world, world.ada)},
        f"GET {lists}": {"state": "waiting", "mine": "false"},
        f"GET {about}": own,
        f"POST {about}/moves": {**own, "move": "claim", "to": None, "version": 0},
        f"GET {about}/notes": own,
        f"POST {about}/notes": {**own, "text": "T"},
        f"PUT {about}/answering": own,
        f"DELETE {about}/answering": own,
    }
