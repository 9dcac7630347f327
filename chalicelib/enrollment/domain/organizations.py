"""What may be known of a practice, and by whom it is changed (ORG-1, ORG-7)."""

from collections.abc import Iterable, Sequence

import msgspec

from chalicelib.core.access import AccessLevel
from chalicelib.core.errors import Conflict, FieldError
from chalicelib.organizations.domain import Organization, is_npi, is_tin


def tin_of(text: str) -> str:
    """A TIN as it is kept, of one as people write it."""
    return text.replace("-", "")


def check_tin(tin: str) -> list[FieldError]:
    """What is wrong with a TIN: nine digits, and not all of them zero."""
    return [] if is_tin(tin) and tin.strip("0") else [FieldError("/tin", "wrong_form")]


def check_npis(npis: Sequence[str]) -> list[FieldError]:
    """Each number that is none (ORG-1: NPIs have a check digit), or that is given twice."""
    errors = [FieldError(f"/npis/{place}", "not_an_npi") for place, npi in enumerate(npis) if not is_npi(npi)]
    twice = [place for place, npi in enumerate(npis) if npi in npis[:place]]
    return errors + [FieldError(f"/npis/{place}", "repeated") for place in twice]


def check_entitlements(levels: Iterable[AccessLevel]) -> list[FieldError]:
    """`manage_account` comes with the administrator roles, so it is not the plan's to give a practice (ACC-5)."""
    return [FieldError("/entitlements", "follows_role")] if "manage_account" in levels else []


def check_executive(email: str, *, is_address: bool) -> list[FieldError]:
    """The chief executive may be unknown yet; an address that is given is one that mail can go to (S-IO-07)."""
    return [] if not email or is_address else [FieldError("/executive_email", "wrong_form")]


def require_open(organization: Organization) -> None:
    """Raises Conflict `organization_closed`: what has ended is kept as it was (ORG-9)."""
    if organization.closed:
        raise Conflict("organization_closed")


def reverified(before: Organization, after: Organization) -> Organization:
    """The organization after an edit: that TIN and NPIs match was recorded of the NPIs as they were (ORG-1)."""
    if after.npis - before.npis:
        return msgspec.structs.replace(after, tin_verified=False)
    return after
