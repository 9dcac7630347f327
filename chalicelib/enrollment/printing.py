"""A printable copy of a signed nomination form (ORG-1): a long work that makes a PDF of what is kept."""

from datetime import datetime

from chalicelib.accounts import plan_places
from chalicelib.core import work, work_files
from chalicelib.core.access import Staff, system
from chalicelib.core.change import Change
from chalicelib.core.errors import NotFound
from chalicelib.core.journal import Entry
from chalicelib.core.work import Chunk, Started, Stopped, Work
from chalicelib.enrollment.domain.nominations import Nomination, Verification
from chalicelib.enrollment.store import nominations as store
from chalicelib.plan import store as plan_store

KIND = "nomination_print"
_PDF = "application/pdf"


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


def step(of: Work, now: datetime) -> Chunk:
    """Make the file, in one chunk, for whoever asked and still works in enrollment."""
    # A library that nothing else needs, and a second to import (docs/dependencies.md).
    from chalicelib.enrollment import pdf  # noqa: PLC0415

    place = plan_places.current(of.user_id, now)
    if place is None or not place.active or "enrollment" not in place.roles:
        raise Stopped("access_ended")
    organization_id, round_ = of.parameters["organization_id"], int(of.parameters["round"])
    nomination = store.nomination(organization_id, of.parameters["nomination_id"])
    kept = store.form(nomination, round_) if nomination is not None else None
    if nomination is None or kept is None:
        raise Stopped("nothing_left")
    sha256, verification = _known(nomination, round_)
    copy = pdf.Copy(
        plan=plan_store.settings(),
        nomination=nomination,
        kept=kept,
        verification=verification,
        sha256=sha256,
        copied_by=place.name,
        copied_at=of.created_at,
    )
    key = work_files.put_result(of, pdf.rendered(copy), _PDF)
    record = Entry(
        action="nomination.copied",
        object_id=nomination.id,
        organization_id=organization_id,
        after={"for": of.user_id, "round": round_, "form_sha256": kept.sha256},
    )
    planned = Change(system(KIND, of.id), record, now)
    chunk = work.advance(planned, of, Chunk(position="done", done=1, finished=True, result_key=key))
    planned.commit(None)
    return chunk


def _known(nomination: Nomination, round_: int) -> tuple[str | None, Verification | None]:
    """The digest that was kept when a round was signed, and what was found in it."""
    if round_ == nomination.round:
        return nomination.form_sha256, nomination.verification
    for one in store.rounds(nomination):
        if one.number == round_:
            return one.form_sha256, one.verification
    return None, None
