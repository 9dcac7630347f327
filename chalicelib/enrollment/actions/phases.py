"""Plan administrators switch features on and off, for the plan, a wave or an organization (ORG-8)."""

from datetime import datetime

import msgspec

from chalicelib.core.access import Staff
from chalicelib.core.change import Change
from chalicelib.core.errors import Invalid, NotFound, Stale
from chalicelib.core.journal import Entry, Facts
from chalicelib.enrollment import phase_scopes
from chalicelib.plan.domain import phases as rules
from chalicelib.plan.domain.phases import Feature, Phase
from chalicelib.plan.store import phases as store
from chalicelib.plan.store.phases import Scoped


def keep(actor: Staff, scope_id: str, feature: Feature, version: int, phase: Phase, now: datetime) -> None:
    """Keep the phase of a feature for a scope. Raises NotFound, Invalid, Stale."""
    errors = rules.check(phase)
    if errors:
        raise Invalid(fields=tuple(errors))
    before = _read(scope_id, version)
    if before.phases.get(feature) != phase:
        _write(actor, before, feature, phase, now)


def take_away(actor: Staff, scope_id: str, feature: Feature, version: int, now: datetime) -> None:
    """Let a feature follow the broader scope again; for the plan, let it be coming without a date.

    Raises NotFound, Stale.
    """
    before = _read(scope_id, version)
    if feature in before.phases:
        _write(actor, before, feature, None, now)


def _read(scope_id: str, version: int) -> Scoped:
    before = phase_scopes.scoped(scope_id)
    if before is None:
        raise NotFound
    if before.version != version:
        raise Stale
    return before


def _write(actor: Staff, before: Scoped, feature: Feature, phase: Phase | None, now: datetime) -> None:
    rest = {each: kept for each, kept in before.phases.items() if each != feature}
    after = msgspec.structs.replace(before, phases=rest if phase is None else {**rest, feature: phase})
    entry = Entry(
        action="phase.taken_away" if phase is None else "phase.kept",
        object_id=before.id or before.scope,
        organization_id=before.id if before.scope == "organization" else None,
        before=_facts(feature, before.phases.get(feature)),
        after=_facts(feature, phase),
    )
    planned = Change(actor, entry, now)
    store.plan_edit(planned, before, after)
    planned.commit(None)


def _facts(feature: Feature, phase: Phase | None) -> Facts:
    """What a record tells: the note is text (AUD-4)."""
    if phase is None:
        return {"feature": feature}
    return {
        "feature": feature,
        "on_date": phase.on_date.isoformat() if phase.on_date else None,
        "off_date": phase.off_date.isoformat() if phase.off_date else None,
        "grace_days": phase.grace_days,
    }
