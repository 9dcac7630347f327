"""Practices with many people, put into the tables at once, and what of a message they have."""

from collections import Counter

import msgspec

from chalicelib.accounts import store as accounts
from chalicelib.accounts.domain import Membership, Status
from chalicelib.core import ids, tables, work, work_runner
from chalicelib.core.access import Actor, Operation, Role
from chalicelib.core.work import Work
from chalicelib.messages.actions import sending
from chalicelib.messages.actions.sending import Draft, Sent
from chalicelib.messages.domain.groups import Group, GroupKind
from chalicelib.messages.store import counters
from chalicelib.organizations.domain import Organization
from chalicelib.subscriptions.long_work import WORK
from tests import stored
from tests.engine.filling import fill
from tests.world import START, Account, World


def practice(
    world: World, number: int, *, role: Role = "general_user", status: Status = "active", tin: str = "000000777"
) -> tuple[Organization, list[str]]:
    """A practice of so many people who can't sign in, and their mailboxes."""
    organization = world.organization(tin, f"Crowded Example Clinic {tin}")
    return organization, join(organization, number, role=role, status=status)


def join(
    organization: Organization, number: int, *, role: Role = "general_user", status: Status = "active"
) -> list[str]:
    """So many more people in a practice; their mailboxes."""
    people = [
        Membership(
            id=ids.new("mem"),
            organization_id=organization.id,
            user_id=ids.new("usr"),
            name=f"Person {place:05}",
            email=f"person{place}@people.example",
            role=role,
            status=status,
        )
        for place in range(number)
    ]
    fill(accounts.membership_row(person) for person in people)
    return [person.id for person in people]


def send(writer: Account, organization: Organization, *kinds: GroupKind, operation: str = "") -> Sent:
    """Staff write to groups of a practice; with an operation, asked again it is the same send."""
    draft = Draft(
        mailbox_id=writer.mailbox,
        text="Our offices are closed on Friday.",
        urgent=False,
        upload_ids=[],
        groups=[Group(kind, organization.id) for kind in kinds or ("everybody",)],
    )
    actor: Actor = writer.actor
    if operation:
        origin = msgspec.structs.replace(actor.origin, operation=Operation(id=operation, fingerprint=operation))
        actor = msgspec.structs.replace(actor, origin=origin)
    return sending.send(actor, draft, [], [], "Closed on Friday", START)


def current(writer: Account, sent: Sent) -> Work:
    """The work that delivers a large send, as it is now."""
    found = work.find(writer.user.id, sent.work_id or "")
    assert found is not None
    return found


def carry_on(writer: Account, sent: Sent) -> None:
    """A run of that work to the end."""
    work_runner.carry_on(writer.user.id, sent.work_id or "", WORK, "test", lambda: True)


def who_has(sent: Sent) -> Counter[str]:
    """How often each mailbox has a message in its inbox or archive."""
    rows = (item for item in stored.items(tables.MailRow) if item["sk"]["S"] == sent.message_id)
    kept = (item["pk"]["S"].removeprefix("BOX#").split("#") for item in rows)
    return Counter(mailbox for mailbox, box in kept if box != "sent")


def unread(mailboxes: list[str]) -> Counter[int]:
    """How many mailboxes have which number on their badge."""
    counted: dict[str, int] = {}
    for start in range(0, len(mailboxes), 100):
        counted |= counters.unread_counts(mailboxes[start : start + 100])
    return Counter(counted.get(mailbox, 0) for mailbox in mailboxes)
