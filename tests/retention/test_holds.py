"""What is held as a whole, as holds come and go (MSG-10)."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from chalicelib.core.errors import Conflict
from chalicelib.retention.domain import holds
from chalicelib.retention.domain.holds import Hold, Holds, State, Step, Subject

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)


def _hold(id_: str, state: State) -> Hold:
    return Hold(
        id=id_, subject=Subject("thread", "thr_1"), reason="R", state=state, asked=Step("usr_1", "Ada Example", NOW)
    )


def _after(found: Holds, *changes: Hold) -> Holds:
    for number, hold in enumerate(changes):
        found = holds.with_hold(found, hold, NOW + timedelta(minutes=number))
    return found


def test_what_is_held_anew_is_looked_at_when_that_is_lifted() -> None:
    """MSG-10: not every night meanwhile."""
    found = _after(Holds(), _hold("hld_1", "active"), _hold("hld_1", "lifted"))
    assert set(found.lifted) == {"thread#thr_1"}
    found = _after(found, _hold("hld_2", "asked"))
    assert set(found.lifted) == {"thread#thr_1"}
    found = _after(found, _hold("hld_2", "active"))
    assert (set(found.held), found.lifted) == ({"thread#thr_1"}, {})
    found = _after(found, _hold("hld_2", "lifted"))
    assert (found.held, set(found.lifted)) == ({}, {"thread#thr_1"})


def test_asking_alone_fills_nothing() -> None:
    """A thousand may wait for a second person; what is active may always be asked to be lifted."""
    full = msgspec.structs.replace(Holds(), waiting=tuple(f"hld_{number}" for number in range(holds.MOST_HOLDS)))
    with pytest.raises(Conflict) as refused:
        _after(full, _hold("hld_new", "asked"))
    assert refused.value.code == "too_many_holds"
    assert "hld_new" in _after(full, _hold("hld_new", "lift_asked")).waiting
    assert "hld_0" not in _after(full, _hold("hld_0", "refused")).waiting
