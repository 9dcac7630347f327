"""Items of waves and of the organizations in them, in the directory table (docs/data-model.md)."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.core import cursors, timers
from chalicelib.core.change import Change
from chalicelib.core.errors import Refusal
from chalicelib.core.tables import DirectoryRow, DirectoryRows, ListedRow
from chalicelib.core.writing import folded
from chalicelib.enrollment.domain.waves import Place, Wave

PAGE = 25
_WAVES = "WAVES"


class WaveRow(ListedRow, discriminator="wave"):
    """pk `WAVES`, sk `WAVE#<wave id>`: listed by send date. `members` is a counter, so edits update and never put."""

    name = UnicodeAttribute()
    send_on = UnicodeAttribute()
    end_on = UnicodeAttribute()
    send_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute()
    started_at = UTCDateTimeAttribute(null=True)
    sent_up_to = UnicodeAttribute(null=True)
    finished_at = UTCDateTimeAttribute(null=True)
    members = NumberAttribute()
    version = NumberAttribute()


class WaveNameRow(DirectoryRow, discriminator="wave_name"):
    """The claim of a name: pk `WAVES`, sk `NAME#<SHA-256 of the folded name>`. A file names waves by it."""

    wave_id = UnicodeAttribute()


class PlaceRow(DirectoryRow, discriminator="wave_place"):
    """An organization in a wave: pk `WAVE#<wave id>`, sk `<organization id>`. Written with its `wave_id`."""

    joined_at = UTCDateTimeAttribute()


def key(wave_id: str) -> tuple[str, str]:
    """Key of a wave's item."""
    return _WAVES, f"WAVE#{wave_id}"


def place_key(wave_id: str, organization_id: str) -> tuple[str, str]:
    """Key of an organization's place in a wave."""
    return f"WAVE#{wave_id}", organization_id


def name_key(name: str) -> tuple[str, str]:
    """Key of the claim of a name: one spelling stands for all that are searched alike."""
    return _WAVES, "NAME#" + hashlib.sha256(folded(name).encode()).hexdigest()


def create(planned: Change, wave: Wave, taken: Refusal) -> None:
    """Plan a new wave; the commit raises `taken` when another one has its name."""
    planned.create(
        WaveRow(
            *key(wave.id),
            name=wave.name,
            send_on=wave.send_on.isoformat(),
            end_on=wave.end_on.isoformat(),
            send_at=wave.send_at,
            ends_at=wave.ends_at,
            members=0,
            version=wave.version,
            sort_status=_by_send_date(wave),
        )
    )
    _claim(planned, wave, taken)


def edit(planned: Change, before: Wave, after: Wave, taken: Refusal, changed: Refusal) -> None:
    """Plan a wave's change; the commit raises `changed` when it is not as it was read."""
    row = WaveRow
    actions = [
        row.name.set(after.name),
        row.send_on.set(after.send_on.isoformat()),
        row.end_on.set(after.end_on.isoformat()),
        row.send_at.set(after.send_at),
        row.ends_at.set(after.ends_at),
        row.sort_status.set(_by_send_date(after)),
        row.version.set(after.version),
        row.sent_up_to.set(after.sent_up_to) if after.sent_up_to else row.sent_up_to.remove(),
        row.finished_at.set(after.finished_at) if after.finished_at else row.finished_at.remove(),
    ]
    planned.update(row(*key(before.id)), actions, _unchanged(before), changed)
    if name_key(before.name) != name_key(after.name):
        planned.delete(WaveNameRow(*name_key(before.name)))
        _claim(planned, after, taken)


def move_on(planned: Change, before: Wave, after: Wave, outrun: Refusal) -> None:
    """Plan how far the job has come; its version stays, as people's edits don't touch that."""
    row = WaveRow
    actions = [row.started_at.set(after.started_at)] if after.started_at else []
    actions += [row.sent_up_to.set(after.sent_up_to)] if after.sent_up_to else []
    actions += [row.finished_at.set(after.finished_at)] if after.finished_at else []
    planned.update(row(*key(before.id)), actions, _unchanged(before), outrun)


def _unchanged(wave: Wave) -> Condition:
    row = WaveRow
    up_to = row.sent_up_to == wave.sent_up_to if wave.sent_up_to else row.sent_up_to.does_not_exist()
    finished = row.finished_at.exists() if wave.finished_at else row.finished_at.does_not_exist()
    unchanged: Condition = (row.version == wave.version) & _as_started(wave) & up_to & finished
    return unchanged


def _as_started(wave: Wave) -> Condition:
    started: Condition = WaveRow.started_at.exists() if wave.started_at else WaveRow.started_at.does_not_exist()
    return started


def join(planned: Change, wave: Wave, organization_id: str) -> None:
    """Plan that an organization comes in; `count_in` says under which condition.

    Once the wave has begun it gets its form by a timer of its own: the job may have passed its place.
    """
    planned.put(PlaceRow(*place_key(wave.id, organization_id), joined_at=planned.now))
    if wave.started_at is not None:
        arm_nomination(planned, wave.id, organization_id, planned.now)


def arm_nomination(planned: Change, wave_id: str, organization_id: str, due: datetime) -> None:
    """Plan that one organization of a wave gets its form then."""
    subject = f"{wave_id}/{organization_id}"
    timers.arm(planned, timers.Timer(schedule="enrollment", kind="wave_nomination", subject=subject, due=due))


def require_place(planned: Change, wave_id: str, organization_id: str, error: Refusal) -> None:
    """Plan the check that an organization is still in a wave."""
    planned.check(PlaceRow(*place_key(wave_id, organization_id)), PlaceRow.pk.exists(), error)


def leave(planned: Change, wave_id: str, organization_id: str) -> None:
    """Plan that an organization goes out of a wave."""
    planned.delete(PlaceRow(*place_key(wave_id, organization_id)))


def count_in(planned: Change, wave: Wave, number: int, outrun: Refusal) -> None:
    """Plan that so many came in. The commit raises `outrun` when the wave began or was edited since it was read."""
    condition = (WaveRow.version == wave.version) & _as_started(wave)
    planned.update(WaveRow(*key(wave.id)), [WaveRow.members.add(number)], condition, outrun)


def count_out(planned: Change, wave_id: str, number: int) -> None:
    """Plan that so many went out."""
    planned.update(WaveRow(*key(wave_id)), [WaveRow.members.add(-number)])


def wave(wave_id: str) -> Wave | None:
    """One wave, read strongly."""
    try:
        return _wave(WaveRow.get(*key(wave_id), consistent_read=True))
    except WaveRow.DoesNotExist:
        return None


def wave_among(rows: DirectoryRows, wave_id: str) -> Wave | None:
    """One wave of rows that were read together."""
    row = rows.get(WaveRow, key(wave_id))
    return None if row is None else _wave(row)


def by_id(ids: Iterable[str]) -> dict[str, Wave]:
    """Waves by id, in one batch; unknown ids are left out."""
    found = DirectoryRows({key(id_) for id_ in ids})
    return {id_: wave for id_ in ids if (wave := wave_among(found, id_)) is not None}


def by_name(names: Iterable[str]) -> dict[str, Wave]:
    """Waves by the names that a file gives, read strongly in two batches; unknown names are left out."""
    keys = {name: name_key(name) for name in names}
    if not keys:
        return {}
    claims = DirectoryRows(set(keys.values()))
    ids = {name: row.wave_id for name, key_ in keys.items() if (row := claims.get(WaveNameRow, key_)) is not None}
    found = by_id(set(ids.values())) if ids else {}
    return {name: found[id_] for name, id_ in ids.items() if id_ in found}


def place_among(rows: DirectoryRows, wave_id: str, organization_id: str) -> Place | None:
    """An organization's place in a wave, of rows that were read together."""
    row = rows.get(PlaceRow, place_key(wave_id, organization_id))
    return None if row is None else Place(organization_id, row.joined_at)


def members(wave_id: str, after: str, most: int) -> list[str]:
    """Ids of the organizations in a wave behind `after`, in their order, read strongly."""
    beyond = PlaceRow.sk > after if after else None
    rows = PlaceRow.query(f"WAVE#{wave_id}", beyond, consistent_read=True, limit=most, page_size=most)
    return [row.sk for row in rows]


def page(cursor: str | None, scope: tuple[str, ...]) -> cursors.Page[Wave]:
    """A page of the waves, the latest send date first."""
    start = cursors.open_(cursor, scope) if cursor else None
    rows = list(
        WaveRow.by_status.query(
            _WAVES,
            scan_index_forward=False,
            limit=PAGE + 1,
            page_size=PAGE + 1,
            last_evaluated_key={name: {"S": value} for name, value in start.items()} if start else None,
        )
    )
    found = [_wave(row) for row in rows[:PAGE]]
    if len(rows) <= PAGE:
        return cursors.Page(found)
    last = rows[PAGE - 1]
    return cursors.Page(found, cursors.seal({"pk": last.pk, "sk": last.sk, "sort_status": last.sort_status}, scope))


def _claim(planned: Change, wave: Wave, taken: Refusal) -> None:
    planned.create(WaveNameRow(*name_key(wave.name), wave_id=wave.id), taken)


def _by_send_date(wave: Wave) -> str:
    return f"{wave.send_on.isoformat()}#{wave.id}"


def _wave(row: WaveRow) -> Wave:
    return Wave(
        id=row.sk.removeprefix("WAVE#"),
        name=row.name,
        send_on=date.fromisoformat(row.send_on),
        end_on=date.fromisoformat(row.end_on),
        send_at=row.send_at,
        ends_at=row.ends_at,
        started_at=row.started_at,
        sent_up_to=row.sent_up_to or "",
        finished_at=row.finished_at,
        members=int(row.members),
        version=int(row.version),
    )
