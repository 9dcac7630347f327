"""A practice that asks for a nomination form from the public page (ORG-1)."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from chalicelib.core.errors import FieldError
from chalicelib.enrollment.domain.organizations import check_npis, check_tin

KEPT = timedelta(days=90)
"""How long a request that nobody settled is kept."""
MOST_NPIS = 50


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed, verbatim; it says nothing about whether any of it is so."""

    id: str
    practice_name: str
    tin: str
    """Nine digits."""
    npis: tuple[str, ...] = ()
    executive_name: str
    executive_email: str
    phone: str
    note: str = ""
    requested_at: datetime


def check(tin: str, npis: Sequence[str], *, is_address: bool) -> list[FieldError]:
    """What is wrong with a request; the same for known and unknown practices (S-AUTH-07)."""
    errors = [*check_tin(tin), *check_npis(npis)]
    return errors if is_address else [*errors, FieldError("/executive_email", "wrong_form")]


def waits(request: Request, now: datetime) -> bool:
    """Whether it is still kept at `now`, to the second."""
    return now < request.requested_at + KEPT
