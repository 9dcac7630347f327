"""A printable copy of a signed nomination form (ORG-1): a long work that makes a PDF of what is kept."""

from datetime import datetime

import msgspec

from chalicelib.core import work
from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import NotFound
from chalicelib.core.journal import Entry
from chalicelib.enrollment.store import nominations as store

KIND = "nomination_print"


class Started(msgspec.Struct, frozen=True):
    """A long work that is under way."""

    work_id: str


def start(actor: Staff, organization_id: str, nomination_id: str, round_: int | None, now: datetime) -> Started:
    """Begin a copy of what was signed in a round. Raises NotFound where nothing was."""
    nomination = store.nomination(organization_id, nomination_id)
    kept = store.form(nomination, round_ or nomination.round) if nomination is not None else None
    if nomination is None or kept is None:
        raise NotFound
    entry = Entry(
        action="nomination.printed",
        object_id=nomination_id,
        organization_id=organization_id,
        after={"round": kept.round, "form_sha256": kept.sha256},
    )
    planned = Change(actor, entry, now)
    under_way = work.start(
        planned,
        KIND,
        parameters={"organization_id": organization_id, "nomination_id": nomination_id, "round": str(kept.round)},
        result_name=f"nomination-{nomination_id}-{kept.round}.pdf",
        role="enrollment",
    )
    return planned.commit(Started(under_way.id))
