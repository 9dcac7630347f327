"""Phases of features (ORG-8), an item for each scope: pk `PHASES`, sk `PLAN`, `WAVE#<id>` or `ORGANIZATION#<id>`."""

from collections.abc import Iterable

import msgspec
from pynamodb.attributes import JSONAttribute, NumberAttribute

from chalicelib.core import cursors
from chalicelib.core.change import Change
from chalicelib.core.errors import Stale
from chalicelib.core.tables import DirectoryRow, DirectoryRows
from chalicelib.plan.domain.phases import Feature, Phase, Phases, Scope

_PHASES = "PHASES"
_PREFIXES: dict[Scope, str] = {"plan": "PLAN", "wave": "WAVE#", "organization": "ORGANIZATION#"}


class Scoped(msgspec.Struct, frozen=True, kw_only=True):
    """The phases of one scope, and the version that an edit of any of them names."""

    scope: Scope
    id: str = ""
    """Of the wave or organization."""
    phases: dict[Feature, Phase] = {}
    version: int = 0


class PhasesRow(DirectoryRow, discriminator="phases"):
    """Stays when the last phase of a scope is taken away, so that its version goes on."""

    phases = JSONAttribute()
    version = NumberAttribute()
    number = NumberAttribute()
    """How many there are."""


def key(scope: Scope, id_: str = "") -> tuple[str, str]:
    """Key of a scope's item."""
    return _PHASES, f"{_PREFIXES[scope]}{id_}"


def row(scoped: Scoped) -> PhasesRow:
    """The item of a scope."""
    return PhasesRow(
        *key(scoped.scope, scoped.id),
        phases=msgspec.to_builtins(scoped.phases),
        version=scoped.version,
        number=len(scoped.phases),
    )


def scoped(scope: Scope, id_: str = "") -> Scoped:
    """The phases of a scope, read strongly; none, of version 0, where none were ever kept."""
    return among(DirectoryRows([key(scope, id_)]), scope, id_)


def among(rows: DirectoryRows, scope: Scope, id_: str = "") -> Scoped:
    """Likewise, of rows that were read together."""
    found = rows.get(PhasesRow, key(scope, id_))
    return Scoped(scope=scope, id=id_) if found is None else _scoped(found)


def of_organization(rows: DirectoryRows, organization_id: str, wave_id: str | None) -> list[Phases]:
    """The phases that concern an organization, the most specific first, of rows read by `keys`."""
    wave = [among(rows, "wave", wave_id).phases] if wave_id else []
    return [among(rows, "organization", organization_id).phases, *wave, among(rows, "plan").phases]


def keys(organization_id: str, wave_id: str | None) -> list[tuple[str, str]]:
    """Keys of the phases that concern an organization."""
    wave = [key("wave", wave_id)] if wave_id else []
    return [key("organization", organization_id), *wave, key("plan")]


def plan_edit(change: Change, before: Scoped, after: Scoped) -> Scoped:
    """Plan a change of a scope's phases. Returns it with its next version; the commit raises Stale when outrun."""
    after = msgspec.structs.replace(after, version=before.version + 1)
    same = PhasesRow.version == before.version if before.version else PhasesRow.pk.does_not_exist()
    change.put(row(after), same, Stale())
    return after


def page(scope: Scope, cursor: str | None, size: int, of: tuple[str, ...]) -> cursors.Page[Scoped]:
    """A page of the waves or organizations that have phases of their own, the oldest first."""
    of = (*of, "phases", scope)
    start = cursors.open_(cursor, of) if cursor else None
    rows: Iterable[PhasesRow] = PhasesRow.query(
        _PHASES,
        PhasesRow.sk.startswith(_PREFIXES[scope]),
        filter_condition=PhasesRow.number > 0,
        last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        page_size=size + 1,
        consistent_read=True,
    )
    found: list[PhasesRow] = []
    for each in rows:
        if len(found) == size:
            last = found[-1]
            return cursors.Page(list(map(_scoped, found)), cursors.seal({"pk": last.pk, "sk": last.sk}, of))
        found.append(each)
    return cursors.Page(list(map(_scoped, found)))


def _scoped(found: PhasesRow) -> Scoped:
    kind, _, id_ = found.sk.partition("#")
    scope: Scope = kind.lower()  # type: ignore[assignment]  # the prefixes are the scopes in capitals
    return Scoped(
        scope=scope, id=id_, phases=msgspec.convert(found.phases, dict[Feature, Phase]), version=int(found.version)
    )
