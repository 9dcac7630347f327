"""A practice whose local administrator's seat is vacant, and a backup who acts, in tests (ORG-4)."""

from chalicelib.organizations.domain import Organization
from tests.world import Account, World


def practice(world: World) -> tuple[Organization, Account]:
    """A practice of its own, and its only administrator."""
    number = world.number()
    made = world.organization(f"{600_000_000 + number}", f"Vacant Sample Practice {number}")
    return made, world.member(made, f"Bea Vacant {number}", role="backup_administrator")


def good_approval(world: World) -> dict[str, str]:
    """What enrollment asks for."""
    made, backup = practice(world)
    return {"organization_id": made.id, "membership_id": backup.mailbox}
