"""To which address a practice's chief executive was mailed: pk `ADDRESS#<digest of it>`, sk `EXECUTIVE#<organization>`.

An executive is no user, so this is how a mail that comes back leads to the practice (NOT-4).
"""

from chalicelib.core.tables import DirectoryRow
from chalicelib.enrollment.store import unreachable

_SK = "EXECUTIVE#"
_MOST = 40


class ExecutiveAddressRow(DirectoryRow, discriminator="executive_address"):
    """Written with each link; one of a former executive stays and says nothing."""


def row(address: str, organization_id: str) -> ExecutiveAddressRow:
    """The item that finds an organization by the address of its executive."""
    return ExecutiveAddressRow(_pk(address), f"{_SK}{organization_id}")


def organizations_of(address: str) -> list[str]:
    """Ids of organizations whose executive was mailed at an address: as many as fit a change besides users."""
    in_list = ExecutiveAddressRow.sk.startswith(_SK)
    rows = ExecutiveAddressRow.query(_pk(address), in_list, limit=_MOST, consistent_read=True)
    return [found.sk.removeprefix(_SK) for found in rows]


def _pk(address: str) -> str:
    return f"ADDRESS#{unreachable.digest(address)}"
