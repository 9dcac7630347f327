"""Whose account is about to close because nobody uses it (INA-2): marks under each of their organizations.

Written with the first warning. Nothing that traffic does touches them, so whoever reads them asks the person's clock;
the job takes those away that hold no more when it looks at the person again.
"""

from chalicelib.core.tables import DirectoryRow

_PREFIX = "LAPSING#"


class LapsingRow(DirectoryRow, discriminator="lapsing"):
    """pk `ORG#<organization id>`, sk `LAPSING#<membership id>`."""


def row(organization_id: str, membership_id: str) -> LapsingRow:
    """The mark of a membership."""
    return LapsingRow(f"ORG#{organization_id}", f"{_PREFIX}{membership_id}")


def marked(organization_id: str, most: int) -> tuple[list[str], bool]:
    """Ids of the first marked memberships of an organization, and whether there are more."""
    rows = list(LapsingRow.query(f"ORG#{organization_id}", LapsingRow.sk.startswith(_PREFIX), limit=most + 1))
    return [one.sk.removeprefix(_PREFIX) for one in rows[:most]], len(rows) > most
