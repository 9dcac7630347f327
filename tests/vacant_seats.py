"""A practice whose local administrator's seat is vacant, and a backup who acts, in tests (ORG-4)."""

from chalicelib.organizations.domain import Organization
from tests.world import Account, World


def practice(world: World) -> tuple[Organization, Account]:
    """A practice of its own, and its only administrator."""
    number = world.number()
    made = world.organization(f"{600_000_000 + number}", f"Vacant Sample Practice {number}")
    return made, world.member(made, f"Bea Vacant {number}", role="backup_administrator")


def good_invitation(world: World) -> dict[str, str]:
    """An administrator of a practice of their own who has not registered, for enrollment to mail again (ORG-1)."""
    number = world.number()
    made = world.organization(f"{610_000_000 + number}", f"Waiting Sample Practice {number}")
    invited = world.member(made, f"Nell Waiting {number}", role="local_administrator", status="unverified")
    return {"organization_id": made.id, "membership_id": invited.mailbox}


def good_approval(world: World) -> dict[str, str]:
    """What enrollment asks for."""
    made, backup = practice(world)
    return {"organization_id": made.id, "membership_id": backup.mailbox}
