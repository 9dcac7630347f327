"""Organizations: provider practices with a TIN and the NPIs of their providers."""

from datetime import datetime

import msgspec

from chalicelib.core.access import AccessLevel

# NPIs are Luhn-checked with the prefix of US health applications in front (45 CFR 162.406, ISO/IEC 7812).
_NPI_PREFIX = "80840"


class Organization(msgspec.Struct, frozen=True, kw_only=True):
    """A practice. The id never changes; the TIN may, by two of the enrollment staff (ORG-9)."""

    id: str
    tin: str
    name: str
    npis: frozenset[str] = frozenset()
    relations_contact: str = ""
    entitlements: frozenset[AccessLevel] = frozenset()
    """Access levels the plan lets this organization use (ORG-7)."""
    tin_verified: bool = True
    """Whether enrollment recorded that TIN and NPIs match (ORG-1)."""
    review_called_at: datetime | None = None
    """When the plan last called a review of this practice by itself (REV-1)."""
    review_by: datetime | None = None
    """When that review ends."""
    executive_name: str = ""
    executive_email: str = ""
    """Who may name the local administrator (ORG-1)."""
    wave_id: str | None = None
    """The wave it comes aboard with (ORG-2)."""
    closed_at: datetime | None = None
    """When it ended: from then on its memberships open nothing, and its records stay (ORG-9)."""
    merged_into: str | None = None
    version: int = 1

    @property
    def closed(self) -> bool:
        """Whether it has ended (ORG-9)."""
        return self.closed_at is not None

    @property
    def known_by(self) -> str:
        """What a password may not be made of (CRD-1): its name and number."""
        return f"{self.name} {self.tin}"


class Listed(msgspec.Struct, frozen=True):
    """An organization as the plan's list of them shows it."""

    id: str
    name: str
    tin: str
    closed: bool = False


def is_tin(text: str) -> bool:
    """Whether a text is a tax identification number: nine digits."""
    return len(text) == 9 and text.isascii() and text.isdigit()


def is_npi(text: str) -> bool:
    """Whether a text is a National Provider Identifier: ten digits that pass the Luhn check."""
    if len(text) != 10 or not text.isascii() or not text.isdigit():
        return False
    total = 0
    for place, digit in enumerate(reversed(_NPI_PREFIX + text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
