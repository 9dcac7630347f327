"""Practices ask for a nomination form, and enrollment settles what they ask (ORG-1)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from chalicelib.core import access, writing
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import FieldError, Invalid, NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.tables import DirectoryRows
from chalicelib.credentials import throttles
from chalicelib.enrollment.domain import requests as rules
from chalicelib.enrollment.domain.organizations import tin_of
from chalicelib.enrollment.domain.requests import Request
from chalicelib.enrollment.store import requests as store
from chalicelib.organizations import store as organizations


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody typed."""

    practice_name: str
    tin: str
    npis: Sequence[str]
    executive_name: str
    executive_email: str
    phone: str
    note: str


def ask(asked: Asked, origin: access.Origin, now: datetime) -> None:
    """Write down what somebody asks, and nothing else: the same work and answer whatever is known (S-AUTH-07).

    Raises TooManyAttempts by where it comes from (S-MAIL-04), Invalid naming every wrong field.
    """
    throttles.form("nomination_request", origin, now)
    tin = tin_of(asked.tin)
    errors = rules.check(tin, asked.npis, is_address=writing.is_address(asked.executive_email))
    if errors:
        raise Invalid(fields=tuple(errors))
    made = Request(
        id=store.new_id(now),
        practice_name=asked.practice_name,
        tin=tin,
        npis=tuple(asked.npis),
        executive_name=asked.executive_name,
        executive_email=asked.executive_email,
        phone=asked.phone,
        note=asked.note,
        requested_at=now,
    )
    entry = Entry(action="nomination.requested", object_id=made.id)
    planned = Change(access.System(id="nomination_request", origin=origin), entry, now)
    planned.create(store.row(made))
    planned.emit("nomination.requested", request_id=made.id)
    planned.commit(None)


def settle(actor: Staff, request_id: str, organization_id: str | None, now: datetime) -> None:
    """Take a request off the list: an organization was made or found for it, or nothing comes of it.

    Raises NotFound when it was settled already, Invalid for an organization that isn't there.
    """
    found = store.request(request_id, now)
    if found is None:
        raise NotFound
    if organization_id is not None and organizations.find(organization_id) is None:
        raise Invalid(fields=(FieldError("/organization_id", "unknown_organization"),))
    entry = Entry(
        action="nomination_request.settled",
        object_id=request_id,
        organization_id=organization_id,
        after={"organization_id": organization_id},
    )
    planned = Change(actor, entry, now)
    store.plan_settled(planned, found, NotFound())
    planned.commit(None)


def known(found: Iterable[Request]) -> dict[str, tuple[str, str]]:
    """Ids and names of the organizations that have the TIN of a request already, by it: two batches."""
    keys = {one.tin: (f"TIN#{one.tin}", "ORGANIZATION") for one in found}
    rows = DirectoryRows(keys.values()) if keys else None
    claims = {tin: rows.get(organizations.TinRow, key) for tin, key in keys.items()} if rows is not None else {}
    ids_of = {tin: claim.organization_id for tin, claim in claims.items() if claim is not None}
    names = organizations.names(ids_of.values()) if ids_of else {}
    return {tin: (id_, names[id_]) for tin, id_ in ids_of.items() if id_ in names}
